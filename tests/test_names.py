"""Names of people and firms below the greeting: those got wrong, among many that only a careless reader would mind."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reviewer.batch import score

DRAFTS = Path(__file__).parent / "corpus" / "names.jsonl"
RULES = ("wrong-name", "wrong-company")


@pytest.fixture(scope="module")
def read() -> list[tuple[set[str], set[str]]]:
    """For every draft the rules that its slips break, and those that were said to be broken."""
    rows = [json.loads(line) for line in DRAFTS.read_text("utf-8").splitlines()]
    return [(broken(row), said(review)) for row, review in zip(rows, score(rows), strict=True)]


def broken(row: Mapping[str, Any]) -> set[str]:
    return {slip["about"].replace("_", "-") for slip in row["slips"]}


def said(review: Mapping[str, Any]) -> set[str]:
    return {finding["rule"] for finding in review["findings"] if finding["rule"] in RULES}


@pytest.mark.parametrize(("rule", "least"), [("wrong-name", 0.5), ("wrong-company", 0.35)])
def test_a_slip_below_the_greeting_is_found(read: list[tuple[set[str], set[str]]], rule: str, least: float) -> None:
    found = [rule in told for slips, told in read if rule in slips]
    assert len(found) >= 58
    assert sum(found) / len(found) >= least


def test_names_that_only_look_wrong_are_left_alone(read: list[tuple[set[str], set[str]]]) -> None:
    clean = [told for slips, told in read if not slips]
    assert len(clean) == 180
    assert not any(clean)


@pytest.mark.parametrize(
    ("company", "text"),
    [
        ("Bank of America", "At Bank of Ireland I ran the same desk for six years."),
        ("University of Leeds", "I studied at the University of York."),
        ("American Express", "I flew American Airlines home and read your report."),
        ("Salesloft", "I have used Salesforce daily for five years."),
        ("Interstate Batteries", "The Internet of things is what I want to work on."),
        ("Northern Trust", "Northern Ireland is my home, and Northern Rail took me there."),
        ("Acme", "For dessert, Tiramisu, please! On the way, Kings Cross was shut."),
        (
            "Acme",
            "We talked about Python, Rust and Go, and, again, Rust, which I love. I live in town, Leeds, near you.",
        ),
        ("Acme", "I met Annabel at the desk and Anya in the lab. Please thank Annette."),
        ("Acme", "Thanks again, Team. Please, God, let it be this one. Cheers, Mate."),
        ("Acme", "As you said, Monday works. As you said, Kubernetes, not Docker, is the way."),
        ("Acme", "Your question about the stack, React, was fair; my answer, Angular, was not."),
    ],
)
def test_other_firms_places_and_things_are_no_slips(company: str, text: str) -> None:
    row = {"draft": f"Hi Anna,\n\nThank you.\n{text}\n\nBo", "context": {"company": company, "interviewers": ANNA}}
    (review,) = score([row])
    assert not said(review)


ANNA = [{"name": "Anna Ruiz"}]
