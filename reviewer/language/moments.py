"""A day or an hour as people say it: "tomorrow 10am", "by the end of next week", "in two weeks", or ISO 8601.

What leaves a choice is never guessed: the error has the choices, and the command asks.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reviewer.errors import ReviewerError
from reviewer.language.dates import Phrase, phrases_in
from reviewer.text import Span, flatten, lower

__all__ = ["Unclear", "clock_in", "in_full", "read_day", "read_moment", "read_promise", "zone_here", "zone_of"]


class Unclear(ReviewerError):
    """A day that can be read in several ways, or in none; `choices` has the readings."""

    def __init__(self, said: str, choices: tuple[date, ...] = (), *, wanted: str = "") -> None:
        self.choices = choices
        options = " or ".join(in_full(day) for day in choices)
        say = "say it like 2026-03-10, 12 March, tomorrow 10am or in two weeks"
        wanted = wanted or (f"do you mean {options}?" if choices else say)
        super().__init__(f"“{said}”: {wanted}")


_CLOCK = re.compile(
    r"(?:\bat\s+)?(?<![\d./-])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?P<half>a\.?m\.?|p\.?m\.?)(?!\w)|(?P<h24>\d{1,2}):(?P<m24>\d{2})(?!\d)|\b(?P<word>noon|midday|midnight)\b)"
)


def zone_of(name: str | None) -> tzinfo | None:
    """The time zone of an IANA name such as America/Chicago; None for the computer's own. Raises Unclear."""
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Unclear(
            name, wanted="no time zone is called so; give a name such as America/Chicago or Asia/Kolkata"
        ) from None


def zone_here() -> tzinfo:
    """The computer's own time zone, with its rules for other days than today."""
    from tzlocal import get_localzone

    return get_localzone()


def read_day(text: str, today: date, *, ahead: bool = False, day_first: bool | None = None) -> date:
    """The day that a text names. `ahead` says that it is to come, such as a promise: then the last day of a span is
    meant (the Friday of a week), and "Friday" the next one. Raises Unclear where a choice is left.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    low = lower(flatten(text.strip()))
    if _NEW_YEAR.search(low):
        raise Unclear(text)
    if ahead:
        low = " ".join(_EITHER.sub("", _LOOSE.sub("", low)).split())
    spelt = f"in {low}" if ahead and _SPELL.fullmatch(low) else low
    found = list(phrases_in(spelt, today, Span(0, len(spelt)), day_first=day_first))
    if len(found) != 1:
        slashed = _slashed(low, today)
        if len(slashed) == 1:
            return slashed[0]  # 25/12 is one day only
        raise Unclear(text, slashed)
    phrase = found[0]
    rest = f"{spelt[: phrase.span.start]} {spelt[phrase.span.end :]}"
    if not set(re.findall(r"[^\s,.;]+", rest)) <= _FILLERS:
        raise Unclear(text)  # what is not understood may say another day
    choices = _readings(phrase, today, ahead=ahead)
    if ahead:
        choices = [d for d in choices if d >= today][: 2 if phrase.words.startswith("next") else 1]
    if len(choices) == 1:
        return choices[0]
    raise Unclear(text, tuple(choices))


def read_promise(text: str, today: date) -> date | None:
    """The last day of what was promised; None where the words name no day, as "soon" or "in a few days" do.

    Raises Unclear where they leave a choice of days, or are not understood.
    """
    low = lower(flatten(text))
    try:
        return read_day(_CLOCK.sub("", low), today, ahead=True)
    except Unclear as error:
        vague = _NEW_YEAR.search(low) or not list(phrases_in(low, today, Span(0, len(low))))
        if error.choices or not vague or not _VAGUE.search(low) or any(c.isdigit() for c in low):
            raise Unclear(text, error.choices) from None
        return None


_NEW_YEAR = re.compile(r"\b(?<!by )(?<!before )the new year\b(?!')")
_VAGUE = re.compile(
    r"\b(?:soon|shortly|asap|in due course|few|several|some|coming|when(?:ever)?|once|after|sometime|later|eventually|the new year)\b"
)
_LOOSE = re.compile(r"\b(?:or so|sometime|some time|probably|hopefully)\b")
# "two or three weeks" are over when three are
_EITHER = re.compile(r"\b\w+(?: or | to |-)(?=\w+ (?:(?:working|business) )?(?:days|weeks|months)\b)")
_FILLERS = frozenset("on at the by about around i they it we was is will be hear decide in from of".split())
_SPELL = re.compile(
    r"(?:about |around |roughly )?(?:an?|one|two|three|four|five|six|ten|a couple of|\d{1,2}) (?:(?:working|business) )?(?:days|weeks?|months?)"
)


def _readings(phrase: Phrase, today: date, *, ahead: bool) -> list[date]:
    """The days that a phrase may mean, the earliest first; none where it names a span and one day is wanted."""
    width = (phrase.last - phrase.first).days
    week = timedelta(7)
    if width == 7 and not phrase.certain:
        return [phrase.first, phrase.last]
    if width and _COUNTED.fullmatch(phrase.words):
        return [phrase.first + timedelta(width // 2)]  # "in two weeks" is a day, give or take
    if ahead and width:
        friday = phrase.last - timedelta(max(0, phrase.last.weekday() - 4))
        return [friday if width == 6 else phrase.last]
    if width or (not ahead and (phrase.deadline or _PART.search(phrase.words))):
        return []  # "mid next week" and "before Christmas" are a limit, and no day on which something is
    if not phrase.certain and _WEEKDAY.fullmatch(phrase.words):
        return [phrase.first - week, phrase.first, phrase.first + week]
    if not phrase.certain and _NTH.search(phrase.words):
        days = [d for n in range(-62, 63) if (d := today + timedelta(n)).day == phrase.first.day]
        return [max(d for d in days if d <= today), min(d for d in days if d > today)]
    return [phrase.first]


_COUNTED = re.compile(
    r"(?:in )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|\d{1,2}) (?:weeks?|fortnights?|months?)(?: time| ago| back| earlier| from now| hence)?"
)
_PART = re.compile(r"\b(?:early|mid|middle|late|later|start|beginning|end|half)\b.*\b(?:week|month|quarter|year)\b")
_NTH = re.compile(r"\bthe \d{1,2}(?:st|nd|rd|th)$")
_WEEKDAY = re.compile(r"(?:on |by |before |until )?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?")


def _slashed(low: str, today: date) -> tuple[date, ...]:
    """Both readings of `3/12`."""
    found = [
        phrase.last
        for day_first in (True, False)
        for phrase in phrases_in(f"on {low.strip()}", today, Span(0, len(low.strip()) + 3), day_first=day_first)
    ]
    return tuple(sorted(set(found))) if re.fullmatch(r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?", low.strip()) else ()


def read_moment(text: str, now: datetime, zone: tzinfo | None = None) -> datetime | date:
    """The day, with its hour where one is named, in that zone (else the computer's own). Raises Unclear."""
    said = text.strip()
    try:
        if len(said) > 10:
            return _placed(datetime.fromisoformat(said), zone)
    except ValueError:
        pass
    low = lower(flatten(said))
    clock = _CLOCK.search(low)
    rest = (low[: clock.start()] + " " + low[clock.end() :]).strip(" ,") if clock is not None else low
    if not rest:
        raise Unclear(text, (now.date(), now.date() + timedelta(1)))
    if _BARE_HOUR.search(rest):
        raise Unclear(text)
    try:
        day = read_day(rest, now.date())
    except Unclear as error:
        near = tuple(d for d in error.choices if abs((d - now.date()).days) <= _NEAR)
        raise Unclear(text, near if len(error.choices) > 2 else error.choices) from None
    return day if clock is None else _placed(datetime.combine(day, _time(clock, text)), zone)


_NEAR = 8  # days: of three Fridays the two that anybody means
_BARE_HOUR = re.compile(r"\b(?:today|tomorrow|yesterday|day|at) (?:at )?\d{1,2}$")


def clock_in(text: str) -> str:
    """The hour that a text names, as it is written there; empty where it names none."""
    found = _CLOCK.search(lower(flatten(text)))
    return found.group() if found is not None else ""


def _time(clock: re.Match[str], text: str) -> time:
    if clock["word"]:
        return time(0 if clock["word"] == "midnight" else 12)
    hour, minute = int(clock["h"] or clock["h24"]), int(clock["m"] or clock["m24"] or 0)
    if clock["half"] is not None:
        if not 1 <= hour <= 12:
            raise Unclear(text)
        hour = hour % 12 + (12 if clock["half"].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise Unclear(text)
    return time(hour, minute)


def _placed(moment: datetime, zone: tzinfo | None) -> datetime:
    """With an offset: its own, that of the zone, or the computer's on that day."""
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone or zone_here())


def in_full(moment: datetime | date) -> str:
    """`Tuesday 10 March 2026`, with the hour and offset where they are known."""
    day = f"{moment:%A} {moment.day} {moment:%B %Y}"
    if not isinstance(moment, datetime):
        return day
    offset = f" {moment:%Z}" if moment.tzinfo is not None else ""
    return f"{day}, {moment:%H:%M}{offset}"
