"""An answer asked for as a right, or by a time."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.pressure import Press, by_sentence
from reviewer.message import Message


@check(
    Flags(text="Hi Bill,\n\nI need an answer by end of day on Friday.\n\nNate", at="need an answer by"),
    Passes(text="Hi Bill,\n\nI know you want the tearoom open asap, and I'd love to be the one to do it.\n\nNate"),
    Passes(text="Hi Bill,\n\nNot chasing for an answer today, I know the holiday put everyone behind.\n\nNate"),
)
def demanding(message: Message, context: Context) -> Iterator[Hit]:
    """They decide when; a demand makes the next question whether they want to work with you."""
    for p in by_sentence(message, Press.DEMAND, Press.SOFT_DEMAND):
        span = p.match.clause.sentence.span
        degree = Degree.GRAVE if p.press is Press.DEMAND else Degree.SLIGHT
        yield Hit(
            "Ask instead how far along they are.",
            p.span,
            Fix("Take the sentence out", (Edit(span, ""),)),
            degree,
        )
