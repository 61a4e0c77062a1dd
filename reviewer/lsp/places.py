"""Where in an editor's lines an offset is, and back: lines and columns from 0, in the units that were agreed on.

A line ends at LF, at CR LF or at a lone CR, as the protocol says, and at nothing else: `str.splitlines` ends it at
U+2028 and five more.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from lsprotocol import types

from reviewer.report.lines import Columns, column
from reviewer.text import Span

__all__ = ["Places", "changed", "units"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNITS = {
    types.PositionEncodingKind.Utf8: Columns.BYTE,
    types.PositionEncodingKind.Utf16: Columns.UTF16,
    types.PositionEncodingKind.Utf32: Columns.CHAR,
}


def units(encoding: str | None) -> Columns:
    """What columns count in a position encoding of the protocol."""
    return _UNITS.get(types.PositionEncodingKind(encoding), Columns.UTF16) if encoding else Columns.UTF16


def changed(text: str, changes: Sequence[types.TextDocumentContentChangeEvent], columns: Columns) -> str:
    """The text after an editor's changes, each of which is of the whole text or of a range of it."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            there = Places(text, columns).span(change.range)
            text = text[: there.start] + change.text + text[there.end :]
        else:
            text = change.text
    return text


class Places:
    """The lines of a text, which stands `above` lines down in the editor's buffer."""

    def __init__(self, text: str, columns: Columns, above: int = 0) -> None:
        self._text, self._columns, self._above = text, columns, above
        ends = list(_LINE_END.finditer(text))
        self._starts = [0, *(end.end() for end in ends)]
        self._ends = [*(end.start() for end in ends), len(text)]
        self.line_end = "\r\n" if ends and ends[0].group() == "\r\n" else "\n"

    def position(self, offset: int) -> types.Position:
        line = bisect_right(self._starts, offset) - 1
        before = self._text[self._starts[line] : offset]
        return types.Position(line + self._above, column(before, self._columns) - 1)

    def range(self, span: Span) -> types.Range:
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; of one that there is not, the nearest before it, or the start of the text."""
        line = position.line - self._above
        if line < 0:
            return 0
        if line >= len(self._starts):
            return len(self._text)
        start, end = self._starts[line], self._ends[line]
        return start + self._characters(self._text[start:end], position.character)

    def span(self, range: types.Range) -> Span:
        start, end = sorted((self.offset(range.start), self.offset(range.end)))
        return Span(start, end)

    def _characters(self, line: str, wanted: int) -> int:
        """How many characters of a line take up that many units, and no more."""
        if self._columns is Columns.CHAR or line.isascii():
            return min(wanted, len(line))
        counted = 0
        for at, character in enumerate(line):
            counted += column(character, self._columns) - 1
            if counted > wanted:
                return at
        return len(line)
