"""reviewer schema: the JSON schema of the contract."""

import json

import typer

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("schema", epilog="Example: reviewer schema > review.schema.json")(schema)


def schema() -> None:
    """Print the JSON schema of `review --format json` and of each line that `batch` writes."""
    from reviewer.report.schema import schema as published

    typer.echo(json.dumps(published(), indent=2))
