"""How much each sentence tells: what to leave out first when a message is too long."""

from reviewer.context import Context
from reviewer.language.courtesy import courtesies
from reviewer.language.detail import details, topics_touched
from reviewer.language.interest import Strength, interest
from reviewer.message import Message

__all__ = ["telling"]


def telling(message: Message, context: Context) -> list[float]:
    """A worth for each sentence, in order. 100 and more: it must stay."""
    worth = [0.0] * len(message.sentences)
    for courtesy, match in courtesies(message):
        worth[match.clause.index] += {"thanks": 3.0, "ask": 2.0, "next_step": 1.0, "offer": 0.5}.get(courtesy, 0.0)
    for found in interest(message):
        if found.strength is Strength.PLAIN:
            worth[found.match.clause.index] += 2.0
    touched = bool(topics_touched(message, context))
    for detail in details(message, context):
        index = detail.clause.index
        worth[index] += min(3.0, 0.6 * len(detail.words)) if detail.tied else 0.0
        worth[index] -= 0.04 * len(detail.clause.sentence.tokens) if not detail.tied or not touched else 0.0
    if worth:
        worth[0] += 100
        if len(worth) > 1 and message.sentences[-1].tokens:
            worth[-1] += 3
    return worth
