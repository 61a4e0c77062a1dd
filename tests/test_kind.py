"""The kind of message, where nobody gives it."""

from datetime import date

import pytest

from reviewer import Context, Kind, Message, Rubric, review
from reviewer.context import Sent
from reviewer.intake.rows import read_rows

CHECK_IN = """Hi Tamsin,

When we met you mentioned that you expected to decide by the 13th, so I wanted to check in briefly and ask how far along
you are. I'm still very keen on the job.

Jude"""


def test_a_check_in_is_told_from_its_words(rubric: Rubric) -> None:
    done = review(Message(CHECK_IN), rubric)
    assert (done.kind, done.kind_source) == (Kind.CHECK_IN, "detected")
    assert "no-thanks" not in {f.rule for f in done.findings}


def test_a_second_check_in_needs_a_first(rubric: Rubric) -> None:
    sent = (Sent(Kind.THANK_YOU, date(2026, 3, 3)),)
    assert review(Message(CHECK_IN), rubric, context=Context(sent=sent)).kind is Kind.CHECK_IN
    sent += (Sent(Kind.CHECK_IN, date(2026, 3, 16)),)
    assert review(Message(CHECK_IN), rubric, context=Context(sent=sent)).kind is Kind.SECOND_CHECK_IN


def test_what_was_given_is_not_guessed(rubric: Rubric) -> None:
    done = review(Message(CHECK_IN), rubric, context=Context(kind=Kind.OFFER_LEVERAGE))
    assert (done.kind, done.kind_source) == (Kind.OFFER_LEVERAGE, "given")


@pytest.mark.parametrize("name", ["dev.jsonl", "others.jsonl"])
def test_most_kinds_of_the_corpora_are_told_rightly(name: str) -> None:
    from pathlib import Path

    from reviewer.language.kind import kind_of

    with (Path(__file__).parent / "corpus" / name).open(encoding="utf-8") as lines:
        rows = [row for row in read_rows(lines, where=name) if row.message is not None]
    right = sum(
        kind_of(row.message, row.context._replace(kind=None)) is row.context.kind for row in rows if row.message
    )
    assert right / len(rows) >= 0.85
