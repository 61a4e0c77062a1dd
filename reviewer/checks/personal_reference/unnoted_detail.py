"""Particulars, none of which is among what the writer noted of the interview."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Hit
from reviewer.language.reference import unnoted
from reviewer.message import Message

_NOTED = Context(kind=Kind.THANK_YOU, topics=("ledger migration", "on-call rota"))


@check(
    Flags(
        text="Hi Ana,\n\nThank you for your time. I keep turning over your plan to open the ski lockers at Crestline to day visitors.\n\nBo",
        context=_NOTED,
    ),
    Passes(
        text="Hi Ana,\n\nThank you for your time. I keep turning over your plan to move the ledger off the old Crestline cluster.\n\nBo",
        context=_NOTED,
    ),
)
def unnoted_detail(message: Message, context: Context) -> Iterator[Hit]:
    """A vivid detail from another interview is worse than none; your notes and your letter should meet."""
    if unnoted(message, context):
        topics = "; ".join(context.topics[:3])
        yield Hit(
            f"None of what you noted ({topics}) is in here, and what is here is not in your notes: another interview?",
            degree=Degree.SLIGHT,
        )
