"""SARIF by the tool that its authors publish: it checks the OASIS schema, and the rules that no schema can say."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reviewer.cli.check import quick

pytestmark = pytest.mark.client
TOOL = Path(__file__).parent / "node_modules" / ".bin" / "sarif-multitool"
DRAFTS = {
    "bad.txt": "Hi Priya,\n\nYou must decide by Friday, or I take another job. 👩🏽‍🔬 Our chat was great.\n\nJo\n",
    "a name, with spaces.txt": "Subject: hi\n\nDear [Name],\n\nI am still waiting!! Any news?\n\nJo\n",
    "mail.eml": "To: p@x.example\nSubject: x\nMIME-Version: 1.0\n\nHi Priya,\n\nThank you for the interview.\n\nJo\n",
}


@pytest.fixture(scope="module")
def tool() -> Path:
    if not TOOL.exists():
        if os.environ.get("REVIEWER_CLIENTS") != "required" or shutil.which("npm") is None:
            pytest.skip(
                "the SARIF tool is not installed: npm install --prefix tests/clients @microsoft/sarif-multitool"
            )
        package = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--prefix",
            str(TOOL.parents[2]),
        ]
        subprocess.run([*package, "@microsoft/sarif-multitool@5"], check=True)
    return TOOL


def test_the_schema_of_oasis_and_its_rules_are_kept(
    tool: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in DRAFTS.items():
        Path(name).write_text(text, "utf-8")
    quick(["--always", "--format", "sarif", *DRAFTS, "missing.txt"])
    Path("found.sarif").write_text(capsys.readouterr().out, "utf-8")
    results = json.loads(Path("found.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert len({r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results}) == len(DRAFTS)
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [str(tool), "validate", "found.sarif", "--output", "said.sarif", "--log", "ForceOverwrite"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    said = json.loads(Path("said.sarif").read_text("utf-8"))["runs"][0]["results"]
    errors = [r for r in said if r.get("level", "warning") == "error"]
    assert errors == [], done.stdout
