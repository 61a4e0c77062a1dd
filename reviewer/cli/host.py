"""reviewer host: the native-messaging host, which a mail client's extension starts."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

__all__ = ["add_to", "program", "quick"]


def program() -> None:
    """The program `reviewer-host`: a client names a program to start, and no command of it."""
    from reviewer.cli import main

    sys.argv[1:] = ["host"]
    main()


def quick(arguments: Sequence[str]) -> int | None:
    """The exit status; None where the arguments are for typer to explain. What a client adds to them says nothing."""
    return None if "--help" in arguments else _serve()


def add_to(app: "typer.Typer") -> None:
    @app.command("host", epilog="Example: see docs/clients/thunderbird.md")
    def host() -> None:
        """Answer a mail client's extension by native messaging, on standard input and output.

        Exit status: 0 the client has hung up, 2 what it sent breaks off.
        """
        _serve()


def _serve() -> int:
    from reviewer.cli import settle
    from reviewer.host import serve

    sink, sys.stdout = sys.stdout.buffer, sys.stderr  # what anything prints would be taken for an answer
    settle()
    serve(sys.stdin.buffer, sink)
    return 0
