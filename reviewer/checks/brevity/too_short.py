"""Too short: hardly a message at all."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Hit
from reviewer.message import Message


@check(
    Flags(text="Hi Ana, thanks. Bo"),
    Passes(
        text="Chief Lindgren, Marisela Ortiz here. Good hour tonight, thank you for it. Your line about walking "
        "round the truck twice is going on my fridge. I'd ride with you tomorrow."
    ),
)
def too_short(message: Message, context: Context, *, least: int = 24, empty: int = 4) -> Iterator[Hit]:
    """A line and a name look like a duty done; there is no room in it for a reason to remember you."""
    words = message.words
    if words <= empty:
        yield Hit(
            "There is next to nothing here yet: add thanks, one thing you talked about, and that you want the job."
        )
    elif words < least:
        yield Hit(
            f"{words} words leave no room for a reason to remember you; three or four sentences are right.",
            degree=Degree.SLIGHT,
        )
