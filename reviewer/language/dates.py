"""Dates in words, resolved against the day of writing: "yesterday", "last Friday", "by the end of last week".

Own grammar: on letters parsedatetime and dateparser read half as many phrases, get up to one in five
wrong, and find dates in sentences that have none; neither reads "by the end of next week". This one
abstains when it is unsure. It returns days, never hours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reviewer.message import Message, Span

__all__ = ["Phrase", "phrases", "phrases_in"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBERS = {
    w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple": 2, "couple of": 2, "a couple of": 2}
_DAY = r"(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?"
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_COUNT = r"(a couple of|a couple|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"

_PATTERN = re.compile(
    rf"""\b(?P<by>(?:by|before|until|till)\s+(?:the\s+)?)?(?:
      (?P<rel>\b(?:the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|this\s+(?:morning|afternoon|evening)|earlier\s+today|last\s+night|(?:eod|cob)\b)\b)
    | \b(?P<endof>end\s+of\s+)(?P<endwhich>the|this|last|next)\s+(?P<endunit>week|month|day)\b
    | \b(?P<ago_n>{_COUNT})\s+(?P<ago_unit>days?|weeks?|months?|fortnights?)\s+(?:ago|back)\b
    | \b(?P<since_n>{_COUNT})\s+(?P<since_unit>days?|weeks?)\s+since\b
    | \b(?P<which>last|next|this|this\s+coming|this\s+past)\s+(?P<unit>week|month|fortnight)\b
    | (?:\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?)?\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>\d{{4}}))?
    | \b(?P<wd_which>last|next|this|on|by|this\s+past)?\s*\b(?P<wd>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|tues|wed|thu|thur|thurs|fri)(?=\b))(?:'s)?(?P<wd_after>\s+(?:just\s+gone|last|gone|past))?\b
    | \b(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}))?
    | \b(?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})\.(?P<y3>\d{{4}})?
    | \b(?P<y4>\d{{4}})-(?P<m4>\d{{2}})-(?P<d4>\d{{2}})\b
    | \bthe\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)\b
    | (?<=by\s)(?P<d6>\d{{1,2}})(?:st|nd|rd|th)\b
    )""",
    re.VERBOSE,
)
_ANCHORS = frozenset(
    "today tonight tomorrow yesterday morning afternoon evening night eod cob week weeks month months day days fortnight fortnights "
    "mon tue tues wed thu thur thurs fri monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep sept oct nov dec".split()
) | frozenset(_MONTHS)
_ANCHORS |= {word + "'s" for word in _ANCHORS}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date phrase: its place, its first and last day, whether it names a deadline, its words.

    `certain` is False where the words leave a choice, as "Friday" does between last and next.
    """

    span: Span
    first: date
    last: date
    deadline: bool
    words: str
    certain: bool = True


def phrases(message: Message, today: date) -> tuple[Phrase, ...]:
    """The date phrases in the draft's own words, in order, written on `today`."""
    return _by_day(message, today)


def _by_day(message: Message, today: date) -> tuple[Phrase, ...]:
    kept = message.once(_no_days_yet)
    if today not in kept:
        kept[today] = _phrases(message, today)
    return kept[today]


def _no_days_yet(_: Message) -> dict[date, tuple[Phrase, ...]]:
    return {}


def _phrases(message: Message, today: date) -> tuple[Phrase, ...]:
    if message.vocabulary.isdisjoint(_ANCHORS) and not any(word[0].isdigit() for word in message.vocabulary):
        return ()
    return tuple(
        phrase
        for s in message.sentences
        if not _ANCHORS.isdisjoint(s.words) or any(word[0].isdigit() for word in s.words)
        for phrase in phrases_in(message.low, today, s.span)
    )


def phrases_in(low: str, today: date, span: Span) -> Iterator[Phrase]:
    """The date phrases in `low[span.start:span.end]`, a text in lower case, written on `today`."""
    for match in _PATTERN.finditer(low, span.start, span.end):
        days = _resolve(match, today)
        if days is not None:
            first, last, certain = days
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            deadline = match["by"] is not None or match["wd_which"] == "by" or (match["endof"] is not None)
            yield Phrase(Span(start, match.end()), first, last, deadline, match.group().strip(), certain)


def _resolve(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    if match["rel"]:
        return _relative(re.sub(r"\s+", " ", match["rel"]), today)
    if match["endof"]:
        return _end_of(match["endwhich"], match["endunit"], today)
    if match["ago_n"] or match["since_n"]:
        number = _number(match["ago_n"] or match["since_n"])
        unit = match["ago_unit"] or match["since_unit"]
        days = number * {"d": 1, "w": 7, "f": 14, "m": 30}[unit[0]]
        day = today - timedelta(days)
        slack = 0 if unit[0] == "d" else 2 if unit[0] in "wf" else 8
        return day - timedelta(slack), day + timedelta(slack), True
    if match["unit"]:
        return _week(match["which"].split()[0] if "coming" not in match["which"] else "next", match["unit"], today)
    if match["wd"]:
        return _weekday(match, today)
    return _calendar(match, today)


def _relative(words: str, today: date) -> tuple[date, date, bool]:
    back = {"yesterday": 1, "last night": 1, "the day before yesterday": 2, "tomorrow": -1}.get(words, 0)
    day = today - timedelta(back)
    return day, day, True


def _end_of(which: str, unit: str, today: date) -> tuple[date, date, bool] | None:
    if unit == "day":
        return today, today, True
    if unit == "month":
        if which == "last":
            last = today.replace(day=1) - timedelta(1)
        else:
            start = (today.replace(day=1) + timedelta(32)).replace(day=1)
            last = (start + timedelta(32)).replace(day=1) - timedelta(1) if which == "next" else start - timedelta(1)
        return last - timedelta(3), last, which != "the"
    monday = today - timedelta(today.weekday())
    monday += timedelta({"last": -7, "next": 7}.get(which, 0))
    return monday + timedelta(4), monday + timedelta(4), which != "the"


def _week(which: str, unit: str, today: date) -> tuple[date, date, bool]:
    if unit == "month":
        first = today.replace(day=1)
        if which == "last":
            return (first - timedelta(1)).replace(day=1), first - timedelta(1), True
        following = (first + timedelta(32)).replace(day=1)
        if which == "next":
            return following, (following + timedelta(32)).replace(day=1) - timedelta(1), True
        return first, following - timedelta(1), True
    monday = today - timedelta(today.weekday()) + timedelta({"last": -7, "next": 7}.get(which, 0))
    if unit == "fortnight":
        return monday - timedelta(7), monday + timedelta(6), False
    return monday, monday + timedelta(6), True


def _weekday(match: re.Match[str], today: date) -> tuple[date, date, bool]:
    wanted = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(match["wd"][:3]))
    which = (match["wd_which"] or "").split()
    back = (today.weekday() - wanted) % 7
    if (which[:1] == ["last"] or match["wd_after"]) or which == ["this", "past"]:
        day = today - timedelta(back or 7)
        # "last Friday" said on a Sunday may be the one of the week before; both are far enough back
        return day, day, True
    if which[:1] == ["next"]:
        day = today + timedelta((wanted - today.weekday()) % 7 or 7)
        return day, day + timedelta(7), False
    day = today - timedelta(back)
    return day, day, False


def _calendar(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    for number in ("1", "2", "3", "4"):
        if match["d" + number]:
            written = match["m" + number]
            month = (
                int(written)
                if written.isdigit()
                else next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(written[:3]))
            )
            year = match["y" + number]
            return _nearest(int(match["d" + number]), month, int(year) if year else None, today)
    number_only = match["d5"] or match["d6"]
    if not number_only:
        return None
    choices = [
        _date(today.year + (today.month - 1 + shift) // 12, (today.month - 1 + shift) % 12 + 1, int(number_only))
        for shift in (-1, 0, 1)
    ]
    near = min((c for c in choices if c is not None), key=lambda c: abs((c - today).days), default=None)
    return None if near is None else (near, near, False)


def _nearest(day: int, month: int, year: int | None, today: date) -> tuple[date, date, bool] | None:
    years = [year] if year else [today.year - 1, today.year, today.year + 1]
    found = [d for d in (_date(y, month, day) for y in years) if d is not None]
    if not found:
        return None
    best = min(found, key=lambda d: abs((d - today).days))
    return best, best, True


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(re.sub(r"\s+", " ", word), 2)
