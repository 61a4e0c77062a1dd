"""What the commands that use the log share: where it is, how people and days are written, which record is meant."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.context import Kind
from reviewer.errors import InputError, LogError
from reviewer.message import Message

if TYPE_CHECKING:  # the log is opened when a command needs it
    from reviewer.applications import Application, Contact
    from reviewer.applications import Message as Sent
    from reviewer.log import Log
    from reviewer.reviewing import Review

__all__ = ["For", "LogFile", "Text", "ask", "at_terminal", "contact", "opened_log", "record", "record_review"]

LogFile = Annotated[
    Path | None,
    typer.Option(
        "--log", help="The log of applications; else REVIEWER_LOG, else your data folder.", show_default=False
    ),
]
For = Annotated[
    str | None,
    typer.Option("--for", help="Take what is known from the log: part of a firm, a job or a name.", show_default=False),
]

Text = Annotated[
    bool,
    typer.Option("--text/--no-text", help="Of what went out, keep the words, to compare the next message with."),
]

_CONTACT = re.compile(r"(?P<name>[^<,@]+)(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*(?:,(?P<title>[^<>]+))?")


@contextmanager
def opened_log(path: Path | None) -> Iterator["Log"]:
    from reviewer.folders import log_file
    from reviewer.log import opened

    with opened(path or log_file()) as log:
        yield log


def contact(said: str) -> "Contact":
    """`Priya Raman <priya@x.example>, Engineering Manager`: address and title may be left out. Raises InputError."""
    found = _CONTACT.fullmatch(" ".join(said.split()))
    if found is None or not any(c.isalpha() for c in found["name"]):
        raise InputError(f"{said!r}: expected a name such as 'Priya Raman <priya@x.example>, Engineering Manager'")
    from reviewer.applications import Contact

    return Contact(found["name"].strip(), (found["title"] or "").strip() or None, found["email"])


def record(
    found: "Application",
    draft: Message | None,
    *,
    kind: Kind | None,
    to: str | None,
    at: datetime,
    keep: bool,
    log: Path | None,
) -> str:
    """Write a message into the log; in words what was written."""
    from reviewer.applications import Message as Sent
    from reviewer.applications import context_of
    from reviewer.language.kind import kind_of
    from reviewer.language.moments import in_full

    written = [to] if to else [draft.address, draft.to] if draft is not None else []
    person = next((p for name in written if (p := found.person(name)) is not None), None)
    whom = person.name if person is not None else next((name for name in written if name), None)
    if whom and person is None:
        typer.echo(f"{whom} is nobody whom the log knows for {found.title}", err=True)
    if kind is None:
        assert draft is not None
        kind = kind_of(draft, context_of(found, now=at, to=whom))
    gone = Sent(kind, at, whom, draft.subject if draft else None, draft.text if draft and keep else None)
    assert found.id is not None
    with opened_log(log) as opened:
        opened.change(found.id, lambda now: _with_message(now, gone))
    return f"{kind.replace('_', ' ')}" + (f" to {whom}" if whom else "") + f", {in_full(at)}"


def _with_message(a: "Application", gone: "Sent") -> "Application":
    """The application with one message more, once; an answer to their concerns answers them."""
    sent = a.sent if gone in a.sent else (*a.sent, gone)
    answered = gone.kind is Kind.CONCERN_REPLY
    concerns = tuple(c._replace(answered=c.answered or answered) for c in a.concerns)
    return a._replace(sent=sent, concerns=concerns)


def record_review(done: "Review", name: str | None, path: Path | None, *, keep: bool) -> str:
    """Write a draft that was just reviewed into the log; in words what was written. Raises LogError."""
    from reviewer.linking import recipient

    with opened_log(path) as log:
        found = log.find(name) if name is not None else recipient(log.all(), done.message)
    if found is None:
        raise LogError("--sent: the log does not know who this is to; say which application by --for")
    now = datetime.now().astimezone()
    return record(found, done.message, kind=done.kind, to=None, at=now, keep=keep, log=path)


def ask(question: str, default: str = "") -> str:
    """One short question at the terminal; an empty answer is the default."""
    return str(typer.prompt(question, default=default, show_default=bool(default))).strip()


def at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
