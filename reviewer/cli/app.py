"""The typer application that the commands hang on."""

from typing import Annotated

import typer

from reviewer import __version__
from reviewer.cli import batch, evaluate, explain, interview, llm, plan, review, rewrite, schema, sent

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="What a good career coach says of the message you are about to send after an interview, offline.",
)
for module in (review, rewrite, explain, schema, batch, evaluate, interview, plan, sent, llm):
    module.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reviewer {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version
