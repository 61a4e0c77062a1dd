"""reviewer batch: many drafts, one line of JSON each."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli import settle
from reviewer.cli.facts import RubricName
from reviewer.errors import InputError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("batch", epilog="Example: reviewer batch drafts.jsonl --output reviews.jsonl")(batch)


def batch(
    source: Annotated[Path, typer.Argument(help="JSON Lines with draft, subject, to, context; - for standard input.")],
    output: Annotated[Path, typer.Option(help="Where the reviews go, one a line; - for standard output.")] = Path("-"),
    rubric: RubricName = "default",
    rewrite: Annotated[bool, typer.Option("--rewrite/--no-rewrite", help="Add a rewritten version to each.")] = False,
) -> None:
    """Review many drafts, one after the other, in order; a row that fails is a row with an error.

    Exit status: 0 every row reviewed, 1 some row failed, 2 could not be done.
    """
    from reviewer.batch import reviews
    from reviewer.rubric import load

    rules = load(rubric)
    try:
        incoming = (
            sys.stdin if str(source) == "-" else source.open(encoding="utf-8-sig", errors="replace", newline="\n")
        )
    except OSError as error:
        raise InputError(f"{source}: {error.strerror or error}; give a JSON Lines file, or -") from None
    try:
        outgoing = sys.stdout if str(output) == "-" else output.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{output}: {error.strerror or error}; give a file that can be written") from None
    settle()
    done = failed = 0
    progress = sys.stderr.isatty()
    with incoming, outgoing:
        for result in reviews(incoming, rules, where=str(source), rewriting=rewrite):
            outgoing.write(json.dumps(result, ensure_ascii=False) + "\n")
            done += 1
            failed += "error" in result
            if progress and done % 100 == 0:
                print(f"\r{done} drafts, {failed} failed", end="", file=sys.stderr)
    print(("\r" if progress else "") + f"{done} drafts reviewed, {failed} failed", file=sys.stderr)
    raise typer.Exit(1 if failed else 0)
