"""Where a draft presses its reader, in what way, and how gravely.

The levels say whether the draft as a whole leaves its reader room; the acts say which sentences do not.
Sources: 001.14, 002.6, 002.7, 003.5, 004.8, 004.12, 004.13.
"""

from collections.abc import Iterator
from typing import NamedTuple

from reviewer.context import Context
from reviewer.finding import Degree
from reviewer.language.acts import Act, Reading, readings
from reviewer.language.cues import Cues
from reviewer.language.levels import GOOD, level
from reviewer.message import Message, Span

__all__ = ["Pressure", "presses", "pressure"]

# A demand with an alternative is an ultimatum.
_OR_ELSE = Cues(
    {"or else": ("or (else) i am|will|shall|walk|go|take|sign|withdraw|accept", "otherwise i am|will|shall", "or else")}
)
_KINDS = (Act.DEMAND, Act.SOFT_DEMAND, Act.THERE_YET, Act.GUILT, Act.NEED, Act.ULTIMATUM, Act.MANY)
_CLEAR = 0.5  # a sentence as sure as this presses, where the draft as a whole does
_PLAIN = 0.9  # and one as sure as this presses whatever stands around it
_LEAST = 0.6  # with no sentence as sure as this, the draft has the benefit of the doubt
_NAMED = 0.3  # and where it is less sure than this in what way a sentence presses, there is nothing to be said of it
_THREAT = 0.35  # an ultimatum is an error, and wants more certainty than its rivals


class Pressure(NamedTuple):
    """A sentence that presses: which act, the words that do it, how gravely."""

    act: Act
    span: Span
    sentence: Span
    degree: Degree


def pressure(message: Message, context: Context) -> tuple[Pressure, ...]:
    """Every sentence that presses, in order; none where the draft as a whole leaves its reader room."""
    return message.once(_pressure, context)


def presses(message: Message, context: Context, *acts: Act) -> list[Pressure]:
    """The sentences that press in one of these ways."""
    return [p for p in pressure(message, context) if p.act in acts]


def _pressure(message: Message, context: Context) -> tuple[Pressure, ...]:
    return tuple(_suspects(message, level(message, context, "no_pestering")))


def _suspects(message: Message, reached: int) -> Iterator[Pressure]:
    read = [r for r in readings(message) if not message.quoted(r.clause.sentence.span)]
    surest = max((r[Act.PRESS] for r in read), default=0.0)
    if surest < _LEAST or (reached == GOOD and surest < _PLAIN):
        return
    for reading in read:
        sure = reading[Act.PRESS]
        if sure < surest and (reached or sure < _CLEAR):
            continue
        act = max(_KINDS, key=lambda kind: _weight(reading, kind))
        if reading[act] < _NAMED:
            continue
        if act is Act.DEMAND and next(_OR_ELSE.find(reading.clause), None) is not None:
            act = Act.ULTIMATUM
        grave = reached == 0 and sure == surest
        degree = Degree.GRAVE if grave else Degree.SLIGHT
        yield Pressure(act, reading.because(act), reading.clause.sentence.span, degree)


def _weight(reading: Reading, kind: Act) -> float:
    return reading[kind] if kind is not Act.ULTIMATUM or reading[kind] >= _THREAT else 0.0
