"""Another job is named."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.employer import roles_named
from reviewer.message import Message


@check(
    Flags(
        text="Hi Ana,\n\nThank you for the interview for the Fleet Mechanic position.",
        context=Context(role="Dispatcher"),
        at="Fleet Mechanic",
        fixed="Hi Ana,\n\nThank you for the interview for the Dispatcher position.",
    ),
    Passes(
        text="Hi Ana,\n\nI am still keen on the Physics content role.",
        context=Context(role="Physics Content Developer"),
    ),
    Passes(text="Hi Ana,\n\nI held a Store Manager position for six years.", context=Context(role="Buyer")),
)
def wrong_role(message: Message, context: Context) -> Iterator[Hit]:
    """The title of another job means that you mixed up two letters, or two employers."""
    if context.role is None:
        return
    title = set(context.role.lower().split())
    for span in roles_named(message, context):
        shares = title & set(span.of(message.text).lower().split())
        degree = Degree.SLIGHT if shares else Degree.GRAVE
        yield Hit(
            f"The job is {context.role}.",
            span,
            Fix(f"Write {context.role}", (Edit(span, context.role),)),
            degree,
        )
