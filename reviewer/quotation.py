"""Finds a quotation in the draft that it was taken from, with the offsets of the draft as received."""

from collections.abc import Sequence

from reviewer.text import Span, flatten, invisible

__all__ = ["locate"]


def locate(quote: str, text: str, within: Sequence[Span] | None = None) -> Span | None:
    """Where the words stand in the text, or in some places of it.

    Case, quotes, dashes, white space and invisible characters do not matter. None where they do not stand there as
    whole words, or where they are too few to tell anything.
    """
    wanted = _plain(quote.strip().strip("\"'“”‘’«»…").removesuffix("..."))[0].strip()
    letters = sum(c.isalnum() for c in wanted)
    if letters < _LEAST_LETTERS or (len(wanted.split()) < _LEAST_WORDS and letters < _LONG_WORD):
        return None
    plain, places = _plain(text)
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        whole = not (at > 0 and plain[at - 1].isalnum() and wanted[0].isalnum())
        whole = whole and not (end < len(plain) and plain[end].isalnum() and wanted[-1].isalnum())
        found = Span(places[at], places[end - 1] + 1)
        if whole and (within is None or any(found in part for part in within)):
            return found
        at = plain.find(wanted, at + 1)
    return None


_LEAST_LETTERS, _LEAST_WORDS, _LONG_WORD = 3, 2, 7


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and where each of its characters came from."""
    hidden = {place for span in invisible(text) for place in range(span.start, span.end)}
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(flatten(text)):
        if place in hidden:
            continue
        blank = character.isspace()
        if blank and characters and characters[-1] == " ":
            continue
        for low in " " if blank else character.lower():  # a lower case of two code points comes from one place
            characters.append(low)
            places.append(place)
    return "".join(characters), places
