"""The door that every rewrite passes: nothing in it that is in neither draft nor context, and still the same message.

`unknown_facts` is asked after every step of `mend`; `objections` has the rest of what a model's rewrite must bear.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from reviewer.context import Context, Kind
from reviewer.finding import Finding
from reviewer.language.detail import specific_stem, stem
from reviewer.language.kind import kind_of
from reviewer.language.names import fold
from reviewer.language.orders import orders
from reviewer.message import Message
from reviewer.rubric import Rubric
from reviewer.text import flatten, lower
from reviewer.text import words as words_of

__all__ = ["kept_share", "objections", "unknown_facts"]

_FACT = re.compile(r"[^\W_]*\d[^\W_]*(?:[.,:/-]\d[^\W_]*)*|(?<![.!?…:\n] )(?<![.!?…:\n])(?<!^)\b[A-ZÀ-Þ][\w'’-]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BLANK = re.compile(r"\[[^\]\n]{0,120}\]")
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today tomorrow".split()
)
_PLAIN = frozenset("i i'm i'd i've i'll dear hi hello thank thanks could would please".split())


def unknown_facts(version: Message, draft: Message, context: Context, rubric: Rubric) -> set[str]:
    """Names, numbers and days in a version that neither the draft, nor the context, nor the rubric gives.

    Blanks in square brackets are no facts. Case and accents do not matter.
    """
    known = _words(draft.text) | _words(draft.subject or "") | _words(draft.to or "") | _context_words(context)
    sentences = [s for kinds in rubric.rewriting.sentences.values() for variants in kinds.values() for s in variants]
    known |= {w for s in sentences for w in _words(s)} | {part for word in _PLAIN for part in _words(word)}
    plain = _BLANK.sub(" ", f"{version.subject or ''}\n{version.text}")
    found = {match.group() for match in _FACT.finditer(plain)}
    found |= {w for w in _WORD.findall(plain) if w.lower() in _DATES}
    return {fact for fact in found if not _words(fact) <= known}


def objections(
    version: Message,
    draft: Message,
    context: Context,
    rubric: Rubric,
    findings: Sequence[Finding],
    *,
    told: str,
    marker: str,
) -> list[str]:
    """Why a model's rewrite may not pass, in words that a second try can act on; empty where it may.

    `findings` are those of the draft, `told` what the model was told beside it, `marker` what enclosed it. The score is compared elsewhere: this reads the words alone.
    """
    return [
        *_invented(version, draft, context, rubric),
        *_another(version, draft, context),
        *_not_theirs(version, draft, findings),
        *_leaked(version, draft, told, marker),
    ]


def _invented(version: Message, draft: Message, context: Context, rubric: Rubric) -> Iterator[str]:
    unknown = unknown_facts(version, draft, context, rubric)
    if unknown:
        yield f"it brings in {_listed(unknown)}, which neither the draft nor the notes have"
    given = " ".join((draft.text, draft.subject or "", *_context_words(context)))
    known = {stem(w.partition("'")[0]) for w in words_of(lower(flatten(given)))} | _REWORDING
    plain = _BLANK.sub(" ", version.low)
    topics = {w for w in words_of(plain) if (s := specific_stem(w)) is not None and s not in known}
    topics -= {w for fact in unknown for w in words_of(fact.lower())}
    if topics:
        yield f"it speaks of {_listed(topics)}, which neither the draft nor the notes mention"
    for what, pattern in _DEEDS.items():
        before, after = (set(map(stem, pattern.findall(_BLANK.sub(" ", m.low)))) for m in (draft, version))
        if after - before and not (what == "an attachment" and before):
            yield f"it brings in {what} ({_listed(after - before)}), which the draft does not"
    numbers = {w for w in _NUMBERS.findall(plain) if w not in _NUMBERS.findall(given.lower())}
    if numbers:
        yield f"it brings in a number or a span of time ({_listed(numbers)}) that nobody gave"


# What only the writer can say that they will do, or have done.
_DEEDS = {
    "an attachment": re.compile(r"\b(attach(?:ed|es|ing|ment)?|enclos(?:ed|ing)|herewith)\b"),
    "a promise": re.compile(
        r"\b(?:i(?:'ll| will| am going to|'m going to| shall)|let me) (?:\w+ly |also |then |gladly )?"
        r"(send|call|ring|phone|share|forward|bring|prepare|write|follow|finish|deliver|complete|start|relocate|move|build|show|mail|email|post|drop|come|visit|put|draft|present)\b"
    ),
}
_COUNTS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|dozen|hundred|thousand|million|half|double|twice"
_NUMBERS = re.compile(
    rf"\b(?:{_COUNTS})\b|\b(?:next|last|this|coming) (?:week|month|year|spring|summer|autumn|fall|winter)\b"
)

# Words that another wording may need and that bring no new matter with them.
_REWORDING = frozenset(
    stem(word)
    for word in "far near compared careful carefully including include shan't gladly calm calmly settle settled suit suits brief briefly short shorter "
    "plain plainly simple simply direct directly courteous polite politely understand quite quietly pass passed passing return returned round rounds late later "
    "matter matters mean means meant realise realize recognise recognize aware expect expected expecting allow allows let happen happens happened change changed "
    "changes open opens close closes closer decide word words line lines read reads reader aside afterwards beforehand meanwhile otherwise whichever whatever "
    "whenever wherever whoever ahead along apart because since unless until upon wish wishing wished offer offers offering agree agreed accept accepted prefer preferred "
    "preference choose chosen choice first-choice answer answers eye eyes hand hands heart open-minded worth worthwhile genuine genuinely sound sounds sounded soundly "
    "pick picked picks picking draw drew drawn hang longer least most fewer rest room space pace place places grateful thanks kindness courtesy time-wise weigh weighing "
    "weighed compare comparing candidate applicant competition opening openings vacancy vacancies reconsider reconsidered consider considered suited suitable useful "
    "arrange arranged else elsewhere admire admired keeping touch hope reply replying hand manage managed plenty fully part entirely".split()
)


def _another(version: Message, draft: Message, context: Context) -> Iterator[str]:
    """Whether it has become another message: to somebody else, of another kind."""
    before, after = ({fold(t.low) for t in m.addressees} for m in (draft, version))
    names = {fold(w) for p in context.interviewers for w in _WORD.findall(p.name)} | {
        fold(w) for w in _WORD.findall(draft.to or "")
    }
    if before and after and not (before & after) and not after <= names:
        yield f"it is addressed to {_listed(after)} and not to {_listed(before)}"
    if before and not after:
        yield f"it no longer greets {_listed(before)} by name"
    kind = context.kind or Kind.THANK_YOU
    loose = Context(
        sent=context.sent,
        channel=context.channel,
        promised_reply_by=context.promised_reply_by,
        interviewers=context.interviewers,
    )
    told = kind_of(version, loose)
    if kind_of(draft, loose) is kind and told is not kind and {kind, told} not in _KIN:
        yield f"it has become a {told.replace('_', ' ')} message; it was a {kind.replace('_', ' ')} message"


# Kinds that the words alone hardly tell apart.
_KIN = (
    {Kind.CHECK_IN, Kind.SECOND_CHECK_IN},
    {Kind.SECOND_CHECK_IN, Kind.ADDED_VALUE},
    {Kind.THANK_YOU, Kind.LINKEDIN},
)


def _not_theirs(version: Message, draft: Message, findings: Sequence[Finding]) -> Iterator[str]:
    if any(f.rule in _MUST_LOSE_WORDS for f in findings):
        return
    faulty = [f.span for f in findings if f.span is not None]
    sound = [s.span.of(draft.flat) for s in draft.sentences if not any(span.overlaps(s.span) for span in faulty)]
    if len(sound) >= _FEW and kept_share(version, sound) < _LEAST_KEPT:
        yield "it rewrites sentences with which nothing was wrong; keep those word for word"


_MUST_LOSE_WORDS = frozenset({"too-long", "over-limit"})
_FEW, _LEAST_KEPT = 3, 0.5


def kept_share(version: Message, sentences: Sequence[str]) -> float:
    """Which share of the sentences, by their words, stands in the version as it was or nearly so; 0 to 1.

    A sentence to which something was added is kept.
    """
    theirs = [s.span.of(version.flat).lower().split() for s in version.sentences]
    total = kept = 0
    for sentence in sentences:
        words = sentence.lower().split()
        total += len(words)
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        for other in theirs:
            matcher.set_seq1(other)
            if sum(block.size for block in matcher.get_matching_blocks()) >= _NEARLY * len(words):
                kept += len(words)
                break
    return kept / total if total else 1.0


_NEARLY = 0.7  # of the words, in order


def _leaked(version: Message, draft: Message, prompt: str, marker: str) -> Iterator[str]:
    """Words of the prompt, or of somebody who talks about the message in place of writing it."""
    told = " ".join(words_of(prompt.lower()))
    theirs = " ".join(words_of(draft.low))
    mine = words_of(version.low)
    runs = (" ".join(mine[at : at + _RUN]) for at in range(max(0, len(mine) - _RUN + 1)))
    if (
        marker.strip("-") in version.text
        or any(run in told and run not in theirs for run in runs)
        or (_TALK.search(version.low) and not _TALK.search(draft.low))
    ):
        yield "there is something in it that is no part of the message"
    elif len(orders(version)) > 0:
        yield "it still speaks to a machine"


_RUN = 6  # words in a row that nobody hits upon by chance
_TALK = re.compile(
    r"\bas an ai\b|\blanguage model\b|\brubric\b|^\s*(?:sure|certainly|of course|here(?:'s| is| are))\b[^.\n]{0,60}(?:version|rewrite|draft|message|email)"
    r"|```|\{\s*\"|\bno_pestering\b|\bpersonal_reference\b|<!--|-{5}[0-9a-f]{8,}"
)


def _listed(found: set[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(found)[:4]) + (" …" if len(found) > 4 else "")


def _context_words(context: Context) -> set[str]:
    texts = [
        context.company,
        context.role,
        context.recruiter,
        *(p.name for p in context.interviewers),
        *(p.title for p in context.interviewers),
        *context.topics,
    ]
    words = {w for t in texts if t for w in _words(t)}
    for moment in (context.interviewed_at, context.promised_reply_by, context.sending_at):
        if moment is not None:
            words |= _words(f"{moment:%A %B} {moment.day} {moment:%Y} yesterday today")
    return words


def _words(text: str) -> set[str]:
    return {
        part
        for w in _WORD.findall(flatten(text))
        for part in {fold(w), fold(w).removesuffix("'s"), *re.split(r"['’-]", fold(w))}
        if part
    }
