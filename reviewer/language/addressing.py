"""Whether one message goes to several people: each interviewer gets a note of their own (002.10, 004.4)."""

from itertools import combinations

from reviewer.context import Context
from reviewer.language.names import same_person
from reviewer.message import Message
from reviewer.text import words

__all__ = ["addresses_several", "greeted"]

_MANY = frozenset("all both everyone everybody team panel folks colleagues".split())


def addresses_several(message: Message, context: Context) -> bool:
    """`Dear all,`, or a greeting that names two of the interviewers."""
    if not _MANY.isdisjoint(greeted(message)):
        return True
    named = [{p.name for p in context.interviewers if same_person(word.low, p.name)} for word in message.addressees]
    return any(one and other and one.isdisjoint(other) for one, other in combinations(named, 2))


def greeted(message: Message) -> frozenset[str]:
    """The words of the greeting."""
    if message.greeting is None:
        return frozenset()
    return frozenset(words(message.low, message.greeting.start, message.greeting.end))
