"""reviewer rubric, as a coach uses it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

from reviewer.cli.app import app_for
from reviewer.comparison import compare
from reviewer.context import Kind
from reviewer.errors import InputError, ReviewerError
from reviewer.folders import rubrics_folder
from reviewer.intake.rows import read_rows
from reviewer.resources import folder
from reviewer.rubric import load_rubric

ROOT = Path(__file__).parent.parent
OFFICE = ROOT / "docs" / "law-office.yaml"
app = app_for(("rubric",))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["rubric", *arguments])


def rubric_file(tmp_path: Path, text: str) -> str:
    file = tmp_path / "mine.yaml"
    file.write_text(f"extends: default\ntitle: T\n{text}", "utf-8")
    return str(file)


# A rubric of twenty lines that turns the default into a formal, British one of 120 words


def test_twenty_lines_make_a_formal_british_rubric_of_120_words() -> None:
    assert len(OFFICE.read_text("utf-8").splitlines()) <= 20
    office = load_rubric(OFFICE)
    assert office.option("too-long", "most", Kind.THANK_YOU) == 120 and office.use("no-contact-details") is None
    assert office.use("american-word") is not None and office.use("informal") is not None
    assert run("check", str(OFFICE)).stdout == "law-office loads; 2 of 2 examples hold\n"


def test_try_shows_what_it_changes_on_drafts() -> None:
    done = run("try", str(OFFICE), str(ROOT / "tests" / "corpus" / "others.jsonl"), "--most", "3")
    assert done.exit_code == 0 and "120 drafts by default, then by law-office" in done.stdout
    figures = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line.strip()}
    assert int(figures["too-long"][0]) > 5 and figures["too-long"][1] == "0"
    assert int(figures["informal"][0]) > 20 and int(figures["no-contact-details"][1]) > 10
    assert len(re.findall(r"^  \S+: \d+ → \d+", done.stdout, re.MULTILINE)) == 3


def test_try_against_itself_changes_nothing(corpus_lines: list[str]) -> None:
    found = compare(read_rows(corpus_lines[:20], where="dev"), load_rubric(), load_rubric())
    assert not found.gained and not found.lost and all(m.before == m.after for m in found.moved)


def test_the_drafts_that_move_most_stand_first_and_their_findings_add_up(corpus_lines: list[str]) -> None:
    found = compare(read_rows([*corpus_lines[:40], "no JSON"], where="dev"), load_rubric("concise"), load_rubric())
    far = [abs(m.after - m.before) for m in found.moved]
    assert far == sorted(far, reverse=True) and far[0] > 0 and len(found.moved) == 40
    assert sum(m.gained.get("too-long", 0) for m in found.moved) == found.gained["too-long"] > 0
    assert found.failed == ("dev:41: this line is not JSON: Expecting value: line 1 column 1 (char 0)",)
    with pytest.raises(InputError, match="there is no draft to compare with"):
        compare([], load_rubric(), load_rubric())


# list, show, diff


def test_list_names_each_with_whose_it_is_and_those_that_are_broken() -> None:
    rubrics_folder().mkdir(parents=True)
    (rubrics_folder() / "uk.yaml").write_text("extends: uk\ntitle: Ours\n", "utf-8")
    (rubrics_folder() / "wrong.yaml").write_text("titel: Ours\n", "utf-8")
    lines = run("list").stdout.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["uk", "yours"], ["wrong", "yours"]]
    assert "broken: " in lines[1] and "do you mean 'title'?" in lines[1]
    assert lines[-1].startswith("uk ") and lines[-1].endswith("(hidden by the one above of this name)")


def test_show_says_where_each_value_is_from(tmp_path: Path) -> None:
    mine = rubric_file(tmp_path, "rules:\n  too-long:\n    for_kind: {linkedin: {most: 70}}\n")
    shown = run("show", mine, "rules.too-long.with.most").stdout.splitlines()
    assert f"rules.too-long.with.most (linkedin): 70  # {mine}:5" in shown
    assert "rules.too-long.with.most (thank_you): 190  # default.yaml:23" in shown
    assert "rules.wrong-name.with.slip: 0.72  # by default" in run("show", mine).stdout.splitlines()
    assert str(run("show", mine, "rules.to-long").exception).startswith("rules.to-long: no key")


def test_show_has_every_value_that_a_rubric_sets() -> None:
    shown = run("show", "default").stdout
    for line in (folder("rubrics") / "default.yaml").read_text("utf-8").splitlines():
        for number in re.findall(r"(?:most|far|least|weight): (\d+)", line):
            assert f": {number}  # default.yaml" in shown


def test_diff_shows_both_sides_and_ends_as_diff_does(tmp_path: Path) -> None:
    mine = rubric_file(tmp_path, "rules:\n  weak-subject: off\n  stock-phrase: {remove: [synergy]}\nerror_cap: 41\n")
    done = run("diff", "default", mine)
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "- error_cap: 40  # default.yaml:5",
        f"+ error_cap: 41  # {mine}:6",
        "- id: default  # default.yaml:2",
        f"+ id: mine  # {mine}:1",
        "- title: Follow-up after an interview  # default.yaml:3",
        f"+ title: T  # {mine}:2",
        "- rules.stock-phrase.terms.synergy: (in your own words)  # phrases/cliches.yaml:27",
        f"+ rules.weak-subject.used: false  # {mine}:4",
    ]
    same = run("diff", "uk", "uk")
    assert same.exit_code == 0 and same.stdout == "no difference\n"


# new, schema, check


def test_new_writes_a_rubric_that_is_found_by_name_with_its_schema_beside_it() -> None:
    path = Path(run("new", "office", "--extends", "formal").stdout.strip())
    assert path == rubrics_folder() / "office.yaml"
    first = path.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=rubric.schema.json" and (path.parent / first[-18:]).is_file()
    assert load_rubric("office").criteria == load_rubric("formal").criteria
    assert "office.yaml is there already" in str(run("new", "office").exception)
    assert "no such rubric" in str(run("new", "other", "--extends", "formel").exception)
    assert "be written" in str(run("new", str(path / "x.yaml")).exception)


def test_all_that_new_proposes_can_be_switched_on(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    assert run("new", str(path)).exit_code == 0
    text = re.sub(r"^#(?! )", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(re.sub(r"^#(?=  )", "", text, flags=re.MULTILINE).replace("  reviewer r", "# reviewer r"), "utf-8")
    made = load_rubric(path)
    assert made.criterion("house_style").uses and made.option("too-long", "most", Kind.LINKEDIN) == 60
    assert run("check", str(path)).stdout == "mine loads; 2 of 2 examples hold\n"


def test_every_rubric_fits_the_schema_and_a_broken_one_does_not() -> None:
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    files = [p for p in folder("rubrics").iterdir() if p.name.endswith(".yaml")]
    for file in (*files, OFFICE):
        said = json.loads(json.dumps(yaml.safe_load(file.read_bytes())))
        jsonschema.validate(said, schema)
        for wrong in ({"rules": {"too-long": {"cost": 101}}}, {"extends": 3}, {"titel": "T"}):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({**said, **wrong}, schema)


def test_check_ends_with_1_where_an_example_does_not_hold(tmp_path: Path) -> None:
    mine = rubric_file(
        tmp_path, "rules:\n  too-long:\n    flags:\n      - {text: Hi}\n    passes:\n      - {text: Hi}\n"
    )
    done = run("check", mine)
    assert done.exit_code == 1 and done.stdout == f"{mine}:6: too-long is to flag this, and does not\n"
    assert "1 of 2 examples hold" in done.stderr
    assert run("check", "concise").stdout == "concise loads; it has no examples of its own\n"
    assert isinstance(run("check", "nobody").exception, ReviewerError)
