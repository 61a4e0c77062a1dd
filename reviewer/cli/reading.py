"""What the commands that read a draft share, without typer, whose import takes longer than a review."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.context import Context
from reviewer.errors import InputError
from reviewer.finding import Failure
from reviewer.message import Message

if TYPE_CHECKING:
    from reviewer.intake.rows import Row

__all__ = ["drafts", "linked", "rows_in", "tell"]


def drafts(
    files: Sequence[Path] | None, *, subject: str | None, to: str | None, channel: str | None
) -> Iterator[tuple[str, Message]]:
    """Each draft with its name. Raises InputError."""
    from reviewer.intake.draft import addressed, read_draft, read_file, standard_input

    for path in files or [Path("-")]:
        if str(path) == "-":
            if sys.stdin is not None and sys.stdin.isatty():
                print("Paste your message, then press Ctrl-D on a line of its own:", file=sys.stderr)
            name, message = "<stdin>", read_draft(standard_input())
        else:
            name, message = str(path), read_file(path)
        if not message.text.strip():
            raise InputError(f"{name}: there is no draft in it")
        known = message._replace(subject=subject or message.subject, channel=channel or message.channel)
        yield name, addressed(known, to)


def rows_in(path: Path) -> "list[Row]":
    """Every row of whatever `reviewer batch` reads; one that cannot be read has an error. Raises InputError."""
    from reviewer.batch.sources import Reading, look_at
    from reviewer.intake.rows import row_of

    return [row_of(record) for record in look_at(path, Reading()).records()]


def linked(known: Context, message: Message, name: str | None, path: Path | None) -> Context:
    """The context with what the log knows, and a line that says which record that is. Raises LogError."""
    from reviewer.linking import linked as found

    context = found(known, message, name=name, log=path)
    if context is not known:
        print(f"Known from the log: {context.record}", file=sys.stderr)
    return context


def tell(failures: Iterable[Failure]) -> bool:
    """What the second reader could not do, a line each on standard error; whether Ctrl-C stopped it."""
    said = [f for f in failures if f.source in {"judge", "rewrite"}]
    for failure in said:
        print(f"reviewer: second reader: {failure.source}: {failure.reason}", file=sys.stderr)
    return any(f.reason.startswith("stopped") for f in said)
