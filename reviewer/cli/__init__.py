"""The command line: one command a file, each parses, calls, renders, exits."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; a deliberate error becomes a line on standard error and exit status 2."""
    from reviewer.cli.app import app
    from reviewer.errors import ReviewerError

    try:
        app()
    except ReviewerError as error:
        print(f"reviewer: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("reviewer: stopped", file=sys.stderr)
        sys.exit(130)
