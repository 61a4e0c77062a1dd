"""How often each rule of the default rubric was right on the labelled drafts: measured by `make rules`."""

import json
from functools import cache
from typing import NamedTuple, TypedDict

from reviewer.evaluate import RuleFigures
from reviewer.resources import folder

__all__ = ["FILE", "Measured", "measured"]

FILE = "figures.json"  # in rubrics/sources


class Measured(NamedTuple):
    """A rule's figures on some labelled drafts; `drafts` says which those are."""

    drafts: str
    figures: RuleFigures


def measured(rule: str) -> tuple[Measured, ...]:
    """A rule's figures on each corpus; none where no labelled draft has its fault and it found none."""
    read = _read()
    return tuple(
        Measured(drafts, RuleFigures(**read["rules"][rule][corpus]))
        for corpus, drafts in read["corpora"].items()
        if corpus in read["rules"].get(rule, {})
    )


class _Figures(TypedDict):
    corpora: dict[str, str]
    rules: dict[str, dict[str, dict[str, int]]]


@cache
def _read() -> _Figures:
    read: _Figures = json.loads((folder("rubrics") / "sources" / FILE).read_text("utf-8"))
    return read
