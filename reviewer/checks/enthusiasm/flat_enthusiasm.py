"""Nothing says, or shows, that the writer wants the job."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.cut import take_out
from reviewer.language.interest import interest
from reviewer.language.levels import GOOD
from reviewer.message import Message


@check(
    Flags(
        text="Hi Wei,\n\nThank you for your time this morning. The interview lasted forty minutes. Please let me know about next steps.\n\nColleen"
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
    found = interest(message, context)
    if found.level == GOOD or found.gush:
        return
    degree = Degree.SLIGHT if found.level else Degree.GRAVE
    said = (
        "This makes the job sound like second best: say what draws you to it."
        if found.cool is not None
        else "This could be said of any job: say that you want this one, and why."
        if found.faint is not None
        else "Nothing here says that you want this job: one plain sentence is enough."
    )
    place = found.cool if found.cool is not None else found.faint
    fix = Fix("Say that you would like the job, and why", (), Safety.EXAMPLE)
    if found.cool is not None:
        sentence = message.sentence_around(found.cool)
        fix = take_out(message, found.cool, sentence, "Take it out, and say what draws you")
    yield Hit(said, place, fix, degree)
