"""The command line: one command a file, each parses, calls, renders, exits."""

import gc
import os
import sys
from importlib import import_module

__all__ = ["main", "settle"]

# Commands that must start at once, and so read their flags without typer.
_QUICK = ("check", "host", "lsp", "review", "sendmail")


def main() -> None:
    """Run the command line; a deliberate error becomes a line on standard error and exit status 2."""
    gc.disable()  # nothing of what is imported is ever garbage; see settle()
    from reviewer.errors import ReviewerError

    try:
        if sys.argv[1:2] and sys.argv[1] in _QUICK:
            _quick(sys.argv[1], sys.argv[2:])
        # Pydantic looks through every installed distribution for plugins, which takes longer than a review.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from reviewer.cli.app import app_for

        app_for(sys.argv[1:])()
    except ReviewerError as error:
        print(f"reviewer: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("reviewer: stopped", file=sys.stderr)
        sys.exit(130)


def _quick(command: str, arguments: list[str]) -> None:
    """Run the command and end the process, or return where the arguments are for typer to explain."""
    from reviewer.errors import ReviewerError
    from reviewer.patterns import keep

    try:
        status = import_module(f"reviewer.cli.{command}").quick(arguments)
    except (ReviewerError, BrokenPipeError):
        raise
    except Exception as error:  # what stands before "send" lets a message go rather than show a page of traceback
        place = _place(error)
        print(f"reviewer: {command} failed: {type(error).__name__} at {place}; please report it", file=sys.stderr)
        status = 2
    if status is not None:
        keep()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # None if it came closed
                stream.flush()
        os._exit(status)  # taking the interpreter down tidily takes a tenth of the whole time


def _place(error: Exception) -> str:
    """Where an error was raised, as file:line; never what it says, which may be words of a draft."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"  # noqa: PTH119


def settle() -> None:
    """Before a long run: what is loaded stays, what comes is collected again."""
    gc.freeze()
    gc.enable()
