"""The typer application that the commands hang on.

A command's module is imported, and its flags are read, only when it is the one that was asked for: reading the flags
of all of them takes longer than a review.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from reviewer import __version__

__all__ = ["app_for"]

COMMANDS = (
    "review",
    "rewrite",
    "check",
    "sendmail",
    "allow",
    "dismiss",
    "explain",
    "rubric",
    "schema",
    "batch",
    "report",
    "evaluate",
    "interview",
    "plan",
    "sent",
    "llm",
    "host",
    "hook",
    "lsp",
)


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The application with the command that the arguments begin with, or with all of them."""
    wanted = [name for name in COMMANDS if arguments and arguments[0] == name] or COMMANDS
    made = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="What a good career coach says of the message you are about to send after an interview, offline.",
    )
    for name in wanted:
        import_module(f"reviewer.cli.{name}").add_to(made)
    made.callback()(_main)
    return made


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reviewer {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version
