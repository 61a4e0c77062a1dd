"""A table of pandas, Polars, Arrow or the like in, the same kind of table out: a row of scores for each draft."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewer.batch.arrow import columns as contract
from reviewer.batch.arrow import readable
from reviewer.batch.columns import FIELDS, choose, fields_of
from reviewer.batch.pool import chunked, in_order
from reviewer.batch.work import Work
from reviewer.errors import InputError
from reviewer.intake.packed import install_line
from reviewer.intake.rows import Record
from reviewer.intake.tables import plain
from reviewer.rubric import load_rubric

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow as pa
    from narwhals.typing import IntoDataFrameT

__all__ = ["score_table"]

_WHERE = "table"
_GROUP = 1_000  # rows: more of them are not held as mappings


def score_table(
    table: "IntoDataFrameT",
    *,
    columns: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    rubric: str | Path = "default",
    rewriting: bool = False,
    redact: bool = False,
    jobs: int = 1,
) -> "IntoDataFrameT":
    """The review of each row's draft, as a table of the same kind, in the same order and with the same index.

    Which column is the draft, and which are facts of the interview, is told by their names as it is for a spreadsheet,
    or by `columns`: `{"draft": "Your message", "role": ""}` leaves the role out. `day_first` says how 3/10/2026 is
    meant. A row that has no review has an `error`, and the other columns null. With `jobs` as in `score`.

    Raises InputError where the columns are not clear or a library is missing, and RubricError.
    """
    try:
        import narwhals as nw
        import pyarrow as pa
    except ImportError:
        raise InputError(f"a table; {install_line('frames')}") from None
    frame = nw.from_native(table, eager_only=True)
    records = _records(frame, _chosen(frame, columns or {}), day_first)
    work = Work(rubric, rewriting, redact)
    made = in_order(((chunk, None) for chunk in chunked(records)), work, jobs)
    rows = (_row(outcome.line) for outcomes, _ in made for outcome in outcomes)
    shape = pa.schema(_columns(criterion.id for criterion in load_rubric(rubric).criteria))
    batches = [pa.RecordBatch.from_pylist(group, shape) for group in chunked(rows, _GROUP)]
    scored = nw.from_arrow(pa.Table.from_batches(batches, shape), backend=frame.implementation)
    native: IntoDataFrameT = scored.to_native()
    index = nw.maybe_get_index(frame)
    if index is not None:
        native.index = index  # type: ignore[attr-defined]
    return native


def _chosen(frame: "nw.DataFrame[Any]", given: Mapping[str, str]) -> dict[str, int]:
    unknown = [field for field in given if field not in FIELDS]
    if unknown:
        raise InputError(f"columns: {unknown[0]!r} is no field; the fields are {', '.join(FIELDS)}")
    return choose([str(name) for name in frame.columns], given, _WHERE, say='columns={{"{}": "{}"}}')


def _records(frame: "nw.DataFrame[Any]", chosen: Mapping[str, int], day_first: bool | None) -> Iterator[Record]:
    read = [_cells(frame.get_column(frame.columns[n])) for n in chosen.values()]
    places = {field: n for n, field in enumerate(chosen)}
    for number, cells in enumerate(zip(*read, strict=True), 1):
        record = Record(f"{_WHERE}: row {number}", number, str(number))
        try:
            yield record._replace(data=fields_of(cells, places, day_first=day_first))
        except InputError as error:
            yield record._replace(error=str(error))


def _cells(series: "nw.Series[Any]") -> list[Any]:
    """Plain values of Python, None for whatever the library calls missing."""
    values = zip(series.to_list(), series.is_null().to_list(), strict=True)
    return [None if missing else plain(_listed(value)) for value, missing in values]


def _listed(value: Any) -> Any:
    """Lists for the arrays that pandas has for them."""
    return value.tolist() if hasattr(value, "tolist") else value


def _columns(criteria: Iterable[str]) -> "list[pa.Field]":
    """Those of the contract that a table is for, as it has them, with the score by each criterion beside the whole."""
    whole = contract()
    scores = [whole.field("score").with_name(criterion) for criterion in criteria]
    found = [whole.field(name) for name in ("findings", "rewrite", "failures")]
    return [
        *map(whole.field, ("id", "kind", "verdict", "score")),
        *scores,
        *found,
        whole.field("id").with_name("error"),
    ]


def _row(line: str) -> dict[str, Any]:
    result = readable(line)
    if "error" in result:
        return {"id": result["id"], "error": result["error"]["reason"]}
    return {**result, **{criterion: found["score"] for criterion, found in result["criteria"].items()}}
