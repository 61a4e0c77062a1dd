"""Running others down."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.tone import Tone, tones
from reviewer.message import Message


@check(
    Flags(
        text="Hi Mr. Tveit,\n\nI can't wait to leave, management there is a joke.\n\nRick",
        at="management there is a joke",
    ),
    Passes(text="Hi Mr. Tveit,\n\nMy boss there is a joker who taught me framing. I miss him already.\n\nRick"),
)
def negative_about_others(message: Message, context: Context) -> Iterator[Hit]:
    """Whoever speaks so of the last boss will speak so of the next one."""
    for t in tones(message):
        if t.tone is Tone.NEGATIVE:
            span = t.match.clause.sentence.span
            yield Hit(
                "Leave the others out of it; say what draws you here.",
                t.span,
                Fix("Take the sentence out", (Edit(span, ""),)),
                Degree.GRAVE,
            )
