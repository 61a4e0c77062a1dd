"""What each sentence of a draft does: thanks, wants, asks, presses, reproaches, remembers.

People say one thing in hundreds of ways, and no list of phrases finds them all. This is a linear model over
the words of a sentence and their pairs, trained on labelled sentences (training/README.md): for every act
it adds up what the words weigh, and says how sure it is. The same weights tell which words it was, so that
a finding can quote them. Own code, because adding up weights costs 30 µs a sentence and nothing at start-up
but reading a file, where importing scikit-learn, which trains them, takes a second.
"""

import json
from binascii import crc32
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from math import exp, sqrt
from sys import byteorder

from reviewer.language.clauses import clauses
from reviewer.language.cues import Clause
from reviewer.language.orders import orders
from reviewer.message import Message, Span
from reviewer.resources import model

__all__ = ["Act", "Reading", "features", "known_word", "line_features", "readings", "sure_of"]


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
    ELSEWHERE = "elsewhere"  # it is of a mail about other business, not of a follow-up after an interview


_NOTHING = (0.0,) * len(Act)
_NUMBER = {act: number for number, act in enumerate(Act)}


class Reading:
    """A sentence with how sure the model is of every act, 0 to 1."""

    __slots__ = ("clause", "sure")

    def __init__(self, clause: Clause, sure: tuple[float, ...]) -> None:
        self.clause, self.sure = clause, sure

    def __getitem__(self, act: Act) -> float:
        return self.sure[_NUMBER[act]]

    def because(self, act: Act) -> Span:
        """The words that weigh most for the act: what a finding quotes."""
        if not self.clause.words:
            return self.clause.sentence.span
        return self.clause.span(*_model().heaviest(_plain(self.clause), _NUMBER[act]))


def sure_of(words: Iterable[str], act: Act) -> float:
    """How sure the model is that a line of words in lower case, such as a subject, does the act."""
    return _model().sure(line_features(words))[_NUMBER[act]]


def known_word(word: str) -> bool:
    """Whether the sentences that the model learned from have the word, in lower case."""
    return _model().knows(word)


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
    return _features(_plain(clause), message.text[clause.sentence.span.end - 1])


def line_features(words: Iterable[str]) -> list[str]:
    """The features of a line of words in lower case that is no sentence, such as a subject."""
    return _features(["#" if word[0].isdigit() else word for word in words], "$")


def _features(words: list[str], end: str) -> list[str]:
    found = [word[:_SHORT] + "*" for word in words if len(word) > _SHORT]
    words = [*words, end if end in "?!" else "$"]
    found += words
    found += map(" ".join, zip(("^", *words), words, strict=False))
    return list(dict.fromkeys(found))


_SHORT = 5  # letters; a longer word also counts by its beginning


def _plain(clause: Clause) -> list[str]:
    """The words, every number being the same one."""
    return ["#" if word[0].isdigit() else word for word in clause.words]


class _Model:
    """The weights of every feature, 16 bits an act, packed into one number: adding two numbers adds all acts.

    The file is a line of JSON, the features a line each in the order of their checksums, the checksums, and the
    weights (little endian, scaled, and shifted so that none is negative). A feature is looked up by its checksum when
    it is first met; once so many sentences were read that it pays, all of them are unpacked.
    """

    def __init__(self, data: bytes) -> None:
        start = data.index(b"\n") + 1
        about = json.loads(data[:start])
        assert about["acts"] == list(Act), "acts.bin belongs to other acts: make model"
        self.bias: list[float] = about["bias"]
        self.scale: float = about["scale"]
        self.shift: int = about["shift"]
        self._seed: int = about["seed"]
        self._size = 2 * len(Act)
        self._data = data
        self._features = slice(start, start + about["bytes"])
        self._weights = self._features.stop + 4 * about["features"]
        self._marks: Sequence[int] = memoryview(data)[self._features.stop : self._weights].cast("I")
        if byteorder == "big":
            self._marks = [int.from_bytes(mark.to_bytes(4, "big"), "little") for mark in self._marks]
        self._numbers: dict[str, int] = {}
        self._read = 0
        self._whole = False  # whether the numbers are those of all features

    def knows(self, word: str) -> bool:
        return word in self._numbers if self._whole else self._number(word) > 0

    def sure(self, found: list[str]) -> tuple[float, ...]:
        """How sure every act is for the features of a sentence."""
        if not self._whole:
            self._unpack(found)
        known = list(filter(None, map(self._numbers.get, found)))
        scale = self.scale / sqrt(len(found) or 1)
        base = -len(known) * self.shift
        if len(known) <= _AT_ONCE:
            lanes: Iterable[int] = memoryview(sum(known).to_bytes(self._size, "little")).cast("H")
        else:
            pieces = (known[at : at + _AT_ONCE] for at in range(0, len(known), _AT_ONCE))
            lanes = map(
                sum, zip(*(memoryview(sum(p).to_bytes(self._size, "little")).cast("H") for p in pieces), strict=True)
            )
        odds = [bias + (lane + base) * scale for bias, lane in zip(self.bias, lanes, strict=True)]
        return tuple([1 / (1 + exp(-o)) for o in odds])

    def _unpack(self, found: list[str]) -> None:
        """Get the numbers of some features ready, or of all. Other threads may be at it, and go on with what is there."""
        self._read += 1
        if self._read < _MANY:
            numbers = self._numbers
            for feature in found:
                if feature not in numbers:
                    numbers[feature] = self._number(feature)
            return
        names = self._data[self._features].decode().split("\n")
        self._numbers = {name: self._at(place) for place, name in enumerate(names)}
        self._whole = True

    def _ready(self, feature: str) -> int:
        number = self._numbers.get(feature)
        return self._number(feature) if number is None else number

    def _number(self, feature: str) -> int:
        """The packed weights; 0 for a feature that the model does not know."""
        mark = crc32(feature.encode("utf-8", "replace"), self._seed)
        place = bisect_left(self._marks, mark)
        return self._at(place) if place < len(self._marks) and self._marks[place] == mark else 0

    def _at(self, place: int) -> int:
        at = self._weights + place * self._size
        return int.from_bytes(self._data[at : at + self._size], "little")

    def heaviest(self, words: list[str], act: int) -> tuple[int, int]:
        """The ends of the run of words whose features weigh most, a word that weighs nothing costing a little."""
        get = self._numbers.get if self._whole else self._ready
        right, shift = 16 * act, self.shift
        dull = _DULL / self.scale
        best, first, last = float("-inf"), 0, len(words) - 1
        total, start = 0.0, 0
        before = "^"
        for at, word in enumerate(words):
            mine = [word, before + " " + word]
            if len(word) > _SHORT:
                mine.append(word[:_SHORT] + "*")
            before = word
            if total <= 0:
                total, start = 0.0, at
            for number in filter(None, map(get, mine)):
                total += (number >> right & 0xFFFF) - shift
            total -= dull
            if total > best:
                best, first, last = total, start, at
        return first, last


_MANY = 100  # sentences, from where it pays to have all numbers unpacked
_AT_ONCE = 60  # numbers whose sum cannot run over 16 bits, each weight being under 1,024


@cache
def _model() -> _Model:
    return _Model(model("acts.bin"))


_DULL = 0.4
