"""Every example beside a check: flagged there, fixed so, quiet afterwards; near misses left alone."""

import pytest

from reviewer.check import Check, Flags, Passes
from reviewer.checks import all_checks
from reviewer.finding import Hit
from reviewer.message import Message
from reviewer.rewrite.letter import apply

FLAGS = [
    pytest.param(c, e, id=f"{c.name}-{n}")
    for c in all_checks().values()
    for n, e in enumerate(c.examples)
    if isinstance(e, Flags)
]
PASSES = [
    pytest.param(c, e, id=f"{c.name}-{n}")
    for c in all_checks().values()
    for n, e in enumerate(c.examples)
    if isinstance(e, Passes)
]


def hits(check: Check, example: Flags | Passes, message: Message | None = None) -> list[Hit]:
    found = check.run(message or example.message, example.context, **example.options)
    return [h for h in found if isinstance(h, Hit)]


@pytest.mark.parametrize(("check", "example"), FLAGS)
def test_a_faulty_draft_is_flagged_at_the_words_quoted(check: Check, example: Flags) -> None:
    found = hits(check, example)
    assert found, "nothing was flagged"
    if example.at is None:
        return
    quotes = [h.span.of(example.text) for h in found if h.span is not None]
    assert any(example.at in quote or quote in example.at for quote in quotes), quotes


@pytest.mark.parametrize(("check", "example"), [p for p in FLAGS if p.values[1].fixed is not None])
def test_its_fix_mends_it_and_leaves_it_quiet(check: Check, example: Flags) -> None:
    fix = next(h.fix for h in hits(check, example) if h.fix is not None)
    fixed = apply(example.text, fix.edits)
    assert fixed == example.fixed
    assert not hits(check, example, Message(fixed, example.subject, example.to, example.context.channel))


@pytest.mark.parametrize(("check", "example"), PASSES)
def test_a_near_miss_is_left_alone(check: Check, example: Passes) -> None:
    assert [h.message for h in hits(check, example)] == []


@pytest.mark.parametrize("check", all_checks().values(), ids=list(all_checks()))
def test_every_check_says_why_and_shows_both_sides(check: Check) -> None:
    assert len(check.why) > 40
    assert any(isinstance(e, Flags) for e in check.examples)
    assert any(isinstance(e, Passes) for e in check.examples)
