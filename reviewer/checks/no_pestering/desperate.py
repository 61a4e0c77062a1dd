"""Pleading, need, anything at any price."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.pressure import presses
from reviewer.message import Message


@check(
    Flags(text="Hi Deb,\n\nI really need this job, my savings are gone.\n\nRay", at="need this job"),
    Passes(
        text="Dear Yvonne,\n\nYou were honest about how desperate things get on a Sunday night, and that made me want the job more.\n\nBernadette"
    ),
)
def desperate(message: Message, context: Context) -> Iterator[Hit]:
    """Eager, not desperate: need is no reason to hire, and recruiters step back from it."""
    for p in presses(message, context, Act.NEED):
        yield Hit(
            "Say what you would do for them, not what the job would do for you.",
            p.span,
            take_out(message, p.span, p.sentence),
            p.degree,
        )
