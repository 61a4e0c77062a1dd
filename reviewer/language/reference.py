"""Whether a draft refers to this conversation, to any conversation, or to none.

Settled rule: a thank-you needs something particular from the conversation; a later message may also tie
to the process (what they said, the date they named, the day of the interview with the role).
"""

from typing import NamedTuple

from reviewer.context import Context, Kind
from reviewer.language.acts import Act, readings
from reviewer.language.levels import level
from reviewer.message import Message, Span

__all__ = ["Reference", "reference"]

_VAGUE = 0.3


class Reference(NamedTuple):
    """The level, 0 to 2; the sentences that sound personal and fit any interview; whether it is a first note."""

    level: int
    vague: tuple[Span, ...]
    first_note: bool


def reference(message: Message, context: Context) -> Reference:
    """How the draft refers to the conversation, judged for its kind; not whether its facts are right."""
    return message.once(_reference, context)


def _reference(message: Message, context: Context) -> Reference:
    vague = tuple(r.clause.sentence.span for r in readings(message) if r[Act.VAGUE] >= _VAGUE)
    first_note = context.kind in {Kind.THANK_YOU, Kind.LINKEDIN, None}
    return Reference(level(message, context, "personal_reference"), vague, first_note)
