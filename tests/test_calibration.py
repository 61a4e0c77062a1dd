"""How well a rubric agrees, how sure that is, and numbers that agree better."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from reviewer import Rubric, load_rubric
from reviewer.calibration import Calibrated, _fitted, _numbers_of, _Part, _read, _scored, calibrate
from reviewer.cli.app import app_for
from reviewer.cli.reading import rows_in
from reviewer.errors import InputError
from reviewer.evaluate import Evaluation, evaluate, halves
from reviewer.finding import Degree
from reviewer.intake.rows import Record, Row, read_rows, row_of
from reviewer.report.evaluation import render, troubles

CORPUS = Path(__file__).parent / "corpus" / "dev.jsonl"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app_for(()), list(arguments))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with CORPUS.open(encoding="utf-8") as lines:
        return list(read_rows(lines, where="dev"))


@pytest.fixture(scope="module")
def found(rows: list[Row], rubric: Rubric) -> Evaluation:
    return evaluate(rows, rubric)


def changed(row: Row, **data: Any) -> Row:
    return Row(row.number, row.id, row.message, row.context, {**row.data, **data})


# How sure it is


def test_an_interval_holds_its_kappa_and_is_narrower_with_more_drafts(
    rows: list[Row], found: Evaluation, rubric: Rubric
) -> None:
    for a in found.criteria.values():
        assert a.interval[0] <= a.kappa <= a.interval[1] <= 1
    assert found.macro_interval[0] < found.macro < found.macro_interval[1]
    some = evaluate(rows[:60], rubric)
    wide, narrow = (e.macro_interval[1] - e.macro_interval[0] for e in (some, found))
    assert wide > narrow > 0
    assert evaluate(rows[:60], rubric) == some


def test_people_are_compared_where_two_have_labelled(rows: list[Row], found: Evaluation, rubric: Rubric) -> None:
    ceiling = {name: a.raters for name, a in found.criteria.items()}
    assert all(value is not None and 0.85 < value < 1 for value in ceiling.values())
    same = [changed(row, raters=[{"labels": row.data["labels"]}] * 2) for row in rows[:60]]
    assert evaluate(same, rubric).criteria["enthusiasm"].raters == 1
    alone = evaluate([changed(row, raters=None) for row in rows[:60]], rubric)
    assert alone.criteria["enthusiasm"].raters is None and "   – " in render(alone)


def test_too_few_drafts_and_labels_that_are_all_alike_are_told(
    rows: list[Row], found: Evaluation, rubric: Rubric
) -> None:
    assert list(troubles(found)) == []
    (said,) = troubles(evaluate(rows[:30], rubric))
    assert said.startswith("too few drafts") and "enthusiasm" in said
    alike = [changed(row, labels={**row.data["labels"], "enthusiasm": 2}) for row in rows]
    assert [t.rpartition(": ")[2] for t in troubles(evaluate(alike, rubric))] == ["enthusiasm"]


def test_the_halves_are_whole_keep_pairs_together_and_are_shown_apart(rows: list[Row]) -> None:
    one, other = halves(rows)
    assert sorted(row.id for row in (*one, *other)) == sorted(row.id for row in rows)
    assert 0.4 < len(one) / len(rows) < 0.6
    ids = {row.id for row in one}
    assert all((row.data["pair"] in ids) == (row.id in ids) for row in rows if row.data.get("pair"))
    done = run("evaluate", str(CORPUS), "--split")
    assert f"the half that a calibration reads: {len(one)} drafts" in done.stdout
    assert f"the other half: {len(other)} drafts" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"labels": None}, "labels are missing"),
        ({"labels": {"brevity": 3}}, "labels.brevity: 0, 1, 2 or null is wanted, not 3"),
        ({"labels": {"brevity": "2"}}, "not '2'"),
        ({"labels": {"brevity": True}}, "not True"),
        ({"raters": [{"labels": {"brevity": 9}}]}, "not 9"),
        ({"raters": ["Ana"]}, "labels are missing"),
        ({"labels": {"wit": 2}}, "no label is of a criterion of this rubric; there are brevity"),
    ],
)
def test_labels_of_another_form_are_told(rows: list[Row], rubric: Rubric, data: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        evaluate([changed(rows[0], **data)], rubric)


def test_a_table_of_labelled_drafts_is_read_as_its_lines_of_json(
    rows: list[Row], rubric: Rubric, tmp_path: Path
) -> None:
    names = list(rows[0].data["labels"])
    header = [
        "ID",
        "Draft",
        "Kind",
        "Overall",
        *(f"labels.{n}" for n in names),
        *(f"raters.{k}.{n}" for k in (1, 2) for n in names),
    ]
    lines = []
    for row in rows[:30]:
        labels = [row.data["labels"], *(r["labels"] for r in row.data["raters"][1:])]
        said = [one.get(n) for one in labels for n in names]
        lines.append([row.id, row.data["draft"], row.data["kind"], row.data["overall"], *said])
    file = tmp_path / "labelled.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *lines])
    read = rows_in(file)
    assert [r.data["labels"] for r in read] == [r.data["labels"] for r in rows[:30]]
    keys = ("id", "draft", "kind", "overall", "labels")
    plain = [
        row_of(Record("", n, "", {**{k: r.data[k] for k in keys}, "raters": r.data["raters"][1:]}))
        for n, r in enumerate(rows[:30])
    ]
    found = evaluate(read, rubric)
    assert found == evaluate(plain, rubric) and found.rules == {}
    assert run("evaluate", str(file)).exit_code == 0
    file.write_text("draft,labels.brevity\nHi Ana,two\n", "utf-8")
    with pytest.raises(InputError, match=r"labels\.brevity: 0, 1, 2 or null is wanted, not 'two'"):
        evaluate(rows_in(file), rubric)


# Calibration


def test_its_arithmetic_is_that_of_a_review(rows: list[Row], rubric: Rubric) -> None:
    numbers = _numbers_of(rubric)
    for row in rows[:40]:
        assert row.message is not None
        from reviewer import review

        done, draft = review(row.message, rubric, context=row.context), _read(row, rubric)
        overall, levels = _scored(draft, numbers, rubric)
        assert (overall, levels) == (done.score, {name: s.level for name, s in done.criteria.items()})
        for name in draft.labels:
            assert _Part(draft, name, numbers).level(numbers) == levels[name]


def strict(tmp_path: Path) -> Path:
    """A rubric whose limits are far from what the labels say of length."""
    file = tmp_path / "strict.yaml"
    file.write_text(
        "extends: default\ntitle: Strict\nrules:\n  too-long: {with: {most: 100, far: 150}, cost: 90}\n"
        "  too-late: {cost: {slight: 5, grave: 5}}\n",
        "utf-8",
    )
    return file


@pytest.fixture(scope="module")
def calibrated(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Calibrated:
    return calibrate(rows[:120], load_rubric(strict(tmp_path_factory.mktemp("strict"))))


def test_numbers_that_are_wrong_are_set_right(calibrated: Calibrated) -> None:
    assert calibrated.better and calibrated.after > calibrated.before + 0.05
    assert calibrated.new.costs["too-long", Degree.SLIGHT] < 50
    assert calibrated.new.costs["too-late", Degree.GRAVE] > 50
    for (rule, degree), cost in calibrated.new.costs.items():
        assert cost > 0 or calibrated.old.costs[rule, degree] == 0
        assert degree is Degree.GRAVE or cost <= calibrated.new.costs[rule, Degree.GRAVE]


def test_the_same_drafts_give_the_same_numbers_in_any_order(rows: list[Row], tmp_path: Path) -> None:
    made = load_rubric(strict(tmp_path))
    drafts = [_read(row, made) for row in rows[:50]]
    old = _numbers_of(made)
    assert _fitted(drafts, made, old) == _fitted(drafts[::-1], made, old)


def test_a_calibrated_rubric_is_written_and_agrees_better_on_the_other_half(tmp_path: Path) -> None:
    base, new = strict(tmp_path), tmp_path / "there" / "new.yaml"
    done = run("rubric", "calibrate", str(base), str(CORPUS), "-o", str(new), "--split")
    assert done.exit_code == 0, done.output
    assert "extends: ../strict.yaml" in new.read_text("utf-8") and done.stdout.rstrip().endswith(", better")
    with CORPUS.open(encoding="utf-8") as lines:
        _, kept = halves(read_rows(lines, where="dev"))
    was, now = evaluate(kept, load_rubric(base)), evaluate(kept, load_rubric(new))
    assert now.macro > was.macro + 0.02
    again = run("rubric", "calibrate", str(base), str(CORPUS), "-o", str(new))
    assert "new.yaml is there already" in str(again.exception)


def test_where_it_can_do_no_better_it_says_so_and_writes_nothing(tmp_path: Path, corpus_lines: list[str]) -> None:
    some, new = tmp_path / "some.jsonl", tmp_path / "new.yaml"
    some.write_text("\n".join(corpus_lines[:100]), "utf-8")
    done = run("rubric", "calibrate", "default", str(some), "-o", str(new))
    assert done.exit_code == 1 and "could not do better" in done.stdout and not new.exists()


def test_too_few_drafts_are_refused(tmp_path: Path) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text(json.dumps({"draft": "Hi Ana,", "labels": {"craft": 1}}) + "\n", "utf-8")
    done = run("rubric", "calibrate", "default", str(some), "-o", str(tmp_path / "new.yaml"))
    assert "1 labelled drafts are too few to calibrate by; 40 at least" in str(done.exception)
