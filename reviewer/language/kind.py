"""Which kind of message a draft is, where nobody said."""

from reviewer.context import Context, Kind
from reviewer.language.acts import Act, readings
from reviewer.language.timing import nudges
from reviewer.message import Message

__all__ = ["kind_of"]


def kind_of(message: Message, context: Context) -> Kind:
    """The kind by the draft's words and the messages sent before; a thank-you when in doubt."""
    read = readings(message)
    most = {act: max((r[act] for r in read), default=0.0) for act in Act}
    thanked = any(s.kind is Kind.THANK_YOU for s in context.sent)
    if context.channel == "linkedin" and not context.sent and message.words < 60:
        return Kind.LINKEDIN
    if most[Act.REFUSAL] >= _SURE:
        return Kind.POST_REJECTION
    if most[Act.OTHER_OFFER] >= _SURE:
        return Kind.OFFER_LEVERAGE
    asks = max(most[Act.ASK], most[Act.THERE_YET], most[Act.DEMAND])
    if thanked and nudges(context):
        return Kind.ADDED_VALUE if most[Act.NEWS] >= _SURE > asks else Kind.SECOND_CHECK_IN
    if nudges(context):
        return Kind.SECOND_CHECK_IN
    if most[Act.CONCERN] >= _SURE > most[Act.MEMORY] and most[Act.THANKS] < _SURE:
        return Kind.CONCERN_REPLY
    if thanked or (most[Act.PROCESS] >= _SURE and asks >= _SURE):
        return Kind.ADDED_VALUE if most[Act.NEWS] >= _SURE > asks else Kind.CHECK_IN
    return Kind.THANK_YOU


_SURE = 0.5
