"""How far a batch is: a bar on a terminal, a line now and then in a log. On standard error."""

import sys
from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from reviewer.batch.run import Tally
    from reviewer.judgement import Prices, Usage

__all__ = ["Progress", "spent"]

_DRAWN_EVERY, _LOGGED_EVERY = 0.2, 30.0  # seconds


class Sized(Protocol):
    """Something that is read: its size in bytes, None where nobody knows, and how many are behind."""

    size: int | None

    @property
    def behind(self) -> int: ...


class Progress:
    """A context in which `told` shows what it hears: drafts, failures, drafts a second, tokens, time left."""

    def __init__(self, sources: Sequence[Sized], prices: "Prices | None" = None) -> None:
        self._sources, self._prices = sources, prices
        self._begun = self._shown = monotonic()
        sizes = [source.size for source in sources]
        self._size = None if None in sizes else sum(size or 0 for size in sizes)
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
            # Drawn when something is told and not by a thread of its own, which would stand in the way of Ctrl-C.
            self._bar = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
            self._task = self._bar.add_task("begins", total=self._size)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def told(self, tally: "Tally") -> None:
        now = monotonic()
        if now - self._shown < (_LOGGED_EVERY if self._bar is None else _DRAWN_EVERY):
            return
        self._shown = now
        said = f"{tally.done:,} drafts, {tally.failed:,} failed, {tally.done / (now - self._begun):,.0f} a second"
        if tally.usage.tokens:
            said += f", {spent(tally.usage, self._prices)}"
        if self._bar is None or self._task is None:
            print(f"reviewer: {said}", file=sys.stderr, flush=True)
            return
        behind = sum(source.behind for source in self._sources)
        self._bar.update(self._task, completed=behind, description=said)
        self._bar.refresh()


def spent(usage: "Usage", prices: "Prices | None") -> str:
    """What a model cost so far, in tokens, and in money where prices are known."""
    tokens = f"{usage.tokens:,} tokens"
    if prices is None:
        return tokens
    cost = prices.cost(usage)
    return f"{tokens}, cost {cost:,.2f}" if cost >= 1 else f"{tokens}, cost {cost:.4f}"
