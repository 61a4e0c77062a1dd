"""Markdown: the scores in a table, the findings, the rewritten message."""

import re

from reviewer.reviewing import Review

__all__ = ["plain", "render"]


def render(review: Review) -> str:
    """The review as a Markdown document; the draft's own words are escaped."""
    out = [f"# {review.score}/100: {review.verdict}", "", f"Kind: {review.kind} ({review.kind_source}).", ""]
    out += ["| criterion | score | level |", "|---|---:|---:|"]
    for criterion in review.rubric.criteria:
        s = review.criteria[criterion.id]
        shown = f"{s.score} | {s.level}" if s.score is not None else f"– | {plain(s.reason or 'not judged')}"
        out.append(f"| {criterion.title} | {shown} |")
    judged = [(c.title, s) for c in review.rubric.criteria if (s := review.criteria[c.id]).judged is not None]
    if judged:
        out += ["", f"## Second reader: {plain(review.reader or '')}", ""]
    for title, s in judged:
        left_out = "" if s.counted else ", not counted"
        out.append(f"- {title} (checks {s.checked}, reader {s.judged}{left_out}): {plain(s.reason or '')}")
    out += ["", "## Findings", ""]
    if not review.findings:
        out.append("None.")
    for f in review.findings:
        quote = f" “{plain(f.quote)}”" if f.quote else ""
        points = f" +{f.points} points when mended." if f.points else ""
        out.append(
            f"- **{f.rule}** ({f.severity}){quote}: {plain(f.message)} {plain(f.why)}{points} "
            f"Source: {', '.join(f.sources) or 'second reader'}."
        )
    if review.rewrite is not None:
        fence = "`" * (max((len(m) for m in re.findall(r"`+", review.rewrite.text)), default=2) + 1)
        fence = fence if len(fence) > 3 else "```"
        checks = " by the checks" if judged else ""
        out += ["", f"## Rewritten ({review.rewrite.score}/100{checks})", ""]
        if review.rewrite.subject:
            out += [f"Subject: {plain(review.rewrite.subject)}", ""]
        out += [fence + "text", review.rewrite.text.strip("\n"), fence, ""]
        out += [f"- {plain(change)}" for change in review.rewrite.changes]
    out += [f"- failed: {f.source}: {plain(f.reason)}" for f in review.failures]
    return "\n".join(out) + "\n"


def plain(text: str) -> str:
    """On one line, with nothing in it that Markdown would read as its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
