"""When a message goes out, against the documents' rules, with the arithmetic in words.

Thank-you: within 24 h good, 48 h acceptable (000.6, 001.2, 002.3, 003.1, 004.5). Check-in: after the
promised date, or a week after the thank-you (000.7, 001.11, 003.5, 004.11). Again: a week later (001.13),
then at most monthly (001.15). LinkedIn: a couple of days after the interview (004.10). Dates are those of
the context; where it has none, those that the draft itself gives. Nothing looks at a clock.
"""

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from reviewer.context import Context, Kind
from reviewer.finding import Degree
from reviewer.language.acts import Act
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.language.dates import Phrase, phrases, phrases_in
from reviewer.language.pressure import presses
from reviewer.message import Message, Part
from reviewer.patterns import pattern

__all__ = ["Timing", "day_name", "interview_day", "local_day", "nudges", "timing"]

_NUDGES = frozenset({Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.ADDED_VALUE, Kind.OFFER_LEVERAGE})
_REPLIES = frozenset({Kind.CONCERN_REPLY, Kind.POST_REJECTION})
_NOMINAL = date(2001, 1, 10)  # a Wednesday, for drafts whose day of writing nobody knows

_SAID = Cues(
    {
        "promise": (
            "you|they|he|she|panel|team|who|hr|manager (all|both|had|would|have|kindly|lot) ({adv}) said|told|mentioned|thought|hoped|expected|reckoned|figured|promised|indicated|estimated|planned|suggested|aiming|hoping|expecting|decide|deciding|decided|settle|be|know|let|have|hear",
            "i would hear|know|be_told|have",
            "hear|know|decide|decision|answer|told|touch|settled|result ~4 by|before|within|end|on|today|last|this|next",
            "remember|recall|understood|understand you|that|your",
            "hoped|aiming|expected|expecting|hoping|planning|meant to",
        ),
    }
)
_ASKED_FOR = Cues(
    {
        "asked": (
            "you ({adv}) told|asked|invited|said|encouraged|suggested|wanted|reminded (that) (me|i|us) (to|should|could) chase|check|nudge|write|call|text|message|email|follow|ring|ping|get_in_touch|drop|remind|try|poke|give|send",
            "as you asked|requested|suggested",
            "at your request|suggestion|invitation",
        )
    }
)
_MEETING = Cues(
    {
        "met": (
            "thank|thanks|met|meeting|meet|interview|interviewed|interviewing|spoke|talked|talk|speaking|conversation|discussion|chat|chatted|chatting|seeing|having|time|hour|session|tour|enjoyed|pleasure|conversation|visit|minutes|afternoon|morning|appreciated|valued|grateful",
        )
    }
)


class Timing(NamedTuple):
    """The verdict on the hour: None as `degree` is in good time; `rule` names the fault otherwise."""

    degree: Degree | None
    rule: str | None
    message: str
    earliest: date | None = None


def timing(message: Message, context: Context) -> Timing | None:
    """How the message stands in time, or None where nothing lets anyone judge it."""
    return message.once(_timing, context)


def _timing(message: Message, context: Context) -> Timing | None:
    kind = context.kind or Kind.THANK_YOU
    if kind in _REPLIES:
        return (
            Timing(None, None, "an answer to their message") if context.sending_at and context.interviewed_at else None
        )
    if kind is Kind.THANK_YOU and any(s.kind is Kind.THANK_YOU for s in context.sent) and context.promised_reply_by:
        kind = Kind.CHECK_IN
    if kind in {Kind.THANK_YOU, Kind.LINKEDIN}:
        return _after_interview(message, context, kind)
    return _follow_up(message, context)


def interview_day(context: Context) -> date | None:
    """The day of the interview by the sender's clock, where both offsets are known."""
    if context.interviewed_at is None:
        return None
    return local_day(context.interviewed_at, _zone(context.sending_at))


def nudges(context: Context) -> list[date]:
    """The days on which a check-in or another nudge went out before, in order."""
    zone = _zone(context.sending_at)
    return sorted(local_day(s.at, zone) for s in context.sent if s.kind in _NUDGES)


def local_day(moment: datetime | date, zone: tzinfo | None = None) -> date:
    if not isinstance(moment, datetime):
        return moment
    if zone is not None and moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return moment.date()


def day_name(day: date, beside: date | None = None) -> str:
    """`Fri 20 March`, the way findings show a day; with its year where the day beside it is of another."""
    year = f" {day.year}" if beside is not None and beside.year != day.year else ""
    return f"{day:%a} {day.day} {day:%B}{year}"


def _zone(moment: datetime | date | None) -> tzinfo | None:
    return moment.tzinfo if isinstance(moment, datetime) else None


def _hours(start: datetime | date, end: datetime | date) -> float | None:
    """The hours between two moments; None where either is only a day."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None
    if (start.tzinfo is None) != (end.tzinfo is None):
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    return (end - start).total_seconds() / 3600


def _after_interview(message: Message, context: Context, kind: Kind) -> Timing | None:
    if context.interviewed_at is None or context.sending_at is None:
        return _after_interview_in_words(message, kind)
    met, now = interview_day(context), local_day(context.sending_at)
    assert met is not None
    hours = _hours(context.interviewed_at, context.sending_at)
    days = (now - met).days
    told = f"interviewed {day_name(met, now)}; sending {day_name(now, met)}"
    if hours is not None:
        told += f", {_elapsed(hours)} later" if hours >= 0 else ""
    early = days < 0 if hours is None else hours < 0
    if early:
        return Timing(Degree.GRAVE, "too-soon", f"This goes out before the interview ({told}).", met)
    linkedin = kind is Kind.LINKEDIN or context.channel == "linkedin"
    if linkedin and days == 0:
        degree = Degree.SLIGHT if kind is Kind.THANK_YOU else Degree.GRAVE
        return Timing(degree, "too-soon", f"On LinkedIn, wait a couple of days ({told}).", met + timedelta(2))
    if kind is Kind.LINKEDIN:
        if (hours if hours is not None else days * 24) < 40 and days < 2:
            return Timing(
                Degree.SLIGHT, "too-soon", f"On LinkedIn, wait a couple of days ({told}).", met + timedelta(2)
            )
        return Timing(None, None, told)
    limit = hours if hours is not None else max(0, days - 1) * 24 + 1
    if limit <= 48:
        return Timing(None, None, told + _best_moment(context))
    if limit <= 72:
        return Timing(Degree.SLIGHT, "too-late", f"More than two days have gone by ({told}).")
    return Timing(Degree.GRAVE, "too-late", f"A thank-you never waits longer than two days ({told}).")


def _best_moment(context: Context) -> str:
    if not isinstance(context.interviewed_at, datetime):
        return ""
    return "; best that afternoon" if context.interviewed_at.hour < 12 else "; best the next morning"


def _after_interview_in_words(message: Message, kind: Kind) -> Timing | None:
    """From "this morning" or "two weeks ago" in a sentence about the meeting, where no date is known."""
    for clause in clauses(message):
        if next(_MEETING.find(clause), None) is None:
            continue
        for phrase in phrases(message, _NOMINAL):
            if phrase.span not in clause.sentence.span or not phrase.certain or phrase.deadline or phrase.calendar:
                continue
            days = (_NOMINAL - phrase.last).days
            told = f"“{phrase.words}”, by the draft's own words"
            if days < 0:
                continue
            if kind is Kind.LINKEDIN:
                if days >= 2:
                    return Timing(None, None, told)
                return (
                    None
                    if "week" in phrase.words
                    else Timing(
                        Degree.GRAVE if days == 0 else Degree.SLIGHT,
                        "too-soon",
                        f"On LinkedIn, wait a couple of days ({told}).",
                    )
                )
            if "week" in phrase.words and "ago" not in phrase.words:
                return None
            if days <= 1:
                return Timing(None, None, told)
            degree = Degree.SLIGHT if days <= 3 else Degree.GRAVE
            return Timing(degree, "too-late", f"A thank-you never waits longer than two days ({told}).")
    return None


def _follow_up(message: Message, context: Context) -> Timing | None:
    if context.sending_at is None:
        return _follow_up_in_words(message)
    if any(True for clause in clauses(message) for _ in _ASKED_FOR.find(clause)):
        return Timing(None, None, "they asked for a message")
    return _worst(_against_promise(message, context), _against_last(context), _against_thanks(message, context))


def _worst(promise: Timing | None, last: Timing | None, thanks: Timing | None) -> Timing | None:
    """The promised date decides where there is one, the wait since the thank-you otherwise; then the last nudge."""
    judged = [
        t for t in (promise if promise is not None else (None if last is not None else thanks), last) if t is not None
    ]
    grave = [t for t in judged if t.degree is Degree.GRAVE]
    slight = [t for t in judged if t.degree is Degree.SLIGHT]
    return next(iter(grave + slight + judged), None)


def _against_promise(message: Message, context: Context) -> Timing | None:
    promised = context.promised_reply_by
    zone = _zone(context.interviewed_at)
    assert context.sending_at is not None
    now = local_day(context.sending_at, zone)
    if promised is None:
        today = local_day(context.sending_at)
        promised = (
            _promised_in_quoted(message, today)
            or _promised_spell(message, interview_day(context))
            or _promise_in_words(message, today)
        )
        if promised is None:
            return None
    told = f"promised {day_name(promised, now)}; sending {day_name(now, promised)}"
    if now > promised:
        return Timing(None, None, told)
    if context.kind is Kind.OFFER_LEVERAGE:
        return (
            Timing(None, None, f"{told}; another offer may be mentioned before")
            if not _presses(message, context)
            else Timing(
                Degree.SLIGHT,
                "before-promised-date",
                f"Another offer may be mentioned early, an answer may not be asked for ({told}).",
                _working(promised + timedelta(1)),
            )
        )
    if now == promised:
        return Timing(
            Degree.SLIGHT,
            "before-promised-date",
            f"The day they named is not over yet ({told}).",
            _working(promised + timedelta(1)),
        )
    return Timing(
        Degree.GRAVE,
        "before-promised-date",
        f"The date they named has not passed yet ({told}).",
        _working(promised + timedelta(1)),
    )


def _working(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _presses(message: Message, context: Context) -> bool:
    return bool(presses(message, context, Act.DEMAND, Act.ULTIMATUM))


def _against_last(context: Context) -> Timing | None:
    before = nudges(context)
    if not before or context.sending_at is None:
        return None
    now = local_day(context.sending_at)
    days = (now - before[-1]).days
    told = (
        f"last message {day_name(before[-1])}; sending {day_name(now)}, {days} {'day' if days == 1 else 'days'} later"
    )
    good, tolerable, wait = (28, 21, "a month") if len(before) >= 2 else (7, 4, "a week")
    if days >= good:
        return Timing(None, None, told)
    degree = Degree.SLIGHT if days >= tolerable else Degree.GRAVE
    return Timing(degree, "too-soon", f"Leave {wait} since the last message ({told}).", before[-1] + timedelta(good))


def _against_thanks(message: Message, context: Context) -> Timing | None:
    thanked = [s.at for s in context.sent if s.kind is Kind.THANK_YOU]
    thanked = thanked or [s.at for s in context.sent if s.kind is Kind.LINKEDIN]
    start = max(map(local_day, thanked)) if thanked else interview_day(context)
    if context.sending_at is None or start is None:
        return _follow_up_in_words(message)
    now = local_day(context.sending_at)
    days = (now - start).days
    what = "thanked" if thanked else "interviewed"
    told = f"{what} {day_name(start)}; sending {day_name(now)}, {days} {'day' if days == 1 else 'days'} later"
    if context.kind is Kind.OFFER_LEVERAGE and not _presses(message, context):
        return Timing(None, None, told)
    if days >= 7:
        return Timing(None, None, told)
    degree = Degree.SLIGHT if days >= 4 else Degree.GRAVE
    return Timing(degree, "too-soon", f"With no date named, wait at least a week ({told}).", start + timedelta(7))


def _promised_phrases(message: Message, today: date) -> list[Phrase]:
    found = []
    for clause in clauses(message):
        said = next(_SAID.find(clause), None)
        if said is None:
            continue
        for phrase in phrases(message, today):
            if phrase.span in clause.sentence.span and phrase.span.start > clause.sentence.span.start:
                found.append(phrase)
    return found


_SPELL = pattern(
    r"\b(?:in|within|take|takes|need|about|around|another|for|up to)\s+(?:about |around |roughly |up to |another )?(a|an|one|two|three|four|five|six|eight|ten|\d{1,2})\s+(working days|business days|days?|weeks?|months?|fortnights?)\b"
)
_COUNTS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "a": 1,
    "an": 1,
}


def _promised_spell(message: Message, met: date | None) -> date | None:
    """From "you said it would take about four weeks": that long after the interview."""
    if met is None:
        return None
    for clause in clauses(message):
        if next(_SAID.find(clause), None) is None:
            continue
        span = clause.sentence.span
        found = _SPELL.search(message.low, span.start, span.end)
        if found is not None and "ago" not in message.low[found.end() : found.end() + 5]:
            number = int(found[1]) if found[1].isdigit() else _COUNTS[found[1]]
            unit = (
                {"d": 1.0, "w": 7.0, "f": 14.0, "m": 30.0}[found[2][0]]
                if "days" not in found[2] or found[2] == "days"
                else 1.4
            )
            return met + timedelta(round(number * unit))
    return None


def _promised_in_quoted(message: Message, today: date) -> date | None:
    """From the mail that is answered: "in touch with everyone by Wednesday 21 October"."""
    for part in message.spans(Part.QUOTED):
        if _PROMISING.search(message.low, part.start, part.end):
            for phrase in phrases_in(message.low, today, part):
                if phrase.deadline and phrase.certain:
                    return phrase.last
    return None


_PROMISING = pattern(
    r"\b(?:in touch|let (?:you|everyone|everybody|people) know|decide|decision|hear from|get back|result|answer)\b"
)


def _promise_in_words(message: Message, today: date) -> date | None:
    for phrase in _promised_phrases(message, today):
        if phrase.deadline or phrase.words.startswith(("last", "friday")) or "just gone" in phrase.words:
            return phrase.last
    return None


def _follow_up_in_words(message: Message) -> Timing | None:
    for phrase in _promised_phrases(message, _NOMINAL):
        told = f"“{phrase.words}”, by the draft's own words"
        if "last" in phrase.words.split() or "just gone" in phrase.words:
            return Timing(None, None, told)
        if phrase.deadline and phrase.words.endswith("today"):
            return Timing(Degree.SLIGHT, "before-promised-date", f"The day they named is not over yet ({told}).")
    for clause in clauses(message):
        if next(_MEETING.find(clause), None) is None:
            continue
        for phrase in phrases(message, _NOMINAL):
            if (
                phrase.span not in clause.sentence.span
                or not phrase.certain
                or phrase.deadline
                or phrase.calendar
                or phrase.last > _NOMINAL
            ):
                continue
            days = (_NOMINAL - phrase.first).days
            told = f"“{phrase.words}”, by the draft's own words"
            if "ago" not in phrase.words and "since" not in phrase.words and phrase.words != "yesterday":
                continue
            if days >= 7:
                return Timing(None, None, told)
            return Timing(
                Degree.SLIGHT if days >= 4 else Degree.GRAVE,
                "too-soon",
                f"With no date named, wait at least a week ({told}).",
            )
    return None


def _elapsed(hours: float) -> str:
    if hours < 1:
        return f"{round(hours * 60)} minutes"
    if hours < 48:
        return f"{round(hours)} hours"
    return f"{hours / 24:.1f} days" if hours < _WEEK else f"{round(hours / 24)} days"


_WEEK = 7 * 24
