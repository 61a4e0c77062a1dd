"""What the tests of mail clients in a terminal share: drafts, a home of one's own, a terminal, a stand-in for msmtp."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from conftest import GOOD

ROOT = Path(__file__).parents[2]
CLIENTS = ROOT / "clients"
REVIEWER = Path(sys.executable).with_name("reviewer")
BAD = GOOD.replace("Hi Priya", "Hi Pria")
WRONG_NAME = "Do you mean Priya?"
UNCHECKED = "reviewer could not check this message"
PATIENCE = 30.0  # seconds for a screen to show what it must; a slow machine is no fault

# Ways of not working. `bin` is the folder that reviewer is found in, `home` one for modules that are imported first.
BROKEN: dict[str, Callable[["Desk"], None]] = {
    "missing": lambda desk: desk.reviewer.unlink(),
    "not startable": lambda desk: desk.program("reviewer", "", first="#!/nonexistent/python"),
    "crashing": lambda desk: desk.module("datetime", "import os; os.abort()"),
    "hanging": lambda desk: desk.module("datetime", "import time; time.sleep(60)"),
    "misconfigured": lambda desk: desk.configure("[rules"),
}


def need(*programs: str, module: str | None = None) -> None:
    """Skip the test where a program or a module of Perl is not installed; fail where REVIEWER_CLIENTS says they are."""
    there = f"{os.environ['PATH']}:/usr/lib/git-core:/usr/sbin"
    missing = [program for program in programs if shutil.which(program, path=there) is None]
    if (
        module is not None
        and subprocess.run(["perl", f"-M{module}", "-e1"], capture_output=True, check=False).returncode
    ):
        missing.append(module)
    if missing and os.environ.get("REVIEWER_CLIENTS") == "required":
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


class Desk:
    """A home with reviewer, an editor that writes the draft, and msmtp, which only writes down what it is given."""

    def __init__(self, folder: Path, client: str = "") -> None:
        self.folder, self.home, self.bin = folder, folder / "home", folder / "bin"
        self.home.mkdir()
        self.bin.mkdir()
        self.reviewer = self.bin / "reviewer"
        self.reviewer.symlink_to(REVIEWER)
        self.draft = folder / "draft"
        held = f"while [ -e {folder}/hold ]; do sleep 0.05; done"
        self.program("editor", f'echo; echo editing; {held}; cat {self.draft} >"$1"')
        self.program("msmtp", _written(folder / "sent"))
        if client:
            ours = f'exec {CLIENTS / client}/reviewer-sendmail "$@"'
            handed = _written(folder / "handed")
            self.program("reviewer-sendmail", f'case "$1" in --*) {ours} ;; esac\n{handed}\n{ours} <{folder}/handed')
        kept = {k: v for k, v in os.environ.items() if k in ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "USER", "LOGNAME")}
        self.environment = {
            **kept,
            "HOME": str(self.home),
            "PATH": f"{self.bin}:/usr/bin:/bin:/usr/sbin",
            "LANG": "C.UTF-8",
            "TERM": "screen-256color",
            "EDITOR": str(self.bin / "editor"),
            "SHELL": "/bin/sh",
        }

    def program(self, name: str, does: str, *, first: str = "#!/bin/sh") -> None:
        file = self.bin / name
        file.unlink(missing_ok=True)
        file.write_text(f"{first}\n{does}\n")
        file.chmod(0o700)

    def module(self, name: str, does: str) -> None:
        """A module that takes the place of one that reviewer imports."""
        modules = self.folder / "modules"
        modules.mkdir(exist_ok=True)
        (modules / f"{name}.py").write_text(does)
        self.environment["PYTHONPATH"] = str(modules)

    def configure(self, settings: str) -> None:
        file = self.home / ".config/reviewer/config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(settings)

    def run(self, *command: str | Path, given: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, env={**self.environment, **more}, cwd=self.folder, input=given, capture_output=True,
            text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    def got(self, name: str) -> bytes | None:
        """What msmtp (`sent`) or the wrapper (`handed`) was given, arguments first, once it has it all."""
        arguments = self.folder / f"{name}.arguments"
        return arguments.read_bytes() + (self.folder / name).read_bytes() if arguments.exists() else None

    def edit(self, terminal: "Terminal", text: str) -> None:
        """Press e, and have the editor write another draft."""
        self.draft.write_text(text)
        hold = self.folder / "hold"
        hold.touch()
        terminal.type("e")
        terminal.shows("editing")
        hold.unlink()

    def until_sent(self) -> bytes:
        until(lambda: self.got("sent") is not None, lambda: "nothing was sent")
        return self.got("sent") or b""

    @property
    def handed(self) -> bytes:
        """What msmtp must get: what the client handed over, less the name of msmtp itself."""
        return (self.got("handed") or b"").removeprefix(b"msmtp\0")

    @property
    def kept(self) -> list[bytes]:
        return [file.read_bytes() for file in (self.home / ".local/share/reviewer/refused").glob("*.eml")]

    @contextmanager
    def terminal(self, *command: str | Path) -> Iterator["Terminal"]:
        # The path of a socket may not be long.
        with tempfile.TemporaryDirectory(prefix="tmux") as short:
            terminal = Terminal(Path(short) / "socket", self.environment, self.folder)
            try:
                terminal.start(*map(str, command))
                yield terminal
            finally:
                terminal.tmux("kill-server", check=False)


class Terminal:
    """A terminal of 110 × 40 in tmux: keys go in, the screen is read."""

    def __init__(self, socket: Path, environment: dict[str, str], folder: Path) -> None:
        self.socket, self.environment, self.folder = socket, environment, folder

    def tmux(self, *arguments: str, check: bool = True) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", "/dev/null", *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, check=check
        )  # fmt: skip
        return done.stdout

    def start(self, *command: str) -> None:
        self.tmux("new-session", "-d", "-x", "110", "-y", "40", "--", *command)
        self.tmux("set-option", "-g", "remain-on-exit", "on")

    def type(self, *keys: str) -> None:
        """Each is a key of tmux (`Enter`, `C-p`) or, where it is none, the letters of it."""
        for key in keys:
            self.tmux("send-keys", key)

    def line(self, text: str) -> None:
        self.tmux("send-keys", "-l", text)
        self.tmux("send-keys", "Enter")

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", check=False)

    def shows(self, *texts: str) -> str:
        """The screen, as soon as all of it is there."""
        until(lambda: all(text in self.screen() for text in texts), lambda: f"no {texts} in\n{self.screen()}")
        return self.screen()


def until(true: Callable[[], bool], or_else: Callable[[], str]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        if monotonic() > end:
            pytest.fail(or_else())
        sleep(0.05)


def _written(to: Path) -> str:
    """Shell that writes standard input and arguments down; the arguments last, as a sign that all is there."""
    return f'cat >{to}; printf "%s\\0" "$@" >{to}.part; mv {to}.part {to}.arguments'
