"""Laws that hold whatever the rubric."""

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer import Context, Kind, Message, review
from reviewer.finding import Degree, Finding, Severity
from reviewer.inheritance import compose
from reviewer.judgement import Judgement
from reviewer.report.contract import render
from reviewer.rubric import Levels, Rubric, Use
from reviewer.rubric_names import Files
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


def base() -> Rubric:
    """The default with a criterion of its own, and one that has no checks."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "mine.yaml"
        file.write_text(yaml.safe_dump({"extends": "default", "title": "T", **OWN}), "utf-8")
        return compose(file, Files()).rubric


BASE = base()
number = st.integers(0, 100)
points_lost = st.sampled_from([0, 1, 5, 10, 30, 60, 100])
costs = st.fixed_dictionaries(dict.fromkeys(Degree, points_lost))
weight = st.sampled_from([0, 0, 1, 2, 100])
levels = st.tuples(number, number).filter(lambda two: two[0] < two[1])


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """A rubric with any numbers in it, and some of its rules switched off."""
    off = draw(st.sets(st.sampled_from(RULES), max_size=2))

    def changed(use: Use) -> Use:
        also = draw(st.dictionaries(st.sampled_from(NAMES), costs, max_size=1))
        return use._replace(cost=draw(costs), severity=draw(st.sampled_from(Severity)), also=also)

    criteria = tuple(
        c._replace(
            weight=dict.fromkeys(Kind, draw(weight)),
            uses=tuple(changed(u) for u in c.uses if u.rule in RULES and u.rule not in off),
        )
        for c in BASE.criteria
    )
    fair, good = draw(levels)
    return BASE._replace(criteria=criteria, levels=Levels(good, fair), error_cap=draw(number), bound=draw(number))


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


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(Kind))
def test_one_more_finding_never_raises_a_score(data: st.DataObject, kind: Kind) -> None:
    rubric = data.draw(rubrics())
    known = data.draw(st.lists(findings(rubric), max_size=8))
    more = data.draw(findings(rubric))
    # A criterion that is judged only because of the fault that comes is where the whole could rise.
    likely = st.sampled_from([*more.costs, "timing"])
    unjudged = data.draw(st.dictionaries(likely, st.just("not known"), max_size=2))
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


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
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
    none = dict.fromkeys(Kind, 0)
    rubric = BASE._replace(
        criteria=tuple(c._replace(weight=none) if c.id == "no_pestering" else c for c in BASE.criteria)
    )
    found = data.draw(st.lists(findings(rubric), max_size=6))
    rest = [f for f in found if f.costs.keys() != {"no_pestering"} or f.severity is Severity.ERROR]
    assert score(rubric, Kind.CHECK_IN, found, {}).overall == score(rubric, Kind.CHECK_IN, rest, {}).overall
