"""reviewer sendmail: in the place of sendmail, for mail clients that hand over the final message."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reviewer.cli.flags import parse
from reviewer.sendmail import DEADLINE, How, send

if TYPE_CHECKING:
    import typer

__all__ = ["add_to", "quick"]

_VALUED = {
    "--deadline": "deadline",
    "--fail-on": "fail_on",
    "--rubric": "rubric",
    "--log": "log",
    "--said": "said",
}
_SEVERITIES = ("error", "warning", "suggestion")
_LONGEST = 60  # seconds that a mail client may be made to wait
_USAGE = 64  # sysexits.h: EX_USAGE
_READY = 83  # what clients/*/reviewer-sendmail take for an answer; nothing that fails ends with it
_NO_PROGRAM = "name the program that sends, after two dashes: reviewer sendmail -- msmtp -t"
_EPILOG = "Example, as the sendmail of a mail client: reviewer sendmail -- msmtp -t"


def quick(arguments: Sequence[str]) -> int | None:
    """The exit status, where the program is not reached; None where the arguments are for typer to explain."""
    if "--help" in arguments and "--" not in arguments:
        return None
    if list(arguments) == ["--ready"]:
        return _READY
    at = list(arguments).index("--") if "--" in arguments else len(arguments)
    flags, program = arguments[:at], arguments[at + 1 :]
    given, rest = parse(flags, _VALUED, {}) or ({}, [])
    if not program or not program[0] or rest:
        print(f"reviewer: {_NO_PROGRAM}", file=sys.stderr)
        return _USAGE
    how = _how(**{name: str(value) for name, value in given.items()})
    if how is None or (flags and not given):
        said = Path(flags[list(flags).index("--said") + 1]) if "--said" in flags[:-1] else None
        why = f"the flags {' '.join(flags)} of reviewer sendmail are not understood"
        return send(program, How(said=said), unchecked=why)
    return send(program, how)


def _how(
    *,
    deadline: str = str(DEADLINE),
    fail_on: str = "error",
    rubric: str = "default",
    log: str | None = None,
    said: str | None = None,
) -> How | None:
    """None where a value is none."""
    try:
        seconds = float(deadline)
    except ValueError:
        return None
    if not 0 < seconds <= _LONGEST or fail_on not in _SEVERITIES:
        return None
    return How(seconds, fail_on, rubric, Path(log) if log else None, Path(said) if said else None)


def add_to(app: "typer.Typer") -> None:
    import typer

    from reviewer.cli import facts as f
    from reviewer.cli import log as l
    from reviewer.finding import Severity

    def sendmail(
        program: Annotated[
            list[str], typer.Argument(help="After two dashes: what sends, and its arguments.", show_default=False)
        ],
        deadline: Annotated[
            float, typer.Option(help="Seconds after which the message goes unchecked, up to 60.")
        ] = DEADLINE,
        fail_on: Annotated[Severity, typer.Option(help="Refuse at a finding this grave.")] = Severity.ERROR,
        rubric: f.RubricName = "default",
        log: l.LogFile = None,
        said: Annotated[
            Path | None,
            typer.Option(
                help="Also write what is said to this file, for a client that shows no output.", show_default=False
            ),
        ] = None,
    ) -> None:
        """Review the message on standard input, then refuse it or hand it on to the program that sends.

        A refused message is kept, and the exit status is 65; `reviewer allow` lets it go the next time. Otherwise
        everything is the program's: arguments, message, output, exit status. What cannot be checked goes with a note.
        """
        raise typer.Exit(send(program, How(deadline, fail_on, rubric, log, said)))

    app.command("sendmail", epilog=_EPILOG)(sendmail)
