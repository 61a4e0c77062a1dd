"""The examples beside checks, and those beside a rubric's phrases and settings, which are tried on all of it."""

from collections.abc import Collection, Iterator

from reviewer.check import Check, Flags, Passes
from reviewer.checks import all_checks
from reviewer.finding import Hit
from reviewer.inheritance import Composed, RuleExample
from reviewer.message import Message
from reviewer.reviewing import review
from reviewer.rewrite.letter import apply
from reviewer.rubric import Rubric

__all__ = ["fault", "tried"]


def tried(composed: Composed) -> Iterator[tuple[str, str | None]]:
    """Where each example stands, and what came of it, None if it holds: the rubric's own, and those of the checks of
    installed packages that it uses.
    """
    for example in composed.examples:
        yield str(example.origin), _fault_of_rule(example, composed.rubric)
    checks = {use.check.name: use.check for criterion in composed.rubric.criteria for use in criterion.uses}
    for check in (check for name, check in checks.items() if name not in all_checks()):
        for number, beside in enumerate(check.examples, 1):
            yield f"{check.detect.__module__}: example {number}", fault(check, beside)


def fault(check: Check, example: Flags | Passes) -> str | None:
    """What is wrong with an example beside a check; None if it is flagged and fixed as it says, or left alone."""
    try:
        return _fault(check, example)
    except Exception as error:  # a check of somebody else's may do anything
        return f"{check.name} crashes: {type(error).__name__}: {error}"


def _fault(check: Check, example: Flags | Passes) -> str | None:
    found = _hits(check, example, example.message)
    if isinstance(example, Passes):
        return _not_left_alone(check.name, [hit.message for hit in found])
    quotes = [hit.span.of(example.text) for hit in found if hit.span is not None]
    wrong = _not_flagged(check.name, bool(found), example.at, quotes)
    if wrong is not None or example.fixed is None:
        return wrong
    fix = next((hit.fix for hit in found if hit.fix is not None), None)
    if fix is None:
        return f"{check.name} is to fix this, and does not"
    fixed = apply(example.text, fix.edits)
    if fixed != example.fixed:
        return f"{check.name} is to make {example.fixed!r} of it, and makes {fixed!r}"
    again = _hits(check, example, Message(fixed, example.subject, example.to, example.context.channel))
    return f"{check.name} flags what it has fixed" if again else None


def _hits(check: Check, example: Flags | Passes, message: Message) -> list[Hit]:
    return [hit for hit in check.run(message, example.context, **example.options) if isinstance(hit, Hit)]


def _fault_of_rule(example: RuleExample, rubric: Rubric) -> str | None:
    draft = example.draft
    message = Message(draft.text, subject=draft.subject, to=draft.to, channel=example.context.channel)
    found = [f for f in review(message, rubric, context=example.context).findings if f.rule == example.rule]
    if not example.flagged:
        return _not_left_alone(example.rule, [f.message for f in found])
    return _not_flagged(example.rule, bool(found), draft.at, [f.quote for f in found if f.quote])


def _not_left_alone(rule: str, said: Collection[str]) -> str | None:
    return f"{rule} is not to flag this, and does: {next(iter(said))}" if said else None


def _not_flagged(rule: str, flagged: bool, at: str | None, quotes: Collection[str]) -> str | None:
    if not flagged:
        return f"{rule} is to flag this, and does not"
    if at is None or any(at in quote or quote in at for quote in quotes):
        return None
    return f"{rule} is to flag “{at}”, and flags “{next(iter(quotes), '')}”"
