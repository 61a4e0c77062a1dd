"""They voiced a doubt, and the answer is not in here."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.detail import details
from reviewer.message import Message


@check(
    Flags(
        text="Hi Paul,\n\nThanks for getting back to me. I'm a fast learner and a people person.\n\nGemma",
        context=Context(kind=Kind.CONCERN_REPLY),
    ),
    Passes(
        text="Hi Paul,\n\nThanks for raising it. I have run our nursery's till on Magento for three years; the stock and refund screens "
        "are the same, and I have booked the two-day Shopify course in Leeds for 4 May.\n\nGemma",
        context=Context(kind=Kind.CONCERN_REPLY),
    ),
)
def ignores_concern(message: Message, context: Context, *, answer: int = 6) -> Iterator[Hit]:
    """They wrote because they are still thinking about you: a doubt left unanswered becomes a no."""
    if context.kind is not Kind.CONCERN_REPLY:
        return
    if sum(len(d.words) for d in details(message, context)) < answer:
        yield Hit(
            "Answer the doubt itself: what you have done that comes near it, and how you would close the gap.",
            None,
            Fix("Add what you have done that comes near it", (), Safety.EXAMPLE),
            Degree.GRAVE,
        )
