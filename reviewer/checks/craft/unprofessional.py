"""Chat talk, flirting, bragging, a sneer."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit, Safety
from reviewer.language.shouting import mostly_capitals
from reviewer.language.tone import Tone, tones
from reviewer.message import Message


@check(
    Flags(
        text="Hi Jess,\n\nI'd love to grab a drink sometime, job or no job.\n\nRyan",
        at="grab a drink sometime",
    ),
    Flags(text="hey, so when do i start lol\n\nTyler", at="when do i start"),
    Passes(
        text="Hey Luis, happy Friday!\n\nYou said I'd hear something by today, so I figured I'd shoot you a quick note.\n\nBeto"
    ),
)
def unprofessional(message: Message, context: Context, *, slang_room: int = 1) -> Iterator[Hit]:
    """However friendly the talk was, this may be passed on to people who were not there."""
    found = tones(message)
    for t in found:
        if t.tone is Tone.FAMILIAR:
            yield Hit(
                "This can be read in a way that you do not mean: take it out.",
                t.span,
                Fix("Take it out", (), Safety.SUGGESTED),
                Degree.GRAVE,
            )
    for t in found:
        if t.tone is Tone.ORDER:
            span = t.match.clause.sentence.span
            yield Hit(
                "This speaks to a machine, not to your reader: take it out.",
                t.span,
                Fix("Take it out", (Edit(span, ""),)),
                Degree.GRAVE,
            )
    if mostly_capitals(message):
        yield Hit(
            "All in capitals: that reads as shouting.",
            message.body[0] if message.body else None,
            None,
            Degree.SLIGHT,
        )
    slang = [t for t in found if t.tone is Tone.SLANG]
    room = slang_room + 1 if context.channel == "sms" else slang_room
    if len(slang) >= room:
        for t in slang:
            yield Hit("Chat talk: write it as you would to a client.", t.span, None, Degree.SLIGHT)
