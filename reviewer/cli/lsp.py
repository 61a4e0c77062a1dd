"""reviewer lsp: the language server, which an editor starts."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reviewer.errors import InputError

if TYPE_CHECKING:
    import typer

__all__ = ["add_to", "quick"]


def quick(arguments: Sequence[str]) -> int | None:
    """The exit status; None where the arguments are for typer to explain. `--stdio` is what every server knows."""
    return _serve() if not arguments or list(arguments) == ["--stdio"] else None


def add_to(app: "typer.Typer") -> None:
    from typing import Annotated

    import typer

    @app.command("lsp", epilog="Example: see docs/clients/lsp.md")
    def lsp(
        stdio: Annotated[
            bool, typer.Option("--stdio", help="On standard input and output; there is no other way.")
        ] = True,
    ) -> None:
        """Serve an editor by the Language Server Protocol: what is wrong with a message, while it is written.

        Exit status: 0 the editor has said goodbye, 1 it has hung up, 2 could not be started.
        """
        raise typer.Exit(_serve())


def _serve() -> int:
    from reviewer.cli import settle

    try:
        from reviewer.lsp.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise InputError("the language server needs pygls: pip install pygls") from None
    sink, sys.stdout = sys.stdout.buffer, sys.stderr  # what anything prints would be taken for an answer
    settle()
    return serve(sys.stdin.buffer, sink)
