"""Examples, tried: those beside a rubric's phrases and rules on the whole rubric, those of packaged checks alone."""

from collections.abc import Iterator

from reviewer.check import Check, Flags, Passes
from reviewer.checks import is_ours
from reviewer.finding import Hit
from reviewer.inheritance import Composed, RuleExample
from reviewer.message import Message
from reviewer.reviewing import review
from reviewer.rubric import Rubric

__all__ = ["count", "failing"]


def count(composed: Composed) -> int:
    """How many examples there are to try."""
    return len(composed.examples) + sum(len(check.examples) for check in _packaged(composed.rubric))


def failing(composed: Composed) -> Iterator[tuple[str, str]]:
    """Where each example stands that does not hold, and what came of it."""
    for example in composed.examples:
        said = _said(example, composed.rubric)
        if said is not None:
            yield str(example.origin), said
    for check in _packaged(composed.rubric):
        for number, beside in enumerate(check.examples, 1):
            said = _said_alone(check, beside)
            if said is not None:
                yield f"{check.detect.__module__}: example {number}", said


def _packaged(rubric: Rubric) -> list[Check]:
    """The rubric's checks that do not come with the program; the examples of those are among its tests."""
    checks = {use.check.name: use.check for c in rubric.criteria for use in c.uses}
    return [check for check in checks.values() if not is_ours(check)]


def _said(example: RuleExample, rubric: Rubric) -> str | None:
    draft = example.draft
    message = Message(draft.text, subject=draft.subject, to=draft.to, channel=example.context.channel)
    found = [f for f in review(message, rubric, context=example.context).findings if f.rule == example.rule]
    quotes = [(f.quote, f.message) for f in found]
    return _verdict(example.rule, quotes, flagged=example.flagged, at=draft.at)


def _said_alone(check: Check, example: Flags | Passes) -> str | None:
    message = example.message
    try:
        found = list(check.run(message, example.context, **example.options))
    except Exception as error:  # somebody else's code
        return f"{check.name} crashed: {type(error).__name__}: {error}"
    hits = [(h.span.of(message.text) if h.span is not None else "", h.message) for h in found if isinstance(h, Hit)]
    flags = isinstance(example, Flags)
    return _verdict(check.name, hits, flagged=flags, at=example.at if isinstance(example, Flags) else None)


def _verdict(rule: str, found: list[tuple[str, str]], *, flagged: bool, at: str | None) -> str | None:
    """What is wrong with what was found, each with the words that it quotes and what it says."""
    if not flagged:
        return f"{rule} is not to flag this, and does: {found[0][1]}" if found else None
    if not found:
        return f"{rule} is to flag this, and does not"
    if at is None or any(quote and (at in quote or quote in at) for quote, _ in found):
        return None
    return f"{rule} is to flag “{at}”, and flags “{found[0][0]}”"
