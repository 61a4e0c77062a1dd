"""The wrappers of neomutt and aerc, without their clients: whatever is called reviewer, a message goes, once."""

import sys
from pathlib import Path

import pytest
from conftest import GOOD
from mailers import BAD, CLIENTS, UNCHECKED, Desk

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
