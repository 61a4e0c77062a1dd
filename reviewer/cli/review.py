"""reviewer review: read a draft and say what a coach would."""

from enum import StrEnum
from typing import Annotated

import typer

from reviewer.cli import facts as f
from reviewer.cli import log as l
from reviewer.cli import second as s
from reviewer.finding import Severity

__all__ = ["add_to"]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    UNIX = "unix"
    MARKDOWN = "markdown"


_INTERRUPTED = 130
_EPILOG = (
    "Example: reviewer review draft.txt --interviewer 'Priya Raman' --interviewed 2026-03-10T10:00 "
    "--topic 'on-call rota'"
)


def add_to(app: typer.Typer) -> None:
    app.command("review", epilog=_EPILOG)(review)


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
    format: Annotated[Format, typer.Option(help="text for people; json, unix or markdown for tools.")] = Format.TEXT,
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
    from reviewer.reviewing import review as read
    from reviewer.rubric import load
    from reviewer.suppression import silenced

    known = f.context_of(given)
    rules = load(rubric)
    unheard = silenced()
    order = list(Severity)
    judge = None if show_prompt else s.judge_of(given)
    failed = False
    for name, message in f.drafts(files, subject=subject, to=to, channel=known.channel):
        rewriting = rewrite and format is not Format.UNIX
        here = l.linked(known, message, for_, log)
        if show_prompt:
            s.show_prompts(message, here, rules, given=given, rewriting=rewriting)
            continue
        done = read(message, rules, context=here, judge=judge, rewriting=rewriting, silenced=unheard)
        stopped = s.tell(done.failures)
        failed = failed or any(order.index(finding.severity) <= order.index(fail_on) for finding in done.findings)
        if format is Format.TEXT:
            from rich.console import Console

            from reviewer.report.text import show

            show(done, Console())
            if readability:
                from reviewer.report.readability import readability as measured

                typer.echo(measured(done.message))
        elif format is Format.JSON:
            from reviewer.report import contract

            typer.echo(contract.render(done))
        elif format is Format.UNIX:
            from reviewer.report import unix

            if done.findings:
                typer.echo(unix.render(done, name))
        else:
            from reviewer.report import markdown

            typer.echo(markdown.render(done))
        if sent:
            typer.echo(f"Recorded: {l.record_review(done, for_, log, keep=text)}", err=True)
        if stopped:
            raise typer.Exit(_INTERRUPTED)
    raise typer.Exit(1 if failed else 0)
