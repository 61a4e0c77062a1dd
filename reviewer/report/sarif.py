"""SARIF 2.1.0, the OASIS format of results of static analysis: one run over any number of drafts.

Lines and columns count from 1 in code points; a finding that is not heard is there with its suppression.
"""

import json
import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from reviewer.finding import Finding, Severity
from reviewer.report.lines import line_and_column
from reviewer.reviewing import Review
from reviewer.suppression import fingerprint
from reviewer.version import __version__

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}


def render(reviews: Sequence[tuple[str, Review]], failures: Sequence[str] = ()) -> str:
    """One line of JSON; `failures` say which drafts could not be read, and why."""
    results = []
    rules: dict[str, Finding] = {}
    for name, review in reviews:
        heard = [(f, None) for f in review.findings]
        for finding, reason in [*heard, *((s.finding, s.reason) for s in review.suppressed)]:
            rules.setdefault(finding.rule, finding)
            results.append(_result(finding, review, name, reason))
        failures = [*failures, *(f"{name}: {f.source}: {f.reason}" for f in review.failures)]
    order = {rule: number for number, rule in enumerate(rules)}
    for result in results:
        result["ruleIndex"] = order[result["ruleId"]]
    driver = {
        "name": "reviewer",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": rule.replace("-", " ")},
                "fullDescription": {"text": f.why or rule},
                "defaultConfiguration": {"level": _LEVELS[f.severity]},
                "properties": {"tags": [f.criterion], "sources": list(f.sources)},
            }
            for rule, f in rules.items()
        ],
    }
    notes = [{"level": "error", "message": {"text": failure}} for failure in failures]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not failures, "toolExecutionNotifications": notes}],
        "results": results,
    }
    document = json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)
    return document.encode("utf-8", "replace").decode()  # half a surrogate pair, which no encoding has


def _result(finding: Finding, review: Review, name: str, reason: str | None) -> dict[str, Any]:
    artifact = {"uri": quote(os.fsencode(name.replace("\\", "/")), safe="/:._-~")}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding, review)}}],
        "partialFingerprints": {"finding/v1": fingerprint(finding.rule, finding.span, review.message)},
        "properties": {"points": finding.points},
    }
    if reason is not None:
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    if finding.fix is not None and finding.fix.edits:
        replaced = [
            {
                "deletedRegion": _place(review, e.span.start, e.span.end),
                **({"insertedContent": {"text": e.text}} if e.text else {}),
            }
            for e in finding.fix.edits
        ]
        changes = [{"artifactLocation": artifact, "replacements": replaced}]
        result["fixes"] = [{"description": {"text": finding.fix.title}, "artifactChanges": changes}]
    return result


def _region(finding: Finding, review: Review) -> dict[str, Any]:
    if finding.span is None:
        return {"startLine": 1 + review.message.above}
    return _place(review, finding.span.start, finding.span.end)


def _place(review: Review, start: int, end: int) -> dict[str, int]:
    text, above = review.message.text, review.message.above
    line, column = line_and_column(text, start)
    last, after = line_and_column(text, end)
    return {"startLine": line + above, "startColumn": column, "endLine": last + above, "endColumn": after}
