"""Rows of a batch: lines of JSON, rows of a table, mails."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from reviewer.context import Context
from reviewer.errors import InputError, ReviewerError
from reviewer.intake.draft import MAX_BYTES, addressed, read_draft
from reviewer.intake.facts import context_from
from reviewer.message import Message

__all__ = ["Record", "Row", "json_lines", "read_rows", "row_of"]

_MAX_LINE = 10_000_000


class Record(NamedTuple):
    """A row as it came: a line of JSON, the fields of a row, a mail or text; or why it could not be had."""

    where: str
    number: int
    name: str  # its id, where it brings none
    data: str | bytes | dict[str, Any] = ""
    error: str | None = None
    mail: bool = False  # whether bytes are a whole mail
    keys: tuple[tuple[str, str], ...] = ()  # our fields, and the keys that a line of JSON has for them


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
    return map(row_of, json_lines(lines, where=where))


def json_lines(lines: Iterable[str], *, where: str) -> Iterator[Record]:
    """A record for every line of a JSON Lines file that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Record(f"{where}:{number}", number, str(number), line)


def row_of(record: Record) -> Row:
    """What a record says, validated; one that cannot be read is a row with an error."""
    name, where, data = record.name, record.where, record.data
    fields: dict[str, Any] = {}
    try:
        if record.error is not None:
            raise InputError(f"{where}: {record.error}")
        if isinstance(data, bytes):
            return Row(record.number, name, _mail(data, record), Context(), {})
        fields = _renamed(_object(data, where), record.keys) if isinstance(data, str) else data
        name = str(fields.get("id", name))
        draft = fields.get("draft")
        if not isinstance(draft, str):
            raise InputError(f'{where}: draft: text is wanted; a row looks like {{"id": "1", "draft": "Hi Ana, …"}}')
        facts = fields.get("context") or {}
        if not isinstance(facts, dict):
            raise InputError(f"{where}: context: an object is wanted, not {type(facts).__name__}")
        context = context_from(
            {**facts, **({"kind": fields["kind"]} if fields.get("kind") else {})}, where=f"{where}: context"
        )
        received = Message(draft, subject=_text(fields, "subject", where), channel=context.channel, id=name)
        message = addressed(received, _text(fields, "to", where))
    except ReviewerError as error:
        return Row(record.number, name, None, Context(), fields, str(error))
    return Row(record.number, name, message, context, fields)


def _mail(data: bytes, record: Record) -> Message:
    if len(data) > MAX_BYTES:
        raise InputError(f"{record.where}: {len(data):,} bytes is no message; the limit is {MAX_BYTES:,}")
    message = read_draft(data, mail=record.mail, name=record.where)
    if not message.text.strip():
        raise InputError(f"{record.where}: there is no draft in it")
    return message._replace(id=record.name)


def _object(line: str, where: str) -> dict[str, Any]:
    if len(line) > _MAX_LINE:
        raise InputError(f"{where}: {len(line):,} characters is too long for one row")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: this line is not JSON: {str(error).splitlines()[0]}") from None
    if not isinstance(data, dict):
        raise InputError(f"{where}: an object is wanted, not {type(data).__name__}")
    return data


_OUTSIDE = frozenset({"id", "client", "draft", "subject", "to", "kind"})  # fields that are no facts of the interview


def _renamed(data: dict[str, Any], keys: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    for field, key in keys:
        place = data if field in _OUTSIDE else data.setdefault("context", {})
        if isinstance(place, dict):
            place[field] = data.get(key) if key else None
    return data


def _text(data: dict[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{where}: {key}: text is wanted, not {type(value).__name__}")
    return value
