"""Unnecessary detail: troubles, CV in prose, asides nobody asked for."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.acts import Act
from reviewer.language.tone import passages
from reviewer.message import Message


@check(
    Flags(
        text="Hi Ana,\n\nThank you for today. My train was cancelled so I lost half a day, and my flatmate had people round "
        "until two in the morning, which is why the budget slide had that mistake in it and why I yawned.\n\nBo",
        at="My train was cancelled so I lost half a day, and my flatmate had people round until two in the morning, "
        "which is why the budget slide had that mistake in it and why I yawned.",
    ),
    Passes(
        text="Hi Ana,\n\nThank you for today. My wife grew up on your jam, so the tour was a treat for both of us.\n\nBo"
    ),
)
def unnecessary_detail(message: Message, context: Context, *, room: int = 12, sure: float = 0.6) -> Iterator[Hit]:
    """A stranger's troubles and a CV told over again put the work of sorting on the reader."""
    found = [p for p in passages(message, Act.DETAIL, sure) if len(p.sentence.of(message.text).split()) >= room]
    grave = sum(len(p.sentence.of(message.text).split()) for p in found) > _MUCH
    for p in found:
        fix = Fix("Leave it out", (Edit(p.sentence, ""),))
        said = "The reader does not need this; leave it out or keep a half-sentence of it."
        yield Hit(said, p.sentence, fix, Degree.GRAVE if grave else Degree.SLIGHT)


_MUCH = 90
