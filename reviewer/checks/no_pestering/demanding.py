"""An answer asked for as a right, or by a time."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.pressure import presses
from reviewer.message import Message


@check(
    Flags(text="Hi Bill,\n\nI need an answer by end of day on Friday.\n\nNate", at="need an answer by"),
    Passes(text="Hi Bill,\n\nI know you want the tearoom open asap, and I'd love to be the one to do it.\n\nNate"),
    Passes(text="Hi Bill,\n\nNot chasing for an answer today, I know the holiday put everyone behind.\n\nNate"),
)
def demanding(message: Message, context: Context) -> Iterator[Hit]:
    """They decide when; a demand makes the next question whether they want to work with you."""
    first_note = context.kind in {Kind.THANK_YOU, Kind.LINKEDIN, Kind.POST_REJECTION}
    said = "They decide when: leave this out." if first_note else "Ask instead how far along they are."
    for p in presses(message, context, Act.DEMAND, Act.SOFT_DEMAND):
        yield Hit(said, p.span, take_out(message, p.span, p.sentence), p.degree)
