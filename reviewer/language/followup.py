"""Whether a mail is a follow-up after an interview at all: a checker that speaks up at other mail is switched off.

A third linear model over the acts of all sentences, one of which is that a sentence is about other business
(training/README.md). It is trained on follow-ups and on ordinary mail: of work, shops, families, clubs, and of hiring
from the other side or at another stage. Of a recipient whom the log knows, less certainty will do.
"""

from collections.abc import Sequence
from functools import cache
from math import log
from operator import mul

from reviewer.language.acts import Act, Reading, readings, sure_of
from reviewer.language.levels import certainty_of, trained
from reviewer.message import Message
from reviewer.text import flatten, lower, words

__all__ = ["FOLLOW_UP_FEATURES", "follow_up_certainty", "follow_up_features", "is_follow_up"]

FOLLOW_UP_FEATURES = (
    *Act,
    *(f"most {act}" for act in Act),
    "sentences",
    "hundreds of words",
    "names the reader",
    "log-odds of other business, mean of sentences",
    "log-odds of other business, subject",
)
_ELSEWHERE = tuple(Act).index(Act.ELSEWHERE)
_KNOWN = 0.2  # the certainty that will do of a recipient in the log


def is_follow_up(message: Message, *, known: bool = False) -> bool:
    """Whether the mail follows up on an interview; `known` says that the log has its recipient."""
    return follow_up_certainty(message) >= (_KNOWN if known else _model()[2])


def follow_up_certainty(message: Message) -> float:
    """How sure the model is, 0 to 1."""
    bias, weights, _ = _model()
    subject = words(lower(flatten(message.subject or "")))
    elsewhere = sure_of(subject, Act.ELSEWHERE) if subject else None
    found = follow_up_features(message, readings(message), elsewhere)
    return certainty_of(bias + sum(map(mul, weights, found)))


def follow_up_features(message: Message, read: Sequence[Reading], subject: float | None) -> list[float]:
    """The numbers that FOLLOW_UP_FEATURES names, in that order; `subject`: how sure it is of other business, if any."""
    columns = list(zip(*[r.sure for r in read], strict=True)) if read else [(0.0,)] * len(Act)
    return [
        *map(sum, columns),
        *map(max, columns),
        min(len(read), 20),
        min(message.words, 400) / 100,
        bool(message.addressees),
        sum(_log_odds(r.sure[_ELSEWHERE]) for r in read) / (len(read) or 1),
        0.0 if subject is None else _log_odds(subject),
    ]


def _log_odds(sure: float) -> float:
    bounded = min(max(sure, 1e-6), 1 - 1e-6)
    return log(bounded / (1 - bounded))


@cache
def _model() -> tuple[float, list[float], float]:
    known = trained()["follow_up"]
    assert known["features"] == list(FOLLOW_UP_FEATURES), "levels.json is of other features: make model"
    return known["bias"], known["weights"], known["from"]
