"""Too many messages, or more of them announced."""

from collections.abc import Iterator
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind, Sent
from reviewer.finding import Degree, Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.pressure import presses
from reviewer.language.timing import local_day, nudges
from reviewer.message import Message

_BEFORE = tuple(Sent(Kind.CHECK_IN, date(2026, 8, day)) for day in (1, 3, 4))


@check(
    Flags(text="Hi Monique,\n\nI will call you again tomorrow.\n\nKelsey", at="will call you again"),
    Flags(
        text="Hi Monique,\n\nHow far along are you?\n\nKelsey",
        context=Context(sent=_BEFORE, sending_at=date(2026, 8, 5)),
    ),
    Passes(
        text="Hi Monique,\n\nA short update since my note last month: I passed the exam.\n\nKelsey",
        context=Context(sent=_BEFORE[:1], sending_at=date(2026, 9, 5)),
    ),
)
def too_many_messages(message: Message, context: Context) -> Iterator[Hit]:
    """Two nudges are patience on both sides; after that each one costs more than it can win."""
    for p in presses(message, context, Act.MANY):
        yield Hit(
            "Counting messages, or announcing more, makes each of them weigh more.",
            p.span,
            take_out(message, p.span, p.sentence),
            p.degree,
        )
    before = nudges(context)
    if context.sending_at is None:
        return
    recent = [day for day in before if (local_day(context.sending_at) - day).days < 21]
    if len(recent) >= 3:
        yield Hit(
            f"{len(recent)} messages in three weeks already: let it rest, then come back once with something new.",
            degree=Degree.GRAVE,
        )
    elif len(recent) == 2 and (local_day(context.sending_at) - recent[-1]).days < 7:
        yield Hit("The third message within a few weeks: let it rest for a month.", degree=Degree.GRAVE)
