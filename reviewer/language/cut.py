"""How much to take out with a few words that hurt: the clause they stand in, or the sentence."""

import re

from reviewer.finding import Edit, Fix
from reviewer.message import Message, Span
from reviewer.patterns import pattern

__all__ = ["take_out"]

# Where a sentence may end early and still be one: before a clause that is joined on.
_JOINT = pattern(
    r"\s*(?:;|\s[-–—]\s|--|\.\.\.|…|,\s+(?=(?:and|but|so|or|because|otherwise|as|since|though|although|please|just)\b)"
    r"|\s(?=(?:and|but|so|because)\s+(?:i|you|we|it|my|please|if|let|they|there)\b))",
    re.IGNORECASE,
)
_BEGUN = pattern(r"(?:if|as|while|when|although|though|since|because|given|after|before|unless|once)\b", re.IGNORECASE)
_LEAST = 5


def take_out(message: Message, words: Span, sentence: Span, title: str = "Take it out") -> Fix:
    """Takes the words out with the joined-on clause that has them, where the rest can stand alone."""
    return Fix(title, (_cut(message, words, sentence),))


def _cut(message: Message, words: Span, sentence: Span) -> Edit:
    flat = message.flat
    joints = [m for m in _JOINT.finditer(flat, sentence.start, sentence.end) if m.end() <= words.start]
    if joints and not _BEGUN.match(flat, sentence.start):
        joint = joints[-1]
        front = flat[sentence.start : joint.start()]
        if len(front.split()) >= _LEAST and not _BEGUN.match(front.rpartition(", ")[2]):
            return Edit(Span(joint.start(), sentence.end), ".")
    return Edit(sentence, "")
