"""Cues: short patterns over the words of a sentence, matched quickly and many at a time.

A cue is written as words with a little notation, and reads like the sentence it stands for:

    would love to {join}        words, and a class of words in braces
    keen|eager to               alternatives
    interest*                   any word that begins so
    (really)                    may be missing
    ~                           up to three words of any kind; ~8 up to eight
    ^ and $                     the first and the last word of the clause

The words are normalised before (`I'd` → `i would`, `pls` → `please`), so that a cue says each thing
once. Own code, because the matching must keep offsets, cost microseconds, and be written by people
who know letters rather than regular expressions; spaCy's Matcher, the nearest library, takes 1.2 s to
load. Each cue becomes a regular expression when it is first needed, and it is needed only in a
sentence that has one of the words it cannot do without.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from reviewer.patterns import pattern
from reviewer.text import Sentence, Span, lazy

__all__ = ["Clause", "Cues", "Match", "normalise"]

_EXPAND = {
    "i'm": "i am",
    "im": "i am",
    "i'd": "i would",
    "i'll": "i will",
    "i've": "i have",
    "ive": "i have",
    "you'd": "you would",
    "you're": "you are",
    "you'll": "you will",
    "you've": "you have",
    "youd": "you would",
    "we'd": "we would",
    "we're": "we are",
    "we'll": "we will",
    "we've": "we have",
    "they'd": "they would",
    "they're": "they are",
    "they'll": "they will",
    "they've": "they have",
    "he's": "he is",
    "she's": "she is",
    "it's": "it is",
    "that's": "that is",
    "thats": "that is",
    "it'd": "it would",
    "it'll": "it will",
    "that'd": "that would",
    "what's": "what is",
    "whats": "what is",
    "here's": "here is",
    "there's": "there is",
    "theres": "there is",
    "who's": "who is",
    "let's": "let us",
    "where's": "where is",
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "don't": "do not",
    "dont": "do not",
    "doesn't": "does not",
    "doesnt": "does not",
    "didn't": "did not",
    "didnt": "did not",
    "isn't": "is not",
    "isnt": "is not",
    "aren't": "are not",
    "wasn't": "was not",
    "wasnt": "was not",
    "weren't": "were not",
    "haven't": "have not",
    "havent": "have not",
    "hasn't": "has not",
    "hasnt": "has not",
    "hadn't": "had not",
    "wouldn't": "would not",
    "wouldnt": "would not",
    "couldn't": "could not",
    "couldnt": "could not",
    "shouldn't": "should not",
    "mustn't": "must not",
    "needn't": "need not",
    "mightn't": "might not",
    "ain't": "is not",
    "would've": "would have",
    "could've": "could have",
    "should've": "should have",
    "must've": "must have",
    "id": "i would",
    "pls": "please",
    "plz": "please",
    "plss": "please",
    "thx": "thanks",
    "thanx": "thanks",
    "ty": "thanks",
    "tysm": "thanks",
    "thankyou": "thank you",
    "u": "you",
    "ur": "your",
    "r": "are",
    "lmk": "let me know",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "y'all": "you",
    "yall": "you",
    "ya": "you",
    "wld": "would",
    "cld": "could",
    "rly": "really",
    "realy": "really",
    "bc": "because",
    "cuz": "because",
    "coz": "because",
    "asap": "asap",
    "a.s.a.p": "asap",
    "e-mail": "email",
    "e-mails": "emails",
    "tho": "though",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "w": "with",
    "b4": "before",
    "def": "definitely",
    "v": "very",
    "favour": "favor",
    "honoured": "honored",
    "enquire": "inquire",
    "enquiry": "inquiry",
    "learnt": "learned",
    "programme": "program",
    "sooo": "so",
    "soo": "so",
    "recieve": "receive",
    "wether": "whether",
    "wat": "what",
    "4": "4",
}
_DROP_S = pattern(r"'s?$")

# Classes that cues share, written in the same notation without gaps.
CLASSES: dict[str, str] = {
    "adv": "very|really|so|truly|most|genuinely|extremely|incredibly|super|still|also|particularly|especially|definitely|"
    "absolutely|quite|always|only|just|too|more|even|as|much|rather|deeply|keenly|sincerely|certainly|highly|dead|well|"
    "pretty|honestly|totally|seriously|actually|hugely|now|again|all|properly|very much|so much|that much|every bit as|"
    "keener|in fact|naturally|obviously|immensely|doubly|equally|awfully|terribly|proper|both|therefore|likewise|continually",
}

_KEPT = 50_000  # words remembered, whatever the number of drafts
_NORMAL: dict[str, tuple[str, ...]] = {}


def normalise(low: str) -> tuple[str, ...]:
    """The normalised words for a lower-case word: `i'd` → `i`, `would`; `team's` → `team`."""
    words = _NORMAL.get(low)
    if words is None:
        expanded = _EXPAND.get(low)
        words = tuple(expanded.split()) if expanded else (_DROP_S.sub("", low) or low,)
        if len(_NORMAL) < _KEPT:
            _NORMAL[low] = words
    return words


class Clause:
    """A sentence in normalised words, each with the token that it comes from."""

    def __init__(self, sentence: Sentence, index: int) -> None:
        self.sentence, self.index = sentence, index

    @lazy
    def words(self) -> tuple[str, ...]:
        return tuple(chain.from_iterable(map(normalise, self.sentence.words)))

    @lazy
    def _origin(self) -> list[int]:
        """For every word the number of the token that it comes from."""
        return [number for number, word in enumerate(self.sentence.words) for _ in normalise(word)]

    @lazy
    def line(self) -> str:
        """The words, each with a space before it: what a cue's expression searches."""
        return " " + " ".join(self.words) if self.words else ""

    @lazy
    def matches(self) -> "dict[int, list[Match]]":
        """Every cue of every set that the clause matches, by the number of its set: one scan for all."""
        return _scan(self)

    @lazy
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def word_at(self, offset: int) -> int:
        """The number of the word that the line's `offset` falls into."""
        return bisect_right(self._starts, offset) - 1

    def span(self, first: int, last: int) -> Span:
        """The place in the text of the words from `first` to `last`, both included."""
        tokens = self.sentence.tokens
        return Span(tokens[self._origin[first]].start, tokens[self._origin[last]].end)


class Match(NamedTuple):
    """A cue found: its label, and the first and last word of the clause that it covers."""

    label: str
    clause: Clause
    first: int
    last: int

    @property
    def span(self) -> Span:
        return self.clause.span(self.first, self.last)


class Cues:
    """A set of labelled cues; `find` gives every cue that a clause matches, once each.

    All sets share one index, so that a clause is scanned once, whatever the number of sets.
    """

    def __init__(self, table: Mapping[Any, Iterable[str]]) -> None:
        self._number = len(_SETS)
        _SETS.append(self)
        for label, cues in table.items():
            for cue in cues:
                gates = _gates(cue)
                for key in gates[0]:
                    _INDEX.setdefault(key, []).append(len(_CUES))
                _CUES.append(_Cue(self._number, str(label), cue, gates[1:]))

    def find(self, clause: Clause) -> Iterator[Match]:
        return iter(clause.matches.get(self._number, ()))


class _Cue:
    """A cue with the words that it cannot do without, and its expression once it was needed."""

    __slots__ = ("gates", "label", "pattern", "set", "text")

    def __init__(self, number: int, label: str, text: str, gates: tuple[frozenset[str], ...]) -> None:
        self.set, self.label, self.text, self.gates = number, label, text, gates
        self.pattern: re.Pattern[str] | None = None


_SETS: list[Cues] = []
_CUES: list[_Cue] = []
_INDEX: dict[str, list[int]] = {}
_BY_WORD: dict[str, list[int]] = {}  # what _INDEX has for whole words, as they are met


def _scan(clause: Clause) -> dict[int, list[Match]]:
    candidates: set[int] = set()
    for word in clause.words:
        numbers = _BY_WORD.get(word)
        if numbers is None:
            numbers = _INDEX.setdefault(word[:4], [])
            if len(_BY_WORD) < _KEPT:
                _BY_WORD[word] = numbers
        if numbers:
            candidates.update(numbers)
    found: dict[int, list[Match]] = {}
    if not candidates:
        return found
    keys = {word[:4] for word in clause.words}
    line = clause.line
    for number in sorted(candidates):
        cue = _CUES[number]
        for gate in cue.gates:
            if gate.isdisjoint(keys):
                break
        else:
            if cue.pattern is None:
                cue.pattern = pattern(_expression(cue.text))
            match = cue.pattern.search(line)
            if match is not None:
                first, last = clause.word_at(match.start()), clause.word_at(match.end() - 1)
                found.setdefault(cue.set, []).append(Match(cue.label, clause, first, last))
    return found


# Words so frequent that they make a poor gate, with how much poorer than an ordinary word they are.
_WEIGHTS = {
    **dict.fromkeys(
        "not do has had were will would can could should if or but from by no very really still just up out all any there what how when get "
        "about one more than so as are been this we they thank thanks work team role job know like would time if which some".split(),
        20.0,
    ),
    **dict.fromkeys("i to the a an of and in is am be you your me my it that for on with at have was".split(), 150.0),
}
_ITEM = pattern(r"\([^)]*\)|\S+")


@cache
def _alternatives(item: str) -> tuple[str, ...]:
    words: list[str] = []
    for alternative in item.split("|"):
        name = alternative[1:-1] if alternative.startswith("{") else None
        words += CLASSES[name].split("|") if name else [alternative.replace("_", " ")]
    return tuple(dict.fromkeys(words))


@cache
def _keys(item: str) -> tuple[float, frozenset[str]]:
    """What an item weighs as a gate, and the keys (first four letters) of which one must be there."""
    weight, keys = 0.0, set()
    for alternative in _alternatives(item):
        words = alternative.rstrip("*").split()
        word = words[0] if len(words) == 1 else min(words, key=lambda w: (_WEIGHTS.get(w, 1.0), -len(w)))
        keys.add(word[:4])
        weight += _WEIGHTS.get(word, 1.0)
        if len(word) < 4 and alternative.endswith("*"):
            raise ValueError(f"write at least four letters before the * in {alternative!r}")
    return weight, frozenset(keys)


def _gates(cue: str) -> tuple[frozenset[str], ...]:
    """The keys of every item that a match must contain, the rarest first."""
    items = [_keys(item) for item in _ITEM.findall(cue) if item[0] not in "(~^$"]
    if not items:
        raise ValueError(f"{cue!r}: a cue needs at least one word")
    if len(items) == 1:
        return (items[0][1],)
    return tuple(keys for _, keys in sorted(items, key=lambda pair: pair[0]))


def _expression(cue: str) -> str:
    parts = []
    for item in _ITEM.findall(cue):
        optional = item.startswith("(")
        wanted = item[1:-1] if optional else item
        if wanted.startswith("~"):
            parts.append(rf"(?: \S+){{0,{wanted[1:] or 3}}}?")
        elif wanted == "^":
            parts.append("^")
        elif wanted == "$":
            parts.append("$")
        else:
            words = sorted(_alternatives(wanted), key=len, reverse=True)
            choice = "|".join(re.escape(w[:-1]) + r"\S*" if w.endswith("*") else re.escape(w) for w in words)
            parts.append(f"(?: (?:{choice})(?= |$))" + ("?" if optional else ""))
    return "".join(parts)
