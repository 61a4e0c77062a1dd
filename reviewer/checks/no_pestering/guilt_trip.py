"""A reproach: what it cost me, what you did not do."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.pressure import Press, by_sentence
from reviewer.message import Message


@check(
    Flags(
        text="Dear Rosemary,\n\nI'd have thought a one-line email takes about a minute.\n\nPhilippa",
        at="I'd have thought a one-line",
    ),
    Passes(
        text="Dear Beatrix,\n\nI was disappointed, naturally, but I learned a lot from your eleven volunteers.\n\nImogen"
    ),
)
def guilt_trip(message: Message, context: Context) -> Iterator[Hit]:
    """A reproach, however polite, sends the reader a bill; they will remember the bill."""
    for p in by_sentence(message, Press.GUILT, Press.SOFT_GUILT):
        span = p.match.clause.sentence.span
        degree = Degree.GRAVE if p.press is Press.GUILT else Degree.SLIGHT
        yield Hit(
            "Leave the silence and the sacrifice out; ask one question.",
            p.span,
            Fix("Take the sentence out", (Edit(span, ""),)),
            degree,
        )
