"""The rewrite by a language model: what it is asked, and what becomes of its answer.

An answer that `verify` objects to, or that scores lower than the draft, goes back once with the reasons.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from reviewer.context import Context, Kind
from reviewer.finding import Failure, Finding
from reviewer.judgement import NOTHING_SPENT
from reviewer.llm import Model
from reviewer.message import Message, Part
from reviewer.prompt import OWN, Prompt, fill, not_asked
from reviewer.redact import Redaction
from reviewer.rewrite.letter import with_subject
from reviewer.rewrite.mend import Opinion
from reviewer.rewrite.objections import objections
from reviewer.rewrite.proposal import Proposal
from reviewer.rewrite.verify import unknown_facts
from reviewer.rubric import Rubric

__all__ = ["Rewritten", "ask", "limit", "rewrite_prompt"]


class Rewritten(BaseModel):
    """The model's answer. Every part is bounded, and none has a default: strict schemas want it so."""

    model_config = ConfigDict(extra="forbid")

    subject: Annotated[str, Field(max_length=200)] | None
    text: Annotated[str, Field(max_length=6000)]
    changes: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=8)]


def ask(
    draft: Message,
    context: Context,
    rubric: Rubric,
    findings: Sequence[Finding],
    opinion: Callable[[Message], Opinion],
    *,
    model: Model,
    redaction: Redaction,
    marker: Callable[[], str],
) -> Proposal:
    """A version by the model that nothing speaks against, in two tries at most; `opinion` is the checks'."""
    why_not = not_asked(draft) or _interrupted(draft)
    if why_not is not None:
        return Proposal(failures=(Failure("rewrite", why_not),))
    usage = NOTHING_SPENT
    refused: list[str] = []
    against: list[str] = []
    for _ in range(_TRIES):
        prompt = rewrite_prompt(draft, context, rubric, findings, hide=redaction.hide, marker=marker, refused=against)
        answer = model.ask(prompt, Rewritten)
        usage += answer.usage
        if answer.value is None:
            failure = Failure("rewrite", answer.said)
            return Proposal(refused=tuple(refused), failures=(failure,), usage=usage)
        value = redaction.shown(answer.value)
        version = _as_message(value, draft)
        against = objections(version, draft, context, rubric, findings, told=prompt.fixed, marker=prompt.marker)
        against += _by_the_checks(opinion(version), opinion(draft), limit(rubric, context.kind or Kind.THANK_YOU))
        if not against:
            told = tuple(c for c in value.changes if _is_plain(c, draft, context, rubric))
            return Proposal(version, told, tuple(refused), usage=usage)
        refused += (f"the model's version: {reason}" for reason in against if reason not in "".join(refused))
    return Proposal(refused=tuple(refused), usage=usage)


_TRIES = 2


def _is_plain(change: str, draft: Message, context: Context, rubric: Rubric) -> bool:
    """Whether a remark on what was changed may be shown: it names nothing that nobody knows, and leads nowhere."""
    return "://" not in change and not unknown_facts(Message(change), draft, context, rubric)


_SUBJECT_LINE = re.compile(r"\A\s*subject[ \t]*:[^\n]*\n+", re.IGNORECASE)


def _interrupted(draft: Message) -> str | None:
    """Why a draft that answers between the lines of another's mail is left to the rules: the lines would be lost."""
    own = draft.spans(*OWN)
    quoted = draft.spans(Part.QUOTED, Part.ATTRIBUTION)
    between = any(own[0].start < q.start < own[-1].end for q in quoted)
    return "not asked: quoted mail stands between the lines of the draft" if between else None


def _as_message(value: Rewritten, draft: Message) -> Message:
    """The model's text in the place of the draft's own; headers and quoted mail stay as they are."""
    own = draft.spans(*OWN)
    mine = _SUBJECT_LINE.sub("", value.text).strip("\n")
    before, after = draft.text[: own[0].start], draft.text[own[-1].end :]
    version = draft._replace(text=before + mine + after)
    if not value.subject or not value.subject.strip():
        return version
    subject = " ".join(value.subject.split())
    return version._replace(text=with_subject(version, subject), subject=subject)


def _by_the_checks(after: Opinion, before: Opinion, most: str) -> list[str]:
    against = []
    if after.finds("too-long", "over-limit"):
        against.append(f"it is too long; at most {most}")
    worse = dict.fromkeys(f.message for f in after.findings if not before.finds(f.rule))
    if after.score < before.score:
        against.append("it reads worse than the draft" + (f": {'; '.join(list(worse)[:3])}" if worse else ""))
    return against


def rewrite_prompt(
    draft: Message,
    context: Context,
    rubric: Rubric,
    findings: Iterable[Finding],
    *,
    hide: Callable[[str], str],
    marker: Callable[[], str],
    refused: Sequence[str] = (),
) -> Prompt:
    """What is asked, with the faults found; on a second try with the reasons why the first was refused."""
    again = "".join(f"- {reason}\n" for reason in refused)
    return fill(
        "rewrite",
        rubric,
        draft,
        context,
        hide,
        marker,
        limit=limit(rubric, context.kind or Kind.THANK_YOU),
        faults="\n".join(_faults(findings))
        or "- nothing was found; leave it as it is unless something is plainly wrong",
        again=f"\nYour last version was refused, for these reasons:\n{again}" if again else "",
    )


_MOST_FAULTS = 12
_MOST_QUOTED = 160


def _faults(findings: Iterable[Finding]) -> list[str]:
    lines = []
    for f in findings:
        quote = f" “{' '.join(f.quote.split())[:_MOST_QUOTED]}”" if f.quote else ""
        mend = f" Mend: {f.fix.title}." if f.fix is not None else ""
        lines.append(f"- {f.rule}: {f.message}{quote}{mend}")
    return list(dict.fromkeys(lines))[:_MOST_FAULTS]


def limit(rubric: Rubric, kind: Kind) -> str:
    """How long a message of this kind may be, in words or for a LinkedIn note in characters."""
    rule, unit = ("over-limit", "characters") if kind is Kind.LINKEDIN else ("too-long", "words")
    most = rubric.option(rule, "most", kind)
    return "a few sentences" if most is None else f"{most} {unit}"
