"""Which kind of message a draft is, where nobody said."""

from reviewer.context import Context, Kind
from reviewer.language.courtesy import Courtesy, courtesies
from reviewer.language.timing import nudges
from reviewer.message import Message

__all__ = ["kind_of"]


def kind_of(message: Message, context: Context) -> Kind:
    """The kind by the draft's words and the messages sent before; a thank-you when in doubt."""
    seen: dict[Courtesy, int] = {}
    for courtesy, _ in courtesies(message):
        seen[courtesy] = seen.get(courtesy, 0) + 1
    if context.channel == "linkedin" and not context.sent and message.words < 60:
        return Kind.LINKEDIN
    if seen.get(Courtesy.REJECTION, 0) >= 2:
        return Kind.POST_REJECTION
    if seen.get(Courtesy.OFFER_ELSEWHERE):
        return Kind.OFFER_LEVERAGE
    if seen.get(Courtesy.CONCERN, 0) >= 2:
        return Kind.CONCERN_REPLY
    if nudges(context):
        return Kind.SECOND_CHECK_IN
    if any(s.kind is Kind.THANK_YOU for s in context.sent) or seen.get(Courtesy.STATUS, 0) >= 2:
        return Kind.CHECK_IN
    return Kind.THANK_YOU
