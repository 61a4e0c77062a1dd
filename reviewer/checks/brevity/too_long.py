"""Too long: more words than a busy reader gives a follow-up."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Hit
from reviewer.message import Message

_LONG = "Hi Ana,\n\n" + "Thank you for the talk about the ledger and the plan for the spring. " * 18
_SHORT = "Hi Ana,\n\n" + "Thank you for the talk about the ledger and the plan for the spring. " * 6


@check(
    Flags(text=_LONG, options={"most": 150, "far": 220}),
    Passes(text=_SHORT, options={"most": 150}),
    Passes(
        text="Hi Ana,\nThank you.\nBo\n\nOn Tue, 3 Mar 2026 at 10:12, Ana wrote:\n> " + "words " * 300,
        options={"most": 150},
    ),
)
def too_long(message: Message, context: Context, *, most: int = 150, far: int = 230) -> Iterator[Hit]:
    """Recruiters read dozens of these between meetings; what runs on is skimmed, and the good line with it."""
    words = message.words
    if words > most:
        degree = Degree.GRAVE if words > far else Degree.SLIGHT
        yield Hit(
            f"{words} words; aim for {most} at most. Keep the thanks, one specific thing, your interest, the next step.",
            degree=degree,
        )
