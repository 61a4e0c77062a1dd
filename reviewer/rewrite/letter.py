"""Edits to a message that keep it a letter: leaving sentences out without holes, putting new ones in place."""

import re
from collections.abc import Iterable
from enum import Enum

from reviewer.finding import Edit
from reviewer.language.acts import Act, readings
from reviewer.message import Message, Part, Sentence, Span

__all__ = ["Place", "apply", "insert", "leaning", "leave_out", "paragraphs", "with_subject"]


class Place(Enum):
    """Where in the body a new sentence goes."""

    FIRST = "first"  # before everything else in the body
    OPENING = "opening"  # at the end of the first paragraph
    WISH = "wish"  # in the last paragraph, before a closing question, offer or next step
    CLOSING = "closing"  # in the last paragraph of the body


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


def paragraphs(message: Message) -> list[list[Sentence]]:
    """The sentences of the body by paragraph: an empty line, or a line break after a full stop, ends one."""
    found: list[list[Sentence]] = []
    body = message.spans(Part.BODY)
    for sentence in message.sentences:
        if not any(sentence.span in part for part in body):
            continue
        gap = message.text[found[-1][-1].span.end : sentence.span.start] if found else ""
        if not found or "\n" in gap:
            found.append([])
        found[-1].append(sentence)
    return found


# A sentence that starts so leans on the one before it, and falls with it.
_LEANING = re.compile(
    r"(?:and|but|so|or|because|otherwise|anyway|then|which|that|this|these|those|they|it|he|she|if not|if so|the rest|"
    r"the other|in return|in that case|even so|same|neither|nor|either way|instead|also|not that|yet)\b",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"(?:[-*•]|\(?\d{1,2}[.)])?\s*")


def leaning(message: Message, sentence: Sentence) -> bool:
    """Whether a sentence says nothing without the one before it."""
    return _LEANING.match(message.flat, sentence.span.start, sentence.span.end) is not None


def leave_out(message: Message, spans: Iterable[Span]) -> str:
    """The text without these places, without the marks of list items left empty, and without holes."""
    edits = []
    for span in spans:
        line = message.text.rfind("\n", 0, span.start) + 1
        before = message.text[line : span.start]
        alone = message.text[span.end : span.end + 1] in {"", "\n"} and _LIST_MARK.fullmatch(before) is not None
        edits.append(Edit(Span(line, span.end) if alone else span, ""))
    text = apply(message.text, edits)
    text = re.sub(r"[ \t]+(?=\n)", "", text)
    text = re.sub(r"(?<=\n)[ \t]+(?=\S)", "", text)
    text = re.sub(r"(?<=\S)[ \t]{2,}(?=\S)", " ", text)
    for mark in set(_EMPTY_ITEM.findall(text)) - set(_EMPTY_ITEM.findall(message.text)):
        text = text.replace(mark, "\n")
    return re.sub(r"\n{3,}", "\n\n", text)


_EMPTY_ITEM = re.compile(r"\n(?:[-*•]|\(?\d{1,2}[.)])(?=\n|\Z)")


def insert(message: Message, sentence: str, place: Place) -> str:
    """The text with one sentence more in the body, in a message of one line as of many."""
    body = message.spans(Part.BODY)
    if not body:
        return _into_empty(message, sentence)
    parts = paragraphs(message)
    if not parts:
        return apply(message.text, [Edit(Span(body[0].start, body[0].start), sentence + " ")])
    if place is Place.FIRST:
        at = parts[0][0].span.start
        return apply(message.text, [Edit(Span(at, at), sentence + " ")])
    if place is Place.OPENING:
        return _after(message, parts[0][-1], " " + sentence)
    last = parts[-1][-1]
    if place is Place.WISH and _closes(message, last):
        return apply(message.text, [Edit(Span(last.span.start, last.span.start), sentence + " ")])
    gap = "\n\n" if "\n\n" in message.text and len(parts) == 1 and len(parts[0]) > 1 else " "
    return _after(message, last, gap + sentence)


def _closes(message: Message, sentence: Sentence) -> bool:
    """Whether a sentence asks, offers, or points to what comes next."""
    return any(
        max(reading[act] for act in (Act.ASK, Act.OFFER, Act.NEXT)) >= _LIKELY
        for reading in readings(message)
        if reading.clause.sentence.span == sentence.span
    )


_LIKELY = 0.4


def _after(message: Message, last: Sentence, addition: str) -> str:
    """The addition behind a sentence, which gets the full stop that it may lack."""
    end = last.span.end
    stop = "" if message.text[end - 1] in _STOPS else "."
    return apply(message.text, [Edit(Span(end, end), stop + addition)])


_STOPS = frozenset(".!?…:)\"'”’]")


def _into_empty(message: Message, sentence: str) -> str:
    """A body where there is none: between the greeting and what closes the message."""
    text = message.text
    greeting = message.greeting
    at = (
        greeting.end
        if greeting is not None
        else next((r.span.end for r in message.regions if r.part is Part.HEADER), 0)
    )
    head, tail = text[:at].rstrip(), text[at:].strip()
    return "\n\n".join(part for part in (head, sentence, tail) if part) + ("\n" if text.endswith("\n") else "")


_SUBJECT = re.compile(r"(?im)^subject[ \t]*:[^\n]*")


def with_subject(message: Message, subject: str) -> str:
    """The text with its own `Subject:` line changed, where it has one."""
    header = next((r.span for r in message.regions if r.part is Part.HEADER), None)
    found = _SUBJECT.search(message.text, 0, header.end) if header is not None else None
    return message.text if found is None else apply(message.text, [Edit(Span(*found.span()), f"Subject: {subject}")])
