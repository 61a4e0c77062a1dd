"""For a person at a terminal: the draft with its faults underlined, the scores, the rewritten message.

Colours come only from rich's Console, which leaves them out where there is no terminal or NO_COLOR is set;
the underlining is written in characters, so that it survives a pipe.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reviewer.advice import cite
from reviewer.finding import Finding, Severity
from reviewer.judgement import Usage
from reviewer.message import Span
from reviewer.report.lines import line_and_column
from reviewer.reviewing import Review, Rewrite, Verdict
from reviewer.rewrite.mend import LEFT

__all__ = ["show", "spent"]

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
_MARK = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.SUGGESTION: "·"}
_VERDICT = {
    Verdict.SEND: ("bold green", "Send it."),
    Verdict.REVISE: ("bold yellow", "Nearly there: mend it first."),
    Verdict.HOLD: ("bold red", "Don't send it like this."),
}
_WIDTH = 80
_MARGIN = 2


@dataclass(frozen=True)
class _Block:
    """The findings of one rule that say the same: they share a number and a paragraph."""

    number: int
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]


def show(review: Review, console: Console) -> None:
    """Print the review on the console, readable at 80 columns."""
    width = max(40, min(console.width, _WIDTH))
    blocks = _blocks(review)
    parts: list[RenderableType] = [_head(review), Text(), *_draft(review, blocks, width), Text()]
    parts += [_finding(block, review) for block in blocks]
    if not blocks:
        parts += [Text("Nothing to mend.", style="green"), Text()]
    parts += [_scores(review), Text(), *_second_reader(review), _verdict(review)]
    if review.rewrite is not None and (review.rewrite.text != review.message.text or review.rewrite.refused):
        read_along = any(s.judged is not None for s in review.criteria.values())
        parts += [Text(), _rewrite(review.rewrite, by_checks=read_along)]
    for failure in (f for f in review.failures if f.source not in SECOND_READERS):  # those are told on standard error
        parts.append(Text(f"Not done: {failure.source}: {_printable(failure.reason)}", style="red"))
    if review.usage is not None:
        parts += [Text(), Text(f"Second reader: {review.reader}", style="dim")]
        parts += [Text(f"  {name}: {spent(usage)}", style="dim") for name, usage in review.usage.items()]
    console.print(Group(*parts), width=width, highlight=False, soft_wrap=False)


def _head(review: Review) -> Text:
    head = Text(f"{review.kind.replace('_', ' ').capitalize()} message", style="bold")
    if review.kind_source != "given":
        head.append(" (told from the draft; --kind to say otherwise)", style="dim")
    if review.message.subject is not None and not review.message.text.lower().startswith("subject:"):
        head.append(f"\n\n  Subject: {_printable(review.message.subject)}", style="not bold")
    return head


def _blocks(review: Review) -> list[_Block]:
    alike: dict[tuple[str, str], list[Finding]] = {}
    for f in review.findings:
        alike.setdefault((f.rule, f.message), []).append(f)
    ranked = sorted(alike.values(), key=lambda fs: (fs[0].severity.rank, -fs[0].points))
    return [_Block(number, tuple(findings)) for number, findings in enumerate(ranked, 1)]


def _draft(review: Review, blocks: list[_Block], width: int) -> Iterator[Text]:
    """The draft as received, each line with the faulty words underlined below it by the finding's number."""
    text = review.message.text
    marks = [
        (f.span, b.number, f.severity)
        for b in blocks
        for f in b.findings
        if f.span is not None and f.span.end > f.span.start
    ]
    for line in _wrapped(text, width - _MARGIN):
        here = [(Span(max(s.start, line.start), min(s.end, line.end)), n, g) for s, n, g in marks if s.overlaps(line)]
        shown = Text(" " * _MARGIN + _printable(line.of(text)))
        for span, _, severity in here:
            start = span.start - line.start + _MARGIN
            shown.stylize(_STYLE[severity], start, start + span.end - span.start)
        yield shown
        if here:
            yield _underline(text, line, here)


def _underline(text: str, line: Span, here: list[tuple[Span, int, Severity]]) -> Text:
    """`~~~1   ~~~~~2`: each mark ends in the number of its finding; where two meet, the graver one shows."""
    width = cell_len(_printable(line.of(text)))
    cells = [" "] * (width + 8)
    styles = [""] * (width + 8)
    for span, number, severity in sorted(here, key=lambda h: -h[2].rank):
        start = cell_len(_printable(text[line.start : span.start]))
        end = max(start + 1, cell_len(_printable(text[line.start : span.end])))
        label = str(number)
        drawn = "~" * max(0, end - start - len(label)) + label
        for at, character in enumerate(drawn, start):
            cells[at], styles[at] = character, _STYLE[severity]
    mark = Text(" " * _MARGIN + "".join(cells).rstrip())
    for at, style in enumerate(styles):
        if style and at + _MARGIN < len(mark.plain):
            mark.stylize(style, at + _MARGIN, at + _MARGIN + 1)
    return mark


def _wrapped(text: str, width: int) -> Iterator[Span]:
    """The lines of the text, long ones broken at spaces; every line is a span of the text."""
    for match in re.finditer(r"[^\n]*", text.rstrip()):
        if match.start() > 0 and match.start() == match.end() and text[match.start() - 1] != "\n":
            continue
        start, end = match.span()
        while cell_len(_printable(text[start:end])) > width:
            cut = _fitting(text, start, end, width)
            yield Span(start, cut)
            start = cut
            while start < end and text[start] == " ":
                start += 1
        yield Span(start, end)


def _fitting(text: str, start: int, end: int, width: int) -> int:
    """Where to break `text[start:end]` so that the piece is at most `width` cells wide."""
    at = min(end, start + width)
    while at > start + 1 and cell_len(_printable(text[start:at])) > width:
        at -= 1
    space = text.rfind(" ", start + 1, at + 1)
    return space if space > start else at


def _printable(text: str) -> str:
    """No control or direction characters reach the terminal; each keeps its one place."""
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() else " " if c in "\t\r\u00a0\u3000" else "·" for c in text)


def _finding(block: _Block, review: Review) -> RenderableType:
    f = block.first
    head = Text(_printable(f.message), style="bold")
    if f.by == "model":
        head.append("  (second reader)", style="not bold dim")
    if f.points:
        head.append(f"  +{f.points}", style="green")
    body = Text()
    places = [_place(g, review) for g in block.findings if g.span is not None]
    if places:
        body.append("; ".join(places[:4]) + (" …" if len(places) > 4 else "") + "\n", style="dim")
    body.append(f.why)
    if f.fix is not None:
        body.append(f"\nMend: {_printable(f.fix.title)}.", style="green")
    costs = "".join(f" · −{cost} {name}" for name, cost in f.costs.items() if cost)
    source = "".join(f" · {cite(s)}" for s in f.sources[:1])
    body.append(f"\n{f.rule}{costs}{source}", style="dim")
    if len(f.sources) > 1:
        body.append(f" (also {', '.join(f.sources[1:])})", style="dim")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", min_width=2)
    grid.add_column()
    grid.add_column(ratio=1)
    grid.add_row(Text(str(block.number)), Text(_MARK[f.severity], style=_STYLE[f.severity]), Group(head, body))
    return Padding(grid, (0, 0, 1, 0))


def _place(finding: Finding, review: Review) -> str:
    assert finding.span is not None
    line, column = line_and_column(review.message.text, finding.span.start)
    words = _printable(finding.quote).split()
    quote = " ".join(words[:7]) + (" …" if len(words) > 7 else "")
    return f"line {line}, column {column}: “{quote}”"


def _scores(review: Review) -> Table:
    table = Table.grid(padding=(0, 2))
    for criterion in review.rubric.criteria:
        s = review.criteria[criterion.id]
        if s.score is None:
            table.add_row(criterion.title, Text("not judged", style="dim"), "", Text(s.reason or "", style="dim"))
            continue
        said = Text()
        if s.judged is not None and s.spread is not None:
            said = Text(f"checks {s.checked}, reader {s.judged}", style="dim")
        colour = {2: "green", 1: "yellow", 0: "red"}[s.level or 0]
        full = round(s.score / 5)
        table.add_row(criterion.title, Text("█" * full + "░" * (20 - full), style=colour), f"{s.score:>3}", said)
    return table


SECOND_READERS = ("judge", "rewrite")
_LEVEL = ("poor", "fair", "good")


def _second_reader(review: Review) -> Iterator[Text]:
    """What the second reader said of each criterion, with what did not count."""
    read = [(c.title, review.criteria[c.id]) for c in review.rubric.criteria]
    read = [(title, s) for title, s in read if s.judged is not None]
    if not read:
        return
    yield Text("The second reader says", style="bold")
    for title, s in read:
        low, high = s.spread or (0, 0)
        level = _LEVEL[high] if low == high else f"{_LEVEL[low]} to {_LEVEL[high]} in several readings"
        left_out = "" if s.counted else " (not counted)"
        yield Text(f"  {title}: {level}{left_out}. {_printable(s.reason or '')}")
    yield Text()


def spent(usage: Usage) -> str:
    """What a second reader cost, in words."""
    if not usage.calls:
        return f"{usage.kept} answers kept from before, nothing sent" if usage.kept else "nothing sent"
    kept = f", {usage.kept} answers kept from before" if usage.kept else ""
    known = f" ({usage.cached_tokens:,} of them kept there)" if usage.cached_tokens else ""
    return (
        f"asked {usage.calls} time{'s' * (usage.calls != 1)}{kept}; {usage.prompt_tokens:,} tokens sent{known}, "
        f"{usage.completion_tokens:,} received"
    )


def _verdict(review: Review) -> Text:
    style, said = _VERDICT[review.verdict]
    return Text.assemble((f"{review.score}/100  ", "bold"), (said, style))


def _rewrite(rewrite: Rewrite, *, by_checks: bool) -> Group:
    """The rewrite with its score; nobody reads it along, so beside a draft's that was read along, that is said."""
    checks = " by the checks" if by_checks else ""
    filled = ", the blanks not counted" if rewrite.placeholders else ""
    own = f", {rewrite.kept:.0%} of your sentences kept" if rewrite.kept < 1 else ""
    by = " by the second reader" if rewrite.by == "model" else ""
    parts: list[RenderableType] = [Text(f"Rewritten{by} ({rewrite.score}/100{checks}{filled}{own})", style="bold")]
    message = rewrite.text.strip("\n")
    if rewrite.subject and not message.lower().startswith("subject:"):
        message = f"Subject: {rewrite.subject}\n\n{message}"
    shown = Text(_printable(message))
    for blank in rewrite.placeholders:
        shown.highlight_words([blank], "bold yellow")
    parts += [Padding(shown, (1, 0, 1, _MARGIN))]
    parts += [_item(change) for change in rewrite.changes]
    parts += [_item(reason if reason.startswith(LEFT) else f"not done: {reason}") for reason in rewrite.refused]
    if rewrite.placeholders:
        parts.append(Text("Fill in before you send: " + ", ".join(rewrite.placeholders), style="yellow"))
    return Group(*parts)


def _item(said: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_row(" -", _printable(said))
    return grid
