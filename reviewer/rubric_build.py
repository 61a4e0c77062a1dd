"""Settings to a rubric; what does not go together is refused."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from reviewer.checks import check_named
from reviewer.context import Kind
from reviewer.errors import RubricError
from reviewer.finding import Degree
from reviewer.rubric import Criterion, Levels, Rewriting, Rubric, Use
from reviewer.rubric_file import Where
from reviewer.rubric_settings import TERMS, Key, Settings, rule_of

__all__ = ["DEFAULTS", "build"]

_MOST_CRITERIA = 12  # a second reader can be asked about so many
DEFAULTS: Mapping[Key, Any] = {("levels", "good"): 80, ("levels", "fair"): 50, ("error_cap",): 40, ("bound",): 10}
# Options, by rule, each of which may be no more than the next.
_ASCENDING = (
    (("too-short", "empty"), ("too-short", "least"), ("too-long", "most"), ("too-long", "far")),
    (("over-limit", "most"), ("over-limit", "far")),
    (("unnecessary-detail", "room"), ("unnecessary-detail", "much")),
)


def build(settings: Settings, digest: str, where: Where) -> Rubric:
    """The rubric that a file's settings, and those of what it extends, come to. Raises RubricError."""
    names = settings.names("criteria")
    if not names:
        raise where.error(("criteria",), "a rubric needs at least one, or `extends: default`")
    if len(names) > _MOST_CRITERIA:
        raise where.error(("criteria",), f"{len(names)} are too many; {_MOST_CRITERIA} at most")
    _refuse_contradictions(settings, where.file)
    return Rubric(
        settings.value(("id",)),
        settings.value(("title",)),
        digest,
        Levels(settings.value(("levels", "good")), settings.value(("levels", "fair"))),
        settings.value(("error_cap",)),
        settings.value(("bound",)),
        tuple(_criterion(settings, name) for name in names),
        Rewriting({purpose: _sentences(settings, purpose) for purpose in settings.names("sentences")}),
        {Kind(kind): settings.value(("purposes", kind)) for kind in settings.names("purposes")},
    )


def _criterion(settings: Settings, name: str) -> Criterion:
    key: Key = ("criteria", name)
    for level in (2, 1, 0):
        if (*key, "meaning", str(level)) not in settings:
            at = settings[(*key, "title")].origin
            raise RubricError(f"{at}: {name}: meaning: level {level} is missing; there are 2, 1 and 0")
    rules: list[Key] = [("rules", rule) for rule in settings.names("rules")]
    return Criterion(
        name,
        settings.value((*key, "title")),
        settings.for_kinds(*key, "weight"),
        {level: settings.value((*key, "meaning", str(level))) for level in (2, 1, 0)},
        tuple(
            _use(settings, rule)
            for rule in rules
            if settings.value((*rule, "criterion")) == name and _used(settings, rule)
        ),
        settings.value((*key, "judged"), True),
        settings.value((*key, "notes"), ""),
        settings.value((*key, "doubt"), 0),
    )


def _used(settings: Settings, rule: Key) -> bool:
    return settings.value((*rule, "used"), True) is True


def _use(settings: Settings, key: Key) -> Use:
    check = check_named(settings.value((*key, "check")))
    also: dict[str, dict[Degree, int]] = {}
    for (*_, criterion, degree), setting in settings.under(*key, "also"):
        also.setdefault(criterion, {})[Degree(degree)] = setting.value
    options: dict[Kind, dict[str, Any]] = {kind: {} for kind in Kind}
    for (*_, option, kind), setting in settings.under(*key, "with"):
        options[Kind(kind)][option] = setting.value
    if TERMS in check.options:
        terms = {term: setting.value for (*_, term), setting in settings.under(*key, TERMS)}
        for of_kind in options.values():
            of_kind[TERMS] = terms
    return Use(
        rule_of(key[1]),
        check,
        settings.value((*key, "severity")),
        settings.value((*key, "sources")),
        {Degree(degree): setting.value for (*_, degree), setting in settings.under(*key, "cost")},
        also,
        options,
        frozenset(settings.value((*key, "kinds")) or Kind),
        settings.value((*key, "ask"), ""),
        settings.value((*key, "message"), ""),
        settings.value((*key, "why"), ""),
    )


def _sentences(settings: Settings, purpose: str) -> dict[Kind, tuple[str, ...]]:
    return dict.fromkeys(Kind, ("",)) | settings.for_kinds("sentences", purpose)


def _refuse_contradictions(settings: Settings, file: str) -> None:
    fair, good = ("levels", "fair"), ("levels", "good")
    if settings[fair].value >= settings[good].value:
        raise _contradiction(settings, fair, good, "has to be lower than", file)
    for limits in _ASCENDING:
        for kind in Kind:
            keys: list[Key] = [("rules", rule, "with", option, kind) for rule, option in limits]
            there = [key for key in keys if key in settings and _used(settings, key[:2])]
            for low, high in pairwise(there):
                if settings[low].value > settings[high].value:
                    raise _contradiction(settings, low, high, "is more than", file)


def _contradiction(settings: Settings, one: Key, other: Key, said: str, file: str) -> RubricError:
    """Two settings that do not go together, at the place of the one that stands in the file itself."""
    low, high = settings[one], settings[other]
    at = next((s.origin for s in (low, high) if s.origin.file == file), low.origin)
    return RubricError(
        f"{at}: {'.'.join(one)}: {low.value} ({low.origin}) {said} {'.'.join(other)}, {high.value} ({high.origin})"
    )
