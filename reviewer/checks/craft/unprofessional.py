"""Chat talk, flirting, bragging, a sneer."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.orders import orders
from reviewer.language.shouting import mostly_capitals
from reviewer.language.tone import passages, slang
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
    for p in passages(message, Act.RUDE, _SURE):
        yield Hit(
            "This can be read in a way that you do not mean: take it out.",
            p.span,
            take_out(message, p.span, p.sentence),
            Degree.GRAVE,
        )
    for span in orders(message):
        fix = Fix("Take it out", (Edit(span, ""),))
        yield Hit("This speaks to a machine, not to your reader: take it out.", span, fix, Degree.GRAVE)
    if mostly_capitals(message):
        first = message.body[0] if message.body else None
        yield Hit("All in capitals: that reads as shouting.", first, None, Degree.SLIGHT)
    found = list(slang(message))
    if len(found) >= slang_room + (context.channel == "sms"):
        for span in found:
            yield Hit("Chat talk: write it as you would to a client.", span, None, Degree.SLIGHT)


_SURE = 0.7
