"""Facts of the interview from flags, a YAML or JSON file, or a row: validated once, here."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from reviewer.context import Context, Kind, Person, Sent
from reviewer.errors import ContextError, InputError

__all__ = ["context_from", "load_context"]

_MAX_BYTES = 1_000_000


def _as_person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else ([] if value is None else value)


def _as_moment(value: Any) -> Any:
    """ISO 8601 text as a datetime, or as a date where it has no hour; anything else as it is."""
    if isinstance(value, str):
        text = value.strip()
        try:
            return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text!r} is no date that can be read") from None
    if isinstance(value, (date, datetime)) or value is None:
        return value
    raise ValueError("a date such as 2026-03-10 or a moment such as 2026-03-10T10:00-05:00 is wanted")


def _as_day(value: Any) -> Any:
    moment = _as_moment(value)
    return moment.date() if isinstance(moment, datetime) else moment


Moment = Annotated[datetime | date, BeforeValidator(_as_moment)]
Day = Annotated[date, BeforeValidator(_as_day)]


@dataclass(config=ConfigDict(str_max_length=500, extra="ignore"), frozen=True)
class _Person:
    name: str
    title: str | None = None


@dataclass(config=ConfigDict(extra="ignore"), frozen=True)
class _Sent:
    kind: Kind
    at: Moment
    text: str | None = None


@dataclass(config=ConfigDict(str_max_length=2000, extra="forbid"), frozen=True)
class _Facts:
    interviewers: Annotated[tuple[Annotated[_Person, BeforeValidator(_as_person)], ...], BeforeValidator(_as_list)] = ()
    recruiter: str | None = None
    company: str | None = None
    role: str | None = None
    interviewed_at: Moment | None = None
    promised_reply_by: Day | None = None
    sending_at: Moment | None = None
    sent: Annotated[tuple[_Sent, ...], BeforeValidator(_as_list)] = ()
    topics: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    channel: Literal["email", "linkedin", "sms"] | None = None
    kind: Kind | None = None


@cache
def _adapter() -> TypeAdapter[_Facts]:
    return TypeAdapter(_Facts)


def context_from(facts: Mapping[str, Any], *, where: str) -> Context:
    """The context that a mapping describes. Raises ContextError naming `where`, the key and the form wanted."""
    try:
        known = _adapter().validate_python(dict(facts))
    except ValidationError as error:
        raise ContextError(_explain(error, where)) from None
    except TypeError as error:
        raise ContextError(f"{where}: {error}") from None
    return Context(
        interviewers=tuple(Person(p.name, p.title) for p in known.interviewers),
        recruiter=known.recruiter,
        company=known.company,
        role=known.role,
        interviewed_at=known.interviewed_at,
        promised_reply_by=known.promised_reply_by,
        sending_at=known.sending_at,
        sent=tuple(Sent(s.kind, s.at, s.text) for s in known.sent),
        topics=known.topics,
        channel=known.channel,
        kind=known.kind,
    )


def load_context(path: Path) -> dict[str, Any]:
    """The facts in a YAML or JSON file, as a mapping. Raises InputError or ContextError with the place."""
    from reviewer.intake.yaml import read_yaml

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}; give the path of a YAML or JSON file with the Context fields"
        ) from None
    if len(data) > _MAX_BYTES:
        raise ContextError(f"{path}: {len(data):,} bytes is too large for the facts of one interview")
    facts = read_yaml(data, str(path), ContextError)
    if facts is None:
        return {}
    if not isinstance(facts, dict):
        raise ContextError(
            f"{path}:1: a mapping such as `company: Northwind Labs` is wanted, not a {type(facts).__name__}"
        )
    return facts


FLAGS = "the flags"
_FLAG_NAMES = {
    "interviewed_at": "--interviewed",
    "promised_reply_by": "--promised",
    "sending_at": "--sending",
    "interviewers": "--interviewer",
    "topics": "--topic",
}
_FORMS = {
    "interviewed_at": "2026-03-10T10:00-05:00, or 2026-03-10",
    "sending_at": "2026-03-10T16:30-05:00, or 2026-03-10",
    "promised_reply_by": "2026-03-20",
    "interviewers": "[{name: Priya Raman, title: Engineering Manager}], or [Priya Raman]",
    "sent": "[{kind: thank_you, at: 2026-03-10T18:00-05:00}]",
    "topics": "[ledger migration, on-call rota]",
    "kind": "one of " + ", ".join(Kind),
    "channel": "email, linkedin or sms",
}


def _explain(error: ValidationError, where: str) -> str:
    lines = []
    for problem in error.errors()[:5]:
        place = [
            str(part)
            for part in problem["loc"]
            if not str(part).startswith(("function-", "datetime", "date", "tuple["))
        ]
        key = place[0] if place else "?"
        if where == FLAGS:
            place = [_FLAG_NAMES.get(key, f"--{key}"), *place[1:]]
        if problem["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
            lines.append(f"{where}: {key}: no such fact; there are {', '.join(_Facts.__dataclass_fields__)}")
        else:
            said = problem["msg"].removeprefix("Value error, ")
            wanted = f"; expected e.g. {_FORMS[key]}" if key in _FORMS else "; expected text"
            lines.append(f"{where}: {'.'.join(place)}: {said}{wanted}")
    return "\n".join(dict.fromkeys(lines))
