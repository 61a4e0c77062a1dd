"""Mails and texts from an mbox file, a Maildir, or a folder."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from reviewer.intake.draft import MAX_BYTES
from reviewer.intake.packed import PACKED

__all__ = ["drafts_in", "is_maildir", "is_mbox", "mails_in"]

_FROM = re.compile(rb"From \S.*\d{2}:\d{2}.*\d{4}")  # the line that begins a mail: sender, hour, year
_QUOTED_FROM = re.compile(rb">+From ")
_LETTERS = (".eml", ".txt")


def is_mbox(head: bytes) -> bool:
    return _FROM.match(head.split(b"\n", 1)[0]) is not None


def mails_in(stream: IO[bytes]) -> Iterator[bytes]:
    """The mails of an mbox, one at a time; no more of one is kept than tells that it is too long."""
    mail: list[bytes] = []
    size, blank = -1, True  # -1: before the first mail
    for line in stream:
        if blank and _FROM.match(line):
            if size >= 0:
                yield b"".join(mail)
            mail.clear()
            size = 0
        elif 0 <= size <= MAX_BYTES:
            mail.append(line[1:] if _QUOTED_FROM.match(line) else line)
            size += len(line)
        blank = not line.strip()
    if size >= 0:
        yield b"".join(mail)


def is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _refuse(error: OSError) -> None:
    raise error  # a folder that cannot be listed is not passed over in silence


def drafts_in(folder: Path) -> Iterator[Path]:
    """The mails of a Maildir, or the .eml and .txt files of a folder and the folders in it, in the order of names."""
    if is_maildir(folder):
        for part in ("cur", "new"):
            yield from (path for path in sorted((folder / part).iterdir()) if not path.name.startswith("."))
        return
    for root, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            bare = name.lower()
            bare = bare.rsplit(".", 1)[0] if bare.endswith(PACKED) else bare
            if bare.endswith(_LETTERS) and not name.startswith("."):
                yield Path(root, name)
