"""What one rubric makes of drafts that another makes something else of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import mean
from typing import NamedTuple

from reviewer.errors import InputError
from reviewer.intake.rows import Row
from reviewer.reviewing import Review, Verdict, review
from reviewer.rubric import Rubric

__all__ = ["Comparison", "Moved", "compare"]


class Moved(NamedTuple):
    """A draft under both rubrics: its scores, and how often each rule finds more, or less, in it than before."""

    id: str
    before: int
    after: int
    gained: Mapping[str, int]
    lost: Mapping[str, int]


class Comparison(NamedTuple):
    """What changes. `moved` has every draft, those that move most first; the mean scores are of 100."""

    rubric: Rubric
    against: Rubric
    mean_before: float
    mean_after: float
    verdicts_before: Mapping[Verdict, int]
    verdicts_after: Mapping[Verdict, int]
    gained: Mapping[str, int]
    lost: Mapping[str, int]
    moved: tuple[Moved, ...]
    failed: tuple[str, ...]


def compare(rows: Iterable[Row], rubric: Rubric, against: Rubric) -> Comparison:
    """Review every row by both. Raises InputError where there is no draft."""
    moved: list[Moved] = []
    verdicts: tuple[Counter[Verdict], Counter[Verdict]] = (Counter(), Counter())
    failed = []
    for row in rows:
        if row.message is None:
            failed.append(row.error or row.id)
            continue
        before, after = (review(row.message, r, context=row.context) for r in (against, rubric))
        was, now = _rules(before), _rules(after)
        moved.append(Moved(row.id, before.score, after.score, now - was, was - now))
        verdicts[0][before.verdict] += 1
        verdicts[1][after.verdict] += 1
    if not moved:
        raise InputError("there is no draft to compare with" + (f": {failed[0]}" if failed else ""))
    return Comparison(
        rubric,
        against,
        mean(m.before for m in moved),
        mean(m.after for m in moved),
        *verdicts,
        sum((Counter(m.gained) for m in moved), Counter()),
        sum((Counter(m.lost) for m in moved), Counter()),
        tuple(sorted(moved, key=lambda m: (-abs(m.after - m.before), m.id))),
        tuple(failed),
    )


def _rules(done: Review) -> Counter[str]:
    return Counter(f.rule for f in done.findings)
