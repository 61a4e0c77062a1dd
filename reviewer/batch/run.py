"""A run: from sources to outputs, with a journal, so that it can be ended by anything and gone on with."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.batch.journal import Journal, key_of
from reviewer.batch.outputs import Output
from reviewer.batch.pool import Chunk, Workers, chunked, in_order
from reviewer.batch.sources import Source, records_of
from reviewer.batch.work import OVER_BUDGET, Outcome, Work
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.reviewing import SecondReader

__all__ = ["Tally", "run"]


@dataclass
class Tally:
    """How far a run is: drafts done, and of them those that failed, that a model that was asked has yet to read, and
    that an earlier run had reviewed.
    """

    done: int = 0
    failed: int = 0
    unread: int = 0
    kept: int = 0
    usage: Usage = NOTHING_SPENT
    stopped: str = ""  # why it ended early


def run(
    sources: Sequence[Source],
    outputs: Sequence[Output],
    work: Work,
    *,
    journal: Journal | None = None,
    jobs: int = 1,
    judge: SecondReader | None = None,
    cluster: Workers | None = None,
    max_errors: int | None = None,
    told: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Review every row of the sources and write it to every output; `told` hears of the progress.

    With a `judge`, a model reads along, `jobs` drafts at a time; with a `cluster`, its workers review. Ends early when
    more than `max_errors` rows failed or were not read, and when the tokens that may be spent are. Then, and when
    anything is raised (OSError for a full disk, KeyboardInterrupt), the outputs stay as they were before, and the
    journal has what was done.
    """
    tally = Tally()
    try:
        with closing(_outcomes(sources, work, journal, jobs, judge, cluster, tally)) as made:
            for outcomes in made:
                for outcome in outcomes:
                    for output in outputs:
                        output.write(outcome)
                _count(tally, outcomes, max_errors)
                told(tally)
                if tally.stopped:
                    break
        if not tally.stopped:
            for output in outputs:
                output.finish()
    except BaseException:
        _leave(outputs, journal)
        raise
    if tally.stopped:
        _leave(outputs, journal)
    elif journal is not None:
        journal.finish(missing=tally.failed + tally.unread)
    return tally


def _count(tally: Tally, outcomes: Sequence[Outcome], max_errors: int | None) -> None:
    tally.done += len(outcomes)
    tally.failed += sum(outcome.failed for outcome in outcomes)
    tally.unread += sum(bool(outcome.unread) for outcome in outcomes)
    tally.usage = sum((outcome.usage for outcome in outcomes), tally.usage)
    if max_errors is not None and tally.failed + tally.unread > max_errors:
        tally.stopped = f"more than {max_errors} rows failed"
    if any(outcome.unread.startswith(OVER_BUDGET) for outcome in outcomes):
        tally.stopped = "the tokens that may be spent are spent"


def _leave(outputs: Sequence[Output], journal: Journal | None) -> None:
    for output in outputs:
        output.abandon()
    if journal is not None:
        journal.close()


class _Part(NamedTuple):
    """A chunk on its way: for each record its key, and what an earlier run made of it."""

    keys: list[str]
    kept: list[Outcome | None]


def _outcomes(
    sources: Sequence[Source],
    work: Work,
    journal: Journal | None,
    jobs: int,
    judge: SecondReader | None,
    cluster: Workers | None,
    tally: Tally,
) -> Generator[list[Outcome], None, None]:
    chunks = chunked(records_of(sources), size=1 if judge is not None else None)  # what is paid for is kept at once
    for made, part in in_order(_parts(chunks, journal), work, jobs, judge, cluster):
        fresh = iter(made)
        missing = [key for key, before in zip(part.keys, part.kept, strict=True) if before is None]
        if journal is not None:
            journal.add(missing, made)
        tally.kept += len(part.kept) - len(missing)
        yield [before if before is not None else next(fresh) for before in part.kept]


def _parts(chunks: Iterable[Chunk], journal: Journal | None) -> Iterator[tuple[Chunk, _Part]]:
    """Of each chunk what is to be done, and the rest."""
    for chunk in chunks:
        if journal is None:
            yield chunk, _Part([""] * len(chunk), [None] * len(chunk))
            continue
        keys = [key_of(record) for record in chunk]
        kept = [journal.get(key) for key in keys]
        yield [record for record, before in zip(chunk, kept, strict=True) if before is None], _Part(keys, kept)
