"""docs/advice.md names what serves each piece of advice; here it is held to the code."""

import ast
import re
from pathlib import Path

import pytest

from reviewer import Rubric
from reviewer.advice import advice

ROOT = Path(__file__).parent.parent
ROWS = [
    re.split(r"\s*\|\s*", line)[1:-1]
    for line in (ROOT / "docs" / "advice.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def planned() -> set[str]:
    """The numbers that stand as sources in the plan's code."""
    tree = ast.parse((ROOT / "reviewer" / "plan.py").read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if re.fullmatch(r"\d{3}\.\d+", text)}


def test_every_piece_of_advice_stands_there_once_in_order() -> None:
    assert [row[0] for row in ROWS] == list(advice()) and len(ROWS) == 57
    assert [row[1] for row in ROWS] == [piece.text for piece in advice().values()]


def test_checks_and_sources_agree_both_ways(rubric: Rubric) -> None:
    cited: dict[str, set[str]] = {}
    for use in (u for c in rubric.criteria for u in c.uses):
        for source in use.sources:
            cited.setdefault(source, set()).add(use.rule)
    assert {row[0]: set(re.findall(r"`([^`]+)`", row[2])) for row in ROWS} == {n: cited.get(n, set()) for n in advice()}


def test_the_plan_serves_what_it_is_said_to_serve() -> None:
    assert {row[0] for row in ROWS if row[3] == "yes"} == planned()


def test_sentences_of_the_rewrite_exist(rubric: Rubric) -> None:
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4])}
    assert named <= rubric.rewriting.sentences.keys() and named


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_nothing_is_left_without_a_word(row: list[str]) -> None:
    served = row[2] or row[3] or row[4] or (row[5] and not row[5].startswith("none: "))
    assert served or len(row[5]) > len("none: ") + 10
