"""Findings to scores: pure arithmetic. One more finding never raises a score."""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reviewer.context import Kind
from reviewer.finding import Finding, Severity
from reviewer.judgement import Judgement
from reviewer.rubric import Rubric

__all__ = ["Score", "Scores", "points", "score"]

_NONE: Mapping[str, Any] = MappingProxyType({})


class Score(NamedTuple):
    """A criterion's score, 0 to 100, and level, 0 to 2; both None where it cannot be judged.

    `checked` is the checks' score, `judged` the second reader's; `spread` has the lowest and highest level of
    several readings, `counted` says whether its level could move the score that way. `reason` says why there is no
    score, or what the second reader said.
    """

    score: int | None
    level: int | None
    weight: int
    checked: int | None
    judged: int | None = None
    reason: str | None = None
    spread: tuple[int, int] | None = None
    counted: bool | None = None


class Scores(NamedTuple):
    overall: int
    criteria: Mapping[str, Score]


def score(
    rubric: Rubric,
    kind: Kind,
    findings: Iterable[Finding],
    unjudged: Mapping[str, str],
    doubts: Mapping[str, int] = _NONE,
    judgements: Mapping[str, Judgement] = _NONE,
) -> Scores:
    """Each criterion starts at 100, less its doubt, and loses what its findings cost.

    A rule costs at most once for each criterion, the gravest of its findings. The overall is the weighted
    mean of what could be judged, times the share that the lowest level leaves of it, and while an error
    stands times the rubric's cap.
    """
    costs, errors = _by_rule(findings)
    lost, faulty = _lost(costs.values()), {name for rule in errors for name in costs[rule]}
    criteria: dict[str, Score] = {}
    for c in rubric.criteria:
        weight, judgement = c.weight[kind], judgements.get(c.id)
        if c.id in unjudged and not lost.get(c.id):
            criteria[c.id] = Score(None, None, weight, None, None, unjudged[c.id])
            continue
        checked = max(0, 100 - doubts.get(c.id, 0) - lost.get(c.id, 0))
        if judgement is None:
            criteria[c.id] = Score(checked, _level(rubric, checked), weight, checked)
        else:
            points = _moved(checked, judgement, rubric, standing=c.id in faulty)
            judged = _ceiling(rubric, judgement.level)
            criteria[c.id] = Score(
                points, _level(rubric, points), weight, checked, judged, judgement.reason, judgement.spread,
                _counts(judgement, _level(rubric, checked)),
            )  # fmt: skip
    scored = {name: (s.score, s.weight) for name, s in criteria.items() if s.score is not None}
    return Scores(_overall(rubric, scored, unjudged, error=bool(errors)), criteria)


def points(
    rubric: Rubric,
    kind: Kind,
    findings: Iterable[Finding],
    unjudged: Mapping[str, str],
    doubts: Mapping[str, int] = _NONE,
    judgements: Mapping[str, Judgement] = _NONE,
) -> dict[str, int]:
    """What mending each rule would win: the overall without its findings, less the overall with them.

    What a second reader said of a criterion goes with the faults that it was said of.
    """
    costs, errors = _by_rule(findings)

    def overall(rules: Iterable[str], wrong: Iterable[str], mended: Iterable[str] = ()) -> int:
        lost, faulty = _lost(costs[rule] for rule in rules), {name for rule in wrong for name in costs[rule]}
        scored = {}
        for c in rubric.criteria:
            if c.id in unjudged and not lost.get(c.id):
                continue
            left = max(0, 100 - doubts.get(c.id, 0) - lost.get(c.id, 0))
            if c.id in judgements and c.id not in mended:
                left = _moved(left, judgements[c.id], rubric, standing=c.id in faulty)
            scored[c.id] = (left, c.weight[kind])
        return _overall(rubric, scored, unjudged, error=bool(wrong))

    now = overall(costs, errors)
    return {rule: max(0, overall(costs.keys() - {rule}, errors - {rule}, costs[rule]) - now) for rule in costs}


def _by_rule(findings: Iterable[Finding]) -> tuple[dict[str, dict[str, int]], set[str]]:
    """What each rule costs each criterion, the gravest of its findings; and the rules that are errors."""
    costs: dict[str, dict[str, int]] = {}
    errors = set()
    for finding in findings:
        if finding.severity is Severity.ERROR:
            errors.add(finding.rule)
        worst = costs.setdefault(finding.rule, {})
        for criterion, cost in finding.costs.items():
            worst[criterion] = max(worst.get(criterion, 0), cost)
    return costs, errors


def _lost(costs: Iterable[Mapping[str, int]]) -> dict[str, int]:
    lost: dict[str, int] = {}
    for one in costs:
        for criterion, cost in one.items():
            lost[criterion] = lost.get(criterion, 0) + cost
    return lost


def _overall(rubric: Rubric, scored: Mapping[str, tuple[int, int]], unjudged: Mapping[str, str], *, error: bool) -> int:
    """What the scores come to; criteria that are judged only because of faults in them never raise the whole."""
    certain = [pair for name, pair in scored.items() if name not in unjudged]
    faulty = sorted(pair for name, pair in scored.items() if name in unjudged)
    return min(_weighted(rubric, [*certain, *faulty[:worst]], error=error) for worst in range(len(faulty) + 1))


def _weighted(rubric: Rubric, scored: Collection[tuple[int, int]], *, error: bool) -> int:
    weights = sum(weight for _, weight in scored)
    mean = sum(points * weight for points, weight in scored) / weights if weights else 100
    lowest = _level(rubric, min((points for points, weight in scored if weight), default=100))
    return round(mean * min(_SHARES[lowest], rubric.error_cap / 100 if error else 1))


# What the weakest criterion leaves of the overall: a message is as ready to send as its weakest part.
_SHARES = {0: 0.62, 1: 0.84, 2: 1.0}


def _moved(points: int, judgement: Judgement, rubric: Rubric, *, standing: bool) -> int:
    """The checks' points, as far as a second reader's level may move them.

    Upwards by the bound at most, to the border of the level at most, and not while an error stands: so one more
    finding lowers what is left as it lowers the checks' own.
    """
    if judgement.counts_up and not standing:
        border = (0, rubric.levels.fair, rubric.levels.good)[judgement.level]
        points = max(points, min(points + rubric.bound, border))
    return min(points, _ceiling(rubric, judgement.level)) if judgement.counts_down else points


def _counts(judgement: Judgement, level: int) -> bool:
    """Whether the level that was given counts, compared with the checks' own."""
    return judgement.counts_down if judgement.level < level else judgement.counts_up or judgement.level == level


def _ceiling(rubric: Rubric, level: int) -> int:
    """The points that a level is worth when a reader gives it: the middle of its range, 100 for the highest."""
    fair, good = rubric.levels.fair, rubric.levels.good
    return (fair // 2, (fair + good) // 2, 100)[level]


def _level(rubric: Rubric, points: int) -> int:
    if points >= rubric.levels.good:
        return 2
    return 1 if points >= rubric.levels.fair else 0
