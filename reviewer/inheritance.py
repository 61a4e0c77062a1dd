"""What rubrics come to, each laid over those that it extends: every setting with the file and line that it is from.

A later rubric wins; within one, what is said for a kind wins over what is said for all. A value for all kinds replaces
what was said before for any of them. A rubric that is reached by two ways is laid once, where it is met first.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from inspect import getfile
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from reviewer.check import Check
from reviewer.checks import all_checks, check_named, check_names
from reviewer.context import Context, Kind
from reviewer.errors import ContextError, RubricError
from reviewer.finding import Degree, Severity
from reviewer.intake.facts import context_from
from reviewer.language.levels import JUDGED
from reviewer.resources import folder
from reviewer.rubric import FACTS, PURPOSES, Rubric
from reviewer.rubric_build import DEFAULTS, build
from reviewer.rubric_file import (
    Change,
    CriterionFile,
    ExampleFile,
    PhrasesFile,
    RubricFile,
    UseFile,
    Where,
    choices,
    parse,
)
from reviewer.rubric_names import Files, find, is_path
from reviewer.rubric_settings import BY_DEFAULT, TERMS, Key, Origin, Setting, Settings, rule_of
from reviewer.text import flatten, lower, words

__all__ = ["Composed", "RuleExample", "compose"]

_MOST_FILES = 30


class RuleExample(NamedTuple):
    """A draft that stands beside a rule, and whether the rule is to find something in it."""

    rule: str
    flagged: bool
    draft: ExampleFile
    context: Context
    origin: Origin


class Composed(NamedTuple):
    """A rubric, the settings that it comes from, and the examples that stand in its own file and phrase lists."""

    rubric: Rubric
    settings: Settings
    examples: tuple[RuleExample, ...]


def compose(root: Traversable, files: Files) -> Composed:
    """Read a rubric and all that it extends. Raises RubricError with file, line, key and the choices."""
    laid = _Laid(files)
    for layer in _layers(root, files, (), {}):
        laid.lay(layer)
    return Composed(build(laid.settings, files.digest(), laid.where), laid.settings, tuple(laid.examples))


class _Layer(NamedTuple):
    path: Traversable
    file: RubricFile
    where: Where


def _layers(path: Traversable, files: Files, trail: tuple[str, ...], seen: dict[str, _Layer]) -> Iterator[_Layer]:
    """The rubric's file after those that it extends, each once."""
    name = _identity(path)
    spec, where = parse(RubricFile, files.read(path), str(path))
    layer = seen[name] = _Layer(path, spec, where)
    listed = [spec.extends] if isinstance(spec.extends, str) else spec.extends
    beside = path.parent if isinstance(path, Path) else Path()
    for number, extended in enumerate(listed):
        at = ("extends", number) if isinstance(spec.extends, list) else ("extends",)
        if extended in listed[:number]:
            raise where.error(at, f"{extended!r} stands here twice")
        try:
            found = find(extended, files, beside=beside, but=path)
        except RubricError as error:
            raise where.error(at, str(error)) from None
        below = _identity(found)
        if below in (*trail, name):
            through = " → ".join((*trail, name, below)[(*trail, name).index(below) :])
            raise where.error(at, f"a rubric cannot extend itself: {through}")
        if below in seen:
            continue
        if len(seen) >= _MOST_FILES:
            raise where.error(at, f"more than {_MOST_FILES} rubrics are extended")
        yield from _layers(found, files, (*trail, name), seen)
    yield layer


def _identity(path: Traversable) -> str:
    return str(path.resolve() if isinstance(path, Path) else path)


class _Laid:
    """Rubric files laid one over the other."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.settings = Settings()
        self.examples: list[RuleExample] = []
        self.lists: set[str] = set()
        self.where = Where("", {})  # of the file that is laid now
        for key, value in DEFAULTS.items():
            self.settings[key] = Setting(value, BY_DEFAULT)

    def lay(self, layer: _Layer) -> None:
        spec, self.where, self.examples = layer.file, layer.where, []
        self.say(("id",), spec.id or layer.path.name.rsplit(".", 1)[0], ("id",))
        self.say(("title",), spec.title, ("title",))
        for name in ("good", "fair"):
            self.say(("levels", name), getattr(spec.levels, name), ("levels", name))
        for name in ("error_cap", "bound"):
            self.say((name,), getattr(spec, name), (name,))
        names = [c.id for c in spec.criteria]
        for number, criterion in enumerate(spec.criteria):
            if criterion.id in names[:number]:
                raise self.where.error(("criteria", number, "id"), f"{criterion.id!r} stands here twice")
            self._criterion(criterion, ("criteria", number))
        for number, criterion in enumerate(spec.criteria):
            for k, use in enumerate(criterion.checks):
                self._use(criterion.id, use, ("criteria", number, "checks", k))
        for number, listed in enumerate(spec.phrases):
            self._phrases(listed, layer.path, ("phrases", number))
        for name, change in spec.rules.items():
            self._change(name, change, ("rules", name))
        for purpose, sentence in spec.sentences.items():
            self._sentence(purpose, sentence.text, sentence.for_kind, ("sentences", purpose))
        for kind, purpose in spec.purposes.items():
            self.say(("purposes", kind), purpose, ("purposes", kind))

    def say(self, key: Key, value: Any, path: tuple[Any, ...]) -> None:
        """Set it to what stands at a path of the file; None means that nothing does."""
        if value is not None:
            self.settings[key] = Setting(value, self._origin(path))

    def _origin(self, path: tuple[Any, ...]) -> Origin:
        return Origin(self.where.file, self.where.line(path))

    def _for_kinds(self, key: Key, value: Any, path: tuple[Any, ...]) -> None:
        for kind in Kind:
            self.say((*key, kind), value, path)

    def _criterion(self, spec: CriterionFile, path: tuple[Any, ...]) -> None:
        key: Key = ("criteria", spec.id)
        if (*key, "title") not in self.settings:
            if spec.title is None:
                said = f"no criterion called {spec.id!r}, and a new one needs a title; "
                raise self.where.error((*path, "id"), said + choices(spec.id, self.settings.names("criteria")))
            self._for_kinds((*key, "weight"), 1, (*path, "id"))
        for name in ("title", "judged", "notes", "doubt"):
            self.say((*key, name), getattr(spec, name), (*path, name))
        self._for_kinds((*key, "weight"), spec.weight, (*path, "weight"))
        for kind, weight in spec.weight_for_kind.items():
            self.say((*key, "weight", kind), weight, (*path, "weight_for_kind", kind))
        for level, meaning in spec.meaning.items():
            self.say((*key, "meaning", str(level)), meaning, (*path, "meaning", level))
        if spec.doubt and spec.id not in JUDGED:
            raise RubricError(
                f"{self.where.file}:{self.where.line((*path, 'doubt'))}: doubt: only {', '.join(JUDGED)} are read as a "
                f"whole, not {spec.id}"
            )

    def _use(self, criterion: str, spec: UseFile, path: tuple[Any, ...]) -> None:
        found = self._find(spec.check, (*path, "check"))
        rule = spec.rule or spec.check
        key = self._new_rule(rule, found, criterion, frozenset(spec.kinds or Kind), path)
        self.say((*key, "severity"), spec.severity or Severity.WARNING, (*path, "severity"))
        self._rule(key, rule, spec, found, path)

    def _find(self, name: str, path: tuple[Any, ...]) -> Check:
        """The check of that name; the file of an installed package's is among those that the rubric is made of."""
        try:
            found = check_named(name)
        except KeyError:
            raise self.where.error(path, f"no check called {name!r}; {choices(name, check_names())}") from None
        except RubricError as error:
            raise self.where.error(path, str(error)) from None
        if name not in all_checks():
            file = Path(getfile(found.detect))
            if self.files.has(file):
                self.files.read(file)  # what was compiled with another version is stale
            else:
                self.files.lasting = False
        return found

    def _new_rule(self, rule: str, found: Check, criterion: str, kinds: frozenset[Kind], path: tuple[Any, ...]) -> Key:
        """Its key; a rule that stands for other kinds already gets a number behind its name."""
        others = self.settings.rules(rule)
        for other in others:
            there = self.settings[(*other, "check")].origin
            if kinds & frozenset(self.settings.value((*other, "kinds")) or Kind):
                said = (
                    f"the rule {rule!r} is there already ({there}); change it under `rules`, or name this one by `rule`"
                )
                raise self.where.error(path, said)
        if len(self.settings.names("rules")) >= _MOST_RULES:
            raise self.where.error(path, f"more than {_MOST_RULES} rules")
        key: Key = ("rules", rule if not others else f"{rule}#{len(others) + 1}")
        self.say((*key, "check"), found.name, path)
        self.say((*key, "criterion"), criterion, path)
        for option, default in found.options.items():
            if isinstance(default, tuple(_TYPES)):
                for kind in Kind:
                    self.settings[(*key, "with", option, kind)] = Setting(default, BY_DEFAULT)
        return key

    def _rule(self, key: Key, rule: str, spec: UseFile | Change, found: Check, path: tuple[Any, ...]) -> None:
        """What a new rule and a change of one have in common."""
        for name in ("severity", "ask", "message", "why"):
            self.say((*key, name), getattr(spec, name), (*path, name))
        if spec.sources is not None:
            self.say((*key, "sources"), tuple(spec.sources), (*path, "sources"))
        if spec.kinds is not None:
            self.say((*key, "kinds"), tuple(sorted(set(spec.kinds))), (*path, "kinds"))
            strange = [kind for kind in spec.for_kind if spec.kinds and kind not in spec.kinds]
            if strange:
                raise self.where.error((*path, "for_kind", strange[0]), "the rule is not for this kind, by `kinds`")
        self._cost((*key, "cost"), spec.cost, (*path, "cost"))
        for other, cost in spec.also.items():
            if other not in self.settings.names("criteria"):
                said = f"no criterion called {other!r}; {choices(other, self.settings.names('criteria'))}"
                raise self.where.error((*path, "also", other), said)
            self._cost((*key, "also", other), cost, (*path, "also", other))
        self._options(key, found, spec.options, tuple(Kind), (*path, "with"))
        for kind, options in spec.for_kind.items():
            self._options(key, found, options, (kind,), (*path, "for_kind", kind))
        if spec.message is not None:
            self._template(spec.message, {*found.options, "message", "quote"}, (*path, "message"))
        for flagged, drafts in ((True, spec.flags), (False, spec.passes)):
            self._examples(rule, flagged, drafts, (*path, "flags" if flagged else "passes"))

    def _cost(self, key: Key, cost: int | Mapping[Degree, int] | None, path: tuple[Any, ...]) -> None:
        if isinstance(cost, int):
            cost = dict.fromkeys(Degree, cost)
        for degree, points in (cost or {}).items():
            self.say((*key, degree), points, (*path, degree))

    def _options(
        self, key: Key, found: Check, options: Mapping[str, Any], kinds: Iterable[Kind], path: tuple[Any, ...]
    ) -> None:
        for option, written in options.items():
            value = self._option(found, option, written, path)
            if option == TERMS:
                self._add(key, value, (*path, option))
            else:
                for kind in kinds:
                    self.say((*key, "with", option, kind), value, (*path, option))

    def _option(self, found: Check, option: str, value: Any, path: tuple[Any, ...]) -> Any:
        if option not in found.options:
            have = ", ".join(found.options) or "none"
            raise self.where.error((*path, option), f"{found.name} has no option {option!r}; there are {have}")
        wanted = type(found.options[option])
        if option == TERMS:
            self._terms(value, (*path, option))
            return value
        if wanted is Degree:
            if value not in tuple(Degree):
                raise self.where.error((*path, option), f"there are {', '.join(Degree)}, not {value!r}")
            return Degree(value)
        if wanted not in _TYPES:
            raise self.where.error((*path, option), f"a rubric cannot set {option}; it is the check's own affair")
        right = isinstance(value, wanted) or (wanted is float and isinstance(value, int))
        if not right or (wanted in {int, float} and isinstance(value, bool)):
            raise self.where.error((*path, option), f"{_TYPES[wanted]} is wanted, not {value!r:.60}")
        if wanted in {int, float} and not 0 <= value <= _MOST_OPTION:
            raise self.where.error((*path, option), f"0 to {_MOST_OPTION:,} is wanted, not {value!r:.60}")
        return value

    def _terms(self, terms: Any, path: tuple[Any, ...]) -> dict[str, str | None]:
        """Phrases in the form in which they are compared."""
        if not isinstance(terms, Mapping):
            raise self.where.error(path, "phrases are wanted, each with what to write instead, or null")
        made: dict[str, str | None] = {}
        for term, instead in terms.items():
            if not isinstance(term, str) or not (instead is None or isinstance(instead, str)):
                raise self.where.error((*path, term), "text is wanted; put it in quotes")
            plain = _plain(term)
            if not plain:
                raise self.where.error((*path, term), "a phrase has at least one word")
            if plain in made:
                raise self.where.error((*path, term), f"the phrase {plain!r} stands here twice")
            made[plain] = instead
        return made

    def _phrases(self, listed: str | PhrasesFile, path: Traversable, at: tuple[Any, ...]) -> None:
        outer = self.where
        if isinstance(listed, str):
            file = self._phrases_file(listed, path, at)
            if _identity(file) in self.lists:
                return
            self.lists.add(_identity(file))
            spec, self.where = parse(PhrasesFile, self.files.read(file), str(file))
            at = ()
        else:
            spec = listed
        if spec.criterion not in self.settings.names("criteria"):
            said = f"no criterion called {spec.criterion!r}; {choices(spec.criterion, self.settings.names('criteria'))}"
            raise self.where.error((*at, "criterion"), said)
        key = self._new_rule(spec.rule, all_checks()["phrases"], spec.criterion, frozenset(Kind), (*at, "rule"))
        self.say((*key, "severity"), spec.severity, (*at, "severity"))
        self.say((*key, "sources"), tuple(spec.sources), (*at, "sources"))
        self._cost((*key, "cost"), spec.cost, (*at, "cost"))
        self._for_kinds((*key, "with", "because"), spec.because, (*at, "because"))
        self._for_kinds((*key, "with", "degree"), spec.degree, (*at, "degree"))
        self._add(key, spec.terms, (*at, TERMS))
        self._examples(spec.rule, True, spec.flags, (*at, "flags"))
        self._examples(spec.rule, False, spec.passes, (*at, "passes"))
        self.where = outer

    def _phrases_file(self, name: str, path: Traversable, at: tuple[Any, ...]) -> Traversable:
        """`phrases/NAME.yaml` beside the rubric, else among those that come with the program."""
        builtin = folder("rubrics") / "phrases"
        beside = path.parent / "phrases" if isinstance(path, Path) else builtin
        if not is_path(name):
            for place in (beside, builtin):
                if self.files.has(place / f"{name}.yaml"):
                    return place / f"{name}.yaml"
        have = {p.name.removesuffix(".yaml") for place in (beside, builtin) if place.is_dir() for p in place.iterdir()}
        raise self.where.error(at, f"no list called {name!r}; {choices(name, have)}")

    def _add(self, key: Key, terms: Mapping[str, str | None], path: tuple[Any, ...]) -> None:
        for written, (term, instead) in zip(terms, self._terms(terms, path).items(), strict=True):
            self.settings[(*key, TERMS, term)] = Setting(instead, self._origin((*path, written)))

    def _change(self, rule: str, change: bool | Change, path: tuple[Any, ...]) -> None:
        keys = self.settings.rules(rule)
        if not keys:
            raise self.where.error(
                path, f"no rule called {rule!r}; {choices(rule, map(rule_of, self.settings.names('rules')))}"
            )
        if isinstance(change, bool):
            change = Change(used=change)
        if change.used is False and len(change.model_fields_set) > 1:
            raise self.where.error(path, "switched off and changed at once; leave out `used`, or the rest")
        for key in keys:
            self.say((*key, "used"), change.used, path)
            found = self._check(key)
            if change.kinds is not None and len(keys) > 1:
                raise self.where.error((*path, "kinds"), f"{rule} stands {len(keys)} times, each for its own kinds")
            if TERMS in change.options:
                raise self.where.error((*path, "with", TERMS), "phrases are changed by `add` and `remove`")
            if (change.add or change.remove) and TERMS not in found.options:
                have = ", ".join(found.options) or "none"
                raise self.where.error(path, f"{rule} has no phrases to add or remove; its options are {have}")
            self._add(key, change.add, (*path, "add"))
            self._remove(key, change, path)
        # The examples of a rule that stands several times are the rule's, not each one's.
        for number, key in enumerate(keys):
            alone = change if not number else change.model_copy(update={"flags": [], "passes": []})
            self._rule(key, rule, alone, self._check(key), path)

    def _check(self, key: Key) -> Check:
        return check_named(self.settings.value((*key, "check")))

    def _remove(self, key: Key, change: Change, path: tuple[Any, ...]) -> None:
        added = self._terms(change.add, (*path, "add"))
        for number, written in enumerate(change.remove):
            term = _plain(written)
            if term in added:
                raise self.where.error((*path, "remove", number), f"{written!r} is added and removed at once")
            if not self.settings.remove((*key, TERMS, term)):
                have = [known for (*_, known), _ in self.settings.under(*key, TERMS)]
                raise self.where.error((*path, "remove", number), f"no phrase {written!r}; {choices(term, have)}")

    def _sentence(self, purpose: str, text: Any, for_kind: Mapping[Kind, Any], path: tuple[Any, ...]) -> None:
        if purpose not in PURPOSES:
            raise self.where.error(path, f"nothing asks for such a sentence; {choices(purpose, PURPOSES)}")
        for kinds, written, at in (
            (tuple(Kind), text, (*path, "text")),
            *(((kind,), v, (*path, "for_kind", kind)) for kind, v in for_kind.items()),
        ):
            if written is None:
                continue
            variants = (written,) if isinstance(written, str) else tuple(written)
            needed = [self._template(variant, set(FACTS), at) for variant in variants][-1:]
            if not needed or needed[0]:
                said = f"the last variant needs ${min(needed[0])}" if needed else "a sentence is wanted"
                raise self.where.error(at, f'{said}; end with one that needs no fact, such as ""')
            for kind in kinds:
                self.say(("sentences", purpose, kind), variants, at)

    def _template(self, text: str, known: set[str], path: tuple[Any, ...]) -> set[str]:
        template = Template(text)
        if not template.is_valid():
            raise self.where.error(path, "a $ without a name; write $$ for the sign itself")
        named = set(template.get_identifiers())
        for strange in sorted(named - known):
            raise self.where.error(path, f"nothing is known as ${strange}; {choices(strange, known)}")
        return named

    def _examples(self, rule: str, flagged: bool, drafts: Iterable[ExampleFile], path: tuple[Any, ...]) -> None:
        for number, draft in enumerate(drafts):
            at = (*path, number)
            if draft.at is not None and (not flagged or draft.at not in draft.text):
                said = "these words are not in the text" if flagged else "nothing is to be flagged here"
                raise self.where.error((*at, "at"), said)
            origin = self._origin(at)
            try:
                context = context_from(draft.context, where=f"{origin}: context")
            except ContextError as error:
                raise RubricError(str(error)) from None
            self.examples.append(RuleExample(rule, flagged, draft, context, origin))


def _plain(phrase: str) -> str:
    """Its words, in lower case."""
    return " ".join(words(lower(flatten(phrase))))


_MOST_RULES = 500
_MOST_OPTION = 100_000
_TYPES = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}
