"""A compiled rubric: the same as what was read, kept for as long as nothing of it has changed, never trusted."""

import shutil
from pathlib import Path

import pytest

from reviewer import Message, load_rubric, review
from reviewer.errors import RubricError
from reviewer.folders import rubric_cache, rubrics_folder
from reviewer.resources import folder
from reviewer.rubric import Rubric


def compiled_files() -> list[Path]:
    return sorted(rubric_cache("x").parent.glob("rubric-*.json"))


def same(one: Rubric, other: Rubric) -> bool:
    plain = [(r.id, r.title, r.digest, r.levels, r.error_cap, r.bound, r.rewriting, r.purposes) for r in (one, other)]
    return plain[0] == plain[1] and one.criteria == other.criteria


def test_what_was_compiled_is_what_was_read_and_scores_alike(corpus: list[dict[str, object]]) -> None:
    read, again = load_rubric(), load_rubric()
    assert len(compiled_files()) == 1 and same(read, again)
    for row in corpus[:20]:
        message = Message(str(row["draft"]))
        assert review(message, read).score == review(message, again).score


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:-40],
        lambda data: data.replace(b'"bound": 10', b'"bound": 99'),
        lambda data: b"\xff" + data,
        lambda data: data.split(b"\n")[0] + b"\n[]",
    ],
    ids=["empty", "cut", "changed", "no text", "another shape"],
)
def test_a_damaged_one_is_made_anew(damage: object) -> None:
    read = load_rubric()
    (file,) = compiled_files()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert same(load_rubric(), read) and file.read_bytes() == whole


def test_a_changed_rubric_or_phrase_list_is_read_again(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_bytes((folder("rubrics") / "default.yaml").read_bytes())
    shutil.copytree(str(folder("rubrics") / "phrases"), tmp_path / "phrases")
    first = load_rubric(str(mine))
    mine.write_text(mine.read_text("utf-8").replace("error_cap: 40", "error_cap: 30"), "utf-8")
    second = load_rubric(str(mine))
    assert (first.error_cap, second.error_cap) == (40, 30) and first.digest != second.digest
    phrases = tmp_path / "phrases" / "cliches.yaml"
    phrases.write_text(phrases.read_text("utf-8") + "# a remark\n", "utf-8")
    assert load_rubric(str(mine)).digest != second.digest


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr("reviewer.rubric.rubric_cache", lambda _: blocked / "rubric.json")
    assert load_rubric().id == "default"


def extending(folder: Path) -> tuple[Path, Path, Path]:
    (folder / "phrases").mkdir()
    listed = folder / "phrases" / "house.yaml"
    listed.write_text(
        "rule: house\ntitle: H\nbecause: b\ncriterion: craft\nsources: []\nterms: {a b: null}\n", encoding="utf-8"
    )
    base, mine = folder / "base.yaml", folder / "mine.yaml"
    base.write_text("extends: default\ntitle: B\nphrases: [house]\nbound: 3\n", encoding="utf-8")
    mine.write_text("extends: ./base.yaml\ntitle: M\n", encoding="utf-8")
    return listed, base, mine


def no_reading(*_: object) -> Rubric:
    raise AssertionError("the YAML was read again")


def test_a_rubric_that_extends_others_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, mine = extending(tmp_path)
    first = load_rubric(mine)
    monkeypatch.setattr("reviewer.inheritance.compose", no_reading)
    assert same(load_rubric(mine), first)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["a list of phrases", "what is extended", "the rubric"])
def test_any_file_of_the_chain_makes_it_stale(tmp_path: Path, which: int) -> None:
    files = extending(tmp_path)
    digest = load_rubric(files[2]).digest
    with files[which].open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert load_rubric(files[2]).digest != digest


def test_a_file_that_comes_to_stand_before_another_makes_it_stale(tmp_path: Path) -> None:
    _, _, mine = extending(tmp_path)
    assert load_rubric(mine).error_cap == 40
    rubrics_folder().mkdir(parents=True)
    (rubrics_folder() / "default.yaml").write_text("extends: default\ntitle: D\nerror_cap: 7\n", encoding="utf-8")
    assert load_rubric(mine).error_cap == 7
    (rubrics_folder() / "default.yaml").unlink()
    assert load_rubric(mine).error_cap == 40


def test_a_file_that_is_gone_is_told_not_forgotten(tmp_path: Path) -> None:
    _, base, mine = extending(tmp_path)
    load_rubric(mine)
    base.unlink()
    with pytest.raises(RubricError, match="no such file"):
        load_rubric(mine)
