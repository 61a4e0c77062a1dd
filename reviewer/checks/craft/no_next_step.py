"""It leads nowhere."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act
from reviewer.language.courtesy import shows
from reviewer.message import Message


@check(
    Flags(
        text="Dear Ms Olufsen,\n\nI am obliged to you for the interview of this morning. The year-end routine and the two sawmills were made quite plain to me.\n\nSindre",
        context=Context(kind=Kind.THANK_YOU),
    ),
    Passes(
        text="Dear Ms Olufsen,\n\nI'd be glad to meet the others whenever it suits.\n\nSindre",
        context=Context(kind=Kind.THANK_YOU),
    ),
)
def no_next_step(message: Message, context: Context) -> Iterator[Hit]:
    """A word on what comes next makes it easy to answer: a second meeting, something you could send."""
    if context.kind not in {Kind.THANK_YOU, Kind.POST_REJECTION, None} or message.words < 20:
        return
    if "?" in message.low or shows(message, Act.NEXT, Act.OFFER, Act.ASK, Act.WANT):
        return
    yield Hit(
        "End on the next step: a second talk, or something you could send.",
        None,
        Fix("Add the next step", (), Safety.EXAMPLE),
        Degree.SLIGHT,
    )
