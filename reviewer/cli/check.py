"""reviewer check: whether a message may go, in a line a finding, before it is sent."""

import sys
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.allowance import refuse
from reviewer.cli.flags import parse
from reviewer.errors import InputError, ReviewerError
from reviewer.finding import Severity
from reviewer.gate import Examined, Gate
from reviewer.message import Message
from reviewer.report.lines import Columns

if TYPE_CHECKING:
    import typer

__all__ = ["FORMATS", "add_to", "quick"]

# The formats, and what their columns count where nobody says.
FORMATS = {
    "unix": Columns.CHAR,
    "vim": Columns.BYTE,
    "emacs": Columns.SCREEN,
    "efm": Columns.UTF16,
    "json": Columns.CHAR,
    "sarif": Columns.CHAR,
}
_VALUED = {
    "--format": "format",
    "--columns": "columns",
    "--fail-on": "fail_on",
    "--rubric": "rubric",
    "--log": "log",
    "--stdin-name": "stdin_name",
    "--to": "to",
    "--subject": "subject",
}
_SWITCHES = {"--always": "always"}
_EPILOG = "Example: reviewer check draft.eml --format vim; in a mail client's hook: reviewer check - < message"


def quick(arguments: Sequence[str]) -> int | None:
    """The exit status; None where the arguments are for typer to explain."""
    read = parse(arguments, _VALUED, _SWITCHES)
    if read is None:
        return None
    given, paths = read
    known = {"format": FORMATS, "columns": tuple(Columns), "fail_on": tuple(Severity)}
    if any(name in given and given[name] not in choices for name, choices in known.items()):
        return None
    return _check(paths, **given)  # type: ignore[arg-type]


def add_to(app: "typer.Typer") -> None:
    from enum import StrEnum
    from typing import Annotated

    import typer

    from reviewer.cli import facts as f
    from reviewer.cli import log as l

    class Format(StrEnum):
        UNIX = "unix"
        VIM = "vim"
        EMACS = "emacs"
        EFM = "efm"
        JSON = "json"
        SARIF = "sarif"

    def check(
        files: f.Files = None,
        format: Annotated[Format, typer.Option(help="Lines for an editor, json, or sarif.")] = Format.UNIX,
        columns: Annotated[
            Columns | None,
            typer.Option(help="What a column counts; by default what the format's editor does.", show_default=False),
        ] = None,
        fail_on: Annotated[Severity, typer.Option(help="Exit with 1 at a finding this grave.")] = Severity.ERROR,
        always: Annotated[
            bool, typer.Option("--always", help="Also review what does not look like a follow-up message.")
        ] = False,
        stdin_name: Annotated[
            str, typer.Option(help="What the draft on standard input is called in the lines.")
        ] = "<stdin>",
        to: f.To = None,
        subject: f.Subject = None,
        log: l.LogFile = None,
        rubric: f.RubricName = "default",
    ) -> None:
        """Say whether a message may go, fast, for hooks of mail clients and editors.

        An ordinary mail is left alone: silence, and exit status 0. What is known of the interview comes from the
        log, by the recipient. Exit status: 0 it may go, 1 findings at or above --fail-on, 2 could not be done.
        `reviewer allow` lets the message that was refused last go as it is.
        """
        raise typer.Exit(
            _check(
                [str(path) for path in files or ()],
                format=format.value,
                columns=columns,
                fail_on=fail_on,
                always=always,
                stdin_name=stdin_name,
                to=to,
                subject=subject,
                log=str(log) if log is not None else None,
                rubric=rubric,
            )
        )

    app.command("check", epilog=_EPILOG)(check)


def _check(
    paths: Sequence[str],
    *,
    format: str = "unix",
    columns: str | None = None,
    fail_on: str = Severity.ERROR,
    always: bool = False,
    stdin_name: str = "<stdin>",
    to: str | None = None,
    subject: str | None = None,
    log: str | None = None,
    rubric: str = "default",
) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="surrogateescape")  # a file's name goes out as the bytes that it came in as
    gate = Gate(rubric=rubric, fail_on=Severity(fail_on), always=always, log=Path(log) if log is not None else None)
    counted = Columns(columns) if columns is not None else FORMATS[format]
    done: list[tuple[str, Examined]] = []
    failures: list[str] = []
    for name, draft in _drafts(paths or ["-"], stdin_name):
        try:
            if isinstance(draft, InputError):
                raise draft
            examined = gate.examine(_with(draft, to, subject))
        except ReviewerError as error:
            failures.append(str(error))
            continue
        done.append((name, examined))
        if examined.refused:
            refuse(examined.message)
        if format != "sarif":
            _show(name, examined, format, counted)
    if format == "sarif":
        from reviewer.report import sarif

        reviews = [(name, examined.review) for name, examined in done if examined.review is not None]
        print(sarif.render(reviews, failures))
    for failure in failures:
        print(f"reviewer: {failure}", file=sys.stderr)
    return 1 if any(examined.refused for _, examined in done) else 2 if failures else 0


def _drafts(paths: Sequence[str], stdin_name: str) -> Iterator[tuple[str, Message | InputError]]:
    from reviewer.intake.draft import read_draft, read_file, standard_input

    for path in paths:
        name = stdin_name if path == "-" else path
        try:
            if path == "-":
                yield name, read_draft(standard_input(), name=name)
            else:
                yield name, read_file(Path(path))
        except InputError as error:
            yield name, error


def _with(draft: Message, to: str | None, subject: str | None) -> Message:
    from reviewer.intake.draft import addressed

    return addressed(draft._replace(subject=subject or draft.subject), to)


def _show(name: str, examined: Examined, format: str, columns: Columns) -> None:
    if format == "json":
        import json

        from reviewer.report.contract import as_dict

        review = as_dict(examined.review) if examined.review is not None else {}
        print(json.dumps({"file": name, "skipped": examined.skipped, "refused": examined.refused, **review}))
    elif examined.review is not None and examined.review.findings:
        from reviewer.report import unix

        print(unix.render(examined.review, name, columns=columns, as_compiler=format != "unix"))
