"""A reproach: what it cost me, what you did not do."""

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
        text="Dear Rosemary,\n\nI'd have thought a one-line email takes about a minute.\n\nPhilippa",
        at="have thought a one-line",
    ),
    Passes(
        text="Dear Beatrix,\n\nI was disappointed, naturally, but I learned a lot from your eleven volunteers.\n\nImogen"
    ),
)
def guilt_trip(message: Message, context: Context) -> Iterator[Hit]:
    """A reproach, however polite, sends the reader a bill; they will remember the bill."""
    for p in presses(message, context, Act.GUILT):
        yield Hit(
            "Leave the silence and the sacrifice out; ask one question.",
            p.span,
            take_out(message, p.span, p.sentence),
            p.degree,
        )
