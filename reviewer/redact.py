"""Redaction: names, addresses, numbers and links give way to stand-ins before a text is sent, and come back after.

A stand-in is the same wherever the name stands, so that a reader still sees who is who. Better too much than too
little: besides everyone known from the notes, the greeting and the signature, in any case and accent, every capitalised
word is hidden that does not just begin a sentence as any word would, and every word in capitals that is neither an
abbreviation of ordinary prose nor a word that would fit any interview: a skill (SQL) as well as a firm. It hides what it
recognises, no more, and the story itself may still tell who wrote it.
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

# What is hidden whole, with the stem of its stand-in; the first that matches.
_WHOLE = {
    "mail": re.compile(
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}|[\w.+-]{1,64} ?[\[(]at[\])] ?[\w-]{1,63}(?: ?(?:[\[(]dot[\])]|\.) ?[\w-]{1,63}){1,8}",
        re.IGNORECASE,
    ),
    "link": re.compile(
        r"\b\w{1,20}://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,24}/[^\s<>\"')\]]*|[A-Za-z]:\\\S+"
        r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:com|org|net|io|dev|co|me|in|uk|edu|eu|de|fr|ai|app|info|biz|museum)\b",
        re.IGNORECASE,
    ),
    "handle": re.compile(
        r"(?<!\w)@\w{2,}|\b(?:github|gitlab|linkedin|twitter|instagram|telegram|skype|discord|whatsapp|signal)\s*[:/]\s*@?[\w./-]+",
        re.IGNORECASE,
    ),
    "account": re.compile(
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}(?: ?[A-Z0-9]{1,4})?\b|\b\d{2}-\d{2}-\d{2}\b", re.IGNORECASE
    ),
    "address": re.compile(
        r"\b\d{1,5}[a-z]?,? (?:[\w'’.-]+ ){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|court|ct|square|sq|close|terrace|place|row|boulevard|blvd)\b\.?"
        r"|\b(?:apt|flat|unit|suite|postfach|po box|p\.o\. box)\.? ?#?\w{1,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
        re.IGNORECASE,
    ),
    "firm": re.compile(  # AT&T, 3M; not R&D, Q3, 90K
        r"\b(?!(?:R&D|Q&A|P&L|M&A|F&B|Q[1-4]|H[12]|[23]D|[345]G|\d+K)\b)(?:[A-Z]{1,6}(?:&[A-Z]{1,6})+|\d{1,3}[A-Z]|[A-Z]{1,6}\d{1,3})\b"
    ),
    "phone": re.compile(r"(?<![\w-])\+?\(?\d[\d ().-]{5,}\d(?![\w-])"),
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}")
_DIGITS = 7  # of a telephone number
_STAND_IN = re.compile(rf"(?:{'|'.join(_WHOLE)}|Name)\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADVERB = re.compile(  # what begins a sentence and ends so is no Emily
    r"\w{2,}(?:[ai]bly|[aeu]tely|ingly|edly|fully|[cn]ally|ously|ively|[ae]ntly|[cs]ely|essly|ckily)|sadly|fondly|warmly|lastly|gladly"
)
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?…:;\n\"“(•*-])\s*$")
_SHORT_WORDS = frozenset(
    "ah am an as at be by do go ha he hi if in is it me mr my no of oh ok on or so to up us we ye".split()
)
# Abbreviations that anybody writes in capitals.
_ABBREVIATIONS = frozenset(
    "cv hr pm ps nb pr ai qa ux ui tv id re cc eu uk us usa ceo cto cfo coo cio vp svp evp md phd mba ba bsc msc fyi asap eod eob eow "
    "cob rsvp tbd tba tbc faq pdf diy lol est edt cst cdt mst mdt pst pdt gmt bst cet cest utc".split()
)
# Words of letters that are hidden only with a capital, because they are words of the language too.
_COMMON = (
    frozenset(
        "will may mark hope grace faith joy art bill rob sue pat best target apple may june april august summer page".split()
    )
    | _SHORT_WORDS
)
_PLAIN = frozenset(
    "i i'm i'd i've i'll monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december dear hi hello hey thank thanks kind best regards sincerely yours cheers "
    "subject re cv hr ceo cto ok mr mrs ms miss dr prof professor sir madam the and of for".split()
)


class Redaction:
    """The stand-ins of one draft and its notes."""

    def __init__(self, message: Message, context: Context) -> None:
        self._texts = " ".join(
            (message.text, message.subject or "", message.to or "", *_known(context), *context.topics)
        )
        self._hidden: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._names = _names(message, context)
        odd = [re.escape(name) for name in _known(context) if any(c.isdigit() or c == "&" for c in name)]
        self._odd = re.compile(rf"(?<!\w)(?:{'|'.join(odd)})(?!\w)", re.IGNORECASE) if odd else None
        self._hides = True

    @classmethod
    def none(cls) -> "Redaction":
        """One that hides nothing."""
        none = cls(Message(""), Context())
        none._hides = False
        return none

    def hide(self, text: str) -> str:
        """The text with a stand-in for everything that tells who is meant."""
        if not self._hides:
            return text
        if self._odd is not None:  # a name that its words alone would not tell
            text = self._odd.sub(lambda m: self._stand_in("Name", m.group()), text)
        for stem, pattern in _WHOLE.items():
            text = pattern.sub(lambda m, stem=stem: self._whole(stem, m.group()), text)  # type: ignore[misc]
        return _WORD.sub(self._word, text)

    def _whole(self, stem: str, found: str) -> str:
        if stem == "phone" and (sum(c.isdigit() for c in found) < _DIGITS or _DATE.fullmatch(found.strip())):
            return found
        return found if _STAND_IN.fullmatch(found) else self._stand_in(stem, found)

    def _word(self, match: re.Match[str]) -> str:
        word = match.group()
        bare = re.sub(r"['’]s$", "", word)
        if match.string[match.end() : match.end() + 1].isdigit() and _STAND_IN.match(match.string, match.start()):
            return word
        if self._is_name(bare, match.string, match.start()):
            return self._stand_in("Name", bare) + word[len(bare) :]
        return (
            "-".join(self._stand_in("Name", p) if self._known(p) else p for p in word.split("-"))
            if "-" in word
            else word
        )

    def _known(self, word: str) -> bool:
        folded = fold(word)
        return folded in self._names and (folded not in _COMMON or word[0].isupper())

    def _is_name(self, word: str, text: str, at: int) -> bool:
        """A word of a known name, one in another script, or one with a capital that is no word of any letter."""
        folded = fold(word)
        if self._known(word) or _is_foreign(word):
            return True
        if not word[0].isupper() or folded in _PLAIN or len(word) < 2:
            return any(c.isupper() for c in word[1:]) and any(c.islower() for c in word)
        if word.isupper():
            short = len(word) == 2 and folded not in _SHORT_WORDS
            return folded not in _ABBREVIATIONS and (short or specific_stem(folded) is not None)
        if _SENTENCE_STARTS.search(text[max(0, at - 3) : at]):
            return specific_stem(folded) is not None and not _ADVERB.fullmatch(folded)
        return True

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
        """The same for one name however it is written; what comes back is as it was written first."""
        key = fold(text)
        if key not in self._hidden:
            number = len(self._hidden) + 1
            while f"{stem}{number}" in self._texts:
                number += 1000
            self._hidden[key] = f"{stem}{number}"
            self._shown[f"{stem}{number}"] = text
        return self._hidden[key]


def _is_foreign(word: str) -> bool:
    """Whether it is written in another script than the Latin one."""
    return not word.isascii() and any(c.isalpha() and ord(c) > _LATIN and not 0x1E00 <= ord(c) <= 0x1EFF for c in word)


_LATIN = 0x24F


def _names(message: Message, context: Context) -> frozenset[str]:
    """Every word of the names that are known: from the notes, the greeting, the signature, the last line."""
    signature = [span.of(message.text) for span in message.spans(Part.SIGNATURE)]
    addressed = [token.span.of(message.text) for token in message.addressees]
    last = next((line.strip() for line in reversed(message.text.splitlines()) if line.strip()), "")
    given = [*_known(context), message.to or "", message.sender or "", *signature, *addressed]
    given += [last] if len(last.split()) <= _SHORT_LINE else []
    words = {fold(re.sub(r"['’]s$", "", w)) for text in given for w in _WORD.findall(text)}
    words |= {part for word in words for part in word.split("-")}
    return frozenset(w for w in words if len(w) > 1 and w not in _PLAIN)


_SHORT_LINE = 4  # words: a name, not a sentence


def _known(context: Context) -> list[str]:
    people = [*(p.name for p in context.interviewers), context.recruiter, context.company]
    return [name for name in people if name]
