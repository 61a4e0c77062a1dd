"""No way to reach the writer."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.message import Message, Part, Span
from reviewer.patterns import pattern

_NUMBER = pattern(r"\d[\d .()/-]{5,}\d")
_ADDRESSES = ("@", "www.", "http://", "https://", "linkedin.com", ".example")


@check(
    Flags(
        text="Dear Ms Whitfield,\n\nHow far along are you?\n\nSincerely,\nHarold Beam",
        context=Context(channel="email"),
    ),
    Passes(
        text="Dear Ms Whitfield,\n\nHow far along are you?\n\nSincerely,\nHarold Beam\n555-0196",
        context=Context(channel="email"),
    ),
    Passes(
        text="Dear Ms Whitfield,\n\nI'm on 555-0196 any time.\n\nHarold Beam",
        context=Context(channel="email"),
    ),
)
def no_contact_details(message: Message, context: Context) -> Iterator[Hit]:
    """A number under the name saves them a search on the day they want to call."""
    if context.channel not in {"email", None} or context.kind is Kind.LINKEDIN:
        return
    own = message.spans(Part.BODY, Part.SIGN_OFF, Part.SIGNATURE)
    if not any(_reaches(message, span) for span in own):
        yield Hit(
            "Put a telephone number or an address under your name.",
            None,
            Fix("Add [your telephone number]", (), Safety.EXAMPLE),
            Degree.SLIGHT,
        )


def _reaches(message: Message, span: Span) -> bool:
    """Whether a telephone number or an address stands there."""
    if _NUMBER.search(message.flat, span.start, span.end):
        return True
    return any(message.low.find(mark, span.start, span.end) >= 0 for mark in _ADDRESSES)
