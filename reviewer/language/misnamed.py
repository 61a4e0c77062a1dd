"""People whom the body of a draft calls by a name that is not theirs: the reader, or somebody met.

Sources: 002.10, 003.3. A name below the greeting is nearly always somebody's own. It is a slip only where it is an
address ("I promise, Glen, …"), which can but mean the reader, or where it is written nearly like the name of somebody
known who is meant ("Mr. Petrarca" for Petrakis).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.context import Context
from reviewer.language.detail import specific_stem
from reviewer.language.employer import particulars
from reviewer.language.names import TITLES, alike, fold, parts, same_person
from reviewer.message import Message, Span
from reviewer.patterns import pattern

__all__ = ["Misnamed", "misnamed"]

_TITLED = frozenset(
    "Mr Mrs Ms Miss Mx Dr Prof Rev Cllr Sr Sra Dra Mister mister Professor Councillor Chef Coach Sister Brother Father Principal Judge "
    "Herr Frau Monsieur Madame Señor Señora Mme".split()
)
_NAME = pattern(r"[A-ZÀ-Þ][\w'’-]*\w")
_CALLED = pattern(
    r"(?:\b(?:thank you|thanks|thank u|thx)(?: \w+){0,4}|\bas (?:you|I) (?:so )?\w+(?: it| me| us)?(?: to you)?"
    r"|\b(?:I|we)(?:'ll|'d)?(?: \w+){0,3} (?:promise|hope|think|believe|know|say|admit|guess|swear|assure|mean|trust|wish)(?: you)?"
    r"|\byour (?:question|point|rule|remark|comment|idea|story|advice|answer)|\bmy (?:view|opinion)"
    r"|(?:\A|[.!?]\s+|\n)(?:seriously|honestly|truly|really|frankly)|\b(?:please|again|you|soon|forward|appreciate it)), $"
    r"|\b(?:cheers|(?:as|like) I said),? $",
    re.IGNORECASE,
)
_TURNED_TO = pattern(
    r"(?:\A|[.!?]\s+|\n)(?:p\.?s\.?:?|(?:oh,? |so,? |well,? )?(?:and|but|so|well|oh|now|please|again)),? $",
    re.IGNORECASE,
)
_CALL_ENDS = pattern(
    r"[.!?]|,(?! (?:and (?!(?:with|to|if|I|you|thanks?|please|do|let|when)\b)|or|not|rather|each|all|both|who|whose|which|from|the|my|"
    r"your|our|his|her|[A-ZÀ-Þ](?!\b|'))\b)"
)
_NOBODY = frozenset("god lord mate mates team folks friend everyone everybody santa".split())
_BEGINS = pattern(r"(?:\A|[.!?]\s+|\n\s*)$")
_SPOKEN_TO = pattern(r", (?:I|I'[dmv]\w*|you|please|thank|thanks|if|we|would|could|can|may)\b")
_REACH = 48  # characters before a name


class Misnamed(NamedTuple):
    """A name as written, and the name that is meant."""

    span: Span
    meant: str


def misnamed(message: Message, context: Context) -> tuple[Misnamed, ...]:
    """The names in the body that are got wrong, in order."""
    return message.once(_misnamed, context)


def _misnamed(message: Message, context: Context) -> tuple[Misnamed, ...]:
    people = [n for n in (message.to, *(p.name for p in context.interviewers), context.recruiter) if n and parts(n)]
    if not people:
        return ()
    known = [*people, *(token.low for token in message.addressees), *([message.sender] if message.sender else [])]
    greeted = [p for p in people if any(same_person(token.low, p) for token in message.addressees)]
    others = [p for p in people if p not in greeted]
    right = TITLES.union(particulars(context), *map(parts, known))
    found = []
    for span in _names(message):
        written = span.of(message.low)
        if specific_stem(written) is None or (low := fold(written)) in right:
            continue
        before = message.flat[max(0, span.start - _REACH) : span.start]
        last = before.split()[-1:]
        titled = before.endswith(" ") and bool(last) and last[0].rstrip(".") in _TITLED
        if titled:
            before = before[: before.rindex(last[0])]
        meant = _addressed(message, span, before, (greeted or people)[0], titled)
        # Without a title it may be a colleague of somebody whom the greeting calls by the right name.
        meant = meant or _nearly(message, span, before, people if titled else others, titled)
        if meant is not None and not any(same_person(low, person) for person in known):
            found.append(Misnamed(span, meant))
    return tuple(found)


def _names(message: Message) -> Iterator[Span]:
    for part in message.body:
        for match in _NAME.finditer(message.flat, part.start, part.end):
            yield Span(match.start(), match.end() - 2 if match.group().endswith("'s") else match.end())


def _addressed(message: Message, name: Span, before: str, reader: str, titled: bool) -> str | None:
    """What the reader is really called, where the name is an address."""
    flat, end = message.flat, name.end
    turned = titled and _SPOKEN_TO.match(flat, end) and _BEGINS.search(before)
    called = _CALL_ENDS.match(flat, end) and (_CALLED.search(before) or _TURNED_TO.search(before))
    if not (turned or called) or message.quoted(name) or name.of(message.low) in _NOBODY:
        return None
    words = [word for word in reader.split() if parts(word)]
    return words[-1] if titled else words[0]


def _nearly(message: Message, span: Span, before: str, people: list[str], titled: bool) -> str | None:
    """The part of a known name that is meant by one that is written nearly like it."""
    name = fold(span.of(message.flat))
    choices = [word for person in people for word in person.split() if fold(word)[:1] == name[:1] and parts(word)]
    best = max(choices, key=lambda word: alike(word, name), default=None)
    if best is None or alike(best, name) <= (_BARE if not titled else _KIN if fold(best)[:2] == name[:2] else _DISTANT):
        return None
    if not _ALONE.match(message.flat, span.end) or _LONGER.search(before) or _PLACE.search(before):
        return None
    several = name in {fold(best) + "s", fold(best) + "es"}
    return best if titled or not several else None


_ALONE = pattern(r"(?! [A-ZÀ-Þ])(?!-)")
_LONGER = pattern(r"(?<=[a-z,;:] )[A-ZÀ-Þ][\w'’.-]* $")
_PLACE = pattern(
    r"\b(?:in|from|at|near|around|outside|(?:moved?|moving|back|went|drive|drove|way|over) to) $", re.IGNORECASE
)
_BARE, _DISTANT, _KIN = 0.8, 0.59, 0.44  # how alike names are, at least
