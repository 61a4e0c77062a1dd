"""How a draft stands as a whole: how much it wants the job, how much room it leaves, how personal it is.

One sentence seldom decides that. This is a second linear model, over the acts of all sentences together (how
many do each, counting a doubtful one in part) and a few facts of the draft: which topics it touches, how many
words would not fit another interview, whom it names, what kind of message it is. It was trained on whole
drafts and their labelled levels (training/README.md), on acts as read by a model that did not know their
writers.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import exp, fsum
from operator import mul
from typing import Any, NamedTuple

from reviewer.context import Context, Kind
from reviewer.language.acts import Act, Reading, readings
from reviewer.language.detail import details, topics_touched
from reviewer.message import Message
from reviewer.resources import model

__all__ = [
    "FEATURES",
    "GOOD",
    "JUDGED",
    "KIND_FEATURES",
    "certainty",
    "draft_features",
    "kind_features",
    "level",
    "likely_kind",
    "trained",
]

GOOD = 2  # the highest level
JUDGED = ("personal_reference", "enthusiasm", "no_pestering")
_FACTS = (
    "touches a topic", "topics touched", "touches none of its topics", "has topics", "telling words, tied",
    "telling words, loose", "most memory in telling words", "memory in telling words", "names the firm",
    "names the job", "names the reader", "hundreds of words", "has a number",
)  # fmt: skip
_ACTS = tuple(act for act in Act if act is not Act.ELSEWHERE)  # the last one
FEATURES = (
    *_ACTS,
    "sentences",
    *_FACTS,
    *Kind,
    "first note",
)
_SENT = ("a thank-you went out", "a nudge went out", "a date was promised", "by LinkedIn")
KIND_FEATURES = (*_ACTS, "sentences", *_FACTS, *_SENT)
_FIRST_NOTES = frozenset({Kind.THANK_YOU, Kind.LINKEDIN})


def level(message: Message, context: Context, criterion: str) -> int:
    """The level, 0 to 2, of one of the JUDGED criteria; the words alone count, not whether facts are right."""
    return message.once(_judged, context)[criterion][0]


def certainty(message: Message, context: Context, criterion: str) -> float:
    """How sure it is, 0 to 1, that the draft is good by one of the JUDGED criteria."""
    return message.once(_judged, context)[criterion][1]


def _judged(message: Message, context: Context) -> dict[str, tuple[int, float]]:
    found = draft_features(message, context, readings(message))
    return {name: model.judge(found) for name, model in _models().items()}


def draft_features(message: Message, context: Context, read: Sequence[Reading]) -> list[float]:
    """The numbers that FEATURES names, in that order."""
    found: list[float] = list(map(fsum, zip(*[r.sure for r in read], strict=True))) if read else [0.0] * len(Act)
    found.pop()  # ELSEWHERE
    found.append(float(len(read)))
    found += map(float, _facts(message, context, read))
    found += [float(context.kind is kind) for kind in Kind]
    found.append(float(context.kind in _FIRST_NOTES))
    return found


def likely_kind(message: Message, context: Context) -> Kind:
    """The likeliest kind, by what the draft does and what went before, for a draft whose kind nobody gave."""
    found = kind_features(message, context, readings(message))
    kinds = trained()["kinds"]
    odds = [bias + sum(map(mul, weights, found)) for bias, weights in zip(kinds["bias"], kinds["weights"], strict=True)]
    return list(Kind)[odds.index(max(odds))]


def kind_features(message: Message, context: Context, read: Sequence[Reading]) -> list[float]:
    """The numbers that KIND_FEATURES names, in that order."""
    found = draft_features(message, context, read)[: len(KIND_FEATURES) - len(_SENT)]
    kinds = {sent.kind for sent in context.sent}
    found += [float(Kind.THANK_YOU in kinds), float(bool(kinds - _FIRST_NOTES))]
    found += [float(context.promised_reply_by is not None), float(context.channel == "linkedin")]
    return found


def _facts(message: Message, context: Context, read: Sequence[Reading]) -> Iterator[float]:
    touched = len(topics_touched(message, context))
    told = details(message, context)
    remembered = [read[d.clause.index][Act.MEMORY] * len(d.words) for d in told if d.clause.index < len(read)]
    yield touched > 0
    yield min(touched, 3)
    yield bool(context.topics) and not touched
    yield bool(context.topics)
    yield min(15, sum(len(d.words) for d in told if d.tied))
    yield min(15, sum(len(d.words) for d in told if not d.tied))
    yield max(remembered, default=0.0)
    yield sum(remembered)
    yield _names(message, context.company)
    yield _names(message, context.role)
    yield bool(message.addressees)
    yield message.words / 100
    yield any(word[0].isdigit() for word in message.vocabulary)


def certainty_of(log_odds: float) -> float:
    """0 to 1; no text is so long that this runs over."""
    return 1 / (1 + exp(-max(log_odds, _LEAST)))


_LEAST = -700.0  # below it, exp of the negative is beyond what a float holds


def _names(message: Message, name: str | None) -> bool:
    return name is not None and any(word.lower() in message.low for word in name.split() if len(word) > 3)


class _Model(NamedTuple):
    """Two linear models: at least level 1, and level 2; each with the certainty from which it counts."""

    bias: tuple[float, float]
    weights: tuple[tuple[float, ...], tuple[float, ...]]
    from_: tuple[float, float]

    def judge(self, found: Sequence[float]) -> tuple[int, float]:
        """The level reached, and how sure level 2 is."""
        fair, good = (
            certainty_of(bias + sum(map(mul, weights, found)))
            for bias, weights in zip(self.bias, self.weights, strict=True)
        )
        reached = 0 if fair < self.from_[0] else 1 if good < self.from_[1] else 2
        return reached, min(fair, good)


@cache
def trained() -> Mapping[str, Any]:
    """What `make model` found, as levels.json has it."""
    data: Mapping[str, Any] = json.loads(model("levels.json"))
    known = {"features": list(FEATURES), "kind_features": list(KIND_FEATURES)}
    assert all(data[name] == features for name, features in known.items()), (
        "levels.json is of other features: make model"
    )
    return data


@cache
def _models() -> Mapping[str, _Model]:
    return {
        name: _Model(tuple(m["bias"]), (tuple(m["weights"][0]), tuple(m["weights"][1])), tuple(m["from"]))
        for name, m in trained()["criteria"].items()
    }
