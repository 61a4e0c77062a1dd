"""One rubric file: its shape, and what is wrong with it, by file, line and key. What it extends is read elsewhere."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, ValidationError, WithJsonSchema

from reviewer.context import Kind
from reviewer.errors import RubricError
from reviewer.finding import Degree, Severity
from reviewer.intake.yaml import Lines, read_yaml_with_lines

__all__ = [
    "Change",
    "CriterionFile",
    "ExampleFile",
    "PhrasesFile",
    "RubricFile",
    "SentenceFile",
    "UseFile",
    "Where",
    "choices",
    "parse",
    "schema",
]


def _form(value: Any) -> str:
    if isinstance(value, (dict, BaseModel)):
        return "<mapping>"
    return "<list>" if isinstance(value, (list, tuple)) else "<plain>"


_FORMS = {"<mapping>": "keys with values", "<list>": "a list", "<plain>": "a single value"}
_EITHER = Discriminator(_form)

Text = Annotated[str, Field(max_length=4000)]
RubricName = Annotated[str, Field(min_length=1, max_length=200)]
Title = Annotated[str, Field(min_length=1, max_length=100)]
CriterionName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
RuleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Points = Annotated[int, Field(strict=True, ge=0, le=100)]
Cost = Annotated[Annotated[Points, Tag("<plain>")] | Annotated[dict[Degree, Points], Tag("<mapping>")], _EITHER]
Variants = Annotated[Annotated[Text, Tag("<plain>")] | Annotated[list[Text], Tag("<list>")], _EITHER]

# A number in YAML, a text in JSON and to the schemas that check it.
Level = Annotated[
    Literal[0, 1, 2],
    BeforeValidator(lambda written: int(written) if written in {"0", "1", "2"} else written),
    WithJsonSchema({"enum": ["0", "1", "2"]}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExampleFile(_Strict):
    """A draft to try a rule on. In `flags`, `at` quotes the words that are flagged."""

    text: str
    at: str | None = None
    subject: str | None = None
    to: str | None = None
    context: dict[str, Any] = Field(default_factory=dict, description="What is known of the interview.")


class _Examples(_Strict):
    flags: list[ExampleFile] = Field(default_factory=list, description="Drafts in which the rule finds something.")
    passes: list[ExampleFile] = Field(default_factory=list, description="Drafts in which it finds nothing.")


class _Rule(_Examples):
    severity: Severity | None = Field(
        default=None, description="How grave a finding is; an error caps the overall score."
    )
    sources: list[Text] | None = Field(default=None, description="The advice that it comes from.")
    cost: Cost | None = Field(
        default=None, description="Points that a finding takes from the criterion, by its degree."
    )
    also: dict[CriterionName, Cost] = Field(default_factory=dict, description="What it takes from other criteria.")
    kinds: list[Kind] | None = Field(
        default=None, description="The kinds of message that it is for; all of them without."
    )
    options: dict[str, Any] = Field(default_factory=dict, alias="with", description="Options of the check.")
    for_kind: dict[Kind, dict[str, Any]] = Field(default_factory=dict, description="Options for kinds of message.")
    ask: Text | None = Field(default=None, description="What the second reader is to look for.")
    message: Text | None = Field(
        default=None, description="What a finding says; may hold $message (the check's own words), $quote and options."
    )
    why: Text | None = Field(default=None, description="Why a reader minds, in place of the check's own reason.")


class UseFile(_Rule):
    """A check in a criterion, under the name of its rule."""

    check: str = Field(description="The name of a check; `reviewer explain` lists them.")
    rule: RuleName | None = Field(default=None, description="What its findings are called, if not by the check's name.")
    sources: list[Text] = Field(description="The advice that it comes from.")


class Change(_Rule):
    """What is different about a rule that another rubric has."""

    used: bool | None = Field(default=None, description="false switches it off; `RULE: off` says the same.")
    add: dict[str, Text | None] = Field(default_factory=dict, description="Phrases, each with what to write instead.")
    remove: list[str] = Field(default_factory=list, description="Phrases that are not to be flagged.")


class CriterionFile(_Strict):
    """A criterion: a new one, or what is different about one that another rubric has."""

    id: CriterionName
    title: Title | None = None
    weight: Points | None = Field(default=None, description="How much it counts beside the others.")
    weight_for_kind: dict[Kind, Points] = Field(default_factory=dict)
    meaning: dict[Level, Text] = Field(default_factory=dict, description="What each level stands for.")
    judged: bool | None = Field(default=None, description="Whether the second reader is asked.")
    notes: Text | None = Field(default=None, description="What else the second reader is told.")
    doubt: Points | None = Field(default=None, description="What it costs at most that a draft is read with doubt.")
    checks: list[UseFile] = Field(default_factory=list, description="Checks that it has besides.")


class _Levels(_Strict):
    good: Points | None = Field(default=None, description="The score from which level 2 is given.")
    fair: Points | None = Field(default=None, description="The score from which level 1 is given.")


class SentenceFile(_Strict):
    """Variants of a sentence; the first whose $facts are all known is used, and the last one needs none."""

    text: Variants | None = None
    for_kind: dict[Kind, Variants] = Field(default_factory=dict)


class PhrasesFile(_Examples):
    """A list of phrases, and the rule that it makes; beside a rubric as `phrases/NAME.yaml`, or in it."""

    rule: RuleName
    title: Title
    because: Text = Field(description="What a finding says.")
    severity: Severity = Severity.SUGGESTION
    criterion: CriterionName
    sources: list[Text]
    cost: Cost = Field(default_factory=dict)
    degree: Degree = Degree.SLIGHT
    terms: dict[str, Text | None] = Field(min_length=1, description="Phrases, each with what to write instead.")


class RubricFile(_Strict):
    """A rubric for `reviewer`."""

    extends: Annotated[Annotated[RubricName, Tag("<plain>")] | Annotated[list[RubricName], Tag("<list>")], _EITHER] = (
        Field(default_factory=list, description="Rubrics by name or path, in order; a later one wins.")
    )
    id: str | None = Field(
        default=None, pattern=r"^[\w.-]+$", max_length=60, description="Its name; the file's without."
    )
    title: Title
    levels: _Levels = _Levels()
    error_cap: Points | None = Field(default=None, description="The overall score at most while an error stands.")
    bound: Points | None = Field(default=None, description="How far a second reader may raise a criterion.")
    criteria: list[CriterionFile] = Field(default_factory=list)
    rules: dict[
        RuleName,
        Annotated[Annotated[bool, Tag("<plain>")] | Annotated[Change, Tag("<mapping>")], _EITHER],
    ] = Field(default_factory=dict, description="Changes to rules, each by its name; `off` switches one off.")
    phrases: list[Annotated[Annotated[str, Tag("<plain>")] | Annotated[PhrasesFile, Tag("<mapping>")], _EITHER]] = (
        Field(default_factory=list, description="Lists of phrases: names of files in phrases/, or lists.")
    )
    sentences: dict[str, SentenceFile] = Field(default_factory=dict, description="What the rewrite may add.")
    purposes: dict[Kind, Text] = Field(default_factory=dict, description="What a message of each kind is for.")


class Where(NamedTuple):
    """A file that was read, with the line of every key in it."""

    file: str
    lines: Lines

    def line(self, path: Iterable[Any]) -> int:
        """The line of a key, or of what it stands in where it is missing."""
        at: tuple[Any, ...] = ()
        for part in path:
            deeper = next((d for d in ((*at, part), (*at, str(part))) if d in self.lines), None)
            if deeper is None:
                break
            at = deeper
        return self.lines.get(at, 1)

    def error(self, path: tuple[Any, ...], said: str) -> RubricError:
        return RubricError(f"{self.file}:{self.line(path)}: {'.'.join(map(str, path))}: {said}")


_File = TypeVar("_File", bound=BaseModel)


def parse(shape: type[_File], data: bytes, file: str) -> tuple[_File, Where]:
    """A file's content in its shape. Raises RubricError with file, line, key and the choices."""
    raw, lines = read_yaml_with_lines(data, file, RubricError)
    where = Where(file, lines)
    if not isinstance(raw, dict):
        raise RubricError(f"{file}:1: keys with values are wanted, not {_said(raw)}; see `reviewer rubric new`")
    try:
        return shape.model_validate(raw), where
    except ValidationError as error:
        # An unknown key first: it may be why another is missing.
        problems = sorted(error.errors(include_url=False), key=lambda p: p["type"] != "extra_forbidden")
        said = [_explain(problem, shape, where) for problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            said.append(f"{file}: and {len(problems) - _MOST_SHOWN} more")
        raise RubricError("\n".join(said)) from None


_MOST_SHOWN = 5


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a rubric, for editors."""
    made = RubricFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "A rubric for reviewer"}


def choices(name: str, have: Iterable[str]) -> str:
    """What there is, and what was probably meant."""
    have = sorted(set(have))
    if not have:
        return "there are none"
    close = get_close_matches(name[:100], have[:_MOST_CHOICES], n=1)
    meant = f"do you mean {close[0]!r}? " if close else ""
    more = f" and {len(have) - _MOST_CHOICES} more" if len(have) > _MOST_CHOICES else ""
    return f"{meant}there are {', '.join(have[:_MOST_CHOICES])}{more}"


_MOST_CHOICES = 60


_WANTED = {
    "string_type": "text is wanted",
    "int_type": "a whole number is wanted",
    "int_from_float": "a whole number is wanted",
    "bool_type": "true or false is wanted",
    "bool_parsing": "true or false is wanted",
    "list_type": "a list is wanted",
    "dict_type": "keys with values are wanted",
    "model_type": "keys with values are wanted",
    "model_attributes_type": "keys with values are wanted",
}


def _explain(problem: Any, shape: type[BaseModel], where: Where) -> str:
    """A problem of pydantic's as a line. What it adds to the path of a key, nobody wrote."""
    loc = tuple(part for part in problem["loc"] if not str(part).startswith(("<", "[")))
    value, context = problem["input"], problem.get("ctx", {})
    kind = problem["type"]
    said = problem["msg"]
    if kind == "extra_forbidden":
        said = f"no such key; {choices(str(loc[-1]), _keys_at(shape, loc[:-1]))}"
    elif kind == "missing":
        said = "is missing"
    elif kind == "union_tag_invalid":
        wanted = [_FORMS[tag] for tag in _FORMS if tag in context["expected_tags"]]
        said = f"{' or '.join(wanted)} is wanted, not {_FORMS[context['tag']]}"
    elif kind in _WANTED:
        quotes = "; put it in quotes" if kind == "string_type" and not isinstance(value, (dict, list)) else ""
        said = f"{_WANTED[kind]}, not {_said(value)}{quotes}"
    elif kind in {"enum", "literal_error"}:
        said = f"there are {context['expected']}, not {_said(value)}"
    elif kind == "string_pattern_mismatch":
        said = f"a name such as {_NAME_LIKE.get(str(context['pattern']), 'my-rubric')} is wanted, not {_said(value)}"
    else:
        said = said.replace("Input should be", "it should be")
        said = f"{said}, not {_said(value)}"
    key = ".".join(map(str, loc)) or "the file"
    return f"{where.file}:{where.line(loc)}: {key}: {said}"


_NAME_LIKE = {r"^[a-z][a-z0-9_]*$": "own_voice", r"^[a-z][a-z0-9-]*$": "own-voice"}


def _said(value: Any) -> str:
    """A value as it was written, as far as it is short."""
    if value is None:
        return "nothing"
    if isinstance(value, (dict, list)):
        return "keys with values" if isinstance(value, dict) else "a list"
    said = repr(value)
    return said if len(said) < 60 else said[:50] + "…"


def _keys_at(shape: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    nested: Mapping[str, type[BaseModel]] = {
        "criteria": CriterionFile,
        "checks": UseFile,
        "levels": _Levels,
        "sentences": SentenceFile,
        "rules": Change,
        "phrases": PhrasesFile,
        "flags": ExampleFile,
        "passes": ExampleFile,
    }
    for part in loc:
        shape = nested.get(str(part), shape)
    return [f.alias or n for n, f in shape.model_fields.items()]
