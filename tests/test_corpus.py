"""The synthetic labelled drafts: agreement with the labels, rewrites that invent nothing."""

from pathlib import Path

from reviewer.evaluate import evaluate
from reviewer.intake.rows import read_rows
from reviewer.rubric import Rubric

CORPUS = Path(__file__).parent / "corpus" / "dev.jsonl"


def test_levels_agree_with_the_labels(rubric: Rubric) -> None:
    with CORPUS.open(encoding="utf-8") as lines:
        found = evaluate(read_rows(lines, where="dev.jsonl"), rubric)
    assert not found.failed
    assert found.macro >= 0.80
    assert min(a.kappa for a in found.criteria.values()) >= 0.60
    assert found.clean_silent / found.clean >= 0.90
