"""The plan: what to send next, to whom, from when until when, and why. Pure: no clock, no log, no network.

The documents' rules. Thanks to each interviewer apart, that afternoon after a morning interview, next morning after
an afternoon one, within two days (000.6, 001.2, 002.3, 003.1, 004.4, 004.5). LinkedIn a couple of days after (003.6,
004.10). A question once the promised date is over, or a week after the thanks where none was named (000.7, 001.11,
003.5, 003.7, 004.11); something new a week or so later (001.13); then at most monthly (001.15). An answer to a concern
(002.8). Thanks after a refusal (002.1, 002.13). Notes at once (001.3, 004.6).
Questions to ask before leaving (001.1, 004.1, 004.2, 004.4).

Questions and invitations go out on working days, which have to be such where the employer is and where the user is;
thanks and answers do not wait for one.
"""

from calendar import monthrange
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from reviewer.applications import Application, Contact, Message, Round, Status, is_meant, starts
from reviewer.context import Kind
from reviewer.language.names import fold

__all__ = ["INTERVALS", "Standing", "Step", "plan"]


class Standing(StrEnum):
    """Where a step stands now."""

    DUE = "due"
    WAIT = "wait until"
    LATE = "late"
    LATER = "later"  # only if nothing has come by then


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `kind` is None for what is no message; `until` is None where nothing ends the time for it."""

    application: Application
    kind: Kind | None
    to: Contact | None
    begins: datetime
    until: datetime | None
    standing: Standing
    what: str
    why: str
    sources: tuple[str, ...]
    nth: int = 0  # of its sort: the round that it belongs to, the question that it is
    label: str = "before you leave"  # of a step that is no message

    @property
    def name(self) -> str:
        """What it is, in a word or two."""
        return self.kind.replace("_", " ") if self.kind is not None else self.label

    @property
    def key(self) -> str:
        """The same for the same step in every plan, whatever its dates: what a calendar entry is known by."""
        who = self.to.name.lower() if self.to is not None else ""
        return f"{self.application.id}|{self.kind or self.name}|{who}|{self.nth}"


# Days to leave between two messages to one person, by what the second one is (001.13, 001.15, 004.10, 004.11).
INTERVALS = {"after thanks": 7, "again": 7, "monthly": 28, "linkedin": 2}
_NUDGES = frozenset({Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.ADDED_VALUE, Kind.OFFER_LEVERAGE})
_MORNING = time(9)
_ENDED = frozenset({Status.ACCEPTED, Status.WITHDRAWN})
_MANY = 3  # messages without an answer, from where the documents say: ask yourself whether to go on (001.16)

Free = Callable[[date], bool]
_Works = Callable[[datetime], bool]


def plan(
    applications: Sequence[Application], now: datetime, *, free: Free = lambda _: False, zone: tzinfo | None = None
) -> tuple[Step, ...]:
    """What to do for these applications, what is due on top. `free` tells public holidays; `zone` is the user's."""
    now = now.astimezone(zone or now.tzinfo)

    def works(moment: datetime) -> bool:
        days = {moment.date(), moment.astimezone(now.tzinfo).date()}
        return all(day.weekday() < 5 and not free(day) for day in days)

    times: _Times = {}
    for a in applications:
        for m in a.sent:
            for person in _reached(a, m):
                _note(times, a, person, m.at, m.kind)
    steps = _spaced([step for a in applications for step in _steps(a, now)], times, now, works)
    return tuple(sorted((_shown(step, now.tzinfo) for step in steps), key=_urgency))


def _urgency(step: Step) -> tuple[int, datetime, str]:
    """What is late, then what is due by when its time ends, then what has to wait by when it begins."""
    order = (Standing.LATE, Standing.DUE, Standing.WAIT, Standing.LATER)
    ends = step.until or step.begins + timedelta(days=365)
    moment = ends if step.standing is Standing.DUE else step.begins
    return order.index(step.standing), moment.astimezone(UTC), step.key


def _reached(a: Application, message: Message) -> Sequence[Contact | None]:
    """Whom a message went to: one to nobody in particular went to everybody."""
    person = a.person(message.to)
    return (person,) if person is not None else (*a.people, None)


# When each person was or will be written to and with what, whichever application it belongs to; by name and by address.
_Times = dict[str, list[tuple[datetime, Kind]]]


def _known_by(a: Application, person: Contact | None) -> set[str]:
    """What tells a person in all applications; somebody who is not known is somebody of this one."""
    if person is None:
        return {f"somebody of {a.id}"}
    return {fold(text) for text in (person.name, person.email) if text}


def _note(times: _Times, a: Application, person: Contact | None, at: datetime, kind: Kind) -> None:
    for key in _known_by(a, person):
        times.setdefault(key, []).append((at, kind))


def _note_step(times: _Times, step: Step, now: datetime) -> None:
    if step.kind is not None:
        _note(times, step.application, step.to, max(step.begins, now), step.kind)


def _spaced(steps: Sequence[Step], times: _Times, now: datetime, works: _Works) -> Iterator[Step]:
    """The steps so that nobody gets two messages too soon after each other; `times` gains those of these steps.

    Thanks and answers go first, for they cannot wait. Then the questions of all applications, the earliest first, then
    those that would follow them. An invitation makes way for everything.
    """
    for step in steps:
        if step.kind not in _CAN_WAIT:
            _note_step(times, step, now)
            yield step
    asking = deque(
        sorted((step for step in steps if step.kind in _NUDGES), key=lambda step: step.begins.astimezone(UTC))
    )
    while asking:
        step = _placed(asking.popleft(), times, now, works)
        _note_step(times, step, now)
        yield step
        follower = _follower(step, now)
        asking.extend([follower] if follower is not None else [])
    for step in steps:
        if step.kind is Kind.LINKEDIN:
            placed = _placed(step, times, now, works)
            if step.until is None or placed.begins < step.until:
                _note_step(times, placed, now)
                yield placed


_CAN_WAIT = _NUDGES | {Kind.LINKEDIN}


def _placed(step: Step, times: _Times, now: datetime, works: _Works) -> Step:
    """The step on a working day, moved on to a morning when no message to the same person is too near."""
    zone = step.begins.tzinfo
    keys = _known_by(step.application, step.to)
    others = [(at.astimezone(zone), kind) for key in keys for at, kind in times.get(key, ())]
    since = _ready(step.begins, works)
    first = begins = _ready(max(since, now.astimezone(zone)), works)
    while over := [end for at, kind in others if (end := _too_near(begins, step.kind, at, kind)) is not None]:
        begins = _ready(_morning_from(max(over)), works)
    why = step.why if begins == first else f"{step.why} Another message to them comes first."
    standing = step.standing
    if standing is not Standing.LATER:
        standing = Standing.WAIT if begins > now else Standing.DUE
    return replace(step, begins=begins if begins > now else since, standing=standing, why=why)


def _too_near(begins: datetime, kind: Kind | None, other: datetime, other_kind: Kind) -> datetime | None:
    """When a message to the same person is no longer too near another one, if it is."""
    if kind in _NUDGES and other_kind in _NUDGES:  # by the calendar, whatever the hour
        return _at(other + _WEEK, time()) if abs(begins.date() - other.date()) < _WEEK else None
    before = _GAP if kind is Kind.LINKEDIN else timedelta(0)
    return other + _GAP if other - before < begins < other + _GAP or begins == other else None


_GAP, _WEEK = timedelta(days=INTERVALS["linkedin"]), timedelta(days=INTERVALS["again"])


def _shown(step: Step, zone: tzinfo | None) -> Step:
    until = step.until.astimezone(zone) if step.until is not None else None
    return replace(step, begins=step.begins.astimezone(zone), until=until)


def _steps(a: Application, now: datetime) -> Iterator[Step]:
    if a.status in _ENDED:
        return
    rounds = sorted(a.rounds, key=lambda r: starts(r, now.tzinfo))
    held = [r for r in rounds if _ends(r, now) <= now]
    coming = [r for r in rounds if _ends(r, now) > now]
    if a.status is Status.REJECTED:
        yield from _after_refusal(a, now)
        return
    yield from _before_leaving(a, coming, now)
    for r in coming[:1]:
        yield from _thanks(a, r, now)
    if not held:
        return
    yield from _notes(a, held[-1], now)
    thanks = list(_thanks(a, held[-1], now))
    yield from thanks
    if a.status is Status.OPEN:
        yield from _concerns(a, held[-1], now)
        yield from _linkedin(a, held[-1], now)
        if not coming:
            yield _question(a, held[-1], thanks, now)


def _before_leaving(a: Application, coming: Sequence[Round], now: datetime) -> Iterator[Step]:
    for number, r in enumerate(coming, len(a.rounds) - len(coming)):
        begins = starts(r, now.tzinfo)
        yield Step(
            a, None, None, begins, _ends(r, now) + timedelta(hours=1), Standing.WAIT if begins > now else Standing.DUE,
            "Before you leave: ask for the next steps, when and how you will hear, how to follow up, and for "
            "everybody's card or address.",
            "It is the last moment at which asking is easy; where they name no time, a week is typical.",
            ("001.1", "004.1", "004.2", "004.4"), number,
        )  # fmt: skip


def _notes(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    ended = _ends(held, now)
    if not a.topics and now <= _later(ended, 24):
        yield Step(
            a, None, None, ended, _later(ended, 24), Standing.DUE,
            "Write down what you talked about, and the questions that were hard.",
            "Your thanks refer back to it, and the next interview asks again.", ("001.3", "004.6"),
            a.rounds.index(held), "notes",
        )  # fmt: skip


def _thanks(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    """To each interviewer apart; to the recruiter where nobody else is known."""
    met = starts(held, now.tzinfo)
    begins, best = _best_moment(held, met)
    day, until = _later(met, 24), _later(met, 48)
    by = f" (until {_clock(day, now)})" if isinstance(held.at, datetime) and now <= day else ""
    for person in _thanked(a):
        if any(m.at >= met and m.kind is Kind.THANK_YOU and _to(a, m, person) for m in a.sent):
            continue
        if now > _later(until, 24):
            continue  # never longer than that: the next message is a question, or nothing
        standing = Standing.WAIT if now < begins else Standing.DUE if now <= until else Standing.LATE
        yield Step(
            a, Kind.THANK_YOU, person, begins, until, standing,
            f"Thank {person.name if person else 'whoever interviewed you'}, with one thing from your conversation.",
            f"{best} within 24 hours{by} is good, two days the limit.",
            ("000.6", "001.2", "002.3", "004.4", "004.5") if person in a.interviewers else ("001.10", "002.3", "004.5"),
            a.rounds.index(held),
        )  # fmt: skip


def _thanked(a: Application) -> Sequence[Contact | None]:
    """Each interviewer; the recruiter where theirs is the only address (001.10); somebody, where nobody is known."""
    reached = any(p.email for p in a.interviewers) or a.recruiter is None or not a.recruiter.email
    if a.interviewers and reached:
        return a.interviewers
    return (a.recruiter,)


def _best_moment(held: Round, met: datetime) -> tuple[datetime, str]:
    if not isinstance(held.at, datetime):
        return met, "The same day is best;"
    if met.hour < 12:
        return max(met + timedelta(hours=2), _at(met, time(13))), "After a morning interview that afternoon;"
    return _at(met + timedelta(days=1), _MORNING), "After an afternoon interview the next morning;"


def _concerns(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    """One answer to all the concerns that are open; let go after a week."""
    met = starts(held, now.tzinfo)
    until = met + timedelta(days=3)
    open_ones = [c.text for c in a.concerns if not c.answered]
    replied = any(m.kind is Kind.CONCERN_REPLY and m.at >= met for m in a.sent)
    if not open_ones or replied or now > until + timedelta(days=4):
        return
    yield Step(
        a, Kind.CONCERN_REPLY, next(iter(a.people), None), met, until,
        Standing.DUE if now <= until else Standing.LATE,
        f"Answer the concern: {'; '.join(open_ones)}", "A concern is answered calmly, and is no reason to back out.",
        ("002.8",),
    )  # fmt: skip


def _linkedin(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    met = starts(held, now.tzinfo)
    for person in a.interviewers:
        if any(m.kind is Kind.LINKEDIN and _to(a, m, person) for m in a.sent):
            continue
        begins = _morning_from(_later(met, 48))
        until = met + timedelta(days=21)
        if now > until:
            continue
        yield Step(
            a, Kind.LINKEDIN, person, begins, until, Standing.WAIT,
            f"Invite {person.name} on LinkedIn: thanks, the day you met, the job, and that you are keen.",
            "A couple of days after the interview, with a personal line or two.", ("003.6", "004.10"),
        )  # fmt: skip


def _question(a: Application, held: Round, thanks: Sequence[Step], now: datetime) -> Step:
    """The next question to those who interviewed: never more than one a week, then one a month."""
    met = starts(held, now.tzinfo)
    before = sorted(m.at for m in a.sent if m.kind in _NUDGES and m.at >= met)
    thanked = [m.at for m in a.sent if m.kind is Kind.THANK_YOU and m.at >= met]
    thanked += [max(step.begins, now) for step in thanks]
    person = a.recruiter or next(iter(a.interviewers), None)
    begins, why, sources = _next_nudge(a, met, before, thanked)
    return _nudge(a, person, begins, Standing.WAIT, why, sources, len(before))


def _nudge(
    a: Application, to: Contact | None, begins: datetime, standing: Standing, why: str, sources: tuple[str, ...], n: int
) -> Step:
    what = _NUDGE_SAYS[min(n, 2)]
    if to is not None and to == a.recruiter:
        sources = (*sources, "004.9")
    if n >= 2:
        sources = (*sources, "002.5")
    if n >= _MANY:
        what += " Or let it go: ask yourself whether to go on."
        sources = (*sources, "001.16")
    kind = Kind.SECOND_CHECK_IN if n == 1 else Kind.CHECK_IN
    return Step(a, kind, to, begins, None, standing, what, why, sources, n)


def _follower(step: Step, now: datetime) -> Step | None:
    """What would follow a question if nothing came: something new a week later, then once a month at most."""
    n = step.nth + 1
    if n > 2:
        return None
    begins = _again(max(step.begins, now.astimezone(step.begins.tzinfo)), n)
    why = "Another week later, and with something new." if n == 1 else "After that once a month at most."
    sources = ("001.13", "003.5") if n == 1 else ("001.15",)
    return _nudge(step.application, step.to, begins, Standing.LATER, why, sources, n)


def _again(before: datetime, count: int) -> datetime:
    """The first morning for a question after `count` others, the last of them then: a week later, or a month."""
    if count == 1:
        return _at(before + timedelta(days=INTERVALS["again"]), _MORNING)
    year, month = before.year + before.month // 12, before.month % 12 + 1
    day = before.replace(year=year, month=month, day=min(before.day, monthrange(year, month)[1]))
    return _at(max(day, before + timedelta(days=INTERVALS["monthly"])), _MORNING)


_NUDGE_SAYS = (
    "Ask how far along they are, still interested; offer more information.",
    "Ask again, and bring something new: a result, a piece of work.",
    "Ask once more, briefly, or pass on something useful.",
)


def _next_nudge(
    a: Application, met: datetime, before: Sequence[datetime], thanked: Sequence[datetime]
) -> tuple[datetime, str, tuple[str, ...]]:
    """When, why and by which advice, after the questions `before` and the thanks that went out or are to go out."""
    over, promised = None, ""
    if a.promised is not None and a.promised >= met.date():
        promised = f"They promised an answer by {_day(a.promised)}"
        over = datetime.combine(a.promised + timedelta(days=1), _MORNING).replace(tzinfo=met.tzinfo)
    if before:
        begins = _again(before[-1].astimezone(met.tzinfo), len(before))
        why = "A week since the last message." if len(before) == 1 else "After two messages, once a month at most."
        if over is not None and over > begins:
            begins, why = over, f"{promised}; before that, none."
        return begins, why, ("001.13", "003.5") if len(before) == 1 else ("001.15",)
    if over is not None:
        return over, f"{promised}; the working day after it.", ("000.7", "001.11", "003.7")
    start = max(thanked).astimezone(met.tzinfo) if thanked else met
    since = "your thanks" if thanked else "the interview"
    words = (a.promised_words or "") if a.promised is None else ""
    weeks, long = _patience(words)
    said = f"They said “{words}”, which names no day" if words else "They named no time"
    begins = _at(start + weeks * timedelta(days=INTERVALS["after thanks"]), _MORNING)
    return begins, f"{said}: {long} after {since}.", ("004.11", "001.11") if weeks == 1 else ("000.7", "002.7")


def _patience(words: str) -> tuple[int, str]:
    """How many weeks to wait after a promise without a day: a week (001.1), three where it speaks of weeks."""
    if "months" in words.lower():
        return 12, "three months"
    return (3, "three weeks") if "weeks" in words.lower() else (1, "a week")


def _after_refusal(a: Application, now: datetime) -> Iterator[Step]:
    """To each interviewer apart, until two weeks after the day on which they said no."""
    since = a.since or now.date()
    begins = datetime.combine(since, time()).replace(tzinfo=now.tzinfo)
    until = begins + timedelta(days=3)
    if now.date() > since + timedelta(days=14):
        return
    heard = f"They said no on {_day(since)}; a" if a.since is not None else "A"
    for person in _thanked(a):
        thanked = (m for m in a.sent if m.kind is Kind.POST_REJECTION and _to(a, m, person))
        if not any(m.at.astimezone(now.tzinfo).date() >= since for m in thanked):
            yield Step(
                a, Kind.POST_REJECTION, person, begins, until, Standing.DUE if now <= until else Standing.LATE,
                f"Thank {person.name if person else 'them'} all the same, and ask what comes next: how you compared, "
                "and what may open up.",
                f"{heard} refusal is thanked for too, and a door kept open.", ("002.1", "002.13", "004.12"),
            )  # fmt: skip


def _to(a: Application, message: Message, person: Contact | None) -> bool:
    """Whether a message went to the person; one to nobody in particular went to everybody."""
    if message.to is None or person is None:
        return True
    return is_meant(person, message.to) or a.person(message.to) == person


def _ends(r: Round, now: datetime) -> datetime:
    """When a round is over: an hour after it began, or at five where the hour is not known."""
    begins = starts(r, now.tzinfo)
    return begins + timedelta(hours=1) if isinstance(r.at, datetime) else _at(begins, time(17))


def _later(moment: datetime, hours: int) -> datetime:
    """So many hours later by any clock: not by the one on the wall, which daylight saving turns."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def _at(moment: datetime, clock: time) -> datetime:
    """The same day at another hour, by the same zone's rules for that day."""
    return datetime.combine(moment.date(), clock).replace(tzinfo=moment.tzinfo)


def _ready(moment: datetime, works: _Works) -> datetime:
    """The moment if it is on a working day, else the first morning of the next one."""
    while not works(moment):
        moment = _at(moment + timedelta(days=1), _MORNING)
    return moment


def _morning_from(moment: datetime) -> datetime:
    """The first morning that is not before that moment."""
    day = _at(moment, _MORNING)
    return day if day >= moment else _at(day + timedelta(days=1), _MORNING)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B}"


def _clock(moment: datetime, now: datetime) -> str:
    """`tomorrow 10:00`, by the user's clock."""
    here = moment.astimezone(now.tzinfo)
    near = {0: "today", 1: "tomorrow"}
    return f"{near.get((here.date() - now.date()).days) or _day(here)} {here:%H:%M}"
