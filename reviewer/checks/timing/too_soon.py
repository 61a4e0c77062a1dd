"""Sent before it is time."""

from collections.abc import Iterator
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Abstention, Hit
from reviewer.language.timing import day_name, timing
from reviewer.message import Message


@check(
    Flags(
        text="Hi Deb,\n\nHow far along are you?",
        context=Context(kind=Kind.CHECK_IN, interviewed_at=date(2026, 2, 10), sending_at=date(2026, 2, 13)),
    ),
    Passes(
        text="Hi Deb,\n\nHow far along are you?",
        context=Context(kind=Kind.CHECK_IN, interviewed_at=date(2026, 2, 10), sending_at=date(2026, 2, 17)),
    ),
)
def too_soon(message: Message, context: Context) -> Iterator[Hit | Abstention]:
    """A nudge before its time tells the reader that you cannot wait; the week is theirs."""
    found = timing(message, context)
    if found is None:
        yield Abstention("no date lets anyone judge it")
        return
    if found.rule == "too-soon" and found.degree is not None:
        wait = f" Send it on {day_name(found.earliest)} or after." if found.earliest is not None else ""
        yield Hit(found.message + wait, degree=found.degree)
