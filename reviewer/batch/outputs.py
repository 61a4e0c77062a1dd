"""Where reviews go: JSON Lines and Parquet, lossless; CSV and XLSX for people. Written aside, then moved into place."""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, ClassVar, Protocol

from reviewer.batch.parquet import ParquetRows
from reviewer.batch.work import Outcome
from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.folders import away_folder
from reviewer.intake.packed import install_line
from reviewer.intake.remote import Place, Remote
from reviewer.report.cohort import Cohort
from reviewer.report.entry import entry_of
from reviewer.report.page import environment
from reviewer.report.page import write as write_page
from reviewer.report.sheet import Cell, cells, header, shown
from reviewer.rubric import Rubric

__all__ = ["Output", "for_people", "kept_here", "open_output", "open_page"]

_MODE = 0o600  # reviews quote people's drafts


class Output(Protocol):
    """Somewhere that outcomes are written to, one after the other."""

    def write(self, outcome: Outcome) -> None: ...

    def finish(self) -> None:
        """All is written: put it into place."""

    def abandon(self) -> None:
        """Leave what stood there before as it was."""


def for_people(path: Place) -> bool:
    """Whether an output is a sheet, which shows the draft beside its review."""
    return path.suffix.lower() in {".csv", ".xlsx"}


def open_output(path: Place, rubric: Rubric) -> Output:
    """The output that the end of a file's name asks for, JSON Lines if it asks for nothing else. Raises InputError."""
    if str(path) == "-":
        return _Lines(sys.stdout.buffer, None)
    aside = _aside(path)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _Csv(aside, rubric)
    if suffix == ".xlsx":
        return _Workbook(aside, rubric)
    if suffix == ".parquet":
        return _Parquet(aside)
    return _Lines(aside.file, aside)


def open_page(path: Path, rubric: Rubric, *, names: bool) -> "Page":
    """A page of all drafts. Raises InputError."""
    environment()  # what it needs is found missing before the run, not after it
    return Page(_aside(path), rubric, names=names)


def _aside(path: Place) -> "_Aside":
    try:
        return _Away(path) if isinstance(path, Remote) else _Aside(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a file that can be written") from None


class _Aside:
    """A file beside the one that it will replace; what is no regular file, such as a pipe, is written as it is."""

    def __init__(self, path: Path) -> None:
        self._place = path.resolve()
        self._direct = self._place.exists() and not self._place.is_file()
        self._path = self._place if self._direct else self._place.with_name(self._place.name + ".part")
        mode = self._place.stat().st_mode & 0o777 if self._place.exists() else _MODE
        self.file: IO[bytes] = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb")

    def finish(self) -> None:
        self.file.flush()
        if self._direct:
            self.file.close()
            return
        os.fsync(self.file.fileno())
        self.file.close()
        self._path.replace(self._place)

    def abandon(self) -> None:
        with suppress(OSError):  # a full disk
            self.file.close()
        if not self._direct:
            self._path.unlink(missing_ok=True)


def kept_here(place: Remote, ending: str) -> Path:
    """Where on this machine that is kept what belongs to a file elsewhere. Raises InputError."""
    folder = away_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}; XDG_DATA_HOME may name another place") from None
    return folder / f"{place.name}-{sha256(str(place).encode()).hexdigest()[:12]}{ending}"


class _Away(_Aside):
    """A file here that is put into its place elsewhere when all is written."""

    def __init__(self, place: Remote) -> None:
        self._elsewhere = place
        super().__init__(kept_here(place, ""))

    def finish(self) -> None:
        self.file.close()
        self._elsewhere.put(self._path)
        self._path.unlink()


class _Lines:
    def __init__(self, file: IO[bytes], aside: _Aside | None) -> None:
        self._file, self._aside = file, aside

    def write(self, outcome: Outcome) -> None:
        self._file.write(outcome.line.encode() + b"\n")

    def finish(self) -> None:
        self._file.flush()
        if self._aside is not None:
            self._aside.finish()

    def abandon(self) -> None:
        if self._aside is not None:
            self._aside.abandon()


class _Parquet:
    def __init__(self, aside: _Aside) -> None:
        self._aside = aside
        try:
            self._rows = ParquetRows(aside.file)
        except InputError:
            aside.abandon()
            raise

    def write(self, outcome: Outcome) -> None:
        self._rows.add(outcome.line)

    def finish(self) -> None:
        self._rows.close()
        self._aside.finish()

    def abandon(self) -> None:
        self._rows.abandon()
        self._aside.abandon()


class _Csv:
    """UTF-8 with a byte-order mark, by which Excel knows it, every cell in quotes, and no formula in any."""

    def __init__(self, aside: _Aside, rubric: Rubric) -> None:
        self._aside, self._rubric = aside, rubric
        self._text = io.TextIOWrapper(aside.file, encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._text, quoting=csv.QUOTE_ALL)
        self._rows.writerow(header(rubric))

    def write(self, outcome: Outcome) -> None:
        row = _cells(outcome, self._rubric)
        self._rows.writerow([_defused(shown(cell)) if isinstance(cell, str) else cell for cell in row])

    def finish(self) -> None:
        self._text.flush()
        self._aside.finish()

    def abandon(self) -> None:
        with suppress(OSError):
            self._text.detach()
        self._aside.abandon()


class Page:
    """A page for the browser, written when all is reviewed."""

    def __init__(self, aside: _Aside, rubric: Rubric, *, names: bool) -> None:
        self._aside, self._rubric = aside, rubric
        self.cohort = Cohort(names=names)

    def write(self, outcome: Outcome) -> None:
        if outcome.page is not None:
            self.cohort.add(json.loads(outcome.page))
        else:  # kept from a run without a page, or the process died
            self.cohort.add(entry_of(json.loads(outcome.line), words=self.cohort.names))

    def finish(self) -> None:
        write_page(self.cohort, self._rubric, self._aside.file)
        self._aside.finish()

    def abandon(self) -> None:
        self._aside.abandon()


def _cells(outcome: Outcome, rubric: Rubric) -> list[Cell]:
    return cells(json.loads(outcome.line), json.loads(outcome.about or "{}"), rubric)


# What makes a spreadsheet compute a cell, at its start or after a semicolon or tab, which part cells in some countries.
_FORMULA = re.compile(r"(?:\A|(?<=[;\t]))(?=[=+@\t\r\n\uff1d\uff0b\uff0d\uff20]|-(?!\)))")


def _defused(text: str) -> str:
    """With the apostrophe that makes a spreadsheet take text for text."""
    return _FORMULA.sub("'", text)


class _Workbook:
    """A sheet with the header held in view, a filter on it, and every text stored as text."""

    _ROWS = 1_048_576  # that a sheet holds
    _WIDTHS: ClassVar = {"to mend": 60, "rewritten": 60, "draft": 60, "error": 40, "subject": 30}

    def __init__(self, aside: _Aside, rubric: Rubric) -> None:
        try:
            from openpyxl import Workbook
        except ImportError:
            aside.abandon()
            raise InputError(f"a workbook; {install_line('tables')}") from None
        self._aside, self._rubric = aside, rubric
        self._book = Workbook(write_only=True)
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        from openpyxl.utils import get_column_letter

        columns = header(self._rubric)
        self._sheet = self._book.create_sheet(f"Reviews {len(self._book.worksheets) + 1}")
        self._sheet.freeze_panes = "B2"
        for n, name in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(n)].width = self._WIDTHS.get(name, 14)
        self._rows = 0
        self._last = get_column_letter(len(columns))
        self._append(columns)

    def _append(self, row: Sequence[Cell]) -> None:
        from openpyxl.cell import WriteOnlyCell

        made = []
        for value in row:
            cell = WriteOnlyCell(self._sheet, _literal(shown(value)) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # whatever it begins with
            made.append(cell)
        self._sheet.append(made)
        self._rows += 1
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"

    def write(self, outcome: Outcome) -> None:
        if self._rows == self._ROWS:
            self._begin_sheet()
        self._append(_cells(outcome, self._rubric))

    def finish(self) -> None:
        self._book.save(self._aside.file)
        self._aside.finish()

    def abandon(self) -> None:
        for sheet in self._book.worksheets:
            sheet.close()
        self._aside.abandon()


def _literal(text: str) -> str:
    """`_x0041_` stands for a character in XLSX, unless its underscore is written so too."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
