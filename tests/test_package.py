"""What is installed: nothing heavy at import, and a wheel that works elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.advice import advice
from reviewer.checks import all_checks
from reviewer.hook.clients import CLIENTS
from reviewer.rubric import Rubric

ROOT = Path(__file__).parent.parent


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "pydantic typer yaml rich textstat openai email.parser html.parser".split()
    code = f"import reviewer, sys; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_a_review_for_a_tool_needs_no_terminal_library_and_no_network_library() -> None:
    code = (
        "import sys, reviewer; reviewer.review(reviewer.Message('Hi Ana,'), reviewer.load_rubric(), rewriting=True); "
        "print([m for m in ('rich', 'textstat', 'openai', 'http.client', 'ssl') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_the_command_imports_no_model_library_unless_one_is_asked(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi Ana,\n\nThank you for today.\n\nBo\n", encoding="utf-8")
    code = (
        f"import os, sys; sys.argv = ['reviewer', 'review', '--format', 'json', {str(draft)!r}]\n"
        "os._exit = sys.exit  # else nothing would be left to look at\n"
        "from reviewer.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('openai', 'httpx', 'httpx2', 'asyncio', 'sqlite3', 'reviewer.llm') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()[-1] == "[]"


def test_every_source_of_the_rubric_is_a_known_piece_of_advice(rubric: Rubric) -> None:
    cited = {source for criterion in rubric.criteria for use in criterion.uses for source in use.sources}
    assert cited <= advice().keys()
    assert len(advice()) == 57


def test_every_check_is_used_by_the_default_rubric(rubric: Rubric) -> None:
    used = {use.check.name for criterion in rubric.criteria for use in criterion.uses}
    assert used == all_checks().keys()


def test_the_rubric_describes_every_level_of_every_criterion(rubric: Rubric) -> None:
    assert [c.id for c in rubric.criteria] == [
        "brevity", "personal_reference", "enthusiasm", "no_pestering", "timing", "craft",
    ]  # fmt: skip
    assert all(sorted(c.meaning) == [0, 1, 2] and min(map(len, c.meaning.values())) > 15 for c in rubric.criteria)


def test_every_public_name_is_there() -> None:
    import reviewer

    assert [name for name in reviewer.__all__ if not hasattr(reviewer, name)] == []
    assert not hasattr(reviewer, "load")


@pytest.mark.slow
def test_a_type_checker_knows_the_public_names_and_no_others(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from reviewer import Context, Message, load, load_rubric, review\n"
        "done = review(Message('Hi'), load_rubric(), context=Context(role='Cook'))\n"
        "reveal_type(done.findings[0].span)\n",
        "utf-8",
    )
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, str(file)]
    said = subprocess.run(mypy, capture_output=True, text=True, cwd=ROOT, check=False).stdout
    assert 'Module "reviewer" has no attribute "load"' in said and "Found 1 error" in said
    assert '| None"' in said and "Span" in said


@pytest.mark.slow
def test_a_wheel_installed_elsewhere_reviews_with_the_default_rubric(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(dist.glob("*.whl"))
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r}); import reviewer; "
        "print(reviewer.__file__); done = reviewer.review(reviewer.Message('Hi Ana,'), reviewer.load_rubric()); "
        "from reviewer.judge import Judge; prompt = Judge(None).prompt(done.message, done.context, done.rubric); "
        "print(done.rubric.id, done.verdict, len(prompt.fixed) > 5000); "
        "from reviewer.hook.clients import CLIENTS; "
        "print(*(name for name, hook in CLIENTS.items() if name == 'git' or hook().pieces)); "
        "from reviewer.report.letter import template; from reviewer.report.page import environment; "
        "print(*environment().list_templates(), template().is_valid())"
    )
    nobody = os.environ | {"HOME": str(tmp_path)}
    out = subprocess.check_output([sys.executable, "-I", "-c", code], text=True, cwd=tmp_path, env=nobody).split("\n")
    assert out[0].startswith(str(target)) and out[1] == "default hold True"
    assert out[2].split() == list(CLIENTS)
    assert (target / "reviewer" / "py.typed").is_file()
    assert (target / "reviewer" / "_data" / "rubrics" / "sources" / "figures.json").is_file()
    assert out[3].split() == ["charts.html", "page.css", "page.html", "page.js", "True"]
