"""reviewer llm: try the second reader's endpoint, and forget the answers it gave."""

import typer

from reviewer.cli import second as s

__all__ = ["add_to"]

_EPILOG = "Example: reviewer llm check --base-url http://localhost:11434/v1 --model NAME"


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The second reader's endpoint and answers.")
    group.command("check", epilog=_EPILOG)(check)
    cache = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The answers kept on this machine.")
    cache.command("clear", epilog="Example: reviewer llm cache clear")(clear)
    cache.command("path", epilog="Example: reviewer llm cache path")(path)
    group.add_typer(cache, name="cache")
    app.add_typer(group, name="llm")


def check(model: s.ModelName = None, base_url: s.BaseUrl = None, deadline: s.Deadline = None) -> None:
    """Send one tiny question (no draft), and say what the endpoint supports.

    Exit status: 0 it answers, 2 it does not.
    """
    from reviewer.llm import Endpoint, Outcome, Tiny
    from reviewer.prompt import Prompt
    from reviewer.settings import load

    settings = load(model=model, base_url=base_url, deadline=deadline).ready()
    endpoint = Endpoint(settings.base_url, settings.model, settings.api_key, settings.deadline, settings.retries)
    typer.echo(f"Second reader: {endpoint.name}", err=True)
    fixed = 'Answer with the JSON object {"well": true} and nothing else.'
    answer = endpoint.ask(Prompt(fixed, "Are you well?", ""), Tiny)
    if answer.outcome is not Outcome.OK:
        typer.echo(f"{answer.outcome}: {answer.reason}")
        raise typer.Exit(2)
    typer.echo("It answers.")
    typer.echo(f"Answers in shape by: {endpoint.format.replace('_', ' ')}")
    refused = "the limit of tokens" if endpoint.without else "nothing"
    typer.echo(f"Refused parameters: {refused}")
    told = f"{answer.usage.prompt_tokens} in, {answer.usage.completion_tokens} out"
    typer.echo(f"Tokens: {told if answer.usage.tokens else 'not told'}")


def clear() -> None:
    """Forget every answer of a language model that is kept on this machine."""
    from reviewer.answers import clear as forget
    from reviewer.errors import SettingsError
    from reviewer.folders import cache_file

    try:
        count = forget(cache_file())
    except OSError as error:
        raise SettingsError(f"{cache_file()}: {error.strerror or error}; take the file away by hand") from None
    typer.echo(f"{count} answers forgotten")


def path() -> None:
    """Print where the answers are kept."""
    from reviewer.folders import cache_file

    typer.echo(cache_file())
