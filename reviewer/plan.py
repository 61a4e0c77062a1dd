"""The plan: what to send next, to whom, from when until when, and why. Pure: no clock, no log, no network.

The documents' rules. Thanks to each interviewer apart, that afternoon after a morning interview, next morning after
an afternoon one, within two days (000.6, 001.2, 002.3, 003.1, 004.4, 004.5). LinkedIn a couple of days after (003.6,
004.10). A question once the promised date is over, or a week after the thanks where none was named (000.7, 001.11,
003.5, 003.7, 004.11); something new a week or so later (001.13); then at most monthly (001.15). An answer to a concern
(002.8). Thanks after a refusal (002.1, 002.13). Notes at once (001.3, 004.6).
Questions to ask before leaving (001.1, 004.1, 004.2, 004.4).

Questions go out on working days, counted where the employer is; thanks do not wait for one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from reviewer.applications import Application, Contact, Message, Round, Status, is_meant
from reviewer.context import Kind
from reviewer.language.moments import zone_of

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

    @property
    def name(self) -> str:
        """What it is, in a word or two."""
        if self.kind is not None:
            return self.kind.replace("_", " ")
        return "notes" if self.nth >= _NOTES else "before you leave"

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


def plan(
    applications: Sequence[Application], now: datetime, *, free: Free = lambda _: False, zone: tzinfo | None = None
) -> tuple[Step, ...]:
    """What to do for these applications, what is due on top. `free` tells public holidays; `zone` is the user's."""
    steps = [step for a in applications for step in _spaced(a, list(_steps(a, now, free)), now, free)]
    steps = [_shown(step, zone or now.tzinfo) for step in steps]
    order = list(Standing)
    return tuple(sorted(steps, key=lambda s: (order.index(s.standing) == order.index(Standing.LATER), s.begins, s.key)))


def _spaced(a: Application, steps: Sequence[Step], now: datetime, free: Free) -> Iterator[Step]:
    """The steps, those that can wait moved on, so that nobody gets two messages within a couple of days."""
    gap = timedelta(days=INTERVALS["linkedin"])
    latest: dict[Contact | None, datetime] = {}
    moved_on = timedelta(0)  # what follows a question that is moved on moves with it
    for step in sorted(steps, key=lambda s: (s.kind in _CAN_WAIT, max(s.begins, now))):
        if step.kind is None:
            yield step
            continue
        begins = max(step.begins, now.astimezone(step.begins.tzinfo))
        begins = _working(begins + moved_on, free) if step.kind in _NUDGES and moved_on else begins
        before = max((m for m in (_last(a, step.to, now), latest.get(step.to)) if m is not None), default=None)
        if step.kind in _CAN_WAIT and before is not None and begins < before + gap:
            later = before.astimezone(step.begins.tzinfo) + gap
            begins = _morning_from(later) if step.kind is Kind.LINKEDIN else _working(later, free)
        moved_on = begins - max(step.begins, now) if step.kind in _NUDGES else moved_on
        latest[step.to] = begins
        waits = begins > max(step.begins, now) and step.standing is Standing.DUE
        yield (
            replace(step, begins=begins, standing=Standing.WAIT)
            if waits
            else replace(step, begins=begins if begins > now else step.begins)
        )


_CAN_WAIT = _NUDGES | {Kind.LINKEDIN}


def _shown(step: Step, zone: tzinfo | None) -> Step:
    until = step.until.astimezone(zone) if step.until is not None else None
    return replace(step, begins=step.begins.astimezone(zone), until=until)


def _steps(a: Application, now: datetime, free: Free) -> Iterator[Step]:
    if a.status in _ENDED:
        return
    held = [r for r in a.rounds if _ends(r, now) <= now]
    coming = [r for r in a.rounds if _ends(r, now) > now]
    yield from _questions(a, coming, now)
    if a.status is Status.REJECTED:
        yield from _after_refusal(a, now)
        return
    if not held:
        return
    yield from _notes(a, held[-1], now)
    yield from _thanks(a, held[-1], now)
    if a.status is Status.OPEN:
        yield from _concerns(a, held[-1], now)
        yield from _linkedin(a, held[-1], now)
        if not coming:
            yield from _nudges(a, held[-1], now, free)


def _questions(a: Application, coming: Sequence[Round], now: datetime) -> Iterator[Step]:
    for number, r in enumerate(coming, len(a.rounds) - len(coming)):
        begins = _starts(r, now)
        yield Step(
            a, None, None, begins, begins + timedelta(hours=2), Standing.WAIT if begins > now else Standing.DUE,
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
            "Your thanks refer back to it, and the next interview asks again.", ("001.3", "004.6"), _NOTES,
        )  # fmt: skip


_NOTES = 1000  # sets these steps apart from the questions of a round


def _thanks(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    """To each interviewer apart; to the recruiter where nobody else is known."""
    met = _starts(held, now)
    begins, best = _best_moment(held, met)
    until = _later(met, 48)
    for person in a.interviewers or a.people:
        if any(m.at >= met and m.kind is Kind.THANK_YOU and _to(a, m, person) for m in a.sent):
            continue
        if now > _later(until, 24):
            continue  # never longer than that: the next message is a question, or nothing
        standing = Standing.WAIT if now < begins else Standing.DUE if now <= until else Standing.LATE
        yield Step(
            a, Kind.THANK_YOU, person, begins, until, standing,
            f"Thank {person.name}, with one thing from your conversation.",
            f"{best} within 24 hours is good, two days the limit.",
            ("000.6", "001.2", "002.3", "004.4", "004.5") if a.interviewers else ("001.10", "002.3", "004.5"),
            a.rounds.index(held),
        )  # fmt: skip


def _best_moment(held: Round, met: datetime) -> tuple[datetime, str]:
    if not isinstance(held.at, datetime):
        return met, "The same day is best;"
    if met.hour < 12:
        return max(met + timedelta(hours=2), _at(met, time(13))), "After a morning interview that afternoon;"
    return _at(met + timedelta(days=1), _MORNING), "After an afternoon interview the next morning;"


def _concerns(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    for number, concern in enumerate(a.concerns):
        if concern.answered:
            continue
        person = a.recruiter if not a.interviewers else a.interviewers[0]
        met = _starts(held, now)
        yield Step(
            a, Kind.CONCERN_REPLY, person, met, met + timedelta(days=3), Standing.DUE,
            f"Answer the concern: {concern.text}", "A concern is answered calmly, and is no reason to back out.",
            ("002.8",), number,
        )  # fmt: skip


def _linkedin(a: Application, held: Round, now: datetime) -> Iterator[Step]:
    met = _starts(held, now)
    for person in a.interviewers:
        if any(m.kind is Kind.LINKEDIN and _to(a, m, person) for m in a.sent):
            continue
        last = _last(a, person, now)
        begins = _at(met + timedelta(days=INTERVALS["linkedin"]), _MORNING)
        begins = max(begins, _later(met, 48))
        if last is not None:
            begins = max(begins, last + timedelta(days=INTERVALS["linkedin"]))
        until = met + timedelta(days=21)
        if now > until:
            continue
        yield Step(
            a, Kind.LINKEDIN, person, begins, until, Standing.WAIT if now < begins else Standing.DUE,
            f"Invite {person.name} on LinkedIn: thanks, the day you met, the job, and that you are keen.",
            "A couple of days after the interview, with a personal line or two.", ("003.6", "004.10"),
        )  # fmt: skip


def _nudges(a: Application, held: Round, now: datetime, free: Free) -> Iterator[Step]:
    """The next question, and what would follow if nothing came: never more than one a week, then one a month."""
    met = _starts(held, now)
    before = sorted(m.at for m in a.sent if m.kind in _NUDGES and m.at >= met)
    person = a.recruiter or next(iter(a.interviewers), None)
    count = len(before)
    begins, why, sources = _next_nudge(a, met, before, now, free)
    for n in range(count, max(count + 1, 3)):
        kind = Kind.CHECK_IN if n == 0 else Kind.SECOND_CHECK_IN if n == 1 else Kind.CHECK_IN
        what = _NUDGE_SAYS[min(n, 2)]
        if person is not None and person == a.recruiter:
            sources = (*sources, "004.9")
        if n >= 2:
            sources = (*sources, "002.5")
        if n >= _MANY:
            what += " Or let it go: ask yourself whether to go on."
            sources = (*sources, "001.16")
        later = n > count
        standing = Standing.LATER if later else Standing.WAIT if now < begins else Standing.DUE
        yield Step(a, kind, person, begins, None, standing, what, why, sources, n)
        started = max(begins, now.astimezone(begins.tzinfo))
        gap = INTERVALS["again" if n == 0 else "monthly"]
        begins = _working(started + timedelta(days=gap), free)
        why = "Another week later, and with something new." if n == 0 else "After that once a month at most."
        sources = ("001.13", "003.5") if n == 0 else ("001.15",)


_NUDGE_SAYS = (
    "Ask how far along they are, still interested; offer more information.",
    "Ask again, and bring something new: a result, a piece of work.",
    "Ask once more, briefly, or pass on something useful.",
)


def _next_nudge(
    a: Application, met: datetime, before: Sequence[datetime], now: datetime, free: Free
) -> tuple[datetime, str, tuple[str, ...]]:
    promised = _at(datetime.combine(a.promised, time()).replace(tzinfo=met.tzinfo), time()) if a.promised else None
    over = _working(promised + timedelta(days=1), free) if promised is not None and promised >= _midnight(met) else None
    if before:
        gap = INTERVALS["again" if len(before) == 1 else "monthly"]
        begins = _working(before[-1].astimezone(met.tzinfo) + timedelta(days=gap), free)
        why = "A week since the last message." if len(before) == 1 else "After two messages, once a month at most."
        if over is not None and over > begins:
            begins, why = over, f"They promised an answer by {_day(a.promised)}; before that, none."
        return begins, why, ("001.13", "003.5") if len(before) == 1 else ("001.15",)
    if over is not None:
        return (
            over,
            f"They promised an answer by {_day(a.promised)}; the working day after it.",
            ("000.7", "001.11", "003.7"),
        )
    thanked = [m.at for m in a.sent if m.kind is Kind.THANK_YOU and m.at >= met]
    start = max(thanked).astimezone(met.tzinfo) if thanked else met
    linked = [m.at.astimezone(met.tzinfo) for m in a.sent if m.kind is Kind.LINKEDIN and m.at >= met]
    begins = _working(start + timedelta(days=INTERVALS["after thanks"]), free)
    if linked:
        begins = max(begins, _working(max(linked) + timedelta(days=INTERVALS["linkedin"]), free))
    return begins, "They named no time: a week after your thanks.", ("004.11", "001.11")


def _after_refusal(a: Application, now: datetime) -> Iterator[Step]:
    since = a.since or now.date()
    begins = datetime.combine(since, _MORNING).replace(tzinfo=now.tzinfo)
    person = a.recruiter or next(iter(a.interviewers), None)
    answered = any(m.kind is Kind.POST_REJECTION and m.at.date() >= since for m in a.sent)
    if not answered and now.date() <= since + timedelta(days=14):
        yield Step(
            a, Kind.POST_REJECTION, person, begins, begins + timedelta(days=2), Standing.DUE,
            "Thank them all the same, and ask what comes next: how you compared, and what may open up.",
            "Everyone is thanked, whatever the outcome; a door is kept open.", ("002.1", "002.13", "004.12"),
        )  # fmt: skip


def _to(a: Application, message: Message, person: Contact | None) -> bool:
    """Whether a message went to the person; one to nobody in particular went to everybody."""
    if message.to is None or person is None:
        return True
    return is_meant(person, message.to) or a.person(message.to) == person


def _last(a: Application, person: Contact | None, now: datetime) -> datetime | None:
    return max((m.at for m in a.sent if _to(a, m, person) and m.at <= now), default=None)


def _starts(r: Round, now: datetime) -> datetime:
    """When a round begins; a day without an hour begins at nine by the user's clock."""
    if isinstance(r.at, datetime):
        at = r.at if r.at.tzinfo is not None else r.at.replace(tzinfo=now.tzinfo)
        return at.astimezone(zone_of(r.zone)) if r.zone is not None else at
    return datetime.combine(r.at, _MORNING).replace(tzinfo=now.tzinfo)


def _ends(r: Round, now: datetime) -> datetime:
    """When a round is over: an hour after it began, or at the end of its day."""
    if isinstance(r.at, datetime):
        return _starts(r, now) + timedelta(hours=1)
    return datetime.combine(r.at, time(17)).replace(tzinfo=now.tzinfo)


def _later(moment: datetime, hours: int) -> datetime:
    """So many hours later by any clock: not by the one on the wall, which daylight saving turns."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def _at(moment: datetime, clock: time) -> datetime:
    """The same day at another hour, by the same zone's rules for that day."""
    return datetime.combine(moment.date(), clock).replace(tzinfo=moment.tzinfo)


def _midnight(moment: datetime) -> datetime:
    return _at(moment, time())


def _working(moment: datetime, free: Free) -> datetime:
    """The first morning of a working day that is not before that moment."""
    day = _morning_from(moment)
    while day.weekday() >= 5 or free(day.date()):
        day = _at(day + timedelta(days=1), _MORNING)
    return day


def _morning_from(moment: datetime) -> datetime:
    """The first morning that is not before that moment."""
    day = _at(moment, _MORNING)
    return day if day >= moment else _at(day + timedelta(days=1), _MORNING)


def _day(day: date | None) -> str:
    return f"{day:%a} {day.day} {day:%B}" if day is not None else ""
