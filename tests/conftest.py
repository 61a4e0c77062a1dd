"""Fixtures that several tests share."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from reviewer import load
from reviewer.rubric import Rubric

CORPUS = Path(__file__).parent / "corpus" / "dev.jsonl"


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return load()


@pytest.fixture(scope="session")
def corpus() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
