"""How a draft sounds: apology, running oneself or others down, talk of pay, manners.

Sources: 001.8, 002.6, 002.11, 003.6, 004.13. Only the writer's own words count, not what stands in
quotation marks.
"""

from collections.abc import Iterator
from typing import NamedTuple

from reviewer.language.acts import Act, readings
from reviewer.language.clauses import exempt
from reviewer.language.cues import Cues
from reviewer.message import Message, Span

__all__ = ["Passage", "passages", "slang"]

# Few sentences of these kinds are among the labelled ones, and the plainest must not be missed.
_PLAINEST = {
    Act.OTHERS_DOWN: (
        "boss|manager|employer|company|supervisor|management|owner|director|colleagues|department|place ~4 is|was|are|were a|an|so|such|total|complete|just joke|mess|nightmare|disaster|shambles|circus|idiot|bully|liar|zoo",
        "boss|manager|employer|supervisor|management|owner|director|colleagues ~4 is|was|are|were ({adv}) toxic|awful|terrible|incompetent|useless|clueless|hopeless|lazy|dreadful|horrible|miserable|idiots|rude|dishonest",
        "toxic workplace|environment|culture|boss|manager|place|company|team",
        "lied|cheated|screwed|bullied|stabbed to|me|us over|about|in|by",
        "unlike (the|your|my|some) other|others candidates|applicants|people|companies",
    ),
    Act.APOLOGY: (
        "sorry|apologies|apologise|apologize|forgive (me) (again) (to|for|if) ~ bother*|bothering|disturb*|disturbing|trouble|troubling|pester*|chase|chasing|intruding|nagging",
    ),
    Act.RUDE: (
        "grab|have|fancy|get|share a|some (quick|cheeky) drink|drinks|beer|beers|pint|dinner|cocktail|cocktails ~ sometime|together|tonight|with",
        "beautiful|gorgeous|pretty|stunning|cute|hot smile|eyes|legs|figure|hair",
        "you are|look|looked ({adv}) gorgeous|stunning|cute|hot|beautiful|sexy",
        "when do i start",
        "your loss",
        "do not|not waste|play my|games time",
        "best candidate|applicant|person you will|are ~ find|get|see",
        "making a (big|huge|real|terrible) mistake",
    ),
}
_PLAIN = Cues(_PLAINEST)
_SLANG = frozenset(
    "lol lmao rofl omg haha hahaha hehe lolz idk tbh imo smh yolo fomo prolly kinda sorta dunno gonna wanna lemme gimme bruh bro "
    "dude fam nite tonite hun babe xoxo shud cuz cos coz rly plz pls thx wat ur sry u ya yall gotta tmrw".split()
)


class Passage(NamedTuple):
    """A sentence that sounds so: the words that weigh most, and the sentence."""

    span: Span
    sentence: Span


def passages(message: Message, act: Act, sure: float) -> Iterator[Passage]:
    """The sentences that do an act, at least as surely as asked, in order."""
    for reading in readings(message):
        matches = _PLAIN.find(reading.clause) if act in _PLAINEST else ()
        plain = next((m for m in matches if m.label == act and not exempt(message, m)), None)
        if plain is None and reading[act] < sure:
            continue
        sentence = reading.clause.sentence.span
        if plain is not None:
            yield Passage(plain.span, sentence)
        elif not message.quoted(sentence):
            yield Passage(reading.because(act), sentence)


def slang(message: Message) -> Iterator[Span]:
    """Words of chats, as they stand in the text."""
    if message.vocabulary.isdisjoint(_SLANG):
        return
    for sentence in message.sentences:
        for token in sentence.tokens:
            if token.low in _SLANG and message.text[token.start] != "U" and not message.quoted(token.span):
                yield token.span
