"""A model that answers from tests/replies/: what a real language model said to the same prompt, word for word."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from reviewer.judgement import Usage
from reviewer.llm import Answer, Outcome, parsed
from reviewer.prompt import Prompt

REPLIES = Path(__file__).parent / "replies"
T = TypeVar("T", bound=BaseModel)


def replies(name: str, manner: str = "careful") -> list[dict[str, str]]:
    lines = (REPLIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [reply for reply in map(json.loads, lines) if reply["manner"] == manner]


@dataclass
class Recorded:
    """Answers are found by the prompt's digest; a prompt that nobody answered is unavailable, and noted."""

    manner: str = "careful"
    name: str = "recorded"
    missed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        kept = [r for name in ("judge", "rewrite") for r in replies(name, self.manner)]
        self._answers = {reply["digest"]: reply["answer"] for reply in kept}

    def ask(self, prompt: Prompt, shape: type[T], *, sample: int = 0) -> Answer[T]:
        del sample
        content = self._answers.get(prompt.digest)
        if content is None:
            self.missed.append(prompt.digest)
            return Answer(Outcome.UNAVAILABLE, reason="nobody answered this prompt")
        return parsed(content, shape, Usage(1))
