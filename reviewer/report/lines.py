"""Lines and columns, from 1: they exist in reports only."""

from enum import StrEnum

__all__ = ["Columns", "column", "line_and_column"]


class Columns(StrEnum):
    """What a column counts: code points, UTF-8 bytes (Vim), UTF-16 units (LSP), or cells of a screen (Emacs)."""

    CHAR = "char"
    BYTE = "byte"
    UTF16 = "utf16"
    SCREEN = "screen"


def line_and_column(text: str, offset: int, columns: Columns = Columns.CHAR) -> tuple[int, int]:
    """The line and column of an offset; a line ends at LF, at CR LF, or at a lone CR."""
    line = text[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return line, column(text[start:offset], columns)


def column(before: str, columns: Columns) -> int:
    """The column of what stands after `before` in its line."""
    if columns is Columns.BYTE:
        return len(before.encode("utf-8", "surrogatepass")) + 1
    if columns is Columns.UTF16:
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1
    if columns is Columns.SCREEN:
        return _cells(before) + 1
    return len(before) + 1


_TAB = 8
_ONE_CELL = {"\u00ad", "\u2028", "\u2029"}  # wcwidth has none for these
_ONE_CELL |= {chr(code) for code in range(0x1F1E6, 0x1F200)}  # halves of flags: two are a flag, of two cells


def _cells(before: str) -> int:
    """Cells as Emacs counts them: a tab goes on to the next multiple of eight, controls are `^K`, `\\205`."""
    if before.isascii() and before.isprintable():
        return len(before)
    from wcwidth import wcwidth

    at = 0
    for character in before:
        if character == "\t":
            at = (at // _TAB + 1) * _TAB
        elif character < " " or character == "\x7f":
            at += len("^K")
        elif "\x80" <= character <= "\x9f":
            at += len(r"\205")
        elif character in _ONE_CELL:
            at += 1
        else:
            at += max(0, wcwidth(character))
    return at
