"""Runs a rubric's checks over a draft: no network, no clock, no model."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from reviewer.context import Context, Kind
from reviewer.finding import Abstention, Failure, Finding, Hit
from reviewer.language.levels import certainty
from reviewer.message import Message
from reviewer.rubric import Criterion, Rubric, Use

__all__ = ["Checked", "run"]


class Checked(NamedTuple):
    """What the checks said: findings, what failed, why a criterion cannot be judged, what doubt costs it."""

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...]
    unjudged: dict[str, str]
    doubts: dict[str, int]


def run(message: Message, rubric: Rubric, context: Context) -> Checked:
    """Every check of the rubric that is meant for this kind of message; one that crashes becomes a Failure."""
    kind = context.kind or Kind.THANK_YOU
    findings: list[Finding] = []
    failures: list[Failure] = []
    unjudged: dict[str, str] = {}
    for criterion, use, options in rubric.plan[kind]:
        try:
            for result in use.check.detect(message, context, **options):
                if isinstance(result, Abstention):
                    unjudged[criterion.id] = result.reason
                else:
                    findings.append(_finding(result, use, criterion, message, options))
        except Exception as error:
            failures.append(Failure(use.rule, f"the check crashed: {type(error).__name__}"))
    findings.sort(key=lambda f: (f.span is None, f.span.start if f.span else 0, f.rule))
    doubts = {c.id: _doubt(c, message, context) for c in rubric.criteria if c.doubt}
    return Checked(tuple(findings), tuple(failures), unjudged, doubts)


def _doubt(criterion: Criterion, message: Message, context: Context) -> int:
    """What it costs a criterion that the draft as a whole is read with some doubt, in points."""
    return round(criterion.doubt * (1 - certainty(message, context, criterion.id)))


def _finding(hit: Hit, use: Use, criterion: Criterion, message: Message, options: Mapping[str, Any]) -> Finding:
    if hit.span is not None and not 0 <= hit.span.start <= hit.span.end <= len(message.text):
        raise ValueError("a place outside the message")  # of a check in somebody else's package
    costs = {criterion.id: use.cost.get(hit.degree, 0)}
    for other, cost in use.also.items():
        costs[other] = costs.get(other, 0) + cost.get(hit.degree, 0)
    quote = hit.span.of(message.text) if hit.span is not None else ""
    return Finding(
        use.rule,
        criterion.id,
        use.severity,
        _in_its_words(use.message, hit, quote, options) if use.message else hit.message,
        use.reason,
        use.sources,
        hit.span,
        quote,
        hit.degree,
        costs,
        hit.fix,
    )


def _in_its_words(said: str, hit: Hit, quote: str, options: Mapping[str, Any]) -> str:
    from string import Template  # for the few rubrics that have words of their own

    return Template(said).substitute(options, quote=quote, message=hit.message)
