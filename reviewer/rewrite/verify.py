"""The door that every rewrite passes: nothing in it that is in neither draft nor context.

`mend` asks after every step; what a model's rewrite must bear besides is in `objections.py`.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

from reviewer.context import Context
from reviewer.language.names import fold
from reviewer.message import Message
from reviewer.rubric import Rubric
from reviewer.text import flatten, lower
from reviewer.text import words as words_of

__all__ = [
    "BLANK",
    "NEARLY",
    "PLAIN",
    "WORD",
    "context_words",
    "given_words",
    "kept_share",
    "name_words",
    "overlap",
    "unknown_facts",
]

_CAPITAL = re.compile(r"(?<![.!?…:\n] )(?<![.!?…:\n])(?<!^)\b(?:[A-ZÀ-Þ][\w'’-]+|[B-HJ-Z]\b)")
_TOKEN = re.compile(r"[^\W_]+(?:[.,:/-][^\W_]+)*")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
BLANK = re.compile(r"\[[^\]\n]{0,120}\]")
_DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today tomorrow".split()
)
PLAIN = frozenset("i i'm i'd i've i'll dear hi hello thank thanks could would please".split())


def unknown_facts(version: Message, draft: Message, context: Context, rubric: Rubric) -> set[str]:
    """Names, numbers and days in a version that neither the draft, nor the context, nor the rubric gives.

    Blanks in square brackets are no facts. Case and accents do not matter.
    """
    known = given_words(draft, context) | {part for word in PLAIN for part in name_words(word)}
    plain = BLANK.sub(" ", f"{version.subject or ''}\n{version.text}")
    named = {m.group() for m in _CAPITAL.finditer(plain)}
    named |= {t for t in _TOKEN.findall(plain) if any(c.isdigit() for c in t)}
    named = {fact for fact in named if not name_words(fact) <= known | _openings(rubric)}
    ours = {w for sentence in _sentences(rubric) for w in name_words(sentence)}
    days = {w for w in WORD.findall(plain) if w.lower() in _DATES and not name_words(w) <= known | ours}
    return named | days


def given_words(draft: Message, context: Context) -> set[str]:
    return (
        name_words(draft.text) | name_words(draft.subject or "") | name_words(draft.to or "") | context_words(context)
    )


def _sentences(rubric: Rubric) -> list[str]:
    return [s for kinds in rubric.rewriting.sentences.values() for variants in kinds.values() for s in variants]


def _openings(rubric: Rubric) -> set[str]:
    """Words that the rubric's own sentences write with a capital."""
    return {part for s in _sentences(rubric) for w in WORD.findall(s) if w[0].isupper() for part in name_words(w)}


def kept_share(version: Message, sentences: Sequence[str]) -> float:
    """Which share of the sentences, by their words, stands in the version as it was or nearly so; 0 to 1.

    A sentence to which something was added is kept.
    """
    theirs = [list(s.words) for s in version.sentences]
    total = kept = 0
    for sentence in sentences:
        words = words_of(lower(flatten(sentence)))
        total += len(words)
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
        if any(overlap(words, other, matcher) >= NEARLY for other in theirs):
            kept += len(words)
    return kept / total if total else 1.0


NEARLY = 0.7  # of the words, in order


def overlap(words: Sequence[str], other: Sequence[str], matcher: SequenceMatcher[str] | None = None) -> float:
    """Which share of the words stands in the other, in order; the matcher may have the words already."""
    if matcher is None:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(words)
    matcher.set_seq1(other)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words) if words else 1.0


def context_words(context: Context) -> set[str]:
    texts = [
        context.company,
        context.role,
        context.recruiter,
        *(p.name for p in context.interviewers),
        *(p.title for p in context.interviewers),
        *context.topics,
    ]
    words = {w for t in texts if t for w in name_words(t)}
    if context.channel is not None:
        words |= name_words(context.channel)
    sent = [s.at for s in context.sent]
    for moment in (context.interviewed_at, context.promised_reply_by, context.sending_at, *sent):
        if moment is not None:
            words |= name_words(f"{moment:%A %B} {moment.day} {moment:%Y} yesterday today")
        if isinstance(moment, datetime):
            words |= name_words(
                f"{moment:%H:%M} {moment.hour % 12 or 12}am {moment.hour % 12 or 12}pm {moment.hour % 12 or 12}"
            )
    return words


def name_words(text: str) -> set[str]:
    return {
        part
        for w in WORD.findall(flatten(text))
        for part in {fold(w), fold(w).removesuffix("'s"), *re.split(r"['’-]", fold(w))}
        if part
    }
