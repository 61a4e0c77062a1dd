"""The synthetic labelled drafts: agreement with the labels, near pairs in order, silence on clean ones."""

import pytest

from reviewer.evaluate import Evaluation


@pytest.fixture
def on_corpus(evaluations: dict[str, Evaluation]) -> Evaluation:
    return evaluations["dev"]


def test_levels_agree_with_the_labels(on_corpus: Evaluation) -> None:
    assert not on_corpus.failed
    assert on_corpus.macro >= 0.85
    assert min(a.kappa for a in on_corpus.criteria.values()) >= 0.75


def test_clean_drafts_get_no_warning(on_corpus: Evaluation) -> None:
    assert on_corpus.clean_silent / on_corpus.clean >= 0.90


def test_the_better_one_of_a_near_pair_scores_higher(on_corpus: Evaluation) -> None:
    assert on_corpus.pairs_right / on_corpus.pairs >= 0.80


def test_writers_that_nothing_was_trained_or_tuned_on_are_understood(evaluations: dict[str, Evaluation]) -> None:
    found = evaluations["others"]
    assert found.macro >= 0.78
    assert min(a.kappa for a in found.criteria.values()) >= 0.60
    assert found.clean_silent / found.clean >= 0.85
