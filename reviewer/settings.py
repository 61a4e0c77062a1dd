"""What the user has set for the second reader: flags, then the environment, then config.toml."""

import os
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reviewer.configuration import table
from reviewer.errors import SettingsError
from reviewer.folders import config_file
from reviewer.judgement import Prices

__all__ = ["Settings", "is_openai", "load", "takes_openai_key"]

_OPENAI = "https://api.openai.com/v1"
_HOW = """no model is set for the second reader. Name one with --model, REVIEWER_MODEL or config.toml:
  OpenAI:     OPENAI_API_KEY=…  reviewer review --llm --model NAME draft.txt
  Ollama:     reviewer review --llm --base-url http://localhost:11434/v1 --model NAME draft.txt
  llama.cpp:  reviewer review --llm --base-url http://localhost:8080/v1 --model default draft.txt"""

_Price = Annotated[float | None, Field(ge=0, allow_inf_nan=False)]


class Settings(BaseModel):
    """The `[llm]` table of config.toml. `enabled` asks the second reader without --llm; `deadline` is in seconds.

    Prices are of a million tokens.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    enabled: bool = False
    model: str = ""
    base_url: str = _OPENAI
    api_key: str = Field(default="", repr=False)
    deadline: Annotated[float, Field(gt=0, le=3600)] = 60.0
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    samples: Annotated[int, Field(ge=1, le=15)] = 1
    redact: bool = False
    cache: bool = True
    input_price: _Price = None
    cached_input_price: _Price = None  # that of input, where it is not set
    output_price: _Price = None

    def ready(self) -> "Settings":
        """These settings, if they name a model and have the key that it needs. Raises SettingsError."""
        if not self.model:
            raise SettingsError(_HOW)
        if not self.base_url.startswith(("http://", "https://")):
            raise _no_url(self.base_url)
        if is_openai(self.base_url) and not self.api_key:
            raise SettingsError("OPENAI_API_KEY is not set; set it, or give --base-url for another endpoint")
        return self

    def prices(self) -> Prices | None:
        """What tokens cost, where that is set. Raises SettingsError."""
        if self.input_price is None and self.output_price is None:
            return None
        if self.input_price is None or self.output_price is None:
            raise SettingsError("what a run costs needs both prices, of input and of output: input_price, output_price")
        cached = self.input_price if self.cached_input_price is None else self.cached_input_price
        return Prices(self.input_price, cached, self.output_price)


def load(**flags: Any) -> Settings:
    """The settings in force; a flag that is None was not given. Raises SettingsError.

    OPENAI_API_KEY goes to OpenAI, to Azure, and to where OPENAI_BASE_URL points, and to nobody else; the key in
    config.toml to the host that config.toml names, or else to OpenAI.
    """
    file = config_file()
    set_there = table("llm", file)
    environment = {
        "model": os.environ.get("REVIEWER_MODEL"),
        "base_url": os.environ.get("REVIEWER_BASE_URL") or os.environ.get("OPENAI_BASE_URL"),
        "api_key": os.environ.get("REVIEWER_API_KEY"),
    }
    given = {k: v for source in (environment, flags) for k, v in source.items() if v not in (None, "")}
    try:
        filed = Settings.model_validate(set_there)
    except ValidationError as error:
        raise SettingsError(_explain(error, f"{file}: [llm]")) from None
    try:
        found = Settings.model_validate({**set_there, **given})
    except ValidationError as error:
        raise SettingsError(_explain(error, "the flags")) from None
    key = found.api_key
    try:
        if _host(found.base_url) != _host(filed.base_url) and "api_key" not in given:
            key = ""
    except ValueError:  # a host in half a pair of brackets
        raise _no_url(found.base_url) from None
    if not key and takes_openai_key(found.base_url):
        key = os.environ.get("OPENAI_API_KEY", "")
    return found.model_copy(update={"api_key": key})


def _no_url(url: str) -> SettingsError:
    return SettingsError(f"the base URL {url!r} is none; expected e.g. http://localhost:11434/v1 or {_OPENAI}")


def _host(url: str) -> tuple[str, str]:
    """Scheme and host, with the port: whom a key is given to."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.rpartition("@")[2].lower()


def takes_openai_key(url: str) -> bool:
    """Whether what the environment has for OpenAI (the key, the organisation, headers) may go to this endpoint."""
    return is_openai(url) or url == os.environ.get("OPENAI_BASE_URL")


def is_openai(url: str) -> bool:
    """Whether the endpoint is OpenAI's own or Azure's."""
    host = urlsplit(url).hostname or ""
    return host == "api.openai.com" or host.endswith((".api.openai.com", ".azure.com"))


def _explain(error: ValidationError, where: str) -> str:
    problem = error.errors(include_input=False)[0]
    key = ".".join(map(str, problem["loc"]))
    if problem["type"] == "extra_forbidden":
        return f"{where} {key}: no such setting; there are {', '.join(Settings.model_fields)}"
    return f"{where} {key}: {problem['msg']}"
