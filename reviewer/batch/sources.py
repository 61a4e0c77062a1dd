"""What a batch reads: a file, a folder or standard input, told apart by what is in it, packed or not.

A source is looked at before the run, so that the choice of columns is seen and can be settled; then its rows stream.
A file that is damaged gives a row with an error where the damage is, and the others go on.
"""

import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from reviewer.batch.columns import choose, fields_of
from reviewer.errors import InputError
from reviewer.intake.draft import MAX_BYTES, is_mail
from reviewer.intake.labels import labels_of
from reviewer.intake.mailboxes import drafts_in, is_maildir, is_mbox, mails_in
from reviewer.intake.packed import PACKED, STDIN, Unpacked
from reviewer.intake.remote import Place, Remote, place, shown, tables_among
from reviewer.intake.rows import Record, json_lines
from reviewer.intake.tables import Table, dialect_of, read_parquet, read_sheets, read_text

__all__ = ["PARQUET", "Reading", "Source", "look_at", "places_of", "records_of"]


@dataclass(frozen=True)
class Reading:
    """How tables are to be read: the columns that were named, the sheet, and how 3/10/2026 is meant."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    day_first: bool | None = None


@dataclass
class Source:
    """Something to be read: what it is in words, its size in bytes (None where nobody knows), its rows."""

    name: str
    said: str
    size: int | None
    _records: Callable[["Source"], Iterator[Record]]
    opened: Unpacked | None = None
    passed: int = 0  # bytes of files that are read already

    @property
    def behind(self) -> int:
        """How many of its bytes are read."""
        return self.passed + (self.opened.behind if self.opened is not None else 0)

    def records(self) -> Iterator[Record]:
        """The rows, in order; the last one says so where the file is damaged and cannot be read on."""
        number = 0
        try:
            for record in self._records(self):
                number = record.number
                yield record
        except Exception as error:  # whatever a damaged file makes a reader say; other sources go on
            yield _damaged(self.name, number + 1, error)
        self.passed, self.opened = self.size or 0, None


def records_of(sources: Sequence[Source]) -> Iterator[Record]:
    """The rows of all sources; where there are several, a row without an id is named after its source as well."""
    for source in sources:
        for record in source.records():
            yield record if len(sources) == 1 else record._replace(name=f"{source.name}:{record.name}")


def places_of(names: Sequence[str]) -> list[Place]:
    """What names stand for: itself each, but the files of an address's pattern, and of a folder that has tables alone.

    Raises InputError.
    """
    return [file for name in names for file in _files(place(name))]


def _files(named: Place) -> Sequence[Place]:
    if isinstance(named, Remote):
        return named.files()
    if not named.is_dir() or is_maildir(named) or next(drafts_in(named), None) is not None:
        return [named]
    return [Path(file) for file in tables_among(map(str, named.rglob("*")), str(named))] or [named]


def look_at(path: Place, reading: Reading) -> Source:
    """What a path is. Raises InputError where it does not exist, or where the columns are not clear."""
    unpacked = None
    try:
        if isinstance(path, Path) and path.is_dir():
            return _folder(path)
        unpacked = Unpacked(path)
        return _file(path, unpacked, reading)
    except InputError:
        raise
    except Exception as error:  # a damaged file; other sources go on
        said = _damaged(str(path), 1, error)
        return Source(str(path), "cannot be read", 0, lambda _source: iter([said]))
    finally:
        if unpacked is not None and path != STDIN:
            unpacked.stream.close()


def _damaged(name: str, number: int, error: Exception) -> Record:
    reason = shown(str(error)).splitlines()[0] if str(error) else type(error).__name__
    return Record(f"{name}:{number}", number, str(number), error=f"the file cannot be read on from here: {reason}")


_JSON, _TEXT_TABLES = (".jsonl", ".ndjson"), (".csv", ".tsv", ".tab")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX and ODS are zip files, XLS is an OLE file
_UTF_16 = (BOM_UTF16_LE, BOM_UTF16_BE)
PARQUET = b"PAR1"  # how such a file begins
_OBJECT = re.compile(rb'^\s*\{\s*"', re.MULTILINE)


def _file(path: Place, unpacked: Unpacked, reading: Reading) -> Source:
    name = "<stdin>" if path == STDIN else str(path)
    head = unpacked.head
    bare = path.name.lower()
    bare = bare.rsplit(".", 1)[0] if bare.endswith(PACKED) else bare
    if head.startswith((*_WORKBOOKS, PARQUET)) or bare.endswith(_TEXT_TABLES):
        return _table(path, name, unpacked, reading)
    records: Callable[[IO[bytes], str], Iterator[Record]]
    if bare.endswith(_JSON) or _OBJECT.match(head):
        said, records = "JSON Lines", partial(_json, reading=reading)
    elif not head:
        raise ValueError("it is empty")
    elif is_mbox(head):
        said, records = "mbox", _mbox
    elif bare.endswith(".eml") or is_mail(head):
        said, records = "a mail", partial(_letter, mail=True)
    elif path == STDIN and _OBJECT.search(head):  # whose first line is damaged
        said, records = "JSON Lines", partial(_json, reading=reading)
    elif path == STDIN or _seems_table(head, reading):
        return _table(path, name, unpacked, reading)
    else:
        said, records = "a text", partial(_letter, mail=False)

    def opened(this: Source) -> Iterator[Record]:
        this.opened = unpacked if path == STDIN else Unpacked(path)
        with this.opened.stream as stream:
            yield from records(stream, name)

    return Source(name, said, _size(path), opened)


def _size(path: Place) -> int | None:
    if isinstance(path, Remote):
        return path.size
    return None if path == STDIN else path.stat().st_size


def _json(stream: IO[bytes], name: str, reading: Reading) -> Iterator[Record]:
    encoding = "utf-16" if stream.peek(2)[:2] in _UTF_16 else "utf-8-sig"  # type: ignore[attr-defined]
    keys = tuple(reading.columns.items())
    for record in json_lines(io.TextIOWrapper(stream, encoding, errors="replace", newline="\n"), where=name):
        yield record._replace(keys=keys) if keys else record


def _mbox(stream: IO[bytes], name: str) -> Iterator[Record]:
    for number, mail in enumerate(mails_in(stream), 1):
        yield Record(f"{name}:{number}", number, str(number), mail, mail=True)


def _letter(stream: IO[bytes], name: str, mail: bool) -> Iterator[Record]:
    yield Record(name, 1, name, stream.read(MAX_BYTES + 1), mail=mail)


def _seems_table(head: bytes, reading: Reading) -> bool:
    """Whether a text is a table after all: Excel calls what it writes with tabs .txt."""
    try:
        table = read_text(io.BytesIO(head), dialect_of(head))
        return len(table.header) > 1 and bool(choose(table.header, reading.columns, ""))
    except (InputError, ValueError):
        return False


def _table(path: Place, name: str, unpacked: Unpacked, reading: Reading) -> Source:
    head = unpacked.head
    read: Callable[[IO[bytes]], Table]
    if head.startswith(_WORKBOOKS):
        table, columns = _sheet(list(read_sheets(unpacked.stream)), reading, name)
        said = f"sheet {table.name}"
        read = partial(_sheet_again, sheet=table.name)
    elif head.startswith(PARQUET):
        table, said, read = read_parquet(unpacked.stream), "Parquet", read_parquet
        columns = choose(table.header, reading.columns, name)
    else:
        dialect = dialect_of(head)
        read = partial(read_text, dialect=dialect)
        table, said = read(unpacked.stream), dialect.said
        columns = choose(table.header, reading.columns, name)

    def opened(this: Source) -> Iterator[Record]:
        if path == STDIN:
            yield from _rows(table, columns, name, reading)
            return
        this.opened = Unpacked(path)
        with this.opened.stream as stream:
            yield from _rows(read(stream), columns, name, reading)

    return Source(name, f"{said}; {_told(table.header, columns)}", _size(path), opened)


def _sheet(sheets: Sequence[Table], reading: Reading, name: str) -> tuple[Table, dict[str, int]]:
    """The sheet with the drafts and its columns. Raises InputError where that is not clear."""
    named = ", ".join(f'"{sheet.name}"' for sheet in sheets)
    wanted = [sheet for sheet in sheets if reading.sheet in {None, sheet.name}]
    if not wanted:
        raise InputError(f"{name}: there is no sheet {reading.sheet!r} with a row in it; there are {named or 'none'}")
    found, errors = [], []
    for sheet in wanted:
        try:
            found.append((sheet, choose(sheet.header, reading.columns, f"{name}: sheet {sheet.name}")))
        except InputError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    if len(found) > 1:
        raise InputError(f"{name}: several sheets have drafts; say --sheet with one of {named}")
    return found[0]


def _sheet_again(stream: IO[bytes], sheet: str | None) -> Table:
    return next(table for table in read_sheets(stream) if table.name == sheet)


def _rows(table: Table, columns: Mapping[str, int], name: str, reading: Reading) -> Iterator[Record]:
    for row in table.rows:
        where = f"{name}: row {row.number}" + (f" (line {row.line})" if row.line not in {None, row.number} else "")
        record = Record(where, row.number, str(row.number))
        if row.error is not None:
            yield record._replace(error=row.error)
            continue
        try:
            fields = fields_of(row.cells, columns, day_first=reading.day_first)
            yield record._replace(data=fields | labels_of(table.header, row.cells))
        except InputError as error:
            yield record._replace(error=str(error))


def _told(header: Sequence[str], columns: Mapping[str, int]) -> str:
    """Which column is read as what, in words."""
    chosen = ", ".join(f'{field} from "{header[n]}"' for field, n in columns.items())
    unread = [f'"{name}"' for n, name in enumerate(header) if name and n not in columns.values()]
    return chosen + (f"; not read: {', '.join(unread)}" if unread else "")


def _folder(folder: Path) -> Source:
    size = count = 0
    for path in drafts_in(folder):
        size, count = size + _bytes(path), count + 1
    said = f"Maildir, {count} mails" if is_maildir(folder) else f"a folder, {count} .eml and .txt files"
    return Source(str(folder), said, size, partial(_letters, folder=folder))


def _letters(this: Source, folder: Path) -> Iterator[Record]:
    maildir = is_maildir(folder)
    for number, path in enumerate(drafts_in(folder), 1):
        name = path.name.partition(":")[0] if maildir else str(path.relative_to(folder))
        mail = maildir or ".eml" in [suffix.lower() for suffix in path.suffixes]
        try:
            with Unpacked(path).stream as stream:
                yield Record(str(path), number, name, stream.read(MAX_BYTES + 1), mail=mail)
        except Exception as error:
            yield _damaged(str(path), number, error)._replace(where=str(path), name=name)
        this.passed += _bytes(path)


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # a link to nowhere; reading it says so
        return 0
