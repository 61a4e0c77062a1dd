"""The JSON contract, schema_version 1: what tools get."""

import json
from typing import Any

from reviewer.finding import Finding
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.message import Message
from reviewer.report.lines import line_and_column
from reviewer.reviewing import Review
from reviewer.suppression import fingerprint

__all__ = ["SCHEMA_VERSION", "as_dict", "render"]

SCHEMA_VERSION = 1


def render(review: Review) -> str:
    """The review as one line of JSON."""
    return json.dumps(as_dict(review), ensure_ascii=False)


def as_dict(review: Review) -> dict[str, Any]:
    """The review as the contract's mapping."""
    rewrite = review.rewrite
    return {
        "schema_version": SCHEMA_VERSION,
        "id": review.message.id,
        "kind": review.kind.value,
        "kind_source": review.kind_source,
        "record": review.context.record,
        "rubric": {"id": review.rubric.id, "digest": review.rubric.digest},
        "verdict": review.verdict.value,
        "score": review.score,
        "criteria": {
            name: {
                "score": s.score,
                "level": s.level,
                "weight": s.weight,
                "checked": s.checked,
                "judged": s.judged,
                "reason": s.reason,
                "spread": None if s.spread is None else list(s.spread),
                "counted": s.counted,
            }
            for name, s in review.criteria.items()
        },
        "findings": [_finding(f, review.message) for f in review.findings],
        "suppressed": [{**_finding(s.finding, review.message), "reason": s.reason} for s in review.suppressed],
        "rewrite": None
        if rewrite is None
        else {
            "text": rewrite.text,
            "subject": rewrite.subject,
            "by": rewrite.by,
            "score": rewrite.score,
            "placeholders": list(rewrite.placeholders),
            "refused": list(rewrite.refused),
            "kept": round(rewrite.kept, 2),
        },
        "failures": [{"source": f.source, "reason": f.reason} for f in review.failures],
        "usage": _usage(review),
    }


def _usage(review: Review) -> dict[str, Any] | None:
    if review.usage is None:
        return None
    parts = {name: _counted(usage) for name, usage in review.usage.items()}
    return {"reader": review.reader, **_counted(sum(review.usage.values(), NOTHING_SPENT)), **parts}


def _counted(usage: Usage) -> dict[str, int]:
    return {
        "calls": usage.calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        "from_cache": usage.kept,
    }


def _finding(finding: Finding, message: Message) -> dict[str, Any]:
    span = finding.span
    line, column = line_and_column(message.text, span.start) if span is not None else (None, None)
    fix = finding.fix
    return {
        "rule": finding.rule,
        "criterion": finding.criterion,
        "severity": finding.severity.value,
        "by": finding.by,
        "message": finding.message,
        "why": finding.why,
        "sources": list(finding.sources),
        "span": None if span is None else {"start": span.start, "end": span.end},
        "line": line,
        "column": column,
        "quote": finding.quote,
        "fingerprint": fingerprint(finding.rule, span, message),
        "points": finding.points,
        "fix": None
        if fix is None
        else {
            "title": fix.title,
            "safety": fix.safety.value,
            "edits": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits],
        },
    }
