"""Sent before the date they named."""

from collections.abc import Iterator
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Hit
from reviewer.language.timing import day_name, timing
from reviewer.message import Message


@check(
    Flags(
        text="Hi Kim,\n\nHow far along are you?",
        context=Context(kind=Kind.CHECK_IN, promised_reply_by=date(2026, 3, 20), sending_at=date(2026, 3, 18)),
    ),
    Passes(
        text="Hi Dilys,\n\nYou told me to chase you on Thursday, so here I am.",
        context=Context(kind=Kind.CHECK_IN, promised_reply_by=date(2026, 3, 27), sending_at=date(2026, 3, 26)),
    ),
)
def before_promised_date(message: Message, context: Context) -> Iterator[Hit]:
    """They told you when; writing earlier says that you did not believe them, or did not listen."""
    found = timing(message, context)
    if found is None:
        return
    if found.rule == "before-promised-date" and found.degree is not None:
        wait = f" Send it on {day_name(found.earliest)} or after." if found.earliest is not None else ""
        yield Hit(found.message + wait, degree=found.degree)
