"""A compiled rubric: the same as what was read, kept for as long as nothing of it has changed, never trusted."""

import shutil
from pathlib import Path

import pytest

from reviewer import Message, load, review
from reviewer.folders import rubric_cache
from reviewer.resources import folder
from reviewer.rubric import Rubric


def compiled_files() -> list[Path]:
    return sorted(rubric_cache("x").parent.glob("rubric-*.json"))


def same(one: Rubric, other: Rubric) -> bool:
    plain = [(r.id, r.title, r.digest, r.levels, r.error_cap, r.bound, r.rewriting, r.purposes) for r in (one, other)]
    return plain[0] == plain[1] and one.criteria == other.criteria


def test_what_was_compiled_is_what_was_read_and_scores_alike(corpus: list[dict[str, object]]) -> None:
    read, again = load(), load()
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
    read = load()
    (file,) = compiled_files()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert same(load(), read) and file.read_bytes() == whole


def test_a_changed_rubric_or_phrase_list_is_read_again(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_bytes((folder("rubrics") / "default.yaml").read_bytes())
    shutil.copytree(str(folder("rubrics") / "phrases"), tmp_path / "phrases")
    first = load(str(mine))
    mine.write_text(mine.read_text("utf-8").replace("error_cap: 40", "error_cap: 30"), "utf-8")
    second = load(str(mine))
    assert (first.error_cap, second.error_cap) == (40, 30) and first.digest != second.digest
    phrases = tmp_path / "phrases" / "cliches.yaml"
    phrases.write_text(phrases.read_text("utf-8") + "# a remark\n", "utf-8")
    assert load(str(mine)).digest != second.digest


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr("reviewer.rubric.rubric_cache", lambda _: blocked / "rubric.json")
    assert load().id == "default"
