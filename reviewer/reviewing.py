"""review(): the one function behind every door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from reviewer.context import Context, Kind
from reviewer.engine import Checked, run
from reviewer.finding import Failure, Finding, Severity
from reviewer.language.kind import kind_of
from reviewer.message import Message
from reviewer.rewrite.mend import Opinion, mend
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
    scores = score(rubric, kind, checked.findings, checked.unjudged, checked.doubts)
    findings = _with_points(checked, rubric, kind, scores.overall)
    rewrite = _rewrite(message, rubric, context) if rewriting else None
    verdict = _verdict(scores, findings)
    return Review(
        message,
        context,
        kind,
        kind_source,
        rubric,
        verdict,
        scores.overall,
        scores.criteria,
        findings,
        rewrite,
        checked.failures,
    )


def _with_points(checked: Checked, rubric: Rubric, kind: Kind, overall: int) -> tuple[Finding, ...]:
    """Each finding with the points that mending its rule would win, by scoring again without it."""
    won: dict[str, int] = {}
    for rule in {f.rule for f in checked.findings}:
        without = score(rubric, kind, [f for f in checked.findings if f.rule != rule], checked.unjudged, checked.doubts)
        won[rule] = max(0, without.overall - overall)
    return tuple(replace(f, points=won[f.rule]) for f in checked.findings)


def _verdict(scores: Scores, findings: tuple[Finding, ...]) -> Verdict:
    levels = [s.level for s in scores.criteria.values() if s.level is not None and s.weight]
    if any(f.severity is Severity.ERROR for f in findings) or 0 in levels:
        return Verdict.HOLD
    if scores.overall >= 85 and not any(f.severity is Severity.WARNING for f in findings):
        return Verdict.SEND
    return Verdict.REVISE


def _rewrite(message: Message, rubric: Rubric, context: Context) -> Rewrite:
    @cache
    def judge(version: Message) -> Opinion:
        """A blank that the rewrite leaves for the writer is no placeholder forgotten."""
        checked = run(version, rubric, context)
        findings = tuple(f for f in checked.findings if f.rule != "placeholder-left" or _forgotten(f, message))
        return Opinion(
            score(rubric, context.kind or Kind.THANK_YOU, findings, checked.unjudged, checked.doubts).overall, findings
        )

    mended = mend(message, context, rubric, judge)
    return Rewrite(
        mended.message.text,
        mended.message.subject,
        "rules",
        mended.score,
        mended.placeholders,
        mended.changes,
        mended.refused,
    )


def _forgotten(finding: Finding, draft: Message) -> bool:
    """Whether a blank stood in the draft already."""
    return finding.quote in draft.text if finding.quote else draft.subject is not None and "[" in draft.subject
