"""Or else."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.pressure import presses
from reviewer.message import Message


@check(
    Flags(
        text="Dear Ingrid,\n\nI must have your answer by noon or I will sign with them.\n\nDuncan",
        at="or I will sign",
    ),
    Passes(
        text="Dear Mirja,\n\nAnother company has made me an offer. I don't say so to hurry anyone; yours is the work I want.\n\nAnders"
    ),
)
def ultimatum(message: Message, context: Context) -> Iterator[Hit]:
    """Nobody hires under a threat; another offer helps only when it is mentioned in passing."""
    for p in presses(message, context, Act.ULTIMATUM):
        yield Hit(
            "Keep the fact, say that theirs is the job you want, and ask about their timing.",
            p.span,
            take_out(message, p.span, p.sentence),
            p.degree,
        )
