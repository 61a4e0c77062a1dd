"""How well a rubric agrees with labelled drafts.

Quadratic weighted kappa (Cohen 1968) for each criterion, exact agreement, a confusion table; Spearman's
rho of the overall scores; precision and recall of each rule, right when rule and place agree. Own
arithmetic, because scikit-learn and SciPy take longer to import than the whole evaluation takes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from reviewer.errors import InputError
from reviewer.finding import Severity
from reviewer.intake.rows import Row
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.message import Span
from reviewer.reviewing import Review, SecondReader, review
from reviewer.rubric import Rubric

__all__ = ["Agreement", "Evaluation", "RuleFigures", "evaluate", "quadratic_weighted_kappa", "spearman"]

_LEVELS = 3


@dataclass(frozen=True)
class Agreement:
    """A criterion: kappa, the share of exact agreement, rows of the label against columns of the level."""

    kappa: float
    exact: float
    confusion: tuple[tuple[int, ...], ...]
    drafts: int
    unscored_alike: int
    unscored_differing: int


@dataclass(frozen=True)
class RuleFigures:
    """How often a rule was right: found and labelled, found only, labelled only."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        labelled = self.right + self.missed
        return self.right / labelled if labelled else None


@dataclass(frozen=True)
class Evaluation:
    drafts: int
    criteria: dict[str, Agreement]
    macro: float
    spearman: float | None
    rules: dict[str, RuleFigures]
    clean: int
    clean_silent: int
    pairs: int
    pairs_right: int
    worst: tuple[tuple[str, int, int, dict[str, tuple[int | None, int | None]]], ...]
    failed: tuple[str, ...] = field(default=())
    usage: Usage | None = None  # what a second reader cost
    failures: Mapping[str, int] = field(default_factory=dict)  # what could not be done, and how often
    judged: int | None = None  # drafts of which a second reader said anything
    stopped: bool = False  # by Ctrl-C: these are the figures of the drafts before


def evaluate(rows: Iterable[Row], rubric: Rubric, *, judge: SecondReader | None = None) -> Evaluation:
    """Review every row and compare with its `labels`, `overall`, `findings` and `pair`. Raises InputError.

    Ctrl-C ends it with the drafts that were read; KeyboardInterrupt where there is none.
    """
    done: list[tuple[Row, Review]] = []
    failed = []
    usage = NOTHING_SPENT
    stopped = False
    try:
        for row in rows:
            if row.message is None:
                failed.append(row.error or row.id)
                continue
            if not isinstance(row.data.get("labels"), dict):
                raise InputError(
                    f"row {row.number} ({row.id}): labels are missing; see tests/corpus/README.md for the form"
                )
            read = review(row.message, rubric, context=row.context, judge=judge)
            usage = sum((read.usage or {}).values(), usage)
            if any(f.source == "judge" and f.reason.startswith("stopped") for f in read.failures):
                stopped = True
                break
            done.append((row, read))
    except KeyboardInterrupt:
        stopped = True
    if stopped and not done:
        raise KeyboardInterrupt
    if not done:
        raise InputError("there is no labelled draft to compare with")
    names = [c.id for c in rubric.criteria if any(c.id in row.data["labels"] for row, _ in done)]
    criteria = {name: _agreement(name, done) for name in names}
    clean = [(row, r) for row, r in done if row.data.get("findings") == []]
    silent = sum(all(f.severity is Severity.SUGGESTION for f in r.findings) for _, r in clean)
    pairs, right = _pairs(done)
    scored = [(row.data["overall"], r.score) for row, r in done if isinstance(row.data.get("overall"), int)]
    return Evaluation(
        len(done),
        criteria,
        mean(a.kappa for a in criteria.values()),
        spearman(scored),
        _rules(done),
        len(clean),
        silent,
        pairs,
        right,
        _worst(done, names),
        tuple(failed),
        usage if judge is not None else None,
        Counter(f"{f.source}: {f.reason}" for _, r in done for f in r.failures),
        sum(any(s.judged is not None for s in r.criteria.values()) for _, r in done) if judge is not None else None,
        stopped,
    )


def quadratic_weighted_kappa(confusion: Sequence[Sequence[int]]) -> float:
    """1 is agreement, 0 is chance; 1 by convention where both always give the same level."""
    size, total = len(confusion), sum(map(sum, confusion))
    rows = [sum(row) for row in confusion]
    columns = [sum(row[k] for row in confusion) for k in range(size)]
    cells = [(i, k) for i in range(size) for k in range(size)]
    observed = sum((i - k) ** 2 * confusion[i][k] for i, k in cells)
    expected = sum((i - k) ** 2 * rows[i] * columns[k] for i, k in cells) / total if total else 0.0
    return 1 - observed / expected if expected else 1.0


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation with mean ranks for ties; None for fewer than three pairs or no variance."""
    if len(pairs) < 3:
        return None
    x, y = _ranks([p[0] for p in pairs]), _ranks([p[1] for p in pairs])
    mx, my = mean(x), mean(y)
    sxx, syy = sum((a - mx) ** 2 for a in x), sum((b - my) ** 2 for b in y)
    if not sxx or not syy:
        return None
    return float(sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / (sxx * syy) ** 0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for k in range(at, end + 1):
            ranks[order[k]] = (at + end) / 2
        at = end + 1
    return ranks


def _agreement(name: str, done: list[tuple[Row, Review]]) -> Agreement:
    confusion = [[0] * _LEVELS for _ in range(_LEVELS)]
    alike = differing = 0
    for row, result in done:
        label, level = row.data["labels"].get(name), result.criteria[name].level
        if label is None or level is None:
            alike += label is None and level is None
            differing += (label is None) != (level is None)
        else:
            confusion[label][level] += 1
    total = sum(map(sum, confusion))
    exact = sum(confusion[k][k] for k in range(_LEVELS)) / total if total else 1.0
    return Agreement(quadratic_weighted_kappa(confusion), exact, tuple(map(tuple, confusion)), total, alike, differing)


def _rules(done: list[tuple[Row, Review]]) -> dict[str, RuleFigures]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row, result in done:
        labelled: dict[str, list[str]] = {}
        for finding in row.data.get("findings") or []:
            labelled.setdefault(str(finding.get("about", "")).replace("_", "-"), []).append(
                str(finding.get("quote", ""))
            )
        found: dict[str, list[str]] = {}
        for f in result.findings:
            found.setdefault(f.rule, []).append(_place(result, f.span))
        for rule in labelled.keys() | found.keys():
            if rule in labelled and rule in found and _same_place(labelled[rule], found[rule]):
                right[rule] += 1
            else:
                wrong[rule] += rule in found
                missed[rule] += rule in labelled
    names = sorted(right.keys() | wrong.keys() | missed.keys())
    return {name: RuleFigures(right[name], wrong[name], missed[name]) for name in names}


def _place(result: Review, span: Span | None) -> str:
    """The sentence that a finding stands in, or nothing for an absence."""
    return "" if span is None else result.message.sentence_around(span).of(result.message.text)


def _same_place(labelled: list[str], found: list[str]) -> bool:
    """Whether a found place shares words with a labelled one; an absence agrees with anything."""
    return any(not a or not b or a in b or b in a for a in labelled for b in found)


def _pairs(done: list[tuple[Row, Review]]) -> tuple[int, int]:
    by_pair: dict[str, list[tuple[int, int]]] = {}
    for row, result in done:
        pair = row.data.get("pair")
        if pair is not None and isinstance(row.data.get("overall"), int):
            key = "|".join(sorted((row.id, str(pair))))
            by_pair.setdefault(key, []).append((row.data["overall"], result.score))
    full = [p for p in by_pair.values() if len(p) == 2 and p[0][0] != p[1][0]]
    right = sum((a[0] - b[0]) * (a[1] - b[1]) > 0 for a, b in full)
    return len(full), right


def _worst(
    done: list[tuple[Row, Review]], names: list[str]
) -> tuple[tuple[str, int, int, dict[str, tuple[int | None, int | None]]], ...]:
    """Drafts by how far their levels are off, then their overall scores: id, labelled, scored, levels that differ."""
    rated = []
    for row, result in done:
        differ = {
            n: (row.data["labels"].get(n), result.criteria[n].level)
            for n in names
            if row.data["labels"].get(n) != result.criteria[n].level
        }
        off = sum((a - b) ** 2 for a, b in differ.values() if a is not None and b is not None)
        overall = row.data.get("overall")
        overall = overall if isinstance(overall, int) else result.score
        rated.append((off, abs(overall - result.score), row.id, overall, result.score, differ))
    rated.sort(key=lambda r: (-r[0], -r[1], r[2]))
    return tuple((name, overall, scored, differ) for _, _, name, overall, scored, differ in rated)
