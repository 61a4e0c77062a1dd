"""`file:line:column: severity: message [rule]`, a line a finding, for editors and scripts."""

from reviewer.finding import Severity
from reviewer.report.lines import Columns, line_and_column
from reviewer.reviewing import Review

__all__ = ["render"]

_KNOWN = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}  # as compilers say it
_ESCAPED = {code: ascii(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


def render(review: Review, name: str = "<stdin>", *, columns: Columns = Columns.CHAR, as_compiler: bool = False) -> str:
    """One line for each finding, as lines of the file; an absence stands where the message begins.

    `as_compiler` calls a suggestion a note, which is what editors know. Control characters in `name` are escaped.
    """
    message = review.message
    name = name.translate(_ESCAPED)
    lines = []
    for f in review.findings:
        line, column = line_and_column(message.text, f.span.start, columns) if f.span is not None else (1, 1)
        severity = _KNOWN[f.severity] if as_compiler else f.severity.value
        place = f"{name}:{line + message.above}:{column}"
        lines.append((line, column, f"{place}: {severity}: {' '.join(f.message.split())} [{f.rule}]"))
    return "\n".join(line for _, _, line in sorted(lines))
