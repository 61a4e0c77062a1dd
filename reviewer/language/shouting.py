"""Capitals and exclamation marks: how loud a draft is."""

from reviewer.message import Message, Span
from reviewer.patterns import pattern

__all__ = ["mostly_capitals", "shouts"]

# Words that nobody writes in capitals but to shout; other capitals may be an acronym or a trade mark.
_EMPHASIS = frozenset(
    "thank thanks love wow amazing so very best really never everything anything dream please most you all ever cried omg legend "
    "perfect absolutely destiny life literally the my this that need must now today urgent read not what why how huge".split()
)
_UPPER = pattern(r"[A-ZÀ-Þ]")
_MANY = 40  # capitals, under which no draft counts as shouted
_RUNS = ("!!", "??", "!?", "?!")
_CAPITALS = pattern(r"\b[A-Z]{2,}\b")
_MARKS = pattern(
    "[!?]{2,}|[\U0001f600-\U0001f64f\U0001f970-\U0001f97a\u2764\U0001f495-\U0001f49f\U0001f525\U0001f389]+"
)


def mostly_capitals(message: Message) -> bool:
    """Whether more than half of a draft of some length is written in capitals."""
    return message.once(_mostly_capitals)


def _mostly_capitals(message: Message) -> bool:
    own = "".join([part.of(message.text) for part in message.body])
    upper = len(_UPPER.findall(own))
    return upper > _MANY and upper > sum(map(str.islower, own))


def shouts(message: Message) -> list[Span]:
    """Words in capitals and runs of marks in the draft's own words, in order."""
    return message.once(_shouts)


def _shouts(message: Message) -> list[Span]:
    text = message.text
    found = []
    if any(marks in text for marks in _RUNS) or max(text, default="") > "\u25ff":
        found = [Span(*m.span()) for part in message.body for m in _MARKS.finditer(text, part.start, part.end)]
    if mostly_capitals(message):
        return found[:1]
    for part in message.body:
        for match in _CAPITALS.finditer(text, part.start, part.end):
            if match.group().lower() in _EMPHASIS:
                found.append(Span(*match.span()))
    if message.greeting is not None and "!!" in message.greeting.of(text):
        found.append(message.greeting)
    return sorted(found)
