"""A second check-in that brings nothing new."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act
from reviewer.language.courtesy import shows
from reviewer.message import Message


@check(
    Flags(
        text="Hi Monica,\n\nI'm circling back on my email from last week. Please let me know either way.\n\nHeather",
        context=Context(kind=Kind.SECOND_CHECK_IN),
    ),
    Passes(
        text="Hi Monica,\n\nSince I wrote I have passed the licensing exam you asked about. How far along are you?\n\nHeather",
        context=Context(kind=Kind.SECOND_CHECK_IN),
    ),
)
def no_new_information(message: Message, context: Context) -> Iterator[Hit]:
    """The second message earns its place by something new: a result, a sample, an answer you owed them."""
    if context.kind is Kind.SECOND_CHECK_IN and message.words and not shows(message, Act.NEWS):
        yield Hit(
            "Bring something new: a result, a piece of work, an answer you owed them.",
            None,
            Fix("Add [something new since your last message]", (), Safety.EXAMPLE),
            Degree.SLIGHT,
        )
