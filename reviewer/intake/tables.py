"""Tables as spreadsheets write them: CSV and TSV in five dialects, XLSX, Parquet; a header, then a row at a time.

The standard library's csv reader, strict, because it is the one that reads UTF-8 with and without a byte-order mark,
Windows-1252 with semicolons, UTF-16 with tabs and `sep=;` alike. A quote that is never closed, which swallows the rows
after it, is found, and reading goes on with the next line that has as many cells as the header.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO, Any, NamedTuple

from reviewer.errors import InputError
from reviewer.intake.packed import install_line

__all__ = [
    "Dialect",
    "Table",
    "TableRow",
    "as_text",
    "dialect_of",
    "open_parquet",
    "plain",
    "read_parquet",
    "read_sheets",
    "read_text",
]


class TableRow(NamedTuple):
    """A row: its number as a spreadsheet counts (the header is 1), the line of a text file it begins in, its cells."""

    number: int
    line: int | None
    cells: Sequence[Any]
    error: str | None = None


class Table(NamedTuple):
    """A sheet: its name where it has one, its header, the rows below."""

    name: str | None
    header: tuple[str, ...]
    rows: Iterator[TableRow]


class Dialect(NamedTuple):
    """How a table is written as text; `encoding` as the reader calls it, `said` as people do."""

    encoding: str
    delimiter: str
    said: str


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 is Windows-1252, even in the middle of a file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("reviewer.cp1252", _as_cp1252)
_DELIMITERS = ",;\t|"
_ROWS_LOOKED_AT = 20


def dialect_of(head: bytes) -> Dialect:
    """The dialect of a table by its first bytes."""
    encoding, said = _encoding(head)
    text = head.decode(encoding, errors="reviewer.cp1252" if encoding == "utf-8-sig" else "replace")
    declared = _declared(text)
    if declared is not None:
        return Dialect(encoding, declared, f"{said}, {_called(declared)} as its first line says")
    delimiter = max(_DELIMITERS, key=lambda mark: _fit(text, mark))
    return Dialect(encoding, delimiter, f"{said}, {_called(delimiter)}")


def _encoding(head: bytes) -> tuple[str, str]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "UTF-16"
    for encoding, zeros in (("utf-16-le", head[1:200:2]), ("utf-16-be", head[:200:2])):
        if zeros and zeros.count(0) > len(zeros) * 0.8:
            return encoding, "UTF-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "utf-8-sig", "Windows-1252"
    return "utf-8-sig", "UTF-8"


def _declared(text: str) -> str | None:
    """The delimiter that a first line such as `sep=;` names, as Excel reads and some programs write it."""
    line = text.lstrip("\ufeff").splitlines()[:1]
    named = line[0].strip().strip('"') if line else ""
    return named[4] if len(named) == 5 and named.lower().startswith("sep=") else None


def _called(delimiter: str) -> str:
    return "tabs between cells" if delimiter == "\t" else f"{delimiter!r} between cells"


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows are as wide as the header, and how wide that is."""
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            widths.append(len(cells))
            if len(widths) == _ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass  # the text is cut off, or damaged; what was read before tells enough
    wide = widths[0] if widths else 0
    return (widths.count(wide), wide) if wide > 1 else (0, wide)


def read_text(stream: IO[bytes], dialect: Dialect) -> Table:
    """A table that is written as text. Raises ValueError where the header cannot be read."""
    errors = "reviewer.cp1252" if dialect.encoding == "utf-8-sig" else "replace"
    lines = _Lines(io.TextIOWrapper(stream, encoding=dialect.encoding, errors=errors, newline=""))
    header: list[str] = []
    try:
        while not any(cell.strip() for cell in header) or _declared("".join(lines.taken)) is not None:
            lines.taken.clear()
            header = next(csv.reader(lines, delimiter=dialect.delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(f"the header cannot be read: {_reason(error)}") from None
    except StopIteration:
        raise ValueError("there is no row in it") from None
    return Table(None, tuple(cell.strip().lstrip("\ufeff") for cell in header), _text_rows(lines, dialect, len(header)))


class _Lines:
    """Lines that can be given back, so that a row that is damaged costs no other."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._returned = iter(lines), deque[str]()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line

    def give_back(self) -> None:
        """All but the first of the lines that were taken."""
        self._returned.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        self.taken.clear()


def _text_rows(lines: _Lines, dialect: Dialect, width: int) -> Iterator[TableRow]:
    number, damaged = 1, False
    while True:
        lines.taken.clear()
        first = lines.number + 1
        try:
            cells = next(csv.reader(lines, delimiter=dialect.delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            lines.give_back()
            if not damaged:  # what follows is the rest of the same row, until a line has the header's width
                number += 1
                yield TableRow(number, first, (), _reason(error))
            damaged = True
            continue
        if damaged and len(cells) != width:
            lines.give_back()
            continue
        damaged = False
        number += 1
        if any(cell.strip() for cell in cells[width:]):
            yield TableRow(number, first, cells, f"{len(cells)} cells, and the header has {width}; is a quote missing?")
        elif any(cell.strip() for cell in cells):
            yield TableRow(number, first, cells)


def _reason(error: csv.Error) -> str:
    said = str(error)
    if said == "unexpected end of data":
        return "a quote is opened here and never closed"
    if "field limit" in said:
        return f"a cell of more than {csv.field_size_limit():,} characters begins here; is a quote not closed?"
    if "expected after" in said:
        return "a quote opened here is not closed, or one within the text is not doubled"
    return said


def read_sheets(stream: IO[bytes]) -> Iterator[Table]:
    """The sheets of a workbook that have a row in them. Raises ValueError, InputError."""
    try:
        import python_calamine as calamine
    except ImportError:
        raise InputError(f"a workbook; {install_line('tables')}") from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
    except calamine.PasswordError:
        raise ValueError("the workbook has a password; save it without one") from None
    except calamine.CalamineError as error:
        raise ValueError(f"the workbook is damaged: {str(error).splitlines()[0]}") from None
    for kind in book.sheets_metadata:
        if kind.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(kind.name)
        except calamine.CalamineError as error:
            raise ValueError(f"sheet {kind.name}: damaged: {str(error).splitlines()[0]}") from None
        rows = ((n, row) for n, row in enumerate(sheet.iter_rows(), 1) if any(cell != "" for cell in row))
        header = next(rows, None)
        if header is not None:
            named = tuple(str(plain(cell) or "").strip() for cell in header[1])
            yield Table(kind.name, named, (TableRow(n, None, [plain(cell) for cell in row]) for n, row in rows))


def plain(cell: Any) -> Any:
    """A cell's value: whole numbers without `.0`, None for nothing."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if cell != "" else None


def read_parquet(stream: IO[bytes]) -> Table:
    """A Parquet file. Raises ValueError, InputError."""
    file = open_parquet(stream)
    header = tuple(file.schema_arrow.names)
    columns = ((column.to_pylist() for column in batch.columns) for batch in file.iter_batches(1024))
    rows = chain.from_iterable(zip(*batch, strict=True) for batch in columns)
    return Table(None, header, (TableRow(n, None, row) for n, row in enumerate(rows, 1)))


def open_parquet(stream: IO[bytes]) -> Any:
    """A Parquet file, as pyarrow has it. Raises ValueError, InputError."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise InputError(f"Parquet; {install_line('parquet')}") from None
    try:
        return parquet.ParquetFile(stream if stream.seekable() else io.BytesIO(stream.read()))
    except ArrowException as error:
        raise ValueError(f"the Parquet file is damaged: {str(error).splitlines()[0]}") from None


def as_text(cell: Any) -> str:
    """What a cell says, as text; days in ISO 8601, the parts of a list between semicolons."""
    if isinstance(cell, (list, tuple)):
        return "; ".join(map(as_text, cell))
    return cell.isoformat() if isinstance(cell, (datetime, date)) else "" if cell is None else str(cell)
