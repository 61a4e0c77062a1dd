"""How much a draft says that its writer wants this job, and what speaks against it.

The level is of the draft as a whole; the places are the sentences that weigh most. Sources: 000.2, 001.6,
002.6, 003.2, 004.13.
"""

from typing import NamedTuple

from reviewer.context import Context
from reviewer.language.acts import Act, Reading, readings
from reviewer.language.levels import level
from reviewer.message import Message, Span

__all__ = ["Interest", "interest"]

_GUSH = 0.5
_PLACE = 0.4
_WISH = 0.1  # no sentence that wants the job even so much: never a good level


class Interest(NamedTuple):
    """The level, 0 to 2, and the places: praise too big, second best, said of any job."""

    level: int
    gush: tuple[Span, ...]
    cool: Span | None
    faint: Span | None


def interest(message: Message, context: Context) -> Interest:
    """How the draft stands in enthusiasm."""
    return message.once(_interest, context)


def _interest(message: Message, context: Context) -> Interest:
    read = readings(message)
    gush = tuple(r.because(Act.GUSH) for r in read if r[Act.GUSH] >= _GUSH)
    wanting = max((r[Act.WANT] for r in read), default=0.0)
    reached = level(message, context, "enthusiasm")
    return Interest(
        reached if wanting >= _WISH else min(reached, 1), gush, _place(read, Act.COOL), _place(read, Act.FAINT)
    )


def _place(read: tuple[Reading, ...], act: Act) -> Span | None:
    surest = max(read, key=lambda r: r[act], default=None)
    return surest.because(act) if surest is not None and surest[act] >= _PLACE else None
