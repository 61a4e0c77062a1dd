"""Many drafts: rows in, reviews out, in order, streaming; on every core, and so that nothing is lost."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.batch.frames import score_table
from reviewer.batch.pool import chunked, in_order
from reviewer.batch.work import Reviewer, Work
from reviewer.intake.rows import Record
from reviewer.rubric import load_rubric

if TYPE_CHECKING:  # imported where Dask is asked for
    from reviewer.batch.cluster import Cluster

__all__ = ["score", "score_table"]


def score(
    rows: Iterable[str | Mapping[str, Any]],
    *,
    rubric: str | Path = "default",
    rewriting: bool = False,
    redact: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
    where: str = "rows",
) -> Iterator[dict[str, Any]]:
    """The review of each row as a mapping of the contract, in order, or `{"id", "error"}` where it has none.

    A row is a mapping with `draft`, and perhaps `id`, `subject`, `to`, `kind` and `context`, or such a mapping as a
    line of JSON; blank lines are passed over. With `jobs` it is done in so many processes, which import the calling
    program: guard its start with `if __name__ == "__main__"`. A `scheduler` is the address of a cluster of Dask that is
    to do it. Raises RubricError, and InputError where the cluster cannot do it.
    """
    work = Work(rubric, rewriting, redact)
    records = _records(rows, where)
    if jobs == 1 and scheduler is None:
        reviewer = Reviewer(work)
        for record in records:
            yield reviewer.result(record)[0]
        return
    with nullcontext() if scheduler is None else _cluster(work, scheduler) as cluster:
        for outcomes, _ in in_order(((chunk, None) for chunk in chunked(records)), work, jobs, cluster=cluster):
            for outcome in outcomes:
                yield json.loads(outcome.line)


def _cluster(work: Work, scheduler: str) -> "Cluster":
    from reviewer.batch.cluster import Cluster

    return Cluster(work, load_rubric(work.rubric), scheduler=scheduler)


def _records(rows: Iterable[str | Mapping[str, Any]], where: str) -> Iterator[Record]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, str):
            yield Record(f"{where}:{number}", number, str(number), dict(row))
        elif row.strip():
            yield Record(f"{where}:{number}", number, str(number), row)
