"""A table of pandas, Polars or Arrow in, one of the same kind out: the same rows, the same scores as elsewhere."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from reviewer.batch import score, score_table
from reviewer.errors import InputError
from reviewer.rubric import Rubric

Make = Callable[[dict[str, list[Any]]], Any]
KINDS: dict[str, Make] = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.table}


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest) -> Make:
    return KINDS[request.param]


def rows_of(table: Any) -> list[dict[str, Any]]:
    """The rows of a table as Python has them, None for what is missing."""
    return pa.Table.from_pandas(table).to_pylist() if isinstance(table, pd.DataFrame) else pa.table(table).to_pylist()


def test_scores_and_findings_are_those_of_score(make: Make, corpus: list[dict[str, Any]], rubric: Rubric) -> None:
    said, facts = ("id", "draft", "subject", "to", "kind"), ("company", "role", "interviewed_at", "sending_at")
    drafts = [row for row in corpus[::4] if row["draft"].strip()]
    rows = [
        {**{key: row.get(key) for key in said}, "context": {fact: row["context"].get(fact) for fact in facts}}
        for row in drafts
    ]
    table = make(
        {**{key: [row[key] for row in rows] for key in said}, **{f: [r["context"][f] for r in rows] for f in facts}}
    )
    done = score_table(table, rewriting=True)
    assert type(done) is type(table)
    for got, wanted in zip(rows_of(done), score(rows, rewriting=True), strict=True):
        assert got["error"] is None
        assert all(got[key] == wanted[key] for key in ("id", "kind", "verdict", "score", "failures"))
        assert {c.id: got[c.id] for c in rubric.criteria} == {k: v["score"] for k, v in wanted["criteria"].items()}
        assert (got["findings"], got["rewrite"]) == (wanted["findings"], wanted["rewrite"])


def test_a_row_that_has_no_draft_is_a_row_with_an_error(make: Make) -> None:
    done = rows_of(
        score_table(make({"Message": ["Hi Ana,\n\nThank you.\n\nBo", None, " "], "Interview date": [None, "", "soon"]}))
    )
    assert [row["error"] for row in done] == [None, *(f"table: row {n}: there is no draft in it" for n in (2, 3))]
    assert done[0]["score"] is not None and done[1]["score"] is done[1]["findings"] is None


@pytest.mark.parametrize("day", ["2026-03-01", date(2026, 3, 1), datetime(2026, 3, 1)], ids=["text", "day", "midnight"])
def test_days_are_read_in_whatever_type_a_library_has_for_them(make: Make, day: Any) -> None:
    draft = "Hi Ana,\n\nThank you for your time on Monday.\n\nBo"
    cells = {"draft": [draft, draft], "interview date": [day, None], "send date": [datetime(2026, 3, 9, 10), None]}
    facts = {"interviewed_at": "2026-03-01", "sending_at": "2026-03-09T10:00:00"}
    (wanted,) = score([{"draft": draft, "context": facts}])
    timings = [row["timing"] for row in rows_of(score_table(make(cells)))]
    assert timings == [wanted["criteria"]["timing"]["score"], None] and timings[0] is not None


def test_the_index_of_pandas_stays_whatever_it_is() -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)])
    drafts = pd.DataFrame({"draft": ["Hi", None, "Ho"], "n": [1, 2, 3]}, index=index)
    done = score_table(drafts)
    assert done.index.equals(index)
    beside = pd.concat([drafts, done], axis=1)
    assert beside["n"].to_list() == [1, 2, 3] and beside["error"].isna().to_list() == [True, False, True]


def test_what_pandas_has_for_nothing_for_lists_and_for_mixed_columns_is_read() -> None:
    topics = pd.Series([pa.array(["the ledger", "Postgres"]).to_numpy(zero_copy_only=False), None])
    drafts = pd.DataFrame({"id": [7, None], "draft": ["Hi Ana", "Hi"], "company": ["Acme", 3], "topics": topics})
    drafts["role"] = pd.array([pd.NA, "Cook"], dtype="string")
    drafts["interviewed"] = pd.Series([pd.NaT, pd.Timestamp("2026-03-01 10:00", tz="Europe/Madrid")])
    done = score_table(drafts)
    assert done["id"].to_list() == ["7", "2"] and done["error"].isna().all()
    told = {"draft": "Hi Ana", "context": {"company": "Acme", "topics": ["the ledger", "Postgres"]}}
    (wanted,) = score([told])
    assert [found["message"] for found in done["findings"][0]] == [found["message"] for found in wanted["findings"]]


def test_columns_can_be_told_and_are_asked_for_where_they_are_not_clear(make: Make) -> None:
    table = make({"Message": ["Hi Ana"], "Follow-up draft": ["Hi Bo, thank you"], "Company": ["Acme"]})
    with pytest.raises(
        InputError, match=r'say columns=\{"draft": "Message"\} or columns=\{"draft": "Follow-up draft"\}'
    ):
        score_table(table)
    told = rows_of(score_table(table, columns={"draft": "Follow-up draft", "company": ""}))
    (wanted,) = score([{"draft": "Hi Bo, thank you"}])
    assert told[0]["findings"] == wanted["findings"]
    with pytest.raises(InputError, match=r'columns=\{"draft": "Letter"\}: no column is called so; there are "Message"'):
        score_table(table, columns={"draft": "Letter"})
    with pytest.raises(InputError, match="'body' is no field; the fields are draft, id"):
        score_table(table, columns={"body": "Message"})


def test_three_of_ten_is_asked_back_or_told(make: Make) -> None:
    table = make({"draft": ["Hi Ana, thank you"], "interviewed at": ["3/10/2026"]})
    assert "day or month first" in rows_of(score_table(table))[0]["error"]
    assert rows_of(score_table(table, day_first=True))[0]["error"] is None


def test_an_empty_table_gives_one_with_the_same_columns(make: Make) -> None:
    empty = make({"draft": []})
    done = score_table(empty)
    full = score_table(make({"draft": ["Hi"]}))
    assert rows_of(done) == [] and [*pa.table(done).column_names] == [*pa.table(full).column_names]


def test_several_processes_give_the_same_table(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import polars as pl\n"
        "from reviewer.batch import score_table\n"
        "if __name__ == '__main__':\n"
        "    drafts = pl.DataFrame({'draft': [f'Hi Ana, thank you for {n}' for n in range(200)] + [None]})\n"
        "    assert score_table(drafts, jobs=2).equals(score_table(drafts))\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, program], check=True)


def test_redact_hides_names_in_what_is_quoted() -> None:
    drafts = pd.DataFrame(
        {"draft": ["Hi Pria,\n\nThank you for your time at Northwind.\n\nJo"], "interviewer": ["Priya"]}
    )
    plain, hidden = (str(score_table(drafts, redact=redact)["findings"][0]) for redact in (False, True))
    assert "Pria" in plain and "Pria" not in hidden and "Northwind" not in hidden


def test_without_its_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(InputError, match="pip install narwhals pyarrow"):
        score_table(pd.DataFrame({"draft": ["Hi"]}))


def test_neither_is_imported_before_it_is_used() -> None:
    program = "import sys, reviewer.batch; assert not {'narwhals', 'pyarrow', 'pandas', 'polars'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", program], check=True)
