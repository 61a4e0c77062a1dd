"""What a hook consists of: files of reviewer's own, and marked lines in a file of the user's. Bytes in, bytes out."""

import re
from pathlib import Path
from typing import NamedTuple

from reviewer.errors import HookError

__all__ = ["Block", "File", "Piece"]


class File(NamedTuple):
    """A file of reviewer's own; below `folder`, the folders that it leaves empty go with it."""

    path: Path
    content: bytes
    folder: Path
    is_program: bool = False

    def ours(self, now: bytes | None) -> bytes | None:
        """What of this file is reviewer's: all of it."""
        return now

    def put(self, now: bytes | None) -> bytes:  # noqa: ARG002 - as that of a block
        """The file's bytes with this piece in it."""
        return self.content

    def take(self, now: bytes) -> bytes | None:  # noqa: ARG002
        """The file's bytes without this piece; None where no file is left."""
        return None


class Block(NamedTuple):
    """Lines at the end of a file of the user's, between two marks in comments.

    The block ends with a line's end if the text before it does, and a file that was made for the block alone has none:
    so taking it out again restores every byte, and nothing needs to be remembered.
    """

    path: Path
    content: bytes
    comment: str = "#"

    def ours(self, now: bytes | None) -> bytes | None:
        """What stands between the marks, with line ends as in `content`. Raises HookError where marks do not pair."""
        found = self._found(now or b"")
        return found["ours"].replace(b"\r\n", b"\n") if found is not None else None

    def put(self, now: bytes | None) -> bytes:
        """The file's bytes with this piece in it, its line ends as in the last line."""
        before = now or b""
        if before.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in before:
            raise HookError(f"{self.path}: this is not text in an encoding that has ASCII in it, such as UTF-8")
        found = self._found(before)
        if found is not None:
            content = self.content.replace(b"\n", found["eol"])
            return before[: found.start("ours")] + content + before[found.end("ours") :]
        eol = b"\r\n" if before[: before.rfind(b"\n") + 1].endswith(b"\r\n") else b"\n"
        begin, end = self._marks
        block = (begin + b"\n" + self.content + end).replace(b"\n", eol)
        is_ended = now is not None and (not now or now.endswith(b"\n"))
        return before + block + eol if is_ended else before + (eol if before else b"") + block

    def take(self, now: bytes) -> bytes | None:
        """The file's bytes without this piece; None where no file is left."""
        found = self._found(now)
        if found is None:
            return now
        before, after = now[: found.start()], now[found.end() :]
        if found["ended"]:
            return before + after
        return before.removesuffix(found["eol"]) if before else None

    @property
    def _marks(self) -> tuple[bytes, bytes]:
        return f"{self.comment} >>> reviewer >>>".encode(), f"{self.comment} <<< reviewer <<<".encode()

    def _found(self, now: bytes) -> "re.Match[bytes] | None":
        begin, end = self._marks
        seen = [line.strip() for line in now.split(b"\n")]
        if begin not in seen and end not in seen:
            return None
        pattern = rb"(?ms)^%b(?P<eol>\r?\n)(?P<ours>.*?)^%b(?P<ended>\r?\n|\Z)" % (re.escape(begin), re.escape(end))
        found = re.search(pattern, now)
        if found is None or seen.count(begin) != 1 or seen.count(end) != 1:
            lines = ", ".join(str(n) for n, line in enumerate(seen, 1) if line in (begin, end))
            marks = f"{begin.decode()} and {end.decode()}"
            raise HookError(f"{self.path}:{lines}: expected one pair of lines {marks}; mend or take them out by hand")
        return found


Piece = File | Block
