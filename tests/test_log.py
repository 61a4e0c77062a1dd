"""The log of applications: nothing lost, nobody else's to read, and the review that finds its facts there."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from reviewer import Kind
from reviewer.applications import Application, Contact, Message, Note, Round, Status, context_of
from reviewer.cli.app import app_for
from reviewer.errors import LogError, ReviewerError
from reviewer.language.moments import in_full
from reviewer.log import as_dict, from_dict, opened

app = app_for(())

NOW = datetime.fromisoformat("2026-03-12T09:00-05:00")
WHOLE = Application(
    "Northwind Labs",
    "Data Engineer",
    Status.OPEN,
    None,
    (Contact("Priya Raman", "Engineering Manager", "priya@northwind.example"), Contact("Samir Khan")),
    Contact("Tom Okafor", None, "tom@agency.example"),
    (Round(datetime.fromisoformat("2026-03-10T10:00-05:00"), "America/Chicago"), Round(date(2026, 3, 20))),
    ("ledger migration", "on-call rota"),
    (Note("no Postgres at work"), Note("far from the office", answered=True)),
    date(2026, 3, 27),
    "in two weeks or so",
    "email",
    "bring the drawings",
    (
        Message(
            Kind.THANK_YOU, datetime.fromisoformat("2026-03-10T18:00-05:00"), "Priya Raman", "Thank you", "Hi Priya"
        ),
    ),
)


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


def test_what_goes_in_comes_out_and_the_file_is_the_users_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "log.sqlite3"
    with opened(file) as log:
        added = log.add(WHOLE)
        assert log.all() == [added] and as_dict(added) == as_dict(WHOLE)
    with opened(file) as log:
        assert as_dict(log.find("northwind")) == as_dict(WHOLE)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == {0o600} and stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_json_goes_out_and_comes_back(tmp_path: Path) -> None:
    assert from_dict(json.loads(json.dumps(as_dict(WHOLE))), where="f") == WHOLE
    for wrong, key in (({"company": 3}, "company"), ({"company": "A", "colour": 1}, "colour"), ([], "the application")):
        with pytest.raises(LogError, match=f"f: {key}"):
            from_dict(wrong, where="f")


def test_a_name_has_to_tell_which_is_meant() -> None:
    with opened(":memory:") as log:
        log.add(WHOLE)
        log.add(Application("Northwind Bakery"))
        assert log.find("priya").company == "Northwind Labs" and log.find("2").company == "Northwind Bakery"
        with pytest.raises(LogError, match="more than one is called so; say which: 1: Northwind Labs"):
            log.find("northwind")
        with pytest.raises(LogError, match="there are 1: Northwind Labs"):
            log.find("halden")


WRITER = """
import sys
from reviewer.applications import Application
from reviewer.log import opened
for number in range(10_000):
    with opened(sys.argv[1]) as log:
        log.add(Application(f"{sys.argv[2]} {number}", topics=("one", "two", "three")))
    print(number, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02, 0.05, 0.1])
def test_killed_in_the_middle_of_writes_nothing_that_was_acknowledged_is_lost(tmp_path: Path, delay: float) -> None:
    file = tmp_path / "log.sqlite3"
    writing = subprocess.Popen([sys.executable, "-c", WRITER, str(file), "Firm"], stdout=subprocess.PIPE, text=True)
    assert writing.stdout is not None
    first = writing.stdout.readline()
    time.sleep(delay)
    writing.send_signal(signal.SIGKILL)
    said = [first, *writing.stdout.read().splitlines()]
    acknowledged = {int(line) for line in said if line.strip().isdigit()}
    with opened(file) as log:
        there = log.all()
    numbers = {int(a.company.split()[1]) for a in there}
    assert acknowledged <= numbers and len(numbers - acknowledged) <= 1
    assert all(a.topics == ("one", "two", "three") for a in there)
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_processes_at_once_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    code = WRITER.replace("10_000", "25")
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(file), name], stdout=subprocess.DEVNULL) for name in "AB"
    ]
    assert [w.wait(timeout=60) for w in writers] == [0, 0]
    with opened(file) as log:
        assert len({a.company for a in log.all()}) == 50


def test_a_damaged_file_a_newer_one_and_a_read_only_folder_are_left_alone(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite3"
    damaged.write_bytes(b"SQLite format 3\x00" + b"\x07" * 4000)
    before = damaged.read_bytes()
    with pytest.raises(LogError, match=r"damaged\.sqlite3: .*nothing was changed"), opened(damaged) as log:
        log.all()
    assert damaged.read_bytes() == before
    newer = tmp_path / "newer.sqlite3"
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LogError, match="made by a newer reviewer"), opened(newer):
        pass
    blocked = tmp_path / "a-file"
    blocked.write_text("", "utf-8")
    with pytest.raises(LogError, match="give a path that can be written"), opened(blocked / "log.sqlite3"):
        pass


RESTRICTED = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []  # as others


@pytest.mark.skipif(bool(RESTRICTED) and shutil.which("setpriv") is None, reason="root may write anywhere")
def test_what_cannot_be_written_is_read_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with opened(folder / "log.sqlite3") as log:
        log.add(WHOLE)
    before = (folder / "log.sqlite3").read_bytes()

    def tried(*arguments: str, file: str = "log.sqlite3") -> tuple[int, str]:
        command = [*RESTRICTED, sys.executable, "-m", "reviewer", *arguments, "--log", str(folder / file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    folder.chmod(0o500)
    try:
        for mode in (0o600, 0o400):
            (folder / "log.sqlite3").chmod(mode)
            assert "Northwind Labs" in tried("interview", "list")[1]
            code, said = tried("interview", "edit", "northwind", "--topic", "x")
            assert code == 2 and "readonly database; is the folder writable" in said
        assert "give a path that can be written" in tried("interview", "list", file="other.sqlite3")[1]
    finally:
        folder.chmod(0o700)
    assert (folder / "log.sqlite3").read_bytes() == before and len(list(folder.iterdir())) == 1


def test_a_change_sees_what_another_process_has_changed(tmp_path: Path) -> None:

    file = tmp_path / "log.sqlite3"
    with opened(file) as one, opened(file) as other:
        added = one.add(Application("Northwind"))
        assert added.id is not None
        other.change(added.id, lambda a: a._replace(role="Data Engineer"))
        one.change(added.id, lambda a: a._replace(notes="n"))
        assert (one.all()[0].role, one.all()[0].notes) == ("Data Engineer", "n")
        other.remove(added)
        with pytest.raises(LogError, match="is gone"):
            one.change(added.id, lambda a: a)


def test_thanks_count_for_the_one_who_was_thanked_and_nudges_for_all() -> None:

    nudge = Message(Kind.CHECK_IN, datetime.fromisoformat("2026-03-11T09:00-05:00"), "Priya Raman")
    application = WHOLE._replace(sent=(*WHOLE.sent, nudge))
    to_priya, to_samir = (context_of(application, now=NOW, to=name).sent for name in ("Priya Raman", "Samir"))
    assert [s.kind for s in to_priya] == [Kind.THANK_YOU, Kind.CHECK_IN]
    assert [s.kind for s in to_samir] == [Kind.CHECK_IN]
    assert to_priya[0].text == "Hi Priya"


def test_an_application_is_added_changed_and_shown_with_days_in_full(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    added = run(
        "interview", "add", "--company", "Northwind Labs", "--interviewer", "Priya Raman <p@x.example>, Head of Data",
        "--round", "2026-03-10T10:00", "--zone", "America/Chicago", "--promised", "2026-03-20", *log,
    )  # fmt: skip
    assert added.exit_code == 0
    assert "round: Tuesday 10 March 2026, 10:00 CDT (America/Chicago)" in added.stdout
    assert "interviewer: Priya Raman <p@x.example>, Head of Data" in added.stdout
    run("interview", "edit", "northwind", "--topic", "rota", "--concern", "no SQL", "--status", "rejected", *log)
    run("interview", "edit", "priya", "--answered", "sql", *log)
    shown = run("interview", "show", "1", *log).stdout
    assert "topic: rota" in shown and "concern: no SQL (answered)" in shown and "status: rejected since" in shown
    assert "1  Northwind Labs\n     rejected, interview Tuesday" in run("interview", "list", *log).stdout
    whole = run("interview", "export", *log).stdout
    other = ["--log", str(tmp_path / "other.sqlite3")]
    assert run("interview", "import", "-", *other, given=whole).stdout == "1 application added\n"
    assert run("interview", "export", *other).stdout == whole
    assert run("interview", "remove", "1", "--yes", *log).exit_code == 0
    assert "No application yet" in run("interview", "list", *log).stdout


def test_a_zone_given_afterwards_leaves_the_hours_as_they_are(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    run("interview", "add", "--company", "A", "--round", "2026-03-10T10:00", "--round", "2026-07-10",
        "--zone", "Europe/London", *log)  # fmt: skip
    done = run("interview", "edit", "A", "--zone", "America/Chicago", *log)
    assert "round: Tuesday 10 March 2026, 10:00 CDT (America/Chicago)" in done.stdout
    assert "round: Friday 10 July 2026 (America/Chicago)" in done.stdout
    assert "The hours of the rounds are as they were, and in America/Chicago now." in done.stdout
    (whole,) = json.loads(run("interview", "export", *log).stdout)
    assert whole["rounds"][0] == {"at": "2026-03-10T10:00:00-05:00", "zone": "America/Chicago"}
    added = run("interview", "edit", "A", "--zone", "Asia/Kolkata", "--round", "2026-08-03T10:00", *log).stdout
    assert "10:00 IST (Asia/Kolkata)" in added and "10:00 CDT (America/Chicago)" in added
    assert "no time zone is called so" in str(run("interview", "edit", "A", "--zone", "Chicago", *log).exception)
    run("interview", "add", "--company", "B", *log)
    assert "B has no round yet" in str(run("interview", "edit", "B", "--zone", "Asia/Kolkata", *log).exception)


def test_an_hour_with_an_offset_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten in Chicago is a morning, wherever the user is: thanks go out that afternoon."""
    monkeypatch.setattr("reviewer.language.moments.zone_here", lambda: ZoneInfo("Europe/London"))
    log = ["--log", str(tmp_path / "log.sqlite3")]
    added = run("interview", "add", "--company", "A", "--round", "2026-03-10T10:00-05:00", *log).stdout
    assert "round: Tuesday 10 March 2026, 10:00 UTC-05:00\n" in added
    steps = json.loads(run("plan", "--at", "2026-03-10T16:30", "--format", "json", *log).stdout)
    assert [s["begins"] for s in steps if s["kind"] == "thank_you"] == ["2026-03-10T18:00:00+00:00"]
    placed = run("interview", "add", "--company", "B", "--round", "2026-03-10T10:00", *log).stdout
    assert "10:00 GMT (Europe/London)" in placed


def test_a_status_can_be_given_from_the_start_and_stays_since_when_it_came(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    added = run("interview", "add", "--company", "A", "--status", "rejected", *log).stdout
    assert f"status: rejected since {in_full(date.today())}" in added
    data = [{"company": "B", "status": "rejected", "since": "2026-03-12"}]
    run("interview", "import", "-", *log, given=json.dumps(data))
    again = run("interview", "edit", "B", "--status", "rejected", *log).stdout
    assert "rejected since Thursday 12 March 2026" in again


def test_rounds_and_messages_stand_in_the_order_in_which_they_were(tmp_path: Path) -> None:
    """By the moment, not by the hour on the wall: half past nine in Kolkata is before eight in London."""
    early, late = "2026-03-10T09:30+05:30", "2026-03-10T08:00+00:00"
    data = {
        "company": "A",
        "rounds": [{"at": at} for at in (late, early)],
        "sent": [{"kind": kind, "at": at} for kind, at in (("check_in", late), ("thank_you", early))],
    }
    with opened(tmp_path / "log.sqlite3") as log:
        log.add(from_dict(data, where="f"))
        (found,) = log.all()
    assert [r.at for r in found.rounds] == [datetime.fromisoformat(early), datetime.fromisoformat(late)]
    assert [m.kind for m in found.sent] == [Kind.THANK_YOU, Kind.CHECK_IN]
    between = datetime.fromisoformat("2026-03-10T06:00+00:00")
    assert context_of(found, now=between).interviewed_at == found.rounds[0].at


def test_what_is_unclear_is_asked_back_and_never_guessed(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    for said, choices in (("Friday at 3pm", 2), ("next Friday", 2), ("3/12", 2), ("soon", 0), ("10am", 2)):
        done = run("interview", "add", "--company", "A", "--round", said, *log)
        assert done.exit_code == 1 and said.split()[-1].lower() in str(done.exception).lower()
        assert ("do you mean" if choices else "say it like") in str(done.exception)
        assert str(done.exception).count(" or ") == max(1, choices - 1)
    assert "No application yet" in run("interview", "list", *log).stdout
    run("interview", "add", "--company", "A", *log)
    for flag in ("--round", "--promised"):
        done = run("interview", "edit", "A", flag, "3/12", *log)
        assert isinstance(done.exception, ReviewerError) and "3 December" in str(done.exception)
    assert run("interview", "show", "A", *log).stdout == "A\n  status: open\n"


def test_a_vague_promise_is_kept_in_its_words_and_the_plan_says_how_long_it_waits(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    added = run("interview", "add", "--company", "A", "--round", "2026-03-10T10:00", "--promised", "Soon", *log)
    assert "promised: “Soon”, which names no day; the plan counts from your thanks" in added.stdout
    run("sent", "A", "--kind", "thank_you", "--at", "2026-03-10T15:00", *log)
    plans = [run("plan", "--at", "2026-03-12T10:00", "--format", "json", *log)]
    run("interview", "edit", "A", "--promised", "in a few weeks", *log)
    plans += [run("plan", "--at", "2026-03-12T10:00", "--format", "json", *log)]
    asked = [next(s for s in json.loads(p.stdout) if s["kind"] == "check_in") for p in plans]
    assert [(s["begins"][:10], s["why"]) for s in asked] == [
        ("2026-03-17", "They said “Soon”, which names no day: a week after your thanks."),
        ("2026-03-31", "They said “in a few weeks”, which names no day: three weeks after your thanks."),
    ]
    dated = run("interview", "edit", "A", "--promised", "2026-03-20", *log).stdout
    assert "promised: Friday 20 March 2026\n" in dated
    vague = run("interview", "edit", "A", "--promised", "soon", *log).stdout
    assert "20 March" not in vague


def test_a_broken_import_adds_nothing(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    broken = json.dumps([as_dict(WHOLE), {"company": 3}])
    done = run("interview", "import", "-", *log, given=broken)
    assert "application 2: company" in str(done.exception)
    assert "No application yet" in run("interview", "list", *log).stdout
    assert "expected what reviewer interview export writes" in str(
        run("interview", "import", "-", *log, given="{").exception
    )


MAIL = "To: Priya <priya@northwind.example>\nSubject: Jo Hart\n\nHi Priya,\n\nHow far along are you?\n\nJo Hart\n"


def test_a_review_takes_its_facts_from_the_log_by_name_or_by_recipient(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    with opened(file) as log:
        log.add(WHOLE)
        log.add(Application("Halden", interviewers=(Contact("Priya Nair", None, "nair@halden.example"),)))
    flags = ["--log", str(file), "--format", "json", "--sending", "2026-03-12T09:00-05:00"]
    for more in ([], ["--for", "northwind"]):
        done = run("review", "-", *more, *flags, given=MAIL)
        got = json.loads(done.stdout)
        assert got["record"] == "Northwind Labs – Data Engineer"
        assert "Known from the log: Northwind Labs – Data Engineer" in done.stderr
        assert any("promised Fri 27 March" in f["message"] for f in got["findings"])
    unknown = run("review", "-", *flags, given=MAIL.replace("priya@northwind.example", "x@y.example"))
    assert json.loads(unknown.stdout)["record"] is None  # two people are called Priya
    flag = run("review", "-", "--promised", "2026-03-11", *flags, given=MAIL)
    assert not any("promised" in f["message"] for f in json.loads(flag.stdout)["findings"])


def test_a_mail_stays_a_mail_in_an_application_on_linkedin(tmp_path: Path) -> None:

    file = tmp_path / "log.sqlite3"
    with opened(file) as log:
        log.add(WHOLE._replace(channel="linkedin"))
    long = MAIL.replace("How far along are you?", "How far along are you with the post? " * 12)
    flags = ["--for", "northwind", "--kind", "linkedin", "--format", "json", "--no-rewrite", "--log", str(file)]
    drafts = {"mail": long, "note": long.partition("\n\n")[2]}
    found = {
        what: {f["rule"] for f in json.loads(run("review", "-", *flags, given=draft).stdout)["findings"]}
        for what, draft in drafts.items()
    }
    assert "over-limit" in found["note"] and "over-limit" not in found["mail"]


def test_what_was_sent_is_seen_by_the_next_review(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    with opened(file) as log:
        log.add(WHOLE)
    done = run("review", "-", "--log", str(file), "--sent", "--kind", "check_in", given=MAIL)
    assert "Recorded: check in to Priya Raman" in done.stderr
    with opened(file) as log:
        last = log.all()[0].sent[-1]
    assert (last.kind, last.to, last.subject) == (Kind.CHECK_IN, "Priya Raman", "Jo Hart")
    assert last.text is not None and "How far along" in last.text
    run("review", "-", "--log", str(file), "--sent", "--no-text", "--kind", "added_value", given=MAIL)
    with opened(file) as log:
        assert [m.text for m in log.all()[0].sent if m.kind is Kind.ADDED_VALUE] == [None]
    run("sent", "northwind", "-", "--no-text", "--at", "2026-04-01T09:00", "--log", str(file), given=MAIL)
    with opened(file) as log:
        assert [m.text for m in log.all()[0].sent if m.at.month == 4] == [None]
    assert "say what went out" in str(run("sent", "northwind", "--log", str(file)).exception)


def test_mistakes_are_taken_out_and_people_corrected(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    run("interview", "add", "--company", "A", "--interviewer", "Pria Ramen <p@x.example>", "--topic", "rotta",
        "--round", "2026-03-10T10:00", "--promised", "2026-03-20", "--note", "n", *log)  # fmt: skip
    run("interview", "edit", "1", "--interviewer", "Priya Raman <p@x.example>, CTO", *log)
    run("interview", "edit", "1", "--drop", "rotta", "--drop", "2026-03-10", "--round", "2026-03-11T14:00", *log)
    shown = run("interview", "edit", "1", "--clear", "promised", "--clear", "note", *log).stdout
    assert "interviewer: Priya Raman <p@x.example>, CTO" in shown and "Ramen" not in shown
    assert "rotta" not in shown and "promised" not in shown and "note" not in shown
    assert shown.count("round:") == 1 and "11 March 2026, 14:00" in shown
    for wrong, said in (
        (["--drop", "nothing"], "nothing of A has that in it"),
        (["--clear", "colour"], "there are role, recruiter"),
        (["--answered", "x"], "no concern has that in it"),
        (["--channel", "fax"], "there are email, linkedin, sms"),
        (["--round", "9999-12-31T10:00"], "a year between"),
        ([], "say what to change"),
    ):
        assert said in str(run("interview", "edit", "1", *wrong, *log).exception)


def test_at_a_terminal_questions_are_asked_one_at_a_time_and_unclear_days_at_once(tmp_path: Path) -> None:
    import pty

    file = tmp_path / "log.sqlite3"
    answers = [
        "",
        "Northwind",
        "Data Engineer",
        "Priya Raman",
        "",
        "",
        "Friday 10am",
        "2",
        "",
        "ledger",
        "",
        "next Friday",
        "1",
    ]
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "reviewer", "interview", "add", "--log", str(file)]
    asking = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, close_fds=True)
    os.close(child)
    said = b""
    for answer in answers:
        before = len(said)
        while not said[before:].rstrip().endswith(b":"):
            said += os.read(parent, 4096)
        os.write(parent, (answer + "\n").encode())
    try:
        while True:
            said += os.read(parent, 4096)
    except OSError:  # the terminal has been closed
        pass
    assert asking.wait(timeout=20) == 0, said.decode()
    with opened(file) as log:
        added = log.find("northwind")
    assert (added.role, added.topics, added.promised_words) == ("Data Engineer", ("ledger",), "next Friday")
    assert added.promised is not None and added.promised.weekday() == 4
    (only,) = added.rounds
    assert isinstance(only.at, datetime) and (only.at.hour, only.at.weekday()) == (10, 4)
    assert b"do you mean Friday" in said


def test_a_message_is_recorded_for_whom_the_log_knows_and_answers_a_concern(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    with opened(file) as log:
        log.add(WHOLE)
    mail = MAIL.replace("priya@northwind.example", "somebody@else.example").replace("To: Priya ", "To: Priya Raman ")
    run("sent", "northwind", "-", "--kind", "concern_reply", "--at", "2026-03-11T09:00", "--log", str(file), given=mail)
    run("sent", "northwind", "-", "--kind", "concern_reply", "--at", "2026-03-11T09:00", "--log", str(file), given=mail)
    with opened(file) as log:
        found = log.all()[0]
    assert [(m.kind, m.to) for m in found.sent] == [
        (Kind.THANK_YOU, "Priya Raman"),
        (Kind.CONCERN_REPLY, "Priya Raman"),
    ]
    assert all(c.answered for c in found.concerns)
    ahead = run("sent", "northwind", "--kind", "check_in", "--at", "2099-01-01", "--log", str(file))
    assert "still to come" in str(ahead.exception)
    strange = run("sent", "northwind", "--kind", "check_in", "--to", "Zorro", "--log", str(file))
    assert "Zorro is nobody whom the log knows" in strange.stderr


HOSTILE = {
    "a year too far": {"company": "A", "promised": "9999-12-31"},
    "a zone that is none": {"company": "A", "rounds": [{"at": "2026-03-10T10:00", "zone": "Nowhere/Else"}]},
    "no firm": {"company": " "},
    "a status that is none": {"company": "A", "status": "lost"},
    "half a character": {"company": "\ud800"},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_worked_with_does_not_come_in(what: str, tmp_path: Path) -> None:
    done = run("interview", "import", "-", "--log", str(tmp_path / "l.sqlite3"), given=json.dumps([HOSTILE[what]]))
    assert done.exit_code == 1 and isinstance(done.exception, ReviewerError)


def test_a_time_without_an_offset_gets_that_of_the_computer(tmp_path: Path) -> None:
    log = ["--log", str(tmp_path / "log.sqlite3")]
    data = {"company": "A", "sent": [{"kind": "thank_you", "at": "2026-03-10T18:00"}], "rounds": [{"at": "2026-03-10"}]}
    assert run("interview", "import", "-", *log, given=json.dumps([data])).exit_code == 0
    assert run("plan", *log).exit_code == 0
    reviewed = run("review", "-", "--for", "A", "--sending", "2026-03-11T10:00", *log, given=MAIL)
    assert isinstance(reviewed.exception, SystemExit)


def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE songs (name TEXT)")
    before = other.read_bytes()
    with pytest.raises(LogError, match="another program's file"), opened(other):
        pass
    assert other.read_bytes() == before
