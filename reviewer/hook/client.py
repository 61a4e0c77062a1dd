"""What a client needs to have the review, and what the modules of the clients share."""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer.errors import HookError
from reviewer.hook.piece import File, Piece
from reviewer.resources import folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["Hook", "Line", "Note", "bare", "lines", "on_path", "packaged", "server", "shown", "there_already", "tree"]


class Note(NamedTuple):
    """What is left to the user: a sentence, and lines to copy."""

    text: str
    lines: tuple[str, ...] = ()


class Hook(NamedTuple):
    """What a client needs on this computer."""

    programs: tuple[str, ...]  # the client is there if one of them is
    pieces: tuple[Piece, ...]
    by_hand: tuple[Note, ...] = ()
    removable: tuple[Piece, ...] | None = None  # where that is not all of the pieces
    undo_by_hand: tuple[Note, ...] = ()


class Line(NamedTuple):
    """A line of the user's own."""

    path: Path
    number: int
    text: str
    is_below: bool  # below reviewer's block

    @property
    def where(self) -> str:
        return f"{shown(self.path)}:{self.number}"


def shown(path: Path) -> str:
    """A path as people write it."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def packaged(name: str) -> bytes:
    return (folder("clients") / name).read_bytes()


def tree(name: str, into: Path, above: Path) -> tuple[File, ...]:
    """Every file of a client, as it lies in its folder."""

    def below(place: "Traversable", path: Path) -> Iterator[File]:
        for one in sorted(place.iterdir(), key=lambda one: one.name):
            if one.is_dir():
                yield from below(one, path / one.name)
            else:
                yield File(path / one.name, one.read_bytes(), above)

    return tuple(below(folder("clients") / name, into))


def lines(path: Path, comment: str = "#") -> Iterator[Line]:
    """The lines of a file that are the user's own, if it is there."""
    try:
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return
    is_ours = is_below = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() in (f"{comment} >>> reviewer >>>", f"{comment} <<< reviewer <<<"):
            is_ours = ">>>" in line
            is_below = not is_ours
        elif not is_ours:
            yield Line(path, number, line.rstrip("\r"), is_below)


def there_already(line: Line) -> Note:
    return Note(f"{line.where} has it already, by hand; nothing is put into place, and it is left as it is.")


def bare(path: Path) -> Path:
    """A path that may stand in a configuration without quotes. Raises HookError."""
    if re.search(r"[^\w@%+=:,./-]", str(path)):
        raise HookError(f"{path}: this client takes no path with such a character in it; see docs/clients")
    return path


def on_path() -> list[Note]:
    """What to do where the client will not find the program `reviewer`."""
    if shutil.which("reviewer") is not None:
        return []
    program = Path(sys.executable).with_name("reviewer")
    text = "reviewer is in none of the folders of your PATH, and the client would not find it. For example:"
    return [Note(text, (f"ln -s {program} ~/.local/bin/",))]


def server() -> list[Note]:
    """What to do where the language server would not start."""
    if find_spec("pygls") is not None:
        return []
    text = "The language server needs a library more, in the environment that reviewer is installed in:"
    return [Note(text, (f"{sys.executable} -m pip install pygls",))]
