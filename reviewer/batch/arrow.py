"""The contract as columns of Arrow, derived from its published schema, and reviews as rows of such a table."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reviewer.errors import InputError
from reviewer.intake.packed import install_line
from reviewer.report.schema import schema

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["columns", "from_row", "readable"]


def columns() -> "pa.Schema":
    """A column for each key of a review, nested as it is, and `error` for a row that has no review.

    Raises InputError where pyarrow is missing.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise InputError(f"Parquet; {install_line('parquet')}") from None
    error = {"row": {"type": "integer"}, "reason": {"type": "string"}}
    shapes = {**schema()["properties"], "error": {"type": "object", "properties": error}}
    return pa.schema([(name, _type(shape)) for name, shape in shapes.items()])


def _type(shape: Mapping[str, Any]) -> "pa.DataType":
    import pyarrow as pa

    if "anyOf" in shape:  # a shape, or null, which every column can hold
        return _type(shape["anyOf"][0])
    if "properties" in shape:
        return pa.struct([(name, _type(inner)) for name, inner in shape["properties"].items()])
    if "additionalProperties" in shape:
        return pa.map_(pa.string(), _type(shape["additionalProperties"]))
    if "items" in shape:
        return pa.list_(_type(shape["items"]))
    plain = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return plain[_plain(shape)]


def _plain(shape: Mapping[str, Any]) -> str:
    """The name of the type of a shape that has no parts."""
    if "type" in shape:
        return shape["type"] if isinstance(shape["type"], str) else shape["type"][0]
    value = shape["const"] if "const" in shape else shape["enum"][0]
    return "integer" if isinstance(value, int) else "string"


_SURROGATE = re.compile("[\ud800-\udfff]")


def readable(line: str) -> dict[str, Any]:
    """A line of JSON read, with a sign for every half of a surrogate pair, which no Arrow text can hold."""
    row: dict[str, Any] = json.loads(line)
    if r"\ud" not in line:
        return row
    whole: dict[str, Any] = json.loads(_SURROGATE.sub("\ufffd", json.dumps(row, ensure_ascii=False)))
    return whole


def from_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of such a table, as Python has it, as the mapping that it was."""
    error = row.pop("error")
    if error is not None:
        return {"id": row["id"], "error": error}
    return {**row, "criteria": dict(row["criteria"])}
