"""The published JSON schema of the contract."""

from typing import Any

from reviewer.context import Kind
from reviewer.finding import Safety, Severity
from reviewer.report.contract import SCHEMA_VERSION
from reviewer.reviewing import Verdict
from reviewer.suppression import DISMISSED, SWITCHED_OFF

__all__ = ["schema"]


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one line of `--format json` and of batch output."""
    text, number = {"type": "string"}, {"type": "integer"}
    score = {"type": ["integer", "null"], "minimum": 0, "maximum": 100}
    edit = _object({"start": number, "end": number, "text": text})
    fix = _object({"title": text, "safety": {"enum": list(Safety)}, "edits": {"type": "array", "items": edit}})
    found = {
        "rule": text,
        "criterion": text,
        "severity": {"enum": list(Severity)},
        "by": {"enum": ["check", "model"]},
        "message": text,
        "why": text,
        "sources": {"type": "array", "items": text},
        "span": _nullable(_object({"start": number, "end": number})),
        "line": {"type": ["integer", "null"], "minimum": 1},
        "column": {"type": ["integer", "null"], "minimum": 1},
        "quote": text,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "points": {"type": "integer", "minimum": 0},
        "fix": _nullable(fix),
    }
    finding = _object(found)
    criterion = _object(
        {
            "score": score,
            "level": {"enum": [0, 1, 2, None]},
            "weight": {"type": "integer", "minimum": 0},
            "checked": score,
            "judged": score,
            "reason": {"type": ["string", "null"]},
            "counted": {"type": ["boolean", "null"]},
            "spread": _nullable({"type": "array", "items": number, "minItems": 2, "maxItems": 2}),
        }
    )
    strings = {"type": "array", "items": text}
    rewrite = _object(
        {
            "text": text,
            "subject": {"type": ["string", "null"]},
            "by": {"enum": ["rules", "model"]},
            "score": {"type": "integer", "minimum": 0, "maximum": 100},
            "placeholders": strings,
            "refused": strings,
            "kept": {"type": "number", "minimum": 0, "maximum": 1},
        }
    )
    counted = ("calls", "prompt_tokens", "completion_tokens", "cached_tokens", "from_cache")
    counts = {name: {"type": "integer", "minimum": 0} for name in counted}
    usage = _object({"reader": text, **counts, "judge": _object(counts), "rewrite": _object(counts)})
    reviewed = _object(
        {
            "schema_version": {"const": SCHEMA_VERSION},
            "id": {"type": ["string", "null"]},
            "kind": {"enum": list(Kind)},
            "kind_source": {"enum": ["given", "detected"]},
            "record": {"type": ["string", "null"]},
            "rubric": _object({"id": text, "digest": text}),
            "verdict": {"enum": list(Verdict)},
            "score": {"type": "integer", "minimum": 0, "maximum": 100},
            "criteria": {"type": "object", "additionalProperties": criterion},
            "findings": {"type": "array", "items": finding},
            "suppressed": {"type": "array", "items": _object({**found, "reason": {"enum": [DISMISSED, SWITCHED_OFF]}})},
            "rewrite": _nullable(rewrite),
            "failures": {"type": "array", "items": _object({"source": text, "reason": text})},
            "usage": _nullable(usage),
        }
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A review of a follow-up message",
        **reviewed,
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}
