"""Capitals and exclamation marks: how loud a draft is."""

import re

from reviewer.message import Message, Span

__all__ = ["shouts"]

_CAPITALS = re.compile(r"(?<![\w.])[A-Z]{3,}(?:['’][A-Z]+)?(?:[ ,!]+[A-Z]{2,})+(?![\w.])|(?<![\w.-])(?:THANK|THANKS|LOVE|WOW|AMAZING|SO|VERY|BEST|REALLY|NEVER|EVERYTHING|ANYTHING|DREAM|PLEASE|MOST|YOU|ALL|EVER|CRIED|OMG|LEGEND|PERFECT|ABSOLUTELY|DESTINY|LIFE|LITERALLY)(?![\w-])")
_MARKS = re.compile(r"[!?]{2,}|[\U0001f600-\U0001f64f\U0001f970-\U0001f97a\u2764\U0001f495-\U0001f49f\U0001f525\U0001f389]+")


def shouts(message: Message) -> list[Span]:
    """Words in capitals and runs of marks in the draft's own words, in order."""
    return message.once(_shouts)


def _shouts(message: Message) -> list[Span]:
    found = []
    for part in message.body:
        for pattern in (_CAPITALS, _MARKS):
            found += [Span(m.start(), m.end()) for m in pattern.finditer(message.text, part.start, part.end)]
    if message.greeting is not None and "!!" in message.greeting.of(message.text):
        found.append(message.greeting)
    return sorted(found)
