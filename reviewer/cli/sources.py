"""The flags for how drafts are read from tables and folders, shared by the commands that read many."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.errors import InputError

if TYPE_CHECKING:  # imported when there is something to be read
    from reviewer.batch.sources import Source
    from reviewer.intake.remote import Place

__all__ = ["Columns", "HowDates", "Sheet", "keep_apart", "looked_at"]


class Dates(StrEnum):
    """How 3/10/2026 is meant."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


Columns = Annotated[
    list[str] | None,
    typer.Option("--map", help='Which column is what: --map draft="Your message"; empty for none.', show_default=False),
]
Sheet = Annotated[str | None, typer.Option(help="Which sheet of a workbook.", show_default=False)]
HowDates = Annotated[Dates | None, typer.Option(help="How 3/10/2026 is meant in a table.", show_default=False)]

_TOLD = 20  # sources by name: of more nobody reads how each is taken


def looked_at(
    paths: "Sequence[Place]", columns: Sequence[str] | None, sheet: str | None, dates: Dates | None
) -> "list[Source]":
    """What each path is, which is told on standard error. Raises InputError."""
    from reviewer.batch.columns import read_map
    from reviewer.batch.sources import Reading, look_at

    reading = Reading(read_map(columns or ()), sheet, None if dates is None else dates is Dates.DAY_FIRST)
    found = [look_at(path, reading) for path in paths]
    for source in found[:_TOLD]:
        print(f"{source.name}: {source.said}", file=sys.stderr)
    if len(found) > _TOLD:
        print(f"and {len(found) - _TOLD:,} more", file=sys.stderr)
    return found


def keep_apart(read: "Sequence[Place]", written: "Sequence[Place]") -> None:
    """Raise InputError where a file would be written over while it is read."""
    taken = {_settled(path) for path in written} & {_settled(path) for path in read if str(path) != "-"}
    if taken:
        raise InputError(f"{taken.pop()}: this is read and would be written over; give --output another name")


def _settled(path: "Place") -> str:
    return str(path.resolve() if isinstance(path, Path) else path)
