"""Praise or feeling so big that nobody can believe it."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.interest import interest
from reviewer.language.levels import GOOD
from reviewer.language.shouting import shouts
from reviewer.message import Message


@check(
    Flags(
        text="Hi Jonas,\n\nSaltmarsh is the single greatest brewery on planet earth!!!\n\nBex",
        at="greatest brewery on planet earth",
    ),
    Passes(text="Hi Jonas,\n\nI'd love to join you. The harbor stage is the best idea I heard this year!\n\nBex"),
)
def overdone_enthusiasm(message: Message, context: Context) -> Iterator[Hit]:
    """Eager is good; gush makes the reader step back, because nobody can believe it."""
    found = interest(message, context)
    loud = shouts(message)
    if not found.gush and len(loud) < _LOUD:
        return
    if found.gush and found.level == GOOD and not loud:
        return
    grave = found.level == 0 or len(loud) > 2 * _LOUD
    for span in (found.gush or tuple(loud[:1]))[:4]:
        yield Hit(
            "Too big to be believed: say why the work appeals to you, once, without capitals.",
            span,
            Fix("Say it plainly", (Edit(message.sentence_around(span), ""),)),
            Degree.GRAVE if grave else Degree.SLIGHT,
        )


_LOUD = 3
