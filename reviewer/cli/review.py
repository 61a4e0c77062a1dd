"""reviewer review: read a draft and say what a coach would."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.cli.flags import parse
from reviewer.cli.reading import drafts, linked, tell
from reviewer.configuration import table
from reviewer.context import Context
from reviewer.finding import Severity
from reviewer.reviewing import Review, SecondReader
from reviewer.reviewing import review as read
from reviewer.rubric import load_rubric
from reviewer.suppression import silenced

if TYPE_CHECKING:
    import typer

__all__ = ["add_to", "quick"]

_FORMATS = ("text", "json", "unix", "markdown")
_VALUED = {
    "--format": "format",
    "--fail-on": "fail_on",
    "--rubric": "rubric",
    "--to": "to",
    "--subject": "subject",
    "--for": "for_",
    "--log": "log",
}
_SWITCHES = {"--no-rewrite": "no_rewrite", "--readability": "readability"}
_INTERRUPTED = 130
_EPILOG = (
    "Example: reviewer review draft.txt --interviewer 'Priya Raman' --interviewed 2026-03-10T10:00 "
    "--topic 'on-call rota'"
)


def quick(arguments: Sequence[str]) -> int | None:
    """The exit status; None where the arguments or the settings ask for more than the checks and the log."""
    found = parse(arguments, _VALUED, _SWITCHES)
    if found is None or table("llm"):
        return None
    given, paths = found
    known = {"format": _FORMATS, "fail_on": tuple(Severity)}
    if any(name in given and given[name] not in choices for name, choices in known.items()):
        return None
    rewriting = not given.pop("no_rewrite", False)
    return _review([Path(path) for path in paths], Context(), rewriting=rewriting, **given)  # type: ignore[arg-type]


def add_to(app: "typer.Typer") -> None:
    from enum import StrEnum
    from functools import partial
    from typing import Annotated

    import typer

    from reviewer.cli import facts as f
    from reviewer.cli import log as l
    from reviewer.cli import second as s

    class Format(StrEnum):
        TEXT = "text"
        JSON = "json"
        UNIX = "unix"
        MARKDOWN = "markdown"

    def review(
        files: f.Files = None,
        company: f.Company = None,
        role: f.Role = None,
        interviewer: f.Interviewer = None,
        interviewed: f.Interviewed = None,
        promised: f.Promised = None,
        sending: f.Sending = None,
        topic: f.Topic = None,
        kind: f.KindOption = None,
        to: f.To = None,
        subject: f.Subject = None,
        channel: f.Channel = None,
        context: f.ContextFile = None,
        for_: l.For = None,
        sent: Annotated[bool, typer.Option("--sent", help="Also record in the log that it went out now.")] = False,
        text: l.Text = True,
        log: l.LogFile = None,
        rubric: f.RubricName = "default",
        format: Annotated[
            Format, typer.Option(help="text for people; json, unix or markdown for tools.")
        ] = Format.TEXT,
        rewrite: Annotated[bool, typer.Option("--rewrite/--no-rewrite", help="Add a rewritten version.")] = True,
        fail_on: Annotated[Severity, typer.Option(help="Exit with 1 at a finding this grave.")] = Severity.WARNING,
        readability: Annotated[
            bool, typer.Option("--readability", help="Also say how hard the draft is to read (text format).")
        ] = False,
        llm: s.Llm = None,
        model: s.ModelName = None,
        base_url: s.BaseUrl = None,
        samples: s.Samples = None,
        redact: s.Redact = None,
        show_prompt: s.ShowPrompt = False,
        max_tokens_total: s.MaxTokens = None,
        cache: s.Cache = None,
        deadline: s.Deadline = None,
    ) -> None:
        """Read a draft and say what a career coach would, before it is sent.

        Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not be done.
        """
        given = dict(locals())  # every flag by its name
        known = f.context_of(given)
        if show_prompt:
            rewriting = rewrite and format is not Format.UNIX
            rules = load_rubric(rubric)
            for _, message in drafts(files, subject=subject, to=to, channel=known.channel):
                here = linked(known, message, for_, log)
                s.show_prompts(message, here, rules, given=given, rewriting=rewriting)
            return
        raise typer.Exit(
            _review(
                files,
                known,
                s.judge_of(given),
                rewriting=rewrite,
                format=format.value,
                fail_on=fail_on,
                rubric=rubric,
                to=to,
                subject=subject,
                for_=for_,
                log=log,
                readability=readability,
                recorded=partial(l.record_review, name=for_, path=log, keep=text) if sent else None,
            )
        )

    app.command("review", epilog=_EPILOG)(review)


def _review(
    files: Sequence[Path] | None,
    known: Context,
    judge: SecondReader | None = None,
    *,
    rewriting: bool,
    format: str = "text",
    fail_on: str = Severity.WARNING,
    rubric: str = "default",
    to: str | None = None,
    subject: str | None = None,
    for_: str | None = None,
    log: Path | str | None = None,
    readability: bool = False,
    recorded: Callable[[Review], str] | None = None,
) -> int:
    """The exit status; `recorded` writes a review into the log and says so."""
    rules, unheard, least = load_rubric(rubric), silenced(), Severity(fail_on)
    rewriting = rewriting and format != "unix"  # whose lines have no place for it
    failed = False
    for name, message in drafts(files, subject=subject, to=to, channel=known.channel):
        here = linked(known, message, for_, Path(log) if log is not None else None)
        done = read(message, rules, context=here, judge=judge, rewriting=rewriting, silenced=unheard)
        stopped = tell(done.failures)
        failed = failed or any(finding.severity.rank <= least.rank for finding in done.findings)
        _show(done, name, format, readability=readability)
        if recorded is not None:
            print(f"Recorded: {recorded(done)}", file=sys.stderr)
        if stopped:
            return _INTERRUPTED
    return 1 if failed else 0


def _show(done: Review, name: str, format: str, *, readability: bool) -> None:
    if format == "text":
        from rich.console import Console

        from reviewer.report.text import show

        show(done, Console())
        if readability:
            from reviewer.report.readability import readability as measured

            print(measured(done.message))
    elif format == "json":
        from reviewer.report import contract

        print(contract.render(done))
    elif format == "unix":
        from reviewer.report import unix

        if done.findings:
            print(unix.render(done, name))
    else:
        from reviewer.report import markdown

        print(markdown.render(done))
