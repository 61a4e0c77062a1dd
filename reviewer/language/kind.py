"""Which kind of message a draft is, where nobody said."""

from reviewer.context import Context, Kind
from reviewer.language.levels import likely_kind
from reviewer.language.timing import nudges
from reviewer.message import Message

__all__ = ["kind_of"]


def kind_of(message: Message, context: Context) -> Kind:
    """The kind by the draft's words and the messages sent before; a second check-in needs a first one."""
    kind = likely_kind(message, context) if message.sentences else Kind.THANK_YOU
    if kind is Kind.SECOND_CHECK_IN and context.sent and not nudges(context):
        return Kind.CHECK_IN
    return kind
