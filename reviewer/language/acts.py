"""What each sentence of a draft does: thanks, wants, asks, presses, reproaches, remembers.

People say one thing in hundreds of ways, and no list of phrases finds them all. This is a linear model over
the words of a sentence and their pairs, trained on labelled sentences (training/README.md): for every act
it adds up what the words weigh, and says how sure it is. The same weights tell which words it was, so that
a finding can quote them. Own code, because adding up weights costs 30 µs a sentence and nothing at start-up
but reading a file, where importing scikit-learn, which trains them, takes a second.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import exp, sqrt

from reviewer.language.clauses import clauses
from reviewer.language.cues import Clause
from reviewer.language.orders import orders
from reviewer.message import Message, Span

__all__ = ["Act", "Reading", "features", "readings"]


class Act(StrEnum):
    """What a sentence does; training/LABELS.md says what each means."""

    WANT = "want"
    FAINT = "faint"
    COOL = "cool"
    GUSH = "gush"
    DEMAND = "demand"
    SOFT_DEMAND = "soft_demand"
    THERE_YET = "there_yet"
    GUILT = "guilt"
    NEED = "need"
    ULTIMATUM = "ultimatum"
    MANY = "many"
    APOLOGY = "apology"
    SELF_DOWN = "self_down"
    OTHERS_DOWN = "others_down"
    PAY = "pay"
    RUDE = "rude"
    THANKS = "thanks"
    ASK = "ask"
    OFFER = "offer"
    NEXT = "next"
    NEWS = "news"
    CONCERN = "concern"
    OTHER_OFFER = "other_offer"
    REFUSAL = "refusal"
    MEMORY = "memory"
    VAGUE = "vague"
    PROCESS = "process"
    DETAIL = "detail"
    PRESS = "press"  # any of demand, soft_demand, there_yet, guilt, need, ultimatum, many
    GRAVE = "grave"  # press, but for soft_demand and there_yet


_NOTHING = (0.0,) * len(Act)
_NUMBER = {act: number for number, act in enumerate(Act)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with how sure the model is of every act, 0 to 1."""

    clause: Clause
    sure: tuple[float, ...]

    def __getitem__(self, act: Act) -> float:
        return self.sure[_NUMBER[act]]

    def because(self, act: Act) -> Span:
        """The words that weigh most for the act: what a finding quotes."""
        return _heaviest(self.clause, _NUMBER[act])


def readings(message: Message) -> tuple[Reading, ...]:
    """One for each sentence of the draft's own words, in order."""
    return message.once(_readings)


def _readings(message: Message) -> tuple[Reading, ...]:
    model = _model()
    ignored = orders(message)
    return tuple(
        Reading(clause, _NOTHING if clause.sentence.span in ignored else model.sure(features(message, clause)))
        for clause in clauses(message)
    )


def features(message: Message, clause: Clause) -> list[str]:
    """The words of a sentence, their beginnings, and the pairs of neighbours; its ends count as words."""
    words = ["#" if word[0].isdigit() else word for word in clause.words]
    end = message.text[clause.sentence.span.end - 1]
    words.append(end if end in "?!" else "$")
    found = [word[:5] + "*" for word in words if len(word) > 5]
    before = "^"
    for word in words:
        found.append(word)
        found.append(before + " " + word)
        before = word
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class _Model:
    """Per feature the numbers of acts and what they weigh, one after the other; what an empty sentence weighs."""

    bias: tuple[float, ...]
    weights: Mapping[str, list[float]]

    def sure(self, found: list[str]) -> tuple[float, ...]:
        total = [0.0] * len(self.bias)
        weights = self.weights
        for feature in found:
            known = weights.get(feature)
            if known is not None:
                pairs = iter(known)
                for number in pairs:
                    total[number] += next(pairs)  # type: ignore[call-overload]
        scale = 0.01 / sqrt(len(found) or 1)
        return tuple(1 / (1 + exp(-b - t * scale)) for b, t in zip(self.bias, total, strict=True))


@cache
def _model() -> _Model:
    data = json.loads((files("reviewer.language") / "acts.json").read_bytes())
    return _Model(tuple(data["bias"]), data["weights"])


def _heaviest(clause: Clause, act: int) -> Span:
    """The run of words whose features weigh most, a word that weighs nothing costing a little."""
    weights = _model().weights
    words = clause.words
    gains = []
    before = "^"
    for word in words:
        plain = "#" if word[0].isdigit() else word
        mine = [plain, before + " " + plain, *([plain[:5] + "*"] if len(plain) > 5 else [])]
        gains.append(sum(_weight(weights.get(f), act) for f in mine) - _DULL)
        before = plain
    best, first, last = float("-inf"), 0, len(words) - 1
    total, start = 0.0, 0
    for at, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, at
        total += gain
        if total > best:
            best, first, last = total, start, at
    return clause.span(first, last)


_DULL = 40


def _weight(known: list[float] | None, act: int) -> float:
    return next((w for number, w in _pairs(known) if number == act), 0.0) if known is not None else 0.0


def _pairs(known: list[float]) -> Iterator[tuple[float, float]]:
    return zip(known[::2], known[1::2], strict=True)
