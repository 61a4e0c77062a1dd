"""A row of a spreadsheet for each draft: what a coach sorts and filters by, what is to be mended, the draft."""

import re
from collections.abc import Mapping
from typing import Any

from reviewer.rubric import Rubric

__all__ = ["LONGEST", "cells", "header", "shown"]

LONGEST = 32_767  # UTF-16 units in a cell of Excel
Cell = str | int | None


def header(rubric: Rubric) -> list[str]:
    """The columns: who and what, the verdict, a score for each criterion, what to mend, the texts, the error."""
    criteria = [criterion.title for criterion in rubric.criteria]
    texts = ["to mend", "rewritten subject", "rewritten", "draft"]
    return ["id", "to", "subject", "company", "role", "kind", "verdict", "score", *criteria, *texts, "error"]


def cells(result: Mapping[str, Any], about: Mapping[str, Any], rubric: Rubric) -> list[Cell]:
    """The cells of a mapping of the contract, or of an error, in the order of the header."""
    known: list[Cell] = [about.get(key) for key in ("to", "subject", "company", "role")]
    if "error" in result:
        blank: list[Cell] = [None] * (3 + len(rubric.criteria) + 3)
        return [result["id"], *known, *blank, about.get("draft"), result["error"]["reason"]]
    scores: list[Cell] = [result["criteria"][criterion.id]["score"] for criterion in rubric.criteria]
    rewrite = result["rewrite"] or {}
    return [
        result["id"], *known, result["kind"], result["verdict"], result["score"], *scores,
        "\n".join(map(_finding, result["findings"])), rewrite.get("subject"), rewrite.get("text"),
        about.get("draft"), None,
    ]  # fmt: skip


def _finding(finding: Mapping[str, Any]) -> str:
    quote = f" “{' '.join(finding['quote'].split())}”" if finding["quote"] else ""
    return f"{finding['severity']}: {finding['message']}{quote}"


# What XML, and so XLSX, cannot hold; in a CSV file it would be there and not be seen.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CUT = " […] (cut here: {} characters, all of them in the JSON Lines)"


def shown(text: str) -> str:
    """Text that fits a cell: line ends as \\n, a sign for what cannot be shown, and a note where it had to be cut."""
    text = _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= LONGEST // 2 or _units(text) <= LONGEST:
        return text
    note = _CUT.format(f"{len(text):,}")
    kept = text.encode("utf-16-le")[: (LONGEST - len(note)) * 2].decode("utf-16-le", errors="ignore")
    return kept + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
