"""Running oneself down."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.tone import Tone, tones
from reviewer.message import Message


@check(
    Flags(
        text="Hi Leo,\n\nThanks for the tower. I'm probably not the strongest you've seen.\n\nKasia",
        at="probably not the strongest",
    ),
    Passes(
        text="Dear Dr. Kamau,\n\nYou are right that no donor report carries my name. What I have done is feed them.\n\nPeter"
    ),
)
def self_deprecating(message: Message, context: Context) -> Iterator[Hit]:
    """Arguing against yourself does the panel's doubting for them; a gap is answered, not confessed."""
    for t in tones(message):
        if t.tone is Tone.SELF_DEPRECATING:
            span = t.match.clause.sentence.span
            yield Hit(
                "This argues against you: leave it out, or say how you would close the gap.",
                t.span,
                Fix("Take the sentence out", (Edit(span, ""),)),
                Degree.SLIGHT,
            )
