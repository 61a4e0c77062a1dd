"""Many drafts: rows in, lines of the contract out, in order, streaming."""

from collections.abc import Iterable, Iterator
from typing import Any

from reviewer.intake.rows import Row, read_rows
from reviewer.report.contract import as_dict
from reviewer.reviewing import review
from reviewer.rubric import Rubric

__all__ = ["reviews"]


def reviews(
    lines: Iterable[str], rubric: Rubric, *, where: str = "rows", rewriting: bool = False
) -> Iterator[dict[str, Any]]:
    """One mapping of the contract for each row; a row that cannot be reviewed gives `{"id", "error"}`."""
    for row in read_rows(lines, where=where):
        yield _result(row, rubric, rewriting)


def _result(row: Row, rubric: Rubric, rewriting: bool) -> dict[str, Any]:
    if row.message is None:
        return {"id": row.id, "error": {"row": row.number, "reason": row.error}}
    try:
        return as_dict(review(row.message, rubric, context=row.context, rewriting=rewriting))
    except Exception as error:
        return {
            "id": row.id,
            "error": {"row": row.number, "reason": f"the review crashed: {type(error).__name__}"},
        }
