"""A mail without a subject."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.message import Message


@check(
    Flags(text="Hola Andrés,\n\nThank you for the tour.", context=Context(channel="email")),
    Passes(text="Hola Andrés,\n\nThank you for the tour.", context=Context(channel="sms")),
    Passes(
        text="Subject: Ignacia Prado – Thank you\n\nHola Andrés,\n\nThank you for the tour.",
        subject="Ignacia Prado – Thank you",
        context=Context(channel="email"),
    ),
)
def no_subject(message: Message, context: Context) -> Iterator[Hit]:
    """A mail without a subject is sorted out by filters and by busy people alike."""
    if context.channel == "email" and not (message.subject or "").strip():
        name = message.sender or "[your name]"
        yield Hit(
            "Give the mail a subject.",
            None,
            Fix(f"Subject: {name} – Thank you", (), Safety.EXAMPLE),
            Degree.SLIGHT,
        )
