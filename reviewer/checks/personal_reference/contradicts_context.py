"""The draft says what the facts do not."""

import re
from collections.abc import Iterator
from datetime import date

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.acts import Act, readings
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.language.dates import Phrase, phrases
from reviewer.language.timing import day_name, interview_day, local_day
from reviewer.message import Message
from reviewer.patterns import pattern

_CLOSE = pattern(r"(?: (?:with|of|on|you|me|dated|at|in|for|from|the|and|last|your|office|us|here)){0,4} ?")
_MET = Cues({"met": ("interview|interviewed|met|meeting|spoke|conversation|came_in|visit",)})
_DECIDE = Cues({"decide": ("you|they ~6 decide|deciding|decision|know|touch|hear|hope|hoped|announce|settle",)})


@check(
    Flags(
        text="Dear Mr Gill,\n\nI wondered how you were getting on, following our meeting on the 6th.",
        context=Context(interviewed_at=date(2026, 10, 8), sending_at=date(2026, 10, 14)),
        at="the 6th",
    ),
    Passes(
        text="Dear Mr Gill,\n\nI wondered how you were getting on, following our meeting on the 8th.",
        context=Context(interviewed_at=date(2026, 10, 8), sending_at=date(2026, 10, 14)),
    ),
    Passes(
        text="Dear Mr Gill,\n\nAfter we met I passed the exam on the 6th.",
        context=Context(interviewed_at=date(2026, 10, 1), sending_at=date(2026, 10, 14)),
    ),
)
def contradicts_context(message: Message, context: Context) -> Iterator[Hit]:
    """A wrong date of the meeting, or a wrong deadline, tells the reader that you did not listen."""
    if context.sending_at is None:
        return
    for clause in clauses(message):
        met, decide = next(_MET.find(clause), None), next(_DECIDE.find(clause), None)
        if (met is None and decide is None) or readings(message)[clause.index][Act.OTHER_OFFER] >= _ELSEWHERE:
            continue
        for phrase in phrases(message, local_day(context.sending_at)):
            if (
                phrase.span not in clause.sentence.span
                or not any(c.isdigit() for c in phrase.words)
                or "ago" in phrase.words
            ):
                continue
            close = met is not None and _CLOSE.fullmatch(message.low, met.span.end, phrase.span.start) is not None
            if close and not phrase.deadline and not _same_day_of_month(phrase, interview_day(context)):
                yield from _compare(phrase, interview_day(context), "You met on", context)
            elif not close and phrase.deadline and decide is not None and decide.span.start < phrase.span.start:
                yield from _compare(phrase, context.promised_reply_by, "They named", context)


_ORDINAL = pattern(r"(?:on )?the (\d{1,2})(?:st|nd|rd|th)")


def _same_day_of_month(phrase: Phrase, known: date | None) -> bool:
    """`the 9th` names no month, so the day alone can be wrong."""
    found = _ORDINAL.fullmatch(phrase.words)
    return found is not None and known is not None and int(found[1]) == known.day


def _compare(phrase: Phrase, known: date | None, said: str, context: Context) -> Iterator[Hit]:
    span, first, last, said_as = phrase.span, phrase.first, phrase.last, phrase.words
    if (
        known is None
        or first <= known <= last
        or (abs((first - known).days) <= 1 and said == "You met on" and context.interviewed_at != known)
    ):
        return
    by = re.match(r"(?:by|before|until|till)\s+", said_as, re.IGNORECASE)
    right = f"{by.group() if by else ''}{known.day} {known:%B}"
    yield Hit(
        f"{said} {day_name(known)}, not on this day.",
        span,
        Fix(f"Write {right}", (Edit(span, right),)),
        Degree.SLIGHT,
    )


_ELSEWHERE = 0.5
