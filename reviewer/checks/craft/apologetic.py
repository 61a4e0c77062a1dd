"""Apology for writing at all."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.tone import passages
from reviewer.message import Message


@check(
    Flags(text="Hi Ms. Feld,\n\nI'm so sorry to bother you again.\n\nEthan", at="sorry to bother"),
    Passes(text="Hi Fern,\n\nSo sorry to hear the bookmobile's in the shop again.\n\nAdele"),
)
def apologetic(message: Message, context: Context) -> Iterator[Hit]:
    """A follow-up is expected; an apology for it tells the reader that it is a nuisance."""
    for p in passages(message, Act.APOLOGY, _SURE):
        yield Hit(
            "No apology is needed: say what you came to say.",
            p.span,
            take_out(message, p.span, p.sentence),
            Degree.SLIGHT,
        )


_SURE = 0.5
