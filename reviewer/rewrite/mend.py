"""mend: the rewrite without a model. Takes out what hurts, adds what is missing, keeps the writer's own words.

Sentences that are added come from the rubric; facts come from the draft or the context, and where one is
unknown a visible blank is left. Every step's result is verified: a step that would bring in a fact that
nobody knows is refused, and so is a rewrite that scores lower than the draft.
"""

import re
from collections.abc import Callable, Iterator
from string import Template
from typing import NamedTuple

from reviewer.context import Context, Kind
from reviewer.finding import Edit, Finding, Safety, Severity
from reviewer.language.acts import Act, readings
from reviewer.language.courtesy import shows
from reviewer.language.names import TITLES
from reviewer.language.telling import telling
from reviewer.language.timing import interview_day
from reviewer.message import Message, Part, Span
from reviewer.rewrite.letter import Place, apply, insert, leaning, leave_out, paragraphs, with_subject
from reviewer.rewrite.verify import unknown_facts
from reviewer.rubric import Rubric

__all__ = ["LEFT", "Mended", "Opinion", "blanks", "mend"]

LEFT = "left as it is"  # how a fault begins that the rewrite could not mend


class Opinion(NamedTuple):
    """What the checks say of one version of the message."""

    score: int
    findings: tuple[Finding, ...]

    def finds(self, *rules: str) -> bool:
        return any(f.rule in rules for f in self.findings)


Judge = Callable[[Message], Opinion]


class Mended(NamedTuple):
    """The mended message, its score, the blanks left in it, what changed, what was refused and why."""

    message: Message
    score: int
    placeholders: tuple[str, ...]
    changes: tuple[str, ...]
    refused: tuple[str, ...]


class _Task(NamedTuple):
    draft: Message
    context: Context
    rubric: Rubric
    judge: Judge

    @property
    def kind(self) -> Kind:
        return self.context.kind or Kind.THANK_YOU


Change = tuple[Message, str]


def mend(draft: Message, context: Context, rubric: Rubric, judge: Judge) -> Mended:
    """The mended message. Never scores lower than the draft, never knows more than draft and context."""
    task = _Task(draft, context, rubric, judge)
    mended = _mend(task, cautious=False)
    if mended.score < judge(draft).score:
        mended = _mend(task, cautious=True)
    return mended


def _mend(task: _Task, *, cautious: bool) -> Mended:
    """All steps one after the other; a cautious run undoes each one that lowers the score."""
    version, opinion = task.draft, task.judge(task.draft)
    changes: list[str] = []
    refused: list[str] = []
    for step in (_fix, _clear, _greet, _add_missing, _name_subject, _sign, _shorten):
        for changed, title in step(version, opinion, task):
            unknown = unknown_facts(changed, task.draft, task.context, task.rubric)
            if unknown:
                refused.append(f"{title}: would bring in {', '.join(sorted(unknown)[:3])}")
                break
            after = task.judge(changed)
            if cautious and after.score < opinion.score:
                refused.append(f"{title}: would lower the score")
                break
            version, opinion = changed, after
            changes += title.split("\n")
    standing = [
        f for f in opinion.findings if f.severity is not Severity.SUGGESTION and f.rule not in _NOT_IN_THE_WORDS
    ]
    refused += dict.fromkeys(f"{LEFT}: {f.message}" for f in standing)
    return Mended(version, opinion.score, blanks(version), tuple(dict.fromkeys(changes)), tuple(refused))


# What no other words can mend: the hour, and what only the writer can say.
_NOT_IN_THE_WORDS = frozenset({"too-soon", "too-late", "before-promised-date", "too-many-messages"})


def _fix(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """Every fix that needs no words of the writer's; what leans on a sentence taken out goes with it."""
    edits: list[Edit] = []
    titles: list[str] = []
    for f in opinion.findings:
        if f.fix is None or f.fix.safety is Safety.EXAMPLE or not f.fix.edits:
            continue
        if any(e.span.overlaps(kept.span) for e in f.fix.edits for kept in edits):
            continue
        edits += f.fix.edits
        gone = [e.span for e in f.fix.edits if not e.text]
        quote = f": “{_short(gone[0].of(version.text))}”" if gone else ""
        titles.append(f.fix.title + quote)
    if not edits:
        return
    removed = [_with_brackets(version.text, e.span) for e in edits if not e.text]
    removed += [span for span in _fallen(version, removed) if not any(span.overlaps(e.span) for e in edits)]
    words = [e for e in edits if e.text]
    marked = version._replace(text=apply(version.text, [*words, *(Edit(s, _HOLE * 3) for s in removed)]))
    holes = [Span(*m.span()) for m in re.finditer(_HOLE * 3, marked.text)]
    yield version._replace(text=leave_out(marked, holes)), "\n".join(dict.fromkeys(titles))


def _with_brackets(text: str, span: Span) -> Span:
    """The passage with all of a bracket that it opens or closes."""
    taken = span.of(text)
    opened = text.rfind("(", max(0, span.start - _ASIDE), span.start)
    closed = text.find(")", span.end, span.end + _ASIDE)
    if taken.count(")") > taken.count("(") and opened >= 0:
        return Span(opened, span.end)
    if taken.count("(") > taken.count(")") and closed >= 0:
        return Span(span.start, closed + 1)
    return span


_ASIDE = 400  # characters that a bracket may hold
_HOLE = "\ue000"  # stands for a passage taken out, until the words around it are in place


def _fallen(version: Message, removed: list[Span]) -> Iterator[Span]:
    """Sentences that say nothing without the one before them, which is taken out."""
    for paragraph in paragraphs(version):
        fell = False
        for sentence in paragraph:
            gone = any(sentence.span in span or span in sentence.span for span in removed)
            if not gone and fell and leaning(version, sentence) and len(sentence.words) < 14:
                yield sentence.span
                gone = True
            fell = gone


_GOOD_ACTS = (
    Act.WANT,
    Act.THANKS,
    Act.MEMORY,
    Act.PROCESS,
    Act.ASK,
    Act.OFFER,
    Act.NEXT,
    Act.NEWS,
    Act.CONCERN,
    Act.OTHER_OFFER,
)
_DOES_GOOD = 0.4
_RUIN = 0.6


def _clear(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """Where little of the body is left standing, what does no good by itself goes too."""
    before = sum(len(s.words) for s in task.draft.sentences)
    if sum(len(s.words) for s in version.sentences) > _RUIN * before:
        return
    body = version.spans(Part.BODY)
    idle = [r.clause.sentence.span for r in readings(version) if max(r[a] for a in _GOOD_ACTS) < _DOES_GOOD]
    idle = [span for span in idle if any(span in part for part in body)]
    if idle:
        yield version._replace(text=leave_out(version, idle)), "Leave out what stands alone now"


def _greet(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """A greeting by name, where there is none, or one that shouts."""
    name = _called(task)
    if version.greeting is not None and version.addressees and "!!" in version.greeting.of(version.text):
        yield (
            version._replace(text=apply(version.text, [Edit(version.greeting, f"Hi {name},")])),
            f"Greet {name} calmly",
        )
        return
    if version.greeting is not None or version.addressees or not opinion.finds("no-recipient-name"):
        return
    start = version.body[0].start if version.body else len(version.text)
    yield version._replace(text=apply(version.text, [Edit(Span(start, start), f"Dear {name},\n\n")])), f"Greet {name}"


_WANTED = (
    (("no-thanks",), "thanks", Place.FIRST, "Thank them"),
    (("no-personal-reference", "vague-reference"), "reference", Place.OPENING, "Name one thing from the conversation"),
    (("ignores-concern",), "concern", Place.OPENING, "Answer the concern"),
    (("no-new-information",), "news", Place.OPENING, "Bring something new"),
    ((), "offer", Place.CLOSING, "Mention the other offer in passing"),
    (("flat-enthusiasm",), "interest", Place.WISH, "Say that you want the job"),
    (("no-call-to-action",), "ask", Place.CLOSING, "Ask how far along they are"),
    (("no-next-step",), "next_step", Place.CLOSING, "Point to the next step"),
)


def _add_missing(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """Thanks, one specific thing, interest, the question, the next step: what is missing, in that order."""
    for rules, purpose, place, title in _WANTED:
        opinion = task.judge(version)
        wanted = opinion.finds(*rules) or _lost(version, task, purpose)
        text = _sentence(task, purpose) if wanted else ""
        if not text or text in version.text:
            continue
        version = version._replace(text=insert(version, text, place))
        yield version, title


_LOST = {
    "interest": (Act.WANT,),
    "ask": (Act.ASK, Act.THERE_YET, Act.DEMAND, Act.ULTIMATUM),
    "offer": (Act.OTHER_OFFER, Act.ULTIMATUM),
}
_ASKING = frozenset({Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.OFFER_LEVERAGE})


def _lost(version: Message, task: _Task, purpose: str) -> bool:
    """Whether the draft wanted the job, asked, or told of an offer, and the version, shorter, does not."""
    if purpose not in _LOST or len(version.sentences) >= len(task.draft.sentences):
        return False
    acts = _LOST[purpose]
    return (purpose == "interest" or task.kind in _ASKING) and shows(task.draft, *acts) and not shows(version, acts[0])


def _name_subject(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """A subject that says who writes, and about what."""
    if not opinion.finds("no-subject", "weak-subject"):
        return
    name = version.sender or "[your name]"
    job = task.context.role or "[the job]"
    subject = f"{name} – Thank you" if task.kind is Kind.THANK_YOU else f"{job} – {name}"
    yield version._replace(text=with_subject(version, subject), subject=subject), f"Subject: {subject}"


def _sign(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """A way to reach the writer, as a blank: nobody but the writer knows the number."""
    closing = version.spans(Part.SIGNATURE) or version.spans(Part.SIGN_OFF) or version.body
    if not closing or not opinion.finds("no-contact-details"):
        return
    at = closing[-1].end
    name = "" if version.sender else "\n[your name]"
    blank = (
        f"{name}\n[your telephone number]"
        if version.sender or version.spans(Part.SIGN_OFF)
        else f"\n{name}\n[your telephone number]"
    )
    yield version._replace(text=apply(version.text, [Edit(Span(at, at), blank)])), "Put your number under your name"


def _shorten(version: Message, opinion: Opinion, task: _Task) -> Iterator[Change]:
    """What is too long loses its least telling sentences, the latest first among equals."""
    characters = opinion.finds("over-limit")
    if not characters and not opinion.finds("too-long"):
        return
    limit = task.rubric.option("over-limit" if characters else "too-long", "most", task.kind)
    assert limit is not None
    worth = telling(version, task.context)
    size = len(version.text.strip()) if characters else version.words
    drop: list[Span] = []
    body = [i for i, s in enumerate(version.sentences) if any(s.span in part for part in version.body)]
    for index in sorted(body, key=lambda i: (worth[i], -i))[:-1]:
        if size <= limit:
            break
        sentence = version.sentences[index]
        drop.append(sentence.span)
        size -= sentence.span.end - sentence.span.start + 1 if characters else len(sentence.words)
    titles = [f"Leave out, to be shorter: “{_short(span.of(version.text))}”" for span in sorted(drop)]
    if drop:
        yield version._replace(text=leave_out(version, drop)), "\n".join(titles)


def _sentence(task: _Task, purpose: str) -> str:
    """The rubric's sentence for a purpose: the first variant whose facts are all known."""
    variants = task.rubric.rewriting.sentences.get(purpose)
    facts = _facts(task)
    for variant in variants[task.kind] if variants else ():
        template = Template(variant)
        if set(template.get_identifiers()) <= facts.keys():
            return template.substitute(facts)
    return ""


def _facts(task: _Task) -> dict[str, str]:
    """What is known, under the names that the rubric's sentences use."""
    context = task.context
    met = interview_day(context)
    promised = context.promised_reply_by
    known = {
        "role": context.role,
        "company": context.company,
        "person": _person(task),
        "topic": next((_as_words(t) for t in context.topics if not _DECIDING.search(t)), None),
        "met": f"{met.day} {met:%B}" if met is not None else None,
        "promised": f"{promised.day} {promised:%B}" if promised is not None else None,
    }
    return {name: value for name, value in known.items() if value}


_DECIDING = re.compile(
    r"\b(?:decision|decide|decided|promised?|answer|hear|weeks?|by the \d|next steps?)\b", re.IGNORECASE
)
_THEIRS = re.compile(r"^(?:her|his|their)\b", re.IGNORECASE)


def _as_words(topic: str) -> str:
    """A noted topic as it stands in a sentence to the person it was talked about with."""
    _, colon, rest = topic.partition(": ")
    return _THEIRS.sub("your", rest if colon and len(topic.split(":", maxsplit=1)[0].split()) <= 2 else topic)


def _person(task: _Task) -> str | None:
    """Who is meant by "you", by first name where the draft or the notes have one."""
    names = [task.draft.to, *(p.name for p in task.context.interviewers), task.context.recruiter]
    return next((n.split()[0] for n in names if n and n.split()[0].rstrip(".").lower() not in TITLES), None)


def _called(task: _Task) -> str:
    """What to call the reader: as they are addressed, else the first interviewer, else a blank."""
    name = task.draft.to or next((p.name for p in task.context.interviewers), None) or task.context.recruiter
    if not name or not name[0].isupper() or name.lower() in {"hr", "recruiter", "hiring manager"}:
        return "[name of the person you met]"
    first = name.split()[0]
    return name if first.rstrip(".").lower() in TITLES else first


def blanks(version: Message) -> tuple[str, ...]:
    """The blanks that the writer has to fill: those added, and those that stood there already."""
    texts = (version.subject or "", version.text)
    return tuple(dict.fromkeys(b for text in texts for b in re.findall(r"\[[^\]\n]{3,80}\]", text)))


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:7]) + (" …" if len(words) > 7 else "")
