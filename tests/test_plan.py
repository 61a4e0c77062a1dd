"""What to send when: cases worked out by hand, laws that hold for any log, and a calendar that real readers take."""

import json
import subprocess
import sys
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from typer.testing import CliRunner

from reviewer import Kind
from reviewer.applications import Application, Contact, Message, Note, Round, Status
from reviewer.cli.app import app_for
from reviewer.errors import ReviewerError
from reviewer.log import opened
from reviewer.plan import INTERVALS, Standing, Step, plan
from reviewer.report.plan import as_dicts, calendar, render

app = app_for(())

PRIYA, SAMIR = Contact("Priya Raman", "Engineering Manager"), Contact("Samir Khan")
CHICAGO, LONDON, KOLKATA = ZoneInfo("America/Chicago"), ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def at(text: str, zone: ZoneInfo = CHICAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def firm(when: str = "2026-03-10T10:00", zone: ZoneInfo = CHICAGO, **more: object) -> Application:
    known = {"interviewers": (PRIYA,), "rounds": (Round(at(when, zone), zone.key),), "topics": ("ledger",), "id": 1}
    return Application("Northwind", "Data Engineer", **{**known, **more})  # type: ignore[arg-type]


def sent(kind: Kind, when: str, to: str | None = "Priya Raman", zone: ZoneInfo = CHICAGO) -> Message:
    return Message(kind, at(when, zone), to)


def step(steps: tuple[Step, ...], kind: Kind, *, later: bool = False) -> Step:
    return next(s for s in steps if s.kind is kind and (s.standing is Standing.LATER) is later)


THANKED = (sent(Kind.THANK_YOU, "2026-03-10T15:00"),)
# When the first question may go out, by the user's clock: application, now, public holidays, zone, expected.
CASES = {
    "no date named: a week after the thanks": (firm(sent=THANKED), [], CHICAGO, "2026-03-17T09:00"),
    "the working day after the promised one": (firm(promised=date(2026, 3, 20)), [], CHICAGO, "2026-03-23T09:00"),
    "promised for a Friday that is a holiday": (
        firm(promised=date(2026, 4, 3)), [date(2026, 4, 3), date(2026, 4, 6)], LONDON, "2026-04-07T15:00",
    ),
    "promised for the end of a week across a holiday": (
        firm("2026-05-18T10:00", promised=date(2026, 5, 22)), [date(2026, 5, 25)], CHICAGO, "2026-05-26T09:00",
    ),
    "over the turn of the year": (
        firm("2026-12-22T10:00", promised=date(2026, 12, 31)), [date(2027, 1, 1)], CHICAGO, "2027-01-04T09:00",
    ),
    "on a leap day": (firm("2028-02-22T10:00", sent=(sent(Kind.THANK_YOU, "2028-02-22T13:00"),)), [], CHICAGO,
                      "2028-02-29T09:00"),
    "after a leap day": (firm("2028-02-21T10:00", promised=date(2028, 2, 29)), [], CHICAGO, "2028-03-01T09:00"),
    "across daylight saving": (firm("2026-03-06T10:00", promised=date(2026, 3, 12)), [], LONDON, "2026-03-13T14:00"),
    "where the candidate is half a day ahead": (firm(promised=date(2026, 3, 20)), [], KOLKATA, "2026-03-23T19:30"),
    "a promise from before the interview says nothing": (
        firm(promised=date(2026, 3, 2), sent=THANKED), [], CHICAGO, "2026-03-17T09:00",
    ),
    "a week after the first question": (
        firm(sent=(*THANKED, sent(Kind.CHECK_IN, "2026-03-18T09:00"))), [], CHICAGO, "2026-03-25T09:00",
    ),
    "a month after the second": (
        firm(sent=(*THANKED, sent(Kind.CHECK_IN, "2026-03-18T09:00"), sent(Kind.SECOND_CHECK_IN, "2026-03-25T09:00"))),
        [], CHICAGO, "2026-04-27T09:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_question_goes_out_when_the_documents_say(case: str) -> None:
    application, holidays, zone, expected = CASES[case]
    held = application.rounds[0].at
    assert isinstance(held, datetime)
    linked = Message(Kind.LINKEDIN, held + timedelta(hours=50), "Priya Raman")
    thanked = Message(Kind.THANK_YOU, held + timedelta(hours=5), "Priya Raman")
    before = application.sent or (thanked,)
    application = application._replace(sent=(*before, linked))
    now = max(held + timedelta(hours=51), *(m.at + timedelta(hours=1) for m in application.sent))
    steps = plan([application], now, free=lambda day: day in holidays, zone=zone)
    nudges = [s for s in steps if s.kind in {Kind.CHECK_IN, Kind.SECOND_CHECK_IN} and s.standing is not Standing.LATER]
    assert [f"{s.begins:%Y-%m-%dT%H:%M}" for s in nudges] == [expected]
    assert all(s.sources for s in steps)


@pytest.mark.parametrize(
    ("when", "begins", "until"),
    [
        ("2026-03-10T10:00", "2026-03-10T13:00", "2026-03-12T10:00"),
        ("2026-03-10T14:30", "2026-03-11T09:00", "2026-03-12T14:30"),
        ("2026-03-06T14:30", "2026-03-07T09:00", "2026-03-08T15:30"),  # the clocks go forward on the 8th: 48 hours
    ],
)
def test_thanks_go_out_that_afternoon_or_next_morning_and_within_two_days(when: str, begins: str, until: str) -> None:
    held = at(when)
    thanks = step(plan([firm(when)], held + timedelta(hours=1), zone=CHICAGO), Kind.THANK_YOU)
    assert (thanks.begins, thanks.until) == (at(begins), at(until))


def test_each_interviewer_is_thanked_apart_and_nobody_twice() -> None:
    application = firm(interviewers=(PRIYA, SAMIR), recruiter=Contact("Tom Okafor"), sent=THANKED)
    steps = plan([application], at("2026-03-10T16:00"), zone=CHICAGO)
    assert [s.to for s in steps if s.kind is Kind.THANK_YOU] == [SAMIR]
    assert step(steps, Kind.CHECK_IN).to == Contact("Tom Okafor")  # 004.9: let your recruiter follow up
    alone = firm(interviewers=(), recruiter=Contact("Tom Okafor"))
    assert step(plan([alone], at("2026-03-10T16:00")), Kind.THANK_YOU).to == Contact("Tom Okafor")


def test_thanks_become_late_and_are_then_let_go() -> None:
    standings = [
        [s.standing for s in plan([firm()], at(now)) if s.kind is Kind.THANK_YOU]
        for now in ("2026-03-10T11:30", "2026-03-11T10:00", "2026-03-12T12:00", "2026-03-14T12:00")
    ]
    assert standings == [[Standing.WAIT], [Standing.DUE], [Standing.LATE], []]


def test_an_interview_to_come_brings_its_questions_and_no_nudge() -> None:
    application = firm(rounds=(Round(at("2026-03-10T10:00")), Round(at("2026-03-20T10:00"))), sent=THANKED)
    steps = plan([application], at("2026-03-18T10:00"))
    assert [s.kind for s in steps] == [Kind.LINKEDIN, None, Kind.THANK_YOU]
    assert "next steps" in steps[1].what and steps[1].sources == ("001.1", "004.1", "004.2", "004.4")


def test_what_was_talked_about_is_to_be_written_down_at_once() -> None:
    silent = firm(topics=())
    first = plan([silent], at("2026-03-10T12:00"))[0]
    assert (first.name, first.sources) == ("notes", ("001.3", "004.6"))
    assert all(s.name != "notes" for s in plan([silent], at("2026-03-12T12:00")))


def test_an_open_invitation_or_an_old_concern_never_holds_a_question_back() -> None:
    """The date stays where the documents put it, on whatever day the plan is asked for."""
    waiting = firm(promised=date(2026, 3, 20), sent=THANKED, concerns=(Note("no Postgres"),))
    for now in ("2026-03-19T10:00", "2026-03-23T10:00", "2026-03-27T10:00", "2026-04-20T10:00"):
        asked = step(plan([waiting], at(now)), Kind.CHECK_IN)
        assert asked.begins == at("2026-03-23T09:00")
        assert asked.standing is (Standing.WAIT if now < "2026-03-23" else Standing.DUE)


def test_the_week_is_counted_from_thanks_that_are_still_to_go_out() -> None:
    met = firm("2026-03-10T14:30", interviewers=(PRIYA, SAMIR))  # thanks the next morning
    asked = step(plan([met], at("2026-03-10T16:00")), Kind.CHECK_IN)
    assert asked.begins == at("2026-03-18T09:00") and "a week after your thanks" in asked.why
    late = step(plan([met._replace(sent=THANKED)], at("2026-03-12T10:00")), Kind.CHECK_IN)  # Samir's are still open
    assert late.begins == at("2026-03-19T09:00")


def test_without_a_thank_you_the_week_counts_from_the_interview_and_says_so() -> None:
    asked = step(plan([firm()], at("2026-03-16T10:00")), Kind.CHECK_IN)
    assert asked.begins == at("2026-03-17T09:00") and "a week after the interview" in asked.why


def test_a_concern_is_answered_and_a_refusal_thanked_for() -> None:
    doubted = firm(concerns=(Note("no Postgres"), Note("far away", answered=True)))
    steps = plan([doubted], at("2026-03-11T10:00"))
    assert [s.what for s in steps if s.kind is Kind.CONCERN_REPLY] == ["Answer the concern: no Postgres"]
    refused = firm(status=Status.REJECTED, since=date(2026, 3, 12))
    assert [s.kind for s in plan([refused], at("2026-03-12T15:00"))] == [Kind.POST_REJECTION]
    answered = refused._replace(sent=(sent(Kind.POST_REJECTION, "2026-03-12T16:00"),))
    assert plan([answered], at("2026-03-13T10:00")) == ()
    assert plan([firm(status=Status.ACCEPTED)], at("2026-03-11T10:00")) == ()


def test_after_a_refusal_each_interviewer_is_thanked_apart_and_the_step_says_since_when() -> None:
    refused = firm(interviewers=(PRIYA, SAMIR), status=Status.REJECTED, since=date(2026, 3, 12))
    steps = plan([refused], at("2026-03-12T15:00"))
    assert [(s.kind, s.to) for s in steps] == [(Kind.POST_REJECTION, PRIYA), (Kind.POST_REJECTION, SAMIR)]
    assert all("They said no on Thu 12 March" in s.why and s.begins == at("2026-03-12T00:00") for s in steps)
    thanked = refused._replace(sent=(sent(Kind.POST_REJECTION, "2026-03-12T16:00"),))
    assert [s.to for s in plan([thanked], at("2026-03-13T10:00"))] == [SAMIR]
    assert plan([refused], at("2026-03-27T10:00")) == ()
    (unknown,) = plan([firm(status=Status.REJECTED)], at("2026-03-12T15:00"))
    assert unknown.why.startswith("A refusal is thanked for too")


def test_thanks_name_the_hour_until_which_they_are_good() -> None:
    def why(now: str, when: str = "2026-03-10T10:00", zone: ZoneInfo = CHICAGO) -> str:
        return step(plan([firm(when)], at(now), zone=zone), Kind.THANK_YOU).why

    assert "within 24 hours (until tomorrow 10:00) is good" in why("2026-03-10T12:00")
    assert "(until today 10:00)" in why("2026-03-11T08:00")
    assert "(until tomorrow 20:30)" in why("2026-03-10T12:00", zone=KOLKATA)
    assert "until" not in why("2026-03-11T12:00")
    assert "(until Thu 12 March 10:00)" in why("2026-03-10T12:00", "2026-03-11T10:00")
    undated = firm(rounds=(Round(date(2026, 3, 10)),))
    assert "until" not in step(plan([undated], at("2026-03-10T18:00")), Kind.THANK_YOU).why


def test_steps_stand_in_the_order_of_their_moments_when_the_clocks_go_back() -> None:
    """Half past one in summer time is before a quarter past one in winter time."""
    first, second = datetime(2026, 11, 1, 1, 30, tzinfo=CHICAGO), datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=CHICAGO)
    coming = [firm()._replace(id=n, rounds=(Round(when),)) for n, when in enumerate((second, first), 1)]
    steps = plan(coming, at("2026-10-31T10:00"), zone=CHICAGO)
    assert [s.application.id for s in steps if s.kind is None] == [2, 1]


def test_after_three_messages_letting_go_is_said() -> None:
    many = firm(
        sent=tuple(sent(Kind.CHECK_IN, f"2026-{month:02}-18T09:00") for month in (3, 4, 5)), promised=date(2026, 3, 17)
    )
    last = step(plan([many], at("2026-05-19T10:00")), Kind.CHECK_IN)
    assert "let it go" in last.what and "001.16" in last.sources


MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 3, 1), timezones=st.sampled_from([CHICAGO, LONDON, KOLKATA])
)
MESSAGES = st.builds(
    Message, st.sampled_from([Kind.THANK_YOU, Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.LINKEDIN, Kind.CONCERN_REPLY]),
    MOMENTS, st.sampled_from([None, "Priya Raman", "Samir Khan", "Tom Okafor"]),
)  # fmt: skip
ROUNDS = st.lists(MOMENTS.map(Round), max_size=3)
APPLICATIONS = st.builds(
    partial(Application),  # of the class itself every field would be drawn, zones that are none among them
    company=st.just("Northwind"),
    interviewers=st.sampled_from([(), (PRIYA,), (PRIYA, SAMIR)]),
    recruiter=st.sampled_from([None, Contact("Tom Okafor")]),
    rounds=ROUNDS.map(lambda rounds: tuple(sorted(rounds, key=lambda r: r.at))),
    concerns=st.sampled_from([(), (Note("far away"),)]),
    promised=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 3, 1))),
    status=st.sampled_from(list(Status)),
    sent=st.lists(MESSAGES, max_size=5).map(lambda sent: tuple(sorted(sent, key=lambda m: m.at))),
    id=st.just(1),
)
NUDGES = {Kind.CHECK_IN, Kind.SECOND_CHECK_IN}
WAITING = {*NUDGES, Kind.LINKEDIN}


@settings(max_examples=400, deadline=None)
@given(APPLICATIONS, MOMENTS)
def test_whatever_is_in_the_log_nobody_gets_two_messages_within_the_intervals(a: Application, now: datetime) -> None:
    """As if each step were followed at its first moment, on top of what went out already."""
    a = a._replace(sent=tuple(m for m in a.sent if m.at <= now))
    steps = [s for s in plan([a], now) if s.kind is not None]
    nudged = sorted(m.at for m in a.sent if m.kind in NUDGES)
    mine = sorted(max(s.begins, now) for s in steps if s.kind in NUDGES)
    held = [r.at for r in a.rounds if r.at <= now]
    for when in mine:
        before = [m for m in (*nudged, *mine) if m < when and m >= held[-1]]
        if before:
            gap = INTERVALS["again" if len(before) == 1 else "monthly"]
            zone = held[-1].tzinfo
            days = (when.astimezone(zone).date() - before[-1].astimezone(zone).date()).days
            assert days >= gap, (before, when)
    for zone in (held[-1].tzinfo, now.tzinfo) if held else ():
        assert all(max(s.begins, now).astimezone(zone).weekday() < 5 for s in steps if s.kind in WAITING)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(APPLICATIONS, min_size=1, max_size=3), MOMENTS, st.sampled_from([CHICAGO, KOLKATA, AUCKLAND]),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=20),
)  # fmt: skip
def test_nobody_gets_two_messages_too_soon_after_each_other_from_all_applications_together(
    applications: list[Application], now: datetime, zone: ZoneInfo, holidays: set[date]
) -> None:
    """A week between two questions, two days before anything else; thanks and answers do not wait."""
    applications = [
        a._replace(id=n, sent=tuple(m for m in a.sent if m.at <= now)) for n, a in enumerate(applications, 1)
    ]
    steps = [s for s in plan(applications, now, free=holidays.__contains__, zone=zone) if s.kind is not None]
    for day in (max(s.begins, now).astimezone(zone).date() for s in steps if s.kind in WAITING):
        assert day.weekday() < 5 and day not in holidays
    for person in {s.to for s in steps if s.to is not None}:
        reached = [m for a in applications if person in a.people for m in a.sent if m.to in {None, person.name}]
        times = [(m.at, m.kind, False) for m in reached]
        times += [(max(s.begins, now), s.kind, True) for s in steps if s.to == person and s.kind is not None]
        for later, kind, planned in times:
            before = [(t, k) for t, k, p in times if t < later or (t == later and (k not in WAITING or not p))]
            if not planned or kind not in WAITING:
                continue
            for earlier, other in before:
                days = INTERVALS["again" if {kind, other} <= NUDGES else "linkedin"]
                grace = timedelta(hours=15) if days == 7 else timedelta(hours=1)  # a week is counted in mornings
                assert later - earlier >= timedelta(days=days) - grace, (earlier, other, later, kind)
        at_once = [t for t, kind, planned in times if planned and kind in WAITING]
        assert len(at_once) == len(set(at_once))


@settings(max_examples=300, deadline=None)
@given(APPLICATIONS.filter(lambda a: bool(a.rounds)), st.integers(1, 200))
def test_where_nothing_was_promised_a_week_lies_between_all_thanks_and_the_question(a: Application, hours: int) -> None:
    """Whether the thanks went out or are to go out, as if each did at its first moment."""
    now = max(r.at for r in a.rounds if isinstance(r.at, datetime)) + timedelta(hours=hours)
    held = [r.at for r in a.rounds]
    a = a._replace(promised=None, sent=tuple(m for m in a.sent if m.at <= now and m.kind is Kind.THANK_YOU))
    steps = plan([a], now)
    thanked = [m.at for m in a.sent if m.at >= held[-1]]
    thanked += [max(s.begins, now) for s in steps if s.kind is Kind.THANK_YOU]
    for s in steps:
        if s.kind is Kind.CHECK_IN and s.nth == 0:
            there = held[-1].tzinfo
            assert all((s.begins.astimezone(there).date() - t.astimezone(there).date()).days >= 7 for t in thanked)


@settings(max_examples=200, deadline=None)
@given(APPLICATIONS, MOMENTS)
def test_nothing_is_asked_before_the_promised_date_is_over(a: Application, now: datetime) -> None:
    steps = plan([a], now)
    held = [r.at for r in a.rounds if r.at <= now]
    for s in steps:
        if s.kind in NUDGES and a.promised is not None and a.promised >= held[-1].date():
            assert s.begins.astimezone(held[-1].tzinfo).date() > a.promised
        assert s.until is None or s.until > s.begins or s.standing is not Standing.DUE


def test_a_calendar_entry_stays_the_same_when_the_plan_changes(tmp_path: Path) -> None:
    application = firm(sent=THANKED)
    now = at("2026-03-12T08:00")
    first, entries = calendar(plan([application], now), {}, now)
    again, same = calendar(plan([application], now), entries, now)
    promised = application._replace(promised=date(2026, 3, 27))
    third, moved = calendar(plan([promised], now), same, now)
    gone, cancelled = calendar(plan([application._replace(status=Status.ACCEPTED)], now), moved, now)
    assert same == entries and first == again
    by_uid = [{str(e["uid"]): e for e in Calendar.from_ical(data).walk("VEVENT")} for data in (first, third, gone)]
    assert by_uid[0].keys() == by_uid[1].keys() == by_uid[2].keys()
    changed = [uid for uid in by_uid[0] if by_uid[0][uid]["dtstart"].dt != by_uid[1][uid]["dtstart"].dt]
    assert changed and all(by_uid[1][uid]["sequence"] == 1 for uid in changed)
    assert all(by_uid[0][uid]["sequence"] == 0 for uid in by_uid[0])
    assert {str(e["status"]) for e in by_uid[2].values()} == {"CANCELLED"}
    kept, same_still = calendar((), cancelled, now)  # a calendar that missed it gets it again, unchanged
    assert same_still == cancelled and kept.count(b"CANCELLED") == len(cancelled)
    assert b"VEVENT" not in calendar((), cancelled, now + timedelta(days=200))[0]
    for line in first.split(b"\r\n"):
        assert len(line) <= 75
    assert first.count(b"DTSTAMP") == first.count(b"BEGIN:VEVENT") and b"\n" not in first.replace(b"\r\n", b"")


def test_khal_reads_the_calendar(tmp_path: Path) -> None:
    """A calendar that people use, from the command line."""
    now = at("2026-03-10T11:00")
    data, _ = calendar(plan([firm(interviewers=(PRIYA, SAMIR))], now), {}, now)
    file = tmp_path / "plan.ics"
    file.write_bytes(data)
    home = tmp_path / "home"
    (home / "calendar").mkdir(parents=True)
    config = tmp_path / "config"
    config.write_text(
        f"[calendars]\n[[mine]]\npath = {home / 'calendar'}\n[sqlite]\npath = {home / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )
    khal = [str(Path(sys.executable).parent / "khal"), "--config", str(config)]
    subprocess.run([*khal, "import", "--batch", str(file)], check=True, capture_output=True)
    subprocess.run([*khal, "import", "--batch", str(file)], check=True, capture_output=True)
    shown = subprocess.run(
        [*khal, "list", "2026-03-10", "60d", "--format", "{title}"], check=True, capture_output=True, text=True
    ).stdout
    assert "Thank you: Priya Raman (Northwind – Data Engineer)" in shown and "Linkedin: Samir Khan (" in shown
    assert len(list((home / "calendar").glob("*.ics"))) == data.count(b"BEGIN:VEVENT")


def test_the_plan_at_a_terminal_puts_what_is_due_on_top_and_fits_80_columns() -> None:
    now = at("2026-03-10T16:00")
    application = firm(interviewers=(PRIYA, SAMIR))._replace(role="Engineer " * 12)
    shown = render(plan([application], now, zone=CHICAGO), now)
    assert shown.startswith("As of Tue 10 March 2026, 16:00 CDT; numbers in brackets: docs/advice.md\n\nNow\n")
    assert shown.index("thank you to Priya") < shown.index("Wait\n") < shown.index("If nothing comes")
    assert "wait until Fri 13 March 2026" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert render((), now) == "Nothing to send, and nothing to wait for."


def test_the_command_writes_json_and_a_calendar(tmp_path: Path) -> None:
    file, ics = tmp_path / "log.sqlite3", tmp_path / "plan.ics"
    with opened(file) as log:
        log.add(firm(id=None))
    flags = ["--log", str(file), "--at", "2026-03-11T16:00", "--zone", "Asia/Kolkata"]
    done = CliRunner().invoke(app, ["plan", "--format", "json", "--ics", str(ics), *flags])
    steps = json.loads(done.stdout)
    assert steps[0]["kind"] == "thank_you" and steps[0]["begins"].endswith("+05:30")
    assert Calendar.from_ical(ics.read_bytes())["version"] == "2.0"
    stepped = CliRunner().invoke(app, ["plan", "--country", "US", *flags])
    assert stepped.exit_code == 0, stepped.exception
    for wrong in (["--country", "XX"], ["--zone", "Nowhere"], ["--format", "xml"], ["--ics", "/nowhere/x.ics"]):
        assert CliRunner().invoke(app, ["plan", *flags[:4], *wrong]).exit_code == 1
    assert as_dicts(()) == []


def test_one_answer_goes_to_all_concerns_and_is_let_go_after_a_week() -> None:
    doubted = firm(concerns=(Note("no Postgres"), Note("far away")))
    (reply,) = [s for s in plan([doubted], at("2026-03-11T10:00")) if s.kind is Kind.CONCERN_REPLY]
    assert reply.what == "Answer the concern: no Postgres; far away" and reply.standing is Standing.DUE
    assert step(plan([doubted], at("2026-03-15T10:00")), Kind.CONCERN_REPLY).standing is Standing.LATE
    assert all(s.kind is not Kind.CONCERN_REPLY for s in plan([doubted], at("2026-03-18T10:00")))
    replied = doubted._replace(sent=(sent(Kind.CONCERN_REPLY, "2026-03-11T09:00"),))
    assert all(s.kind is not Kind.CONCERN_REPLY for s in plan([replied], at("2026-03-11T10:00")))


def test_a_recruiter_of_two_applications_is_not_asked_twice_at_once() -> None:
    tom = Contact("Tom Okafor", None, "tom@agency.example")
    first = firm(
        interviewers=(),
        recruiter=tom,
        promised=date(2026, 3, 20),
        sent=(sent(Kind.THANK_YOU, "2026-03-10T15:00", None),),
    )
    second = first._replace(company="Halden", id=2)
    asked = sorted(
        s.begins for s in plan([first, second], at("2026-03-19T10:00")) if s.kind is Kind.CHECK_IN and s.nth == 0
    )
    assert asked == [at("2026-03-23T09:00"), at("2026-03-30T09:00")]


def test_a_question_that_is_due_now_holds_back_that_of_another_application_to_the_same_person() -> None:
    tom = Contact("Tom Okafor", None, "tom@agency.example")
    due = firm(interviewers=(), recruiter=tom, promised=date(2026, 3, 16))
    soon = due._replace(company="Halden", id=2, promised=date(2026, 3, 18), recruiter=Contact("Tom Okafor"))
    for order in ([due, soon], [soon, due]):
        steps = [s for s in plan(order, at("2026-03-18T10:00")) if s.kind is Kind.CHECK_IN and s.nth == 0]
        assert [(s.application.company, s.begins) for s in steps] == [
            ("Northwind", at("2026-03-17T09:00")), ("Halden", at("2026-03-25T09:00")),
        ]  # fmt: skip
        assert [s.why.endswith("Another message to them comes first.") for s in steps] == [False, True]


def test_where_only_the_recruiter_has_an_address_they_are_thanked() -> None:
    application = firm(recruiter=Contact("Tom Okafor", None, "tom@agency.example"))
    assert step(plan([application], at("2026-03-10T16:00")), Kind.THANK_YOU).to == application.recruiter
    nobody = firm(interviewers=())
    assert "whoever interviewed you" in step(plan([nobody], at("2026-03-10T16:00")), Kind.THANK_YOU).what


def test_a_plan_of_one_application_goes_on_from_the_entries_that_went_out(tmp_path: Path) -> None:
    file, ics = tmp_path / "log.sqlite3", tmp_path / "plan.ics"
    run = CliRunner().invoke
    flags = ["--log", str(file), "--at", "2026-03-12T16:00"]
    with opened(file) as log:
        log.add(firm(id=None, sent=THANKED))
        log.add(firm(id=None)._replace(company="Halden"))
    run(app, ["plan", "--ics", str(ics), *flags])
    first = {str(e["uid"]): e for e in Calendar.from_ical(ics.read_bytes()).walk("VEVENT")}
    run(app, ["interview", "edit", "northwind", "--promised", "2026-03-27", "--log", str(file)])
    run(app, ["plan", "northwind", "--ics", str(ics), *flags])
    second = {str(e["uid"]): e for e in Calendar.from_ical(ics.read_bytes()).walk("VEVENT")}
    assert second.keys() < first.keys()
    assert {e["sequence"] for uid, e in second.items() if e["dtstart"].dt != first[uid]["dtstart"].dt} == {1}
    run(app, ["interview", "edit", "northwind", "--status", "accepted", "--log", str(file)])
    for _ in range(2):
        run(app, ["plan", "northwind", "--ics", str(ics), *flags])
        gone = {str(e["uid"]): e for e in Calendar.from_ical(ics.read_bytes()).walk("VEVENT")}
        assert gone.keys() == second.keys() and {str(e["status"]) for e in gone.values()} == {"CANCELLED"}
    assert ics.stat().st_mode & 0o777 == 0o600


def test_the_plan_of_one_application_knows_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    shared = firm(id=None, interviewers=(), recruiter=Contact("Tom Okafor"), promised=date(2026, 3, 20))
    with opened(file) as log:
        log.add_all([shared, shared._replace(company="Halden")])
    flags = ["--log", str(file), "--at", "2026-03-19T10:00", "--zone", "America/Chicago", "--format", "json"]
    whole, one = (json.loads(CliRunner().invoke(app, ["plan", *more, *flags]).stdout) for more in ([], ["halden"]))
    assert one == [s for s in whole if s["application"]["company"] == "Halden"]
    assert asked_from(one) == "2026-03-30T09:00:00-05:00"


def test_a_round_without_a_zone_follows_the_clocks_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added before the clocks go forward, planned after: nine is nine."""
    import tzlocal

    monkeypatch.setattr(tzlocal, "get_localzone", lambda: CHICAGO)
    log = ["--log", str(tmp_path / "log.sqlite3")]
    run = CliRunner().invoke
    run(app, ["interview", "add", "--company", "A", "--round", "2026-03-06T14:00", "--promised", "2026-03-13", *log])
    shown = run(app, ["plan", "--format", "json", "--at", "2026-03-07T10:00", *log]).stdout
    assert asked_from(json.loads(shown)) == "2026-03-16T09:00:00-05:00"


def asked_from(steps: list[dict[str, object]]) -> object:
    return next(s["begins"] for s in steps if s["kind"] == "check_in")


def test_public_holidays_of_a_country_are_stepped_over(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    thanked = (sent(Kind.THANK_YOU, "2026-11-17T14:00"),)
    with opened(file) as log:
        log.add(firm("2026-11-17T10:00", id=None, promised=date(2026, 11, 25), sent=thanked))
    flags = ["--log", str(file), "--at", "2026-11-20T10:00", "--zone", "America/Chicago", "--format", "json"]
    plans = [CliRunner().invoke(app, ["plan", *more, *flags]).stdout for more in ([], ["--country", "US"])]
    begins = [asked_from(json.loads(shown)) for shown in plans]
    assert begins == ["2026-11-26T09:00:00-06:00", "2026-11-27T09:00:00-06:00"]  # Thanksgiving


@pytest.mark.parametrize(
    ("country", "begins"),
    [
        ("GB-SCT", "2026-12-01T09:00:00+00:00"),  # St Andrew's Day is a holiday in Scotland alone
        ("gb/sct", "2026-12-01T09:00:00+00:00"),
        ("GB-ENG", "2026-11-30T09:00:00+00:00"),
        ("GB", "2026-11-30T09:00:00+00:00"),
    ],
)
def test_a_part_of_a_country_has_holidays_of_its_own(country: str, begins: str, tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    thanked = (sent(Kind.THANK_YOU, "2026-11-17T14:00", zone=LONDON),)
    with opened(file) as log:
        log.add(firm("2026-11-17T10:00", LONDON, id=None, promised=date(2026, 11, 28), sent=thanked))
    flags = ["--log", str(file), "--at", "2026-11-25T10:00", "--zone", "Europe/London", "--format", "json"]
    assert asked_from(json.loads(CliRunner().invoke(app, ["plan", "--country", country, *flags]).stdout)) == begins


@pytest.mark.parametrize(
    ("country", "choices"),
    [("XX", ", DE, "), ("GB-XX", "there are ENG, NIR, SCT, WLS"), ("SG-1", "none of its parts")],
)
def test_a_country_that_is_none_is_told_what_there_is(country: str, choices: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["plan", "--country", country, "--log", str(tmp_path / "log.sqlite3")])
    assert isinstance(done.exception, ReviewerError) and choices in str(done.exception)


def test_on_a_saturday_questions_and_invitations_wait_for_monday_and_thanks_do_not() -> None:
    saturday = at("2026-03-21T10:00")
    due = firm("2026-03-17T10:00", promised=date(2026, 3, 19), sent=(sent(Kind.THANK_YOU, "2026-03-17T15:00"),))
    steps = plan([due], saturday)
    asked = step(steps, Kind.CHECK_IN)
    assert (asked.begins, asked.standing) == (at("2026-03-23T09:00"), Standing.WAIT)
    stepped = plan([due], saturday, free=lambda day: day == date(2026, 3, 23))
    assert step(stepped, Kind.CHECK_IN).begins == at("2026-03-24T09:00")
    met = firm("2026-03-19T10:00", sent=(sent(Kind.THANK_YOU, "2026-03-19T15:00"),))
    invitation = step(plan([met], saturday), Kind.LINKEDIN)
    assert (invitation.begins, invitation.standing) == (at("2026-03-23T09:00"), Standing.WAIT)
    thanks = step(plan([firm("2026-03-20T10:00")], saturday), Kind.THANK_YOU)
    assert (thanks.begins, thanks.standing) == (at("2026-03-20T13:00"), Standing.DUE)


def test_a_day_counts_as_working_where_both_the_employer_and_the_user_are() -> None:
    """Monday at nine in Auckland is Sunday evening in London."""
    far = firm("2026-03-10T10:00", AUCKLAND, promised=date(2026, 3, 20))
    now = at("2026-03-19T10:00", LONDON)
    asked = step(plan([far], now, zone=LONDON), Kind.CHECK_IN)
    assert asked.begins == at("2026-03-24T09:00", AUCKLAND)
    assert step(plan([far], now, zone=AUCKLAND), Kind.CHECK_IN).begins == at("2026-03-23T09:00", AUCKLAND)
