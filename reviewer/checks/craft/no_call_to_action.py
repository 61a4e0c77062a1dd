"""A check-in that asks nothing."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act
from reviewer.language.courtesy import shows
from reviewer.message import Message


@check(
    Flags(
        text="Dear Ms. Whitfield,\n\nI interviewed with the department on July 7. It went past quickly.\n\nHarold Beam",
        context=Context(kind=Kind.CHECK_IN),
    ),
    Passes(
        text="Hi Bill,\n\nCould you let me know how far along the process is?\n\nNate",
        context=Context(kind=Kind.CHECK_IN),
    ),
)
def no_call_to_action(message: Message, context: Context) -> Iterator[Hit]:
    """A check-in asks one question they can answer: how far along they are, or how you compared."""
    if context.kind not in {Kind.CHECK_IN, Kind.SECOND_CHECK_IN} or message.words < 8:
        return
    if "?" in message.low or shows(message, Act.ASK, Act.THERE_YET, Act.DEMAND, Act.SOFT_DEMAND):
        return
    yield Hit(
        "Ask one question: how far along are they?",
        None,
        Fix("Ask how far along they are", (), Safety.EXAMPLE),
        Degree.SLIGHT,
    )
