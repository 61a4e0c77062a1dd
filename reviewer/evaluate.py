"""How well a rubric agrees with labelled drafts.

Quadratic weighted kappa (Cohen 1968) for each criterion, with the interval that holds 95 of 100 samples drawn from
the drafts with replacement (Efron 1979), and beside it how well two people agree; exact agreement, a confusion table;
Spearman's rho of the overall scores; precision and recall of each rule, right when rule and place agree. Own
arithmetic, because scikit-learn and SciPy take longer to import than the whole evaluation takes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from statistics import mean

from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.finding import Severity
from reviewer.intake.rows import Row
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.message import Span
from reviewer.reviewing import Review, SecondReader, review
from reviewer.rubric import Rubric

__all__ = [
    "Agreement",
    "Evaluation",
    "Interval",
    "RuleFigures",
    "check_labels",
    "confusion_of",
    "evaluate",
    "halves",
    "part_of",
    "quadratic_weighted_kappa",
    "spearman",
]

_LEVELS = 3
_SAMPLES = 1000
_FEW, _WIDE = 50, 0.25  # fewer drafts, or a wider interval of kappa, do not tell one rubric from another

Interval = tuple[float, float]


@dataclass(frozen=True)
class Agreement:
    """A criterion: kappa, the share of exact agreement, rows of the label against columns of the level.

    `interval` is kappa's; `raters` is the mean kappa of any two people who labelled the drafts, None where nobody did
    twice: no rubric can be expected to agree better.
    """

    kappa: float
    exact: float
    confusion: tuple[tuple[int, ...], ...]
    drafts: int
    unscored_alike: int
    unscored_differing: int
    interval: Interval
    raters: float | None

    @property
    def tells(self) -> bool:
        """Whether there are drafts enough, and labels of more than one level, to tell how good it is."""
        low, high = self.interval
        labelled = sum(any(row) for row in self.confusion)
        return self.drafts >= _FEW and high - low <= _WIDE and labelled > 1


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
    macro_interval: Interval
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
            check_labels(row)
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
    if not names:
        have = ", ".join(c.id for c in rubric.criteria)
        raise InputError(f"no label is of a criterion of this rubric; there are {have}")
    intervals, macro_interval = _intervals(names, done)
    criteria = {name: _agreement(name, done, intervals[name]) for name in names}
    clean = [(row, r) for row, r in done if row.data.get("findings") == []]
    silent = sum(all(f.severity is Severity.SUGGESTION for f in r.findings) for _, r in clean)
    pairs, right = _pairs(done)
    scored = [(row.data["overall"], r.score) for row, r in done if isinstance(row.data.get("overall"), int)]
    return Evaluation(
        len(done),
        criteria,
        mean(a.kappa for a in criteria.values()),
        macro_interval,
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


def check_labels(row: Row) -> None:
    """Raises InputError where a row has no labels, or they and those of its `raters` are not of the form."""
    raters = row.data.get("raters") or []
    readings = [row.data.get("labels"), *(r.get("labels") if isinstance(r, dict) else None for r in raters)]
    for labels in readings:
        if not isinstance(labels, dict):
            raise InputError(
                f"row {row.number} ({row.id}): labels are missing; see tests/corpus/README.md for the form"
            )
        for name, label in labels.items():
            if label not in (0, 1, 2, None) or isinstance(label, bool):
                raise InputError(
                    f"row {row.number} ({row.id}): labels.{name}: 0, 1, 2 or null is wanted, not {label!r:.40}"
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


def _agreement(name: str, done: list[tuple[Row, Review]], interval: Interval) -> Agreement:
    pairs = [_pair(name, row, result) for row, result in done]
    confusion = confusion_of(Counter(pairs))
    unscored = Counter(pair for pair in pairs if None in pair)
    alike = unscored[None, None]
    total = sum(map(sum, confusion))
    exact = sum(confusion[k][k] for k in range(_LEVELS)) / total if total else 1.0
    return Agreement(
        quadratic_weighted_kappa(confusion),
        exact,
        tuple(map(tuple, confusion)),
        total,
        alike,
        unscored.total() - alike,
        interval,
        _raters(name, [row for row, _ in done]),
    )


Pair = tuple[int | None, int | None]  # the label and the level; None where there is none


def _pair(name: str, row: Row, result: Review) -> Pair:
    return row.data["labels"].get(name), result.criteria[name].level


def confusion_of(counted: Mapping[Pair, int]) -> list[list[int]]:
    """Rows of the label against columns of the level, of counted pairs; those without one of both are left out."""
    confusion = [[0] * _LEVELS for _ in range(_LEVELS)]
    for (label, level), count in counted.items():
        if label is not None and level is not None:
            confusion[label][level] += count
    return confusion


def _intervals(names: list[str], done: list[tuple[Row, Review]]) -> tuple[dict[str, Interval], Interval]:
    """The interval of each criterion's kappa and of their mean, of the same samples in every run."""
    pairs = {name: [_pair(name, row, result) for row, result in done] for name in names}
    random = Random(0)
    places = range(len(done))
    samples: list[list[float]] = []
    for _ in range(_SAMPLES):
        drawn = random.choices(places, k=len(done))
        counted = (Counter(map(pairs[name].__getitem__, drawn)) for name in names)
        samples.append([quadratic_weighted_kappa(confusion_of(counts)) for counts in counted])
    by_name = {name: _middle([sample[k] for sample in samples]) for k, name in enumerate(names)}
    return by_name, _middle([mean(sample) for sample in samples])


def _middle(values: list[float]) -> Interval:
    """What holds 95 of 100 values."""
    values = sorted(values)
    cut = len(values) // 40
    return values[cut], values[-cut - 1]


def _raters(name: str, rows: list[Row]) -> float | None:
    """The mean kappa of every two people who labelled the same drafts; a person is known by the place in `raters`."""
    read: dict[tuple[int, int], Counter[Pair]] = {}
    for row in rows:
        given = [r["labels"].get(name) for r in row.data.get("raters") or []]
        for one, other in combinations(range(len(given)), 2):
            read.setdefault((one, other), Counter())[given[one], given[other]] += 1
    kappas = [
        quadratic_weighted_kappa(confusion_of(counts)) for counts in read.values() if confusion_of(counts) != _NONE
    ]
    return mean(kappas) if kappas else None


_NONE = [[0] * _LEVELS] * _LEVELS


def halves(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Two halves, the same in every run; drafts of a pair stay together."""
    found: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        found[part_of(row, 2)].append(row)
    return found


def part_of(row: Row, parts: int) -> int:
    """Which of so many parts a row belongs to, by its id or that of its pair, whichever is first."""
    name = min(row.id, str(row.data.get("pair") or row.id))
    return int.from_bytes(sha256(name.encode(errors="replace")).digest()[:8], "big") % parts


def _rules(done: list[tuple[Row, Review]]) -> dict[str, RuleFigures]:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row, result in done:
        if not isinstance(row.data.get("findings"), list):
            continue  # nobody said what is wrong with it
        labelled: dict[str, list[str]] = {}
        for finding in row.data["findings"]:
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
