"""reviewer evaluate: how well the rubric agrees with drafts that people labelled."""

from pathlib import Path
from typing import Annotated

import typer

from reviewer.cli import second as s
from reviewer.cli import settle
from reviewer.cli.facts import RubricName
from reviewer.cli.reading import rows_in

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("evaluate", epilog="Example: reviewer evaluate tests/corpus/dev.jsonl --worst 5")(evaluate)


def evaluate(
    corpus: Annotated[
        Path, typer.Argument(help="Labelled drafts, as JSON Lines or a table; see tests/corpus/README.md.")
    ],
    rubric: RubricName = "default",
    worst: Annotated[int, typer.Option(min=0, help="Also show the N drafts furthest off.")] = 0,
    split: Annotated[
        bool, typer.Option("--split", help="Each half by itself: the one that a calibration reads, and the other.")
    ] = False,
    only: Annotated[str, typer.Option(help="Only drafts whose id starts so, e.g. d-.", show_default=False)] = "",
    llm: s.Llm = None,
    model: s.ModelName = None,
    base_url: s.BaseUrl = None,
    samples: s.Samples = None,
    redact: s.Redact = None,
    max_tokens_total: s.MaxTokens = None,
    cache: s.Cache = None,
    deadline: s.Deadline = None,
) -> None:
    """Compare the levels with labelled drafts: kappa and agreement by criterion, precision and recall by rule.

    Beside kappa stand the interval that holds 95 of 100 samples of such drafts, and how well two people agree where
    the file has both.

    Exit status: 0 compared, 2 could not be done (a second reader that answered for no draft is such a case), 130
    stopped by Ctrl-C, with the figures of the drafts before.
    """
    given = dict(locals())  # every flag by its name
    from reviewer.evaluate import evaluate as compare
    from reviewer.evaluate import halves
    from reviewer.report.evaluation import render, troubles
    from reviewer.rubric import load_rubric

    judge = s.judge_of(given, by_setting=False)
    settle()
    rows = [row for row in rows_in(corpus) if row.id.startswith(only)]
    rules = load_rubric(rubric)
    parts = zip(("the half that a calibration reads", "the other half"), halves(rows), strict=True)
    for title, part in parts if split else [("", rows)]:
        found = compare(part, rules, judge=judge)
        typer.echo((f"{title}: " if title else "") + render(found, worst=worst))
        for trouble in troubles(found):
            typer.echo(f"reviewer: {trouble}", err=True)
        if found.stopped:
            raise typer.Exit(130)
        if found.judged == 0:
            raise typer.Exit(2)
