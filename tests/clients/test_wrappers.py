"""What stands before the mail program, without its client: whatever is called reviewer, a message goes, once."""

import sys
from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, CLIENTS, UNCHECKED, WRONG_NAME, Desk

HEADERS = "From: jordan@home.example\nTo: Priya Raman <priya@northwind.example>\nSubject: Thank you\n\n"
NOT_REVIEWER = {
    "does nothing": "exit 0",
    "says anything": "head -c 3000 /dev/urandom",
    "repeats its arguments": 'echo "$@"',
    "closes what it is given": "exec <&-; exit 0",
    "eats what it is given": "cat >/dev/null",
    "hangs": "exec sleep 600",
    "hangs and hears no signal": "trap '' TERM INT HUP; while :; do sleep 1; done",
    "fails after a start": 'case "$*" in *--ready*) exit 0 ;; esac; exit 1',
    "refuses without a reason": "exit 65",
    "falls over": "kill -SEGV $$",
    "is a broken installation": f"exec {sys.executable} -c 'import nonesuch'",
}


@pytest.fixture(params=["neomutt", "aerc"])
def wrapper(request: pytest.FixtureRequest) -> Path:
    return CLIENTS / str(request.param) / "reviewer-sendmail"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.program("msmtp", f'cat >>{desk.folder}/sent; printf "%s\\0" "$@" >>{desk.folder}/sent.arguments')
    return desk


@pytest.mark.parametrize("does", NOT_REVIEWER.values(), ids=NOT_REVIEWER.keys())
def test_whatever_is_called_reviewer_the_message_goes_once_with_a_note(desk: Desk, wrapper: Path, does: str) -> None:
    desk.program("reviewer", does)
    done = desk.run(wrapper, "msmtp", "-t", "an odd one", "", given=HEADERS + BAD)
    assert done.returncode == 0 and done.stderr.startswith(UNCHECKED)
    assert desk.got("sent") == b"-t\0an odd one\0\0" + (HEADERS + BAD).encode()


def test_a_reviewer_that_works_refuses_and_hands_on(desk: Desk, wrapper: Path) -> None:
    done = desk.run(wrapper, "msmtp", "-t", given=HEADERS + BAD)
    assert done.returncode == 65 and desk.got("sent") is None and UNCHECKED not in done.stderr
    done = desk.run(wrapper, "msmtp", "-t", given=HEADERS + GOOD)
    assert (done.returncode, done.stderr, desk.got("sent")) == (0, "", b"-t\0" + (HEADERS + GOOD).encode())


HOOK = CLIENTS / "git/sendemail-validate"


def mail(desk: Desk, text: str) -> Path:
    file = desk.folder / "thanks.eml"
    file.write_text(HEADERS + text)
    return file


@pytest.mark.parametrize("does", NOT_REVIEWER.values(), ids=NOT_REVIEWER.keys())
@pytest.mark.parametrize("text", [GOOD, BAD], ids=["good", "bad"])
def test_whatever_is_called_reviewer_git_sends_with_a_note(desk: Desk, does: str, text: str) -> None:
    desk.program("reviewer", does)
    done = desk.run(HOOK, mail(desk, text))
    assert done.returncode == 0 and UNCHECKED in done.stderr and done.stdout == ""


def test_git_is_stopped_by_a_refusal_alone_and_every_finding_is_shown(desk: Desk) -> None:
    done = desk.run(HOOK, mail(desk, BAD))
    assert done.returncode == 1 and f"error: {WRONG_NAME} [wrong-name]" in done.stderr
    hedged = GOOD.replace("I would welcome", "I am so sorry to bother you, but I would welcome")
    done = desk.run(HOOK, mail(desk, hedged))
    assert done.returncode == 0 and ": warning: " in done.stderr and UNCHECKED not in done.stderr
    assert desk.run(HOOK, mail(desk, hedged), REVIEWER_FAIL_ON="warning").returncode == 1
    done = desk.run(HOOK, mail(desk, "The heating works again.\n"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_hook_of_git_leaves_no_file_behind(desk: Desk) -> None:
    temporary = desk.folder / "temporary"
    temporary.mkdir()
    assert desk.run(HOOK, mail(desk, BAD), TMPDIR=str(temporary)).returncode == 1
    assert not list(temporary.iterdir())


# As neomutt begins what sends: a shell's `wait` then waits for ever.
DEAF = (
    "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD}); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


def test_under_a_client_that_hears_of_no_child_the_end_comes_all_the_same(desk: Desk, wrapper: Path) -> None:
    given = HEADERS + BAD
    assert desk.run(sys.executable, "-c", DEAF, wrapper, "msmtp", "-t", given=given).returncode == 65
    assert desk.run(sys.executable, "-c", DEAF, HOOK, mail(desk, BAD)).returncode == 1
    desk.program("reviewer", "exec sleep 600")
    assert desk.run(sys.executable, "-c", DEAF, wrapper, "msmtp", "-t", given=given).returncode == 0
    assert desk.run(sys.executable, "-c", DEAF, HOOK, mail(desk, BAD)).returncode == 0
