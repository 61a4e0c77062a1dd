"""Rubric: weights, checks with options for each kind of message, and what each level means. Data only.

`load` reads a rubric as it was compiled last time, from the user's cache folder, if the files that it was made of are
still the same; else `rubric_file.py` reads and validates the YAML, which takes longer than a review.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewer.check import Check
from reviewer.checks import all_checks
from reviewer.context import Kind
from reviewer.digest import sha256
from reviewer.errors import RubricError
from reviewer.finding import Degree, Severity
from reviewer.folders import rubric_cache
from reviewer.resources import folder
from reviewer.text import lazy
from reviewer.version import __version__

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Criterion", "Levels", "Rewriting", "Rubric", "Use", "load"]

_MAX_BYTES = 1_000_000
_FORM = 1  # of a compiled rubric; another number makes all of them stale


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


def load(name: str | Path = "default") -> Rubric:
    """The rubric of that name, or in that file. Raises RubricError."""
    path = _find(name)
    data = path.read_bytes()
    if len(data) > _MAX_BYTES:
        raise RubricError(f"{path}: {len(data):,} bytes is too large for a rubric")
    digest = _digest(path, data)
    kept = rubric_cache(digest)
    compiled = _compiled(kept, digest)
    if compiled is not None:
        return compiled
    from reviewer.rubric_file import read

    rubric = read(path, data, digest[:16])
    _keep(kept, rubric, digest)
    return rubric


def _find(name: str | Path) -> "Traversable":
    builtin = folder("rubrics")
    path: Traversable = builtin / f"{name}.yaml"
    if not path.is_file():
        path = Path(name)
        if not path.is_file():
            names = sorted(p.name.removesuffix(".yaml") for p in builtin.iterdir() if p.name.endswith(".yaml"))
            raise RubricError(f"{name}: no such rubric or file; there are {', '.join(names)}")
    return path


def _digest(path: "Traversable", data: bytes) -> str:
    """Of all that a rubric is made of: its file, the phrase lists that it may name, and this version."""
    made_of = sha256(f"{_FORM} {__version__} ".encode() + data)
    beside = path.parent / "phrases" if isinstance(path, Path) else folder("rubrics") / "phrases"
    for phrases in (folder("rubrics") / "phrases", beside):
        if phrases.is_dir():
            for file in sorted(phrases.iterdir(), key=lambda p: p.name):
                made_of.update(file.read_bytes() if file.is_file() else b"")
    return made_of.hexdigest()


def _compiled(kept: Path, digest: str) -> Rubric | None:
    """What was compiled before; None where there is nothing, or nothing that is whole."""
    try:
        head, _, body = kept.read_bytes().partition(b"\n")
        if head.decode() != f"{digest} {sha256(body).hexdigest()}":
            return None
        return _from_dict(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _keep(kept: Path, rubric: Rubric, digest: str) -> None:
    body = json.dumps(_as_dict(rubric), ensure_ascii=False).encode()
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = kept.with_name(f"{kept.name}.part")
        aside.write_bytes(f"{digest} {sha256(body).hexdigest()}\n".encode() + body)
        aside.replace(kept)
    except OSError:
        return  # a folder that cannot be written: the next run reads the YAML again


def _as_dict(rubric: Rubric) -> dict[str, Any]:
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


def _from_dict(data: Mapping[str, Any]) -> Rubric:
    checks = all_checks()

    def cost(written: Mapping[str, int]) -> dict[Degree, int]:
        return {Degree(degree): points for degree, points in written.items()}

    def use(u: dict[str, Any]) -> Use:
        return Use(
            u["rule"],
            checks[u["check"]],
            Severity(u["severity"]),
            tuple(u["sources"]),
            cost(u["cost"]),
            {criterion: cost(written) for criterion, written in u["also"].items()},
            {Kind(kind): {k: _option(k, v) for k, v in options.items()} for kind, options in u["options"].items()},
            frozenset(map(Kind, u["kinds"])),
            u["ask"],
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
