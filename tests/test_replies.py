"""Real answers of a language model, held against the drafts that they were given for."""

import json
from pathlib import Path
from typing import Any

import pytest

from reviewer import Rubric, review
from reviewer.evaluate import evaluate
from reviewer.intake.rows import Row, read_rows
from reviewer.judge import Judge
from reviewer.judgement import Judged
from reviewer.reviewing import Review
from reviewer.rewrite.ask import rewrite_prompt

from recorded import Recorded, replies

CORPUS = Path(__file__).parent / "corpus"


class RewriteOnly(Judge):
    """Rewrites, but does not judge: the rewrite's prompt then has the faults that the checks found."""

    def read(self, *_: object) -> Judged:
        return Judged()


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    lines = [line for name in ("dev", "others") for line in (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return {row.id: row for row in read_rows(lines, where="corpus")}


def rewritten(row: Row, rubric: Rubric, manner: str) -> Review:
    assert row.message is not None
    return review(row.message, rubric, context=row.context, judge=RewriteOnly(Recorded(manner)), rewriting=True)


def test_no_reply_is_stale(rows: dict[str, Row], rubric: Rubric) -> None:
    """An answer to a prompt that is no longer asked is named here, and used nowhere."""
    judge = Judge(Recorded())
    stale = []
    for name in ("judge", "rewrite"):
        for reply in [*replies(name), *replies(name, "careless")]:
            row = rows[reply["id"]]
            done = review(row.message, rubric, context=row.context)
            if name == "judge":
                prompt = judge.prompt(row.message, done.context, rubric)
            else:
                prompt = rewrite_prompt(row.message, done.context, rubric, done.findings, hide=str, marker=judge.marker)
            stale += [f"{name} {reply['id']}"] if prompt.digest != reply["digest"] else []
    assert stale == [], f"{len(stale)} replies answer a prompt that has changed; see tests/replies/README.md"


def test_the_second_reader_agrees_better_with_the_labels_than_the_checks_alone(
    rows: dict[str, Row], rubric: Rubric
) -> None:
    judged = [rows[reply["id"]] for reply in replies("judge")]
    model = Recorded()
    alone, along = evaluate(judged, rubric), evaluate(judged, rubric, judge=Judge(model))
    assert not model.missed
    assert along.macro > alone.macro + 0.05
    assert along.spearman is not None and alone.spearman is not None and along.spearman > alone.spearman
    assert along.usage is not None and along.usage.calls == len(judged)


def test_every_quotation_of_a_finding_stands_in_the_draft(rows: dict[str, Row], rubric: Rubric) -> None:
    found = 0
    for reply in replies("judge"):
        row = rows[reply["id"]]
        done = review(row.message, rubric, context=row.context, judge=Judge(Recorded()))
        for finding in (f for f in done.findings if f.by == "model"):
            found += 1
            assert finding.span is None or finding.span.of(row.message.text) == finding.quote
            assert finding.severity != "error"
    assert found > 20


def test_the_judge_raises_no_criterion_beyond_the_bound(rows: dict[str, Row], rubric: Rubric) -> None:
    for reply in replies("judge"):
        row = rows[reply["id"]]
        done = review(row.message, rubric, context=row.context, judge=Judge(Recorded()))
        for score in done.criteria.values():
            assert score.score is None or score.score <= (score.checked or 0) + rubric.bound


def test_careful_rewrites_pass_the_door(rows: dict[str, Row], rubric: Rubric) -> None:
    refused = {}
    for reply in replies("rewrite"):
        done = rewritten(rows[reply["id"]], rubric, "careful").rewrite
        if done.by != "model":
            refused[reply["id"]] = done.refused
    assert len(refused) <= 0.1 * len(replies("rewrite")), refused


def test_careless_rewrites_are_caught_at_the_door(rows: dict[str, Row], rubric: Rubric) -> None:
    """Each brings in something that nobody gave: a topic, a firm, a place, a number, a promise, an attachment."""
    passed = []
    for reply in replies("rewrite", "careless"):
        done = rewritten(rows[reply["id"]], rubric, "careless").rewrite
        if done.by == "model":
            passed.append(reply["id"])
        else:
            assert any(reason.startswith("the model's version: ") for reason in done.refused)
    assert len(passed) <= 1, passed  # a claim made of words that the notes have anyway goes unseen


def test_no_rewrite_by_a_model_scores_lower_than_its_draft(rows: dict[str, Row], rubric: Rubric) -> None:
    for reply in [*replies("rewrite"), *replies("rewrite", "careless")]:
        done = rewritten(rows[reply["id"]], rubric, reply["manner"])
        assert done.rewrite.score >= done.score


def test_a_changed_prompt_finds_no_answer(rows: dict[str, Row], rubric: Rubric) -> None:
    reply = replies("judge")[0]
    row = rows[reply["id"]]
    other: Any = json.loads(json.dumps(row.message.text)) + "\nP.S. One more word."
    model = Recorded()
    done = review(type(row.message)(other), rubric, context=row.context, judge=Judge(model))
    assert model.missed and done.failures[0].source == "judge"
