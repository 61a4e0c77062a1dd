"""Findings to scores: pure arithmetic. One more finding never raises a score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reviewer.context import Kind
from reviewer.finding import Finding, Severity
from reviewer.judgement import Judgement
from reviewer.rubric import Rubric

__all__ = ["Score", "Scores", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """A criterion's score, 0 to 100, and level, 0 to 2; both None where it cannot be judged.

    `checked` is the checks' score, `judged` the second reader's; `spread` has the lowest and highest level of
    several readings. `reason` says why there is no score, or what the second reader said.
    """

    score: int | None
    level: int | None
    weight: int
    checked: int | None
    judged: int | None = None
    reason: str | None = None
    spread: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    overall: int
    criteria: Mapping[str, Score]


def score(
    rubric: Rubric,
    kind: Kind,
    findings: Iterable[Finding],
    unjudged: Mapping[str, str],
    doubts: Mapping[str, int] = MappingProxyType({}),
    judgements: Mapping[str, Judgement] = MappingProxyType({}),
) -> Scores:
    """Each criterion starts at 100, less its doubt, and loses what its findings cost.

    A rule costs at most once for each criterion, the gravest of its findings. The overall is the weighted
    mean of what could be judged, times the share that the lowest level leaves of it, and while an error
    stands times the rubric's cap.
    """
    worst: dict[tuple[str, str], int] = {}
    error = False
    faulty: set[str] = set()
    for finding in findings:
        if finding.severity is Severity.ERROR:
            error = True
            faulty.update(finding.costs)
        for criterion, cost in finding.costs.items():
            key = (finding.rule, criterion)
            worst[key] = max(worst.get(key, 0), cost)
    lost: dict[str, int] = {}
    for (_, criterion), cost in worst.items():
        lost[criterion] = lost.get(criterion, 0) + cost
    criteria: dict[str, Score] = {}
    total = weights = 0
    for c in rubric.criteria:
        weight = c.weight[kind]
        if c.id in unjudged and not lost.get(c.id):
            criteria[c.id] = Score(None, None, weight, None, None, unjudged[c.id])
            continue
        checked = points = max(0, 100 - doubts.get(c.id, 0) - lost.get(c.id, 0))
        judgement = judgements.get(c.id)
        if judgement is None:
            criteria[c.id] = Score(points, _level(rubric, points), weight, points)
        else:
            points = _moved(points, judgement, rubric, standing=c.id in faulty)
            judged = _ceiling(rubric, judgement.level)
            criteria[c.id] = Score(
                points, _level(rubric, points), weight, checked, judged, judgement.reason, judgement.spread
            )
        total += points * weight
        weights += weight
    overall = total / weights if weights else 100
    lowest = min((s.level for s in criteria.values() if s.level is not None and s.weight), default=2)
    share = min(_SHARES[lowest], rubric.error_cap / 100 if error else 1)
    return Scores(round(overall * share), criteria)


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


def _ceiling(rubric: Rubric, level: int) -> int:
    """The points that a level is worth when a reader gives it: the middle of its range, 100 for the highest."""
    fair, good = rubric.levels.fair, rubric.levels.good
    return (fair // 2, (fair + good) // 2, 100)[level]


def _level(rubric: Rubric, points: int) -> int:
    if points >= rubric.levels.good:
        return 2
    return 1 if points >= rubric.levels.fair else 0
