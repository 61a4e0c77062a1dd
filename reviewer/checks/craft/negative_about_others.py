"""Running others down."""

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
        text="Hi Mr. Tveit,\n\nI can't wait to leave, management there is a joke.\n\nRick",
        at="management there is a joke",
    ),
    Passes(text="Hi Mr. Tveit,\n\nMy boss there is a joker who taught me framing. I miss him already.\n\nRick"),
)
def negative_about_others(message: Message, context: Context) -> Iterator[Hit]:
    """Whoever speaks so of the last boss will speak so of the next one."""
    for p in passages(message, Act.OTHERS_DOWN, _SURE):
        yield Hit(
            "Leave the others out of it; say what draws you here.",
            p.span,
            take_out(message, p.span, p.sentence),
            Degree.GRAVE,
        )


_SURE = 0.6
