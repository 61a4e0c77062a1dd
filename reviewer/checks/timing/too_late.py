"""Sent after the moment has gone."""

from collections.abc import Iterator
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Abstention, Hit
from reviewer.language.timing import day_name, timing
from reviewer.message import Message


@check(
    Flags(
        text="Hi Grace,\n\nThank you for Tuesday.",
        context=Context(kind=Kind.THANK_YOU, interviewed_at=date(2026, 3, 3), sending_at=date(2026, 3, 9)),
    ),
    Passes(
        text="Hi Grace,\n\nThank you for yesterday.",
        context=Context(kind=Kind.THANK_YOU, interviewed_at=date(2026, 3, 3), sending_at=date(2026, 3, 4)),
    ),
)
def too_late(message: Message, context: Context) -> Iterator[Hit | Abstention]:
    """A thank-you is read while the interview is fresh; later it looks like an afterthought."""
    found = timing(message, context)
    if found is None:
        yield Abstention("no date lets anyone judge it")
        return
    if found.rule == "too-late" and found.degree is not None:
        wait = f" Send it on {day_name(found.earliest)} or after." if found.earliest is not None else ""
        yield Hit(found.message + wait, degree=found.degree)
