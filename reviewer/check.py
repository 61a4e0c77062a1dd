"""The decorator that makes a function a check, and the examples that stand beside it."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from reviewer.context import Context
from reviewer.finding import Abstention, Hit
from reviewer.message import Message

__all__ = ["CHECKS", "Check", "Flags", "Passes", "check"]

Detect = Callable[..., Iterator[Hit | Abstention]]


@dataclass(frozen=True)
class Example:
    """A draft to try a check on."""

    text: str
    context: Context = field(default_factory=Context)
    to: str | None = None
    subject: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        return Message(self.text, subject=self.subject, to=self.to, channel=self.context.channel)


@dataclass(frozen=True)
class Flags(Example):
    """A draft that the check flags: `at` quotes the flagged words, None where the fault is an absence.

    `fixed` is the text after the fix, where the check has one.
    """

    at: str | None = None
    fixed: str | None = None


@dataclass(frozen=True)
class Passes(Example):
    """A near miss: the draft most likely to be flagged by mistake."""


@dataclass(frozen=True)
class Check:
    """A check: its name in kebab case, why a reader minds, its options with defaults, its examples."""

    name: str
    why: str
    detect: Detect
    options: dict[str, inspect.Parameter]
    examples: tuple[Flags | Passes, ...]

    def run(self, message: Message, context: Context, **options: Any) -> Iterator[Hit | Abstention]:
        return self.detect(message, context, **options)


CHECKS: dict[str, Check] = {}


def check(*examples: Flags | Passes) -> Callable[[Detect], Detect]:
    """Register a function as a check: its name is the rule, its docstring says why a reader minds."""

    def register(detect: Detect) -> Detect:
        name = detect.__name__.replace("_", "-")
        parameters = inspect.signature(detect).parameters.values()
        options = {p.name: p for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
        why = re.sub(r"\s+", " ", inspect.getdoc(detect) or "").strip()
        CHECKS[name] = Check(name, why, detect, options, examples)
        return detect

    return register
