"""Finds a quotation in the draft that it was taken from, with the offsets of the draft as received."""

from reviewer.text import Span, flatten, invisible

__all__ = ["locate"]


def locate(quote: str, text: str) -> Span | None:
    """Where the words stand in the text: case, quotes, dashes, white space and invisible characters do not matter.

    None where they do not stand there, or where the quotation has hardly a letter in it.
    """
    wanted, _ = _plain(quote.strip().strip("\"'“”‘’«»…").removesuffix("..."))
    wanted = wanted.strip()
    if sum(c.isalnum() for c in wanted) < _LEAST:
        return None
    plain, places = _plain(text)
    at = plain.find(wanted)
    if at < 0:
        return None
    return Span(places[at], places[at + len(wanted) - 1] + 1)


_LEAST = 3  # letters or digits


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
