"""reviewer explain: what a rule is for, from the check itself."""

import textwrap
from difflib import get_close_matches
from typing import Annotated

import typer

from reviewer.check import Check, Flags, Passes
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
    """Say why a reader minds, where the rule comes from, and show a draft that it flags and one it leaves alone."""
    from reviewer.advice import cite
    from reviewer.rubric import load_rubric

    rules = load_rubric(rubric)
    uses = {use.rule: (use, criterion) for criterion in rules.criteria for use in criterion.uses}
    if rule is None:
        for name, (use, criterion) in uses.items():
            typer.echo(f"{name:<26} {criterion.id:<20} {use.severity}")
        return
    if rule not in uses:
        close = get_close_matches(rule, uses, n=1)
        hint = f"do you mean {close[0]}? " if close else ""
        raise InputError(f"{rule}: no such rule; {hint}`reviewer explain` lists them")
    use, criterion = uses[rule]
    typer.echo(f"{rule} ({criterion.title}, {use.severity})\n")
    typer.echo(textwrap.fill(use.reason, 78))
    typer.echo("\nSources:")
    for source in use.sources:
        typer.echo(textwrap.fill(cite(source), 78, initial_indent="  ", subsequent_indent="    "))
    _show(use.check, Flags, "Flagged")
    _show(use.check, Passes, "Left alone")


def _show(check: Check, which: type[Flags] | type[Passes], title: str) -> None:
    example = next((e for e in check.examples if type(e) is which), None)
    if example is None:
        return
    text = example.text if len(example.text) < 700 else example.text[:500].rsplit(" ", 1)[0] + " …"
    typer.echo(f"\n{title}:\n" + textwrap.indent(text.strip(), "    "))
    if isinstance(example, Flags) and example.at:
        typer.echo(f"    ^ “{example.at}”")
