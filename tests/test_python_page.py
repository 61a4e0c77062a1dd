"""docs/python.md, as it stands there: its examples, and the check of one's own in an installed package."""

import doctest
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewer import Message, load_rubric, review
from reviewer.check import CHECKS
from reviewer.checks import all_checks
from reviewer.cli.app import app_for
from reviewer.errors import RubricError

PAGE = (Path(__file__).parent.parent / "docs" / "python.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_page_hold() -> None:
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks("pycon")), {}, "python.md", "docs/python.md", 0)
    assert len(examples.examples) > 10
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=said.append)
    assert said == []


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of the page, installed."""
    place = tmp_path / "site"
    info = place / "house_checks-1.dist-info"
    info.mkdir(parents=True)
    (place / "house_checks.py").write_text(blocks("python")[0], "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-checks\nVersion: 1\n", "utf-8")
    points = blocks("toml")[0].replace('[project.entry-points."reviewer.checks"]', "[reviewer.checks]").replace('"', "")
    (info / "entry_points.txt").write_text(points, "utf-8")
    monkeypatch.syspath_prepend(place)
    ours = dict(CHECKS)
    yield place
    for name in CHECKS.keys() - ours.keys():
        del CHECKS[name]
    sys.modules.pop("house_checks", None)


@pytest.fixture
def ours(package: Path, tmp_path: Path) -> Path:
    file = tmp_path / "ours.yaml"
    file.write_text(blocks("yaml")[0], "utf-8")
    return file


SHOUTED = "Hi Ana,\n\nThank you for the talk! I want this job!\n\nBo"


def check(rubric: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app_for(("rubric",)), ["rubric", "check", str(rubric)])
    return done.exit_code, done.stdout


def test_a_packaged_check_is_found_runs_and_has_its_examples_tried(ours: Path) -> None:
    for _ in range(2):  # read, and compiled
        done = review(Message(SHOUTED), load_rubric(ours))
        (found,) = [f for f in done.findings if f.rule == "exclamation-marks"]
        assert found.message == "2 exclamation marks; 1 are enough." and found.costs == {"craft": 10}
        assert found.why.startswith("One exclamation mark is warm;") and found.sources == ("House style",)
        CHECKS.pop("exclamation-marks")
        sys.modules.pop("house_checks")
    assert check(ours) == (0, "ours loads; 2 of 2 examples hold\n")


def test_an_example_of_a_packaged_check_that_does_not_hold_is_told(package: Path, ours: Path) -> None:
    module = package / "house_checks.py"
    module.write_text(module.read_text("utf-8").replace("many > most", "many > most + 9"), "utf-8")
    said = "house_checks: example 1: exclamation-marks is to flag this, and does not\n"
    assert check(ours) == (1, said)
    module.write_text(module.read_text("utf-8").replace("    many =", "    many = 1 / 0 +"), "utf-8")
    CHECKS.pop("exclamation-marks")
    sys.modules.pop("house_checks")
    assert "example 2: exclamation-marks crashed: ZeroDivisionError" in check(ours)[1]
    done = review(Message(SHOUTED), load_rubric(ours))
    assert [f.source for f in done.failures] == ["exclamation-marks"] and done.findings


def test_a_packaged_check_that_cannot_be_imported_or_is_not_there_is_told(package: Path, ours: Path) -> None:
    module = package / "house_checks.py"
    module.write_text(module.read_text("utf-8").replace("def exclamation_marks", "def too_long"), "utf-8")
    was = all_checks()["too-long"]
    with pytest.raises(RubricError, match=r"ours.yaml:6: .*house_checks has none of that name"):
        load_rubric(ours)
    assert all_checks()["too-long"] is was
    sys.modules.pop("house_checks")
    module.write_text("import no_such_thing\n", "utf-8")
    with pytest.raises(RubricError, match="house_checks cannot be imported: ModuleNotFoundError"):
        load_rubric(ours)


def test_a_packaged_check_that_changes_makes_the_compiled_rubric_stale(package: Path, ours: Path) -> None:
    before = load_rubric(ours)
    module = package / "house_checks.py"
    module.write_text(module.read_text("utf-8").replace("most: int = 2", "most: int = 2, least: int = 0"), "utf-8")
    CHECKS.pop("exclamation-marks")
    sys.modules.pop("house_checks")
    after = load_rubric(ours)
    assert after.digest != before.digest
    use = after.use("exclamation-marks")
    assert use is not None and "least" in use.check.options
