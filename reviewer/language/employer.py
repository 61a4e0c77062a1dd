"""Which firm and which job a draft names as the reader's, where they are not the ones known.

Only a capitalised name in a place that can only mean the employer counts ("the role at X", "join X"); the
writer's own past ("At X I ran…") does not.
"""

import re
from collections.abc import Iterator

from reviewer.context import Context
from reviewer.language.names import fold
from reviewer.message import Message, Span

__all__ = ["companies_named", "roles_named"]

_NAME = r"(?P<name>[A-Z0-9À-Þ][\w&'’.-]*(?:\s+(?:&\s+|of\s+|and\s+(?=[A-Z])|the\s+)?[A-Z0-9À-Þ][\w&'’.-]*){0,4})"
_AT = re.compile(
    rf"\b(?:role|position|post|job|opportunity|interview|opening|internship|vacancy|conversation|team|everyone|going|started|work|start|asset|interest)\b(?:\s+(?:here|there|you|all|today|yesterday|with))*\s+(?:at|with|w/|for|to|in)\s+(?!the\b|an?\b){_NAME}"
)
_JOIN = re.compile(rf"\b(?:join|joining|asset to|part of|contribute to|working (?:for|at)|work for)\s+(?:the\s+)?{_NAME}")
_ROLE = re.compile(
    r"\b(?:the|your|this|for|of)\s+(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in|for)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){0,4})\s+(?P<noun>role|position|post|job|opening|vacancy|internship|appointment|spot)\b"
)
_POST_OF = re.compile(
    r"\b(?:role|position|post|job)\s+(?:of|as)\s+(?:an?\s+)?(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){0,4})"
)
_PAST = re.compile(r"\b(?:held|had|did|was|worked|left|previous|former|last|current|old|my)\b[^.\n]{0,24}$")
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas linkedin zoom teams english i hr".split())
_LEVELS = frozenset("senior junior lead head chief principal assistant associate trainee graduate sr jr the a of and in for".split())


def companies_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a firm other than the known one is named as the employer."""
    if context.company is None:
        return ()
    known = _words(context.company) | {_initials(context.company)} | _words(context.role or "")
    for person in context.interviewers:
        known |= _words(person.name)
    for topic in context.topics:
        known |= _words(topic)
    if message.to:
        known |= _words(message.to)
    return tuple(_strangers(message, (_AT, _JOIN), known, squashed=fold(context.company).replace(" ", "")))


def roles_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a job other than the known one is named."""
    if context.role is None:
        return ()
    known = _words(context.role) | {_initials(context.role)} | _words(context.company or "")
    for topic in context.topics:
        known |= _words(topic)
    found = []
    for span in _strangers(message, (_ROLE, _POST_OF), set(), squashed=""):
        words = _words(span.of(message.text)) - _LEVELS
        if words and not words <= known and not any(w.startswith(k[:4]) or k.startswith(w[:4]) for w in words - known for k in known if len(k) > 3):
            found.append(span)
    return tuple(found)


def _strangers(message: Message, patterns: tuple[re.Pattern[str], ...], known: set[str], squashed: str) -> Iterator[Span]:
    seen = set()
    for part in message.body:
        for pattern in patterns:
            for match in pattern.finditer(message.flat, part.start, part.end):
                name = match["name"].rstrip(".,'’-")
                if name.endswith(("'s", "’s")):
                    name = name[:-2]
                span = Span(match.start("name"), match.start("name") + len(name))
                words = _words(name)
                if not words or words & known or words <= _DAYS or span in seen:
                    continue
                if squashed and squashed.startswith(fold(name).replace(" ", "")):
                    continue
                if _PAST.search(message.flat, max(part.start, match.start() - 40), match.start()):
                    continue
                seen.add(span)
                yield span


def _words(name: str) -> set[str]:
    return {fold(w) for w in re.findall(r"[^\W_]+", name) if len(w) > 1 or w.isdigit()}


def _initials(name: str) -> str:
    return "".join(fold(w)[:1] for w in re.findall(r"[^\W_]+", name) if w[0].isupper())
