"""Over the limit of a LinkedIn invitation note."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Hit
from reviewer.message import Message

_NOTE = "Hi Ana, thank you for Monday's interview. " + "I keep thinking of the ledger and of how you moved it. " * 6


@check(
    Flags(text=_NOTE, context=Context(channel="linkedin", kind=Kind.LINKEDIN)),
    Passes(text=_NOTE, context=Context(channel="email", kind=Kind.THANK_YOU)),
)
def over_limit(
    message: Message, context: Context, *, most: int = 300, far: int = 400, connected: int = 520
) -> Iterator[Hit]:
    """LinkedIn cuts an invitation's note at 300 characters: what comes after is never read."""
    if context.channel != "linkedin" or "connected on here" in message.low:
        return
    length = len(message.text.strip())
    limit = most if context.kind in {Kind.LINKEDIN, Kind.THANK_YOU} else connected
    if length > limit:
        degree = Degree.GRAVE if length > far * 1.6 else Degree.SLIGHT
        yield Hit(f"{length} characters; a LinkedIn note ends at {most}.", degree=degree)
