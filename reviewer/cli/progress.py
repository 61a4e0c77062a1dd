"""How far a batch is: a bar on a terminal, a line now and then in a log. On standard error."""

import sys
from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from reviewer.batch.rounds import UnderWay
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
        if not self._due():
            return
        rate = tally.done / (self._shown - self._begun)
        said = f"{tally.done:,} drafts, {tally.failed:,} failed, {rate:,.0f} a second"
        if tally.usage.tokens:
            said += f", {spent(tally.usage, self._prices)}"
        self._show(said, sum(source.behind for source in self._sources), self._size)

    def awaited(self, under_way: "UnderWay") -> None:
        """How far batches of questions to a model are."""
        if not self._due():
            return
        failed = f", {under_way.failed:,} failed" if under_way.failed else ""
        many = "1 batch" if under_way.batches == 1 else f"{under_way.batches} batches"
        said = f"{many} under way: {under_way.answered:,} of {under_way.requests:,} answered{failed}"
        self._show(said, under_way.answered, under_way.requests)

    def say(self, line: str) -> None:
        """A line that stays."""
        if self._bar is None:
            print(f"reviewer: {line}", file=sys.stderr, flush=True)
        else:
            self._bar.console.print(f"reviewer: {line}", markup=False, highlight=False, soft_wrap=True)

    def _due(self) -> bool:
        now = monotonic()
        if now - self._shown < (_LOGGED_EVERY if self._bar is None else _DRAWN_EVERY):
            return False
        self._shown = now
        return True

    def _show(self, said: str, done: int, total: int | None) -> None:
        if self._bar is None or self._task is None:
            print(f"reviewer: {said}", file=sys.stderr, flush=True)
            return
        self._bar.update(self._task, completed=done, total=total, description=said)
        self._bar.refresh()


def spent(usage: "Usage", prices: "Prices | None") -> str:
    """What a model cost so far, in tokens, and in money where prices are known."""
    tokens = f"{usage.tokens:,} tokens"
    if prices is None:
        return tokens
    cost = prices.cost(usage)
    return f"{tokens}, cost {cost:,.2f}" if cost >= 1 else f"{tokens}, cost {cost:.4f}"
