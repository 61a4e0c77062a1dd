"""The command line: one command a file, each parses, calls, renders, exits."""

import gc
import os
import sys

__all__ = ["main", "settle"]


def main() -> None:
    """Run the command line; a deliberate error becomes a line on standard error and exit status 2."""
    # Pydantic looks through every installed distribution for plugins, which takes longer than a review.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()  # nothing of what is imported is ever garbage; see settle()
    from reviewer.cli.app import app_for
    from reviewer.errors import ReviewerError

    try:
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


def settle() -> None:
    """Before a long run: what is loaded stays, what comes is collected again."""
    gc.freeze()
    gc.enable()
