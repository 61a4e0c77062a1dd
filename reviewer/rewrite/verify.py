"""The door that every rewrite passes: nothing in it that is in neither draft nor context."""

import re

from reviewer.context import Context
from reviewer.language.names import fold
from reviewer.message import Message
from reviewer.rubric import Rubric

__all__ = ["unknown_facts"]

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
    known |= {w for s in sentences for w in _words(s)} | _PLAIN
    plain = _BLANK.sub(" ", f"{version.subject or ''}\n{version.text}")
    found = {match.group() for match in _FACT.finditer(plain)}
    found |= {w for w in _WORD.findall(plain) if w.lower() in _DATES}
    return {fact for fact in found if not _words(fact) <= known}


def _context_words(context: Context) -> set[str]:
    texts = [
        context.company,
        context.role,
        context.recruiter,
        *(p.name for p in context.interviewers),
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
        for w in _WORD.findall(text)
        for part in {fold(w), fold(w).removesuffix("'s"), *re.split(r"['’-]", fold(w))}
        if part
    }
