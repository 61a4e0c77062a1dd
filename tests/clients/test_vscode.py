"""The packed extension for VS Code, in Node with a stand-in for the editor's own module, and a real server.

The editor itself cannot be had from Debian; vscode-languageclient, which does nearly everything, is the real one.
"""

import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from conftest import GOOD, HARD
from mailers import BAD, BROKEN, CLIENTS, ROOT, UNCHECKED, Desk, need

pytestmark = pytest.mark.client

PACKED = ROOT / "dist" / "reviewer-vscode.vsix"
STAGE = Path(__file__).parent / "vscode"
KNOWN = {"context": {"interviewers": ["Priya Raman"]}}


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make vscode` packed, as the editor would unpack it."""
    need("node")
    if not PACKED.exists():
        need("make vscode")
    folder = tmp_path_factory.mktemp("vscode")
    with ZipFile(PACKED) as packed:
        packed.extractall(folder)
    for name in ("extension.js", "package.json"):
        assert (folder / "extension" / name).read_bytes() == (CLIENTS / "vscode" / name).read_bytes(), "make vscode"
    return folder / "extension"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def vscode(desk: Desk, extension: Path, text: str, **wanted: Any) -> dict[str, Any]:
    """What the stand-in saw, with the text in a document and the settings' own defaults."""
    declared = json.loads((extension / "package.json").read_text())["contributes"]["configuration"]["properties"]
    settings: dict[str, dict[str, Any]] = {"reviewer": {}, "reviewerServer": {}}
    for name, property in declared.items():
        section, _, key = name.partition(".")
        settings[section][key] = property["default"]
    settings["reviewer"] |= wanted.pop("settings", {})
    given = json.dumps({"text": text, "settings": settings, **wanted})
    node = shutil.which("node")
    assert node is not None
    done = desk.run(node, STAGE / "play.js", extension / "extension.js", given=given, NODE_PATH=str(STAGE))
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("hard", HARD)
def test_a_finding_is_shown_under_its_words(desk: Desk, extension: Path, hard: str, end: str) -> None:
    text = f"Hi Priya,{end}{end}{HARD[hard]}{end}{end}Best,{end}Jordan{end}"
    seen = vscode(desk, extension, text, settings={"always": True})
    assert [words for rule, words, _ in seen["diagnostics"] if rule == "placeholder-left"] == ["[role]"]
    assert seen["messages"] == []


def test_a_quick_fix_mends_the_place(desk: Desk, extension: Path) -> None:
    text = GOOD.replace("I would w", "😀 Zoe\u0308\u0301, I definately would w").replace("\n", "\r\n")
    seen = vscode(desk, extension, text, fix="Write definitely")
    assert seen["after"] and seen["text"] == text.replace("definately", "definitely")


def test_the_message_is_rewritten_and_what_it_quotes_stays(desk: Desk, extension: Path) -> None:
    quoted = "\nOn 9 March 2026 Priya Raman wrote:\n> Hi Jordan, are you [role]?\n"
    seen = vscode(desk, extension, BAD + quoted, settings=KNOWN, rewrite=True)
    assert seen["after"] and seen["text"] == GOOD + quoted
    assert any("of 100" in said for said in seen["messages"])


@pytest.mark.parametrize("broken", BROKEN)
def test_a_server_that_does_not_work_is_told(desk: Desk, extension: Path, broken: str) -> None:
    BROKEN[broken](desk)
    said = "config.toml" if broken == "misconfigured" else UNCHECKED
    seen = vscode(desk, extension, BAD, settings=KNOWN, says=said)
    assert seen["shown"] and seen["text"] == BAD, seen


def test_a_server_that_crashes_in_the_middle_is_started_again(desk: Desk, extension: Path) -> None:
    seen = vscode(desk, extension, BAD, settings=KNOWN, kill=True)
    assert seen["after"] and seen["text"] == "Now\n" + BAD
