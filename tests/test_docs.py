"""The documentation: its examples run, its commands and flags exist, its generated pages are fresh."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from typer.main import get_command

from reviewer.cli.app import app_for
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
def test_the_python_of_a_page_runs_from_top_to_bottom_and_prints_what_it_says(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
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


def test_the_agreement_on_the_page_is_what_is_measured(evaluations: dict[str, Evaluation]) -> None:
    page = " ".join((ROOT / "docs" / "score.md").read_text("utf-8").split())
    dev, others = (evaluations[name].macro for name in ("dev", "others"))
    assert f"is {dev:.2f} on the first and {others:.2f} on the second" in page


def commands() -> Iterator[tuple[Path, list[str]]]:
    """The words of every call of reviewer in the console blocks, without what it is piped to."""
    for page in PAGES:
        for language, content in blocks(page):
            for line in re.findall(r"^\$ (.*)$", content.replace("\\\n", " "), re.MULTILINE):
                words = shlex.shlex(line, posix=True, punctuation_chars="|<>")
                words.whitespace_split = True
                calls = "\n".join(words if language == "console" else []).split("\n|\n")
                for call in calls:
                    called = call.split("\n>\n")[0].split("\n<\n")[0].split("\n")
                    if called[0] == "reviewer":
                        yield page, called[1:]


@pytest.mark.parametrize(
    ("page", "words"), [pytest.param(page, words, id=f"{page.name}: {' '.join(words)}") for page, words in commands()]
)
def test_the_commands_of_a_page_exist_with_their_flags(page: Path, words: list[str]) -> None:
    command: Any = get_command(app_for(()))
    for word in words:
        if word == "--":
            break
        if word.startswith("-") and word != "-":
            known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
            assert word.partition("=")[0] in known | {"--help"}
        elif hasattr(command, "commands"):
            assert word in command.commands
            command = command.commands[word]
