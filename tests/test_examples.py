"""Every example beside a check: flagged there, fixed so, quiet afterwards; near misses left alone."""

from collections.abc import Iterator

import pytest

from reviewer.check import Check, Flags, Passes, check
from reviewer.checks import all_checks
from reviewer.context import Context
from reviewer.examples import fault
from reviewer.finding import Edit, Fix, Hit
from reviewer.message import Message, Span

EXAMPLES = [pytest.param(c, e, id=f"{c.name}-{n}") for c in all_checks().values() for n, e in enumerate(c.examples)]


@pytest.mark.parametrize(("check", "example"), EXAMPLES)
def test_an_example_beside_a_check_holds(check: Check, example: Flags | Passes) -> None:
    assert fault(check, example) is None


@pytest.mark.parametrize("check", all_checks().values(), ids=list(all_checks()))
def test_every_check_says_why_and_shows_both_sides(check: Check) -> None:
    assert len(check.why) > 40
    assert any(isinstance(e, Flags) for e in check.examples)
    assert any(isinstance(e, Passes) for e in check.examples)


@check()
def no_tea(message: Message, context: Context, *, instead: str = "coffee", fixing: bool = True) -> Iterator[Hit]:
    at = message.text.find("tea")
    if at >= 0:
        span = Span(at, at + len("tea"))
        yield Hit("no tea", span, Fix("mend", (Edit(span, instead),)) if fixing else None)


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (Flags("I like tea.", at="tea", fixed="I like coffee."), None),
        (Passes("I like coffee."), None),
        (Passes("I like steam."), "no-tea is not to flag this, and does: no tea"),
        (Flags("I like it.", at="it"), "no-tea is to flag this, and does not"),
        (Flags("I like tea.", at="like"), "no-tea is to flag “like”, and flags “tea”"),
        (Flags("I like tea.", fixed="I like it."), "is to make 'I like it.' of it, and makes 'I like coffee.'"),
        (Flags("I like tea.", fixed="I.", options={"fixing": False}), "no-tea is to fix this, and does not"),
        (Flags("Tea, tea", fixed="Tea, teas", options={"instead": "teas"}), "no-tea flags what it has fixed"),
        (Flags("I like tea.", options={"of": 1}), "no-tea crashes: TypeError: "),
    ],
)
def test_an_example_that_does_not_hold_is_told(example: Flags | Passes, said: str | None) -> None:
    told = fault(no_tea, example)
    assert told is None if said is None else said in str(told)
