"""Every rewrite of the corpus: nothing invented, never a lower score, blanks for what nobody knows."""

import re
from datetime import timedelta
from typing import Any

import pytest

from reviewer import Context, Kind, Message, Person, Rubric, review
from reviewer.intake.rows import read_rows

FACT = re.compile(r"[^\W_]*\d[^\W_]*|(?<!\w)[A-ZÀ-Þ][\w’'-]*")


@pytest.fixture(scope="module")
def reviewed(rubric: Rubric, corpus: list[dict[str, Any]], corpus_lines: list[str]) -> list[tuple[dict[str, Any], Any]]:
    rows = read_rows(corpus_lines, where="dev.jsonl")
    pairs = zip(corpus, rows, strict=True)
    return [(data, review(row.message, rubric, context=row.context, rewriting=True)) for data, row in pairs]


def test_no_rewrite_scores_lower_than_its_draft(reviewed: list[tuple[dict[str, Any], Any]]) -> None:
    lower = {data["id"]: (done.score, done.rewrite.score) for data, done in reviewed if done.rewrite.score < done.score}
    assert lower == {}


def test_no_rewrite_knows_more_than_draft_and_context(
    reviewed: list[tuple[dict[str, Any], Any]], rubric: Rubric
) -> None:
    """Compared by its own means: every number and capitalised word outside a blank stands in what was given."""
    ours = " ".join(s for kinds in rubric.rewriting.sentences.values() for variants in kinds.values() for s in variants)
    invented = {}
    for data, done in reviewed:
        given = words(data["draft"], data.get("subject"), data.get("to"), flatten(data["context"]), days(done), ours)
        given |= words("Dear Hi I Subject Thank you", "Could January February March April May June July August")
        text = re.sub(r"\[[^\]\n]*\]", " ", f"{done.rewrite.subject or ''}\n{done.rewrite.text}")
        new = {m for m in FACT.findall(text) if not words(m) <= given} - corrected(done)
        if new:
            invented[data["id"]] = new
    assert invented == {}


def corrected(done: Any) -> set[str]:
    """Words that a spelling check put right: `Thats` → `That's`."""
    fixes = [f.fix for f in done.findings if f.rule == "spelling-or-grammar" and f.fix is not None]
    return {m for fix in fixes for edit in fix.edits for m in FACT.findall(edit.text)}


def words(*texts: str | None) -> set[str]:
    found = {w.lower() for t in texts if t for w in re.findall(r"[^\W_]+", t)}
    return found | {w.removesuffix("s") for w in found}


def flatten(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(flatten(v) for v in value.values())
    if isinstance(value, list):
        return " ".join(flatten(v) for v in value)
    return str(value)


def days(done: Any) -> str:
    """The days that the context names, as words: the interview, the promise, the sending."""
    context = done.context
    moments = [m for m in (context.interviewed_at, context.promised_reply_by, context.sending_at) if m is not None]
    near = [m + timedelta(days) for m in moments for days in (-1, 0, 1)]
    return " ".join(f"{m:%A %B} {m.day} {m:%Y} yesterday today" for m in near)


DRAFT = """Hi Pria,

Thank you for your time this morning. I need an answer by Friday because my landlord has to know, so please let me
know asap.

Jordan Ellis"""


def test_what_presses_goes_and_what_is_missing_comes(rubric: Rubric) -> None:
    context = Context(interviewers=(Person("Priya Raman"),), role="Data Engineer", kind=Kind.THANK_YOU)
    done = review(Message(DRAFT, subject="hey", channel="email"), rubric, context=context, rewriting=True).rewrite
    assert done is not None
    assert "Hi Priya," in done.text and "landlord" not in done.text and "asap" not in done.text
    assert "Thank you for your time this morning." in done.text
    assert "[one thing you talked about with Priya]" in done.placeholders
    assert "[your telephone number]" in done.placeholders
    assert done.subject == "Jordan Ellis – Thank you"


def test_an_empty_draft_becomes_a_letter_of_known_facts_and_blanks(rubric: Rubric) -> None:
    context = Context(interviewers=(Person("Priya Raman"),), topics=("on-call rota",), kind=Kind.THANK_YOU)
    done = review(Message(""), rubric, context=context, rewriting=True).rewrite
    assert done is not None
    assert done.text.startswith("Dear Priya,")
    assert "on-call rota" in done.text and done.placeholders


def test_a_subject_line_in_the_text_is_changed_where_it_stands(rubric: Rubric) -> None:
    draft = Message(f"Subject: hey\n\n{DRAFT}", subject="hey", channel="email")
    done = review(draft, rubric, rewriting=True).rewrite
    assert done is not None
    assert done.text.startswith("Subject: Jordan Ellis – Thank you\n") and done.text.count("Subject:") == 1


def test_a_good_note_is_left_as_it_is(rubric: Rubric, good: tuple[Message, Context]) -> None:
    message, context = good
    done = review(message, rubric, context=context, rewriting=True).rewrite
    assert done is not None
    assert done.text == message.text and not done.changes
