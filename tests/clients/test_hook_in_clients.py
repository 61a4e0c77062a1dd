"""What `reviewer hook` writes into an empty home, as the real clients read it."""

from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, UNCHECKED, WRONG_NAME, Desk, need, until
from test_aerc import ACCOUNT, REVIEW
from test_aerc import write as write_in_aerc
from test_neomutt import COMPOSE
from test_neomutt import write as write_in_neomutt

from mailer import EXTENSION, running

pytestmark = pytest.mark.client


def maildir(folder: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)


def hook(desk: Desk, *arguments: str) -> str:
    done = desk.run("reviewer", "hook", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_neomutt_stops_a_bad_draft_and_a_good_one_goes_by_the_program_that_was_set(tmp_path: Path) -> None:
    need("neomutt", "tmux")
    desk = Desk(tmp_path)
    maildir(desk.home / "mail")
    rc = desk.home / ".muttrc"
    rc.write_text(
        f'set folder={desk.home} spoolfile={desk.home}/mail mbox_type=Maildir copy=no editor="{desk.bin}/editor"\n'
        'set from="jordan@home.example" header_cache="" abort_unmodified=no\n'
        'set sendmail="msmtp -a work"\n'
    )
    before = rc.read_bytes()
    hook(desk, "install", "neomutt", "--yes")
    assert (
        f'"{desk.home}/.config/neomutt/reviewer-sendmail msmtp -a work"' in desk.run("neomutt", "-Q", "sendmail").stdout
    )
    desk.draft.write_text(BAD)
    with desk.terminal("neomutt") as terminal:
        write_in_neomutt(terminal)
        terminal.type("y")
        terminal.shows("this message was not sent", WRONG_NAME)
        terminal.type("q")
        terminal.shows(COMPOSE)
        desk.edit(terminal, GOOD)
        terminal.shows(COMPOSE)
        terminal.type("y")
        assert desk.until_sent().startswith(b"-a\0work\0")
        terminal.shows("NeoMutt: ")
        assert UNCHECKED not in terminal.screen()
    hook(desk, "remove", "neomutt", "--yes")
    assert rc.read_bytes() == before
    assert 'set sendmail = "msmtp -a work"' in desk.run("neomutt", "-Q", "sendmail").stdout


def test_neomutt_without_a_configuration_sends_by_its_own_default(tmp_path: Path) -> None:
    need("neomutt")
    desk = Desk(tmp_path)
    default = desk.run("neomutt", "-Q", "sendmail").stdout
    hook(desk, "install", "neomutt", "--yes")
    wrapper = f"{desk.home}/.config/neomutt/reviewer-sendmail "
    wrapped = desk.run("neomutt", "-Q", "sendmail").stdout
    assert wrapper in wrapped and wrapped.replace(wrapper, "") == default


def test_aerc_stops_a_bad_draft_once_the_line_that_is_shown_is_written(tmp_path: Path) -> None:
    need("aerc", "tmux")
    desk = Desk(tmp_path)
    for box in ("INBOX", "Sent", "Drafts"):
        maildir(desk.home / "mail" / box)
    (desk.home / "mail/INBOX/cur/1.1.x:2,S").write_text("From: Ana <ana@home.example>\nSubject: The heating\n\nWarm.\n")
    accounts = desk.home / ".config/aerc/accounts.conf"
    accounts.parent.mkdir(parents=True)
    accounts.write_text(ACCOUNT.format(desk.home, "outgoing = msmtp -a work"))
    accounts.chmod(0o600)
    with desk.terminal("aerc") as terminal:  # aerc writes its own keys
        terminal.shows("The heating")
    keys = accounts.with_name("binds.conf").read_bytes()
    shown = next(line.strip() for line in hook(desk, "install", "aerc", "--yes").splitlines() if "outgoing = " in line)
    accounts.write_text(accounts.read_text().replace("outgoing = msmtp -a work", shown))
    desk.draft.write_text(BAD)
    with desk.terminal("aerc") as terminal:
        write_in_aerc(terminal)
        terminal.type("y")
        terminal.shows(REVIEW, "exit status 65")
        terminal.type("w")
        terminal.shows("this message was not sent", WRONG_NAME)
        terminal.type("Enter")
        terminal.shows(REVIEW)
        terminal.type("A")
        terminal.shows("may go within the next hour")
        terminal.type("Enter")
        terminal.shows(REVIEW)
        terminal.type("y")
        assert desk.until_sent().startswith(b"-a\0work\0")
    hook(desk, "remove", "aerc", "--yes")
    assert accounts.with_name("binds.conf").read_bytes() == keys


STARTS = """(progn (message-mail "priya@northwind.example")
  (write-region (prin1-to-string message-send-hook) nil "{0}.part") (rename-file "{0}.part" "{0}"))"""


@pytest.mark.parametrize("init", ["none", ".emacs", ".emacs.el", ".emacs.d/init.el", ".config/emacs/init.el"])
def test_emacs_starts_with_the_mode_that_stops_a_bad_draft(tmp_path: Path, init: str) -> None:
    need("emacs", "tmux")
    desk = Desk(tmp_path)
    if init != "none":
        (desk.home / init).parent.mkdir(parents=True, exist_ok=True)
        (desk.home / init).write_text('(setq user-full-name "Jordan Ellis")\n')
    hook(desk, "install", "emacs", "--yes")
    said = tmp_path / "said"
    with desk.terminal("emacs", "-nw", "--eval", STARTS.format(said)) as terminal:
        until(said.exists, terminal.screen)
        assert "reviewer-check-before-sending" in said.read_text()
    hook(desk, "remove", "emacs", "--yes")
    left = [file for file in desk.home.rglob("*") if file.is_file() and "eln-cache" not in file.parts]
    assert init == "none" or (desk.home / init).read_text() == '(setq user-full-name "Jordan Ellis")\n'
    assert not [file for file in left if b"reviewer" in file.read_bytes()]


LOOKS = """
silent edit draft
ReviewerCheck
let g:tries = 0
while g:tries < 600 && empty(getqflist())
  sleep 50m
  let g:tries += 1
endwhile
call writefile(map(getqflist(), {_, item -> item.text}), 'told')
qall!
"""
UNDERLINES = """
silent edit draft
set filetype=mail
lua vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 20)
call writefile(luaeval('vim.tbl_map(function(found) return found.message end, vim.diagnostic.get(0))'), 'told')
qall!
"""
NVIM = ("nvim", "--headless", "-es", "-i", "NONE")


@pytest.mark.parametrize(
    ("client", "editor", "script"),
    [
        ("vim", ("vim", "-N", "-es", "-i", "NONE"), LOOKS),
        ("neovim", NVIM, LOOKS),
        ("neovim", NVIM, UNDERLINES),
    ],
    ids=["vim", "neovim", "neovim with the language server"],
)
def test_vim_and_neovim_show_what_is_wrong(tmp_path: Path, client: str, editor: tuple[str, ...], script: str) -> None:
    need(editor[0])
    desk = Desk(tmp_path)
    hook(desk, "install", client, "--yes")
    desk.draft.write_text(f"To: Priya Raman <priya@northwind.example>\n\n{BAD}")
    (tmp_path / "script").write_text(script)
    done = desk.run(*editor, "-S", "script")
    told = tmp_path / "told"
    assert told.exists() and WRONG_NAME in told.read_text(), done.stderr + done.stdout
    hook(desk, "remove", client, "--yes")
    assert not [file for file in desk.home.rglob("*") if "reviewer" in file.name and file.is_file()]


@pytest.mark.loopback
@pytest.mark.flaky(reruns=5, reruns_delay=5, only_rerun=["TooSlow"])
def test_thunderbird_stops_a_bad_draft_with_the_program_that_it_is_told_of(tmp_path: Path) -> None:
    need("thunderbird")
    desk = Desk(tmp_path)
    hook(desk, "install", "thunderbird", "--yes")
    with running(desk.home) as thunderbird:
        package = desk.home / ".local/share/reviewer/hooks/reviewer-thunderbird.xpi"
        assert package.read_bytes() == (desk.home / "profile/extensions" / f"{EXTENSION}.xpi").read_bytes()
        thunderbird.send(thunderbird.compose("Thank you", GOOD.replace("Postgres", "[database]")))
        assert "error: placeholder-left" in thunderbird.page("findings.html")["said"]
