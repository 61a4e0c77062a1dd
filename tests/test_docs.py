"""The documentation: its examples run, its commands and flags exist, its generated pages are fresh."""

import contextlib
import io
import re
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from reviewer.evaluate import Evaluation

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATE = run_path(str(ROOT / "docs" / "generate.py"))
BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"\n]*)")?\n(?P<content>.*?)^```$', re.MULTILINE | re.DOTALL
)


def blocks(page: Path) -> list[tuple[str, str]]:
    """Language and content of the page's fenced blocks, in order, but for those that are files."""
    found = BLOCK.finditer(page.read_text("utf-8"))
    return [(block["language"], block["content"]) for block in found if block["title"] is None]


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(language == "python" for language, _ in blocks(page))],
    ids=lambda page: page.name,
)
def test_the_python_of_a_page_runs_from_top_to_bottom_and_prints_what_it_says(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "page"}
    printed = ""
    for language, content in blocks(page):
        if language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(content, str(page), "exec"), names)
            printed = out.getvalue()
        elif language == "text" and printed:
            assert printed == content
            printed = ""


def test_the_pages_of_rules_are_what_make_rules_writes() -> None:
    stand = {file.name: file.read_text("utf-8") for file in (ROOT / "docs" / "rules").iterdir()}
    assert stand == GENERATE["pages"](), "run `make rules`"


def test_the_figures_of_rules_are_what_make_rules_measures(evaluations: dict[str, Evaluation]) -> None:
    stand = (ROOT / "rubrics" / "sources" / "figures.json").read_text("utf-8")
    assert stand == GENERATE["figures"](evaluations), "run `make rules`"
