"""Nothing says, or shows, that the writer wants the job."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.interest import Strength, interest
from reviewer.message import Message


@check(
    Flags(
        text="Hi Wei,\n\nThank you for your time this morning. I have noted the freezer inventory. Please let me know about next steps.\n\nColleen"
    ),
    Flags(
        text="Hi Wei,\n\nThank you for your time. I remain interested in the role.\n\nColleen",
        at="interested in",
    ),
    Passes(
        text="Hi Wei,\n\nThank you for this morning. I keep turning the freezer inventory over in my head.\n\nColleen"
    ),
    Passes(
        text="Hi Olly,\n\nThanks for last night. I shouldn't be at all sorry to spend ten years in that kitchen.\n\nDanny"
    ),
)
def flat_enthusiasm(message: Message, context: Context) -> Iterator[Hit]:
    """The follow-up is the last chance to say that you want the job; courtesy alone reads like a receipt."""
    found = interest(message)
    strongest = max((i.strength for i in found), default=None)
    against = next((i for i in found if i.strength is Strength.AGAINST), None)
    if against is not None:
        plain = sum(i.strength is Strength.PLAIN for i in found)
        if plain <= 1:
            yield Hit(
                "This makes the job sound like second best: say what draws you to it.",
                against.match.span,
                None,
                Degree.SLIGHT if plain else Degree.GRAVE,
            )
        return
    if strongest is Strength.PLAIN:
        return
    faint = next((i for i in found if i.strength is Strength.FAINT), None)
    degree = Degree.SLIGHT if faint is not None and strongest is Strength.FAINT else Degree.GRAVE
    yield Hit(
        "Nothing here says that you want this job: one plain sentence is enough.",
        faint.match.span if faint is not None else None,
        Fix("Say that you would like the job, and why", (), Safety.EXAMPLE),
        degree,
    )
