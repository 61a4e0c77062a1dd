"""Real neomutt in a terminal, with the configuration that is shipped."""

import tempfile
from email import message_from_bytes
from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, BROKEN, CLIENTS, UNCHECKED, WRONG_NAME, Desk, Terminal, need

pytestmark = pytest.mark.client

COMPOSE = "-- Attachments"
SETTINGS = """
set folder={0} spoolfile={0}/mail record={0}/sent-copies postponed={0}/postponed mbox_type=Maildir
set from="jordan@home.example" realname="Jordan Ellis" editor="{1}/editor" use_envelope_from=yes
set abort_unmodified=no header_cache="" ssl_verify_host=no copy=no sendmail="msmtp"
source {2}/neomutt/reviewer.muttrc
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need("neomutt", "tmux")
    desk = Desk(tmp_path, "neomutt")
    for folder in ("cur", "new", "tmp"):
        (desk.home / "mail" / folder).mkdir(parents=True)
    (desk.home / ".neomuttrc").write_text(SETTINGS.format(desk.home, desk.bin, CLIENTS))
    return desk


def write(terminal: Terminal, *, to: str = "Priya Raman <priya@northwind.example>") -> None:
    terminal.shows("NeoMutt: ")
    terminal.type("m")
    terminal.shows("To:")
    terminal.line(to)
    terminal.shows("Subject:")
    terminal.line("Jordan Ellis – Thank you")
    terminal.shows(COMPOSE)


def test_a_bad_draft_is_stopped_with_the_reasons_and_is_back_in_the_compose_menu(desk: Desk) -> None:
    desk.draft.write_text(BAD)
    with desk.terminal("neomutt") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows("this message was not sent", WRONG_NAME, "“Pria”", "reviewer allow")
        terminal.type("q")
        terminal.shows(COMPOSE, "Jordan Ellis – Thank you")
        assert desk.got("sent") is None
        assert desk.handed.endswith(desk.kept[0]) and b"Hi Pria" in desk.kept[0]
        desk.edit(terminal, GOOD)  # mended, it goes
        terminal.shows(COMPOSE)
        terminal.type("y")
        assert b"Hi Priya" in desk.until_sent() and desk.got("sent") == desk.handed


def test_a_refused_draft_goes_as_it_is_when_told_to(desk: Desk) -> None:
    desk.draft.write_text(BAD)
    with desk.terminal("neomutt") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows("this message was not sent")
        terminal.type("q")
        terminal.shows(COMPOSE)
        terminal.type("Y")
        assert b"Hi Pria" in desk.until_sent() and desk.got("sent") == desk.handed


@pytest.mark.parametrize("more", ["plain", "Bcc and attachments", "latin-1", "flowed"])
def test_a_good_draft_goes_as_neomutt_hands_it_over(desk: Desk, more: str) -> None:
    desk.draft.write_text(GOOD + ("Zoë, naïve\n" if more != "plain" else ""))
    binary = desk.folder / "a binary.bin"
    binary.write_bytes(bytes(range(256)) * 4000)
    flags = {
        "Bcc and attachments": ("-b", "secret@home.example", "-a", str(binary), "--"),
        "latin-1": ("-e", 'set send_charset="iso-8859-1:utf-8" allow_8bit=yes'),
        "flowed": ("-e", "set text_flowed=yes"),
    }.get(more, ())
    command = ("neomutt", "-s", "Jordan Ellis – Thank you", *flags, "Priya Raman <priya@northwind.example>")
    with desk.terminal(*command) as terminal:
        terminal.shows("To:")
        terminal.type("Enter")
        terminal.shows("Subject:")
        terminal.type("Enter")
        terminal.shows(COMPOSE)
        terminal.type("y")
        assert desk.until_sent() == desk.handed
    expected = {"Bcc and attachments": b"secret@home.example\0", "latin-1": b"iso-8859-1", "flowed": b"format=flowed"}
    assert desk.handed.startswith(b"-f\0jordan@home.example\0--\0") and expected.get(more, b"") in desk.handed


def test_a_signature_still_holds(desk: Desk) -> None:
    need("gpg", "gpgconf")
    # The agent's socket lies there, and the path of a socket may not be long.
    with tempfile.TemporaryDirectory(prefix="gpg") as short:
        desk.environment["GNUPGHOME"] = short
        key = ("--quick-generate-key", "jordan@home.example", "ed25519", "sign", "never")
        done = desk.run("gpg", "--batch", "--passphrase", "", *key)
        assert done.returncode == 0, done.stderr
        try:
            desk.draft.write_text(GOOD + "Zoë, trailing blanks   \n")
            with desk.terminal("neomutt", "-e", "set crypt_use_gpgme crypt_autosign") as terminal:
                write(terminal)
                terminal.shows("Sign")
                terminal.type("y")
                assert desk.until_sent() == desk.handed
            sent = (desk.folder / "sent").read_bytes()
            read = message_from_bytes(sent)
            _, signature = read.get_payload()
            boundary = b"\n--" + read.get_boundary("").encode()
            part = sent.split(boundary)[1].removeprefix(b"\n").replace(b"\n", b"\r\n")
            (desk.folder / "part").write_bytes(part)
            (desk.folder / "part.asc").write_text(signature.get_payload())
            checked = desk.run("gpg", "--verify", "part.asc", "part")
            assert checked.returncode == 0 and "Good signature" in checked.stderr
            (desk.folder / "sent.arguments").unlink()
            desk.draft.write_text(BAD)
            with desk.terminal("neomutt", "-e", "set crypt_use_gpgme crypt_autosign") as terminal:
                write(terminal)
                terminal.type("y")
                terminal.shows("this message was not sent", WRONG_NAME)
        finally:
            desk.run("gpgconf", "--kill", "all")


@pytest.mark.parametrize("broken", BROKEN)
def test_a_checker_that_does_not_work_lets_the_message_go_and_neomutt_shows_the_note(desk: Desk, broken: str) -> None:
    desk.draft.write_text(BAD)
    BROKEN[broken](desk)
    with desk.terminal("neomutt") as terminal:
        write(terminal)
        terminal.type("y")
        assert desk.until_sent() == desk.handed
        terminal.shows(UNCHECKED)


def test_no_note_is_shown_on_a_message_that_was_checked(desk: Desk) -> None:
    desk.draft.write_text(GOOD)
    with desk.terminal("neomutt") as terminal:
        write(terminal)
        terminal.type("y")
        desk.until_sent()
        terminal.shows("NeoMutt: ")
        assert UNCHECKED not in terminal.screen()


def test_a_note_is_words_to_neomutt_and_never_a_command(desk: Desk) -> None:
    said = desk.home / ".cache/reviewer/said-to-neomutt"
    said.parent.mkdir(parents=True)
    said.write_text("reviewer could not check this message: `touch x`'; set editor=\"$HOME\" \\ # it's so\nset x\n")
    done = desk.run(CLIENTS / "neomutt" / "reviewer-sendmail", "--said")
    assert done.stdout == "echo 'reviewer could not check this message: touch x set editor=HOME   its so'\n"
    assert not said.exists()


def test_a_program_that_is_missing_leaves_the_message_in_neomutt(desk: Desk) -> None:
    desk.draft.write_text(GOOD)
    (desk.bin / "msmtp").unlink()
    rc = desk.home / ".neomuttrc"
    rc.write_text(rc.read_text() + 'set sendmail = "reviewer-sendmail nonesuch"\n')
    with desk.terminal("neomutt") as terminal:
        write(terminal)
        terminal.type("y")
        terminal.shows("nonesuch: No such file or directory; the message was not sent")
        terminal.type("q")
        terminal.shows(COMPOSE)
        assert desk.handed.endswith(desk.kept[0])
