"""Apology for writing at all."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.tone import Tone, tones
from reviewer.message import Message


@check(
    Flags(text="Hi Ms. Feld,\n\nI'm so sorry to bother you again.\n\nEthan", at="sorry to bother"),
    Passes(text="Hi Fern,\n\nSo sorry to hear the bookmobile's in the shop again.\n\nAdele"),
)
def apologetic(message: Message, context: Context) -> Iterator[Hit]:
    """A follow-up is expected; an apology for it tells the reader that it is a nuisance."""
    for t in tones(message):
        if t.tone is not Tone.APOLOGY or _is_sympathy(t.match.clause.words, t.match.last):
            continue
        span = t.match.clause.sentence.span
        yield Hit(
            "No apology is needed: say what you came to say.",
            t.span,
            Fix("Take the sentence out", (Edit(span, ""),)),
            Degree.SLIGHT,
        )


def _is_sympathy(words: tuple[str, ...], last: int) -> bool:
    """`sorry to hear the bookmobile is in the shop`"""
    return any(word in {"hear", "learn", "heard", "see", "miss"} for word in words[last : last + 3])
