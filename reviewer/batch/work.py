"""What is done with each record, in this process or in one of its workers: read, reviewed, and written as JSON."""

import gc
import json
import os
import signal
from collections.abc import Mapping, Sequence
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from reviewer.context import Person
from reviewer.intake.rows import Record, Row, row_of
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.message import Message
from reviewer.redact import Redaction
from reviewer.report.contract import as_dict
from reviewer.report.entry import entry_of
from reviewer.reviewing import SecondReader, review
from reviewer.rubric import Rubric, load_rubric

__all__ = ["OVER_BUDGET", "Outcome", "Reviewer", "Work", "as_json", "begin", "entry_for", "error_of", "review_records"]


class Work(NamedTuple):
    """How drafts are to be reviewed.

    `about` asks for the draft and what is known of it beside the review, `page` for what a page of the cohort shows
    of it, which has names in it only if `names` says so.
    """

    rubric: str | Path = "default"
    rewriting: bool = False
    redact: bool = False
    about: bool = False
    page: bool = False
    names: bool = False


class Outcome(NamedTuple):
    """What became of a record, as JSON, because that is passed between processes at a third of a mapping's cost.

    `line` is a mapping of the contract, or `{"id", "error"}`; `about` the draft and what is known, and
    `page` what a page of the cohort shows, where they are wanted.
    `unread` says why a model that was asked may answer another time; `usage` is what asking it cost.
    """

    line: str
    failed: bool
    about: str | None = None
    page: str | None = None
    unread: str = ""
    usage: Usage = NOTHING_SPENT


class Reviewer:
    """Reviews records against one rubric: `rubric` where it is loaded already, else the one that the work names."""

    def __init__(self, work: Work, judge: SecondReader | None = None, rubric: Rubric | None = None) -> None:
        self._work, self._judge = work, judge
        self._rubric = load_rubric(work.rubric) if rubric is None else rubric

    def __call__(self, records: Sequence[Record]) -> list[Outcome]:
        return [self.outcome(record) for record in records]

    def outcome(self, record: Record) -> Outcome:
        result, about, page = self.result(record)
        return Outcome(
            as_json(result),
            "error" in result,
            None if about is None else as_json(about),
            None if page is None else as_json(page),
            unread=_unread(result),
            usage=_usage(result),
        )

    def result(self, record: Record) -> tuple[dict[str, Any], dict[str, Any] | None, dict[str, Any] | None]:
        """What becomes of a record, what is known of it, and its part of a page, where these are wanted.

        Whatever is wrong with the record is an error in the result.
        """
        try:
            row = row_of(record)
            redaction = _redaction(row) if self._work.redact else None
            about = _about(row, redaction) if self._work.about else None
            if row.message is None:
                done = _error(record, row.id, row.error or "", redaction)
            else:
                reviewed = review(
                    row.message, self._rubric, context=row.context, judge=self._judge, rewriting=self._work.rewriting
                )
                done = as_dict(reviewed)
            page = entry_for(done, record, row, names=self._work.names) if self._work.page else None
            return (done if redaction is None or row.message is None else _redacted(done, redaction)), about, page
        except Exception as error:  # the border around one row: the rest goes on
            return error_of(record, f"the review crashed: {type(error).__name__}"), None, None


def entry_for(result: Mapping[str, Any], record: Record, row: Row, *, names: bool) -> dict[str, Any]:
    """What a page of the cohort shows of a record and what became of it."""
    redaction = None if names else _redaction(row)
    if row.message is None and "error" in result:
        result = _error(record, row.id, row.error or "", redaction)
    return entry_of(result, row.message, row.context, client=_client(row), redaction=redaction)


def _client(row: Row) -> str | None:
    said = row.data.get("client")
    return str(said) if isinstance(said, (str, int)) and str(said).strip() else None


def _usage(result: Mapping[str, Any]) -> Usage:
    used = result.get("usage")
    if used is None:
        return NOTHING_SPENT
    return Usage(
        used["calls"], used["prompt_tokens"], used["completion_tokens"], used["cached_tokens"], used["from_cache"]
    )


def _unread(result: Mapping[str, Any]) -> str:
    """What kept a model from answering, if that may be otherwise another time."""
    if result.get("usage") is None:
        return ""
    said = (f["reason"] for f in result["failures"] if f["source"] in {"judge", "rewrite"})
    return next((reason for reason in said if reason.startswith(_ANOTHER_TIME)), "")


# As an answer's outcome is called in a failure's reason.
OVER_BUDGET = "over budget"
_ANOTHER_TIME = (
    *(OVER_BUDGET, "awaited", "stopped", "rate limited", "unavailable", "timed out", "not authorised", "bad request"),
)


def as_json(value: Any) -> str:
    """One line of JSON that UTF-8 can hold: half a surrogate pair, which it cannot, stays escaped."""
    line = json.dumps(value, ensure_ascii=False)
    return line if line.isprintable() or _is_whole(line) else json.dumps(value)


def _is_whole(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _error(record: Record, name: str, reason: str, redaction: Redaction | None) -> dict[str, Any]:
    if redaction is not None:
        known, _, rest = reason.partition(record.where)
        reason = f"{known}{record.where}{redaction.hide(rest)}" if rest else redaction.hide(reason)
    return error_of(record, reason, name)


def error_of(record: Record, reason: str, name: str | None = None) -> dict[str, Any]:
    """What stands for a record that has no review."""
    return {"id": record.name if name is None else name, "error": {"row": record.number, "reason": reason}}


def _about(row: Row, redaction: Redaction | None) -> dict[str, str | None]:
    message = row.message or Message("")
    known = {
        "to": message.to or message.address,
        "subject": message.subject,
        "company": row.context.company,
        "role": row.context.role,
        "draft": message.text,
    }
    return known if redaction is None else _hidden(known, redaction)


def _redaction(row: Row) -> Redaction:
    client = _client(row)
    known = row.context.interviewers if client is None else (*row.context.interviewers, Person(client))
    return Redaction(row.message or Message(""), row.context._replace(interviewers=known))


# What a review says in the draft's words, or of the people in it.
_TELLING = {
    "findings": ("message", "quote", "fix"),
    "suppressed": ("message", "quote", "fix"),
    "failures": ("reason",),
    "criteria": ("reason",),
}
_REWRITTEN = ("text", "subject", "placeholders", "refused")


def _redacted(done: dict[str, Any], redaction: Redaction) -> dict[str, Any]:
    for part, keys in _TELLING.items():
        for one in done[part].values() if isinstance(done[part], dict) else done[part]:
            one.update({key: _hidden(one[key], redaction) for key in keys})
    if done["rewrite"] is not None:
        done["rewrite"].update({key: _hidden(done["rewrite"][key], redaction) for key in _REWRITTEN})
    return done


_NO_WORDS = frozenset({"safety"})


def _hidden(value: Any, redaction: Redaction) -> Any:
    if isinstance(value, str):
        return redaction.hide(value)
    if isinstance(value, list):
        return [_hidden(item, redaction) for item in value]
    if isinstance(value, dict):
        return {key: item if key in _NO_WORDS else _hidden(item, redaction) for key, item in value.items()}
    return value


_here: Reviewer | None = None  # of a worker process


def begin(work: Work) -> None:
    """In a worker: get ready, leave Ctrl-C to the parent, and end with it, however it ends."""
    global _here  # noqa: PLW0603 - a process pool has no other place for what its workers share
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where the pool could not see to it
    Thread(target=_end_with_parent, daemon=True).start()
    _here = Reviewer(work)
    gc.freeze()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def review_records(records: Sequence[Record]) -> list[Outcome]:
    """In a worker that has begun: what becomes of some records."""
    assert _here is not None
    return _here(records)
