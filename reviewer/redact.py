"""Redaction: names, addresses, numbers and links give way to stand-ins before a text is sent, and come back after.

A stand-in is the same wherever the name stands, so that a reader still sees who is who. Better too much than too
little: besides everyone known from the notes, the greeting and the signature, every capitalised word that is not
plainly a word of the language is hidden. What is left (the story itself) may still tell who wrote it.
"""

import re
from typing import Any, TypeVar

from pydantic import BaseModel

from reviewer.context import Context
from reviewer.language.detail import specific_stem
from reviewer.language.names import fold
from reviewer.message import Message, Part

__all__ = ["Redaction"]

T = TypeVar("T", bound=BaseModel)

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|co|me|in|uk|edu)(?:/[^\s<>\"')\]]*)?\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}")
_STAND_IN = re.compile(r"(?:mail|link|phone|Name)\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAPITAL = re.compile(r"(?<=[^.!?…:;\s\"“(•*-][ \t])[A-ZÀ-Þ][^\W_]*(?:[-'’][^\W_]+)*|\b[^\W\d_]*[a-z][A-Z][^\W_]*")
_PLAIN = frozenset(
    "i i'm i'd i've i'll monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december dear hi hello thank thanks kind best regards sincerely yours "
    "subject re cv hr ceo cto ok mr mrs ms miss dr prof professor sir madam".split()
)


class Redaction:
    """The stand-ins of one draft and its notes."""

    def __init__(self, message: Message, context: Context) -> None:
        self._texts = " ".join(
            (message.text, message.subject or "", message.to or "", *_known(context), *context.topics)
        )
        self._hidden: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._patterns = {
            "mail": _MAIL,
            "link": _LINK,
            "phone": _PHONE,
            "Name": _names(message, context, self._texts),
        }

    @classmethod
    def none(cls) -> "Redaction":
        """One that hides nothing."""
        none = cls(Message(""), Context())
        none._patterns = {}
        return none

    def hide(self, text: str) -> str:
        """The text with a stand-in for everything that tells who is meant."""
        for stem, pattern in self._patterns.items():
            text = pattern.sub(lambda m, stem=stem: self._stand_in(stem, m.group()), text)  # type: ignore[misc]
        return text

    def show(self, text: str) -> str:
        """The text with what the stand-ins stand for."""
        return _STAND_IN.sub(lambda m: self._shown.get(m.group(), m.group()), text)

    def shown(self, answer: T) -> T:
        """An answer with every text in it shown."""
        changed = {name: self._show_in(value) for name, value in answer}
        return answer.model_copy(update=changed)

    def _show_in(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.show(value)
        if isinstance(value, BaseModel):
            return self.shown(value)
        return [self._show_in(item) for item in value] if isinstance(value, list) else value

    def _stand_in(self, stem: str, text: str) -> str:
        if text in self._shown or (stem == "phone" and not _is_phone(text)):
            return text
        if text not in self._hidden:
            number = len(self._hidden) + 1
            while f"{stem}{number}" in self._texts:
                number += 1000
            self._hidden[text] = f"{stem}{number}"
            self._shown[f"{stem}{number}"] = text
        return self._hidden[text]


def _is_phone(number: str) -> bool:
    return sum(c.isdigit() for c in number) >= _DIGITS and _DATE.fullmatch(number.strip()) is None


_DIGITS = 7


def _names(message: Message, context: Context, texts: str) -> re.Pattern[str]:
    """Every word of a name: in any case where it is no common word, else as it is written in a name."""
    signature = [span.of(message.text) for span in message.spans(Part.SIGNATURE)]
    addressed = [token.span.of(message.text) for token in message.addressees]
    given = [*_known(context), message.to or "", message.sender or "", *signature, *addressed]
    words = {w for text in given for w in _WORD.findall(text)} | {m.group() for m in _CAPITAL.finditer(texts)}
    words = {re.sub(r"['’]s$", "", w) for w in words}
    words = {w for w in words if len(w) > 1 and fold(w) not in _PLAIN}
    rare = sorted((w for w in words if specific_stem(w.lower()) is not None), key=len, reverse=True)
    common = sorted((w for w in words - set(rare) if w[0].isupper()), key=len, reverse=True)
    parts = [rf"(?i:{'|'.join(map(re.escape, rare))})"] if rare else []
    parts += [rf"(?:{'|'.join(map(re.escape, common))})"] if common else []
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else re.compile(r"(?!)")


def _known(context: Context) -> list[str]:
    people = [*(p.name for p in context.interviewers), context.recruiter, context.company]
    return [name for name in people if name]
