"""A rubric that extends others: what it says wins, the rest is theirs, and every value knows where it is from."""

from pathlib import Path

import pytest

from reviewer import Context, Kind, Message, review
from reviewer.advice import advice
from reviewer.examples import tried
from reviewer.finding import Degree, Severity
from reviewer.folders import rubrics_folder
from reviewer.inheritance import compose
from reviewer.resources import folder
from reviewer.rubric import FACTS, PURPOSES, Rubric, load_rubric
from reviewer.rubric_names import Files, known

BUILT_IN = ("concise", "default", "formal", "uk")


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"title: T\n{text}", "utf-8")
    return path


def mine(tmp_path: Path, text: str) -> Rubric:
    return load_rubric(written(tmp_path / "mine.yaml", f"extends: default\n{text}"))


def test_what_says_nothing_is_what_it_extends(tmp_path: Path, rubric: Rubric) -> None:
    made = mine(tmp_path, "")
    assert (made.id, made.title) == ("mine", "T") and made.digest != rubric.digest
    assert (made.criteria, made.rewriting, made.purposes) == (rubric.criteria, rubric.rewriting, rubric.purposes)


def test_weights_and_words_of_levels_are_changed_one_by_one(tmp_path: Path, rubric: Rubric) -> None:
    made = mine(
        tmp_path,
        "criteria:\n  - {id: brevity, weight: 5, weight_for_kind: {linkedin: 1}, meaning: {1: A word too many.}}\n",
    ).criterion("brevity")
    was = rubric.criterion("brevity")
    assert made.weight == {**dict.fromkeys(Kind, 5), Kind.LINKEDIN: 1}
    assert made.meaning == {**was.meaning, 1: "A word too many."} and made.uses == was.uses


def test_a_limit_for_all_kinds_replaces_earlier_limits_for_some(tmp_path: Path) -> None:
    made = mine(
        tmp_path, "rules:\n  too-long:\n    with: {most: 120, far: 200}\n    for_kind: {linkedin: {most: 50}}\n"
    )
    assert {kind: made.option("too-long", "most", kind) for kind in Kind} == {
        **dict.fromkeys(Kind, 120),
        Kind.LINKEDIN: 50,
    }
    assert made.option("too-short", "least", Kind.CHECK_IN) == 18


def test_severity_costs_sources_and_the_question_to_the_second_reader(tmp_path: Path) -> None:
    text = "{severity: error, cost: {slight: 1}, also: {craft: 7}, sources: [House], ask: Does it?}\n"
    use = mine(tmp_path, f"rules:\n  demanding: {text}").use("demanding")
    assert use is not None
    assert (use.severity, use.sources, use.ask) == (Severity.ERROR, ("House",), "Does it?")
    assert use.cost == {Degree.SLIGHT: 1, Degree.GRAVE: 55} and use.also == {"craft": dict.fromkeys(Degree, 7)}


def test_a_finding_says_what_the_rubric_has_it_say(tmp_path: Path) -> None:
    made = mine(
        tmp_path,
        "rules:\n  too-long:\n    with: {most: 25}\n    message: At most $most here. $message\n    why: We are few.\n",
    )
    done = review(Message("Hi Ana,\n\n" + "Thank you for the talk. " * 8), made, context=Context(kind=Kind.THANK_YOU))
    (found,) = [f for f in done.findings if f.rule == "too-long"]
    assert found.message.startswith("At most 25 here. 42 words; aim for 25") and found.why == "We are few."


def test_phrases_are_added_and_removed(tmp_path: Path) -> None:
    made = mine(tmp_path, "rules:\n  stock-phrase: {add: {Circle  Back: write again}, remove: [Team Player]}\n")
    done = review(Message("Hi Ana,\n\nI am a team player, a go-getter, and will circle back.\n\nBo"), made)
    assert [f.quote for f in done.findings if f.rule == "stock-phrase"] == ["go-getter", "circle back"]


def test_a_rule_is_switched_off_and_on_again(tmp_path: Path) -> None:
    written(tmp_path / "quiet.yaml", "extends: default\nrules: {weak-subject: off, no-next-step: off}\n")
    made = load_rubric(written(tmp_path / "loud.yaml", "extends: ./quiet.yaml\nrules: {no-next-step: on}\n"))
    assert made.use("weak-subject") is None and made.use("no-next-step") is not None


OWN = """criteria:
  - id: house_style
    title: As we write
    weight: 4
    meaning: {2: As we write., 1: Nearly., 0: Not as we write.}
    checks:
      - {check: too-long, rule: three-lines, sources: [House 3], with: {most: 30, far: 60}, cost: 30}
phrases:
  - rule: house-word
    title: Words that we do not use
    because: We do not say this.
    criterion: house_style
    sources: [House 4]
    cost: 25
    terms: {synergies: null}
    flags: [{text: "Hi Ana,\\n\\nI like synergies.\\n\\nBo", at: synergies}]
"""


def test_a_criterion_of_ones_own_from_phrases_and_checks_there_are(tmp_path: Path) -> None:
    made = mine(tmp_path, OWN)
    text = "Hi Ana,\n\nThank you for the talk about synergies. " + "It was good to hear of the plan. " * 5 + "\n\nBo"
    done = review(Message(text), made)
    assert {f.rule for f in done.findings if f.criterion == "house_style"} == {"three-lines", "house-word"}
    assert done.criteria["house_style"].score == 45
    assert {said for _, said in tried(compose(tmp_path / "mine.yaml", Files()))} == {None}


def test_an_example_that_does_not_hold_is_told_with_its_place(tmp_path: Path) -> None:
    text = OWN.replace("I like synergies", "I like sums").replace(", at: synergies", "") + (
        '    passes: [{text: "Hi Ana,\\n\\nThe synergies.\\n\\nBo"}]\n'
    )
    path = written(tmp_path / "mine.yaml", f"extends: default\n{text}")
    told = [(place, said) for place, said in tried(compose(path, Files())) if said is not None]
    assert told == [
        (f"{path}:18", "house-word is to flag this, and does not"),
        (f"{path}:19", "house-word is not to flag this, and does: We do not say this."),
    ]


def test_sentences_of_the_rewrite_are_changed_for_a_kind(tmp_path: Path, rubric: Rubric) -> None:
    made = mine(
        tmp_path, "sentences:\n  ask:\n    for_kind:\n      check_in: ['$person, how far are you?', How far are you?]\n"
    )
    asks = made.rewriting.sentences["ask"]
    assert asks[Kind.CHECK_IN] == ("$person, how far are you?", "How far are you?")
    assert asks[Kind.LINKEDIN] == rubric.rewriting.sentences["ask"][Kind.LINKEDIN]


def test_of_several_the_later_wins_and_what_they_share_is_laid_once(tmp_path: Path) -> None:
    made = load_rubric(written(tmp_path / "mine.yaml", "extends: [formal, uk]\n"))
    assert made.use("informal") is not None and made.use("american-word") is not None
    assert made.rewriting.sentences["interest"][Kind.THANK_YOU] == ("I would be delighted to do this job.",)
    other = load_rubric(written(tmp_path / "other.yaml", "extends: [uk, formal]\n"))
    assert other.rewriting.sentences["interest"][Kind.THANK_YOU] == (
        "I would be honoured to be offered this position.",
    )


def test_every_value_knows_its_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path / "mine.yaml", "extends: concise\nrules:\n  too-long:\n    with:\n      most: 100\n")
    settings = compose(path, Files()).settings
    key = ("rules", "too-long", "with")
    assert str(settings[(*key, "most", Kind.CHECK_IN)].origin) == f"{path}:6"
    assert settings[(*key, "far", Kind.CHECK_IN)].origin.file == str(folder("rubrics") / "concise.yaml")
    assert settings[("rules", "wrong-name", "with", "slip", Kind.CHECK_IN)].origin.line == 0
    assert settings[("criteria", "timing", "title")].origin.file == str(folder("rubrics") / "default.yaml")


def test_a_rubric_of_yours_is_found_by_name_and_may_have_the_name_of_what_it_extends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(rubrics_folder() / "default.yaml", "extends: default\nerror_cap: 20\n")
    written(rubrics_folder() / "office.yaml", "extends: default\nbound: 3\n")
    made = load_rubric("office")
    assert (made.id, made.error_cap, made.bound) == ("office", 20, 3) and load_rubric().error_cap == 20
    monkeypatch.chdir(rubrics_folder())
    assert load_rubric("./default.yaml").error_cap == 20
    assert {(k.name, k.whose) for k in known()} == {
        ("default", "yours"),
        ("office", "yours"),
        *((name, "built in") for name in BUILT_IN),
    }


def test_a_rubric_of_an_installed_package_is_found_by_its_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "law_school" / "law.yaml", "extends: default\nphrases: [latin]\n")
    (tmp_path / "law_school" / "__init__.py").write_text("", "utf-8")
    (tmp_path / "law_school" / "phrases").mkdir()
    (tmp_path / "law_school" / "phrases" / "latin.yaml").write_text(
        "rule: latin\ntitle: L\nbecause: b\ncriterion: craft\nsources: []\nterms: {inter alia: among others}\n", "utf-8"
    )
    written(tmp_path / "law_school-1.dist-info" / "METADATA", "")
    (tmp_path / "law_school-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: law-school\n", "utf-8")
    (tmp_path / "law_school-1.dist-info" / "entry_points.txt").write_text(
        "[reviewer.rubrics]\nlaw = law_school\nbroken = no_such_package\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert load_rubric("law").use("latin") is not None
    assert load_rubric(written(tmp_path / "mine.yaml", "extends: law\n")).use("latin") is not None
    assert "law" in {k.name for k in known() if k.whose == "in law_school"}
    with pytest.raises(Exception, match="no_such_package cannot be read: ModuleNotFoundError"):
        load_rubric("broken")


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_rubric_cites_known_advice_and_its_examples_hold(name: str) -> None:
    composed = compose(folder("rubrics") / f"{name}.yaml", Files())
    assert (composed.rubric.id == name and composed.examples) or name in {"concise"}
    assert {s for c in composed.rubric.criteria for u in c.uses for s in u.sources} <= advice().keys()
    assert {said for _, said in tried(composed)} <= {None}


def test_the_facts_and_purposes_of_sentences_are_those_that_the_rewrite_knows(rubric: Rubric) -> None:
    from datetime import date, datetime

    from reviewer import Person
    from reviewer.rewrite import mend

    context = Context(
        interviewers=(Person("Ana Ruiz"),), company="C", role="R", topics=("t",), kind=Kind.CHECK_IN,
        interviewed_at=datetime(2026, 3, 3, 10), promised_reply_by=date(2026, 3, 9),
    )  # fmt: skip
    task = mend._Task(Message("Hi Ana,"), context, rubric, lambda _: mend.Opinion(0, ()))
    assert sorted(mend._facts(task)) == sorted(FACTS)
    assert sorted(purpose for _, purpose, _, _ in mend._WANTED) == sorted(PURPOSES)
