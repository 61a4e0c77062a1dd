"""How much each sentence tells: what to leave out first when a message is too long."""

from reviewer.context import Context
from reviewer.language.acts import Act, readings
from reviewer.language.detail import details
from reviewer.message import Message

__all__ = ["telling"]

_WORTH = {
    Act.THANKS: 3.0,
    Act.WANT: 2.5,
    Act.MEMORY: 2.0,
    Act.ASK: 2.0,
    Act.CONCERN: 2.0,
    Act.NEXT: 1.0,
    Act.OFFER: 0.5,
}
_LOSS = {Act.DETAIL: 2.0, Act.PRESS: 2.0, Act.VAGUE: 1.0, Act.SELF_DOWN: 1.0, Act.APOLOGY: 1.0}


def telling(message: Message, context: Context) -> list[float]:
    """A worth for each sentence, in order: what it does for the message, less what it does against it."""
    worth = [
        sum(w * r[a] for a, w in _WORTH.items()) - sum(w * r[a] for a, w in _LOSS.items()) for r in readings(message)
    ]
    for detail in details(message, context):
        index = detail.clause.index
        worth[index] += min(1.5, 0.3 * len(detail.words)) if detail.tied else -0.02 * len(detail.clause.sentence.words)
    return worth
