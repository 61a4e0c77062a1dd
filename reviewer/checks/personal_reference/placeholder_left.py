"""A blank of a template was left open."""

import re
from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.message import Message, Part, Span
from reviewer.patterns import pattern

_PLACEHOLDER = pattern(
    r"\{\{[^}\n]{1,60}\}\}|\{[A-Za-z][\w ]{1,40}\}"
    r"|\[(?!sic\]|\d{4}\]|\.{3}\]|…\])(?=[^\]\n]{0,80}[A-Za-z]{2})[^\]\n]{2,80}\]"
    r"|<(?=[^>\n]{0,60}[a-z])(?:your |the |insert |my |company|role|name|position|date|topic|title|interviewer|first|last|recipient|job|manager)[\w ,.'/-]{0,40}>"
    r"|\b[Xx]{2,}\b(?:/[Xx]{2,}\b)*|(?<!\w)_{3,}(?!\w)|\bINSERT [A-Z ]{3,40}|\b(?:YOUR NAME|COMPANY NAME|JOB TITLE|TBC NAME)\b|\blorem ipsum\b"
    r"|\b(?:Firstname|Lastname|FirstName|LastName)\b",
)
_OWN = (Part.GREETING, Part.BODY, Part.SIGN_OFF, Part.SIGNATURE)
_MAYBE = (
    "[",
    "{",
    "<",
    "___",
    "xx",
    "XX",
    "INSERT",
    "NAME",
    "TITLE",
    "orem ipsum",
    "irstname",
    "astname",
    "irstName",
    "astName",
)
_LEFTOVER_SIGNATURE = pattern(r"^\s*(?:candidate|your name|applicant|name|full name|the candidate)\s*$", re.IGNORECASE)


@check(
    Flags(text="Dear [Interviewer Name],\n\nThank you for today.\n\nBo", at="[Interviewer Name]"),
    Flags(text="Dear Ana,\n\nI have XX years of experience.\n\nBo", at="XX"),
    Passes(text="Dear Ana,\n\nThe case is [2021] EWHC 4127 (Ch), and the train shall be detecting [sic] itself.\n\nBo"),
    Passes(text="Dear Ana,\n\nReturning Result<Route, Conflict> is cleaner than my Option<T>.\n\nBo"),
)
def placeholder_left(message: Message, context: Context) -> Iterator[Hit]:
    """A blank left open says that the letter is a form, and that nobody read it before it went."""
    found = _PLACEHOLDER.finditer(message.text) if any(mark in message.text for mark in _MAYBE) else ()
    for match in found:
        span = Span(match.start(), match.end())
        if any(span.overlaps(own) for own in message.spans(*_OWN)) and not _is_kisses(message, match):
            yield Hit(
                "Fill in this blank, or take it out.",
                span,
                Fix("Fill it in", (), Safety.EXAMPLE),
                Degree.GRAVE,
            )
    if message.subject and (blank := _PLACEHOLDER.search(message.subject)):
        yield Hit(f"The subject still has a blank: {blank.group()}", None, None, Degree.GRAVE)
    if message.sender is not None and _LEFTOVER_SIGNATURE.match(message.sender):
        yield Hit(
            f"Sign with your name, not with “{message.sender}”.",
            next(iter(message.spans(Part.SIGNATURE)), None),
            None,
            Degree.GRAVE,
        )


def _is_kisses(message: Message, match: re.Match[str]) -> bool:
    """`hun xx` at the end of a line is a kiss, not a blank."""
    return (
        match.group().islower()
        and set(match.group()) == {"x"}
        and not message.text[match.end() : match.end() + 2].strip(" .!").isalpha()
    )
