"""The examples that stand beside a rubric's phrases and settings, tried on the rubric as a whole."""

from collections.abc import Iterator

from reviewer.inheritance import Composed, RuleExample
from reviewer.message import Message
from reviewer.reviewing import review
from reviewer.rubric import Rubric

__all__ = ["failing"]


def failing(composed: Composed) -> Iterator[tuple[RuleExample, str]]:
    """Each example that does not hold, and what came of it."""
    for example in composed.examples:
        said = _said(example, composed.rubric)
        if said is not None:
            yield example, said


def _said(example: RuleExample, rubric: Rubric) -> str | None:
    draft = example.draft
    message = Message(draft.text, subject=draft.subject, to=draft.to, channel=example.context.channel)
    found = [f for f in review(message, rubric, context=example.context).findings if f.rule == example.rule]
    if not example.flagged:
        return f"{example.rule} is not to flag this, and does: {found[0].message}" if found else None
    if not found:
        return f"{example.rule} is to flag this, and does not"
    quotes = [f.quote for f in found]
    if draft.at is None or any(quote and (draft.at in quote or quote in draft.at) for quote in quotes):
        return None
    return f"{example.rule} is to flag “{draft.at}”, and flags “{quotes[0]}”"
