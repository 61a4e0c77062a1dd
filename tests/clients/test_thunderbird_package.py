"""The extension as it is packed: the same bytes every time, few rights, nothing from elsewhere."""

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from reviewer import __version__

THUNDERBIRD = Path(__file__).parents[2] / "clients" / "thunderbird"
EXTENSION = THUNDERBIRD / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))


def packed(target: Path) -> bytes:
    subprocess.run([sys.executable, THUNDERBIRD / "pack.py", target], check=True, stdout=subprocess.DEVNULL)
    return target.read_bytes()


def test_the_same_files_give_the_same_package(tmp_path: Path) -> None:
    assert packed(tmp_path / "a" / "one.xpi") == packed(tmp_path / "two.xpi")
    with ZipFile(tmp_path / "two.xpi") as package:
        assert package.testzip() is None
        names = package.namelist()
    assert names == sorted(file.name for file in EXTENSION.iterdir()) and "manifest.json" in names


def test_it_has_the_version_of_the_reviewer() -> None:
    assert MANIFEST["version"] == __version__


def test_it_asks_for_no_more_than_it_needs() -> None:
    assert MANIFEST["permissions"] == ["compose", "nativeMessaging", "notifications"]
    assert not {"content_scripts", "optional_permissions", "experiment_apis"} & MANIFEST.keys()
    policy = MANIFEST["content_security_policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and ":" not in policy


@pytest.mark.parametrize("file", sorted(EXTENSION.iterdir()), ids=lambda file: file.name)
def test_nothing_is_fetched_and_no_text_becomes_markup_or_program(file: Path) -> None:
    text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(
        r"https?:|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\(", text
    )
    assert not re.search(r"<script(?! src=)|\son\w+=|\sstyle=", text)


def test_the_host_is_told_which_extension_may_ask_it() -> None:
    host = json.loads((THUNDERBIRD / "reviewer.json").read_text("utf-8"))
    assert host["allowed_extensions"] == [MANIFEST["browser_specific_settings"]["gecko"]["id"]]
    assert f'const HOST = "{host["name"]}";' in (EXTENSION / "background.js").read_text("utf-8")
    assert host["type"] == "stdio" and Path(host["path"]).name == "reviewer-host"
