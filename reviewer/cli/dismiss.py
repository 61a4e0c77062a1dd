"""reviewer dismiss: findings that the writer of a draft does not want to hear again."""

from typing import Annotated

import typer

from reviewer.cli import facts as f
from reviewer.cli import log as l

__all__ = ["add_to"]

_EPILOG = "Example: reviewer dismiss draft.txt no-contact-details; take it back with --undo"


def add_to(app: typer.Typer) -> None:
    app.command("dismiss", epilog=_EPILOG)(dismiss)


def dismiss(
    file: Annotated[str | None, typer.Argument(help="The draft, or - for standard input.", show_default=False)] = None,
    rule: Annotated[
        str | None, typer.Argument(help="The rule whose findings are dismissed.", show_default=False)
    ] = None,
    line: Annotated[int | None, typer.Option(help="Only the findings of this line.", show_default=False)] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Hear them again.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List what is dismissed now, in all drafts.")] = False,
    to: f.To = None,
    subject: f.Subject = None,
    log: l.LogFile = None,
    rubric: f.RubricName = "default",
) -> None:
    """Dismiss a rule's findings in one draft; they stay dismissed when other places of it change.

    No word of the draft is kept, and no other draft is affected. To switch a rule off everywhere, name it in
    config.toml: [rules], off = ["no-contact-details"].
    """
    from reviewer import suppression as s
    from reviewer.cli.reading import drafts
    from reviewer.errors import InputError
    from reviewer.linking import linked
    from reviewer.report.lines import line_and_column
    from reviewer.reviewing import review
    from reviewer.rubric import load_rubric

    if list_:
        for gone in s.dismissals():
            typer.echo(f"{gone.on}  {gone.fingerprint}  {gone.rule}")
        return
    if file is None or rule is None:
        raise InputError("say which draft and which rule: reviewer dismiss draft.txt no-contact-details")
    from pathlib import Path

    from reviewer.context import Context

    _, message = next(drafts([Path(file)], subject=subject, to=to, channel=None))
    done = review(message, load_rubric(rubric), context=linked(Context(), message, log=log), silenced=s.silenced())
    known = [x.finding for x in done.suppressed if x.reason == s.DISMISSED] if undo else list(done.findings)
    chosen = [
        finding
        for finding in known
        if finding.rule == rule
        and (line is None or (finding.span and line_and_column(message.text, finding.span.start)[0] == line))
    ]
    if not chosen:
        there = ", ".join(sorted({finding.rule for finding in known})) or "none"
        raise InputError(f"{file}: no finding of {rule!r} to {'undo' if undo else 'dismiss'}; there are: {there}")
    marks = [(s.fingerprint(x.rule, x.span, message), x.rule) for x in chosen]
    if undo:
        s.undo(mark for mark, _ in marks)
    else:
        s.dismiss(marks)
    typer.echo(f"{'Heard again' if undo else 'Dismissed'}: {rule}" + (f", {len(chosen)} times" if chosen[1:] else ""))
