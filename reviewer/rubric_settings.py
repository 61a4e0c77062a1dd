"""Every single value of a rubric, under a key, with the file and line that it is from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from reviewer.context import Kind

__all__ = ["BY_DEFAULT", "TERMS", "Key", "Origin", "Setting", "Settings", "rule_of"]

Key = tuple[str, ...]  # such as ("rules", "too-long", "with", "most", Kind.CHECK_IN)
TERMS = "terms"  # the option that holds phrases, each of which has a key of its own


class Origin(NamedTuple):
    """Where a value stands: file and line, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


BY_DEFAULT = Origin("by default", 0)  # of what no file says


class Setting(NamedTuple):
    value: Any
    origin: Origin


class Settings:
    """Settings by their keys, those with the same first two parts together, in the order in which they came."""

    def __init__(self) -> None:
        self._groups: dict[Key, dict[Key, Setting]] = {}

    def __setitem__(self, key: Key, setting: Setting) -> None:
        self._groups.setdefault(key[:2], {})[key] = setting

    def __getitem__(self, key: Key) -> Setting:
        return self._groups[key[:2]][key]

    def __contains__(self, key: Key) -> bool:
        return key in self._groups.get(key[:2], {})

    def __iter__(self) -> Iterator[tuple[Key, Setting]]:
        return (item for group in self._groups.values() for item in group.items())

    def remove(self, key: Key) -> bool:
        """Whether it was there."""
        return self._groups[key[:2]].pop(key, None) is not None

    def value(self, key: Key, otherwise: Any = None) -> Any:
        return self[key].value if key in self else otherwise

    def under(self, *start: str) -> Iterator[tuple[Key, Setting]]:
        """What has a key that begins so, with two parts or more."""
        group = self._groups.get(start[:2], {})
        return ((key, setting) for key, setting in group.items() if key[: len(start)] == start)

    def names(self, what: str) -> list[str]:
        """The second parts of the keys that begin with `what`: criteria, rules, sentences, purposes."""
        return [key[1] for key in self._groups if key[0] == what]

    def rules(self, name: str) -> list[Key]:
        """The keys of a rule: several where it stands once for some kinds of message and once for others."""
        return [("rules", found) for found in self.names("rules") if rule_of(found) == name]

    def for_kinds(self, *start: str) -> dict[Kind, Any]:
        return {Kind(key[-1]): setting.value for key, setting in self.under(*start)}


def rule_of(name: str) -> str:
    """The rule that is meant by the name in a key: `no-recipient-name#2` is the second of its name."""
    return name.partition("#")[0]
