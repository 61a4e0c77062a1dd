"""Date phrases against days worked out by hand, written on Wednesday 18 March 2026; and what is no date."""

from datetime import date

import pytest

from reviewer import Message
from reviewer.language.dates import phrases

TODAY = date(2026, 3, 18)
KNOWN = {
    "we spoke yesterday": (date(2026, 3, 17), date(2026, 3, 17)),
    "we spoke this morning": (date(2026, 3, 18), date(2026, 3, 18)),
    "we spoke two weeks ago": (date(2026, 3, 2), date(2026, 3, 6)),  # nobody means it to the day
    "we met on 10 March": (date(2026, 3, 10), date(2026, 3, 10)),
    "we met on March 10th": (date(2026, 3, 10), date(2026, 3, 10)),
    "we met on 12.03.2026": (date(2026, 3, 12), date(2026, 3, 12)),
    "we met on 2026-03-12": (date(2026, 3, 12), date(2026, 3, 12)),
    "a decision by the end of this week": (date(2026, 3, 20), date(2026, 3, 20)),
    "a decision by the end of last week": (date(2026, 3, 13), date(2026, 3, 13)),
    "a decision by the end of the month": (date(2026, 3, 28), date(2026, 3, 31)),
}


@pytest.mark.parametrize(("words", "days"), KNOWN.items())
def test_a_phrase_is_resolved_against_the_day_of_writing(words: str, days: tuple[date, date]) -> None:
    found = phrases(Message(f"Hi Ana,\n\nI wrote because {words}.\n\nBo"), TODAY)
    assert [(p.first, p.last) for p in found] == [days]


@pytest.mark.parametrize(
    "words", ["the march of progress", "one may hope", "room 12", "version 3.1", "30 minutes", "sat down"]
)
def test_what_is_no_date_is_left_alone(words: str) -> None:
    assert [p.words for p in phrases(Message(f"Hi Ana,\n\nWe talked of {words} and more.\n\nBo"), TODAY)] == []


def test_a_deadline_is_told_from_a_day() -> None:
    message = Message("Hi Ana,\n\nYou hoped to decide by Friday. We met on Friday.\n\nBo")
    assert [p.deadline for p in phrases(message, TODAY)] == [True, False]
