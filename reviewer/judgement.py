"""What a second reader says of a draft, and what asking it cost."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reviewer.finding import Failure, Finding
from reviewer.text import Span

__all__ = ["NOTHING_SPENT", "Judged", "Judgement", "Prices", "Usage"]


class Judgement(NamedTuple):
    """A criterion's level, 0 to 2, with the reason and the words that decided it (None for an absence).

    `spread` has the lowest and highest level where several readings were taken. `counts_down` and `counts_up`
    say whether it may move the checks' score that way.
    """

    criterion: str
    level: int
    reason: str
    span: Span | None
    spread: tuple[int, int]
    counts_down: bool
    counts_up: bool


class Usage(NamedTuple):
    """What it cost, in tokens as the endpoint counts them, failed tries included; `kept` answers cost nothing."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    kept: int = 0

    def __add__(self, other: "Usage") -> "Usage":  # type: ignore[override]
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.kept + other.kept,
        )

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens


NOTHING_SPENT = Usage()


class Prices(NamedTuple):
    """What a million tokens cost, in whatever currency: sent, sent and known to the endpoint already, received."""

    input: float
    cached_input: float
    output: float

    def cost(self, usage: Usage) -> float:
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        sent = (usage.prompt_tokens - cached) * self.input + cached * self.cached_input
        return (sent + usage.completion_tokens * self.output) / 1_000_000


class Judged(NamedTuple):
    """What the second reader said, as far as it can be used; the rest is in the failures."""

    judgements: Mapping[str, Judgement] = MappingProxyType({})
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    usage: Usage = NOTHING_SPENT
    answers: bool = True  # whether it is of use to ask the same reader anything more
