"""No word of thanks."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.acts import Act
from reviewer.language.courtesy import shows
from reviewer.message import Message


@check(
    Flags(
        text="Hi Femi,\n\nA few things I forgot to ask about the standup.\n\nJosh",
        context=Context(kind=Kind.THANK_YOU),
    ),
    Passes(
        text="Hi Hinemoa,\n\nI am grateful for an hour of straight talk.\n\nPhilippa",
        context=Context(kind=Kind.THANK_YOU),
    ),
    Passes(text="Hi Luis,\n\nHow far along are you with the job?\n\nBeto", context=Context(kind=Kind.CHECK_IN)),
)
def no_thanks(message: Message, context: Context, *, first_notes_only: bool = True) -> Iterator[Hit]:
    """They gave you an hour out of a full day; a note that does not thank for it is a request."""
    if first_notes_only and context.kind not in {Kind.THANK_YOU, Kind.POST_REJECTION, None}:
        return
    if message.vocabulary.isdisjoint(_THANKS) and not shows(message, Act.THANKS):
        yield Hit(
            "Thank them for their time, in a word of your own.",
            None,
            Fix("Add thanks", (), Safety.EXAMPLE),
            Degree.GRAVE,
        )


_THANKS = frozenset(
    "thank thanks thankful grateful gratitude appreciate appreciated cheers obliged thx ta "
    "gracias merci danke dank grazie obrigado obrigada takk tak tack kiitos diolch mihi mahalo salamat asante arigato "
    "dhanyavaad dhanyavad shukriya shukran teşekkürler děkuji dziękuję".split()
)  # in the reader's language too, where the rest is English
