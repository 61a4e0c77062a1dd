"""Sets a rubric's numbers, not its words, to agree best with labelled drafts: costs, doubt, thresholds, weights.

One number after the other is moved along a short list of values, and stays where agreement is best (coordinate
descent); nothing is drawn at random. Agreement is the mean of the criteria's quadratic weighted kappa and, where the
drafts have an overall score, Spearman's rho of it. Whether that is worth anything is measured on drafts that had no
say: five times a fifth of them is left out (cross-validation).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import mean
from typing import Any, NamedTuple

from reviewer.context import Kind
from reviewer.engine import run
from reviewer.errors import InputError
from reviewer.evaluate import check_labels, confusion_of, part_of, quadratic_weighted_kappa, spearman
from reviewer.finding import Degree, Finding
from reviewer.intake.rows import Row
from reviewer.language.kind import kind_of
from reviewer.language.levels import JUDGED, certainty
from reviewer.rubric import Levels, Rubric
from reviewer.score import score

__all__ = ["Calibrated", "Numbers", "as_file", "calibrate"]

_FOLDS = 5
_LEAST = 40  # drafts; of fewer, the fifth that is left out says nothing
_WORTH = 0.01  # agreement on drafts left out has to rise by so much
_STEP = 0.003  # a single number moves only for so much of its criterion's kappa, so that noise moves none
_SWEEPS = 4
# What has a cost, a weight, keeps one: that a fault costs nothing at all is for a person to say.
_COSTS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100)
_DOUBTS = (0, 6, 12, 18, 24)
_GOOD, _FAIR = (70, 75, 80, 85, 90), (40, 45, 50, 55, 60)
_WEIGHTS = (1, 2, 3, 4, 6)
_CAPS = (20, 30, 40, 50, 60)


class Numbers(NamedTuple):
    """What is set: costs by rule and degree, doubt and weight by criterion, thresholds, the score with an error."""

    costs: Mapping[tuple[str, Degree], int]
    doubts: Mapping[str, int]
    weights: Mapping[str, int]
    levels: Levels
    error_cap: int


class Calibrated(NamedTuple):
    """What came of it. `before` and `after` are the agreement, -1 to 1, on drafts that had no say."""

    before: float
    after: float
    drafts: int
    old: Numbers
    new: Numbers

    @property
    def better(self) -> bool:
        return self.after >= self.before + _WORTH


def calibrate(rows: Iterable[Row], rubric: Rubric) -> Calibrated:
    """The numbers that agree best with the labels, and what they are worth. Raises InputError."""
    drafts = [_read(row, rubric) for row in rows if row.message is not None]
    if len(drafts) < _LEAST:
        raise InputError(f"{len(drafts)} labelled drafts are too few to calibrate by; {_LEAST} at least")
    old = _numbers_of(rubric)
    fits = []
    for part in range(_FOLDS):
        read = [d for d in drafts if d.part != part]
        fits.append((_fitted(read, rubric, old) if read else old, [d for d in drafts if d.part == part]))
    return Calibrated(
        _agreement([(old, drafts)], rubric), _agreement(fits, rubric), len(drafts), old, _fitted(drafts, rubric, old)
    )


def as_file(found: Calibrated, rubric: Rubric, extends: str) -> dict[str, Any]:
    """A rubric that extends another and has the numbers that changed."""
    old, new = found.old, found.new
    criteria = []
    for c in rubric.criteria:
        said: dict[str, Any] = {}
        if new.weights[c.id] != old.weights[c.id]:
            said["weight"] = new.weights[c.id]
            others = {k.value: w for k, w in c.weight.items() if w != old.weights[c.id]}
            said |= {"weight_for_kind": others} if others else {}
        if new.doubts.get(c.id) != old.doubts.get(c.id):
            said["doubt"] = new.doubts[c.id]
        if said:
            criteria.append({"id": c.id, **said})
    rules: dict[str, dict[str, dict[str, int]]] = {}
    for (rule, degree), cost in new.costs.items():
        if cost != old.costs[rule, degree]:
            rules.setdefault(rule, {"cost": {}})["cost"][degree.value] = cost
    made: dict[str, Any] = {"extends": extends, "title": f"{rubric.title[:80]}, calibrated"}
    if new.levels != old.levels:
        made["levels"] = new.levels._asdict()
    if new.error_cap != old.error_cap:
        made["error_cap"] = new.error_cap
    return made | ({"criteria": criteria} if criteria else {}) | ({"rules": rules} if rules else {})


def _numbers_of(rubric: Rubric) -> Numbers:
    """Those that a rubric has. A rule that stands several times, with costs of its own for some kinds, is left out."""
    uses = Counter(u.rule for c in rubric.criteria for u in c.uses)
    return Numbers(
        {(u.rule, d): u.cost.get(d, 0) for c in rubric.criteria for u in c.uses for d in Degree if uses[u.rule] == 1},
        {c.id: c.doubt for c in rubric.criteria if c.id in JUDGED},
        {c.id: Counter(c.weight.values()).most_common(1)[0][0] for c in rubric.criteria},
        rubric.levels,
        rubric.error_cap,
    )


class _Draft(NamedTuple):
    """A labelled draft as the checks read it: what does not change with the numbers."""

    labels: Mapping[str, int | None]
    overall: int | None
    kind: Kind
    findings: tuple[Finding, ...]
    unjudged: Mapping[str, str]
    uncertain: Mapping[str, float]
    part: int


def _read(row: Row, rubric: Rubric) -> _Draft:
    check_labels(row)
    message, overall = row.message, row.data.get("overall")
    assert message is not None
    kind = row.context.kind or kind_of(message, row.context)
    context = row.context._replace(kind=kind, channel=row.context.channel or message.channel)
    checked = run(message, rubric, context)
    return _Draft(
        row.data["labels"],
        overall if isinstance(overall, int) else None,
        kind,
        checked.findings,
        checked.unjudged,
        {name: 1 - certainty(message, context, name) for name in JUDGED},
        part_of(row, _FOLDS),
    )


def _scored(draft: _Draft, numbers: Numbers, rubric: Rubric) -> tuple[int, dict[str, int | None]]:
    """The overall score and the levels, as the rubric would give them with these numbers; its own arithmetic."""
    scores = score(
        rubric,
        draft.kind,
        [_costing(finding, numbers) for finding in draft.findings],
        draft.unjudged,
        {name: round(doubt * draft.uncertain[name]) for name, doubt in numbers.doubts.items()},
    )
    return scores.overall, {name: s.level for name, s in scores.criteria.items()}


def _costing(finding: Finding, numbers: Numbers) -> Finding:
    cost = numbers.costs.get((finding.rule, finding.degree))
    return finding if cost is None else finding._replace(costs={**finding.costs, finding.criterion: cost})


def _with(numbers: Numbers, rubric: Rubric) -> Rubric:
    """The rubric with these weights and thresholds; the costs are the findings'. A weight for some kinds stays."""
    was = _numbers_of(rubric).weights
    criteria = (
        c._replace(weight={k: numbers.weights[c.id] if w == was[c.id] else w for k, w in c.weight.items()})
        for c in rubric.criteria
    )
    return rubric._replace(criteria=tuple(criteria), levels=numbers.levels, error_cap=numbers.error_cap)


def _agreement(fits: Sequence[tuple[Numbers, list[_Draft]]], rubric: Rubric) -> float:
    """Of drafts each of which is scored by numbers of its own; the mean of every kappa and of rho."""
    scored = [(d, *_scored(d, n, made)) for n, drafts in fits for made in [_with(n, rubric)] for d in drafts]
    values = []
    for name in (c.id for c in rubric.criteria):
        pairs = Counter((d.labels.get(name), levels[name]) for d, _, levels in scored)
        if any(None not in pair for pair in pairs):
            values.append(quadratic_weighted_kappa(confusion_of(pairs)))
    if not values:
        raise InputError(
            f"no label is of a criterion of this rubric; there are {', '.join(c.id for c in rubric.criteria)}"
        )
    rho = spearman([(d.overall, overall) for d, overall, _ in scored if d.overall is not None])
    return mean([*values, rho] if rho is not None else values)


def _fitted(drafts: list[_Draft], rubric: Rubric, old: Numbers) -> Numbers:
    """The numbers that agree best with these drafts, each moved alone until none moves."""
    numbers = old
    for _ in range(_SWEEPS):
        before = numbers
        for criterion in rubric.criteria:
            numbers = _fit_criterion(criterion.id, drafts, rubric, numbers)
        numbers = _fit_levels(drafts, rubric, numbers)
        if numbers == before:
            break
    return _fit_weights(drafts, rubric, numbers)


def _fit_criterion(name: str, drafts: list[_Draft], rubric: Rubric, numbers: Numbers) -> Numbers:
    """Costs of the criterion's rules, and its doubt."""
    read = [_Part(d, name, numbers) for d in drafts if d.labels.get(name) is not None]
    found = {(f.rule, f.degree) for part in read for f in part.findings if (f.rule, f.degree) in numbers.costs}

    def kappa(numbers: Numbers) -> float:
        pairs = Counter((part.label, part.level(numbers)) for part in read)
        return quadratic_weighted_kappa(confusion_of(pairs))

    for rule, degree in sorted(found):
        other = numbers.costs[rule, Degree.GRAVE if degree is Degree.SLIGHT else Degree.SLIGHT]
        fitting = [c for c in _COSTS if (c <= other if degree is Degree.SLIGHT else c >= other)]
        costs = numbers.costs
        numbers = _best(
            numbers,
            [numbers._replace(costs={**costs, (rule, degree): c}) for c in _nearest(fitting, costs[rule, degree])],
            kappa,
        )
    if name in numbers.doubts:
        doubts = numbers.doubts
        numbers = _best(
            numbers, [numbers._replace(doubts={**doubts, name: d}) for d in _nearest(_DOUBTS, doubts[name])], kappa
        )
    return numbers


class _Part:
    """What one criterion makes of a draft: the part of `score` that its costs, its doubt and the levels decide."""

    def __init__(self, draft: _Draft, name: str, numbers: Numbers) -> None:
        self.name, self.label = name, draft.labels[name]
        self.findings = [f for f in draft.findings if f.criterion == name]
        self.uncertain = draft.uncertain.get(name, 0.0)
        self.unjudged = name in draft.unjudged
        elsewhere: dict[str, int] = {}
        for f in draft.findings:
            if f.criterion != name or (f.rule, f.degree) not in numbers.costs:
                elsewhere[f.rule] = max(elsewhere.get(f.rule, 0), f.costs.get(name, 0))
        self.elsewhere = elsewhere

    def level(self, numbers: Numbers) -> int | None:
        lost = dict(self.elsewhere)
        for f in self.findings:
            lost[f.rule] = max(lost.get(f.rule, 0), numbers.costs.get((f.rule, f.degree), 0))
        whole = sum(lost.values())
        if self.unjudged and not whole:
            return None
        points = 100 - round(numbers.doubts.get(self.name, 0) * self.uncertain) - whole
        return 2 if points >= numbers.levels.good else 1 if points >= numbers.levels.fair else 0


def _fit_levels(drafts: list[_Draft], rubric: Rubric, numbers: Numbers) -> Numbers:
    candidates = [numbers._replace(levels=Levels(good, fair)) for good in _GOOD for fair in _FAIR]
    return _best(numbers, candidates, lambda n: _agreement([(n, drafts)], rubric))


def _fit_weights(drafts: list[_Draft], rubric: Rubric, numbers: Numbers) -> Numbers:
    """Weights, and the score with an error: only the order of the overall scores depends on them."""
    labelled = [d for d in drafts if d.overall is not None]

    def rho(numbers: Numbers) -> float:
        made = _with(numbers, rubric)
        pairs = [(d.overall or 0, _scored(d, numbers, made)[0]) for d in labelled]
        return spearman(pairs) or 0.0

    if rho(numbers) == 0.0:
        return numbers
    for name in numbers.weights:
        weights = numbers.weights
        candidates = [numbers._replace(weights={**weights, name: w}) for w in _nearest(_WEIGHTS, weights[name])]
        numbers = _best(numbers, candidates, rho)
    return _best(numbers, [numbers._replace(error_cap=c) for c in _nearest(_CAPS, numbers.error_cap)], rho)


def _best(now: Numbers, candidates: Iterable[Numbers], worth: Callable[[Numbers], float]) -> Numbers:
    """The candidate that is worth most, or what there is now where none is worth a step more; the first of equals."""
    best, most = now, worth(now) + _STEP
    for candidate in candidates:
        value = worth(candidate)
        if value > most:
            best, most = candidate, value
    return best


def _nearest(values: Iterable[int], to: int) -> list[int]:
    return sorted(values, key=lambda v: (abs(v - to), v))
