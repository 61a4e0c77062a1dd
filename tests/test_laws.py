"""Laws that hold for every text and every rubric."""

import string
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer import Context, Kind, Message, Rubric, load_rubric, review
from reviewer.finding import Degree, Finding, Severity
from reviewer.message import Part
from reviewer.report.contract import render
from reviewer.score import score

RUBRIC = load_rubric()
RULES = {use.rule: (criterion, use) for criterion in RUBRIC.criteria for use in criterion.uses}
quiet = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = "I you we the a job thank please hope answer by Friday sorry need want your team Ana ledger".split()
MARKS = [",", ".", "!", "?", "\n\n", ">", "--", "[", "]", "12"]
letters = st.lists(st.sampled_from(WORDS + MARKS), max_size=80).map(" ".join)
anything = st.text(max_size=400) | letters | st.text(alphabet=string.printable, max_size=400)
kinds = st.sampled_from(Kind)


@quiet
@given(anything, kinds)
def test_every_span_lies_within_the_text_and_quotes_it(text: str, kind: Kind) -> None:
    done = review(Message(text), RUBRIC, context=Context(kind=kind))
    assert done.failures == ()
    for finding in done.findings:
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
            assert finding.quote == text[finding.span.start : finding.span.end]
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)


@quiet
@given(anything, kinds)
def test_a_rewrite_never_scores_lower_and_always_comes(text: str, kind: Kind) -> None:
    done = review(Message(text), RUBRIC, context=Context(kind=kind), rewriting=True)
    assert done.rewrite is not None and done.rewrite.score >= done.score
    assert render(done)


@quiet
@given(anything)
def test_regions_are_in_order_and_do_not_overlap(text: str) -> None:
    regions = Message(text).regions
    for one, following in pairwise(regions):
        assert one.span.end <= following.span.start
    covered = "".join(region.span.of(text) for region in regions)
    assert sorted(c for c in covered if c.isalnum()) == sorted(c for c in text if c.isalnum())


def finding(rule: str, degree: Degree) -> Finding:
    criterion, use = RULES[rule]
    costs = {criterion.id: use.cost.get(degree, 0)}
    for other, cost in use.also.items():
        costs[other] = costs.get(other, 0) + cost.get(degree, 0)
    return Finding(rule, criterion.id, use.severity, "", "", use.sources, None, "", degree, costs)


findings = st.lists(st.builds(finding, st.sampled_from(sorted(RULES)), st.sampled_from(Degree)), max_size=12)
unjudged = st.sampled_from([{}, {"timing": "no date is known"}])


@quiet
@given(findings, st.builds(finding, st.sampled_from(sorted(RULES)), st.sampled_from(Degree)), kinds, unjudged)
def test_one_more_finding_never_raises_a_score(
    known: list[Finding], more: Finding, kind: Kind, unknown: dict[str, str]
) -> None:
    before = score(RUBRIC, kind, known, unknown)
    after = score(RUBRIC, kind, [*known, more], unknown)
    for name, was in before.criteria.items():
        now = after.criteria[name]
        assert was.score is None or (now.score is not None and now.score <= was.score)
    if before.criteria.keys() == {n for n, s in before.criteria.items() if s.score is not None}:
        assert after.overall <= before.overall


@pytest.mark.parametrize("severity", Severity)
def test_an_error_caps_the_overall(rubric: Rubric, severity: Severity) -> None:
    one = finding("wrong-name", Degree.SLIGHT)._replace(severity=severity)
    overall = score(rubric, Kind.THANK_YOU, [one], {}).overall
    assert (overall <= rubric.error_cap) is (severity is Severity.ERROR)


def test_quoted_mail_is_never_judged(rubric: Rubric, good: tuple[Any, Context]) -> None:
    message, context = good
    quoted = (
        "\n\nOn Tue, 10 Mar 2026 at 10:12, Priya Raman wrote:\n> ANSWER ME NOW!!! I need this job by 5 pm or else.\n"
    )
    plain, with_quote = (
        review(message._replace(text=t), rubric, context=context) for t in (message.text, message.text + quoted)
    )
    assert with_quote.score == plain.score
    assert not [f for f in with_quote.findings if f.span and f.span.start >= len(message.text)]
    assert any(region.part is Part.QUOTED for region in message._replace(text=message.text + quoted).regions)
