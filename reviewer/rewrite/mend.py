"""mend: the rewrite without a model. Takes out what hurts, adds what is missing, keeps the writer's own words.

Sentences that are added come from the rubric; facts come from the draft or the context, and where one is
unknown a visible blank is left. What comes out is verified and scored again; a step that would lower the
score is undone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import Template
from typing import Any

from reviewer.context import Context, Kind
from reviewer.finding import Edit, Finding
from reviewer.message import Message, Part, Span
from reviewer.rewrite.verify import unknown_facts
from reviewer.rubric import Rubric

__all__ = ["Draft", "Mended", "apply", "mend"]

Judge = Callable[[str, str | None], tuple[int, tuple[Finding, ...], Mapping[str, Any]]]

_REMOVED_WITH_SENTENCE = (
    "ultimatum",
    "desperate",
    "guilt-trip",
    "demanding",
    "too-many-messages",
    "negative-about-others",
    "self-deprecating",
    "apologetic",
    "discusses-pay-too-early",
    "copy-paste-mixup",
)
_REMOVED_IF_NEEDED = ("unprofessional", "overdone-enthusiasm", "are-we-there-yet", "unnecessary-detail")
_WORDS_FIRST = (
    "wrong-name",
    "wrong-company",
    "wrong-role",
    "stale-time-word",
    "contradicts-context",
    "spelling-or-grammar",
)


@dataclass(frozen=True)
class Draft:
    """A draft with what the review said of it."""

    message: Message
    context: Context
    rubric: Rubric
    findings: tuple[Finding, ...]
    score: int


@dataclass(frozen=True)
class Mended:
    text: str
    subject: str | None
    score: int
    placeholders: tuple[str, ...]
    changes: tuple[str, ...]
    refused: tuple[str, ...]


def mend(draft: Draft, judge: Judge) -> Mended:
    """The mended message. Never scores lower than the draft, never knows more than draft and context."""
    text, subject = draft.message.text, draft.message.subject
    changes: list[str] = []
    refused: list[str] = []
    best = draft.score
    for step in (_fix_words, _take_out, _greet, _add_missing, _name_subject, _sign, _shorten):
        message = Message(text, subject, draft.message.to, draft.message.channel)
        score, findings, levels = judge(text, subject)
        new_text, new_subject, done = step(message, draft, findings, levels)
        if (new_text, new_subject) == (text, subject):
            continue
        unknown = unknown_facts(new_text, draft.message, draft.context, draft.rubric)
        after, *_ = judge(new_text, new_subject)
        if unknown:
            refused.append(f"{done[0] if done else step.__name__}: would bring in {', '.join(sorted(unknown)[:3])}")
        elif after < score:
            refused += [f"{title}: would lower the score" for title in done]
        else:
            text, subject, best = new_text, new_subject, after
            changes += done
    if best < draft.score:
        text, subject, best, changes = draft.message.text, draft.message.subject, draft.score, []
    return Mended(text, subject, best, _blanks(text, draft.message.text), tuple(changes), tuple(refused))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; of two that overlap the first in the text wins."""
    out: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.span.start, -e.span.end)):
        if edit.span.start < at:
            continue
        out += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    return "".join(out) + text[at:]


Step = tuple[str, str | None, list[str]]


def _fix_words(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """Names, firms, jobs, days and misspellings: the fixes that put one right word for a wrong one."""
    fixes = [f for f in findings if f.fix is not None and f.fix.edits and f.rule in _WORDS_FIRST]
    edits = [e for f in fixes if f.fix is not None for e in f.fix.edits]
    return (
        apply(message.text, edits),
        message.subject,
        list(dict.fromkeys(f.fix.title for f in fixes if f.fix is not None)),
    )


def _take_out(message: Message, draft: Draft, findings: tuple[Finding, ...], levels: Mapping[str, Any]) -> Step:
    """Sentences that press, plead, reproach or run somebody down go; a bad question is asked better."""
    edits: list[Edit] = []
    done: list[str] = []
    kind = draft.context.kind or Kind.THANK_YOU
    asked = False
    for f in findings:
        if f.span is None:
            continue
        sentence = next((s for s in message.sentences if f.span.overlaps(s.span)), None)
        if sentence is None:
            continue
        if f.rule in _REMOVED_WITH_SENTENCE or f.rule in _REMOVED_IF_NEEDED:
            if any(e.span == sentence.span for e in edits):
                continue
            replacement = ""
            question = f.rule in {"are-we-there-yet", "demanding", "ultimatum"} and kind not in {
                Kind.THANK_YOU,
                Kind.POST_REJECTION,
                Kind.CONCERN_REPLY,
            }
            if question and not asked:
                replacement, asked = _sentence(draft, "ask"), True
            edits.append(Edit(sentence.span, replacement))
            done.append(
                ("Ask how far along they are instead of" if replacement else "Leave out")
                + f" “{_short(sentence.span.of(message.text))}”"
            )
        elif (
            f.rule == "placeholder-left"
            and f.span is not None
            and message.greeting is not None
            and f.span in message.greeting
        ):
            continue
    return _tidy(apply(message.text, edits)) if edits else message.text, message.subject, done


def _greet(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """A greeting by name, where there is none."""
    missing = [
        f
        for f in findings
        if f.rule == "no-recipient-name"
        or (
            f.rule == "placeholder-left"
            and f.span is not None
            and message.greeting is not None
            and f.span.overlaps(message.greeting)
        )
    ]
    if not missing:
        return message.text, message.subject, []
    name = _first_name(draft)
    if message.greeting is not None:
        return (
            apply(message.text, [Edit(message.greeting, f"Dear {name},")]),
            message.subject,
            [f"Greet {name} by name"],
        )
    start = message.body[0].start if message.body else 0
    return (
        apply(message.text, [Edit(Span(start, start), f"Dear {name},\n\n")]),
        message.subject,
        [f"Greet {name} by name"],
    )


def _add_missing(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """Thanks, one specific thing, interest, the question, the next step: what is missing, in that order."""
    rules = {f.rule for f in findings}
    start: list[str] = []
    end: list[str] = []
    done: list[str] = []
    wanted = (
        ("no-thanks", "thanks", start, "Thank them"),
        ("no-personal-reference", "reference", start, "Name one thing from the conversation"),
        ("vague-reference", "reference", start, "Name one thing from the conversation"),
        ("ignores-concern", "concern", end, "Answer the concern"),
        ("no-new-information", "news", end, "Bring something new"),
        ("flat-enthusiasm", "interest", end, "Say that you want the job"),
        ("no-call-to-action", "ask", end, "Ask how far along they are"),
        ("no-next-step", "next_step", end, "Point to the next step"),
    )
    for rule, purpose, where, title in wanted:
        if rule not in rules:
            continue
        text = _sentence(draft, purpose)
        if text and text not in message.text and text not in where:
            where.append(text)
            done.append(title)
    edits = []
    if not message.body:
        at = message.greeting.end if message.greeting is not None else 0
        joined = " ".join(start + end)
        return (
            apply(message.text, [Edit(Span(at, at), f"\n\n{joined}\n\n")]) if joined else message.text,
            message.subject,
            done,
        )
    if start:
        at = message.body[0].start
        edits.append(Edit(Span(at, at), " ".join(start) + _gap(message)))
    if end:
        at = message.body[-1].end
        edits.append(Edit(Span(at, at), _gap(message, before=True) + " ".join(end)))
    return apply(message.text, edits), message.subject, done


def _name_subject(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """A subject that says who writes, and about what."""
    if not any(f.rule in {"no-subject", "weak-subject"} for f in findings):
        return message.text, message.subject, []
    name = message.sender or "[your name]"
    kind = draft.context.kind or Kind.THANK_YOU
    job = draft.context.role or "[the job]"
    subject = f"{name} – Thank you" if kind is Kind.THANK_YOU else f"{job} – {name}"
    return message.text, subject, [f"Subject: {subject}"]


def _sign(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """A way to reach the writer, as a blank: nobody but the writer knows the number."""
    if not any(f.rule == "no-contact-details" for f in findings):
        return message.text, message.subject, []
    signature = message.spans(Part.SIGNATURE)
    last = signature or message.spans(Part.SIGN_OFF) or message.body
    if not last:
        return message.text, message.subject, []
    name = "" if message.sender else "\n[your name]"
    at = last[-1].end
    return (
        apply(message.text, [Edit(Span(at, at), f"{name}\n[your telephone number]")]),
        message.subject,
        ["Put your number under your name"],
    )


def _shorten(message: Message, draft: Draft, findings: tuple[Finding, ...], _: Mapping[str, Any]) -> Step:
    """What is too long loses its least telling sentences, the latest first among equals."""
    from reviewer.language.telling import telling

    kind = draft.context.kind or Kind.THANK_YOU
    limit = draft.rubric.limits[kind]
    rules = {f.rule for f in findings}
    if not rules & {"too-long", "over-limit"}:
        return message.text, message.subject, []
    worth = telling(message, draft.context)
    words = message.words
    characters = len(message.text)
    drop: list[Span] = []
    for index in sorted(range(len(message.sentences)), key=lambda i: (worth[i], -i)):
        too_long = words > limit if "too-long" in rules else characters > 300
        if not too_long:
            break
        sentence = message.sentences[index]
        if worth[index] >= 100 or len(drop) + 1 >= len(message.sentences):
            continue
        drop.append(sentence.span)
        words -= len(sentence.tokens)
        characters -= sentence.span.end - sentence.span.start + 1
    text = _tidy(apply(message.text, [Edit(span, "") for span in drop]))
    return text, message.subject, [f"Leave out “{_short(span.of(message.text))}”" for span in sorted(drop)]


def _sentence(draft: Draft, purpose: str) -> str:
    """The rubric's sentence for a purpose, with the facts that are known and blanks for the others."""
    kind = draft.context.kind or Kind.THANK_YOU
    templates = draft.rubric.rewriting.sentences.get(purpose)
    if not templates:
        return ""
    context = draft.context
    first = next((p.name.split()[0] for p in context.interviewers), "them")
    return Template(templates[kind]).substitute(
        role=context.role or "[the job]",
        company=context.company or "[the company]",
        person=first,
        thing=f"[one thing you talked about with {first}]",
    )


def _first_name(draft: Draft) -> str:
    """What to call the reader: as they are addressed, else the first interviewer, else a blank."""
    name = draft.message.to or next((p.name for p in draft.context.interviewers), None) or draft.context.recruiter
    if not name or name.lower() in {"hr", "recruiter", "hiring manager"}:
        return "[name of the person you met]"
    parts = name.split()
    return (
        name if parts[0].rstrip(".").lower() in {"mr", "ms", "mrs", "dr", "prof", "sir", "madam", "miss"} else parts[0]
    )


def _gap(message: Message, *, before: bool = False) -> str:
    """A space in a message of one paragraph, an empty line in one of several."""
    return "\n\n" if "\n\n" in message.text else " "


def _tidy(text: str) -> str:
    """No holes where something was taken out."""
    text = re.sub(r"[ \t]+(?=\n)", "", text)
    text = re.sub(r"(?<=\n)[ \t]+(?=\S)", "", text)
    text = re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text)


def _blanks(text: str, before: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            b for b in re.findall(r"\[[^\]\n]{3,80}\]", text) if b not in before or b.startswith("[one thing")
        )
    )


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:7]) + (" …" if len(words) > 7 else "")
