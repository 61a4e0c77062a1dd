"""reviewer plan: what to send next, to whom, when and why."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli import log as common
from reviewer.cli.log import LogFile
from reviewer.errors import InputError, SettingsError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("plan", epilog="Example: reviewer plan northwind --ics follow-up.ics")(plan)


def plan(
    name: Annotated[
        str | None, typer.Argument(help="Only this application: part of a firm, job or person.", show_default=False)
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help="Step over its public holidays: US, GB-SCT, DE-BY (extra: holidays).", show_default=False),
    ] = None,
    zone: Annotated[str | None, typer.Option(help="Your time zone; else this computer's.", show_default=False)] = None,
    at: Annotated[str | None, typer.Option(help="Plan as of then; else now.", show_default=False)] = None,
    ics: Annotated[Path | None, typer.Option(help="Also write a calendar file.", show_default=False)] = None,
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
    log: LogFile = None,
) -> None:
    """Show what to send next, to whom, from when until when, and why; what is due stands on top."""
    from reviewer.language.moments import read_moment, zone_here, zone_of
    from reviewer.plan import plan as work_out
    from reviewer.report.plan import as_dicts, calendar, render

    if format not in {"text", "json"}:
        raise InputError(f"--format: {format!r} is none; there are text and json")
    place = zone_of(zone) or zone_here()
    now = datetime.now(place)
    if at not in {None, "now"}:
        assert at is not None
        moment = read_moment(at, now, place)
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, 9, tzinfo=place)
        now = moment.astimezone(place)
    with common.opened_log(log) as opened:
        known = opened.all()
        only = opened.find(name).id if name is not None else None
        steps = work_out(known, now, free=_holidays(country), zone=place)  # one person may belong to several
        steps = tuple(step for step in steps if only in {None, step.application.id})
        if ics is not None:
            before = opened.entries(only)
            data, entries = calendar(steps, before, now, salt=opened.salt)
            _write(ics, data)
            opened.keep_entries(entries)
    if format == "json":
        typer.echo(json.dumps(as_dicts(steps), ensure_ascii=False))
    elif not known:
        typer.echo("No application yet; add one with: reviewer interview add")
    else:
        typer.echo(render(steps, now))


def _holidays(country: str | None) -> Callable[[date], bool]:
    if country is None:
        return lambda _: False
    try:
        import holidays
    except ImportError:
        raise SettingsError("--country needs the extra: pip install holidays") from None
    code, *part = re.split("[-/]", country.strip(), maxsplit=1)
    countries = holidays.list_supported_countries(include_aliases=False)
    if code.upper() not in countries:
        raise InputError(f"--country: {code!r} is not known; there are {', '.join(sorted(countries))}")
    parts = {name.casefold(): name for name in countries[code.upper()]}
    if part and part[0].casefold() not in parts:
        there = f"there are {', '.join(parts.values())}" if parts else "none of its parts has holidays of its own"
        raise InputError(f"--country: {code.upper()} has no part called {part[0]!r}; {there}")
    known = holidays.country_holidays(code.upper(), subdiv=parts[part[0].casefold()] if part else None)
    return lambda day: day in known


def _write(path: Path, data: bytes) -> None:
    """Aside first, then in place: a calendar that reads the file never sees half of it."""
    aside = path.with_name(path.name + ".part")
    try:
        aside.touch(mode=0o600)
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a file that can be written") from None
