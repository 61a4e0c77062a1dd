"""Asking whether there is news yet."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Edit, Fix, Hit
from reviewer.language.acts import Act
from reviewer.language.pressure import presses
from reviewer.message import Message

_BETTER = "May I ask how far along you are?"


_IMPATIENT = "Hi Bill,\n\nIt's Nate again about the driver job. {}\n\nNate"


@check(
    Flags(
        text=_IMPATIENT.format("Any news yet?"),
        context=Context(kind=Kind.CHECK_IN),
        at="Any news",
        fixed=_IMPATIENT.format(_BETTER),
    ),
    Passes(text="Hi Tamsin,\n\nI wanted to ask how far along you are and how I compare with the others.\n\nJude"),
    Passes(text='Hi Yusuf,\n\nI\'m certainly not going to ask "any news yet?".\n\nEline'),
)
def are_we_there_yet(message: Message, context: Context) -> Iterator[Hit]:
    """It asks for the one thing they cannot give yet; how far along they are is a question they can answer."""
    for number, p in enumerate(presses(message, context, Act.THERE_YET)):
        edit = Edit(p.sentence, "" if number else _BETTER)
        fix = Fix("Take the question out" if number else "Ask how far along they are", (edit,))
        yield Hit("Ask how far along they are, or how you compared.", p.span, fix, p.degree)
