"""What the page of a cohort has of each draft: its review, its text and who wrote it, with names or without."""

import re
from collections.abc import Mapping
from typing import Any

from reviewer.context import Context
from reviewer.digest import sha256
from reviewer.message import Message
from reviewer.redact import Redaction

__all__ = ["entry_of"]

_KEPT = ("id", "kind", "verdict", "score")
_LEAST = 5  # words: of a shorter sentence there are not many to choose from
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_I = re.compile(r"I(?:['’]\w+)?")


def entry_of(
    result: Mapping[str, Any],
    message: Message | None = None,
    context: Context | None = None,
    *,
    client: str | None = None,
    redaction: Redaction | None = None,
    words: bool = True,
) -> dict[str, Any]:
    """A mapping for `Cohort.add`, of a mapping of the contract and, where there is one, the draft that it is of.

    With a redaction, names give way to stand-ins (an error is taken as it is). Without `words` nothing is in it that
    quotes the draft.
    """
    hide = redaction.hide if redaction is not None else str
    context = context or Context()
    on = context.sending_at or context.interviewed_at
    text = None if message is None else hide(message.text)
    entry: dict[str, Any] = {
        "id": result["id"],
        "client": client,
        "on": None if on is None else on.isoformat()[:10],
        "text": text,
        "to": _hidden(message and message.to, hide),
        "subject": _hidden(message and message.subject, hide),
        "company": _hidden(context.company, hide),
        "role": context.role if redaction is None else None,  # most of it would be stand-ins
    }
    if "error" in result:
        return {**entry, "error": result["error"]["reason"]}
    rewrite = result["rewrite"] if words else None
    return {
        **entry,
        **{key: result[key] for key in _KEPT},
        "criteria": {name: [one["score"], one["level"]] for name, one in result["criteria"].items()},
        "reasons": {name: hide(one["reason"]) for name, one in result["criteria"].items() if one["reason"] and words},
        "findings": [_finding(finding, text, message, hide, words) for finding in result["findings"]],
        "rewrite": None
        if rewrite is None
        else {
            "text": hide(rewrite["text"]),
            "subject": _hidden(rewrite["subject"], hide),
            "score": rewrite["score"],
        },
        "said": [] if text is None else _said(Message(text) if redaction is not None else message or Message(text)),
    }


def _hidden(text: str | None, hide: Any) -> str | None:
    return None if text is None else hide(text)


def _finding(
    finding: Mapping[str, Any], text: str | None, message: Message | None, hide: Any, words: bool
) -> dict[str, Any]:
    kept = {key: finding[key] for key in ("rule", "criterion", "severity", "by", "points", "why", "sources")}
    if not words:
        return {**kept, "message": "", "quote": "", "at": None, "fix": None}
    span, quote, at = finding["span"], hide(finding["quote"]), None
    if span is not None and text is not None and message is not None:
        quote = hide(message.text[span["start"] : span["end"]])
        at = _place(quote, text, span["start"] * len(text) // max(1, len(message.text)))
        quote = "" if at is None else quote  # what is hidden in its draft is not to be read here
    fix = finding["fix"] and finding["fix"]["title"]
    return {
        **kept,
        "message": hide(finding["message"]),
        "quote": quote,
        "at": at,
        "fix": fix if fix is None or fix == hide(fix) else None,
    }


def _place(quote: str, text: str, near: int) -> list[int] | None:
    """Where the words stand, at the place that is nearest to where they should."""
    places = [match.start() for match in re.finditer(re.escape(quote), text)]
    if not quote or not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    return [start, start + len(quote)]


def _said(message: Message) -> list[tuple[str, str]]:
    """Each sentence that is long enough, with a digest that is the same whatever names and numbers are in it."""
    said = []
    for sentence in message.sentences:
        text = " ".join(sentence.span.of(message.text).split())
        found = _WORD.findall(text)
        bare = ["…" if _varies(word, first=not n) else word.casefold() for n, word in enumerate(found)]
        if sum(word != "…" for word in bare) >= _LEAST:
            said.append((sha256(" ".join(bare).encode("utf-8", "replace")).hexdigest()[:16], text))
    return said


def _varies(word: str, *, first: bool) -> bool:
    """Whether a word is a name or a number, which a template leaves open."""
    return any(c.isdigit() for c in word) or (word[0].isupper() and not first and not _I.fullmatch(word))
