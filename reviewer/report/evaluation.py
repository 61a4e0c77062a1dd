"""An evaluation as text: agreement by criterion, figures by rule, the drafts furthest off; what could not be done."""

from collections.abc import Iterator

from reviewer.evaluate import Evaluation, Interval
from reviewer.report.text import spent

__all__ = ["render", "share", "troubles"]


def render(evaluation: Evaluation, *, worst: int = 0) -> str:
    """A report of at most 80 columns."""
    e = evaluation
    out = [
        f"{e.drafts} drafts" + (", those before it was stopped" if e.stopped else ""),
        "",
        f"{'criterion':<20} {'kappa':>5} {'95 of 100':>9} {'people':>6} {'exact':>5} label\\level   0   1   2",
    ]
    for name, a in e.criteria.items():
        for label, row in enumerate(a.confusion):
            people = "–" if a.raters is None else f"{a.raters:.2f}"
            figures = f"{name:<20} {a.kappa:>5.2f} {_interval(a.interval):>9} {people:>6} {a.exact:>5.0%}"
            out.append(f"{figures if label == 0 else '':<49} {label:>11}" + "".join(f"{n:>4}" for n in row))
        if a.unscored_alike or a.unscored_differing:
            out.append(f"{'':<49} not judged: {a.unscored_alike} alike, {a.unscored_differing} differ")
    out += ["", f"macro mean of kappa    {e.macro:.3f} ({_interval(e.macro_interval)})"]
    if e.spearman is not None:
        out.append(f"Spearman, overall      {e.spearman:.3f}")
    if e.clean:
        out.append(f"clean drafts silent    {e.clean_silent}/{e.clean} ({e.clean_silent / e.clean:.1%})")
    if e.pairs:
        out.append(f"near pairs in order    {e.pairs_right}/{e.pairs} ({e.pairs_right / e.pairs:.1%})")
    if e.rules:
        out += ["", f"{'rule':<28} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>7}"]
    for name, f in e.rules.items():
        out.append(f"{name:<28} {share(f.precision):>9} {share(f.recall):>7} {f.right:>6} {f.wrong:>6} {f.missed:>7}")
    if e.usage is not None:
        out += ["", f"second reader: {spent(e.usage)}; it judged {e.judged} of {e.drafts} drafts"]
    if worst:
        out += ["", "furthest off"]
    for name, overall, scored, differ in e.worst[:worst]:
        levels = "; ".join(f"{c} {_level(a)} read as {_level(b)}" for c, (a, b) in differ.items())
        out.append(f"  {name}: overall {overall}, scored {scored}; {levels}")
    return "\n".join(out)


def troubles(evaluation: Evaluation) -> Iterator[str]:
    """What could not be read or done, and what the figures cannot tell, a line each."""
    few = [name for name, a in evaluation.criteria.items() if not a.tells]
    if few:
        yield f"too few drafts, or too much alike, to tell a better rubric from a worse one: {', '.join(few)}"
    for reason, count in evaluation.failures.items():
        yield f"not done{f', {count} times' if count > 1 else ''}: {reason}"
    for reason in evaluation.failed:
        yield f"not read: {reason}"
    if evaluation.stopped:
        yield "stopped; these are the figures of the drafts before"


def _interval(interval: Interval) -> str:
    return "–".join(f"{value:.2f}" for value in interval)


def share(value: float | None) -> str:
    """In percent; a dash where there is none."""
    return "–" if value is None else f"{value:.0%}"


def _level(value: int | None) -> str:
    return "–" if value is None else str(value)
