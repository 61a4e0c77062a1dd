"""The flags of the second reader, the same for every command that can ask one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewer.context import Context
from reviewer.errors import SettingsError
from reviewer.message import Message
from reviewer.rubric import Rubric

if TYPE_CHECKING:  # what asks a model is imported when one is asked
    from reviewer.judge import Judge
    from reviewer.judgement import Prices

__all__ = [
    "BaseUrl",
    "Cache",
    "CachedInputPrice",
    "Deadline",
    "InputPrice",
    "Llm",
    "MaxTokens",
    "ModelName",
    "OutputPrice",
    "Redact",
    "Samples",
    "ShowPrompt",
    "judge_of",
    "prices_of",
    "show_prompts",
]


def _option(*names: str, **more: Any) -> Any:
    return typer.Option(*names, show_default=False, **more)


Llm = Annotated[
    bool | None, _option("--llm/--no-llm", help="Let a language model read along; nothing is sent without it.")
]
ModelName = Annotated[
    str | None, _option("--model", help="Its name at the endpoint; else REVIEWER_MODEL, else config.toml's.")
]
BaseUrl = Annotated[
    str | None,
    _option(
        "--base-url",
        help="An OpenAI-compatible endpoint; else REVIEWER_BASE_URL, OPENAI_BASE_URL, config.toml's, OpenAI's.",
    ),
]
Samples = Annotated[int | None, _option(min=1, max=15, help="Read N times; the median level counts.")]
Redact = Annotated[
    bool | None, _option("--redact/--no-redact", help="Send stand-ins for names, addresses, numbers and links.")
]
ShowPrompt = Annotated[bool, _option("--show-prompt", help="Print what would be sent, and send nothing.")]
MaxTokens = Annotated[int | None, _option("--max-tokens-total", min=1, help="Make no try that would spend more.")]
Cache = Annotated[bool | None, _option("--cache/--no-cache", help="Keep answers, and use those kept (the default).")]
Deadline = Annotated[float | None, _option("--deadline", help="Seconds for one question, retries included.")]
InputPrice = Annotated[
    float | None, _option("--input-price", min=0, help="Of a million tokens sent; shows what the run costs.")
]
CachedInputPrice = Annotated[
    float | None, _option("--cached-input-price", min=0, help="Of those that it has cached; else --input-price.")
]
OutputPrice = Annotated[float | None, _option("--output-price", min=0, help="Of a million tokens received.")]


_SETTINGS = ("model", "base_url", "samples", "redact", "cache", "deadline")
_PRICES = ("input_price", "cached_input_price", "output_price")


def judge_of(
    given: Mapping[str, Any], *, by_setting: bool = True, patience: float = 0.0, batches: bool = False
) -> "Judge | None":
    """The second reader that a command's flags and the settings ask for, shown before anything is sent.

    `patience` is how many seconds it may wait where the endpoint tells it to. With `batches` its model is one that
    answers from those. Raises SettingsError.
    """
    llm: bool | None = given["llm"]
    if batches and llm is False:
        raise SettingsError("--no-llm asks no model, --llm-batch does; give one of them")
    flags = {name: given.get(name) for name in (*_SETTINGS, *_PRICES)}
    max_tokens_total: int | None = given["max_tokens_total"]
    from reviewer.folders import config_file

    asked = batches or (llm if llm is not None else by_setting and config_file().is_file() and _enabled())
    if not asked:
        idle = [f"--{name.replace('_', '-')}" for name, value in flags.items() if value is not None]
        if llm is None and idle:
            typer.echo(f"{', '.join(idle)}: of no effect without --llm", err=True)
        return None
    from reviewer.settings import load

    settings = load(**flags)
    from reviewer.answers import Remembering
    from reviewer.folders import cache_file
    from reviewer.judge import Judge
    from reviewer.llm import Budget, Endpoint, Model

    ready = settings.ready()
    budget = Budget(max_tokens_total) if max_tokens_total is not None else None
    endpoint = Endpoint(
        ready.base_url, ready.model, ready.api_key, ready.deadline, ready.retries, budget=budget, patience=patience
    )
    hidden = ", names hidden" if ready.redact else ""
    how = "in batches, within a day" if batches else f"up to {ready.deadline:g} s a question"
    typer.echo(f"Second reader: {endpoint.name}{hidden}; {how}", err=True)
    remembering = Remembering(endpoint, cache_file()) if ready.cache else None
    model: Model = remembering or endpoint
    if batches:
        from reviewer.batch.answered import Answered

        model = Answered(endpoint, remembering)
    return Judge(model, ready.samples, ready.redact)


def prices_of(given: Mapping[str, Any]) -> "Prices | None":
    """What tokens cost, as a command's flags and the settings say. Raises SettingsError."""
    from reviewer.settings import load

    return load(**{name: given[name] for name in _PRICES}).prices()


def _enabled() -> bool:
    from reviewer.settings import load

    return load().enabled


def show_prompts(
    message: Message, context: Context, rubric: Rubric, *, given: Mapping[str, Any], rewriting: bool
) -> None:
    """Print what a second reader would be sent for a draft, and where a command's flags and the settings send it.

    The rewrite's is that with the checks' findings alone.
    """
    from reviewer.judge import Judge
    from reviewer.llm import Endpoint
    from reviewer.prompt import not_asked
    from reviewer.reviewing import review
    from reviewer.rewrite.ask import rewrite_prompt
    from reviewer.settings import load

    settings = load(**{name: given[name] for name in _SETTINGS})
    why_not = not_asked(message)
    if why_not is not None:
        typer.echo(why_not, err=True)
        return
    judge = Judge(Endpoint(settings.base_url, settings.model or "(no model set)"), redact=settings.redact)
    done = review(message, rubric, context=context)
    prompts = {"judge": judge.prompt(message, done.context, rubric)}
    if rewriting:
        hide = judge.redaction(message, done.context).hide
        prompts["rewrite"] = rewrite_prompt(
            message, done.context, rubric, done.findings, hide=hide, marker=judge.marker
        )
    typer.echo(f"Nothing is sent. With --llm it would go to {judge.name}.", err=True)
    if rewriting:
        typer.echo(
            "The rewrite's then also lists what the second reader found, and a version that is refused is", err=True
        )
        typer.echo("asked for once more, with the reasons.", err=True)
    for name, prompt in prompts.items():
        for role, text in (("system", prompt.fixed), ("user", prompt.variable)):
            typer.echo(f"=== {name}: {role} ===\n{text}\n")
