"""A second check-in that brings nothing new."""

from collections.abc import Iterator, Sequence
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind, Sent
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act
from reviewer.language.courtesy import shows
from reviewer.language.detail import specific_stem
from reviewer.message import Message
from reviewer.text import flatten, lower, words


@check(
    Flags(
        text="Hi Monica,\n\nI'm circling back on my email from last week. Please let me know either way.\n\nHeather",
        context=Context(kind=Kind.SECOND_CHECK_IN),
    ),
    Flags(
        text="Hi Monica,\n\nSince I wrote I have passed the licensing exam. How far along are you?\n\nHeather",
        context=Context(
            kind=Kind.SECOND_CHECK_IN,
            sent=(
                Sent(
                    Kind.CHECK_IN, date(2026, 3, 2), "Hi Monica,\n\nI passed the licensing exam on Monday.\n\nHeather"
                ),
            ),
        ),
    ),
    Passes(
        text="Hi Monica,\n\nSince I wrote I have passed the licensing exam you asked about. How far along are you?\n\nHeather",
        context=Context(kind=Kind.SECOND_CHECK_IN),
    ),
)
def no_new_information(message: Message, context: Context) -> Iterator[Hit]:
    """The second message earns its place by something new: a result, a sample, an answer you owed them."""
    if context.kind is not Kind.SECOND_CHECK_IN or not message.words:
        return
    earlier = [sent.text for sent in context.sent if sent.text]
    if shows(message, Act.NEWS) and earlier and not _adds(message, earlier):
        yield Hit(
            "What is new here stood in an earlier message already.",
            None,
            Fix("Add [something new since your last message]", (), Safety.EXAMPLE),
            Degree.SLIGHT,
        )
    elif not shows(message, Act.NEWS):
        yield Hit(
            "Bring something new: a result, a piece of work, an answer you owed them.",
            None,
            Fix("Add [something new since your last message]", (), Safety.EXAMPLE),
            Degree.SLIGHT,
        )


def _adds(message: Message, earlier: Sequence[str]) -> bool:
    """Whether the draft has telling words that no earlier message had."""
    known = {specific_stem(w) for text in earlier for w in words(lower(flatten(text)))}
    new = {s for w in message.vocabulary if (s := specific_stem(w)) is not None and s not in known}
    return len(new) >= _A_FEW


_A_FEW = 2  # one new word is chance
