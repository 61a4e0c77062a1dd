"""Parquet holds what JSON Lines hold, typed: every review comes back, and other libraries read it."""

import gc
import io
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from reviewer.batch import parquet
from reviewer.batch.arrow import from_row
from reviewer.report.schema import schema

from pages import run
from stub import completion, error, serving

pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
DAMAGED = ["{broken", '{"id": "x"}', '{"id": "y", "draft": "Hi", "context": {"role": 1}}']


@pytest.fixture
def drafts(tmp_path: Path, corpus_lines: list[str]) -> Path:
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join([*corpus_lines[::3], *DAMAGED]), encoding="utf-8")
    return file


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def back(file: Path | io.BytesIO) -> list[dict[str, Any]]:
    return [from_row(row) for row in pq.read_table(file).to_pylist()]


def through(*results: dict[str, Any]) -> list[dict[str, Any]]:
    file = io.BytesIO()
    rows = parquet.ParquetRows(file)
    for result in results:
        rows.add(json.dumps(result))
    rows.close()
    return back(file)


@pytest.mark.parametrize("rewriting", ["--rewrite", "--no-rewrite"])
def test_every_review_and_every_error_comes_back(tmp_path: Path, drafts: Path, rewriting: str) -> None:
    outputs = ["--output", tmp_path / "out.jsonl", "--output", tmp_path / "out.parquet"]
    assert run("batch", drafts, *outputs, rewriting, "--jobs", 1).exit_code == 1
    written = lines(tmp_path / "out.jsonl")
    assert back(tmp_path / "out.parquet") == written and len(written) > 90
    assert sum("error" in row for row in written) == len(DAMAGED)


@pytest.mark.loopback
def test_what_a_model_said_cost_or_failed_at_comes_back(tmp_path: Path, drafts: Path) -> None:
    said = {"criterion": "craft", "reason": "r", "level": "good", "quote": None}
    answer = completion(json.dumps({"criteria": [said], "findings": []}))
    outputs = ["--output", tmp_path / "out.jsonl", "--output", tmp_path / "out.parquet"]
    drafts.write_text("".join(drafts.read_text(encoding="utf-8").splitlines(keepends=True)[:10]), encoding="utf-8")
    with serving(answer, answer, error(400)) as stub:
        asked = ["--llm", "--model", "m", "--base-url", stub.url, "--samples", 2, "--jobs", 1]
        run("batch", drafts, *outputs, "--rewrite", *asked)
    written = lines(tmp_path / "out.jsonl")
    assert back(tmp_path / "out.parquet") == written
    assert written[0]["usage"]["calls"] and written[0]["criteria"]["craft"]["spread"] and written[9]["failures"]


def test_what_the_user_does_not_want_to_hear_comes_back(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi Priya,\n\nI need an answer by Friday or I will go elsewhere.\n\nJordan", encoding="utf-8")
    assert run("dismiss", draft, "ultimatum").exit_code == 0
    done = json.loads(run("review", draft, "--format", "json").stdout)
    assert done["suppressed"] and through(done) == [done]


def test_rows_have_the_shape_that_is_published(tmp_path: Path, drafts: Path) -> None:
    run("batch", drafts, "--output", tmp_path / "out.parquet", "--rewrite", "--jobs", 1)
    for row in back(tmp_path / "out.parquet")[:10]:
        if "error" not in row:
            jsonschema.validate(row, schema())


def test_half_a_surrogate_pair_becomes_a_sign_as_long_and_the_rest_stays() -> None:
    broken = {"id": "a\ud800", "error": {"row": 1, "reason": "\udc00 \\ud800 😀 \x00 \x1b[31m \ufffe"}}
    whole = {"id": "a\ufffd", "error": {"row": 1, "reason": "\ufffd \\ud800 😀 \x00 \x1b[31m \ufffe"}}
    assert through(broken) == [whole]


def test_a_run_that_was_ended_gives_the_same_bytes_and_leaves_nothing_half_written(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_BATCH", 10)
    monkeypatch.setattr(parquet, "_GROUP", 3)
    whole, out = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    run("batch", drafts, "--output", whole, "--jobs", 1)
    ended = run("batch", drafts, "--output", out, "--jobs", 1, "--max-errors", 0)
    gc.collect()
    assert "the run was ended" in str(ended.exception) and not out.exists()
    assert not list(tmp_path.glob("*.part"))
    assert run("batch", drafts, "--output", out, "--jobs", 1, "--resume").exit_code == 1
    assert out.read_bytes() == whole.read_bytes()
    groups = pq.ParquetFile(out).metadata
    assert {groups.row_group(n).num_rows for n in range(groups.num_row_groups - 1)} == {30}


def test_other_libraries_read_it(tmp_path: Path, drafts: Path) -> None:
    outputs = ["--output", tmp_path / "out.jsonl", "--output", tmp_path / "out.parquet"]
    run("batch", drafts, *outputs, "--jobs", 1)
    reviews = [row for row in lines(tmp_path / "out.jsonl") if "error" not in row]
    rules = [finding["rule"] for row in reviews for finding in row["findings"]]
    polars = pl.read_parquet(tmp_path / "out.parquet")
    assert polars["findings"].explode().struct.field("rule").drop_nulls().to_list() == rules
    assert polars["error"].struct.field("reason").is_not_null().sum() == len(DAMAGED)
    pandas = pd.read_parquet(tmp_path / "out.parquet").head(len(reviews))
    assert pandas["score"].to_list() == [row["score"] for row in reviews]
    assert [[found["rule"] for found in row] for row in pandas["findings"]] == [
        [found["rule"] for found in row["findings"]] for row in reviews
    ]


def test_a_page_is_made_of_it_too(tmp_path: Path, drafts: Path) -> None:
    outputs = ["--output", tmp_path / "out.jsonl", "--output", tmp_path / "out.parquet"]
    run("batch", drafts, *outputs, "--rewrite", "--jobs", 1)
    pages = []
    for name in ("out.jsonl", "out.parquet"):
        page = tmp_path / f"{name}.html"
        assert run("report", tmp_path / name, drafts, "--output", page, "--names").exit_code == 0
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]


def test_parquet_of_another_kind_or_damaged_is_told(tmp_path: Path, drafts: Path) -> None:
    other = tmp_path / "other.parquet"
    pl.DataFrame({"draft": ["Hi"]}).write_parquet(other)
    told = str(run("report", other).exception)
    assert told == f"{other}: row 1: this is no review that reviewer batch wrote"
    other.write_bytes(other.read_bytes()[:-20])
    assert f"{other}: the Parquet file is damaged" in str(run("report", other).exception)


def test_without_its_library_the_run_does_not_begin(
    tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("batch", drafts, "--output", tmp_path / "out.parquet")
    assert "pip install pyarrow" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["drafts.jsonl"]
