"""review(): the one function behind every door."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reviewer.context import Context, Kind
from reviewer.engine import Checked, run
from reviewer.finding import Degree, Failure, Finding, Severity
from reviewer.judgement import NOTHING_SPENT, Judged, Usage
from reviewer.language.kind import kind_of
from reviewer.language.levels import GOOD
from reviewer.message import Message
from reviewer.rubric import Rubric
from reviewer.score import Score, Scores, points, score

if TYPE_CHECKING:  # loaded when something is to be rewritten
    from reviewer.rewrite.mend import Opinion
    from reviewer.rewrite.proposal import Proposal

__all__ = ["Review", "Rewrite", "SecondReader", "Silenced", "Suppressed", "Verdict", "review"]


class Verdict(StrEnum):
    """Send it, mend it first, or do not let it go like this."""

    SEND = "send"
    REVISE = "revise"
    HOLD = "hold"


class Rewrite(NamedTuple):
    """A mended message: its text, subject, score, the blanks left in it, what changed, what was refused."""

    text: str
    subject: str | None
    by: str
    score: int
    placeholders: tuple[str, ...]
    changes: tuple[str, ...]
    refused: tuple[str, ...]
    kept: float  # the share of the writer's own words whose sentences stand as they were, or nearly so


class Suppressed(NamedTuple):
    """A finding that is not heard, and why: dismissed in this draft, or of a rule that is switched off."""

    finding: Finding
    reason: str


class Review(NamedTuple):
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
    suppressed: tuple[Suppressed, ...] = ()  # what the user does not want to hear; it costs nothing
    usage: Mapping[str, Usage] | None = None  # what the second reader cost, by what it was asked for
    reader: str | None = None  # which model that was, and where


class SecondReader(Protocol):
    """Somebody who reads along: `reviewer.judge.Judge` asks a language model."""

    @property
    def name(self) -> str:
        """Who it is, and where."""

    def read(self, message: Message, context: Context, rubric: Rubric, found: Sequence[Finding]) -> Judged:
        """The judgement of a draft in which the checks found something already."""

    def rewrite(
        self,
        draft: Message,
        context: Context,
        rubric: Rubric,
        findings: Sequence[Finding],
        opinion: "Callable[[Message], Opinion]",
    ) -> "Proposal":
        """A better version, if it has one that nothing speaks against; `opinion` is the checks'."""


Silenced = Callable[[Finding, Message], str | None]  # why a finding is not to be heard; None where it is
SECOND_READER = "second-reader"  # the rule of what it holds against a draft and no rule has a name for
_NOTHING_KNOWN = Context()


def review(
    message: Message,
    rubric: Rubric,
    *,
    context: Context = _NOTHING_KNOWN,
    judge: SecondReader | None = None,
    rewriting: bool = False,
    silenced: Silenced = lambda _finding, _message: None,
) -> Review:
    """Read a draft against a rubric.

    The kind is the context's, else told from the draft. A `judge` reads along, within the rubric's bound; what it
    could not do is in the result's failures. A finding that `silenced` gives a reason for is not heard. With
    `rewriting`, a mended version is added, which never scores lower than the draft and knows nothing that is in
    neither draft nor context.
    """
    kind_source = "given" if context.kind is not None else "detected"
    kind = context.kind or kind_of(message, context)
    channel = context.channel or message.channel
    if (context.kind, context.channel) != (kind, channel):
        context = context._replace(kind=kind, channel=channel)
    checked, unheard = _heard(run(message, rubric, context), message, silenced)
    judged = judge.read(message, context, rubric, checked.findings) if judge is not None else Judged()
    told, untold = _split(judged.findings, message, silenced)
    judged = judged._replace(findings=told)
    scores = score(rubric, kind, checked.findings, checked.unjudged, checked.doubts, judged.judgements)
    judged = judged._replace(findings=(*judged.findings, *_unexplained(message, checked, judged, scores, rubric)))
    findings = _with_points(checked, judged, rubric, kind, scores.overall)
    rewrite, asked = (
        _rewrite(message, rubric, context, findings, judge, judged.answers, silenced) if rewriting else (None, None)
    )
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
        (*checked.failures, *judged.failures, *(asked.failures if asked is not None else ())),
        (*unheard, *untold),
        _usage(judged, asked) if judge is not None else None,
        judge.name if judge is not None else None,
    )


def _usage(judged: Judged, asked: "Proposal | None") -> Mapping[str, Usage]:
    return {"judge": judged.usage, "rewrite": asked.usage if asked is not None else NOTHING_SPENT}


def _heard(checked: Checked, message: Message, silenced: Silenced) -> tuple[Checked, tuple[Suppressed, ...]]:
    heard, unheard = _split(checked.findings, message, silenced)
    return (checked._replace(findings=heard) if unheard else checked), unheard


def _split(
    findings: Sequence[Finding], message: Message, silenced: Silenced
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    reasons = [silenced(finding, message) for finding in findings]
    pairs = list(zip(findings, reasons, strict=True))
    return tuple(f for f, why in pairs if why is None), tuple(Suppressed(f, why) for f, why in pairs if why is not None)


def _unexplained(
    message: Message, checked: Checked, judged: Judged, scores: Scores, rubric: Rubric
) -> Iterator[Finding]:
    """A finding for each criterion that the second reader lowered and that nothing else speaks of."""
    spoken = {f.criterion for f in (*checked.findings, *judged.findings) if f.severity is not Severity.SUGGESTION}
    for name, judgement in judged.judgements.items():
        s = scores.criteria[name]
        if name in spoken or s.score is None or s.checked is None or s.score >= s.checked or s.level == GOOD:
            continue
        criterion, place = rubric.criterion(name), judgement.span
        quote = place.of(message.text) if place is not None else ""
        yield Finding(
            SECOND_READER, name, Severity.WARNING, judgement.reason, criterion.meaning[judgement.level], (), place,
            quote, Degree.SLIGHT, {name: 0}, by="model",
        )  # fmt: skip


def _with_points(checked: Checked, judged: Judged, rubric: Rubric, kind: Kind, overall: int) -> tuple[Finding, ...]:
    """Each finding with the points that mending it would win.

    Findings of a rule are mended together; those of the second reader with its judgement of their criterion.
    """
    won = points(rubric, kind, checked.findings, checked.unjudged, checked.doubts, judged.judgements)
    lifted: dict[str, int] = {}
    for name in {f.criterion for f in judged.findings}:
        rest = {c: j for c, j in judged.judgements.items() if c != name}
        without = score(rubric, kind, checked.findings, checked.unjudged, checked.doubts, rest)
        lifted[name] = max(0, without.overall - overall)
    mine = (f._replace(points=lifted[f.criterion]) for f in judged.findings)
    found = [*(f._replace(points=won[f.rule]) for f in checked.findings), *mine]
    if judged.findings:
        found.sort(key=lambda f: (f.span is None, f.span.start if f.span else 0, f.rule))
    return tuple(found)


def _verdict(scores: Scores, findings: tuple[Finding, ...]) -> Verdict:
    levels = [s.level for s in scores.criteria.values() if s.level is not None and s.weight]
    if any(f.severity is Severity.ERROR for f in findings) or 0 in levels:
        return Verdict.HOLD
    if scores.overall >= 85 and not any(f.severity is Severity.WARNING for f in findings):
        return Verdict.SEND
    return Verdict.REVISE


def _rewrite(
    message: Message,
    rubric: Rubric,
    context: Context,
    findings: tuple[Finding, ...],
    judge: SecondReader | None,
    answers: bool,
    silenced: Silenced,
) -> "tuple[Rewrite, Proposal]":
    """The model's version where there is a model and nothing speaks against it, else that of the rules."""
    from reviewer.rewrite.mend import Opinion, blanks, mend
    from reviewer.rewrite.proposal import Proposal
    from reviewer.rewrite.verify import kept_share

    @cache
    def opinion(version: Message) -> Opinion:
        """A blank that the rewrite leaves for the writer is no placeholder forgotten."""
        checked, _ = _heard(run(version, rubric, context), version, silenced)
        kept = tuple(f for f in checked.findings if f.rule != "placeholder-left" or _forgotten(f, message))
        scored = score(rubric, context.kind or Kind.THANK_YOU, kept, checked.unjudged, checked.doubts)
        return Opinion(scored.overall, kept)

    asked = Proposal()
    if judge is not None and answers:
        asked = judge.rewrite(message, context, rubric, findings, opinion)
    if asked.message is not None:
        version, by, changes, refused = asked.message, "model", asked.changes, asked.refused
    else:
        mended = mend(message, context, rubric, opinion)
        version, by, changes, refused = mended.message, "rules", mended.changes, (*asked.refused, *mended.refused)
    kept = kept_share(version, [s.span.of(message.flat) for s in message.sentences])
    rewrite = Rewrite(
        version.text, version.subject, by, opinion(version).score, blanks(version), changes, refused, kept
    )
    return rewrite, asked


def _forgotten(finding: Finding, draft: Message) -> bool:
    """Whether a blank stood in the draft already."""
    return finding.quote in draft.text if finding.quote else draft.subject is not None and "[" in draft.subject
