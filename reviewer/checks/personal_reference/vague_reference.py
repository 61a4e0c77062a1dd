"""A reference to the conversation that would fit any conversation."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Person
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.addressing import addresses_several
from reviewer.language.levels import GOOD
from reviewer.language.reference import reference
from reviewer.message import Message

_CONTEXT = Context(interviewers=(Person("Ana Ruiz"),), company="Northwind", role="Data Engineer")


@check(
    Flags(
        text="Hi Ana,\n\nThank you for your time. I enjoyed learning more about the company and the role.\n\nBo",
        context=_CONTEXT,
        at="I enjoyed learning more about the company and the role.",
    ),
    Passes(
        text="Hi Ana,\n\nThank you for your time on Tuesday. What you said about the nightly ledger job falling over on leap "
        "days stuck with me; at Brightwater we chased the same thing for a week before somebody looked at the "
        "calendar library. I'd love to help you put it right.\n\nBo",
        context=_CONTEXT,
    ),
)
def vague_reference(message: Message, context: Context) -> Iterator[Hit]:
    """ "Your insights" and "the team's work" sound personal and say nothing: the reader cannot tell you were listening."""
    found = reference(message, context)
    if found.level and addresses_several(message, context):
        return  # that is the greeting's fault already
    if found.level == GOOD or not found.vague:
        return
    span = found.vague[0]
    example = f" ({context.topics[0]}, say)" if context.topics else ""
    yield Hit(
        f"This fits any interview: say which work, which remark, which problem{example}.",
        span,
        Fix("Name the thing itself", (), Safety.EXAMPLE),
        Degree.SLIGHT if found.level else Degree.GRAVE,
    )
