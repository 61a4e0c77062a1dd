"""Dates in words, resolved against the day of writing: "yesterday", "last Friday", "by the end of next week".

Own grammar: on letters parsedatetime and dateparser read half as many phrases, get up to one in five
wrong, and find dates in sentences that have none; neither reads "by the end of next week". This one
abstains when it is unsure. It returns days, never hours; a week runs from Monday to Sunday, and the end of
a week is its Friday.

A sentence is looked at only around its anchors (a weekday, a month, "week", "ago", a number…): from a few words
before each, the longest phrase that the grammar knows and that covers the anchor is taken.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from reviewer.message import Message, Span
from reviewer.patterns import pattern
from reviewer.text import lazy

__all__ = ["Phrase", "phrases", "phrases_in"]


class Phrase(NamedTuple):
    """A date phrase: its place, its first and last day, whether it names a deadline, its words.

    `certain` is False where the words leave a choice, as "Friday" does between last and next. `calendar` says that it
    names a day or a month of the calendar, and so tells nothing where the day of writing is not known.
    """

    span: Span
    first: date
    last: date
    deadline: bool
    words: str
    certain: bool = True
    calendar: bool = False


Days = tuple[date, date, bool]  # first, last, certain

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"a": 1, "an": 1, "couple": 2, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30}

_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DAY = rf"(?:{_FULL}|mon|tues?|wed|thurs?|thu|fri)\b"
_ANY_DAY = rf"(?:{_DAY}|sat\b|sun\b)"  # where a date or "next" stands beside it
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_COUNT = r"(?:a\s+couple\s+of|a\s+couple|couple\s+of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|\d{1,2})"
_TOMORROW = r"(?:tomorrow|tommorow|tommorrow|tomorow|tmrw|tmrow)"
_UNIT = r"(?:(?:working|business|week)[\s-]?days?|days?|weeks?|fortnights?|months?)(?:['’]s?)?"
_WHICH = r"(?:last|next|this\s+coming|this\s+past|this|the\s+coming|coming)"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_NOT_A_DAY = (
    r"(?!\s+(?:of|round|interview|time|floor|year|street|century|stage|candidate|grade|attempt|message|email|person|day|week|"
    r"place|person|class|generation|party)\b)"
)
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|h)?|noon|midday|midnight|close\s+of\s+(?:business|play)|eod|cob|end\s+of\s+(?:the\s+)?day|lunchtime)"
_BY = (
    r"(?:(?:by|before|until|till|no\s+later\s+than|not\s+later\s+than|prior\s+to|ahead\s+of)\s+(?:or\s+on\s+)?(?:the\s+|"
    + _TIME
    + r",?\s+on\s+(?:the\s+)?)?)"
)

# Each form by its name; `_resolve` says what its groups mean. Of two that match, the longer wins.
_FORMS: dict[str, str] = {
    "relative": r"(?P<rel>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow|yesterday|last\s+night|"
    rf"(?:earlier|later)\s+today|(?:first\s+thing\s+|later\s+)?{_TOMORROW}|first\s+thing\s+today|today|tonight|this\s+(?:morning|afternoon|evening)|"
    r"eod\b|cob\b|end\s+of\s+(?:the\s+)?(?:day|play)|close\s+of\s+(?:play|business))(?!\s+(?:mon|tue|wed|thu|fri|tomorrow))",
    "close": rf"(?:eod|cob|end\s+of\s+(?:the\s+)?(?:day|play)|close\s+of\s+(?:play|business)|first\s+thing|end\s+of\s+play)\s+(?:on\s+)?(?:(?P<close_which>last|next|this)\s+)?(?P<close>{_DAY}|tomorrow)",
    "part": rf"(?:(?:the\s+)?(?P<part>early|mid|middle|late|later|earlier|start|beginning|end|first\s+half|second\s+half)(?:\s+of\s+|\s+in\s+|[\s-]+)(?:the\s+)?)"
    rf"(?:(?P<part_which>last|next|this|the\s+following|the\s+coming)\s+)?(?P<part_of>week|month|year|quarter|q[1-4]|{_MONTH})(?:\s+(?P<part_year>20\d\d))?\b",
    "month end": r"(?P<month_end>month[\s-]end|month's\s+end|the\s+end\s+of\s+month|week's\s+end|eow\b|eom\b|year[\s-]end|year's\s+end)",
    "week of": rf"(?:the\s+)?week\s+(?:of|commencing|beginning|starting)\s+(?:the\s+)?(?:monday,?\s+(?:the\s+)?)?(?P<week_d>{_D})(?:\s+(?:of\s+)?(?P<week_m>{_MONTH}))?",
    "week of month": rf"(?:the\s+)?week\s+(?:of|commencing|beginning|starting)\s+(?P<week_m2>{_MONTH})\s+(?P<week_d2>{_D})",
    "day of week": rf"(?:on\s+)?(?P<dow>{_DAY})\s+of\s+(?P<dow_which>last|next|this)\s+week|(?P<dow_which2>last|next|this)\s+week(?:'s)?,?\s+(?:on\s+)?(?P<dow2>{_DAY})",
    "week on": rf"(?:on\s+)?(?P<weekon>{_FULL})\s+(?P<weekon_unit>week|fortnight)\b(?!\s+(?:of|at))|(?P<weekon_n>{_COUNT})\s+weeks?\s+(?:(?:on|from|after)\s+(?:(?:this|next)\s+)?(?P<weekon2>{_DAY}|today|tomorrow|now)|(?P<weekon3>today|tomorrow))\b",
    "ago on": rf"(?P<agoon_n>{_COUNT})\s+(?P<agoon_unit>weeks?|fortnights?)\s+(?:ago|back)\s+(?:on\s+|last\s+|this\s+)?(?P<agoon>{_DAY}|today|tomorrow|yesterday)|(?P<agoon_n2>{_COUNT})\s+weeks?\s+ago,?\s+on\s+(?P<agoon2>{_DAY})",
    "ago": rf"(?P<ago_n>{_COUNT})\s+(?P<ago_unit>{_UNIT})\s+(?:ago|back|earlier)\b",
    "since": rf"(?P<since_n>{_COUNT})\s+(?P<since_unit>days?|weeks?)\s+since\b",
    "ahead": rf"(?P<ahead_in>in|within)\s+(?:about\s+|around\s+|roughly\s+|approximately\s+)?(?P<ahead_n>{_COUNT})(?:\s*(?:-|to|or)\s*(?P<ahead_n2>{_COUNT}))?\s+(?P<ahead_unit>{_UNIT})\b(?:\s+time)?(?!\s+(?:of|in|at|with|as|on\s+the|or\s+so\s+of))",
    "hours": r"within\s+(?:the\s+next\s+)?(?P<hours>24|36|48|72|\d{1,3})\s+hours",
    "over": rf"(?P<over_in>over|in|within|during|for)\s+the\s+(?P<over_which>next|coming|last|past)\s+(?:(?P<over_n>{_COUNT})\s+)?(?P<over>days?|weeks?|fortnight|months?)\b",
    "week after": r"(?:the\s+)?week\s+(?P<week_after>after\s+next|before\s+last)\b",
    "calendar week": r"(?:in\s+)?(?:calendar\s+week|kw|cw)\s*(?P<cw>\d{1,2})\b",
    "quarter": r"(?:in|during|for|by|until|from)\s+(?P<quarter>q[1-4])\b",
    "from now": rf"(?P<from_n>{_COUNT})\s+(?P<from_unit>{_UNIT})\s+(?:from\s+(?:now|today)|hence)",
    "within the": r"within\s+(?:the|this)\s+(?P<within_the>week|month|fortnight)",
    "period": rf"(?P<which>{_WHICH}|the\s+following)\s+(?P<unit>week(?:end)?|month|fortnight|year)\b",
    "weekend": r"(?:(?P<we_which>over|at|on|after|during)\s+)?(?:the\s+|(?<=the\s))(?P<weekend>weekend)\b",
    "dated": rf"(?:(?:on\s+)?{_ANY_DAY}\.?,?\s+(?:the\s+)?)?(?:on\s+)?(?:the\s+)?(?P<d1>\d{{1,2}}(?:st|nd|rd|th|\.)?)(?:\s+(?:of\s+)?|-)(?P<m1>{_MONTH})(?:(?:,?\s+|-)(?P<y1>\d{{4}}))?",
    "month first": rf"(?:(?:on\s+)?{_ANY_DAY}\.?,?\s+)?(?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_D})\b(?![:.]\d)(?:,?\s+(?P<y2>\d{{4}}))?",
    "iso": r"(?P<y4>20\d\d)-(?P<m4>\d{2})-(?P<d4>\d{2})\b",
    "dotted": r"(?P<d3>\d{1,2})\.\s?(?P<m3>\d{1,2})\.(?:\s?(?P<y3>20\d\d|\d\d(?!\d)))?",
    "slashed": rf"(?:(?P<slash_on>on|by|before|until|till|dated|of|for|from|since|the|due|{_ANY_DAY}),?\s+(?:the\s+)?)?(?P<s1>\d{{1,2}})/(?P<s2>\d{{1,2}})(?:/(?P<sy>(?:20)?\d\d))?(?![\d/%])",
    "day and nth": rf"(?:on\s+)?(?P<wdn>{_ANY_DAY})\.?,?\s+(?:the\s+)?(?P<wdn_d>{_NTH})\b",
    "nth": rf"(?:on\s+)?the\s+(?P<d5>{_NTH})\b{_NOT_A_DAY}",
    "bare nth": rf"(?:(?<=by\s)|(?<=the\s)|(?<=on\s))(?P<d6>{_NTH})\b{_NOT_A_DAY}",
    "week of the month": rf"(?:in\s+)?(?:the\s+)?(?P<wom>first|second|third|last)\s+week\s+(?:of|in)\s+(?P<wom_m>{_MONTH})",
    "weekday": rf"(?:on\s+)?(?:(?P<wd_which>{_WHICH}|on|by|first\s+thing)\s+)?(?P<wd>{_DAY})(?!\s+(?:of|in)\s+(?:the\s+month|{_MONTH}))(?:'s(?!\s*[,.!?;)]))?(?!'s|\s+(?:best|feeling|night\s+(?:drinks|out)|lunch\s+club))(?:\s+(?P<wd_after>just\s+gone|last|gone|past|coming))?\b",
    "short weekday": r"(?P<wd_which3>last|next|this|this\s+coming|on|by)\s+(?P<wd3>sat|sun)\b",
    "month": rf"(?P<mo_in>in|by|during|last|next|this|until|till|before|since|late\s+in|throughout)\s+(?P<mo>{_MONTH})(?!\s+\d)(?:\s+(?P<mo_y>20\d\d))?(?=$|[\s.,;:!?)\"'])",
    "feast": r"(?P<feast>christmas\s+eve|christmas(?:\s+day)?|xmas|boxing\s+day|new\s+year's\s+eve|(?:the\s+)?new\s+year(?:'s(?:\s+day)?)?|easter(?:\s+(?:sunday|monday))?|good\s+friday|thanksgiving|"
    r"labou?r\s+day|memorial\s+day|independence\s+day|the\s+fourth\s+of\s+july|halloween|valentine's(?:\s+day)?)\b",
}
_PREFIX = pattern(_BY)
_LATEST = pattern(r"\s+at\s+the\s+(?:very\s+)?latest\b")

# What every phrase has at least one of, by sort; found first, because trying the grammar at every word costs ten times
# as much. Of a form only the sorts are named that can be the first anchor in it.
_ANCHORS = {
    "near": "yesterday today tonight tomorrow tommorow tommorrow tomorow tmrw tmrow morning afternoon evening night eod cob play",
    "business": "business",
    "day": "day days",
    "week": "week weeks",
    "weekend": "weekend",
    "fortnight": "fortnight fortnights",
    "month": "month months eom eow",
    "quarter": "quarter q1 q2 q3 q4",
    "year": "year",
    "hours": "hours",
    "calendar": "calendar kw cw",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "named": "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
    "feast": "christmas xmas easter thanksgiving boxing labor labour memorial independence halloween valentine's",
}
_SORT = {word: sort for sort, words in _ANCHORS.items() for word in words.split()}
_FIRST = {
    "near": "relative|close|ago|ahead|from now",
    "business": "relative|close|ago|ahead|from now",
    "day": "relative|close|ago|since|ahead|from now|over",
    "week": "part|month end|week of|week of month|week of the month|week after|day of week|week on|ago on|ago|since|ahead|over|calendar week|from now|within the|period",
    "weekend": "period|weekend",
    "fortnight": "ago on|ago|ahead|over|from now|within the|period",
    "month": "part|month end|ago|ahead|over|from now|within the|period",
    "quarter": "part|quarter",
    "year": "part|month end|period|feast",
    "hours": "hours",
    "calendar": "calendar week",
    "weekday": "close|day of week|week on|dated|month first|slashed|day and nth|weekday|short weekday|feast",
    "named": "part|dated|month first|month|feast",
    "feast": "feast|relative",
    "number": "nth|bare nth|iso|dotted|slashed|dated",
}
_ANCHOR = pattern(
    rf"\b(?:({'|'.join(sorted(_SORT, key=len, reverse=True))})(?:'s)?|\d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}[./]\s?\d{{1,2}}[./]?|20\d\d-\d\d-\d\d|\d{{1,2}}-(?=[a-z]{{3}}))(?!\w)"
)


_FORMS_OF = {sort: tuple(names.split("|")) for sort, names in _FIRST.items()}
# Of some forms what must stand near by, "#" for a digit: looked for before the form is compiled and tried.
_NEEDS = {
    "close": ("eod", "cob", "end of", "close of", "first thing"),
    "ago": ("ago", "back", "earlier"),
    "ago on": ("ago", "back"),
    "since": ("since",),
    "ahead": ("in ", "within"),
    "from now": ("from", "hence"),
    "over": (" the next", " the coming", " the last", " the past"),
    "part": ("early", "mid", "late", "earl", "start", "begin", "end", "half"),
    "month end": ("end", "eow", "eom"),
    "week of": ("of", "commencing", "beginning", "starting"),
    "week of month": ("of", "commencing", "beginning", "starting"),
    "week of the month": ("first", "second", "third", "last"),
    "week after": ("after", "before"),
    "day of week": ("week",),
    "week on": ("week", "fortnight"),
    "calendar week": ("#",),
    "within the": ("within",),
    "period": ("last", "next", "this", "coming", "following"),
    "dated": ("#",),
    "month first": ("#",),
    "slashed": ("/",),
    "day and nth": ("#",),
    "short weekday": ("sat", "sun"),
    "feast": ("day", "christ", "xmas", "eve", "year", "easter", "friday", "thanks", "july", "hallow", "valent"),
}
_REACH = 48  # characters after an anchor that a phrase may go on for


@cache
def _compiled(name: str) -> re.Pattern[str]:
    """A form, compiled when it is first needed."""
    return pattern(_FORMS[name])


_ANCHOR_WORDS = frozenset(_SORT) | {word + "'s" for word in _SORT}
_OPENERS = frozenset(
    "by before until till no not prior ahead the day yesterday last earlier later first tomorrow today tonight this eod cob end close early mid middle "
    "late start beginning second month week year on a an couple one two three four five six seven eight nine ten eleven twelve fourteen fifteen twenty "
    "thirty in within over at during after next coming dated of for from since due throughout month's week's year's new good boxing calendar kw cw eow eom third tommorow tommorrow tomorow tmrw tmrow".split()
)
_WITHIN = frozenset(
    "of the to or than and half thing business working time am pm noon midday midnight h lunchtime quarter about around roughly approximately from "
    "commencing starting coming past following now ago back hence latest fourth memorial independence labor labour new good year's "
    "q1 q2 q3 q4 working-day business-day".split()
)
_FIRST_WORD = pattern(r"[^\W_]+(?:'s)?")
_WITHIN |= _OPENERS | _ANCHOR_WORDS
_LEAD = 120  # characters, at most
_BACK = 8  # words that may stand before an anchor in one phrase


def phrases(message: Message, today: date, *, day_first: bool | None = None) -> tuple[Phrase, ...]:
    """The date phrases in the draft's own words, in order, written on `today`.

    `day_first` says how `3/12` is meant; where nobody said, it is left alone unless it can be one thing only.
    """
    kept = message.once(_no_days_yet)
    key = (today, day_first)
    if key not in kept:
        kept[key] = tuple(_phrases(message, today, day_first))
    return kept[key]


def _no_days_yet(_: Message) -> dict[tuple[date, bool | None], tuple[Phrase, ...]]:
    return {}


def _phrases(message: Message, today: date, day_first: bool | None) -> Iterator[Phrase]:
    if message.vocabulary.isdisjoint(_ANCHOR_WORDS) and not any(word[0].isdigit() for word in message.vocabulary):
        return
    for s in message.sentences:
        if not _ANCHOR_WORDS.isdisjoint(s.words) or any(word[0].isdigit() for word in s.words):
            yield from phrases_in(message.low, today, s.span, day_first=day_first)


def phrases_in(low: str, today: date, span: Span, *, day_first: bool | None = None) -> Iterator[Phrase]:
    """The date phrases in `low[span.start:span.end]`, a text in lower case, written on `today`."""
    at = span.start
    here = _Here(today, day_first, low, span)
    for anchor in _ANCHOR.finditer(low, span.start, span.end):
        if anchor.start() < at:
            continue
        phrase = _around(low, anchor, at, span.end, here)
        if phrase is not None:
            yield phrase
            at = phrase.span.end


class _Here:
    """Where and when a phrase stands: the day of writing, how `3/12` is meant, and the sentence."""

    def __init__(self, today: date, day_first: bool | None, low: str, sentence: Span) -> None:
        self.today, self.day_first, self.low, self.sentence = today, day_first, low, sentence

    @lazy
    def ahead(self) -> bool:
        """Whether the sentence speaks of what is to come, for a day that leaves both open."""
        return not self.past and _TO_COME.search(self.low, self.sentence.start, self.sentence.end) is not None

    @lazy
    def past(self) -> bool:
        """Whether it speaks of what has been."""
        return _GONE.search(self.low, self.sentence.start, self.sentence.end) is not None


_TO_COME = pattern(
    r"\b(?:will|shall|can|could|would|may|might|must|please|kindly|let's|let|going\s+to|free|suit|suits|available|need|needs|expect|confirm|confirming|is|are|has|meets|decides|starts|you\s+have|has\s+to|"
    r"have\s+to|say|send|return|no\s+later\s+than|do\s+\w+|does|by)\b|'(?:ll|m|d|re)\b|\?"
)
_GONE = pattern(
    r"\b(?:was|were|had|met|spoke|said|told|saw|came|went|did|sent|wrote|thanks?|thanked|left|gave|got|took|heard|hoped|expected|promised|interviewed|visited|"
    r"mentioned|appreciated|enjoyed|talked|finished|asked|agreed|discussed|showed|explained|suggested|thought|planned|called|emailed|passed|since|following|after\s+our)\b"
)


_COUNTED = pattern(rf"{_COUNT}\s+{_UNIT}\s+$")


def _around(low: str, found_at: re.Match[str], earliest: int, end: int, here: _Here) -> Phrase | None:
    """The phrase that covers the anchor: the one that starts first, of those the longest."""
    anchor = found_at.start()
    forms = _FORMS_OF[_SORT[found_at[1]] if found_at[1] else "number"]
    for start in _starts(low, anchor, earliest):
        if start < anchor:
            word = _FIRST_WORD.match(low, start)
            if word is None or not (word.group() in _OPENERS or word.group() in _ANCHOR_WORDS or low[start].isdigit()):
                continue
        prefix = _PREFIX.match(low, start, end)
        if prefix is not None and _COUNTED.search(low, max(0, start - 24), start):
            return None  # "three days before Christmas"
        if prefix is not None and prefix.end() <= anchor:
            found = _longest(low, prefix.end(), anchor, end, here, forms)
            if found is not None:
                return _phrase(low, start, prefix.group(), found, here)
        found = _longest(low, start, anchor, end, here, forms)
        if found is not None:
            return _phrase(low, start, "", found, here)
    return None


def _starts(low: str, anchor: int, earliest: int) -> list[int]:
    """Where a phrase that covers the anchor may start, the farthest first: no farther than words of phrases reach."""
    starts = [anchor]
    at = anchor
    earliest = max(earliest, anchor - _LEAD)
    for _ in range(_BACK):
        before = max(low.rfind(" ", earliest, at - 1), low.rfind("\n", earliest, at - 1)) + 1
        before = max(before, earliest)
        word = low[before:at].strip(" \n,.;:()-\"'/")
        if before >= at or not (word in _WITHIN or word[:1].isdigit() or not word):
            break
        if before == 0 or not low[before - 1].isalnum():
            starts.append(before)
        at = before
    return [_at_word(low, start, anchor) for start in reversed(starts)]


def _at_word(low: str, start: int, anchor: int) -> int:
    while start < anchor and not low[start].isalnum():
        start += 1
    return start


Found = tuple[str, re.Match[str], Days]


def _longest(low: str, start: int, anchor: int, end: int, here: _Here, forms: tuple[str, ...]) -> Found | None:
    if start > 0 and (low[start - 1].isalnum() or low[start - 1] in "/."):
        return None
    best: Found | None = None
    near = low[start : min(end, anchor + _REACH)]
    digit = any(c.isdigit() for c in near)
    for name in forms:
        needs = _NEEDS.get(name)
        if needs is not None and not (digit if needs == ("#",) else any(word in near for word in needs)):
            continue
        match = _compiled(name).match(low, start, end)
        if match is None or match.end() <= anchor or (best is not None and match.end() <= best[1].end()):
            continue
        days = _resolve(name, match, here)
        if days is not None:
            best = (name, match, days)
    return best


_MONTHS_BACK = 100  # days: a limit so long past is next year's


def _phrase(low: str, start: int, prefix: str, found: Found, here: _Here) -> Phrase:
    name, match, (first, last, certain) = found
    end = match.end()
    word = prefix.partition(" ")[0]
    latest = _LATEST.match(low, end)
    if latest is not None:
        end = latest.end()
    said = match.groupdict().get("mo_in")
    if (word in {"before", "prior", "ahead"} and " or " not in prefix) or said == "before":
        last = first - timedelta(1) if last > first and name != "part" else last - timedelta(1)
        first = min(first, last)
    if (
        prefix
        and word != "prior"
        and name in {"dated", "month first", "feast"}
        and last < here.today - timedelta(_MONTHS_BACK)
    ):
        first, last = first.replace(year=first.year + 1), last.replace(year=last.year + 1)
    deadline = bool(prefix) or latest is not None or name == "within the" or _limits(name, match)
    return Phrase(Span(start, end), first, last, deadline, low[start:end].strip(), certain, name in _CALENDAR)


_CALENDAR = frozenset(
    "dated|month first|iso|dotted|slashed|day and nth|nth|bare nth|month|quarter|calendar week|feast|week of|week of month|week of the month".split(
        "|"
    )
)


def _before(match: re.Match[str]) -> str:
    """The few words before a match."""
    return match.string[max(0, match.start() - 24) : match.start()]


def _limits(name: str, match: re.Match[str]) -> bool:
    """Whether the words themselves say that it is a limit: the end of something, within so many days, `by`."""
    if name == "part":
        return match["part"] == "end" and not _before(match).endswith("at ")
    if name == "ahead":
        return match["ahead_in"] == "within"
    if name == "over":
        return match["over_in"] in {"in", "within"} and match["over_which"] in {"next", "coming"}
    if name == "close":
        return not match.group().startswith("first")
    if name in {"month", "weekend", "slashed", "weekday", "short weekday"}:
        groups = match.groupdict()
        said = groups.get("mo_in") or groups.get("we_which") or groups.get("slash_on") or groups.get("wd_which")
        return (said or groups.get("wd_which3")) in {"by", "before", "until", "till"}
    return name in {"month end", "hours"}


def _resolve(name: str, m: re.Match[str], here: _Here) -> Days | None:
    """What the groups of a form mean."""
    today = here.today
    if name == "relative":
        return _relative(" ".join(m["rel"].split()), today)
    if name == "close":
        if m["close"] == "tomorrow":
            return _one(today + timedelta(1))
        return _weekday(m["close"], [m["close_which"] or ""], None, here)
    if name == "part":
        return _part(m["part"].split()[0], (m["part_which"] or "").split()[-1:], m["part_of"], m["part_year"], today)
    if name == "month end":
        if m["month_end"].startswith(("week", "eow")):
            return _one(_monday(today) + timedelta(4))
        if m["month_end"].startswith("year"):
            return date(today.year, 12, 25), date(today.year, 12, 31), True
        return _part("end", [], "month", None, today)
    if name == "week of the month":
        first = _nearest_month(_MONTHS.index(m["wom_m"][:3]) + 1, None, today)
        if m["wom"] == "last":
            end = _shifted(first, 1) - timedelta(1)
            return end - timedelta(6), end, True
        start = first + timedelta(7 * ("first", "second", "third").index(m["wom"]))
        return start, start + timedelta(6), True
    if name in {"week of", "week of month"}:
        return _week_of(
            m["week_d"] if name == "week of" else m["week_d2"], m["week_m" if name == "week of" else "week_m2"], today
        )
    if name == "day of week":
        which = m["dow_which"] or m["dow_which2"]
        shift = {"last": -7, "next": 7}.get(which, 0)
        return _one(_monday(today) + timedelta(shift + _number_of(m["dow"] or m["dow2"])))
    if name == "week on":
        return _week_on(m, today)
    if name == "ago on":
        return _ago_on(m, today)
    if name in {"ago", "since"}:
        return _ago(
            m["ago_n"] if name == "ago" else m["since_n"], m["ago_unit" if name == "ago" else "since_unit"], today
        )
    if name in {"ahead", "from now"}:
        stem = "ahead" if name == "ahead" else "from"
        limit = name == "ahead" and m["ahead_in"] == "within"
        early, late, certain = _ahead(m[f"{stem}_n"], m[f"{stem}_unit"], today, limit=limit)
        if name == "ahead" and m["ahead_n2"] is not None:
            late = _ahead(m["ahead_n2"], m["ahead_unit"], today, limit=limit)[1]
        return early, late, certain
    if name == "within the":
        last = {"week": 7, "fortnight": 14, "month": 31}[m["within_the"]]
        return today, today + timedelta(last), False
    if name == "period":
        return _period(m["which"].split(), m["unit"], today)
    if name == "weekend":
        saturday = _monday(today) + timedelta(-2 if here.past else 5)
        return saturday, saturday + timedelta(1), False
    if name == "hours":
        return today, today + timedelta(-(-int(m["hours"]) // 24)), True
    if name == "over":
        unit = m["over"][0]
        if m["over_n"] is None and m["over"].endswith("s"):
            return None  # "in the coming weeks"
        span = timedelta(_count(m["over_n"] or "one") * {"d": 1, "w": 7, "f": 14, "m": 31}[unit])
        return (today - span, today, True) if m["over_which"] in {"last", "past"} else (today, today + span, True)
    if name == "week after":
        monday = _monday(today) + timedelta(14 if m["week_after"].startswith("after") else -14)
        return monday, monday + timedelta(6), True
    if name == "calendar week":
        return _calendar_week(int(m["cw"]), today)
    if name == "quarter":
        first = _nearest_month(int(m["quarter"][1]) * 3 - 2, None, today - timedelta(30))
        return first, _shifted(first, 3) - timedelta(1), True
    if name == "weekday":
        return _weekday(m["wd"], (m["wd_which"] or "").split(), m["wd_after"], here)
    if name == "short weekday":
        return _weekday(m["wd3"], (m["wd_which3"] or "").split(), None, here)
    if name == "month":
        return _month(m, today)
    if name == "feast":
        loose = _before(m).endswith(("after ", "after the ", "since ", "around "))
        return None if loose else _feast(m["feast"], today)
    return _calendar(name, m, here)


def _one(day: date, certain: bool = True) -> Days:
    return day, day, certain


def _monday(today: date) -> date:
    return today - timedelta(today.weekday())


def _number_of(weekday: str) -> int:
    return _WEEKDAYS.index(weekday[:3])


def _count(words: str) -> int:
    last = [w for w in words.split() if w in _NUMBERS or w.isdigit()][-1]
    return int(last) if last.isdigit() else _NUMBERS[last]


def _relative(words: str, today: date) -> Days:
    words = words.removeprefix("the ").removeprefix("first thing ").removeprefix("later ")
    if words.startswith(("tom", "tm")):
        return _one(today + timedelta(1))
    if words.startswith("yesterday") or words == "last night":
        return _one(today - timedelta(1))
    return _one(today + timedelta({"day before yesterday": -2, "day after tomorrow": 2}.get(words, 0)))


def _part(part: str, which: list[str], unit: str, year: str | None, today: date) -> Days | None:
    """`early next week`, `mid-March`, `the end of the month`."""
    said = which[0] if which else ""
    if unit == "week":
        monday = _monday(today) + timedelta({"last": -7, "next": 7, "coming": 7, "following": 7}.get(said, 0))
        low, high = {
            "early": (0, 1),
            "start": (0, 1),
            "beginning": (0, 1),
            "earlier": (0, 3),
            "mid": (2, 2),
            "middle": (2, 2),
            "end": (4, 4),
        }.get(part, (3, 4))
        if part == "earlier" and said == "this":
            high = max(0, today.weekday() - 1)
        return monday + timedelta(low), monday + timedelta(high), bool(said) or part != "end"
    if unit in {"quarter", "q1", "q2", "q3", "q4"}:
        if part != "end":
            return None
        quarter = (
            int(unit[1]) if unit != "quarter" else (today.month - 1) // 3 + 1 + {"next": 1, "last": -1}.get(said, 0)
        )
        y, quarter = today.year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
        month = quarter * 3
        if unit != "quarter" and date(y, month, 28) < today - timedelta(31):
            y += 1
        last = date(y, month, _length(y, month))
        return last - timedelta(6), last, True
    if unit == "year":
        y = today.year + {"next": 1, "last": -1}.get(said, 0)
        return (date(y, 12, 15), date(y, 12, 31), True) if part == "end" else None
    if unit == "month":
        start = _shifted(today, {"last": -1, "next": 1, "coming": 1, "following": 1}.get(said, 0))
        certain = bool(said) or part != "end"
    else:
        start = _nearest_month(_MONTHS.index(unit[:3]) + 1, int(year) if year else None, today)
        certain = True
    size = _length(start.year, start.month)
    low, high = {
        "early": (1, 10), "start": (1, 7), "beginning": (1, 7), "mid": (11, 20), "middle": (11, 20),
        "end": (size - 3, size), "first": (1, 15), "second": (15, size),
    }.get(part, (21, size))  # fmt: skip
    return start.replace(day=low), start.replace(day=high), certain


def _shifted(today: date, months: int) -> date:
    """The first day of the month so many months away."""
    number = today.year * 12 + today.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _length(year: int, month: int) -> int:
    """The days of a month. Of its own, because importing calendar takes 2 ms."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def _nearest_month(month: int, year: int | None, today: date) -> date:
    if year is not None:
        return date(year, month, 1)
    return min(
        (date(today.year + y, month, 1) for y in (-1, 0, 1)), key=lambda d: abs((d + timedelta(14) - today).days)
    )


def _week_of(day: str, month: str | None, today: date) -> Days | None:
    number = int(day.rstrip("stndrh"))
    found = _nearest(number, _MONTHS.index(month[:3]) + 1, None, today) if month else _nth(number, today)
    return None if found is None else (_monday(found[0]), _monday(found[0]) + timedelta(6), True)


def _week_on(m: re.Match[str], today: date) -> Days:
    if m["weekon"]:
        return _one(_coming(_number_of(m["weekon"]), today) + timedelta(7 if m["weekon_unit"] == "week" else 14))
    weeks, said = _count(m["weekon_n"]), m["weekon2"] or m["weekon3"]
    start = {"today": today, "now": today, "tomorrow": today + timedelta(1)}.get(said)
    return _one((start or _coming(_number_of(said), today)) + timedelta(7 * weeks))


def _coming(weekday: int, today: date) -> date:
    """The next such day, today not counted."""
    return today + timedelta((weekday - today.weekday()) % 7 or 7)


def _ago_on(m: re.Match[str], today: date) -> Days:
    weeks = _count(m["agoon_n"] or m["agoon_n2"]) * (2 if (m["agoon_unit"] or "").startswith("f") else 1)
    said = m["agoon"] or m["agoon2"]
    if said in {"today", "yesterday", "tomorrow"}:
        return _one(today - timedelta(7 * weeks) + timedelta({"yesterday": -1, "tomorrow": 1}.get(said, 0)))
    back = (today.weekday() - _number_of(said)) % 7
    near = today - timedelta(7 * weeks) - timedelta(back)
    other = near + timedelta(7)
    return _one(near if abs((today - near).days - 7 * weeks) <= abs((today - other).days - 7 * weeks) else other, False)


def _ago(count: str, unit: str, today: date) -> Days:
    number = _count(count)
    if unit.startswith(("working", "business", "weekd", "week-d", "week d")):
        return _one(_working(today, -number))
    if unit.startswith("m"):
        start = _shifted(today, -number)
        day = start.replace(day=min(today.day, _length(start.year, start.month)))
        return day - timedelta(8), day + timedelta(8), True
    day = today - timedelta(number * {"d": 1, "w": 7, "f": 14}[unit[0]])
    slack = 0 if unit[0] == "d" else min(2, number)
    return day - timedelta(slack), day + timedelta(slack), True


def _ahead(count: str, unit: str, today: date, *, limit: bool) -> Days:
    number = _count(count)
    if unit.startswith(("working", "business", "weekd", "week-d", "week d")):
        day = _working(today, number)
        slack = 0
    elif unit.startswith("m"):
        start = _shifted(today, number)
        day, slack = start.replace(day=min(today.day, _length(start.year, start.month))), 5
    else:
        day = today + timedelta(number * {"d": 1, "w": 7, "f": 14}[unit[0]])
        slack = 0 if unit[0] == "d" else min(2, number)
    return (today, day, True) if limit else (day - timedelta(slack), day + timedelta(slack), True)


def _working(today: date, days: int) -> date:
    """The day so many working days away, Monday to Friday; today is not counted."""
    step = 1 if days > 0 else -1
    day = today
    while days:
        day += timedelta(step)
        if day.weekday() < 5:
            days -= step
    return day


def _period(which: list[str], unit: str, today: date) -> Days:
    said = "next" if which[-1] in {"coming", "following"} else "last" if which[-1] == "past" else which[0]
    shift = {"last": -1, "next": 1}.get(said, 0)
    if unit == "year":
        return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31), True
    if unit == "month":
        first = _shifted(today, shift)
        return first, first.replace(day=_length(first.year, first.month)), True
    monday = _monday(today) + timedelta(7 * shift)
    if unit == "fortnight":
        return (
            (monday - timedelta(7), monday + timedelta(6), False)
            if shift <= 0
            else (monday, monday + timedelta(13), False)
        )
    if unit == "weekend":
        if which[-1] == "coming":
            monday -= timedelta(7)
        saturday = monday + timedelta(5)
        if said == "next":
            return saturday - timedelta(7), saturday + timedelta(1), False
        return saturday, saturday + timedelta(1), said == "last" or today.weekday() < 5
    return monday, monday + timedelta(6), True


def _calendar_week(week: int, today: date) -> Days | None:
    """An ISO 8601 week, of the year that brings it nearest."""
    choices = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            choices.append(date.fromisocalendar(year, week, 1))
        except ValueError:
            continue
    near = min(choices, key=lambda d: abs((d - today).days), default=None)
    return None if near is None else (near, near + timedelta(6), True)


def _weekday(day: str, which: list[str], after: str | None, here: _Here) -> Days:
    today = here.today
    wanted = _number_of(day)
    back = (today.weekday() - wanted) % 7
    if (
        which[:1] == ["last"]
        or which == ["this", "past"]
        or after in {"last", "gone", "past"}
        or (after or "").startswith("just")
    ):
        return _one(today - timedelta(back or 7))
    if which[-1:] == ["coming"] or after == "coming":
        return _one(_coming(wanted, today))
    if which == ["this"]:
        this = _monday(today) + timedelta(wanted)
        return _one(this - timedelta(7) if here.past and this > today else this, False)
    if which[:1] == ["next"]:
        day_ = _coming(wanted, today)
        return day_, day_ + timedelta(7), False
    if which[:1] == ["first"]:
        return _one(_coming(wanted, today), False)
    if here.past or here.ahead:
        return _one(_coming(wanted, today) if here.ahead else today - timedelta(back), False)
    return today - timedelta(back), _coming(wanted, today), False  # nothing tells which of the two


def _month(m: re.Match[str], today: date) -> Days | None:
    name, said = m["mo"], m["mo_in"].split()[0]
    if name == "may" and said in {"this", "next", "last"}:
        return None  # "this may help"
    month = _MONTHS.index(name[:3]) + 1
    if said in {"last", "next"}:
        year = today.year - (month >= today.month) if said == "last" else today.year + (month <= today.month)
        first = date(year, month, 1)
    else:
        first = _nearest_month(month, int(m["mo_y"]) if m["mo_y"] else None, today)
    return first, first.replace(day=_length(first.year, first.month)), True


def _calendar(name: str, m: re.Match[str], here: _Here) -> Days | None:
    today = here.today
    if name == "dated":
        return _nearest(_digits(m["d1"]), _MONTHS.index(m["m1"][:3]) + 1, _year(m["y1"]), today)
    if name == "month first":
        if m["m2"] in {"may", "mar", "march"} and m["d2"].isdigit() and int(m["d2"]) < 4 and m["m2"] != "march":
            return None
        return _nearest(_digits(m["d2"]), _MONTHS.index(m["m2"][:3]) + 1, _year(m["y2"]), today)
    if name == "iso":
        day = _date(int(m["y4"]), int(m["m4"]), int(m["d4"]))
        return None if day is None else _one(day)
    if name == "dotted":
        plain = m["y3"] is None and not (len(m["d3"]) == 2 == len(m["m3"])) and not _DATING.search(_before(m))
        return None if plain else _nearest(int(m["d3"]), int(m["m3"]), _year(m["y3"]), today)
    if name == "slashed":
        return _slashed(m, today, here.day_first)
    if name == "day and nth":
        return _nth(_digits(m["wdn_d"]), today, _number_of(m["wdn"]))
    return _nth(_digits(m["d5"] if name == "nth" else m["d6"]), today)


_YEARS = 20  # a year farther off is no date of an application
_DATING = pattern(
    r"\b(?:on|by|until|till|before|the|am|vom|bis|of|dated|from|since|for|mon|tue|wed|thu|fri|\w+day),? $"
)


def _digits(day: str) -> int:
    return int(day.rstrip("stndrh."))


def _year(written: str | None) -> int | None:
    return None if written is None else int(written) + (2000 if len(written) == 2 else 0)


def _slashed(m: re.Match[str], today: date, day_first: bool | None) -> Days | None:
    """`3/12`: only where a preposition or a year makes it a date; by locale, or where it can be one thing only."""
    if m["slash_on"] is None and m["sy"] is None:
        return None
    one, two, year = int(m["s1"]), int(m["s2"]), _year(m["sy"])
    if day_first is None:
        if one <= 12 and two <= 12 and one != two:
            return None
        day_first = one > 12
    day, month = (one, two) if day_first else (two, one)
    return _nearest(day, month, year, today)


def _nth(day: int, today: date, weekday: int | None = None) -> Days | None:
    """The day of that number nearest to today, on that weekday if one is named."""
    months = (
        [_shifted(today, shift) for shift in range(-12, 13)]
        if weekday is not None
        else [_shifted(today, s) for s in (-1, 0, 1)]
    )
    choices = [d for start in months if (d := _date(start.year, start.month, day)) is not None]
    if weekday is not None:
        choices = [d for d in choices if d.weekday() == weekday]
    near = min(choices, key=lambda d: abs((d - today).days), default=None)
    return None if near is None else _one(near, weekday is not None)


def _nearest(day: int, month: int, year: int | None, today: date) -> Days | None:
    if year is not None and abs(year - today.year) > _YEARS:
        return None
    years = [year] if year is not None else [today.year - 1, today.year, today.year + 1]
    found = [d for d in (_date(y, month, day) for y in years) if d is not None]
    return _one(min(found, key=lambda d: abs((d - today).days))) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _feast(words: str, today: date) -> Days | None:
    """A feast's day, the one nearest to today."""
    name = " ".join(words.removeprefix("the ").replace("labour", "labor").split())
    days = [day for y in (today.year - 1, today.year, today.year + 1) if (day := _feast_in(name, y)) is not None]
    return _one(min(days, key=lambda d: abs((d - today).days))) if days else None


def _feast_in(name: str, year: int) -> date | None:
    fixed = {
        "christmas eve": (12, 24), "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "boxing day": (12, 26),
        "new year's eve": (12, 31), "new year": (1, 1), "new year's": (1, 1), "new year's day": (1, 1), "independence day": (7, 4),
        "fourth of july": (7, 4), "halloween": (10, 31), "valentine's": (2, 14), "valentine's day": (2, 14),
    }.get(name)  # fmt: skip
    if fixed is not None:
        return date(year, *fixed)
    if name == "thanksgiving":
        return date(year, 11, 1) + timedelta((3 - date(year, 11, 1).weekday()) % 7 + 21)
    if name == "labor day":
        return date(year, 9, 1) + timedelta(-date(year, 9, 1).weekday() % 7)
    if name == "memorial day":
        return date(year, 5, 31) - timedelta(date(year, 5, 31).weekday())
    return _easter(year) + timedelta({"good friday": -2, "easter monday": 1}.get(name, 0))


def _easter(year: int) -> date:
    """Easter Sunday, Gregorian (the anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    x = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + x - 7 * ((a + 11 * h + 22 * x) // 451) + 114
    return date(year, n // 31, n % 31 + 1)
