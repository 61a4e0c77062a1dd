"""Praise or feeling so big that nobody can believe it."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.shouting import shouts
from reviewer.language.tone import Tone, tones
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
    gush = [t for t in tones(message) if t.tone is Tone.GUSH]
    loud = shouts(message)
    sentences = {t.match.clause.index for t in gush}
    weight = len(sentences) + len(loud) / 2
    if not gush and len(loud) < 3:
        return
    if weight < 1.5:
        return
    degree = Degree.GRAVE if weight >= 3 else Degree.SLIGHT
    places = [t.span for t in gush] or loud[:1]
    for span in places[:4]:
        yield Hit(
            "Too big to be believed: say why the work appeals to you, once, without capitals.",
            span,
            Fix("Say it plainly", (), Safety.EXAMPLE),
            degree,
        )
