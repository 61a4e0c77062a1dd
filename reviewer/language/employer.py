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
# A capitalised name in mid-sentence; one of the words below must lead up to it.
_EMPLOYER = re.compile(rf"(?<=[a-z/] ){_NAME}")
_LEADS = re.compile(
    r"\b(?:role|position|post|job|opportunity|interview|opening|internship|vacancy|conversation|team|everyone|going|started|work|start|asset|interest|contribute)"
    r"(?:\s+(?:here|there|you|all|today|yesterday|with))*\s+(?:at|with|w/|for|to|in)$"
    r"|\b(?:join|joining|part of|working (?:for|at)|work for)(?:\s+the)?$"
)
_ROLE = re.compile(
    r"(?<=the |our |his |for | of )(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in|for)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){0,4})\s+(?P<noun>role|position|post|job|opening|vacancy|internship|appointment|spot)\b"
)
_POST_OF = re.compile(
    r"\b(?:role|position|post|job)\s+(?:of|as)\s+(?:an?\s+)?(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){0,4})"
)
_PAST = re.compile(r"\b(?:held|had|did|was|worked|left|previous|former|last|current|old|my)\b[^.\n]{0,24}$")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas linkedin zoom teams english i hr".split()
)
_LEVELS = frozenset(
    "senior junior lead head chief principal assistant associate trainee graduate sr jr the a of and in for".split()
)


def companies_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a firm other than the known one is named as the employer."""
    return message.once(_companies_named, context) if context.company is not None else ()


def _companies_named(message: Message, context: Context) -> tuple[Span, ...]:
    company = context.company or ""
    squashed = fold(company).replace(" ", "")
    places = [p for p in _employers(message) if not squashed.startswith(fold(p.of(message.text)).replace(" ", ""))]
    if not places:
        return ()
    known = _words(company) | {_initials(company)} | _words(context.role or "") | _words(message.to or "")
    for name in (*(p.name for p in context.interviewers), *context.topics):
        known |= _words(name)
    return tuple(p for p in places if _is_stranger(message, p, known))


def _employers(message: Message) -> Iterator[Span]:
    """The capitalised names that stand where an employer's name stands."""
    for part in message.body:
        for match in _EMPLOYER.finditer(message.flat, part.start, part.end):
            start = match.start()
            if _LEADS.search(message.flat, max(part.start, start - 60), start - 1):
                yield _trimmed(message, start, match.end())


def _trimmed(message: Message, start: int, end: int) -> Span:
    name = message.flat[start:end].rstrip(".,'-")
    return Span(start, start + len(name.removesuffix("'s")))


def roles_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a job other than the known one is named."""
    return message.once(_roles_named, context) if context.role is not None else ()


def _roles_named(message: Message, context: Context) -> tuple[Span, ...]:
    role = context.role or ""
    places = [
        _trimmed(message, *match.span("name"))
        for part in message.body
        for pattern in (_ROLE, _POST_OF)
        for match in pattern.finditer(message.flat, part.start, part.end)
    ]
    if not places:
        return ()
    known = _words(role) | {_initials(role)} | _words(context.company or "")
    for topic in context.topics:
        known |= _words(topic)
    return tuple(
        dict.fromkeys(p for p in places if _is_stranger(message, p, set()) and _is_other_job(p.of(message.text), known))
    )


def _is_other_job(name: str, known: set[str]) -> bool:
    words = _words(name) - _LEVELS
    if not words or words <= known:
        return False
    long = [k for k in known if len(k) > 3]
    return not any(w.startswith(k[:4]) or k.startswith(w[:4]) for w in words - known for k in long)


def _is_stranger(message: Message, place: Span, known: set[str]) -> bool:
    words = _words(place.of(message.text))
    if not words or words & known or words <= _DAYS or all(w.isdigit() for w in words):
        return False
    return not _PAST.search(message.flat, max(0, place.start - 45), place.start)


def _words(name: str) -> set[str]:
    return {fold(w) for w in re.findall(r"[^\W_]+", name) if len(w) > 1 or w.isdigit()}


def _initials(name: str) -> str:
    return "".join(fold(w)[:1] for w in re.findall(r"[^\W_]+", name) if w[0].isupper())
