"""The editor's own settings for the language server, as an editor hands them over."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from reviewer.context import Context
from reviewer.errors import ContextError
from reviewer.finding import Severity
from reviewer.intake.facts import context_from

__all__ = ["SECTION", "Settings", "section", "settings_from"]

SECTION = "reviewer"


def _as_object(value: Any) -> Any:
    return {} if value == [] else value  # what Lua's empty table becomes


class Settings(BaseModel):
    """What the editor's user has set.

    `severity` is the least grave finding that is shown; `failOn`, from which one on the score says that the message
    would be stopped; `always` reviews what does not look like a follow-up message; `log` names the log of
    applications; `context` has the facts of one interview, which stand before the log's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity = Severity.SUGGESTION
    fail_on: Severity = Field(Severity.ERROR, alias="failOn")
    always: bool = False
    rubric: str = "default"
    log: Path | None = None
    context: Annotated[dict[str, Any], BeforeValidator(_as_object)] = {}

    @property
    def known(self) -> Context:
        return context_from(self.context, where=f"{SECTION}.context")


def section(given: Any, *, sure: bool = True) -> dict[str, Any]:
    """Our part of what an editor sent: what it has under our name, else, if we are `sure` that it is ours, all of it.

    Where we are not, it is ours if it has one of our settings.
    """
    if not isinstance(given, Mapping):
        return {}
    if SECTION in given:
        return section(given[SECTION])
    return dict(given) if sure or not _NAMES.isdisjoint(given) else {}


def settings_from(given: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """The settings, without those that are wrong, and what is wrong with each of these."""
    given = {key: value for key, value in given.items() if value is not None}
    wrong: dict[str, str] = {}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        for problem in error.errors(include_input=False):
            key = str(problem["loc"][0])
            wrong[key] = f"there are {', '.join(sorted(_NAMES))}" if key not in _NAMES else problem["msg"]
        settings = Settings.model_validate({key: value for key, value in given.items() if key not in wrong})
    facts, unread = _facts(settings.context)
    said = [f"{SECTION}.{key}: {_NO_SUCH if key not in _NAMES else ''}{what}" for key, what in wrong.items()]
    return settings.model_copy(update={"context": facts}), [*said, *unread]


_NAMES = frozenset(field.alias or name for name, field in Settings.model_fields.items())
_NO_SUCH = "no such setting; "


def _facts(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    facts: dict[str, Any] = {}
    wrong = []
    for key, value in given.items():
        try:
            context_from({key: value}, where=f"{SECTION}.context")
            facts[key] = value
        except ContextError as error:
            wrong.append(str(error))
    return facts, wrong
