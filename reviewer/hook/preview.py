"""What a plan changes, as people read it before they say yes."""

import textwrap
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from reviewer.hook.client import Note, shown
from reviewer.hook.piece import Block, File
from reviewer.hook.plan import Change, Plan

__all__ = ["preview"]

_WIDTH = 80


def preview(plan: Plan, notes: Iterable[Note], *, removing: bool = False) -> str:
    """The files, the lines with what stands around them, what is left alone, and what only the user can do."""
    files = [change for change in plan.changes if isinstance(change.piece, File)]
    parts = ["\n".join(map(_file, files))] if files else []
    parts += ["\n".join(_diff(change)) for change in plan.changes if change not in files]
    for piece in plan.left:
        what = "it" if isinstance(piece, File) else "what stands between reviewer's marks"
        done = "To have it gone, delete it" if removing else "To have reviewer's, delete it and install again"
        rest = " Until then the files stay, which it may name." if removing and isinstance(piece, Block) else ""
        parts.append(_wrapped(f"{shown(piece.path)} is left as it is: {what} was changed by hand. {done}.{rest}"))
    by_hand = ["\n".join(_note(note)) for note in notes]
    parts += ["\n".join(["To be done by hand:", *by_hand])] if by_hand else []
    return _printable("\n\n".join(parts))


def _file(change: Change) -> str:
    verb = "delete" if change.after is None else "create" if change.before is None else "update"
    return f"{verb} {shown(change.piece.path)}"


def _diff(change: Change) -> Iterator[str]:
    name = shown(change.piece.path)
    before, after = ((text or b"").decode("utf-8", "replace").splitlines() for text in (change.before, change.after))
    verb = "create" if change.before is None else "delete" if change.after is None else "change"
    yield f"{verb} {name}"
    for line in list(unified_diff(before, after, lineterm="", n=2))[2:]:
        yield f"    {line}"


def _note(note: Note) -> Iterator[str]:
    yield _wrapped(note.text, "- ")
    for line in note.lines:
        yield f"      {line}"


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _printable(text: str) -> str:
    """A file's control characters are no commands to the terminal."""
    return "".join(c if c == "\n" or c.isprintable() else " " if c == "\t" else "·" for c in text)
