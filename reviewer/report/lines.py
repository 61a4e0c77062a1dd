"""Lines and columns, from 1, in code points: they exist in reports only."""

__all__ = ["line_and_column"]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset; a line ends at LF, at CR LF, or at a lone CR."""
    line = text[:offset].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return line, offset - start + 1
