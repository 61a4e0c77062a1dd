"""Nothing in the message shows that its writer was there."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Person
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.addressing import addresses_several
from reviewer.language.levels import GOOD
from reviewer.language.reference import reference
from reviewer.message import Message

_CONTEXT = Context(
    interviewers=(Person("Ana Ruiz"),),
    company="Northwind",
    role="Data Engineer",
    topics=("ledger migration",),
)


@check(
    Flags(text="Hi Ana,\n\nThank you for your time. I would love to join you.\n\nBo", context=_CONTEXT),
    Passes(
        text="Hi Ana,\n\nThank you for the hour on the ledger migration. I would love to help with it.\n\nBo",
        context=_CONTEXT,
    ),
)
def no_personal_reference(message: Message, context: Context) -> Iterator[Hit]:
    """A note that could go to any employer is forgotten with the others; one remembered detail sets it apart."""
    found = reference(message, context)
    if found.level and addresses_several(message, context):
        return  # that is the greeting's fault already
    if found.level == GOOD or found.vague:
        return
    person = next((p.name.split()[0] for p in context.interviewers), "them")
    what = "one thing from the conversation" if found.first_note else "what you talked about, or the date they named"
    blank = f"[one thing you talked about with {person}]"
    yield Hit(
        f"Nothing here shows that you were in the room: name {what}.",
        None,
        Fix(f"Add {blank}", (), Safety.EXAMPLE),
        Degree.SLIGHT if found.level else Degree.GRAVE,
    )
