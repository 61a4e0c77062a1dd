"""Reads a rubric from YAML and validates it against the checks there are; errors name file, line and key."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from reviewer.check import Check
from reviewer.checks import all_checks
from reviewer.context import Kind
from reviewer.errors import RubricError
from reviewer.finding import Degree, Severity
from reviewer.intake.yaml import Lines, read_yaml_with_lines
from reviewer.language.levels import JUDGED
from reviewer.resources import folder
from reviewer.rubric import Criterion, Levels, Rewriting, Rubric, Use

__all__ = ["read"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


Points = Annotated[int, Field(ge=0, le=100)]
Cost = dict[Degree, Points]


class _Use(_Strict):
    check: str
    rule: str | None = None
    severity: Severity = Severity.WARNING
    sources: list[str]
    cost: Cost | Points = Field(default_factory=dict)
    also: dict[str, Cost] = Field(default_factory=dict)
    kinds: list[Kind] = Field(default_factory=list)
    options: dict[str, Any] = Field(default_factory=dict, alias="with")
    for_kind: dict[Kind, dict[str, Any]] = Field(default_factory=dict)
    ask: str = ""


class _Criterion(_Strict):
    id: str
    title: str
    weight: Annotated[int, Field(ge=0, le=100)] = 1
    weight_for_kind: dict[Kind, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    meaning: dict[int, str]
    judged: bool = True
    notes: str = ""
    doubt: Points = 0
    checks: list[_Use] = Field(default_factory=list)


class _Levels(_Strict):
    good: Points = 80
    fair: Points = 50


Variants = Annotated[tuple[str, ...], BeforeValidator(lambda v: (v,) if isinstance(v, str) else v)]


class _Sentence(_Strict):
    text: Variants
    for_kind: dict[Kind, Variants] = Field(default_factory=dict)


class _Phrases(_Strict):
    rule: str
    title: str
    because: str
    severity: Severity = Severity.SUGGESTION
    criterion: str
    sources: list[str]
    cost: Cost = Field(default_factory=dict)
    degree: Degree = Degree.SLIGHT
    terms: dict[str, str | None]
    flags: list[dict[str, str]] = Field(default_factory=list)
    passes: list[dict[str, str]] = Field(default_factory=list)


class _Rubric(_Strict):
    id: str
    title: str
    levels: _Levels = _Levels()
    error_cap: Points = 40
    bound: Points = 10
    criteria: list[_Criterion]
    phrases: list[str] = Field(default_factory=list)
    sentences: dict[str, _Sentence] = Field(default_factory=dict)
    purposes: dict[Kind, str] = Field(default_factory=dict)


def read(path: Traversable, data: bytes, digest: str) -> Rubric:
    """The rubric in a file with this content. Raises RubricError with file, line, key and the choices."""
    where = str(path)
    builtin = folder("rubrics")
    raw, lines = read_yaml_with_lines(data, where, RubricError)
    spec = _validate(_Rubric, raw, lines, where)
    lists = []
    for listed in spec.phrases:
        beside = isinstance(path, Path) and path.parent.joinpath("phrases").is_dir()
        file = (path.parent if isinstance(path, Path) and beside else builtin) / "phrases" / f"{listed}.yaml"
        if not file.is_file():
            have = sorted(p.name.removesuffix(".yaml") for p in (builtin / "phrases").iterdir())
            raise RubricError(
                f"{where}:{lines.get(('phrases',), 1)}: phrases: no list called {listed!r}; there are {', '.join(have)}"
            )
        phrases_raw, phrases_lines = read_yaml_with_lines(file.read_bytes(), str(file), RubricError)
        lists.append(_validate(_Phrases, phrases_raw, phrases_lines, str(file)))
    return _build(spec, lists, lines, where, digest)


def _build(spec: _Rubric, lists: list[_Phrases], lines: Lines, where: str, digest: str) -> Rubric:
    names = [c.id for c in spec.criteria]
    for listed in lists:
        if listed.criterion not in names:
            raise RubricError(
                f"{where}: phrases {listed.rule}: no criterion called {listed.criterion!r}; "
                f"there are {', '.join(names)}"
            )
    criteria = []
    for number, c in enumerate(spec.criteria):
        uses = [_use(u, names, lines, where, ("criteria", number, "checks", k)) for k, u in enumerate(c.checks)]
        uses += [_phrase_use(p) for p in lists if p.criterion == c.id]
        if c.doubt and c.id not in JUDGED:
            at = lines.get(("criteria", number, "doubt"), 1)
            raise RubricError(f"{where}:{at}: doubt: only {', '.join(JUDGED)} are read as a whole, not {c.id}")
        weight = {kind: c.weight_for_kind.get(kind, c.weight) for kind in Kind}
        criteria.append(Criterion(c.id, c.title, weight, dict(c.meaning), tuple(uses), c.judged, c.notes, c.doubt))
    sentences = {n: {kind: s.for_kind.get(kind, s.text) for kind in Kind} for n, s in spec.sentences.items()}
    levels = Levels(spec.levels.good, spec.levels.fair)
    return Rubric(
        spec.id,
        spec.title,
        digest,
        levels,
        spec.error_cap,
        spec.bound,
        tuple(criteria),
        Rewriting(sentences),
        spec.purposes,
    )


def _use(spec: _Use, criteria: list[str], lines: Lines, where: str, path: tuple[Any, ...]) -> Use:
    at = f"{where}:{lines.get(path, 1)}"
    checks = all_checks()
    found = checks.get(spec.check)
    if found is None:
        raise RubricError(f"{at}: check: no check called {spec.check!r}; {_choices(spec.check, list(checks))}")
    for other in spec.also:
        if other not in criteria:
            raise RubricError(f"{at}: also: no criterion called {other!r}; {_choices(other, criteria)}")
    for options in [spec.options, *spec.for_kind.values()]:
        _check_options(found, options, at)
    cost = spec.cost if isinstance(spec.cost, dict) else dict.fromkeys(Degree, spec.cost)
    merged = {kind: {**spec.options, **spec.for_kind.get(kind, {})} for kind in Kind}
    kinds = frozenset(spec.kinds or Kind)
    return Use(
        spec.rule or spec.check,
        found,
        spec.severity,
        tuple(spec.sources),
        cost,
        spec.also,
        merged,
        kinds,
        spec.ask,
    )


def _phrase_use(spec: _Phrases) -> Use:
    options = {"terms": spec.terms, "because": spec.because, "degree": spec.degree}
    check = all_checks()["phrases"]
    return Use(
        spec.rule,
        check,
        spec.severity,
        tuple(spec.sources),
        spec.cost,
        {},
        dict.fromkeys(Kind, options),
        frozenset(Kind),
    )


_TYPES = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}


def _check_options(check: Check, options: Mapping[str, Any], at: str) -> None:
    for key, value in options.items():
        if key not in check.options:
            have = ", ".join(check.options) or "none"
            raise RubricError(f"{at}: with: {check.name} has no option {key!r}; there are {have}")
        wanted = check.detect.__annotations__.get(key)
        if not isinstance(wanted, type):
            continue
        right = isinstance(value, wanted) or (wanted is float and isinstance(value, int))
        if not right or (wanted is int and isinstance(value, bool)):
            raise RubricError(f"{at}: with: {key}: {_TYPES.get(wanted, wanted.__name__)} is wanted, not {value!r}")


def _validate(model: type[Any], raw: Any, lines: Lines, where: str) -> Any:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise RubricError("\n".join(_explain(p, model, lines, where) for p in error.errors()[:5])) from None


def _explain(problem: Any, model: type[BaseModel], lines: Lines, where: str) -> str:
    loc = tuple(problem["loc"])
    at = loc
    while at and at not in lines:
        at = at[:-1]
    key = ".".join(str(p) for p in loc) or "the file"
    said = problem["msg"]
    if problem["type"] == "extra_forbidden":
        said = f"no such key; {_choices(str(loc[-1]), _keys_at(model, loc[:-1]))}"
    elif problem["type"] == "missing":
        said = "is missing"
    return f"{where}:{lines.get(at, 1)}: {key}: {said}"


def _keys_at(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    nested: dict[str, type[BaseModel]] = {
        "criteria": _Criterion,
        "checks": _Use,
        "levels": _Levels,
        "sentences": _Sentence,
    }
    for part in loc:
        model = nested.get(str(part), model)
    return [f.alias or n for n, f in model.model_fields.items()]


def _choices(name: str, have: list[str]) -> str:
    close = get_close_matches(name, have, n=1)
    meant = f"do you mean {close[0]!r}? " if close else ""
    return f"{meant}there are {', '.join(sorted(have))}"
