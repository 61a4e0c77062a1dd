"""Rows of a batch: JSON Lines, one object a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reviewer.context import Context
from reviewer.errors import InputError, ReviewerError
from reviewer.intake.facts import context_from
from reviewer.message import Message

__all__ = ["Row", "read_rows"]

_MAX_LINE = 10_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row read: message and context, or the error that kept it from being read."""

    number: int
    id: str
    message: Message | None
    context: Context
    data: dict[str, Any]
    error: str | None = None


def read_rows(lines: Iterable[str], *, where: str) -> Iterator[Row]:
    """The rows of a JSON Lines file, in order; blank lines are passed over, a bad one becomes a row with an error."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, number, f"{where}:{number}")


def _row(line: str, number: int, where: str) -> Row:
    name = str(number)
    data: dict[str, Any] = {}
    try:
        if len(line) > _MAX_LINE:
            raise InputError(f"{where}: {len(line):,} characters is too long for one row")
        data = _object(line, where)
        name = str(data.get("id", number))
        draft = data.get("draft")
        if not isinstance(draft, str):
            raise InputError(f'{where}: draft: text is wanted; a row looks like {{"id": "1", "draft": "Hi Ana, …"}}')
        facts = data.get("context") or {}
        if not isinstance(facts, dict):
            raise InputError(f"{where}: context: an object is wanted, not {type(facts).__name__}")
        context = context_from(
            {**facts, **({"kind": data["kind"]} if data.get("kind") else {})}, where=f"{where}: context"
        )
        message = Message(
            draft,
            subject=_text(data, "subject", where),
            to=_text(data, "to", where),
            channel=context.channel,
            id=name,
        )
    except ReviewerError as error:
        return Row(number, name, None, Context(), data, str(error))
    return Row(number, name, message, context, data)


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: this line is not JSON: {str(error).splitlines()[0]}") from None
    if not isinstance(data, dict):
        raise InputError(f"{where}: an object is wanted, not {type(data).__name__}")
    return data


def _text(data: dict[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{where}: {key}: text is wanted, not {type(value).__name__}")
    return value
