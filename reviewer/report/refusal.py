"""Why a message was not sent, for whoever wrote it: what stopped it first, then what else a coach would say."""

from reviewer.finding import Finding, Severity
from reviewer.report.lines import line_and_column
from reviewer.reviewing import Review

__all__ = ["render"]

_LONGEST = 60  # characters of a quotation


def render(review: Review, fail_on: Severity = Severity.ERROR) -> str:
    """Two lines a finding: place, severity, message and rule; then the words that are meant, if there are any."""
    grave = [f for f in review.findings if f.severity.rank <= fail_on.rank]
    rest = [f for f in review.findings if f not in grave]
    said = [_lines(review, finding) for finding in grave]
    if rest:
        said += ["Not in the way, but worth a look:", *(_lines(review, finding) for finding in rest)]
    return "\n".join(said)


def _lines(review: Review, finding: Finding) -> str:
    if finding.span is None:
        return f"  {finding.severity}: {_plain(finding.message)} [{finding.rule}]"
    line, _ = line_and_column(review.message.text, finding.span.start)
    quote = _plain(finding.quote)
    shown = quote if len(quote) <= _LONGEST else f"{quote[: _LONGEST - 1]}…"
    return f"  line {line}: {finding.severity}: {_plain(finding.message)} [{finding.rule}]\n    “{shown}”"


def _plain(text: str) -> str:
    """On one line, and nothing in it that a terminal would obey."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
