"""Unnecessary detail: troubles, CV in prose, asides nobody asked for."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act, readings
from reviewer.message import Message


@check(
    Flags(
        text="Hi Ana,\n\nThank you for today. My train was cancelled so I lost half a day, and my flatmate had people round "
        "until two in the morning, and then the cat was sick on the only shirt I own that irons. Anyway, long story. I "
        "was captain of the rowing club, treasurer of the debating society and did a module in sports psychology, in "
        "which I got a first.\n\nBo",
        at="My train was cancelled so I lost half a day",
    ),
    Passes(
        text="Hi Ana,\n\nThank you for today. My wife grew up on your jam, so the tour was a treat for both of us.\n\nBo"
    ),
)
def unnecessary_detail(message: Message, context: Context, *, room: int = 30, much: int = 80) -> Iterator[Hit]:
    """A stranger's troubles and a CV told over again put the work of sorting on the reader."""
    read = [r for r in readings(message) if r[Act.DETAIL] >= _DOUBT]
    words = sum(r[Act.DETAIL] * len(r.clause.sentence.words) for r in read)
    if words < room:
        return
    surest = max(r[Act.DETAIL] for r in read)
    for reading in read:
        if reading[Act.DETAIL] >= min(_SURE, surest):
            yield Hit(
                "The reader does not need this; leave it out or keep a half-sentence of it.",
                reading.clause.sentence.span,
                Fix("Leave it out, or keep half a sentence", (), Safety.EXAMPLE),
                Degree.GRAVE if words >= much else Degree.SLIGHT,
            )


_DOUBT = 0.1
_SURE = 0.5
