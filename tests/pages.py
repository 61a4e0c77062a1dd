"""What the tests of the page share: drafts that would be programs, and a batch that writes its page."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from reviewer.cli.app import app_for

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${alert(1)} $client",
    "javascript:alert(1)",
    "a\u2028b\u2029c\x00d\x1b[31m\u202e",
    "&lt;b&gt; &#60;script&#62;",
    "half \ud800 a pair",
]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app_for([str(arguments[0])]), list(map(str, arguments)))


def written(tmp_path: Path, rows: list[dict[str, Any]], *more: object) -> Path:
    """The page of a batch of these rows; the reviews are in out.jsonl, the rows in in.jsonl."""
    source, page = tmp_path / "in.jsonl", tmp_path / "page.html"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = run("batch", source, "--jobs", 1, "--output", tmp_path / "out.jsonl", "--report", page, *more)
    assert done.exit_code in {0, 1}, done.exception
    return page
