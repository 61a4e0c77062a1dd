"""Running oneself down."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.tone import passages
from reviewer.message import Message


@check(
    Flags(
        text="Hi Leo,\n\nThanks for the tower. I'm probably not the strongest you've seen.\n\nKasia",
        at="probably not the strongest",
    ),
    Passes(
        text="Dear Dr. Kamau,\n\nYou are right that no donor report carries my name. What I have done is feed them.\n\nPeter"
    ),
)
def self_deprecating(message: Message, context: Context) -> Iterator[Hit]:
    """Arguing against yourself does the panel's doubting for them; a gap is answered, not confessed."""
    for p in passages(message, Act.SELF_DOWN, _SURE):
        yield Hit(
            "This argues against you: leave it out, or say how you would close the gap.",
            p.span,
            take_out(message, p.span, p.sentence),
            Degree.SLIGHT,
        )


_SURE = 0.5
