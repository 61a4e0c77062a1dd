"""Date phrases against days worked out by hand, written on Wednesday 18 March 2026; and what is no date."""

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reviewer import Message
from reviewer.language.dates import phrases, phrases_in
from reviewer.text import Span, flatten, lower

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


DATES = Path(__file__).parent / "dates"
PHRASES = [json.loads(line) for line in (DATES / "phrases.jsonl").read_text("utf-8").splitlines()]
KEPT = {False: "learned from", True: "kept for measuring"}


def reading(row: dict[str, Any]) -> str:
    """Whether the grammar reads a row of the table right, wrong, or says nothing (see tests/dates/README.md)."""
    low = lower(flatten(row["sentence"]))
    day_first = {"us": False, "uk": True}.get(row["locale"] or "")
    found = list(phrases_in(low, date.fromisoformat(row["today"]), Span(0, len(low)), day_first=day_first))
    if row["phrase"] is None:
        return "wrong" if found else "right"
    start = low.find(lower(flatten(row["phrase"])))
    mine = next((p for p in found if p.span.start < start + len(row["phrase"]) and start < p.span.end), None)
    if mine is None:
        return "silent"
    pairs = [(row["first"], row["last"]), *([tuple(row["or"])] if row["or"] else [])]
    spans = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs]
    if not mine.certain and mine.last - mine.first == timedelta(7):  # both readings of a weekday are left open
        covered = any(mine.first <= b and a <= mine.last for a, b in spans)
        return ("right" if len(spans) == 2 else "silent") if covered else "wrong"
    if row["deadline"]:
        right = mine.deadline and any(b - timedelta(2) <= mine.last <= b for _, b in spans)
    else:
        right = not mine.deadline and any(a <= mine.first and mine.last <= b for a, b in spans)
    return "right" if right else "wrong"


@pytest.mark.parametrize("kept", KEPT, ids=KEPT.values())
def test_what_people_write_is_read_right_or_not_at_all(kept: bool) -> None:
    rows = [row for row in PHRASES if row["kept"] is kept]
    readings = Counter(map(reading, rows))
    assert readings["wrong"] < 0.02 * len(rows)
    assert readings["silent"] < 0.1 * len(rows)
    phrases = sum(row["phrase"] is not None for row in rows)
    held = (KEPT[kept], len(rows), phrases, *(readings[how] for how in ("right", "silent", "wrong")))
    assert f"| {' | '.join(map(str, held))} |" in (DATES / "README.md").read_text("utf-8")
