"""The extension in the real Thunderbird: what it stops, what it lets go, and that it never stands in the way."""

import os
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailer import ENTER, ESCAPE, PROGRAM, REVIEWER, TAB, Thunderbird, eventually, running

pytestmark = [
    pytest.mark.client,
    pytest.mark.loopback,
    pytest.mark.flaky(reruns=5, reruns_delay=5, only_rerun=["TooSlow"]),  # a busy machine is no fault of the extension
    pytest.mark.skipif(
        PROGRAM is None and os.environ.get("REVIEWER_CLIENTS") != "required", reason="thunderbird is not installed"
    ),
]

GOOD = """Hi Priya,

Thank you for making the time this morning. Your plan for moving the
ledger to Postgres table by table — both running until the totals
agree — is the most careful one I have heard, and the work I would
like to be doing.

Best regards,
Zoë Ellis
555-0142
"""
BAD = GOOD.replace("Postgres", "[database]")
ORDINARY = "Hi Priya,\n\nThe boiler man comes on Thursday at ten. Would you let him in?\n\nJordan\n"
UNCHECKED = "reviewer could not check this message: "


def as_html(text: str) -> str:
    return "".join(f"<p>{part.replace(chr(10), ' ')}</p>" for part in text.strip().split("\n\n"))


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def parts_of(mail: EmailMessage) -> list[tuple[str, object]]:
    return [(part.get_content_type(), part.get_payload(decode=True)) for part in mail.walk()]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Thunderbird]:
    with running(tmp_path_factory.mktemp("thunderbird")) as found:
        yield found


@pytest.fixture
def thunderbird(one: Thunderbird) -> Iterator[Thunderbird]:
    """Thunderbird with the extension and the real reviewer, and no window but its first."""
    one.answers(REVIEWER)
    yield one
    one.tidy()


@pytest.mark.parametrize("html", [False, True], ids=["plain", "html"])
def test_a_good_message_goes_out_as_it_does_without_the_extension(thunderbird: Thunderbird, html: bool) -> None:
    sent = []
    for enabled in (False, True):
        thunderbird.enable(enabled)
        thunderbird.send(thunderbird.compose("Zoë Ellis – Thank you", as_html(GOOD) if html else GOOD, html=html))
        sent.append(thunderbird.sink.next())
    without, through = sent
    assert parts_of(through) == parts_of(without)
    assert through["subject"] == "Zoë Ellis – Thank you" and through["to"] == "Priya Raman <priya@northwind.example>"
    assert html or text_of(through) == GOOD
    assert not thunderbird.pages("") and not thunderbird.alerts()


def test_an_ordinary_mail_goes_without_a_word(thunderbird: Thunderbird) -> None:
    thunderbird.send(thunderbird.compose("Thursday", ORDINARY))
    assert "boiler" in text_of(thunderbird.sink.next())
    assert not thunderbird.pages("") and not thunderbird.alerts()


@pytest.mark.parametrize("html", [False, True], ids=["plain", "html"])
@pytest.mark.parametrize("button", ["button-send", "cmd_sendLater"])
def test_a_bad_draft_is_stopped_and_kept_and_its_writer_sees_why(
    thunderbird: Thunderbird, html: bool, button: str
) -> None:
    draft = thunderbird.compose("Thank you", as_html(BAD) if html else BAD, html=html)
    before = thunderbird.written(draft)
    thunderbird.send(draft, button)
    page = thunderbird.page("findings.html")
    assert "[database]" in page["said"] and "error: placeholder-left" in page["said"]
    assert page["focus"] == "back" and page["active"]
    thunderbird.press(page, ENTER)
    eventually(lambda: not thunderbird.pages(""), "the findings to be gone")
    eventually(lambda: thunderbird.written(draft) == {**(before or {}), "focused": True}, "the draft to be as before")
    assert not thunderbird.sink.mails and not thunderbird.alerts()


def test_escape_and_closing_the_window_go_back(thunderbird: Thunderbird) -> None:
    draft = thunderbird.compose("Thank you", BAD)
    for leave in (lambda page: thunderbird.press(page, ESCAPE), lambda page: thunderbird.close(page["id"])):
        thunderbird.send(draft)
        leave(thunderbird.page("findings.html"))
        eventually(lambda: (thunderbird.written(draft) or {}).get("locked") is False, "the draft to be free again")
    assert not thunderbird.sink.mails


def test_after_going_back_the_mended_message_goes(thunderbird: Thunderbird) -> None:
    draft = thunderbird.compose("Thank you", BAD)
    thunderbird.send(draft)
    thunderbird.press(thunderbird.page("findings.html"), ESCAPE)
    eventually(lambda: (thunderbird.written(draft) or {}).get("locked") is False, "the draft to be free again")
    thunderbird.write(draft, GOOD)
    thunderbird.send(draft)
    assert text_of(thunderbird.sink.next()) == GOOD


def test_send_anyway_sends_it_as_it_is(thunderbird: Thunderbird) -> None:
    draft = thunderbird.compose("Thank you", BAD)
    thunderbird.send(draft)
    thunderbird.press(thunderbird.page("findings.html"), TAB, ENTER)
    assert text_of(thunderbird.sink.next()) == BAD
    eventually(lambda: thunderbird.written(draft) is None and not thunderbird.pages(""), "both windows to close")


def test_two_drafts_wait_for_their_own_answers(thunderbird: Thunderbird) -> None:
    first = thunderbird.compose("First", BAD.replace("database", "first thing"))
    second = thunderbird.compose("Second", BAD.replace("database", "second thing"))
    thunderbird.send(first)
    thunderbird.page("findings.html")
    thunderbird.send(second)
    pages = eventually(lambda: found if len(found := thunderbird.pages("findings.html")) > 1 else None, "both windows")
    chosen = next(page for page in pages if "[first thing]" in page["said"])
    thunderbird.press(chosen, TAB, ENTER)
    assert thunderbird.sink.next()["subject"] == "First"
    left = thunderbird.page("findings.html")
    thunderbird.press(left, ESCAPE)
    eventually(lambda: (thunderbird.written(second) or {}).get("locked") is False, "the second draft to be free again")
    assert not thunderbird.sink.mails


def test_the_findings_go_with_the_draft(thunderbird: Thunderbird) -> None:
    draft = thunderbird.compose("Thank you", BAD)
    thunderbird.send(draft)
    thunderbird.page("findings.html")
    thunderbird.close(draft)
    eventually(lambda: not thunderbird.pages(""), "the findings to be gone")
    assert not thunderbird.sink.mails


def test_what_a_draft_quotes_is_shown_as_text(thunderbird: Thunderbird) -> None:
    trap = "[<img src=x onerror=document.body.remove()>]"
    draft = thunderbird.compose("Thank you", BAD.replace("[database]", trap))
    thunderbird.send(draft)
    page = thunderbird.page("findings.html")
    assert trap in page["said"] and "<img" not in page["html"]
    thunderbird.press(page, ESCAPE)


ANSWER = """
data = sys.stdin.buffer.read(struct.unpack("=I", sys.stdin.buffer.read(4))[0])
def say(data):
    sys.stdout.buffer.write(struct.pack("=I", len(data)) + data)
    sys.stdout.buffer.flush()
"""


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("sys.exit(1)", "could not be started, or stopped"),
        (f"{ANSWER}\nos.abort()", "could not be started, or stopped"),
        (f"{ANSWER}\ntime.sleep(600)", "did not answer within 2 seconds"),
        ("time.sleep(600)", "did not answer within 2 seconds"),
        (f"{ANSWER}\nsys.stdout.write('what is this?' * 9); sys.stdout.flush()", "could not be started, or stopped"),
        (f"{ANSWER}\nsay(b'no JSON')", "could not be started, or stopped"),
        (f"{ANSWER}\nsay(b'[]')", "no review"),
        (f"{ANSWER}\nsay(b'null')", "no review"),
        (f"{ANSWER}\nsay(b'{{\"id\": 7, \"refused\": true, \"findings\": []}}')", "no review"),
        (f"{ANSWER}\nsay(json.dumps({{'id': json.loads(data)['id'], 'refused': 'yes'}}).encode())", "no review"),
        (f"{ANSWER}\nsay(json.dumps({{'id': json.loads(data)['id'], 'refused': True}}).encode())", "no review"),
    ],
    ids=[
        "ends at once", "crashes", "hangs", "does not even listen", "garbage", "no JSON", "a list", "null",
        "another id", "no boolean", "no findings",
    ],
)  # fmt: skip
def test_a_reviewer_that_fails_lets_the_message_go_and_that_is_seen(
    thunderbird: Thunderbird, program: str, why: str
) -> None:
    thunderbird.answers_with(program)
    goes_unchecked(thunderbird, why)


def test_a_reviewer_that_is_missing_lets_the_message_go_and_that_is_seen(thunderbird: Thunderbird) -> None:
    thunderbird.answers(None)
    goes_unchecked(thunderbird, "is not installed")


@pytest.mark.parametrize("there", [False, True], ids=["nowhere", "no program"])
def test_a_path_to_no_program_lets_the_message_go_and_that_is_seen(
    thunderbird: Thunderbird, there: bool, tmp_path: Path
) -> None:
    path = tmp_path / "reviewer-host"
    if there:
        path.write_text("not to be run")
    thunderbird.answers(path)
    goes_unchecked(thunderbird, "could not be started, or stopped")


@pytest.mark.parametrize("manifest", ["{", "[]", '{"name": "other"}'])
def test_a_broken_manifest_lets_the_message_go_and_that_is_seen(thunderbird: Thunderbird, manifest: str) -> None:
    thunderbird.manifest.write_text(manifest)
    goes_unchecked(thunderbird, "is not installed, or Thunderbird is not told rightly")


def test_broken_settings_let_the_message_go_and_say_where(thunderbird: Thunderbird) -> None:
    config = thunderbird.home / ".config" / "reviewer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[rules\n")
    try:
        goes_unchecked(thunderbird, str(config))
    finally:
        config.unlink()


def test_a_reviewer_that_hangs_is_ended(thunderbird: Thunderbird) -> None:
    note = thunderbird.home / "process"
    thunderbird.answers_with(f"open({str(note)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    goes_unchecked(thunderbird, "did not answer within 2 seconds")
    running = Path("/proc", note.read_text())
    eventually(lambda: not running.exists(), "the program to be ended")


def test_where_notifications_are_silenced_a_window_says_that_a_message_went_unchecked(thunderbird: Thunderbird) -> None:
    thunderbird.answers(None)
    silence = "Cc['@mozilla.org/alerts-service;1'].getService(Ci.nsIAlertsDoNotDisturb).manualDoNotDisturb = a0;"
    thunderbird.script(silence, True)
    try:
        thunderbird.send(thunderbird.compose("Thank you", BAD))
        thunderbird.sink.next()
        page = thunderbird.page("notice.html")
        assert f"{UNCHECKED}its program is not installed" in page["said"]
        thunderbird.press(page, ENTER)
        eventually(lambda: not thunderbird.pages(""), "the notice to be gone")
    finally:
        thunderbird.script(silence, False)


def goes_unchecked(thunderbird: Thunderbird, why: str) -> None:
    draft = thunderbird.compose("Thank you", BAD)
    thunderbird.send(draft)
    assert text_of(thunderbird.sink.next()) == BAD
    (said,) = eventually(lambda: thunderbird.alerts(slow="2 seconds" in why), "a notification")
    assert said.startswith(UNCHECKED) and why in said
    assert "[database]" not in said
    eventually(lambda: thunderbird.written(draft) is None, "the compose window to close")
