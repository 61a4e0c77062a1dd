"""reviewer hook: what it writes into the files of a home, and takes out again byte for byte."""

import json
import os
import stat
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from reviewer.cli.app import app_for
from reviewer.errors import HookError
from reviewer.hook.clients import CLIENTS
from reviewer.hook.piece import Block, File
from reviewer.hook.plan import State, carry_out, installing, removing, standing

MARK = b"# >>> reviewer >>>"
CONFIGURATIONS = {
    "ordinary": b'set realname = "Jordan"\nset sendmail = "msmtp -a work"\n',
    "without its last line end": b"set realname = Jordan",
    "CRLF": b"set realname = Jordan\r\nset editor = vim\r\n",
    "CRLF, without its last line end": b"set realname = Jordan\r\nset editor = vim",
    "Latin-1": b"set realname = J\xf6rdan\n",
    "UTF-8 with a mark": b"\xef\xbb\xbfset realname = J\xc3\xb6rdan\n",
    "empty": b"",
    "blank lines": b"\n\n\n",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of nobody's, in which the shell would find reviewer."""
    home = tmp_path / "home"
    home.mkdir()
    for name in [name for name in os.environ if name.startswith("XDG_")] + ["NVIM_APPNAME"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    monkeypatch.chdir(home)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return home


@pytest.fixture
def rc(home: Path) -> Path:
    return home / ".muttrc"


def hook(*arguments: str) -> Result:
    return CliRunner().invoke(app_for(["hook"]), ["hook", *arguments])


def done(*arguments: str) -> str:
    ended = hook(*arguments)
    assert ended.exit_code == 0, (ended.output, ended.exception)
    return ended.stdout


def refused(*arguments: str) -> str:
    ended = hook(*arguments)
    assert isinstance(ended.exception, HookError), ended.output  # exit status 2, by cli.main()
    return str(ended.exception)


def everything(folder: Path) -> dict[str, bytes | str]:
    """Each file, and where each link points; the repository's own aside."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = str(path.readlink())
        elif path.is_file() and ".sample" not in path.name:
            found[str(path)] = path.read_bytes()
    return found


@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_is_installed_once_and_removed_without_a_trace(home: Path, client: str) -> None:
    (home / ".config/aerc").mkdir(parents=True)
    (home / ".config/aerc/binds.conf").write_text("[compose::review]\ny = :send<Enter>\n")
    before = everything(home)
    assert f"{client}: done" in done("install", client, "--yes")
    there = everything(home)
    assert there.keys() > before.keys()
    assert f"{client}: nothing to do" in done("install", client)
    assert everything(home) == there
    line = next(line for line in done("list").splitlines() if line.startswith(client))
    assert " in place" in line and "not in place" not in line
    assert f"{client}: done" in done("remove", client, "--yes")
    assert everything(home) == before
    assert f"{client}: nothing to do" in done("remove", client)


@pytest.mark.parametrize("before", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_configuration_keeps_every_byte_and_is_restored(rc: Path, before: bytes) -> None:
    rc.write_bytes(before)
    done("install", "neomutt", "--yes")
    after = rc.read_bytes()
    assert after.startswith(before) and after.count(MARK) == 1
    lines = after[len(before) :].splitlines(keepends=True)
    assert not before.endswith(b"\r\n") or all(line.endswith(b"\r\n") for line in lines)
    done("remove", "neomutt", "--yes")
    assert rc.read_bytes() == before


@given(before=st.binary() | st.text().map(str.encode), comment=st.sampled_from(["#", ";;", '"']))
@example(before=b"a\r", comment="#")
@example(before=b"a\nb\r\nc", comment="#")
def test_any_text_is_restored(before: bytes, comment: str) -> None:
    assume(b"\0" not in before and not before.startswith((b"\xff\xfe", b"\xfe\xff")) and b"reviewer" not in before)
    block = Block(Path("x"), b"one\ntwo\n", comment)
    after = block.put(before)
    assert after.startswith(before) and block.ours(after) == b"one\ntwo\n" and block.put(after) == after
    assert block.take(after) == before
    assert block.take(block.put(None)) is None


@given(
    st.lists(
        st.sampled_from(
            ["source", "set", "sendmail", "=", "smtp_url", "account-hook", "~", "~nobody/x", "/dev/zero", "$X", "|"]
        )
        | st.text(max_size=3),
        max_size=20,
    )
)
@example(["source", "/dev/zero"])
@example(["source", "~nobody/x"])
def test_any_configuration_of_neomutt_is_read_and_restored(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    assume(not any("\0" in word for word in words))
    home = tmp_path_factory.mktemp("home")
    before = " ".join(words).encode("utf-8", "surrogatepass")
    (home / ".muttrc").write_bytes(before)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(home))
        patched.delenv("XDG_CONFIG_HOME", raising=False)
        patched.setattr("reviewer.folders._user", lambda what: home / what)
        pieces = CLIENTS["neomutt"]().pieces
        carry_out(installing(pieces))
        assert all(standing(piece) is State.CURRENT for piece in pieces)
        carry_out(removing(pieces))
    assert (home / ".muttrc").read_bytes() == before


def test_what_is_written_below_the_block_later_stays(rc: Path) -> None:
    rc.write_bytes(b"set realname = Jordan\n")
    done("install", "neomutt", "--yes")
    rc.write_bytes(rc.read_bytes() + b"set editor = vim\n")
    done("remove", "neomutt", "--yes")
    assert rc.read_bytes() == b"set realname = Jordan\nset editor = vim\n"


def test_the_plan_shows_what_changes_before_anything_does(home: Path, rc: Path) -> None:
    rc.write_text("set a\nset b\nset c\n")
    before = everything(home)
    said = done("install", "neomutt", "--dry-run")
    assert everything(home) == before
    for line in (
        "create ~/.config/neomutt/reviewer-sendmail",
        "change ~/.muttrc",
        "     set c",
        "    +# >>> reviewer >>>",
        "    +source ~/.config/neomutt/reviewer.muttrc",
        "No other file changes. To undo it: reviewer hook remove neomutt",
    ):
        assert line in said.splitlines()
    assert " set a" not in said and max(map(len, said.splitlines())) <= 80
    done("install", "neomutt", "--yes")
    there = everything(home)
    assert "    -source ~/.config/neomutt/reviewer.muttrc" in done("remove", "neomutt", "--dry-run").splitlines()
    assert everything(home) == there


def test_a_control_character_of_a_file_does_not_reach_the_terminal(rc: Path) -> None:
    rc.write_bytes(b"set a = \x07\x9b\n")
    said = done("install", "neomutt", "--dry-run")
    assert "set a = ·" in said and "\x07" not in said and "\x9b" not in said


@pytest.mark.parametrize("what", ["install", "remove"])
def test_without_a_terminal_nothing_changes_unless_yes_is_said(home: Path, rc: Path, what: str) -> None:
    rc.write_text("set a\n")
    if what == "remove":
        done("install", "neomutt", "--yes")
    before = everything(home)
    program = [sys.executable, "-m", "reviewer", "hook", what, "neomutt"]
    ended = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ended.returncode == 2 and "say --yes" in ended.stderr and "change ~/.muttrc" in ended.stdout
    assert everything(home) == before


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_it_asks_and_no_is_the_default(
    rc: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.setattr("reviewer.cli.log.at_terminal", lambda: True)
    rc.write_text("set a\n")
    ended = CliRunner().invoke(app_for(["hook"]), ["hook", "install", "neomutt"], input=answer)
    assert ended.exit_code == status
    assert (MARK in rc.read_bytes()) == (status == 0)


def test_an_unknown_client_is_told_the_ones_there_are() -> None:
    assert refused("install", "pine").startswith("no client called 'pine'; there are aerc, ")


def test_a_linked_configuration_stays_a_link_and_modes_stay(home: Path, rc: Path) -> None:
    dotfiles = home / "dotfiles"
    dotfiles.mkdir()
    real = dotfiles / "muttrc"
    real.write_text("set a\n")
    rc.symlink_to("dotfiles/muttrc")
    for mode in (0o600, 0o666):  # less and more than the user's mask gives
        real.chmod(mode)
        done("install", "neomutt", "--yes")
        assert rc.is_symlink() and MARK in real.read_bytes()
        assert stat.S_IMODE(real.stat().st_mode) == mode
        done("remove", "neomutt", "--yes")
        assert rc.is_symlink() and real.read_text() == "set a\n" and stat.S_IMODE(real.stat().st_mode) == mode


def test_a_link_to_a_file_that_is_not_there_yet_is_followed(home: Path) -> None:
    rc, real = home / ".config/neomutt/neomuttrc", home / "dotfiles/neomuttrc"
    rc.parent.mkdir(parents=True)
    rc.symlink_to(real)
    done("install", "neomutt", "--yes")
    assert rc.is_symlink() and MARK in real.read_bytes()
    done("remove", "neomutt", "--yes")
    assert rc.is_symlink() and not real.exists()


def test_a_read_only_file_is_left_and_nothing_else_is_written(home: Path, rc: Path) -> None:
    rc.write_text("set a\n")
    rc.chmod(0o444)
    before = everything(home)
    assert "read-only" in refused("install", "neomutt", "--yes")
    assert everything(home) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("set a\n".encode("utf-16"), "not text"),
        (MARK + b"\nsource x\n", ".muttrc:1: expected one pair of lines"),
        (MARK + b"\n# <<< reviewer <<<\n" + MARK + b"\n# <<< reviewer <<<\n", ".muttrc:1, 2, 3, 4: expected one pair"),
    ],
)
def test_what_cannot_be_changed_is_told_and_left(home: Path, rc: Path, content: bytes, said: str) -> None:
    rc.write_bytes(content)
    before = everything(home)
    assert said in refused("install", "neomutt", "--yes")
    assert everything(home) == before


def test_a_folder_in_the_place_of_a_file_is_told(home: Path, rc: Path) -> None:
    rc.mkdir()
    assert f"{rc}: Is a directory" in refused("install", "neomutt", "--yes")
    assert not (home / ".config").exists()


def test_a_file_in_the_place_of_a_folder_is_told(home: Path) -> None:
    (home / ".config").write_text("")
    assert f"{home}/.config" in refused("install", "neomutt", "--yes")


def test_files_that_were_changed_by_hand_are_kept_and_named(home: Path, rc: Path) -> None:
    rc.write_text("set a\n")
    done("install", "neomutt", "--yes")
    wrapper = home / ".config/neomutt/reviewer-sendmail"
    wrapper.write_text("mine\n")
    assert any(line.startswith("neomutt") and line.endswith("changed by hand") for line in done("list").splitlines())
    for what in ("install", "remove"):
        said = " ".join(done(what, "neomutt", "--yes").split())
        assert "~/.config/neomutt/reviewer-sendmail is left as it is" in said
        assert wrapper.read_text() == "mine\n"
    assert rc.read_text() == "set a\n"


def test_a_block_that_was_changed_by_hand_is_kept_and_named_and_so_are_the_files_that_it_names(
    home: Path, rc: Path
) -> None:
    rc.write_text("set a\n")
    done("install", "neomutt", "--yes")
    rc.write_bytes(rc.read_bytes().replace(b"source ", b"set b\nsource "))
    before = everything(home)
    for what in ("install", "remove"):
        assert "~/.muttrc is left as it is" in " ".join(done(what, "neomutt", "--yes").split())
        assert everything(home) == before


def test_what_an_earlier_reviewer_put_there_is_brought_up_to_date(home: Path) -> None:
    earlier = File(home / "a/x", b"1", home), Block(home / "rc", b"1\n")
    (home / "rc").write_text("mine\n")
    carry_out(installing(earlier))
    now = File(home / "a/x", b"2", home), Block(home / "rc", b"2\n3\n")
    assert [standing(piece) for piece in now] == [State.OUTDATED] * 2
    carry_out(installing(now))
    assert [standing(piece) for piece in now] == [State.CURRENT] * 2
    later = File(home / "a/x", b"3", home), Block(home / "rc", b"4\n")
    carry_out(removing(later))
    assert (home / "rc").read_text() == "mine\n" and not (home / "a").exists()


def test_the_list_tells_what_is_outdated_or_missing_and_install_mends_it(home: Path, nobodys_settings: Path) -> None:
    def standing_now() -> str:
        return next(line for line in done("list").splitlines() if line.startswith("neomutt"))

    done("install", "neomutt", "--yes")
    wrapper, kept = home / ".config/neomutt/reviewer-sendmail", nobodys_settings / "data/reviewer/hooks/placed.json"
    packaged = wrapper.read_bytes()
    wrapper.write_text("earlier")
    kept.write_text(json.dumps({**json.loads(kept.read_text()), str(wrapper): sha256(b"earlier").hexdigest()}))
    assert "outdated; to update it: reviewer hook install neomutt" in standing_now()
    assert "update ~/.config/neomutt/reviewer-sendmail" in done("install", "neomutt", "--yes").splitlines()
    assert wrapper.read_bytes() == packaged
    wrapper.unlink()
    assert "in place in part; to mend it: reviewer hook install neomutt" in standing_now()
    done("install", "neomutt", "--yes")
    assert wrapper.read_bytes() == packaged and standing_now().endswith(" in place")


def test_a_file_that_changed_since_the_plan_was_shown_is_not_touched(home: Path) -> None:
    block = Block(home / "rc", b"1\n")
    plan = installing((block,))
    (home / "rc").write_text("mine\n")
    with pytest.raises(HookError, match="in the meantime"):
        carry_out(plan)
    assert (home / "rc").read_text() == "mine\n"


def test_a_program_is_a_program_and_a_file_follows_the_users_mask(home: Path) -> None:
    mask = os.umask(0o077)
    try:
        carry_out(installing((File(home / "p", b"", home, is_program=True), File(home / "f", b"", home))))
    finally:
        os.umask(mask)
    assert [stat.S_IMODE((home / name).stat().st_mode) for name in "pf"] == [0o700, 0o600]


def test_neomutt_reads_the_first_of_its_files(home: Path) -> None:
    order = (".muttrc", ".neomuttrc", ".mutt/muttrc", ".neomutt/neomuttrc", ".config/mutt/muttrc",
             ".config/neomutt/muttrc", ".config/neomutt/neomuttrc")  # fmt: skip
    for name in order:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("set a\n")
        assert f"change ~/{name}" in done("install", "neomutt", "--dry-run")


def test_neomutt_what_goes_round_the_wrapper_is_told_by_its_line(home: Path, rc: Path) -> None:
    (home / "account").write_text("source .muttrc\nset smtp_url = smtps://jordan:secret@x.example\n")
    rc.write_text("source ~/account # source ~/.muttrc\naccount-hook . 'set sendmail=msmtp'\n")
    done("install", "neomutt", "--yes")
    rc.write_text(rc.read_text() + "set sendmail = other\n")
    said = " ".join(done("install", "neomutt").split())
    assert "~/account:2 sets smtp_url" in said and "secret" not in said
    assert "~/.muttrc:2 sets sendmail after" in said and "~/.muttrc:6 sets sendmail after" in said


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("set sendmail_wait=-1", True),
        ("set copy=no sendmail_wait = '-2'", True),
        ("set sendmail_wait = 10", False),
        ("# set sendmail_wait=-1", False),
    ],
)
def test_neomutt_that_waits_for_no_sendmail_is_told(rc: Path, line: str, is_told: bool) -> None:
    rc.write_text(f"set a\n{line}\n")
    said = " ".join(done("install", "neomutt", "--dry-run").split())
    assert ("~/.muttrc:2 has neomutt wait for no sendmail" in said) == is_told
    assert ("set sendmail_wait = 0" in said) == is_told


def test_neomutt_that_was_set_up_by_hand_is_left_alone(home: Path, rc: Path) -> None:
    rc.write_text("# reviewer-sendmail would go here\n\nset sendmail = 'reviewer-sendmail msmtp'\n")
    before = everything(home)
    assert "~/.muttrc:3 has it already" in done("install", "neomutt", "--yes")
    assert everything(home) == before
    assert any(line.startswith("neomutt") and line.endswith("by hand") for line in done("list").splitlines())


def test_aerc_the_line_for_each_account_is_shown_and_none_is_written(home: Path) -> None:
    accounts = home / ".config/aerc/accounts.conf"
    accounts.parent.mkdir(parents=True)
    accounts.write_text("[Work]\noutgoing = msmtp -a work\n[Home]\n# x\noutgoing = smtps://jordan:secret@x.example\n")
    (accounts.parent / "binds.conf").write_text("[compose::review]\ny = :send<Enter>\nw = :mine<Enter>\n")
    before = accounts.read_bytes()
    said = done("install", "aerc", "--yes")
    assert accounts.read_bytes() == before and "secret" not in said
    wrapper = accounts.parent / "reviewer-sendmail"
    assert f"      outgoing = {wrapper} msmtp -a work" in said.splitlines()
    assert "accounts.conf:2: for the account Work" in said and "accounts.conf:5: the account Home" in said
    assert "binds.conf:3 has its own w" in said and f"      w = :term {wrapper} --why<Enter>" in said.splitlines()
    keys = (accounts.parent / "binds.conf").read_text()
    assert keys.count("w = ") == 1 and f"A = :term {wrapper} --allow" in keys


def test_aerc_the_wrapper_stays_as_long_as_an_account_names_it(home: Path) -> None:
    accounts = home / ".config/aerc/accounts.conf"
    accounts.parent.mkdir(parents=True)
    (accounts.parent / "binds.conf").write_text("")
    done("install", "aerc", "--yes")
    wrapper = accounts.parent / "reviewer-sendmail"
    accounts.write_text(f"[Work]\noutgoing = {wrapper} msmtp -a work\n")
    assert "by hand" not in done("install", "aerc")
    assert "      outgoing = msmtp -a work" in done("remove", "aerc", "--yes").splitlines()
    assert wrapper.exists() and not (accounts.parent / "binds.conf").read_bytes()
    accounts.write_text("[Work]\noutgoing = msmtp -a work\n")
    done("remove", "aerc", "--yes")
    assert not wrapper.exists()


def test_aerc_without_its_keys_is_not_given_ours_alone(home: Path) -> None:
    assert "start aerc once" in " ".join(done("install", "aerc", "--yes").split())
    assert not (home / ".config/aerc/binds.conf").exists()


def test_thunderbird_is_told_where_the_program_is(home: Path, nobodys_settings: Path) -> None:
    said = done("install", "thunderbird", "--yes")
    told = json.loads((home / ".mozilla/native-messaging-hosts/reviewer.json").read_bytes())
    assert os.access(told["path"], os.X_OK) and Path(told["path"]).name == "reviewer-host"
    package = nobodys_settings / "data/reviewer/hooks/reviewer-thunderbird.xpi"
    assert str(package) in said
    with ZipFile(package) as packed:
        addon = json.loads(packed.read("manifest.json"))
    added = {"addons": [{"id": addon["browser_specific_settings"]["gecko"]["id"], "version": addon["version"]}]}
    extensions = home / ".thunderbird/x.default/extensions.json"
    extensions.parent.mkdir(parents=True)
    extensions.write_text(json.dumps(added))
    assert "by hand" not in done("install", "thunderbird")
    extensions.write_text(json.dumps(added).replace(addon["version"], "0.0.9"))
    assert "by hand" in done("install", "thunderbird")
    extensions.write_text("{")
    assert "by hand" in done("install", "thunderbird")


def test_emacs_that_was_set_up_by_hand_is_left_alone(home: Path) -> None:
    (home / ".emacs").write_text(";; (reviewer-mode 1)\n(require 'message)\n(reviewer-mode 1)\n")
    before = everything(home)
    assert "~/.emacs:3 has it already" in done("install", "emacs", "--yes")
    assert everything(home) == before


def helix(home: Path, content: str) -> str:
    """What is said on installing, with this as languages.toml, which is restored."""
    file = home / ".config/helix/languages.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    said = done("install", "helix", "--yes")
    if file.read_text() != content:
        tomllib.loads(file.read_text())
    done("remove", "helix", "--yes")
    assert file.read_text() == content
    return " ".join(said.split())


@pytest.mark.parametrize(
    "content", ["", '[[language]]\nname = "python"\n', "theme = 1", "[editor]\n[language-server.x]\n"]
)
def test_helix_gets_the_server_beside_the_users_own_settings(home: Path, content: str) -> None:
    assert "+[language-server.reviewer]" in helix(home, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('\n[language-server.reviewer]\ncommand = "x"\n', "languages.toml:2 has this already"),
        ('[[language]]\nname = "mail"\n', "languages.toml:2 has this already"),
        ('language = [{name = "x"}]\n', "settings that these cannot follow"),
        ("x = = 1\n", "languages.toml is no TOML"),
    ],
)
def test_helix_what_stands_in_the_way_is_told_and_left(home: Path, content: str, said: str) -> None:
    assert said in helix(home, content)


def test_git_a_hook_of_the_users_own_is_kept(home: Path) -> None:
    own = home / ".git/hooks/sendemail-validate"
    own.write_text("mine")
    assert "sendemail-validate is left as it is" in " ".join(done("install", "git", "--yes").split())
    assert own.read_text() == "mine"


def test_git_outside_a_repository_is_told(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "this is no repository" in refused("install", "git", "--yes")
    assert "this is no repository" in done("list")


def test_a_path_that_a_configuration_cannot_hold_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "a b"))
    assert "a b/.config" in refused("install", "neomutt", "--yes")


def test_a_reviewer_that_no_client_would_find_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert "      ln -s " in done("install", "neomutt", "--dry-run")
