"""Reviews as Parquet: the contract in typed, nested columns, lossless, a group of rows at a time."""

from collections.abc import Iterator
from typing import IO, Any

from reviewer.batch.arrow import columns, readable
from reviewer.intake.tables import open_parquet

__all__ = ["ParquetRows", "read_rows"]

_BATCH = 1_000  # rows: more of them are not held as mappings
_GROUP = 10  # batches, held as columns: what describes a group in the file stays in memory until the end


class ParquetRows:
    """Reviews on their way into a file, which is one when it is closed. Raises InputError."""

    def __init__(self, file: IO[bytes]) -> None:
        self._columns = columns()
        from pyarrow.parquet import ParquetWriter

        self._writer = ParquetWriter(file, self._columns)
        self._rows: list[dict[str, Any]] = []
        self._batches: list[Any] = []

    def add(self, line: str) -> None:
        """A line of the contract, or of an error."""
        self._rows.append(readable(line))
        if len(self._rows) == _BATCH:
            self._pack()
        if len(self._batches) == _GROUP:
            self._write()

    def _pack(self) -> None:
        from pyarrow import RecordBatch

        self._batches.append(RecordBatch.from_pylist(self._rows, self._columns))
        self._rows.clear()

    def _write(self) -> None:
        from pyarrow import Table

        self._writer.write_table(Table.from_batches(self._batches, self._columns))
        self._batches.clear()

    def close(self) -> None:
        if self._rows:
            self._pack()
        if self._batches:
            self._write()
        self._writer.close()

    def abandon(self) -> None:
        """Leave the file as it is."""
        self._writer.is_open = False  # or it would close itself when it goes, into a file that is gone


def read_rows(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The rows of such a file, each of which `arrow.from_row` turns into what it was. Raises ValueError, InputError."""
    for batch in open_parquet(stream).iter_batches(_BATCH):
        yield from batch.to_pylist()
