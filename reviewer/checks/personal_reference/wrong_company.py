"""Another firm is named as the employer, or the name is only nearly right."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.employer import companies_named
from reviewer.message import Message


@check(
    Flags(
        text="Hi Ana,\n\nThank you for the interview for the role at Halvorsen Logistics.",
        context=Context(company="Teasdale Marine"),
        at="Halvorsen Logistics",
        fixed="Hi Ana,\n\nThank you for the interview for the role at Teasdale Marine.",
    ),
    Flags(
        text="Hi Ana,\n\nThank you. Everybody here says Teasdale Harbour treats its people well.",
        context=Context(company="Teasdale Marine"),
        at="Teasdale Harbour",
        fixed="Hi Ana,\n\nThank you. Everybody here says Teasdale Marine treats its people well.",
    ),
    Passes(
        text="Hi Ana,\n\nThank you. I took the bus down Teasdale Street to your yard.",
        context=Context(company="Teasdale Marine"),
    ),
    Passes(
        text="Hi Ana,\n\nThank you. At Halvorsen Logistics I moved the same ledger twice.",
        context=Context(company="Teasdale Marine"),
    ),
    Passes(text="Hi Ana,\n\nI would love to join Teasdale.", context=Context(company="Teasdale Marine")),
)
def wrong_company(message: Message, context: Context) -> Iterator[Hit]:
    """The name of another employer tells the reader that the letter was written for somebody else."""
    if context.company is None:
        return
    for span in companies_named(message, context):
        yield Hit(
            f"The firm is {context.company}.",
            span,
            Fix(f"Write {context.company}", (Edit(span, context.company),)),
            Degree.GRAVE,
        )
