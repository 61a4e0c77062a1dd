"""The decorator that makes a function a check, and the examples that stand beside it."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reviewer.context import Context
from reviewer.finding import Abstention, Hit
from reviewer.message import Message

__all__ = ["Check", "Flags", "Passes", "check"]

_NOTHING_KNOWN = Context()
_NO_OPTIONS: Mapping[str, Any] = MappingProxyType({})

Detect = Callable[..., Iterator[Hit | Abstention]]


class Example:
    """A draft to try a check on."""

    def __init__(
        self,
        text: str,
        context: Context = _NOTHING_KNOWN,
        *,
        to: str | None = None,
        subject: str | None = None,
        options: Mapping[str, Any] = _NO_OPTIONS,
    ) -> None:
        self.text, self.context, self.to, self.subject, self.options = text, context, to, subject, options

    @property
    def message(self) -> Message:
        return Message(self.text, subject=self.subject, to=self.to, channel=self.context.channel)


class Flags(Example):
    """A draft that the check flags: `at` quotes the flagged words, None where the fault is an absence.

    `fixed` is the text after the fix, where the check has one.
    """

    def __init__(self, text: str, at: str | None = None, fixed: str | None = None, **more: Any) -> None:
        super().__init__(text, **more)
        self.at, self.fixed = at, fixed


class Passes(Example):
    """A near miss: the draft most likely to be flagged by mistake."""


class Check(NamedTuple):
    """A check: its name in kebab case, why a reader minds, its options with defaults, its examples."""

    name: str
    why: str
    detect: Detect
    options: Mapping[str, Any]
    examples: tuple[Flags | Passes, ...]

    def run(self, message: Message, context: Context, **options: Any) -> Iterator[Hit | Abstention]:
        return self.detect(message, context, **options)


def check(*examples: Flags | Passes) -> Callable[[Detect], Check]:
    """Make a function a check: its name is the rule, its docstring says why a reader minds, keywords are options."""

    def made(detect: Detect) -> Check:
        name = detect.__name__.replace("_", "-")
        why = " ".join((detect.__doc__ or "").split())
        return Check(name, why, detect, detect.__kwdefaults__ or {}, examples)

    return made
