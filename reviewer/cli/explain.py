"""reviewer explain: what a rule is for, from the check itself."""

from difflib import get_close_matches
from typing import Annotated

import typer

from reviewer.cli.facts import RubricName
from reviewer.errors import InputError

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("explain", epilog="Example: reviewer explain vague-reference")(explain)


def explain(
    rule: Annotated[
        str | None, typer.Argument(help="The rule's name; none lists them all.", show_default=False)
    ] = None,
    rubric: RubricName = "default",
) -> None:
    """Say why a reader minds, where the rule comes from, what it flags and leaves alone, and how often it is right.

    That was measured for the default rubric, on synthetic drafts.
    """
    from reviewer.rubric import load_rubric

    rules = {use.rule: (criterion, use) for criterion in load_rubric(rubric).criteria for use in criterion.uses}
    if rule is None:
        for name, (criterion, use) in rules.items():
            typer.echo(f"{name:<26} {criterion.id:<20} {use.severity}")
        return
    if rule not in rules:
        close = get_close_matches(rule, rules, n=1)
        hint = f"do you mean {close[0]}? " if close else ""
        raise InputError(f"{rule}: no such rule; {hint}`reviewer explain` lists them")
    from reviewer.inheritance import compose
    from reviewer.report.rule import as_text, explained
    from reviewer.rubric_names import Files, find

    files = Files()
    typer.echo(as_text(explained(compose(find(rubric, files), files))[rule]))
