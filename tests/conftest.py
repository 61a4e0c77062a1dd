"""Fixtures that several tests share."""

import json
import os
import signal
import socket
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from reviewer import Context, Kind, Message, Person, load_rubric
from reviewer.evaluate import Evaluation, evaluate
from reviewer.intake.rows import read_rows
from reviewer.rubric import Rubric

CORPUS = Path(__file__).parent / "corpus" / "dev.jsonl"

# A run in the background ignores Ctrl-C, and hands that down to the programs whose Ctrl-C the tests try.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run, so that what passes here passes there; HYPOTHESIS_PROFILE=default looks for new ones.
settings.register_profile("reviewer", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "reviewer"))

GOOD = """Hi Priya,

Thank you for making the time this morning. What you said about moving the ledger to Postgres table by table, with \
both running side by side until the totals agreed, was the most careful plan for a migration I have heard.

It is the work I would like to be doing. I did a smaller one at Brightwater, and the part I forgot to mention is that \
we wrote the comparison job first, which is what saved us when the currency rounding differed.

I would welcome a second conversation with the team whenever it suits.

Best regards,
Jordan Ellis
555-0142
"""

# What stands before the words in question takes up as many bytes, UTF-16 units, code points and cells as it can.
HARD = {
    "emoji": "Thanks 👩‍👩‍👧😀 for the talk about the [role] job.",
    "combining marks": "Thanks, Zoe\u0308\u0323 and n\u0303, for the talk about the [role] job.",
    "U+2028": "Thanks.\u2028 \x85\x0b\x0c It was good to talk about the [role] job.",
    "everything": "😀\u0301\u2028\U0001f3f4\U000e0067 ﷽ 𝔗hanks for the [role] talk.",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="record cassettes/wire anew (make record)")


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load_rubric()


@pytest.fixture(scope="session")
def corpus_lines() -> list[str]:
    return CORPUS.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def corpus(corpus_lines: list[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in corpus_lines]


@pytest.fixture(scope="session")
def evaluations(rubric: Rubric) -> dict[str, Evaluation]:
    """How the default rubric agrees with the labelled drafts: `dev`, trained on, and `others`, not."""
    found = {}
    for name in ("dev", "others"):
        with (CORPUS.parent / f"{name}.jsonl").open(encoding="utf-8") as lines:
            found[name] = evaluate(read_rows(lines, where=name), rubric)
    return found


@pytest.fixture
def good() -> tuple[Message, Context]:
    """A note that a good coach would leave alone, with what is known of the interview."""
    context = Context(
        interviewers=(Person("Priya Raman", "Engineering Manager"),),
        company="Northwind Labs",
        role="Data Engineer",
        interviewed_at=datetime.fromisoformat("2026-03-10T10:00-05:00"),
        sending_at=datetime.fromisoformat("2026-03-10T16:30-05:00"),
        topics=("ledger migration to Postgres",),
        channel="email",
        kind=Kind.THANK_YOU,
    )
    return Message(GOOD, subject="Jordan Ellis – Thank you", to="Priya Raman", channel="email"), context


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the network; one that is marked `loopback` may speak to this machine."""
    connect = socket.socket.connect
    allowed = {"127.0.0.1", "::1"} if request.node.get_closest_marker("loopback") else set()

    def only(self: socket.socket, address: Any) -> None:
        if address[0] not in allowed:
            raise AssertionError("a test reached for the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only)


@pytest.fixture(autouse=True)
def nobodys_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads the settings or the kept answers of whoever runs it; the folder that stands for them."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setattr("reviewer.folders._user", lambda what: home / what / "reviewer")
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "REVIEWER_"))]:
        monkeypatch.delenv(name)
    return home
