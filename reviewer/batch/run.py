"""A run: from sources to outputs, with a journal, so that it can be ended by anything and gone on with."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.batch.journal import Journal, key_of
from reviewer.batch.outputs import Output
from reviewer.batch.pool import Chunk, chunked, in_order
from reviewer.batch.sources import Source
from reviewer.batch.work import Outcome, Work
from reviewer.intake.rows import Record

__all__ = ["Tally", "run"]


@dataclass
class Tally:
    """How far a run is: drafts done, failed ones among them, and those that an earlier run had reviewed."""

    done: int = 0
    failed: int = 0
    kept: int = 0
    stopped: bool = False  # because too many failed


def run(
    sources: Sequence[Source],
    outputs: Sequence[Output],
    work: Work,
    *,
    journal: Journal | None = None,
    jobs: int = 1,
    max_errors: int | None = None,
    told: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Review every row of the sources and write it to every output; `told` hears of the progress.

    Ends early when more than `max_errors` rows failed; then, and when anything is raised (OSError for a full disk,
    KeyboardInterrupt), the outputs stay as they were before, and the journal has what was done.
    """
    tally = Tally()
    try:
        with closing(_outcomes(sources, work, journal, jobs, tally)) as made:
            for outcomes in made:
                for outcome in outcomes:
                    for output in outputs:
                        output.write(outcome)
                tally.done += len(outcomes)
                tally.failed += sum(outcome.failed for outcome in outcomes)
                told(tally)
                if max_errors is not None and tally.failed > max_errors:
                    tally.stopped = True
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
        journal.finish(failed=tally.failed)
    return tally


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
    sources: Sequence[Source], work: Work, journal: Journal | None, jobs: int, tally: Tally
) -> Generator[list[Outcome], None, None]:
    for made, part in in_order(_parts(chunked(_records(sources)), journal), work, jobs):
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


def _records(sources: Sequence[Source]) -> Iterator[Record]:
    """The rows of all sources; where there are several, a row without an id is named after its source as well."""
    for source in sources:
        for record in source.records():
            yield record if len(sources) == 1 else record._replace(name=f"{source.name}:{record.name}")
