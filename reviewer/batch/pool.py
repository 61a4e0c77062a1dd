"""Chunks of records on several workers, results in order; a process that dies costs the row that killed it."""

import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context, resource_tracker
from typing import Protocol, TypeVar

from reviewer.batch.work import Outcome, Reviewer, Work, as_json, begin, error_of, review_records
from reviewer.errors import InputError
from reviewer.intake.rows import Record
from reviewer.reviewing import SecondReader

__all__ = ["MOST_DEATHS", "Chunk", "Promise", "Workers", "chunked", "ctrl_c_waits", "in_order"]

T = TypeVar("T")
Chunk = list[Record]
_SIZE = 64  # records: fewer cost more in passing them on than they win in time left when a run is stopped
_AHEAD = 3  # chunks in hand for each worker
MOST_DEATHS = 2  # of workers one after the other: so many rows in line do not kill


def chunked(items: Iterable[T], size: int | None = None) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size or _SIZE)):
        yield chunk


def in_order(
    chunks: Iterable[tuple[Chunk, T]],
    work: Work,
    jobs: int,
    judge: SecondReader | None = None,
    cluster: "Workers | None" = None,
) -> Iterator[tuple[list[Outcome], T]]:
    """For each chunk its outcomes, with whatever came along with it; one process where there is but one chunk.

    With a `judge` so many threads, because what they do is to wait for a model; with a `cluster` its workers.
    """
    if cluster is not None:
        yield from _handed_out(chunks, cluster)
        return
    if judge is not None:
        yield from _handed_out(chunks, _Threads(Reviewer(work, judge), jobs))
        return
    rest = iter(chunks)
    first = list(islice(rest, 2))
    if jobs == 1 or len(first) < 2:
        here = Reviewer(work)
        for chunk, along in chain(first, rest):
            yield here(chunk), along
        return
    yield from _handed_out(chain(first, rest), _Processes(work, jobs))


class Promise(Protocol):
    """What becomes of a chunk."""

    def result(self) -> list[Outcome]:
        """Wait for it. Raises BrokenExecutor where a worker died of it."""


class Workers(Protocol):
    """Those that chunks are given to."""

    @property
    def jobs(self) -> int:
        """How many chunks are worked on at once."""

    def give(self, chunk: Chunk) -> Promise: ...

    def again(self) -> None:
        """Begin anew, after a worker died, with nothing given. Raises InputError where that happened too often."""

    def lives(self) -> None:
        """Something was done: a worker that dies now dies of another row."""

    def stop(self) -> None: ...


def _handed_out(chunks: Iterable[tuple[Chunk, T]], workers: Workers) -> Iterator[tuple[list[Outcome], T]]:
    waiting: deque[tuple[Chunk, T, Promise]] = deque()
    try:
        for chunk, along in chunks:
            waiting.append((chunk, along, _given(chunk, workers)))
            if len(waiting) > workers.jobs * _AHEAD:
                yield _next(waiting, workers)
        while waiting:
            yield _next(waiting, workers)
    finally:
        workers.stop()


def _given(chunk: Chunk, workers: Workers) -> Promise:
    """What becomes of a chunk; nobody is asked where an earlier run did all of it."""
    if chunk:
        return workers.give(chunk)
    nothing: Future[list[Outcome]] = Future()
    nothing.set_result([])
    return nothing


class _Processes:
    def __init__(self, work: Work, jobs: int) -> None:
        self._work, self.jobs = work, jobs
        self._deaths = 0  # since the last outcome
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Spawned, because a fork copies whatever locks the program that calls us holds at that moment.
        return ProcessPoolExecutor(self.jobs, get_context("spawn"), begin, (self._work,))

    def give(self, chunk: Chunk) -> Future[list[Outcome]]:
        with ctrl_c_waits():
            return self._pool.submit(review_records, chunk)

    def again(self) -> None:
        self.stop()
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise InputError(
                "the processes die as soon as they begin; try --jobs 1, or, from Python, guard the start of the "
                'program with `if __name__ == "__main__"`'
            )
        self._pool = self._started()

    def lives(self) -> None:
        self._deaths = 0

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def ctrl_c_waits() -> Iterator[None]:
    """Ctrl-C is for later, and a process that begins meanwhile never hears it, not while it still imports either."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # or it would begin now, and open the way again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Threads:
    def __init__(self, reviewer: Reviewer, jobs: int) -> None:
        self._reviewer, self.jobs, self._pool = reviewer, jobs, ThreadPoolExecutor(jobs)

    def give(self, chunk: Chunk) -> Future[list[Outcome]]:
        return self._pool.submit(self._reviewer, chunk)

    def again(self) -> None:
        """A thread does not die alone."""

    def lives(self) -> None: ...

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _next(waiting: deque[tuple[Chunk, T, Promise]], workers: Workers) -> tuple[list[Outcome], T]:
    chunk, along, future = waiting.popleft()
    try:
        return future.result(), along
    except BrokenExecutor:
        workers.again()
    outcomes = [_alone(record, workers) for record in chunk]
    for n, (other, beside, _) in enumerate(waiting):
        waiting[n] = (other, beside, _given(other, workers))
    return outcomes, along


def _alone(record: Record, workers: Workers) -> Outcome:
    try:
        (outcome,) = workers.give([record]).result()
        workers.lives()
        return outcome
    except BrokenExecutor:
        workers.again()
        return Outcome(as_json(error_of(record, f"{record.where}: the process that reviewed it died")), failed=True)
