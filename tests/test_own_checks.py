"""A check of somebody else's, in an installed package: found when a rubric names it, and told when it is broken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_docs import BLOCK, ROOT

from reviewer import Message, load_rubric, review
from reviewer.errors import RubricError

PAGE = ROOT / "docs" / "own-checks.md"
CHECK = '''"""Checks."""
from reviewer.check import Flags, Passes, check
from reviewer.finding import Hit

@check()
def {name}(message, context, *, most: int = {most}):
    """Why."""
    yield Hit(f"at most {{most}}")
'''
RUBRIC = "extends: default\ntitle: Mine\ncriteria: [{id: craft, checks: [{check: NAME, sources: [], cost: 4}]}]\n"


def installed(folder: Path, module: str, code: str, *names: str) -> None:
    """Put a module into a folder as if it were installed, with an entry point for each name."""
    (folder / f"{module}.py").write_text(code, "utf-8")
    info = folder / f"{module}-1.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n", "utf-8")
    points = "\n".join(f"{name} = {module}:{name.replace('-', '_')}" for name in names)
    (info / "entry_points.txt").write_text(f"[reviewer.checks]\n{points}\n", "utf-8")


def naming(folder: Path, check: str) -> Path:
    file = folder / "mine.yaml"
    file.write_text(RUBRIC.replace("NAME", check), "utf-8")
    return file


@pytest.mark.slow
def test_the_package_on_the_page_is_built_installed_and_used(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "site"
    for block in BLOCK.finditer(PAGE.read_text("utf-8")):
        if block["title"] is not None:
            file = source / block["title"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block["content"], "utf-8")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target)]
    subprocess.run([*pip, str(next(tmp_path.glob("*.whl")))], check=True, capture_output=True)
    home = os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(target), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "reviewer", *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=home, cwd=tmp_path, check=False).stdout

    draft = tmp_path / "draft.txt"
    draft.write_text("Dear Ms Shah,\n\nThank you for your time & advice.\n\nBo Lund\n", "utf-8")
    assert "law loads; 3 of 3 examples hold\n" in PAGE.read_text("utf-8")
    assert run("rubric", "check", "law") == "law loads; 3 of 3 examples hold\n"
    for _ in ("read", "kept from the time before"):
        assert "[ampersand]" in run("review", str(draft), "--rubric", "law", "--format", "unix")
    assert "only in the name of a firm is it at home" in run("explain", "ampersand", "--rubric", "law")
    assert "[ampersand]" not in run("review", str(draft), "--rubric", "uk", "--format", "unix")


def test_another_version_of_it_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewer import checks

    monkeypatch.syspath_prepend(tmp_path)
    mine = naming(tmp_path, "no-more")
    digests = set()
    for most in (3, 40):
        installed(tmp_path, "no_more_module", CHECK.format(name="no_more", most=most), "no-more")
        rubric = load_rubric(mine)
        found = [f.message for f in review(Message("Hi Ana,"), rubric).findings if f.rule == "no-more"]
        assert found == [f"at most {most}"]
        digests.add(rubric.digest)
        checks._installed.cache_clear()  # as in a new process
        del sys.modules["no_more_module"]
    assert len(digests) == 2
    (tmp_path / "no_more_module-1.dist-info" / "entry_points.txt").unlink()
    with pytest.raises(RubricError, match=r"mine.yaml:3: .*: no check called 'no-more'; .*there are "):
        load_rubric(mine)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import no_such_module", r"cannot be loaded \(ModuleNotFoundError: No module named 'no_such_module'\)"),
        ("1 / 0", r"cannot be loaded \(ZeroDivisionError: division by zero\)"),
        ("", r"cannot be loaded \(AttributeError: "),
        ("bad_one = 3", "is not a function `bad_one` made a check by @check"),
        (CHECK.format(name="other", most=1) + "bad_one = other\n", "is not a function `bad_one` made a check"),
    ],
)
def test_a_package_that_is_broken_is_told_with_the_rubrics_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "bad_module", raising=False)
    installed(tmp_path, "bad_module", code, "bad-one")
    with pytest.raises(
        RubricError, match=rf"mine.yaml:3: criteria.0.checks.0.check: bad-one: bad_module:bad_one {said}"
    ):
        load_rubric(naming(tmp_path, "bad-one"))
    monkeypatch.delitem(sys.modules, "bad_module", raising=False)


def test_two_packages_with_one_name_are_told_and_a_built_in_check_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    for module in ("one_module", "two_module"):
        installed(tmp_path, module, "1 / 0", "mine-too", "too-long")
    with pytest.raises(RubricError, match=r"mine-too: .* both offer this check; uninstall one of them"):
        load_rubric(naming(tmp_path, "mine-too"))
    use = load_rubric().use("too-long")
    assert use is not None and use.check.detect.__module__.startswith("reviewer.checks.")


def test_a_name_that_is_nowhere_is_told_with_those_of_installed_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    installed(tmp_path, "near_module", CHECK.format(name="very_near", most=1), "very-near")
    with pytest.raises(RubricError, match="no check called 'very-naer'; do you mean 'very-near'"):
        load_rubric(naming(tmp_path, "very-naer"))


@pytest.mark.parametrize(
    "hit", ["Hit('far', Span(0, 10**6))", "Hit('before', Span(-2, 1))", "'no hit'", "Hit('no', (1, 2))"]
)
def test_what_makes_no_finding_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hit: str) -> None:
    from reviewer import checks

    checks._installed.cache_clear()
    monkeypatch.delitem(sys.modules, "odd_module", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    code = CHECK.format(name="odd_one", most=1).replace('Hit(f"at most {most}")', hit)
    installed(tmp_path, "odd_module", code.replace("import Hit", "import Hit\nfrom reviewer import Span"), "odd-one")
    done = review(Message("Hi Ana,"), load_rubric(naming(tmp_path, "odd-one")))
    assert [f.source for f in done.failures] == ["odd-one"] and done.findings


def test_one_that_crashes_is_a_failure_and_its_example_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewer.examples import tried
    from reviewer.inheritance import compose
    from reviewer.rubric_names import Files

    monkeypatch.syspath_prepend(tmp_path)
    code = (
        CHECK.format(name="no_go", most=1).replace("@check()", '@check(Passes("Hi"))').replace("yield", "1 / 0; yield")
    )
    installed(tmp_path, "crashing_module", code, "no-go")
    file = naming(tmp_path, "no-go")
    done = review(Message("Hi Ana,"), load_rubric(file))
    assert [f.source for f in done.failures] == ["no-go"] and done.findings
    told = list(tried(compose(file, Files())))
    assert told[-1] == ("crashing_module: example 1", "no-go crashes: ZeroDivisionError: division by zero")


def test_a_check_that_is_imported_before_the_built_in_ones_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "early.py").write_text(CHECK.format(name="too_long", most=1), "utf-8")
    code = "import early, reviewer; print(reviewer.load_rubric().use('too-long').check.detect.__module__)"
    env = os.environ | {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    said = subprocess.check_output([sys.executable, "-c", code], text=True, env=env)
    assert said == "reviewer.checks.brevity.too_long\n"
