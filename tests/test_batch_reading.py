"""What people keep drafts in is read: spreadsheets in their dialects, mailboxes, folders, packed or damaged."""

import gzip
import io
import json
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from reviewer.batch.columns import moment_in
from reviewer.batch.sources import Reading, look_at
from reviewer.errors import InputError
from reviewer.intake.packed import Unpacked
from reviewer.intake.rows import Row, row_of
from reviewer.reviewing import review
from reviewer.rubric import load_rubric

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DRAFT = "Hi Ana,\n\nThank you – “really”; Grüße, all.\n\nBo"
HEADER = ("Client ID", "Your message", "Company", "Interview date", "Timestamp")
ROWS = [("a", DRAFT, "Acme; Sons", "13/03/2026", "x"), ("b", "Hi Bo", "", "", "")]


def rows_in(path: Path, **reading: Any) -> list[Row]:
    return [row_of(record) for record in look_at(path, Reading(**reading)).records()]


def texts(path: Path, **reading: Any) -> list[str]:
    return [row.message.text if row.message is not None else f"! {row.error}" for row in rows_in(path, **reading)]


def written(tmp_path: Path, name: str, data: bytes | str) -> Path:
    file = tmp_path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def table(mark: str, rows: list[tuple[str, ...]] = ROWS) -> str:
    lines = [mark.join(f'"{cell}"' for cell in row) for row in [HEADER, *rows]]
    return "\r\n".join(lines) + "\r\n"


DIALECTS = {
    "UTF-8 of Google Sheets": ("a.csv", table(",").encode()),
    "UTF-8 with a byte-order mark": ("a.csv", table(",").encode("utf-8-sig")),
    "Windows-1252 with semicolons": ("a.csv", table(";").encode("cp1252")),
    "UTF-16 with tabs": ("a.txt", table("\t").encode("utf-16")),
    "sep=;": ("a.csv", b"sep=;\r\n" + table(";").encode("cp1252")),
    "tabs": ("a.tsv", table("\t").encode()),
    "UTF-16 without a byte-order mark": ("a.csv", table(",").encode("utf-16-le")),
    "lines that end in CR": ("a.csv", table(",").replace("\r\n", "\r").encode()),
}


@pytest.mark.parametrize(("name", "data"), DIALECTS.values(), ids=DIALECTS.keys())
@pytest.mark.parametrize("pack", [None, ("gz", gzip.compress), ("zst", zstd.compress)], ids=["plain", "gzip", "zstd"])
def test_a_spreadsheet_is_read_in_every_dialect_packed_or_not(
    tmp_path: Path, name: str, data: bytes, pack: Any
) -> None:
    file = written(tmp_path, f"{name}.{pack[0]}" if pack else name, pack[1](data) if pack else data)
    first, second = rows_in(file)
    assert first.message is not None and second.message is not None
    assert first.message.text.replace("\r", "\n") == DRAFT
    assert (first.id, first.context.company, first.context.interviewed_at) == ("a", "Acme; Sons", date(2026, 3, 13))
    assert (second.message.text, second.context.company) == ("Hi Bo", None)


def test_a_byte_that_is_no_utf_8_in_the_middle_of_a_file_is_windows_1252(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", b"id,draft\n1,caf\xc3\xa9\n2,caf\xe9\n")
    assert texts(file) == ["café", "café"]


def test_a_quote_that_is_never_closed_is_named_and_costs_no_other_row(tmp_path: Path) -> None:
    lines = [
        "id,draft,company",  # row 1
        '1,"Hi Ana,',  # row 2: closed nowhere
        "",
        "Thank you.",
        '2,"Hi Bo,',  # row 3
        'thanks",Acme',
        '3,"Hi "Cy"",Acme',  # row 4: quotes in the text are to be doubled
        "4,Hi Di,Acme",
        '5,"Hi Ed,Acme',  # row 6: closed nowhere, to the end
        "6,Hi Flo",
    ]
    said = texts(written(tmp_path, "a.csv", "\n".join(lines)))
    assert [s for s in said if not s.startswith("!")] == ["Hi Bo,\nthanks", "Hi Di"]
    errors = [s for s in said if s.startswith("!")]
    assert len(errors) == 3
    for error, place in zip(errors, ("row 2:", "row 4 (line 7):", "row 6 (line 9):"), strict=True):
        assert f"a.csv: {place}" in error and "quote" in error


def test_the_header_tells_the_columns_and_map_settles_what_it_leaves_open(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", "Message,Draft,Employer,Notes\nHello,Hi Ana,Acme,shy\n")
    with pytest.raises(InputError, match=r'2 columns may be the draft; say --map draft="Message" or --map draft="Dra'):
        look_at(file, Reading())
    source = look_at(file, Reading({"draft": "draft"}))
    assert 'draft from "Draft", company from "Employer"; not read: "Message", "Notes"' in source.said
    assert [row.message.text for row in map(row_of, source.records()) if row.message] == ["Hi Ana"]
    (row,) = rows_in(file, columns={"draft": "Message", "company": "", "role": "Notes"})
    assert (row.context.company, row.context.role) == (None, "shy")


def test_the_answers_of_a_google_form_are_understood(tmp_path: Path) -> None:
    asked = "Timestamp,Email Address,Company you interviewed with,Job title,Who interviewed you?,Date of interview,"
    asked += "Type of message,How will you send it? (channel),Paste your thank-you note here,Anything else?"
    said = '2026/03/11 9:30:00 AM GMT-5,j@x.example,Northwind,Data Engineer,"Ana Ruiz, Bo Lee",3/10/2026,'
    said += 'Thank-you note,E-mail,"Hi Ana,\nthank you.",no'
    (row,) = rows_in(written(tmp_path, "Form responses 1.csv", f"{asked}\n{said}"), day_first=False)
    assert row.message is not None and row.message.text == "Hi Ana,\nthank you."
    assert (row.context.company, row.context.role, row.context.channel) == ("Northwind", "Data Engineer", "email")
    assert (row.context.kind, row.context.interviewed_at) == ("thank_you", date(2026, 3, 10))
    assert [person.name for person in row.context.interviewers] == ["Ana Ruiz", "Bo Lee"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, r'no column is known for the draft; say --map draft="…", one of "Who", "What"'),
        ({"draft": "Waht"}, r'--map draft="Waht": no column is called so; there are "Who", "What"'),
    ],
)
def test_a_table_without_a_known_draft_asks_before_the_run(tmp_path: Path, columns: Any, said: str) -> None:
    with pytest.raises(InputError) as caught:
        look_at(written(tmp_path, "a.csv", "Who,What\nAna,Hi\n"), Reading(columns))
    assert said in str(caught.value)


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


MET = datetime(2026, 3, 10, 10, 30)


def test_a_workbook_is_read_from_the_sheet_that_has_drafts(tmp_path: Path) -> None:
    drafts = [
        [],
        ["No", "Draft", "Interviewed", "Interviewers"],
        [7, DRAFT, MET, "Ana Ruiz; Bo Lee"],
        [None, "Hi", None],
    ]
    file = written(tmp_path, "a.xlsx", workbook(Notes=[["Who"], ["me"]], Drafts=drafts))
    first, second = rows_in(file)
    assert first.message is not None and first.message.text == DRAFT
    assert (first.id, first.number, first.context.interviewed_at) == ("7", 3, MET)
    assert [person.name for person in first.context.interviewers] == ["Ana Ruiz", "Bo Lee"]
    assert second.id == "4"
    assert texts(written(tmp_path, "b.xlsx.gz", gzip.compress(file.read_bytes()))) == [DRAFT, "Hi"]


def test_of_several_sheets_with_drafts_one_has_to_be_named(tmp_path: Path) -> None:
    file = written(tmp_path, "a.xlsx", workbook(May=[["Draft"], ["Hi May"]], June=[["Draft"], ["Hi June"]]))
    with pytest.raises(InputError, match='say --sheet with one of "May", "June"'):
        look_at(file, Reading())
    assert texts(file, sheet="June") == ["Hi June"]
    with pytest.raises(InputError, match="there is no sheet 'July'"):
        look_at(file, Reading(sheet="July"))


def test_parquet_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    columns = {"id": [1, 2], "draft": [DRAFT, "Hi"], "interviewed_at": [MET, None], "topics": [["a, b", "c"], []]}
    parquet.write_table(pyarrow.table(columns), file)
    first, second = rows_in(file)
    assert first.message is not None and first.message.text == DRAFT
    assert (first.id, first.context.interviewed_at, second.context.interviewed_at) == ("1", MET, None)
    assert (first.context.topics, second.context.topics) == (("a, b", "c"), ())


@pytest.mark.parametrize(
    ("library", "file", "line"),
    [
        ("python_calamine", "a.xlsx", "pip install python-calamine"),
        ("pyarrow", "a.parquet", "pip install pyarrow"),
        (zstd.__name__, "a.csv.zst", "pip install backports.zstd"),
    ],
)
def test_a_library_that_is_missing_is_named_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, file: str, line: str
) -> None:
    data = {"a.xlsx": workbook(A=[["Draft"]]), "a.parquet": b"PAR1", "a.csv.zst": zstd.compress(b"draft\nHi\n")}
    monkeypatch.setitem(sys.modules, library, None)
    if library == "backports.zstd":
        monkeypatch.delattr("backports.zstd")
    with pytest.raises(InputError) as caught:
        look_at(written(tmp_path, file, data[file]), Reading())
    assert line in str(caught.value)


def test_json_lines_are_known_by_what_is_in_them_and_their_keys_can_be_named(tmp_path: Path) -> None:
    line = json.dumps({"message": "Hi Ana", "firm": "Acme"})
    file = written(tmp_path, "export.dat", f"\n{line}\n")
    (row,) = rows_in(file, columns={"draft": "message", "company": "firm"})
    assert row.message is not None and (row.message.text, row.context.company) == ("Hi Ana", "Acme")
    assert texts(written(tmp_path, "b.jsonl", json.dumps({"draft": "Grüße"}).encode("utf-16"))) == ["Grüße"]


MAIL = "From: j@x.example\nTo: Ana Ruiz <a@x.example>\nSubject: Thanks\nMIME-Version: 1.0\n\n"


@pytest.mark.parametrize("to", ["kvo@mvfm.example", "423-555-0147", "Kristen Vo <kvo@mvfm.example>"])
def test_an_address_or_a_number_is_nobodys_name(tmp_path: Path, to: str) -> None:
    row = {"draft": "Hi Kristen,\n\nThank you.", "to": to, "context": {"interviewers": [{"name": "Kristen Vo"}]}}
    (read,) = rows_in(written(tmp_path, "rows.jsonl", json.dumps(row)))
    assert read.message is not None
    assert read.message.to in {None, "Kristen Vo"}
    assert read.message.address in to
    assert not [f for f in review(read.message, load_rubric(), context=read.context).findings if f.rule == "wrong-name"]


def test_the_mails_of_an_mbox_are_read_one_by_one(tmp_path: Path) -> None:
    quoted = f"{MAIL}Hi Ana,\n\n>From here on\nFrom now on\n\nFrom Monday on\n\n"
    head = "From j@x.example Tue Mar 10 10:12:00 2026\n"
    file = written(tmp_path, "sent", f"{head}{quoted}{head}{MAIL}Second\n")
    assert texts(file) == ["Hi Ana,\n\nFrom here on\nFrom now on\n\nFrom Monday on\n\n", "Second\n"]
    assert texts(written(tmp_path, "sent.gz", gzip.compress(file.read_bytes()))) == texts(file)
    styled = f"{head}{MAIL}<style>p\n{{color: red}}\n</style>"
    assert len(rows_in(written(tmp_path, "styled", styled))) == 1
    assert rows_in(file)[0].message._replace(text="") == ("", "Thanks", "Ana Ruiz", "email", "1", "a@x.example", 5)  # type: ignore[union-attr]


def test_a_maildir_and_a_folder_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for part, names in {"cur": ("2.b:2,S", "1.a:2,"), "new": ("3.c",), "tmp": ("4.d",)}.items():
        (tmp_path / "Sent" / part).mkdir(parents=True)
        for name in names:
            (tmp_path / "Sent" / part / name).write_text(f"{MAIL}Hi {name[0]}")
    assert [row.id for row in rows_in(tmp_path / "Sent")] == ["1.a", "2.b", "3.c"]
    drafts = tmp_path / "drafts"
    (drafts / "late").mkdir(parents=True)
    (drafts / "b.eml").write_text(f"{MAIL}Hi B")
    (drafts / "a.txt.gz").write_bytes(gzip.compress("Hi Ä".encode("cp1252")))
    (drafts / "late" / "c.txt").write_text("Subject: Thanks\n\nHi C")
    (drafts / "notes.pdf").write_bytes(b"%PDF")
    rows = rows_in(drafts)
    assert [row.id for row in rows] == ["a.txt.gz", "b.eml", "late/c.txt"]
    assert [row.message.text for row in rows if row.message] == ["Hi Ä", "Hi B", "Subject: Thanks\n\nHi C"]
    assert "3 .eml and .txt files" in look_at(drafts, Reading()).said


@pytest.mark.parametrize(
    "text", ["Hi Ana,\n\nThank you, really.\n\nBo", '"Hi Ana,\nthanks', "Message for Ana: hi", "{name},\n{thanks}"]
)
def test_a_text_that_is_no_table_is_a_draft(tmp_path: Path, text: str) -> None:
    assert texts(written(tmp_path, "a.txt", text)) == [text]


def test_the_bytes_behind_tell_how_far_a_file_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv.gz", gzip.compress(("draft\n" + "Hi Ana\n" * 1000).encode()))
    source = look_at(file, Reading())
    assert source.behind == 0
    for _ in source.records():
        assert 0 < source.behind <= file.stat().st_size
    assert source.behind == source.size == file.stat().st_size


@pytest.mark.parametrize(
    ("cell", "day_first", "moment"),
    [
        ("2026-03-10", None, date(2026, 3, 10)),
        ("2026-03-10 14:05:09", None, datetime(2026, 3, 10, 14, 5)),
        ("2026/03/10 2:05:01 PM GMT-5", None, datetime(2026, 3, 10, 14, 5, tzinfo=timezone(timedelta(hours=-5)))),
        ("10.03.2026 14:05", None, datetime(2026, 3, 10, 14, 5)),
        ("3/13/2026 12:05 AM", None, datetime(2026, 3, 13, 0, 5)),
        ("13/3/2026", None, date(2026, 3, 13)),
        ("3/10/2026", True, date(2026, 10, 3)),
        ("3/10/2026", False, date(2026, 3, 10)),
        ("3/3/2026", None, date(2026, 3, 3)),
        ("March 10th, 2026", None, date(2026, 3, 10)),
        ("10 Mar 2026", None, date(2026, 3, 10)),
        (date(2026, 3, 10), None, date(2026, 3, 10)),
    ],
)
def test_days_are_read_as_spreadsheets_write_them(cell: Any, day_first: bool | None, moment: date) -> None:
    assert moment_in(cell, day_first=day_first) == moment


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("3/10/2026", "day or month first? say --dates"),
        ("30/2/2026", "no day that can be read"),
        ("3/13/2026 25:00", "no day that can be read"),
        ("3/13/2026 13:00 PM", "no day that can be read"),
        ("next Friday", "no day that can be read"),
        ("x" * 99, "xxx…'"),
    ],
)
def test_a_day_that_is_not_clear_is_not_guessed(cell: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        moment_in(cell, day_first=None)
    assert said in str(caught.value) and len(str(caught.value)) < 120


def gz(text: str) -> bytes:
    return gzip.compress(text.encode())


def many(rows: int) -> str:
    return table(",", [(str(n), f"Hi {n}, {'thank you ' * 9}{n * 7919}", "", "", "") for n in range(rows)])


LONG = many(400)
FROM = "From j@x.example Tue Mar 10 10:12:00 2026\n"
EMPTY_MAIL = "From: j@x.example\nMIME-Version: 1.0\nContent-Type: image/png\n\nxxxx\n"
BOOK = workbook(A=[["Id", "Draft"], *([n, f"Hi {n}"] for n in range(50))])
CSV = "id,draft,kind,company,interview date,channel\n1,Hi,,,,\n"
JSON = '{"id": "1", "draft": "Hi"}\n'


def parquet_bytes() -> bytes:
    made = io.BytesIO()
    parquet.write_table(pyarrow.table({"draft": ["Hi", "Ho"]}), made)
    return made.getvalue()


# Name, content, the row that is named, a part of the reason.
DAMAGED: list[tuple[str, bytes | str, int, str]] = [
    ("quote-in-the-middle.csv", CSV + '2,"Hi,,,,\n3,"Ho",,,,\n', 3, "quote"),
    ("quote-to-the-end.csv", CSV + '2,"Hi,,,,\n3,Ho,,,,\n', 3, "never closed"),
    ("quote-not-doubled.csv", CSV + '2,"Hi "Ana"",,,,\n', 3, "not doubled"),
    ("quote-in-the-header.csv", '"id,draft\n1,Hi\n', 1, "the header cannot be read"),
    ("more-cells.csv", CSV + "2,Hi,,,,,Ana\n", 3, "7 cells, and the header has 6"),
    ("no-draft.csv", CSV + "2,,,Acme,,\n", 3, "there is no draft in it"),
    ("white-draft.csv", CSV + '2," \t",,Acme,,\n', 3, "there is no draft in it"),
    ("endless-cell.csv", CSV + f'2,"{"Hi " * 60_000}",,,,\n', 3, "a cell of more than 131,072 characters"),
    ("empty.csv", "", 1, "there is no row in it"),
    ("blank.csv", "\n\n\n", 1, "there is no row in it"),
    ("unclear-date.csv", CSV + "2,Hi,,,3/4/2026,\n", 3, "day or month first?"),
    ("no-date.csv", CSV + "2,Hi,,,soon,\n", 3, "'soon' is no day"),
    ("no-such-day.csv", CSV + "2,Hi,,,2026-02-30,\n", 3, "no day that can be read"),
    ("no-kind.csv", CSV + "2,Hi,poem,,,\n", 3, "kind"),
    ("no-channel.csv", CSV + "2,Hi,,,,pigeon\n", 3, "channel"),
    ("endless-company.csv", CSV + f"2,Hi,,{'A' * 3000},,\n", 3, "company"),
    ("cut.csv.gz", gz(LONG)[:-600], 0, "cannot be read on from here"),
    ("flipped.csv.gz", gz(LONG)[:-8] + b"\0" * 8, 0, "cannot be read on from here"),
    ("only-magic.csv.gz", b"\x1f\x8b", 1, "cannot be read on from here"),
    ("cut.csv.zst", zstd.compress(many(3000).encode())[:-60], 0, "cannot be read on from here"),
    ("only-magic.csv.zst", b"\x28\xb5\x2f\xfdxxxx", 1, "cannot be read on from here"),
    ("cut.jsonl.gz", gz(JSON * 999)[:-12], 0, "cannot be read on from here"),
    ("no-json.jsonl", JSON + "{broken\n", 2, "this line is not JSON"),
    ("torn.jsonl", JSON + '{"id": "2", "dra', 2, "this line is not JSON"),
    ("list.jsonl", JSON + "[1]\n", 2, "an object is wanted, not list"),
    ("no-draft.jsonl", JSON + '{"id": "2"}\n', 2, "draft: text is wanted"),
    ("number.jsonl", JSON + '{"draft": 7}\n', 2, "draft: text is wanted"),
    ("subject.jsonl", JSON + '{"draft": "Hi", "subject": 7}\n', 2, "subject: text is wanted"),
    ("facts.jsonl", JSON + '{"draft": "Hi", "context": [1]}\n', 2, "context: an object is wanted"),
    ("fact.jsonl", JSON + '{"draft": "Hi", "context": {"shoe": 1}}\n', 2, "shoe: no such fact"),
    ("deep.jsonl", JSON + "[" * 100_000 + "\n", 2, "not JSON"),
    ("cut.xlsx", BOOK[: len(BOOK) // 2], 1, "the workbook is damaged"),
    ("no-zip.xlsx", b"PK\x03\x04" + b"x" * 99, 1, "the workbook is damaged"),
    ("no-ole.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999, 1, "the workbook is damaged"),
    ("blank.xlsx", workbook(A=[["Id", "Draft"], [1, "Hi"], [2, " "]]), 3, "there is no draft in it"),
    ("cut.parquet", parquet_bytes()[:-20], 1, "the Parquet file is damaged"),
    ("no-text.mbox", f"{FROM}{MAIL}Hi\n\n{FROM}{EMPTY_MAIL}", 2, "no text to read"),
    ("blank.mbox", f"{FROM}{MAIL}Hi\n\n{FROM}{MAIL}\n\n", 2, "no text to read"),
    ("no-text.eml", EMPTY_MAIL, 1, "no text to read"),
    ("program.txt", bytes(range(256)) * 20, 1, "this is not text"),
    ("empty.eml", "", 1, "it is empty"),
    ("blank.txt", "\n \n", 1, "no draft in it"),
]


def test_there_are_forty_damaged_files() -> None:
    assert len({name for name, *_ in DAMAGED}) == len(DAMAGED) >= 40


@pytest.mark.parametrize(("name", "data", "number", "reason"), DAMAGED, ids=[name for name, *_ in DAMAGED])
def test_a_damaged_file_is_named_with_row_and_reason_and_costs_no_other_row(
    tmp_path: Path, name: str, data: bytes | str, number: int, reason: str
) -> None:
    rows = rows_in(written(tmp_path, name, data))
    errors = [row for row in rows if row.message is None]
    assert len(errors) == 1 and errors[0].error is not None
    assert name in errors[0].error and reason in errors[0].error
    assert errors[0].number == number or number == 0
    if number == 0:  # what stood before the damage was read
        assert len(rows) > 100 and errors[0] is rows[-1]
    elif number > 2 or (number == 2 and not name.endswith(".eml")):
        assert rows[0].message is not None and rows[0].message.text.strip() == "Hi"


def test_a_mail_too_long_to_be_one_is_named_and_not_kept(tmp_path: Path) -> None:
    head = f"{FROM}{MAIL}".encode()
    file = written(tmp_path, "a.mbox", head + b"x" * 79 + (b"\n" + b"x" * 79) * 300_000 + b"\n\n" + head + b"Hi\n")
    first, second = rows_in(file)
    assert "is no message; the limit is" in (first.error or "") and second.message is not None


def test_a_link_to_nowhere_in_a_folder_is_a_row_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to(tmp_path / "gone.eml")
    (tmp_path / "b.txt").write_text("Hi")
    first, second = texts(tmp_path)
    assert "a.eml" in first and "No such file" in first and second == "Hi"


def test_what_does_not_exist_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        Unpacked(tmp_path / "gone.csv")
