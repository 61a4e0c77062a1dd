"""What an editor shows of a reading: diagnostics, quick fixes, a hover, a code lens."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lsprotocol import types

from reviewer.advice import cite
from reviewer.finding import Finding, Safety, Severity
from reviewer.lsp.reading import Draft, Reading
from reviewer.message import Span
from reviewer.report.markdown import plain
from reviewer.reviewing import Rewrite
from reviewer.suppression import fingerprint

__all__ = ["DISMISS", "KINDS", "REWRITE", "actions", "diagnostics", "edit_of", "hover", "lenses", "rewriting"]

REWRITE, DISMISS = "reviewer.rewrite", "reviewer.dismiss"  # the commands
KINDS = (types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite)
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}


def diagnostics(reading: Reading, least: Severity = Severity.SUGGESTION) -> list[types.Diagnostic]:
    """A diagnostic for each finding that is at least so grave."""
    return [_diagnostic(finding, reading) for finding in _shown(reading, least)]


def hover(reading: Reading, position: types.Position, least: Severity, *, markdown: bool) -> types.Hover | None:
    """What is wrong at a place, why a reader minds, what mends it and who says so."""
    here = reading.places.offset(position)
    found = [f for f in _shown(reading, least) if _touch(_place(f, reading), Span(here, here))]
    if not found:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    said = "\n\n---\n\n".join("\n\n".join(_explained(finding, markdown=markdown)) for finding in found)
    return types.Hover(types.MarkupContent(kind, said), reading.places.range(_place(found[0], reading)))


def lenses(reading: Reading) -> list[types.CodeLens]:
    """The score, above the message; a click rewrites it."""
    review = reading.review
    if review is None:
        return []
    counted = Counter(finding.severity for finding in review.findings)
    said = [f"{n} {severity}{'s' * (n != 1)}" for severity in Severity if (n := counted[severity])]
    stopped = ["would be stopped"] if reading.refused else []
    title = ", ".join((f"{review.score} of 100", *said, *stopped))
    start = reading.places.position(reading.opening.start)
    return [types.CodeLens(types.Range(start, start), types.Command(title, REWRITE, arguments=[reading.draft.uri]))]


def actions(
    reading: Reading, asked: types.CodeActionParams, least: Severity, *, versioned: bool
) -> list[types.CodeAction]:
    """For the findings that a range touches, or that it names: their fixes, and to dismiss them; and the rewrite.

    An edit is `versioned` where the editor can tell that its buffer has changed meanwhile.
    """
    if reading.review is None:
        return []
    wanted = reading.places.span(asked.range)
    named = {(d.code, d.range.start.line, d.range.start.character) for d in asked.context.diagnostics}
    offered: list[types.CodeAction] = []
    for finding in _shown(reading, least):
        known = _diagnostic(finding, reading)
        start = known.range.start
        if _touch(_place(finding, reading), wanted) or (known.code, start.line, start.character) in named:
            offered += _for_finding(finding, known, reading, versioned=versioned)
    offered.sort(key=lambda action: action.edit is None)
    rewrite = types.Command("Rewrite the message", REWRITE, arguments=[reading.draft.uri])
    offered.append(
        types.CodeAction(rewrite.title, kind=types.CodeActionKind.RefactorRewrite, command=rewrite),
    )
    only = asked.context.only
    return [a for a in offered if only is None or any(_is_a(a.kind or "", kind) for kind in only)]


def rewriting(reading: Reading, rewrite: Rewrite) -> list[types.TextEdit]:
    """The rewrite as the smallest single edit of the buffer; none where nothing changes."""
    old, new = reading.message.text, _with_its_line_ends(rewrite.text, reading)
    if old == new:
        return []
    before = _alike(old, new)
    after = _alike(old[before:][::-1], new[before:][::-1])
    return [_edit(reading, Span(before, len(old) - after), new[before : len(new) - after])]


def edit_of(draft: Draft, edits: Sequence[types.TextEdit], *, versioned: bool) -> types.WorkspaceEdit:
    """Edits of one buffer as an edit of the workspace."""
    if not versioned:
        return types.WorkspaceEdit(changes={draft.uri: edits})
    of = types.OptionalVersionedTextDocumentIdentifier(draft.uri, draft.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(of, edits)])


def _shown(reading: Reading, least: Severity) -> Sequence[Finding]:
    if reading.review is None:
        return ()
    return [f for f in reading.review.findings if f.severity.rank <= least.rank]


def _place(finding: Finding, reading: Reading) -> Span:
    return finding.span if finding.span is not None else reading.opening


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _diagnostic(finding: Finding, reading: Reading) -> types.Diagnostic:
    fix = finding.fix
    leaves_out = fix is not None and fix.edits and all(not e.text and e.span == finding.span for e in fix.edits)
    return types.Diagnostic(
        range=reading.places.range(_place(finding, reading)),
        message=finding.message,
        severity=_SEVERITY[finding.severity],
        code=finding.rule,
        source="reviewer",
        tags=[types.DiagnosticTag.Unnecessary] if leaves_out else None,
    )


def _explained(finding: Finding, *, markdown: bool) -> Iterator[str]:
    """Paragraphs: the fault, why a reader minds, what mends it, the advice it comes from, its rule."""
    shown = plain if markdown else lambda text: " ".join(text.split())
    yield f"**{shown(finding.message)}**" if markdown else shown(finding.message)
    yield shown(finding.why)
    if finding.fix is not None:
        yield f"Mend: {shown(finding.fix.title)}."
    if finding.sources:
        yield "Source: " + "; ".join(shown(cite(source)) for source in finding.sources)
    won = f", {finding.points} points" if finding.points else ""
    yield f"{finding.rule} ({finding.severity}{won})"


def _for_finding(
    finding: Finding, known: types.Diagnostic, reading: Reading, *, versioned: bool
) -> Iterator[types.CodeAction]:
    fix = finding.fix
    if fix is not None and fix.edits:
        edits = [_edit(reading, edit.span, edit.text) for edit in fix.edits]
        yield types.CodeAction(
            fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[known],
            is_preferred=fix.safety is Safety.SAFE,
            edit=edit_of(reading.draft, edits, versioned=versioned),
        )
    mark = fingerprint(finding.rule, finding.span, reading.message)
    title = f"Dismiss {finding.rule} in this draft"
    dismiss = types.Command(title, DISMISS, arguments=[mark, finding.rule])
    yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[known], command=dismiss)


def _edit(reading: Reading, span: Span, text: str) -> types.TextEdit:
    return types.TextEdit(reading.places.range(span), _with_its_line_ends(text, reading))


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common before they differ."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _with_its_line_ends(text: str, reading: Reading) -> str:
    return text.replace("\r\n", "\n").replace("\n", reading.places.line_end)


def _is_a(kind: str, wanted: str) -> bool:
    return kind == wanted or kind.startswith(wanted + ".")
