"""Where a rubric's file is, by its name: yours, one that comes with the program, a path, or an installed package's."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.digest import sha256
from reviewer.errors import RubricError
from reviewer.folders import rubrics_folder
from reviewer.resources import folder
from reviewer.version import __version__

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from importlib.resources.abc import Traversable

__all__ = ["GROUP", "Files", "Known", "find", "is_path", "known"]

GROUP = "reviewer.rubrics"  # of entry points: a rubric's name, and the package that `NAME.yaml` stands in
_MAX_BYTES = 1_000_000


class Files:
    """Reads what a rubric is made of and remembers it, so that what was compiled can be told from what is stale.

    `made_of` has the digest of every file that was read, None for one that was looked for and not there; `lasting` is
    False once something was read that is no file by itself.
    """

    def __init__(self) -> None:
        self.made_of: dict[str, str | None] = {}
        self.lasting = True

    def has(self, path: "Traversable") -> bool:
        try:
            found = path.is_file()
        except OSError:  # a name that is too long, a folder that may not be read
            found = False
        if not found:
            self.made_of.setdefault(_absolute(path), None)
        return found

    def read(self, path: "Traversable") -> bytes:
        """What stands in a file. Raises RubricError."""
        try:
            with path.open("rb") as file:
                data: bytes = file.read(_MAX_BYTES + 1)
        except OSError as error:
            raise RubricError(f"{path}: {error.strerror or error}") from None
        if len(data) > _MAX_BYTES:
            raise RubricError(f"{path}: more than {_MAX_BYTES:,} bytes is too large for a rubric")
        self.made_of[_absolute(path)] = sha256(data).hexdigest()
        self.lasting = self.lasting and isinstance(path, Path)
        return data

    def digest(self) -> str:
        """Of all that was read, whatever it is called: 16 hexadecimal digits."""
        read = " ".join(digest for digest in self.made_of.values() if digest is not None)
        return sha256(f"{__version__} {read}".encode()).hexdigest()[:16]


class Known(NamedTuple):
    """A rubric that can be named: where its file is, and by whom."""

    name: str
    path: "Traversable"
    whose: str


def find(name: str, files: Files, *, beside: Path = Path(), but: "Traversable | None" = None) -> "Traversable":
    """The file of a rubric. A path is taken from the folder `beside`; a name never means the file `but`.

    So a rubric of yours may have the name of the one that it extends. Raises RubricError with the names there are.
    """
    if is_path(name):
        path = beside / os.path.expanduser(name)  # noqa: PTH111 - Path.expanduser raises where there is no such user
        if files.has(path):
            return path
        what = "a folder, not a rubric" if path.is_dir() else "no such file"
        raise RubricError(f"{path}: {what}; rubrics by name are {', '.join(_names())}")
    for place in (rubrics_folder() / f"{name}.yaml", folder("rubrics") / f"{name}.yaml", beside / name):
        if (but is None or _absolute(place) != _absolute(but)) and files.has(place):
            return place
    for entry in _entry_points():
        if entry.name == name:
            return _packaged(entry)
    raise RubricError(f"{name}: no such rubric or file; there are {', '.join(_names())}")


def is_path(name: str) -> bool:
    """Whether it is written as a path rather than a name."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def known() -> Iterator[Known]:
    """Every rubric that can be named: yours, those that come with the program, those of installed packages."""
    for whose, place in (("yours", rubrics_folder()), ("built in", folder("rubrics"))):
        if place.is_dir():
            for path in sorted(place.iterdir(), key=lambda p: p.name):
                if path.name.endswith(".yaml") and path.is_file():
                    yield Known(path.name.removesuffix(".yaml"), path, whose)
    for entry in _entry_points():
        try:
            yield Known(entry.name, _packaged(entry), f"in {entry.value}")
        except RubricError:
            continue


def _names() -> list[str]:
    return list(dict.fromkeys(sorted(found.name for found in known())))


def _entry_points() -> "list[EntryPoint]":
    from importlib.metadata import entry_points  # takes longer than a check, so only where the name is nowhere else

    return sorted(entry_points(group=GROUP), key=lambda entry: entry.name)


def _packaged(entry: "EntryPoint") -> "Traversable":
    from importlib.resources import files

    try:
        path = files(entry.value) / f"{entry.name}.yaml"
    except Exception as error:  # an installed package may do anything when it is imported
        raise RubricError(
            f"{entry.name}: the package {entry.value} cannot be read: {type(error).__name__}; reinstall it"
        ) from None
    if not path.is_file():
        raise RubricError(f"{entry.name}: there is no {entry.name}.yaml in the package {entry.value}; reinstall it")
    return path


def _absolute(path: "Traversable") -> str:
    return str(path.absolute() if isinstance(path, Path) else path)
