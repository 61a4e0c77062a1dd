"""In the place of sendmail: what goes is what came, byte for byte; what is refused is kept; nothing is ever lost."""

import base64
import os
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from conftest import GOOD

from reviewer.context import Context
from reviewer.message import Message
from reviewer.report import refusal
from reviewer.reviewing import review
from reviewer.rubric import Rubric

REVIEWER = Path(sys.executable).with_name("reviewer")
HEADERS = b"From: Jordan Ellis <jordan@home.example>\nTo: Priya Raman <priya@northwind.example>\nSubject: Thank you\n"
PLAIN = b"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
BAD = HEADERS + PLAIN + GOOD.replace("Hi Priya", "Hi Pria").encode()
RECIPIENTS = ("-f", "jordan@home.example", "--", "priya@northwind.example", "an odd one", "", "-t", "é")


class Desk:
    """A home of its own, and a stand-in for msmtp that writes down what it is given."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.got, self.arguments = folder / "got", folder / "arguments"
        self.config = self.home / ".config" / "reviewer" / "config.toml"
        self.config.parent.mkdir(parents=True)
        self.msmtp = self.program("msmtp", f'cat >{self.got}; printf "%s\\0" "$@" >{self.arguments}')
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "REVIEWER_"))}
        self.environment = {**kept, "HOME": str(self.home)}

    def program(self, name: str, does: str) -> Path:
        file = self.home.parent / name
        file.write_text(f"#!/bin/sh\n{does}\n")
        file.chmod(0o700)
        return file

    def send(
        self, message: bytes, *flags: str, program: tuple[str | Path, ...] = (), **more: str
    ) -> "subprocess.CompletedProcess[bytes]":
        command = [REVIEWER, "sendmail", *flags, "--", *(program or (self.msmtp, *RECIPIENTS))]
        return subprocess.run(
            command, input=message, env={**self.environment, **more}, capture_output=True, timeout=60, check=False
        )

    def run(self, *arguments: str) -> int:
        return subprocess.run(
            [REVIEWER, *arguments], env=self.environment, capture_output=True, check=False
        ).returncode  # fmt: skip

    def checker_that(self, does: str) -> dict[str, str]:
        """The environment in which a module that only the reviewing process imports does something else."""
        (self.home / "datetime.py").write_text(does)
        return {"PYTHONPATH": str(self.home)}

    @property
    def kept(self) -> list[Path]:
        return sorted((self.home / ".local/share/reviewer/refused").glob("*"))

    @property
    def sent(self) -> bytes | None:
        return self.got.read_bytes() if self.got.exists() else None


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def mail(text: str = GOOD, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Jordan Ellis <jordan@home.example>", "Priya Raman <priya@northwind.example>"
    made["Subject"] = "Jordan Ellis – Thank you"
    for name, value in headers.items():
        made[name] = value
    made.set_content(text)
    return made


def with_attachments() -> bytes:
    made = mail()
    made.add_attachment(bytes(range(256)) * 20_000, maintype="application", subtype="pdf", filename="résumé.pdf")
    made.add_attachment("notes\n", filename="notes.txt")
    return made.as_bytes()


def multipart(kind: str, protocol: str, *parts: bytes) -> bytes:
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; protocol="{protocol}";\r\n\tboundary="=-x-="\r\n\r\n'
    body = b"".join(b"--=-x-=\r\n" + part + b"\r\n" for part in parts)
    return HEADERS.replace(b"\n", b"\r\n") + head.encode() + body + b"--=-x-=--\r\n"


SIGNED = (
    b"Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"Hi Priya,=20\r\n\r\nThank you =E2=80=93 trailing blanks=20\r\n-- =20\r\nJordan\r\n"
)
SIGNATURE = (
    b"Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQ==\r\n-----END PGP SIGN"
)
FLOWED = (
    b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nHi Priya, \nthank you \n for today.  \n-- \n"
)
EIGHT_BIT = "Content-Type: text/plain; charset={}\nContent-Transfer-Encoding: {}\n\n"
EIGHT_BIT += "Guten Tag Zoë,\n\ndanke für heute.\n\nJörg\n"
MESSAGES = {
    "plain": HEADERS + PLAIN + GOOD.encode(),
    "plain, CRLF": (HEADERS + PLAIN + GOOD.encode()).replace(b"\n", b"\r\n"),
    "mixed line ends": HEADERS + PLAIN.replace(b"\n", b"\r\n") + GOOD.encode() + b"\r\r\n\x0b\x0c\xe2\x80\xa8\r",
    "no line end": HEADERS + PLAIN + GOOD.encode().rstrip(),
    "attachments, 5 MB": with_attachments(),
    "binary part": HEADERS
    + b"MIME-Version: 1.0\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\n"
    + bytes(range(256)) * 50,
    "signed": multipart("signed", "application/pgp-signature", SIGNED, SIGNATURE),
    "encrypted": multipart(
        "encrypted",
        "application/pgp-encrypted",
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n",
        b"Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQE=\r\n-----END PGP",
    ),
    "8bit UTF-8": HEADERS + EIGHT_BIT.format("utf-8", "8bit").encode(),
    "8bit latin-1": HEADERS + EIGHT_BIT.format("iso-8859-1", "8bit").encode("latin-1"),
    "binary latin-1, CRLF": (HEADERS + EIGHT_BIT.format("iso-8859-1", "binary").encode("latin-1")).replace(
        b"\n", b"\r\n"
    ),
    "a charset that is a lie": HEADERS + EIGHT_BIT.format("utf-8", "8bit").encode("latin-1"),
    "a charset nobody knows": HEADERS + EIGHT_BIT.format("x-none", "8bit").encode(),
    "format=flowed": HEADERS + FLOWED,
    "Bcc": b"Bcc: Secret <secret@home.example>\n" + HEADERS + PLAIN + GOOD.encode(),
    "mbox From line": b"From jordan@home.example Tue Mar 10 16:30:00 2026\n"
    + HEADERS
    + PLAIN
    + b">From here\nFrom here\n",
    "lone dots": HEADERS + PLAIN + b"Hi Priya,\n.\n..\n.Thank you for today.\n",
    "no body": HEADERS,
    "only headers, and the empty line": HEADERS + PLAIN,
    "blank body": HEADERS + PLAIN + b"  \n\t\n\n",
    "empty": b"",
    "NUL bytes": HEADERS + PLAIN + b"Hi Pri\0ya,\n\n\0\0\0Thank you for today.\n",
    "no headers": b"Thank you all, the heating works again.\n",
    "no text at all": bytes(range(256)) * 100,
    "one endless line": HEADERS + PLAIN + b"word " * 200_000,
    "broken base64": HEADERS
    + b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    + base64.b64encode(GOOD.encode())[:-3]
    + b"=*",
    "a folded and encoded subject": mail(X_Long="word " * 60).as_bytes(policy=SMTP),
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_what_goes_is_what_came(desk: Desk, message: bytes) -> None:
    done = desk.send(message, REVIEWER_SEND_ANYWAY="1")
    assert (done.returncode, done.stdout, desk.sent) == (0, b"", message)
    assert desk.arguments.read_bytes() == "".join(f"{a}\0" for a in RECIPIENTS).encode()


def test_where_there_are_no_files_in_memory_it_goes_as_well(desk: Desk) -> None:
    code = f"import os, sys; del os.memfd_create; sys.argv = ['reviewer', 'sendmail', '--', {str(desk.msmtp)!r}]\n"
    code += "from reviewer.cli import main; main()"
    message = MESSAGES["attachments, 5 MB"]
    subprocess.run([sys.executable, "-c", code], input=message, env=desk.environment, check=True)
    assert desk.sent == message


@pytest.mark.parametrize("message", [MESSAGES["plain"], MESSAGES["attachments, 5 MB"], MESSAGES["signed"]])
def test_a_message_that_nothing_speaks_against_goes_without_a_word(desk: Desk, message: bytes) -> None:
    done = desk.send(message)
    assert (done.returncode, done.stderr, desk.sent) == (0, b"", message)


@pytest.mark.parametrize("name", ["encrypted", "binary part", "no body", "blank body", "empty"])
def test_a_message_with_nothing_to_read_goes_without_a_word(desk: Desk, name: str) -> None:
    done = desk.send(MESSAGES[name])
    assert (done.returncode, done.stderr, desk.sent) == (0, b"", MESSAGES[name])


def test_a_message_that_goes_leaves_nothing_of_itself_behind(desk: Desk) -> None:
    desk.send(MESSAGES["plain"])
    files = [file.read_bytes() for file in desk.home.rglob("*") if file.is_file()]
    assert not any(b"Brightwater" in file or b"northwind" in file for file in files)


def test_a_bad_message_is_refused_with_the_reasons_and_kept(desk: Desk) -> None:
    done = desk.send(BAD)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout, desk.sent) == (65, b"", None)
    for words in ("not sent", "line 1: error: Do you mean Priya? [wrong-name]", "“Pria”", "reviewer allow"):
        assert words in said
    (kept,) = desk.kept
    assert kept.read_bytes() == BAD and str(kept) in said
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_stops_a_message_stands_first_and_a_terminal_obeys_none_of_it(rubric: Rubric) -> None:
    text = "Hi Pria,\n\nI am \x1b[2Jsorry to bother you again. Please give me an answer by tomorrow.\n\nJordan"
    said = refusal.render(review(Message(text, to="Priya Raman"), rubric, context=Context()))
    assert "\x1b" not in said
    first, _, rest = said.partition("Not in the way")
    assert "error:" in first and "warning:" not in first and "warning:" in rest and "error:" not in rest


def test_fail_on_decides_what_is_refused(desk: Desk) -> None:
    meek = (
        HEADERS + PLAIN + GOOD.replace("I would welcome", "I am so sorry to bother you, but I would welcome").encode()
    )
    assert desk.send(meek).returncode == 0
    assert desk.send(meek, "--fail-on", "warning").returncode == 65


def test_an_allowed_message_goes_once(desk: Desk) -> None:
    assert desk.run("allow") == 2  # nothing was refused
    assert desk.send(BAD).returncode == 65
    assert desk.run("allow") == 0
    done = desk.send(BAD)
    assert (done.returncode, done.stderr, desk.sent) == (0, b"", BAD)
    assert desk.send(BAD).returncode == 65


def test_behind_a_second_wrapper_an_allowed_message_goes_as_well(desk: Desk) -> None:
    twice = (REVIEWER, "sendmail", "--", desk.msmtp)
    assert desk.send(BAD, program=twice).returncode == 65
    assert desk.run("allow") == 0
    done = desk.send(BAD, program=twice)
    assert (done.returncode, done.stderr, desk.sent) == (0, b"", BAD)
    assert desk.send(BAD, program=twice).returncode == 65


def test_a_client_that_ignores_its_children_changes_nothing(desk: Desk) -> None:
    ignoring = ["env", "--ignore-signal=CHLD", REVIEWER, "sendmail", "--", "grep", "SigIgn", "/proc/self/status"]
    done = subprocess.run(ignoring, input=MESSAGES["plain"], env=desk.environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert int(done.stdout.split()[1], 16) & 1 << (signal.SIGCHLD - 1)  # as the program would have had it
    ignoring[-3:] = [desk.msmtp]
    assert subprocess.run(ignoring, input=BAD, env=desk.environment, capture_output=True, check=False).returncode == 65


def test_a_message_that_was_changed_is_read_anew(desk: Desk) -> None:
    desk.send(BAD)
    desk.run("allow")
    assert desk.send(BAD.replace(b"Thank you for making", b"Many thanks for making")).returncode == 65
    assert desk.sent is None


def test_a_message_goes_unread_where_the_environment_says_so(desk: Desk) -> None:
    assert desk.send(BAD, REVIEWER_SEND_ANYWAY="1").returncode == 0
    assert (desk.sent, desk.kept) == (BAD, [])


def test_kept_messages_go_after_thirty_days(desk: Desk) -> None:
    desk.send(BAD)
    desk.send(BAD)
    old, new = desk.kept
    month = time.time() - 31 * 86400
    os.utime(old, (month, month))
    desk.send(MESSAGES["plain"])
    assert desk.kept == [new]


def test_a_message_that_cannot_be_kept_is_not_refused(desk: Desk) -> None:
    folder = desk.home / ".local/share/reviewer"
    folder.mkdir(parents=True)
    (folder / "refused").write_text("a file in the place of the folder")
    done = desk.send(BAD)
    assert (done.returncode, desk.sent) == (0, BAD)
    assert b"reviewer could not check this message: it would have been refused" in done.stderr


FAULTS = {
    "crash": ("import os; os.abort()", "SIGABRT"),
    "killed": ("import os; os.kill(os.getpid(), 9)", "ended early"),
    "early end": ("import os; os._exit(3)", "ended early"),
    "hang": ("import time; time.sleep(60)", "longer than 0.5 s"),
    "hang that hears no signal": (
        "import signal, time\nfor s in range(1, 32):\n  try: signal.signal(s, signal.SIG_IGN)\n  except OSError: pass\n"
        "while True: pass",
        "longer than 0.5 s",
    ),
    "exit": ("import sys; sys.exit(2)", "SystemExit in datetime.py:1"),
    "exception": ("raise RuntimeError(open(0).read() + 'Brightwater')", "RuntimeError in datetime.py:1"),
    "no memory": ("raise MemoryError", "MemoryError"),
    "broken file": ("def def", "SyntaxError"),
    "missing package": ("raise ImportError('x')", "ImportError"),
    "old package": ("", "ImportError"),
}


@pytest.mark.parametrize(("does", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_checker_that_fails_lets_the_message_go_with_a_note(desk: Desk, does: str, said: str) -> None:
    done = desk.send(BAD, "--deadline", "0.5" if "0.5" in said else "10", **desk.checker_that(does))
    assert (done.returncode, done.stdout, desk.sent) == (0, b"", BAD)
    assert done.stderr.startswith(b"reviewer could not check this message: ") and said in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1 and b"Brightwater" not in done.stderr


def test_settings_that_never_end_let_the_message_go(desk: Desk) -> None:
    os.mkfifo(desk.config)
    done = desk.send(BAD, "--deadline", "1")
    assert (done.returncode, desk.sent) == (0, BAD) and b"took longer than 1 s" in done.stderr


MISTAKES = {
    "no such rubric": (("--rubric", "nonesuch"), "nonesuch"),
    "no such flag": (("--fail_on", "error"), "--fail_on error of reviewer sendmail are not understood"),
    "no such severity": (("--fail-on", "eror"), "--fail-on eror"),
    "no number": (("--deadline", "soon"), "--deadline soon"),
    "no time": (("--deadline", "-1"), "--deadline -1"),
    "not a number": (("--deadline", "nan"), "--deadline nan"),
}


@pytest.mark.parametrize(("flags", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_flags_that_are_wrong_let_the_message_go(desk: Desk, flags: tuple[str, ...], said: str) -> None:
    done = desk.send(BAD, *flags)
    assert (done.returncode, desk.sent) == (0, BAD)
    assert done.stderr.startswith(b"reviewer could not check this message: ") and said in done.stderr.decode()


def test_settings_that_are_wrong_let_the_message_go(desk: Desk) -> None:
    desk.config.write_text("[rules\n")
    done = desk.send(BAD)
    assert (done.returncode, desk.sent) == (0, BAD) and b"config.toml" in done.stderr


def test_a_log_that_is_none_lets_the_message_go(desk: Desk) -> None:
    log = desk.home / "log"
    log.write_text("this is no database, and long enough to be looked at as one" * 20)
    done = desk.send(BAD, "--log", str(log))
    assert (done.returncode, desk.sent) == (0, BAD) and b"could not check this message" in done.stderr


def test_the_log_tells_who_was_there(desk: Desk) -> None:
    added = (
        "interview",
        "add",
        "--company",
        "Northwind Labs",
        "--role",
        "Data Engineer",
        "--round",
        "2026-03-10T10:00",
    )
    assert desk.run(*added, "--interviewer", "Priya Raman <priya@northwind.example>") == 0
    nameless = HEADERS.replace(b"Priya Raman <priya@northwind.example>", b"priya@northwind.example")
    done = desk.send(nameless + PLAIN + GOOD.replace("Hi Priya", "Hi Pria").encode())
    assert done.returncode == 65 and b"Do you mean Priya?" in done.stderr


def test_nobody_listening_changes_nothing(desk: Desk) -> None:
    for message, status in ((BAD, 65), (MESSAGES["plain"], 0)):
        ours, theirs = os.pipe()
        os.close(ours)
        command = [REVIEWER, "sendmail", "--said", str(desk.home / "said"), "--", desk.msmtp]
        done = subprocess.run(command, input=message, env=desk.environment, stderr=theirs, timeout=60, check=False)
        os.close(theirs)
        assert done.returncode == status
        command = ["sh", "-c", '"$@" 2>&- >&-', "sh", *map(str, command)]
        assert subprocess.run(command, input=message, env=desk.environment, check=False).returncode == status
    assert desk.sent == MESSAGES["plain"]


def test_what_is_said_is_repeated_in_a_file_for_clients_that_show_nothing(desk: Desk) -> None:
    said = desk.home / "said"
    done = desk.send(BAD, "--said", str(said))
    assert said.read_bytes() == done.stderr and said.stat().st_mode & 0o777 == 0o600
    desk.send(MESSAGES["plain"], "--said", str(said))
    assert said.read_bytes() == b""
    done = desk.send(BAD, "--said", str(said), **desk.checker_that("raise ValueError"))
    assert said.read_bytes() == done.stderr and b"could not check" in done.stderr
    done = desk.send(BAD, "--said", str(said), "--fail_on", "error")
    assert said.read_bytes() == done.stderr and b"--fail_on" in done.stderr


@pytest.mark.parametrize("status", [0, 1, 2, 65, 75, 127, 255])
def test_the_programs_status_and_words_are_passed_on(desk: Desk, status: int) -> None:
    talking = desk.program("talking", f"cat >{desk.got}; printf 'out\\377'; printf 'err\\376' >&2; exit {status}")
    done = desk.send(MESSAGES["plain"], program=(talking,))
    assert (done.returncode, done.stdout, done.stderr) == (status, b"out\xff", b"err\xfe")


def test_the_signal_that_ends_the_program_is_passed_on(desk: Desk) -> None:
    assert desk.send(MESSAGES["plain"], program=(desk.program("dying", "kill -USR1 $$"),)).returncode == -signal.SIGUSR1
    piped = desk.program("piped", 'kill -PIPE $$; echo "not even by SIGPIPE"')  # which Python ignores
    assert desk.send(MESSAGES["plain"], program=(piped,)).returncode == -signal.SIGPIPE


def test_a_signal_reaches_the_program(desk: Desk) -> None:
    waiting = desk.program("waiting", "trap 'cat; exit 7' TERM\necho ready\nwhile :; do sleep 0.05; done")
    command = [REVIEWER, "sendmail", "--", waiting]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=desk.environment) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(MESSAGES["plain"])
        running.stdin.close()
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGTERM)
        assert (running.stdout.read(), running.wait(30)) == (MESSAGES["plain"], 7)


def test_no_child_and_no_open_file_is_left_to_the_program(desk: Desk) -> None:
    looking = desk.program("looking", "cat >/dev/null; ls /proc/self/fd | tr '\\n' ' '; ps -o pid= --ppid $$ | wc -l")
    if not Path("/proc/self/fd").exists():
        pytest.skip("needs /proc")
    straight = subprocess.run([looking], input=b"", capture_output=True, env=desk.environment, check=True).stdout
    assert desk.send(MESSAGES["plain"], program=(looking,)).stdout == straight


@pytest.mark.parametrize(
    "does", ["exit 0", "head -c 10 >/dev/null; exec 0<&-; exit 0", "yes | head -c 3000000; cat >/dev/null"]
)
def test_a_program_that_reads_late_or_never_is_not_waited_for(desk: Desk, does: str) -> None:
    done = desk.send(MESSAGES["attachments, 5 MB"], program=(desk.program("late", does),))
    assert done.returncode == 0 and len(done.stdout) in (0, 3_000_000)


def test_a_script_without_a_first_line_runs_as_it_does_for_others(desk: Desk) -> None:
    script = desk.home / "script"
    script.write_text(f'cat >{desk.got}; echo "$1"\n')
    script.chmod(0o700)
    done = desk.send(MESSAGES["plain"], program=(script, "an argument"))
    assert (done.returncode, done.stdout, desk.sent) == (0, b"an argument\n", MESSAGES["plain"])
    found = desk.send(MESSAGES["plain"], program=("script", "found"), PATH=f"{desk.home}:{os.environ['PATH']}")
    assert (found.returncode, found.stdout) == (0, b"found\n")


def test_a_program_that_is_missing_is_named_and_the_message_kept(desk: Desk) -> None:
    for program, why in (("nonesuch", "No such file"), (desk.home, "ermission denied")):
        done = desk.send(MESSAGES["plain"], program=(program, "-t"))
        said = done.stderr.decode()
        assert done.returncode == 69 and f"{program}: " in said and why in said
        assert desk.kept[-1].read_bytes() == MESSAGES["plain"] and str(desk.kept[-1]) in said
        desk.kept[-1].unlink()


@pytest.mark.parametrize(
    "arguments", [[], ["--"], ["--", ""], ["msmtp", "-t"], ["msmtp", "--", "priya@northwind.example"]]
)
def test_a_program_that_is_not_named_is_asked_for(desk: Desk, arguments: list[str]) -> None:
    command = [REVIEWER, "sendmail", *arguments]
    done = subprocess.run(command, input=BAD, env=desk.environment, capture_output=True, check=False)
    assert done.returncode == 64 and b"reviewer sendmail -- msmtp -t" in done.stderr


def test_help_names_every_flag(desk: Desk) -> None:
    done = subprocess.run([REVIEWER, "sendmail", "--help"], env=desk.environment, capture_output=True, check=False)
    assert done.returncode == 0
    for flag in (b"--deadline", b"--fail-on", b"--rubric", b"--log", b"--said", b"reviewer sendmail -- msmtp"):
        assert flag in done.stdout


def test_nothing_heavy_is_imported_and_nothing_of_the_checker_before_it_has_a_process_of_its_own(desk: Desk) -> None:
    code = (
        "import sys, os; sys.argv = ['reviewer', 'sendmail', '--', 'x']\n"
        "os.execv = lambda *_: (print(*sys.modules), sys.stdout.flush(), os._exit(0))\n"
        "from reviewer.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"", capture_output=True, env=desk.environment, check=True
    )
    loaded = set(done.stdout.decode().split())
    assert "reviewer.sendmail" in loaded
    ours = {"reviewer.gate", "reviewer.rubric", "reviewer.message", "datetime"}
    assert not loaded & {"typer", "click", "pydantic", "rich", "yaml", "email", "json", "subprocess", *ours}
