"""reviewer sent: record that a message went out."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli import log as common
from reviewer.cli.log import LogFile
from reviewer.context import Kind
from reviewer.errors import InputError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("sent", epilog="Example: reviewer sent northwind draft.txt --kind thank_you --to Priya")(sent)


def sent(
    name: Annotated[str, typer.Argument(help="A unique part of the firm, the job or a person; or the number.")],
    file: Annotated[
        Path | None, typer.Argument(help="The message that went out; - for standard input.", show_default=False)
    ] = None,
    kind: Annotated[
        Kind | None, typer.Option(help="What it was; otherwise told from the message.", show_default=False)
    ] = None,
    to: Annotated[str | None, typer.Option(help="Whom it went to.", show_default=False)] = None,
    at: Annotated[str, typer.Option(help="When: 'yesterday 4pm', 2026-03-10T16:30.")] = "now",
    text: common.Text = True,
    log: LogFile = None,
) -> None:
    """Record in the log that a message went out, and when."""
    from reviewer.cli.reading import drafts
    from reviewer.language.moments import in_full, read_moment, zone_here

    now = datetime.now(zone_here())
    moment = now if at == "now" else read_moment(at, now)
    if not isinstance(moment, datetime):  # a day: late on it, so that it counts as after what was on that day
        moment = datetime(moment.year, moment.month, moment.day, 23, tzinfo=now.tzinfo)
        moment = min(moment, now) if moment.date() == now.date() else moment
    if moment > now:
        raise InputError(f"--at: {in_full(moment)} is still to come; record a message once it has gone out")
    draft = next(m for _, m in drafts([file], subject=None, to=to, channel=None)) if file is not None else None
    if kind is None and draft is None:
        raise InputError("sent: say what went out: give the message, or --kind")
    with common.opened_log(log) as opened:
        found = opened.find(name)
    recorded = common.record(found, draft, kind=kind, to=to, at=moment, keep=text, log=log)
    typer.echo(f"Recorded for {found.title}: {recorded}")
