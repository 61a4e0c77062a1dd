"""reviewer report: a page for the browser, and letters to clients, of what a batch reviewed."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli import settle
from reviewer.cli.facts import RubricName
from reviewer.cli.sources import Columns, HowDates, Sheet, keep_apart, looked_at
from reviewer.errors import InputError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("report", epilog="Example: reviewer report reviews.jsonl responses.csv --output term.html")(report)


def report(
    reviews: Annotated[
        str, typer.Argument(help="What reviewer batch wrote as JSON Lines or Parquet; - for standard input.")
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="The drafts that it reviewed, as they were given to it; without them their texts are left out.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Where the page goes; beside the reviews, as .html.", show_default=False)
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Show names.")] = False,
    per_client: Annotated[
        Path | None, typer.Option(help="A folder for a letter to each client, instead of a page.", show_default=False)
    ] = None,
    letter: Annotated[
        Path | None, typer.Option(help="The words of these letters, for --per-client.", show_default=False)
    ] = None,
    rubric: RubricName = "default",
    column: Columns = None,
    sheet: Sheet = None,
    dates: HowDates = None,
) -> None:
    """Show how a cohort did: scores, findings, what several wrote alike, every draft; one page that opens from disk."""
    from reviewer.batch.outputs import open_page
    from reviewer.batch.reviewed import entries
    from reviewer.batch.sources import places_of
    from reviewer.intake.remote import place
    from reviewer.report.cohort import Cohort
    from reviewer.report.letter import template, write_letters
    from reviewer.rubric import load_rubric

    rules = load_rubric(rubric)
    if letter is not None and per_client is None:
        raise InputError("--letter is for --per-client, which says where the letters go")
    reviewed, read = place(reviews), places_of(sources or ())
    found = looked_at(read, column, sheet, dates)
    settle()
    if per_client is not None:
        words = template(letter)
        cohort = Cohort(names=True)  # a letter says to whom it is
        for entry in entries(reviewed, found, names=True):
            cohort.add(entry)
        count = write_letters(cohort, rules, words, per_client)
        print(f"{count} letters in {per_client}", file=sys.stderr)
        return
    if output is None and (reviews == "-" or not isinstance(reviewed, Path)):
        raise InputError("--output is needed where the reviews come from standard input or from an address")
    page_at = output or Path(reviews).with_suffix(".html")
    keep_apart([reviewed, *read], [page_at])
    page = open_page(page_at, rules, names=names)
    try:
        for entry in entries(reviewed, found, names=names):
            page.cohort.add(entry)
        page.finish()
    except OSError as error:
        page.abandon()
        raise InputError(f"{error.filename or page_at}: {error.strerror or error}") from None
    except BaseException:
        page.abandon()
        raise
    print(f"{page.cohort.drafts:,} drafts in {page_at}", file=sys.stderr)
