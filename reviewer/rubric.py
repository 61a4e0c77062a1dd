"""Rubric: weights, checks with options for each kind of message, and what each level means. Data only.

`load_rubric` reads a rubric as it was compiled last time, from the user's cache folder, if the files that it was made
of are still the same; else `inheritance.py` reads and validates the YAML, which takes longer than a review.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from reviewer.check import Check
from reviewer.checks import check_named
from reviewer.context import Kind
from reviewer.digest import sha256
from reviewer.errors import RubricError
from reviewer.finding import Degree, Severity
from reviewer.folders import rubric_cache
from reviewer.rubric_names import Files, find
from reviewer.text import lazy
from reviewer.version import __version__

__all__ = [
    "FACTS",
    "PURPOSES",
    "Criterion",
    "Levels",
    "Rewriting",
    "Rubric",
    "Use",
    "as_data",
    "from_data",
    "load_rubric",
]

_FORM = 2  # of a compiled rubric; another number makes all of them stale

# What the sentences of the rewrite are for, and the facts that they may name.
PURPOSES = ("thanks", "reference", "concern", "news", "offer", "interest", "ask", "next_step")
FACTS = ("role", "company", "person", "topic", "met", "promised")


class Use(NamedTuple):
    """A check in a rubric: its rule's name, how grave it is, what it costs, where it comes from."""

    rule: str
    check: Check
    severity: Severity
    sources: tuple[str, ...]
    cost: Mapping[Degree, int]
    also: Mapping[str, Mapping[Degree, int]]
    options: Mapping[Kind, Mapping[str, Any]]
    kinds: frozenset[Kind]
    ask: str = ""  # what the second reader is to look for; empty where it is not asked
    message: str = ""  # what its findings say, with $options, $quote and $message, the check's words; empty: those
    why: str = ""  # why a reader minds; empty: what the check says

    @property
    def reason(self) -> str:
        return self.why or self.check.why


class Criterion(NamedTuple):
    """A part of the judgement: its weight for each kind, its checks, its levels in words."""

    id: str
    title: str
    weight: Mapping[Kind, int]
    meaning: Mapping[int, str]
    uses: tuple[Use, ...]
    judged: bool = True  # whether the second reader is asked
    notes: str = ""  # what else the second reader is told
    doubt: int = 0  # what it costs at most that the draft as a whole is read with some doubt


class Levels(NamedTuple):
    """The scores from which level 2 and level 1 are given."""

    good: int = 80
    fair: int = 50


class Rewriting(NamedTuple):
    """The sentences that the rewrite without a model may add, by purpose and kind.

    Of several variants the first whose `$facts` are all known is used; the last one needs none.
    """

    sentences: Mapping[str, Mapping[Kind, tuple[str, ...]]] = MappingProxyType({})


class _Read(NamedTuple):
    id: str
    title: str
    digest: str
    levels: Levels
    error_cap: int
    bound: int
    criteria: tuple[Criterion, ...]
    rewriting: Rewriting
    purposes: Mapping[Kind, str] = MappingProxyType({})


class Rubric(_Read):
    """Data only; what a criterion and a use of a check say of themselves."""

    @lazy
    def plan(self) -> Mapping[Kind, tuple[tuple[Criterion, Use, Mapping[str, Any]], ...]]:
        """For every kind of message the checks that are meant for it, with their options."""
        return {
            kind: tuple((c, use, use.options[kind]) for c in self.criteria for use in c.uses if kind in use.kinds)
            for kind in Kind
        }

    def criterion(self, name: str) -> Criterion:
        return next(c for c in self.criteria if c.id == name)

    def use(self, rule: str) -> Use | None:
        return next((u for c in self.criteria for u in c.uses if u.rule == rule), None)

    def option(self, rule: str, name: str, kind: Kind) -> int | None:
        """A number that a rule's check works with, as set for this kind, else its default; None without the rule."""
        use = self.use(rule)
        return None if use is None else int(use.options[kind].get(name, use.check.options[name]))


def load_rubric(name: str | Path = "default") -> Rubric:
    """The rubric of that name, or in that file. Raises RubricError."""
    files = Files()
    path = find(str(name), files)
    which = f"{_FORM} {__version__} {Path(str(path)).absolute()}"
    kept = rubric_cache(sha256(which.encode(errors="replace")).hexdigest())
    compiled = _compiled(kept)
    if compiled is not None:
        return compiled
    from reviewer.inheritance import compose

    rubric = compose(path, files).rubric
    if files.lasting:
        _keep(kept, rubric, files.made_of)
    return rubric


def _compiled(kept: Path) -> Rubric | None:
    """What was compiled before; None where there is nothing, nothing that is whole, or a file has changed since."""
    try:
        head, _, rest = kept.read_bytes().partition(b"\n")
        if head.decode() != sha256(rest).hexdigest():
            return None
        made_of, _, body = rest.partition(b"\n")
        if not all(_is_as_it_was(Path(path), digest) for path, digest in json.loads(made_of).items()):
            return None
        return from_data(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RubricError):
        return None


def _is_as_it_was(path: Path, digest: str | None) -> bool:
    if digest is None:
        return not path.is_file()
    return sha256(path.read_bytes()).hexdigest() == digest


def _keep(kept: Path, rubric: Rubric, made_of: Mapping[str, str | None]) -> None:
    rest = "\n".join(json.dumps(part, ensure_ascii=False) for part in (made_of, as_data(rubric))).encode()
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = kept.with_name(f"{kept.name}.part")
        aside.write_bytes(f"{sha256(rest).hexdigest()}\n".encode() + rest)
        aside.replace(kept)
    except (OSError, UnicodeEncodeError):
        return  # a folder that cannot be written, a path that is no text: the next run reads the YAML again


def as_data(rubric: Rubric) -> dict[str, Any]:
    """A rubric as JSON holds it: to be kept, or to be read where its files are not."""

    def use(u: Use) -> dict[str, Any]:
        kinds = sorted(u.kinds)
        return {
            **u._asdict(),
            "check": u.check.name,
            "kinds": kinds,
            "options": dict(u.options),
            "sources": list(u.sources),
        }

    def criterion(c: Criterion) -> dict[str, Any]:
        return {**c._asdict(), "uses": [use(u) for u in c.uses]}

    return {
        **rubric._asdict(),
        "levels": rubric.levels._asdict(),
        "criteria": [criterion(c) for c in rubric.criteria],
        "rewriting": {name: dict(kinds) for name, kinds in rubric.rewriting.sentences.items()},
        "purposes": dict(rubric.purposes),
    }


def from_data(data: Mapping[str, Any]) -> Rubric:
    """The rubric that `as_data` made, from JSON. Raises KeyError where a check that it uses is not installed here."""

    def cost(written: Mapping[str, int]) -> dict[Degree, int]:
        return {Degree(degree): points for degree, points in written.items()}

    def use(u: dict[str, Any]) -> Use:
        return Use(
            u["rule"],
            check_named(u["check"]),
            Severity(u["severity"]),
            tuple(u["sources"]),
            cost(u["cost"]),
            {criterion: cost(written) for criterion, written in u["also"].items()},
            {Kind(kind): {k: _option(k, v) for k, v in options.items()} for kind, options in u["options"].items()},
            frozenset(map(Kind, u["kinds"])),
            u["ask"],
            u["message"],
            u["why"],
        )

    def criterion(c: dict[str, Any]) -> Criterion:
        weight = {Kind(kind): points for kind, points in c["weight"].items()}
        meaning = {int(level): words for level, words in c["meaning"].items()}
        return Criterion(**{**c, "weight": weight, "meaning": meaning, "uses": tuple(map(use, c["uses"]))})

    sentences = {
        name: {Kind(kind): tuple(variants) for kind, variants in kinds.items()}
        for name, kinds in data["rewriting"].items()
    }
    return Rubric(
        data["id"],
        data["title"],
        data["digest"],
        Levels(**data["levels"]),
        data["error_cap"],
        data["bound"],
        tuple(map(criterion, data["criteria"])),
        Rewriting(sentences),
        {Kind(kind): purpose for kind, purpose in data["purposes"].items()},
    )


def _option(name: str, value: Any) -> Any:
    """An option as its check takes it; JSON keeps an enum as text."""
    return Degree(value) if name == "degree" else value
