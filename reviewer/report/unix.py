"""`file:line:column: severity: message [rule]`, a line a finding, for editors and scripts."""

from reviewer.report.lines import line_and_column
from reviewer.reviewing import Review

__all__ = ["render"]


def render(review: Review, name: str = "<stdin>") -> str:
    """One line for each finding; an absence stands at 1:1."""
    lines = []
    for f in review.findings:
        line, column = line_and_column(review.message.text, f.span.start) if f.span is not None else (1, 1)
        lines.append((line, column, f"{name}:{line}:{column}: {f.severity}: {' '.join(f.message.split())} [{f.rule}]"))
    return "\n".join(line for _, _, line in sorted(lines))
