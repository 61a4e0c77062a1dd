"""A day or an hour as people say it: "tomorrow 10am", "by the end of next week", "in two weeks", or ISO 8601.

What leaves a choice is never guessed: the error has the choices, and the command asks.
"""

import re
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from reviewer.errors import ReviewerError
from reviewer.language.dates import phrases_in
from reviewer.text import Span, flatten, lower

__all__ = ["Unclear", "in_full", "read_day", "read_moment", "zone_of"]


class Unclear(ReviewerError):
    """A day that can be read in several ways, or in none; `choices` has the readings."""

    def __init__(self, said: str, choices: tuple[date, ...] = ()) -> None:
        self.choices = choices
        options = " or ".join(in_full(day) for day in choices)
        wanted = f"do you mean {options}?" if choices else "say it like 2026-03-10, 12 March, or tomorrow 10am"
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
        raise Unclear(name) from None


def read_day(text: str, today: date, *, day_first: bool | None = None) -> date:
    """The day that a text names; of a span the last, since a promise runs until its end. Raises Unclear."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    low = lower(flatten(text))
    found = list(phrases_in(low, today, Span(0, len(low)), day_first=day_first))
    if len(found) != 1:
        raise Unclear(text, _slashed(low, today))
    phrase = found[0]
    if phrase.certain:
        return phrase.last
    ahead = [d for d in _readings(phrase.first, phrase.last, phrase.words) if d >= today]
    behind = [d for d in _readings(phrase.first, phrase.last, phrase.words) if d < today]
    choices = tuple(sorted({*ahead[:2], *behind[-1:]}))
    raise Unclear(text, choices)


def _readings(first: date, last: date, words: str) -> list[date]:
    """The days that an unsure phrase may mean: a weekday alone is last week's, this week's or the next one's."""
    week = timedelta(7)
    if last - first == week:
        return [first, last]
    weekday = first == last and "week" not in words and "month" not in words and not any(c.isdigit() for c in words)
    return [first - week, first, first + week] if weekday else [last]


def _slashed(low: str, today: date) -> tuple[date, ...]:
    """Both readings of `3/12`."""
    found = [
        phrase.last
        for day_first in (True, False)
        for phrase in phrases_in(f"on {low.strip()}", today, Span(0, len(low.strip()) + 3), day_first=day_first)
    ]
    return tuple(sorted(set(found))) if re.search(r"\d{1,2}/\d{1,2}", low) else ()


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
    try:
        day = read_day(rest, now.date())
    except Unclear as error:
        raise Unclear(text, error.choices) from None
    return day if clock is None else _placed(datetime.combine(day, _time(clock, text)), zone)


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
    return moment.replace(tzinfo=zone) if zone is not None else moment.astimezone()


def in_full(moment: datetime | date) -> str:
    """`Tuesday 10 March 2026`, with the hour and offset where they are known."""
    day = f"{moment:%A} {moment.day} {moment:%B %Y}"
    if not isinstance(moment, datetime):
        return day
    offset = f" {moment:%Z}" if moment.tzinfo is not None else ""
    return f"{day}, {moment:%H:%M}{offset}"
