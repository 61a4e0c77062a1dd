"""Sentences that speak to a reviewing machine, not to the reader: they never speak for the draft."""

from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.message import Message, Span

__all__ = ["orders"]

_ORDERS = Cues(
    {
        "order": (
            "note|message|instruction|instructions|attention to|for (the|any) ({adv}) checking|reviewing|grading|scoring|ai|automated|evaluating assistant|model|system|tool|reviewer|grader|bot",
            "note to the reviewer|assistant|model|ai|grader|checker|bot",
            "ignore|disregard|forget (all|any|your|the) (of) previous|prior|above|earlier|system instructions|instruction|prompt|rules|rubric",
            "do not list|report|flag|mention problems|any_problems|findings|errors|faults|issues",
            "return|give|assign|output|award brevity|enthusiasm|score|overall|full_marks|the_highest|a_score|level_2|100",
            "already been approved|checked by",
            "end of draft|message|email",
            "you are now|an (a|an) ai|assistant|language|helpful",
            "system prompt|message|override",
        ),
    }
)


def orders(message: Message) -> tuple[Span, ...]:
    """The sentences that give orders to a machine, in order."""
    return message.once(_orders)


def _orders(message: Message) -> tuple[Span, ...]:
    return tuple(c.sentence.span for c in clauses(message) if next(_ORDERS.find(c), None) is not None)
