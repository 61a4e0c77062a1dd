"""Labels in a table: columns called as the keys of a line of JSON, `labels.brevity`, `raters.1.brevity`, `overall`."""

import re
from collections.abc import Sequence
from typing import Any

from reviewer.intake.tables import as_text

__all__ = ["labels_of"]

_COLUMN = re.compile(r"labels\.(?P<label>\w+)|raters\.(?P<rater>[1-9]\d?)\.(?P<by_rater>\w+)|(?P<overall>overall)")


def labels_of(header: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """`labels`, `raters` and `overall` of a row, as far as its table has such columns; None for an empty cell.

    What is no number stays as it is written: whoever reads the labels says what is wrong with it.
    """
    found: dict[str, Any] = {}
    raters: dict[int, dict[str, Any]] = {}
    for name, cell in zip(header, cells, strict=False):
        column = _COLUMN.fullmatch(name.strip().lower())
        if column is None:
            continue
        if column["label"]:
            found.setdefault("labels", {})[column["label"]] = _number(cell)
        elif column["rater"]:
            raters.setdefault(int(column["rater"]), {})[column["by_rater"]] = _number(cell)
        else:
            found["overall"] = _number(cell)
    given = [{"labels": raters[n]} for n in sorted(raters)]
    return found | ({"raters": given} if given else {})


def _number(cell: Any) -> Any:
    """A whole number, which a workbook may keep as 2.0."""
    text = as_text(cell).strip()
    whole = re.fullmatch(r"(\d{1,3})(?:[.,]0)?", text)
    return int(whole[1]) if whole else text or None
