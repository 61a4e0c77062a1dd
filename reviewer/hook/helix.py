"""Helix: the language server in languages.toml."""

import re
import tomllib

from reviewer.folders import xdg
from reviewer.hook.client import Hook, Note, lines, on_path, packaged, server, shown
from reviewer.hook.piece import Block

__all__ = ["helix"]

_PROGRAMS = ("hx", "helix")


def helix() -> Hook:
    file = xdg("config") / "helix" / "languages.toml"
    block = Block(file, packaged("helix/languages.toml"))
    note, needed = _in_the_way(block), (*on_path(), *server())
    if note is not None:
        return Hook(_PROGRAMS, (), (note, *needed), removable=(block,))
    return Hook(_PROGRAMS, (block,), needed)


def _in_the_way(block: Block) -> Note | None:
    """What of the user's own keeps the block from being added; None where nothing does."""
    ours, theirs = block.content.decode(), list(lines(block.path))
    settings = tuple(line for line in ours.splitlines() if line and not line.startswith("#"))
    languages = "|".join(re.escape(one["name"]) for one in tomllib.loads(ours)["language"])
    same = re.compile(rf"\s*(\[\s*language-server\.reviewer\b|name\s*=\s*[\"'](?:{languages})[\"'])")
    for line in theirs:
        if same.match(line.text):
            return Note(f"{line.where} has this already, and is left as it is. Add there what it lacks of:", settings)
    text = "\n".join(line.text for line in theirs)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Note(f"{shown(block.path)} is no TOML ({error}). Mend it, then install this again.")
    try:
        tomllib.loads(f"{text}\n{ours}")
    except tomllib.TOMLDecodeError as error:
        return Note(f"{shown(block.path)} has settings that these cannot follow ({error}). Add to yours:", settings)
    return None
