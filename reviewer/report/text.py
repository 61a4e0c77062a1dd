"""For a person at a terminal: the draft with its faults underlined, the scores, the rewritten message.

Colours come only from rich's Console, which leaves them out where there is no terminal or NO_COLOR is set.
"""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reviewer.finding import Finding, Severity
from reviewer.report.lines import line_and_column
from reviewer.review import Review, Verdict

__all__ = ["show"]

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
_MARK = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.SUGGESTION: "·"}
_VERDICT = {
    Verdict.SEND: ("bold green", "Send it."),
    Verdict.REVISE: ("bold yellow", "Nearly there: mend it first."),
    Verdict.HOLD: ("bold red", "Don't send it like this."),
}
_WIDTH = 78


def show(review: Review, console: Console, *, rewriting: bool = True) -> None:
    """Print the review on the console, readable at 80 columns."""
    parts: list[RenderableType] = [_head(review), Text(), _draft(review), Text()]
    if review.findings:
        parts += [_finding(n, f, review) for n, f in enumerate(_by_weight(review), 1)]
        parts.append(Text())
    parts += [_scores(review), Text(), _verdict(review)]
    if rewriting and review.rewrite is not None:
        parts += [Text(), _rewrite(review)]
    for failure in review.failures:
        parts.append(Text(f"Not done: {failure.source}: {failure.reason}", style="red"))
    console.print(Group(*parts), width=min(console.width, _WIDTH), highlight=False, soft_wrap=False)


def _head(review: Review) -> Text:
    kind = review.kind.replace("_", " ")
    source = "" if review.kind_source == "given" else ", as far as one can tell (--kind to say otherwise)"
    return Text(f"Your message ({kind}{source})", style="bold")


def _by_weight(review: Review) -> list[Finding]:
    order = list(Severity)
    return sorted(review.findings, key=lambda f: (order.index(f.severity), -f.points, f.span.start if f.span else -1))


def _draft(review: Review) -> Text:
    """The draft as received; the faulty words are underlined and carry the number of their finding."""
    text = review.message.text.expandtabs(4) if "\t" not in review.message.text else review.message.text
    shown = Text(no_wrap=False)
    marks: dict[int, list[int]] = {}
    styles: list[tuple[int, int, str]] = []
    for number, finding in enumerate(_by_weight(review), 1):
        if finding.span is not None and finding.span.end > finding.span.start:
            marks.setdefault(finding.span.end, []).append(number)
            styles.append((finding.span.start, finding.span.end, f"underline {_STYLE[finding.severity]}"))
    at = 0
    plain = Text(_printable(text))
    for start, end, style in styles:
        plain.stylize(style, start, end)
    for end in sorted(marks):
        shown.append_text(plain[at:end])
        shown.append("[" + ",".join(map(str, sorted(marks[end]))) + "]", style="bold")
        at = end
    shown.append_text(plain[at:])
    shown.rstrip()
    return shown


def _printable(text: str) -> str:
    """No control characters reach the terminal; each keeps its one place."""
    return "".join(c if c in "\n\t" or c.isprintable() else ("" if c == "\r" else "·") or " " for c in text)


def _finding(number: int, finding: Finding, review: Review) -> RenderableType:
    head = Text()
    head.append(f"{number:>2} {_MARK[finding.severity]} ", style=_STYLE[finding.severity])
    head.append(finding.message, style="bold")
    body = Text()
    where = ""
    if finding.span is not None:
        line, column = line_and_column(review.message.text, finding.span.start)
        where = f"line {line}, column {column}: “{_cut(finding.quote)}”. "
    body.append(where, style="dim")
    body.append(finding.why)
    if finding.fix is not None:
        body.append(f" Mend: {finding.fix.title}.", style="green")
    points = f" +{finding.points} points." if finding.points else ""
    body.append(f" [{finding.rule}; {', '.join(finding.sources)}]{points}", style="dim")
    return Group(head, Padding(body, (0, 0, 0, 5)))


def _cut(quote: str) -> str:
    words = _printable(quote).split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _scores(review: Review) -> Table:
    table = Table.grid(padding=(0, 2))
    for criterion in review.rubric.criteria:
        s = review.criteria[criterion.id]
        if s.score is None:
            table.add_row(criterion.title, Text("not judged", style="dim"), "", Text(s.reason or "", style="dim"))
            continue
        style = ("red", "yellow", "green")[s.level or 0]
        filled = round(s.score / 5)
        table.add_row(criterion.title, Text("█" * filled + "░" * (20 - filled), style=style), f"{s.score:>3}", "")
    return table


def _verdict(review: Review) -> Text:
    style, said = _VERDICT[review.verdict]
    return Text(f"{review.score}/100  {said}", style=style)


def _rewrite(review: Review) -> RenderableType:
    rewrite = review.rewrite
    assert rewrite is not None
    if not rewrite.changes:
        return Text("Nothing to rewrite.", style="dim")
    parts: list[RenderableType] = [Text(f"Rewritten ({rewrite.score}/100)", style="bold")]
    if rewrite.subject and rewrite.subject != review.message.subject:
        parts.append(Text(f"Subject: {_printable(rewrite.subject)}"))
    parts += [Text(), Text(_printable(rewrite.text.strip("\n"))), Text(), Text("What changed", style="bold")]
    parts += [Text(f"  - {_printable(change)}") for change in rewrite.changes]
    if rewrite.placeholders:
        parts.append(Text("Fill in before you send: " + ", ".join(rewrite.placeholders), style="yellow"))
    return Group(*parts)
