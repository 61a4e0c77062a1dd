"""The commands as a person or a tool calls them."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from reviewer.cli.app import app_for
from reviewer.cli.review import quick
from reviewer.errors import ReviewerError
from reviewer.folders import config_file

app = app_for(())

DRAFT = """Subject: Following up

Hi Pria,

Thank you for your time this morning. I need an answer by Friday because my landlord has to know, so please let me
know asap.

Jordan Ellis
"""
FACTS = ["--interviewer", "Priya Raman", "--role", "Data Engineer", "--kind", "thank_you"]


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given)


@pytest.fixture
def draft(tmp_path: Path) -> str:
    file = tmp_path / "draft.txt"
    file.write_text(DRAFT, encoding="utf-8")
    return str(file)


def test_a_review_for_people_fits_80_columns_and_has_no_colours_in_a_pipe(draft: str) -> None:
    done = run("review", draft, *FACTS)
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    for said in ("Do you mean Priya?", "~", "wrong-name", "003.3", "/100", "Rewritten", "Hi Priya,"):
        assert said in done.stdout


def test_an_address_as_recipient_is_not_taken_for_a_name(draft: str) -> None:
    known = run("review", draft, "--interviewer", "Pria Raman", "--to", "praman@x.example", "--format", "json").stdout
    assert not [f for f in json.loads(known)["findings"] if f["rule"] == "wrong-name"]


@pytest.mark.parametrize(
    "flags",
    [
        [],
        ["--format", "json", "--to", "Priya Raman"],
        ["--format=unix", "--fail-on", "error"],
        ["--format", "markdown", "--no-rewrite", "--subject", "Jordan Ellis"],
    ],
)
def test_a_review_is_the_same_whether_typer_reads_its_flags_or_not(
    flags: list[str], draft: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, quickly = quick([draft, *flags]), capsys.readouterr()
    whole = run("review", draft, *flags)
    assert (status, quickly.out, quickly.err) == (whole.exit_code, whole.stdout, whole.stderr)


@pytest.mark.parametrize("flags", [["--llm"], ["--kind", "thank_you"], ["--format", "yaml"], ["--nonsense"], ["--to"]])
def test_what_asks_for_more_than_the_checks_is_for_typer_to_read(flags: list[str], draft: str) -> None:
    assert quick([draft, *flags]) is None


def test_a_second_reader_in_the_settings_is_for_typer_to_read(draft: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text("[llm]\nenabled = true\n", "utf-8")
    assert quick([draft]) is None


def test_readability_is_shown_when_asked_for(draft: str) -> None:
    long = "Hi Ana,\n\n" + "Thank you for the talk about the ledger and the plan. " * 6 + "\n\nBo"
    assert "school year" in run("review", "--readability", given=long).stdout
    assert "school year" not in run("review", given=long).stdout
    assert "Too short" in run("review", "--readability", given="Hi Ana,\n\nThanks.\n\nBo").stdout


def test_the_json_is_the_published_contract(draft: str) -> None:
    done = json.loads(run("review", draft, *FACTS, "--format", "json").stdout)
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(done, schema)
    keys = "schema_version id kind kind_source record rubric verdict score criteria findings"
    assert list(done) == [*keys.split(), "suppressed", "rewrite", "failures", "usage"]
    assert list(done["rewrite"]) == ["text", "subject", "by", "score", "placeholders", "refused", "kept"]
    assert done["verdict"] == "hold" and done["kind_source"] == "given"
    wrong = next(f for f in done["findings"] if f["rule"] == "wrong-name")
    assert (wrong["line"], wrong["column"], wrong["quote"]) == (3, 4, "Pria")
    assert wrong["fix"]["edits"] == [{"start": wrong["span"]["start"], "end": wrong["span"]["end"], "text": "Priya"}]
    assert DRAFT[wrong["span"]["start"] : wrong["span"]["end"]] == "Pria"


def test_unix_lines_name_file_line_column_severity_and_rule(draft: str) -> None:
    lines = run("review", draft, *FACTS, "--format", "unix").stdout.splitlines()
    assert f"{draft}:3:4: error: Do you mean Priya? [wrong-name]" in lines


def test_markdown_escapes_the_drafts_own_marks(tmp_path: Path) -> None:
    file = tmp_path / "d.txt"
    file.write_text("Hi *Ana*,\n\nI *need* this job, my savings are gone, please, please.\n\nBo", encoding="utf-8")
    assert "\\*" in run("review", str(file), "--format", "markdown", "--to", "Tom Reed").stdout


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("suggestion", 1)])
def test_the_exit_status_follows_fail_on(fail_on: str, status: int) -> None:
    pressing = "Hi Ana,\n\nI need an answer by end of day on Friday, no later.\n\nBo"
    assert run("review", "--fail-on", fail_on, "--kind", "check_in", given=pressing).exit_code == status


def test_a_draft_comes_from_standard_input_and_facts_from_a_file(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("interviewers: [Priya Raman]\ncompany: Northwind Labs\ninterviewed_at: 2026-03-10T10:00-05:00\n")
    flags = ["--context", str(facts), "--sending", "2026-03-18", "--kind", "thank_you", "--format", "json"]
    done = json.loads(run("review", *flags, given=DRAFT).stdout)
    late = next(f for f in done["findings"] if f["rule"] == "too-late")
    assert "interviewed Tue 10 March; sending Wed 18 March" in late["message"]


def test_rewrite_prints_the_message_alone(draft: str) -> None:
    done = run("rewrite", draft, *FACTS)
    assert done.exit_code == 0
    assert done.stdout.startswith("Subject: Jordan Ellis – Thank you\n\nHi Priya,")
    assert "landlord" not in done.stdout
    assert "Fill in before you send" in done.stderr


def test_explain_says_why_whence_and_shows_both_sides() -> None:
    done = run("explain", "wrong-name").stdout
    assert "002.10" in done and "customised" in done and "Flagged" in done and "Left alone" in done
    assert "wrong-name" in run("explain").stdout
    assert "on synthetic drafts:\n  precision 100%, recall 86% (6 right, 0 wrong, 1 missed)" in done


def test_explain_shows_no_figures_where_a_rubric_has_changed_the_rule() -> None:
    assert "synthetic" in run("explain", "guilt-trip", "--rubric", "concise").stdout
    assert "synthetic" not in run("explain", "too-long", "--rubric", "concise").stdout


def test_batch_writes_a_line_for_every_row_and_goes_on_after_a_bad_one(tmp_path: Path) -> None:
    rows = tmp_path / "in.jsonl"
    good: dict[str, Any] = {"id": "a", "draft": DRAFT, "to": "Priya Raman", "kind": "thank_you", "note": "kept out"}
    rows.write_text("\n".join([json.dumps(good), "{broken", json.dumps({"id": "c"}), json.dumps({**good, "id": "d"})]))
    out = tmp_path / "out.jsonl"
    done = run("batch", str(rows), "--output", str(out))
    assert done.exit_code == 1 and "4 drafts" in done.stderr and "2 failed" in done.stderr
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [w["id"] for w in written] == ["a", written[1]["id"], "c", "d"]
    assert ["error" in w for w in written] == [False, True, True, False]
    schema = json.loads(run("schema").stdout)
    jsonschema.validate(written[0], schema)


def test_evaluate_reports_agreement_by_criterion_and_rule(tmp_path: Path, corpus_lines: list[str]) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text("\n".join(corpus_lines[:40]), encoding="utf-8")
    done = run("evaluate", str(some), "--worst", "3").stdout
    for said in ("macro mean of kappa", "no_pestering", "clean drafts silent", "precision", "furthest off"):
        assert said in done
    assert max(map(len, done.splitlines())) <= 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["review", "no-such-file.txt"], "no-such-file.txt: No such file"),
        (["review", "."], "a folder, not a draft"),
        (["review", "-", "--rubric", "defalt"], "no such rubric"),
        (["explain", "wrong-nane"], "do you mean wrong-name?"),
        (["review", "-", "--interviewed", "tuesday"], "do you mean Tuesday"),
        (["review", "-", "--channel", "fax"], "--channel"),
        (["review", "-", "--context", "nowhere.yaml"], "nowhere.yaml: No such file"),
        (["batch", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
    ],
)
def test_what_cannot_be_done_says_where_what_and_what_would_help(arguments: list[str], said: str) -> None:
    done = run(*arguments, given="Hi Ana,\n\nThank you.\n\nBo")
    assert isinstance(done.exception, ReviewerError)
    assert said in str(done.exception)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("company: [1, 2", "this is not YAML"),
        ("- a\n- b\n", "a mapping such as"),
        ("compny: Northwind\n", "compny: no such fact; there are"),
        ("interviewed_at: next week\n", "interviewed_at:"),
        ("sent: [{kind: nudge, at: 2026-03-10}]\n", "expected e.g. [{kind: thank_you"),
        ("kind: poem\n", "one of thank_you"),
        ("topics: {a: 1}\n", "topics"),
        ("company: a\ncompany: b\n", "stands here twice"),
    ],
)
def test_a_broken_context_file_names_file_key_and_form(tmp_path: Path, content: str, said: str) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(content)
    done = run("review", "-", "--context", str(facts), given="Hi Ana,\n\nThank you.\n\nBo")
    assert isinstance(done.exception, ReviewerError)
    assert str(done.exception).startswith(str(facts)) and said in str(done.exception)


@pytest.mark.parametrize("command", ["review", "rewrite", "explain", "schema", "batch", "evaluate"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0 and "Example: reviewer" in " ".join(done.stdout.split())


def test_a_program_is_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "program"
    file.write_bytes(bytes(range(256)) * 20)
    assert "this is not text" in str(run("review", str(file)).exception)
