"""reviewer allow: send anyway."""

import typer

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("allow", epilog="Example: reviewer allow, then send the message again, unchanged")(allow)


def allow() -> None:
    """Let the message that was refused last go as it is, within the next hour."""
    from datetime import datetime

    from reviewer.allowance import allow as let_go

    at = datetime.fromtimestamp(let_go())
    typer.echo(f"The message refused at {at:%H:%M:%S} may go within the next hour, as long as it is unchanged.")
