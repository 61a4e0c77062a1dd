"""In the place of sendmail: has a message reviewed, and refuses it or becomes the program that sends it.

The message reaches that program byte for byte, with its arguments as they were given. Whatever goes wrong in the
checking is noted, and the message goes: the review has a process of its own, which may crash and may not take long.
"""

import errno
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from time import localtime, monotonic, strftime, time
from typing import NamedTuple, NoReturn

__all__ = ["DEADLINE", "KEPT_DAYS", "REFUSED", "UNAVAILABLE", "How", "send"]

DEADLINE = 2.0  # seconds
KEPT_DAYS = 30
REFUSED, UNAVAILABLE = 65, 69  # sysexits.h: EX_DATAERR, EX_UNAVAILABLE; mail clients keep the message on either
_ANYWAY = "REVIEWER_SEND_ANYWAY"  # reviewer.gate.ANYWAY; that module is for the reviewing process alone
_REFUSED, _UNCHECKED, _GOES = b"R", b"U", b"G"  # the first byte of what the reviewing process answers


class How(NamedTuple):
    """How to review, and where to repeat what is said, for mail clients that show nothing a program says."""

    deadline: float = DEADLINE
    fail_on: str = "error"
    rubric: str = "default"
    log: Path | None = None
    said: Path | None = None


class _Outcome(NamedTuple):
    against: str | None = None  # what is said against the message
    unchecked: str | None = None  # why it could not be checked


def send(program: Sequence[str], how: How, *, unchecked: str | None = None) -> int:
    """Become the program, with standard input as its own, unless the message is refused: then the exit status.

    `unchecked` is a reason why the message cannot be checked, if that is known already.
    """
    _open_streams()
    with open(0, "rb", closefd=False) as given:
        message = given.read()
    outcome = _Outcome(unchecked=unchecked) if unchecked is not None else _reviewed(message, how)
    if outcome.against is not None:
        try:
            return _refuse(message, outcome.against, how)
        except OSError as error:  # a message that might be lost is not refused
            outcome = _Outcome(unchecked=f"it would have been refused, and a copy cannot be kept ({error.strerror})")
    if outcome.unchecked is not None:
        _say(f"reviewer could not check this message: {outcome.unchecked}. It goes unchecked.", how)
    else:
        _say("", how)
    return _become(program, message, how)


def _open_streams() -> None:
    """A standard stream that came closed would be taken by the next file opened; the program gets it closed again."""
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(file)


def _refuse(message: bytes, against: str, how: How) -> int:
    kept = _keep(message)
    _say(
        f"reviewer: this message was not sent.\n{against}\n"
        "To send it as it is: reviewer allow, then send it again. Changed, it is read anew.\n"
        f"A copy is kept for {KEPT_DAYS} days in {kept}",
        how,
    )
    return REFUSED


def _become(program: Sequence[str], message: bytes, how: How) -> int:
    """Put the program in the place of this process; returns only where that cannot be done."""
    os.environ[_ANYWAY] = "1"  # a second wrapper behind this one has nothing left to decide
    try:
        os.dup2(_file_of(message), 0)
        for ignored in (signal.SIGPIPE, signal.SIGXFSZ):  # by Python, not by who called us
            signal.signal(ignored, signal.SIG_DFL)
        _execute(program)
    except OSError as error:
        _say(f"reviewer: {program[0]}: {error.strerror}; the message was not sent. {_kept(message)}", how)
    return UNAVAILABLE


def _execute(program: Sequence[str]) -> NoReturn:
    """As execvp(3) does, unlike Python's: what the kernel cannot run is a script for the shell. Raises OSError."""
    name = program[0]
    reason = errno.ENOENT
    for folder in [""] if "/" in name else os.get_exec_path():
        path = os.path.join(folder, name)  # noqa: PTH118 – pathlib would take a leading ./ away
        try:
            os.execv(path, list(program))
        except OSError as error:
            if error.errno == errno.ENOEXEC:
                os.execv("/bin/sh", ["sh", path, *program[1:]])
            if error.errno not in (errno.ENOENT, errno.ENOTDIR):
                reason = error.errno or reason
    raise OSError(reason, os.strerror(reason))


def _file_of(message: bytes) -> int:
    """A file without a name that holds the message, to be read from its beginning: a pipe might have to be fed."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("message")
    else:
        from tempfile import TemporaryFile

        with TemporaryFile() as named:
            file = os.dup(named.fileno())
    _write(file, message)
    os.lseek(file, 0, os.SEEK_SET)
    return file


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _say(text: str, how: How) -> None:
    """On standard error; also in the file that a mail client shows, which is emptied where nothing is to be said.

    That nobody listens changes nothing for the message.
    """
    data = f"{text}\n".encode("utf-8", "replace") if text else b""
    with suppress(OSError):
        _write(2, data)
    if how.said is None:
        return
    with suppress(OSError):
        aside = f"{how.said}.{os.getpid()}"
        file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _write(file, data)
        finally:
            os.close(file)
        Path(aside).replace(how.said)  # whoever waits for it sees all of it


def _keep(message: bytes) -> Path:
    """Where the message is kept, in a file that only its writer can read. Raises OSError."""
    from reviewer.folders import refused_folder

    folder = refused_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / f"{strftime('%Y-%m-%dT%H-%M-%S', localtime())}-{os.urandom(3).hex()}.eml"
    file = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write(file, message)
    except OSError:
        kept.unlink(missing_ok=True)
        raise
    finally:
        os.close(file)
    return kept


def _kept(message: bytes) -> str:
    try:
        return f"A copy is kept for {KEPT_DAYS} days in {_keep(message)}"
    except OSError as error:
        return f"No copy of it could be kept: {error.strerror}."


def _reviewed(message: bytes, how: How) -> _Outcome:
    """What a process of its own says of the message, within the deadline."""
    inherited = signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # who ignores it cannot wait for a process
    try:
        return _answered(message, how)
    finally:
        signal.signal(signal.SIGCHLD, inherited)


def _answered(message: bytes, how: How) -> _Outcome:
    try:
        ours, theirs = os.pipe()
        child = os.fork()
    except OSError as error:
        return _Outcome(unchecked=f"no process for it ({error.strerror})")
    if child == 0:
        _answer(theirs, message, how)
    os.close(theirs)
    answer = _read(ours, monotonic() + how.deadline)
    os.close(ours)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if answer is None:
        return _Outcome(unchecked=f"the review took longer than {how.deadline:g} s")
    said = answer[1:].decode("utf-8", "replace")
    if answer[:1] == _REFUSED:
        return _Outcome(against=said)
    if answer[:1] == _UNCHECKED:
        return _Outcome(unchecked=said)
    return _Outcome() if answer == _GOES else _Outcome(unchecked=f"the review ended early ({_end(status)})")


def _end(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit status {os.WEXITSTATUS(status)}"


def _read(pipe: int, until: float) -> bytes | None:
    """All that comes through the pipe; None where its end is not reached in time."""
    answer = b""
    while select([pipe], [], [], max(0.0, until - monotonic()))[0]:
        came = os.read(pipe, 65536)
        if not came:
            return answer
        answer += came
    return None


def _answer(pipe: int, message: bytes, how: How) -> NoReturn:
    """In the process of its own: review, answer, end. What it prints is nobody's, for it might quote the message."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, how.deadline + 1)  # should nobody be left to end it
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _write(pipe, _opinion(message, how))
    finally:
        os._exit(0)


def _opinion(message: bytes, how: How) -> bytes:
    """What is imported here is imported nowhere else, so that no fault in it keeps a message."""
    try:
        from reviewer.errors import ReviewerError

        try:
            against = _against(message, how)
        except ReviewerError as error:
            return _UNCHECKED + " ".join(str(error).split()).encode("utf-8", "replace")
    except BaseException as error:  # whatever it is, the message goes
        return _UNCHECKED + f"{type(error).__name__} in {_place(error)}".encode()
    return _REFUSED + against.encode("utf-8", "replace") if against is not None else _GOES


def _against(message: bytes, how: How) -> str | None:
    """What speaks against sending it; None where nothing does, or there is nothing to read in it."""
    from reviewer.allowance import is_allowed, refuse
    from reviewer.errors import InputError
    from reviewer.finding import Severity
    from reviewer.gate import Gate
    from reviewer.intake.draft import read_draft

    _forget_old()
    try:
        draft = read_draft(message)
    except InputError:  # encrypted, or an attachment alone
        return None
    fail_on = Severity(how.fail_on)
    examined = Gate(rubric=how.rubric, fail_on=fail_on, log=how.log).examine(draft)
    if examined.refused and examined.review is not None:
        from reviewer.report import refusal

        refuse(draft)
        return refusal.render(examined.review, fail_on)
    if is_allowed(draft):
        refuse(draft)  # it goes once
    return None


def _forget_old() -> None:
    from reviewer.folders import refused_folder

    with suppress(OSError):
        for kept in refused_folder().glob("*.eml"):
            if time() - kept.stat().st_mtime > KEPT_DAYS * 86400:
                kept.unlink()


def _place(error: BaseException) -> str:
    """The file and line that it comes from, never its words, which may be the message's."""
    place = "?"
    trace = error.__traceback__
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
