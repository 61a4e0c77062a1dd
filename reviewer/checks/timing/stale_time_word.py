"""A "yesterday" or a weekday that the dates contradict."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.language.dates import Phrase, phrases
from reviewer.language.timing import day_name, interview_day, local_day
from reviewer.message import Message
from reviewer.patterns import pattern

_MEETING = Cues(
    {
        "met": (
            "thank|thanks|grateful|appreciated|obliged (you) (so|very) (much) (for|to) ~8",
            "met|meeting|interview|interviewed|spoke|speaking|chat|chatting|conversation|seeing me|you|with|for|us|yesterday|today|last|on|this ~6",
        )
    }
)
_STANDING = pattern(
    r"yesterday|today|this (?:morning|afternoon|evening)|last week|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_INTERVIEW = Context(kind=Kind.THANK_YOU, interviewed_at=date(2026, 10, 15), sending_at=date(2026, 10, 16))


@check(
    Flags(
        text="Dear Dr. Gill,\n\nThank you for staying late on Tuesday evening to meet with me.",
        context=_INTERVIEW,
        at="on Tuesday",
        fixed="Dear Dr. Gill,\n\nThank you for staying late on Thursday evening to meet with me.",
    ),
    Flags(
        text="Dear Dr. Gill,\n\nThank you for seeing me this morning.",
        context=_INTERVIEW,
        at="this morning",
        fixed="Dear Dr. Gill,\n\nThank you for seeing me yesterday.",
    ),
    Passes(text="Dear Dr. Gill,\n\nThank you for seeing me on Thursday.", context=_INTERVIEW),
    Passes(
        text="Dear Dr. Gill,\n\nThank you for your mail of this morning. We met on Thursday.",
        context=_INTERVIEW,
    ),
)
def stale_time_word(message: Message, context: Context) -> Iterator[Hit]:
    """A "yesterday" that was last week shows that the letter lay about, or was written for another day."""
    met = interview_day(context)
    if met is None or context.sending_at is None or context.kind in {Kind.CONCERN_REPLY, Kind.POST_REJECTION}:
        return
    today = local_day(context.sending_at)
    here = local_day(context.interviewed_at) if context.interviewed_at is not None else met
    for clause in clauses(message):
        meeting = next(_MEETING.find(clause), None)
        if meeting is None:
            continue
        for phrase in phrases(message, today):
            if phrase.span not in clause.sentence.span or not _about_meeting(message, phrase, context):
                continue
            if not any(phrase.first <= day <= phrase.last for day in (met, here)):
                right = _right(phrase, met, today)
                yield Hit(
                    f"The interview was {day_name(met)}; this goes out {day_name(today)}.",
                    phrase.span,
                    Fix(f"Write {right}", (Edit(phrase.span, right),)),
                    Degree.SLIGHT,
                )
                return
            break


def _about_meeting(message: Message, phrase: Phrase, context: Context) -> bool:
    """Whether the phrase can only mean the day of the interview: in a thank-you, or right after "we met"."""
    if (
        phrase.deadline
        or phrase.last > phrase.first + timedelta(7)
        or not _STANDING.search(phrase.words)
        or "since" in phrase.words
    ):
        return False
    before = message.low[max(0, phrase.span.start - 34) : phrase.span.start]
    after = message.low[phrase.span.end : phrase.span.end + 12]
    if (
        re.search(
            r"\b(?:mail|email|note|letter|message|text|call|update|i|by|since|until|from|free|next)\s+(?:of |on |sent |from )?$",
            before,
        )
        or "'s mail" in after
    ):
        return False
    if context.kind in {Kind.THANK_YOU, None}:
        return not re.search(r"\bi(?:'ve| have| had|'d)?\s+\w+[^.]{0,20}$", before)
    return bool(
        re.search(
            r"(?:we met|met you|to meet you|meeting you|meeting (?:you|with you)|interviewing|interviewed|chatting|speaking|spoke|our (?:meeting|chat|conversation|interview))[^,.]{0,12}$",
            before,
        )
    )


def _right(phrase: Phrase, met: date, today: date) -> str:
    words = {0: "today", 1: "yesterday"}.get((today - met).days)
    if (
        ("day" in phrase.words and words is None)
        or phrase.words.startswith("on ")
        or phrase.words.rstrip("s'").endswith(("monday", "tuesday", "wednesday", "thursday", "friday"))
    ):
        return f"on {met:%A}" if (today - met).days < 7 else f"on {met.day} {met:%B}"
    return words or (f"on {met:%A}" if (today - met).days < 7 else f"on {met.day} {met:%B}")
