"""The reviews that an earlier run wrote as JSON Lines or Parquet, with their drafts where these are given too."""

import io
import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from reviewer.batch.arrow import from_row
from reviewer.batch.parquet import read_rows
from reviewer.batch.sources import PARQUET, Source, records_of
from reviewer.batch.work import entry_for
from reviewer.errors import InputError
from reviewer.intake.packed import Unpacked
from reviewer.intake.remote import Place
from reviewer.intake.rows import Record, json_lines, row_of
from reviewer.report.contract import SCHEMA_VERSION
from reviewer.report.entry import entry_of

__all__ = ["entries"]


def entries(reviews: Place, sources: Sequence[Source], *, names: bool) -> Iterator[dict[str, Any]]:
    """What a page shows of each review. Without its draft and without `names`, nothing that is quoted from it.

    Raises InputError where a line is no review, or where the sources are not those that were reviewed.
    """
    unpacked = Unpacked(reviews)
    with unpacked.stream:
        lines = _lines(unpacked, str(reviews))
        pairs = zip_longest(lines, records_of(sources)) if sources else ((line, None) for line in lines)
        for line, record in pairs:
            if line is None or (sources and record is None):
                raise InputError(f"{reviews}: {'more' if record is None else 'fewer'} reviews than drafts; {_TO_DO}")
            try:
                yield _entry(line, record, names=names)
            except (KeyError, TypeError, ValueError, AttributeError):
                raise InputError(f"{line.where}: this is no review that reviewer batch wrote") from None


def _lines(unpacked: Unpacked, name: str) -> Iterator[Record]:
    if not unpacked.head.startswith(PARQUET):
        yield from json_lines(io.TextIOWrapper(unpacked.stream, "utf-8-sig", errors="replace"), where=name)
        return
    try:
        for number, row in enumerate(read_rows(unpacked.stream), 1):
            yield Record(f"{name}: row {number}", number, str(number), row)
    except (ValueError, OSError) as error:
        raise InputError(f"{name}: {str(error).splitlines()[0]}") from None


_TO_DO = "give the sources that were reviewed, in the same order, read in the same way"


def _entry(line: Record, record: Record | None, *, names: bool) -> dict[str, Any]:
    result = from_row(line.data) if isinstance(line.data, dict) else json.loads(line.data)
    if "error" not in result and result["schema_version"] != SCHEMA_VERSION:
        raise ValueError
    if record is None:
        return entry_of(result, words=names)
    row = row_of(record)
    if str(result["id"]) != row.id:
        raise InputError(f"{line.where}: a review of {result['id']!r}, but {record.where} is {row.id!r}; {_TO_DO}")
    return entry_for(result, record, row, names=names)
