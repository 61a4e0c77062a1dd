"""Laws that hold whatever the rubric."""

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer import Context, Kind, Message, review
from reviewer.finding import Degree, Finding, Severity
from reviewer.judgement import Judgement
from reviewer.report.contract import render
from reviewer.rubric import Rubric, load_rubric
from reviewer.score import points, score

NAMES = ("brevity", "personal_reference", "enthusiasm", "no_pestering", "timing", "craft", "own", "bare")
RULES = ("too-long", "no-thanks", "demanding", "wrong-name", "flat-enthusiasm", "too-late", "stock-phrase", "own-word")
OWN = {
    "criteria": [
        {"id": name, "title": name, "meaning": {2: "a", 1: "b", 0: "c"}, "judged": False} for name in ("own", "bare")
    ],
    "phrases": [
        {"rule": "own-word", "title": "T", "because": "B", "criterion": "own", "sources": [], "terms": {"job": None}}
    ],
}

number = st.integers(0, 100)
weight = st.sampled_from([0, 0, 1, 2, 100])
costs = st.fixed_dictionaries({"slight": number, "grave": number})
changes = st.fixed_dictionaries(
    {"cost": costs, "severity": st.sampled_from(["error", "warning", "suggestion"])},
    optional={"also": st.dictionaries(st.sampled_from(NAMES), costs, max_size=2)},
)
levels = st.tuples(st.integers(0, 99), st.integers(1, 100)).filter(lambda two: two[0] < two[1])


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """A rubric with any numbers in it, a criterion of its own, and one that has no checks."""
    fair, good = draw(levels)
    said = {
        "extends": "default",
        "title": "T",
        "levels": {"fair": fair, "good": good},
        "error_cap": draw(number),
        "bound": draw(number),
        "phrases": OWN["phrases"],
        "criteria": [{"id": name, "weight": draw(weight)} for name in NAMES[:-2]]
        + [{**own, "weight": draw(weight)} for own in OWN["criteria"]],
        "rules": {
            rule: change
            for rule in RULES
            if (change := draw(st.one_of(st.none(), st.just(False), changes))) is not None
        },
    }
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "mine.yaml"
        file.write_text(yaml.safe_dump(said), "utf-8")
        return load_rubric(file)


def findings(rubric: Rubric) -> st.SearchStrategy[Finding]:
    uses = [(c, u) for c in rubric.criteria for u in c.uses]

    def finding(pair: Any, degree: Degree) -> Finding:
        criterion, use = pair
        taken = {criterion.id: use.cost.get(degree, 0)}
        for other, cost in use.also.items():
            taken[other] = taken.get(other, 0) + cost.get(degree, 0)
        return Finding(use.rule, criterion.id, use.severity, "", "", use.sources, None, "", degree, taken)

    return st.builds(finding, st.sampled_from(uses), st.sampled_from(Degree))


judgements = st.dictionaries(
    st.sampled_from(NAMES),
    st.builds(
        lambda level, down, up: Judgement("", level, "", None, (level, level), down, up),
        st.integers(0, 2),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
)


@settings(max_examples=80)
@given(st.data(), st.sampled_from(Kind))
def test_one_more_finding_never_raises_a_score(data: st.DataObject, kind: Kind) -> None:
    rubric = data.draw(rubrics())
    known = data.draw(st.lists(findings(rubric), max_size=8))
    more = data.draw(findings(rubric))
    unjudged = data.draw(st.dictionaries(st.sampled_from(NAMES), st.just("not known"), max_size=3))
    doubts = data.draw(st.dictionaries(st.sampled_from(NAMES), number, max_size=3))
    read = data.draw(judgements)
    before = score(rubric, kind, known, unjudged, doubts, read)
    after = score(rubric, kind, [*known, more], unjudged, doubts, read)
    assert 0 <= after.overall <= before.overall <= 100
    for name, was in before.criteria.items():
        now = after.criteria[name]
        assert was.score is None or (now.score is not None and now.score <= was.score)
    assert min(points(rubric, kind, [*known, more], unjudged, doubts, read).values()) >= 0


DRAFT = "Hi Ana,\n\nThank you for the talk about the job. I need an answer by Friday, or I will go elsewhere.\n\nBo"


@settings(max_examples=40)
@given(st.data(), st.sampled_from(Kind))
def test_any_rubric_reviews_and_rewrites_a_draft(data: st.DataObject, kind: Kind) -> None:
    rubric = data.draw(rubrics())
    done = review(Message(DRAFT), rubric, context=Context(kind=kind), rewriting=True)
    assert done.failures == () and render(done)
    assert done.rewrite is not None and 0 <= done.score <= done.rewrite.score <= 100
    assert done.criteria["bare"].score == 100 or any("bare" in f.costs for f in done.findings)


@given(st.data())
def test_what_weighs_nothing_changes_nothing_but_its_own_score(data: st.DataObject) -> None:
    """Short of an error, which caps the whole."""
    weights = {**dict.fromkeys(NAMES[:-2], 1), "no_pestering": 0}
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "mine.yaml"
        criteria = [{"id": name, "weight": points} for name, points in weights.items()]
        file.write_text(yaml.safe_dump({"extends": "default", "title": "T", "criteria": criteria}), "utf-8")
        rubric = load_rubric(file)
    found = data.draw(st.lists(findings(rubric), max_size=6))
    rest = [f for f in found if f.costs.keys() != {"no_pestering"} or f.severity is Severity.ERROR]
    assert score(rubric, Kind.CHECK_IN, found, {}).overall == score(rubric, Kind.CHECK_IN, rest, {}).overall
