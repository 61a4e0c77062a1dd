"""review(): the one function behind every door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reviewer.context import Context, Kind
from reviewer.engine import run
from reviewer.finding import Failure, Finding, Severity
from reviewer.language.kind import kind_of
from reviewer.message import Message
from reviewer.rewrite.mend import Draft, mend
from reviewer.rubric import Rubric
from reviewer.score import Score, Scores, score

__all__ = ["Review", "Rewrite", "Verdict", "review"]


class Verdict(StrEnum):
    """Send it, mend it first, or do not let it go like this."""

    SEND = "send"
    REVISE = "revise"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A mended message: its text, subject, score, the blanks left in it, what changed, what was refused."""

    text: str
    subject: str | None
    by: str
    score: int
    placeholders: tuple[str, ...]
    changes: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """All that is known of a draft; renderers get this and nothing else."""

    message: Message
    context: Context
    kind: Kind
    kind_source: str
    rubric: Rubric
    verdict: Verdict
    score: int
    criteria: Mapping[str, Score]
    findings: tuple[Finding, ...]
    rewrite: Rewrite | None
    failures: tuple[Failure, ...]


_NOTHING_KNOWN = Context()


def review(message: Message, rubric: Rubric, *, context: Context = _NOTHING_KNOWN, rewriting: bool = False) -> Review:
    """Read a draft against a rubric.

    The kind is the context's, else told from the draft. With `rewriting`, a mended version is added, which
    never scores lower than the draft and knows nothing that is in neither draft nor context.
    """
    kind_source = "given" if context.kind is not None else "detected"
    kind = context.kind or kind_of(message, context)
    channel = context.channel or message.channel
    if (context.kind, context.channel) != (kind, channel):
        context = replace(context, kind=kind, channel=channel)
    checked = run(message, rubric, context)
    scores = score(rubric, kind, checked.findings, checked.unjudged)
    findings = tuple(
        _with_points(f, checked.findings, checked.unjudged, rubric, kind, scores) for f in checked.findings
    )
    rewrite = None
    failures = list(checked.failures)
    if rewriting:
        rewrite, failed = _rewrite(message, rubric, context, findings, scores)
        failures += failed
    return Review(
        message,
        context,
        kind,
        kind_source,
        rubric,
        _verdict(scores, findings),
        scores.overall,
        scores.criteria,
        findings,
        rewrite,
        tuple(failures),
    )


def _with_points(
    finding: Finding,
    findings: tuple[Finding, ...],
    unjudged: Mapping[str, str],
    rubric: Rubric,
    kind: Kind,
    scores: Scores,
) -> Finding:
    """The finding with the points that mending its rule would win, by scoring again without it."""
    without = score(rubric, kind, [f for f in findings if f.rule != finding.rule], unjudged)
    return replace(finding, points=max(0, without.overall - scores.overall))


def _verdict(scores: Scores, findings: tuple[Finding, ...]) -> Verdict:
    levels = [s.level for s in scores.criteria.values() if s.level is not None and s.weight]
    if any(f.severity is Severity.ERROR for f in findings) or 0 in levels:
        return Verdict.HOLD
    if scores.overall >= 85 and not any(f.severity is Severity.WARNING for f in findings):
        return Verdict.SEND
    return Verdict.REVISE


def _rewrite(
    message: Message, rubric: Rubric, context: Context, findings: tuple[Finding, ...], scores: Scores
) -> tuple[Rewrite, list[Failure]]:
    def judge(text: str, subject: str | None) -> tuple[int, tuple[Finding, ...], Mapping[str, Score]]:
        again = replace(message, text=text, subject=subject)
        checked = run(again, rubric, context)
        found = score(rubric, context.kind or Kind.THANK_YOU, checked.findings, checked.unjudged)
        return found.overall, checked.findings, found.criteria

    draft = Draft(message, context, rubric, findings, scores.overall)
    mended = mend(draft, judge)
    return Rewrite(
        mended.text,
        mended.subject,
        "rules",
        mended.score,
        mended.placeholders,
        mended.changes,
        mended.refused,
    ), []
