"""Real aerc in a terminal, with the configuration that is shipped."""

from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, BROKEN, CLIENTS, UNCHECKED, WRONG_NAME, Desk, Terminal, need, until

pytestmark = pytest.mark.client

REVIEW = "Send this email?"
DEFAULTS = Path("/usr/share/aerc")
ACCOUNT = """[Home]
source = maildir://{0}/mail
default = INBOX
from = Jordan Ellis <jordan@home.example>
copy-to = Sent
postpone = Drafts
{1}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need("aerc", "tmux")
    desk = Desk(tmp_path, "aerc")
    for box in ("INBOX", "Sent", "Drafts"):
        for folder in ("cur", "new", "tmp"):
            (desk.home / "mail" / box / folder).mkdir(parents=True)
    (desk.home / "mail/INBOX/cur/1.1.x:2,S").write_text("From: Ana <ana@home.example>\nSubject: The heating\n\nWarm.\n")
    settings = desk.home / ".config/aerc"
    settings.mkdir(parents=True)
    (settings / "aerc.conf").write_bytes((DEFAULTS / "aerc.conf").read_bytes())
    _, _, ours = (CLIENTS / "aerc/binds.conf").read_text().partition("[compose::review]\n")
    theirs = (DEFAULTS / "binds.conf").read_text()
    assert theirs.count("y = :send<Enter>\n") == 1
    (settings / "binds.conf").write_text(theirs.replace("y = :send<Enter>\n", ours))
    accounts = settings / "accounts.conf"
    outgoing = [
        line for line in (CLIENTS / "aerc/accounts.conf").read_text().splitlines() if line.startswith("outgoing")
    ]
    accounts.write_text(ACCOUNT.format(desk.home, "\n".join(outgoing)))
    accounts.chmod(0o600)
    return desk


def write(terminal: Terminal, *more: str) -> None:
    terminal.shows("Connected", "The heating")  # aerc 0.14 crashes when it sends before it has opened a folder
    headers = ("To: Priya Raman <priya@northwind.example>", "Subject: Jordan Ellis - Thank you", *more)
    terminal.line(":compose " + " ".join(f"-H '{header}'" for header in headers))
    terminal.shows(REVIEW)


def test_a_bad_draft_is_stopped_its_tab_is_back_and_a_key_tells_why(desk: Desk) -> None:
    desk.draft.write_text(BAD)
    with desk.terminal("aerc") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows(REVIEW, "exit status 65", "--why")
        assert desk.got("sent") is None
        assert desk.handed.endswith(desk.kept[0]) and b"Hi Pria" in desk.kept[0]
        terminal.type("w")
        terminal.shows("this message was not sent", WRONG_NAME, "“Pria”", "reviewer allow", "Enter closes this.")
        terminal.type("Enter")
        terminal.shows(REVIEW)
        desk.edit(terminal, GOOD)  # mended, it goes
        terminal.shows(REVIEW)
        terminal.type("y")
        assert b"Hi Priya" in desk.until_sent() and desk.got("sent") == desk.handed
        terminal.shows("The heating")
        until(lambda: "reviewer-sendmail" not in terminal.screen(), terminal.screen)


def test_a_refused_draft_goes_as_it_is_when_told_to(desk: Desk) -> None:
    desk.draft.write_text(BAD)
    with desk.terminal("aerc") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows(REVIEW, "exit status 65")
        terminal.type("A")
        terminal.shows("may go within the next hour", "Enter closes this.")
        terminal.type("Enter")
        terminal.shows(REVIEW)
        terminal.type("y")
        assert b"Hi Pria" in desk.until_sent() and desk.got("sent") == desk.handed
        terminal.shows("The heating")


@pytest.mark.parametrize("more", ["plain", "Bcc and attachments"])
def test_a_good_draft_goes_as_aerc_hands_it_over(desk: Desk, more: str) -> None:
    desk.draft.write_text(GOOD + ("Zoë – naïve\n" if more != "plain" else ""))
    binary = desk.folder / "binary.bin"
    binary.write_bytes(bytes(range(256)) * 4000)
    with desk.terminal("aerc") as terminal:
        if more == "plain":
            write(terminal)
        else:
            write(terminal, "Bcc: secret@home.example")
            terminal.line(f":attach {binary}")
            terminal.shows("binary.bin", REVIEW)
        terminal.type("y")
        assert desk.until_sent() == desk.handed
        terminal.shows("The heating")
        assert UNCHECKED not in terminal.screen()
    recipients = {"plain": b"priya@northwind.example\0"}.get(more, b"priya@northwind.example\0secret@home.example\0")
    assert desk.handed.startswith(recipients)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_checker_that_does_not_work_lets_the_message_go_and_aerc_shows_the_note(desk: Desk, broken: str) -> None:
    desk.draft.write_text(BAD)
    BROKEN[broken](desk)
    with desk.terminal("aerc") as terminal:
        write(terminal)
        terminal.type("y")
        assert desk.until_sent() == desk.handed
        terminal.shows(UNCHECKED, "Enter closes this.")
        terminal.type("Enter")
        terminal.shows("INBOX")


def test_a_program_that_is_missing_leaves_the_message_in_aerc(desk: Desk) -> None:
    desk.draft.write_text(GOOD)
    accounts = desk.home / ".config/aerc/accounts.conf"
    accounts.write_text(accounts.read_text().replace("reviewer-sendmail msmtp", "reviewer-sendmail nonesuch"))
    with desk.terminal("aerc") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows(REVIEW, "exit status 69")
        terminal.type("w")
        terminal.shows("nonesuch: No such file or directory; the message was not sent")
        assert desk.handed.endswith(desk.kept[0])
