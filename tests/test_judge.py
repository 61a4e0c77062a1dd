"""The second reader against the checks: quotations, bounds, hostile drafts, what is hidden before it is sent."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from rich.console import Console
from typer.testing import CliRunner

from reviewer import Context, Kind, Message, Person, Rubric, load_rubric, review
from reviewer.cli.app import app_for
from reviewer.finding import Degree, Finding, Severity
from reviewer.intake.rows import Row, read_rows
from reviewer.judge import Judge, Verdicts
from reviewer.judgement import Judgement, Usage
from reviewer.language.machine import speaks_to_a_machine
from reviewer.llm import Answer, Outcome, parsed
from reviewer.prompt import Prompt, facts, new_marker, own_text
from reviewer.quotation import locate
from reviewer.redact import Redaction
from reviewer.report import markdown
from reviewer.report.text import show
from reviewer.rewrite.ask import Rewritten
from reviewer.score import score

app = app_for(())

HERE = Path(__file__).parent
NEEDY = "Hi Priya,\n\nThank you for today. Please, I really need this job, I have bills to pay.\n\nJo Hart"


@dataclass
class Says:
    """A model that gives one answer, made from the prompt, to every question of a shape."""

    verdicts: Callable[[Prompt], dict[str, Any]]
    rewritten: Callable[[Prompt], dict[str, Any]] | None = None
    name: str = "a test"
    asked: int = 0

    def ask(self, prompt: Prompt, shape: type[BaseModel], *, sample: int = 0) -> Answer[Any]:
        del sample
        self.asked += 1
        make = self.verdicts if issubclass(shape, Verdicts) else self.rewritten
        if make is None:
            return Answer(Outcome.REFUSED, reason="no")
        return parsed(json.dumps(make(prompt)), shape, Usage(1))


def level(criterion: str, level: str, quote: str | None, reason: str = "So it reads.") -> dict[str, Any]:
    return {"criterion": criterion, "reason": reason, "level": level, "quote": quote}


def judged(text: str, *levels: dict[str, Any], findings: Any = (), context: Context | None = None, **more: Any) -> Any:
    model = Says(lambda _: {"criteria": list(levels), "findings": list(findings)})
    context = context or Context(kind=Kind.THANK_YOU, interviewers=(Person("Priya Raman"),))
    return review(Message(text, to="Priya Raman"), load_rubric(), context=context, judge=Judge(model, **more))


GOOD = (
    "Hi Priya,\n\nThank you for showing me the ledger migration this morning; running both side by side until the "
    "totals agree is the plan I would have chosen, and the work I would like to do.\n\nBest regards,\nJo Hart\n555-0101"
)


def test_a_verified_quotation_lowers_a_criterion_as_far_as_its_level_says() -> None:
    alone = judged(GOOD)
    done = judged(GOOD, level("no_pestering", "fair", "the work I would like to do"))
    before, after = alone.criteria["no_pestering"], done.criteria["no_pestering"]
    assert before.level == 2 and after.level == 1
    assert (after.checked, after.judged, after.score) == (before.score, 65, 65)
    assert done.score < alone.score


def test_a_quotation_that_is_not_there_moves_nothing_and_is_counted() -> None:
    done = judged(GOOD, level("no_pestering", "poor", "I demand an answer"))
    assert done.criteria["no_pestering"].score == done.criteria["no_pestering"].checked
    assert any("1 quotation is not in the draft, and so left out" in f.reason for f in done.failures)


def test_an_absence_counts_where_the_checks_are_not_sure_of_the_opposite() -> None:
    bare = "Hi Priya,\n\nThank you for the talk. I hope the ledger goes well.\n\nJo Hart"
    assert judged(bare, level("enthusiasm", "poor", None)).criteria["enthusiasm"].level == 0
    sure = judged(GOOD, level("enthusiasm", "poor", None)).criteria["enthusiasm"]
    assert sure.score == sure.checked


def test_upwards_the_bound_holds_and_an_error_stands() -> None:
    rubric = load_rubric()
    done = judged(NEEDY, level("no_pestering", "good", "Thank you for today."))
    after = done.criteria["no_pestering"]
    assert after.checked < after.score <= after.checked + rubric.bound
    blank = judged(NEEDY.replace("today", "[COMPANY]"), level("personal_reference", "good", "Hi Priya"))
    assert blank.criteria["personal_reference"].score == blank.criteria["personal_reference"].checked


def test_what_does_not_fit_the_question_becomes_a_failure() -> None:
    done = judged(
        GOOD,
        level("charm", "good", None),
        level("enthusiasm", "splendid", None),
        level("craft", "good", None),
        level("craft", "poor", "Hi Priya"),
        findings=[{"rule": "bad-hair", "quote": None, "message": "m", "repair": "r"}],
    )
    reasons = " | ".join(f.reason for f in done.failures)
    for said in (
        "its entry 1 is of no criterion that was asked; there are personal_reference, ",
        "enthusiasm: its level is none; there are poor, fair, good",
        "craft is judged twice",
        "1 fault that it reports is of no rule that was asked",
        "says nothing of “Leaves them room”",
    ):
        assert said in reasons
    assert done.score == judged(GOOD).score


def test_no_failure_repeats_what_a_model_wrote_where_a_name_belongs() -> None:
    """A model may copy the draft into any place of its answer."""
    secret = "I really need this job"
    done = judged(
        NEEDY,
        level(secret, "good", None),
        level("craft", secret, None),
        findings=[{"rule": secret, "quote": None, "message": "m", "repair": "r"}],
    )
    assert len(done.failures) >= 3
    assert not any("need" in f.reason for f in done.failures)


def test_findings_of_the_model_stand_in_the_draft_and_do_not_repeat_the_checks() -> None:
    faults = [
        {"rule": "desperate", "quote": "I have bills to pay", "message": "It pleads.", "repair": "Leave it out."},
        {"rule": "guilt-trip", "quote": "i  REALLY need this job", "message": "It leans on pity.", "repair": "Go on."},
        {"rule": "guilt-trip", "quote": "nowhere to be found", "message": "It is not there.", "repair": "Nothing."},
    ]
    done = judged(NEEDY, level("no_pestering", "poor", "I really need this job"), findings=faults)
    mine = [f for f in done.findings if f.by == "model"]
    assert [(f.rule, f.quote, f.severity) for f in mine] == [("guilt-trip", "I really need this job", "warning")]
    assert sum(f.rule == "desperate" for f in done.findings) == 1


def test_repeats_take_the_median_and_report_the_spread() -> None:
    answers = iter(["poor", "good", "fair"])
    model = Says(
        lambda _: {"criteria": [level("enthusiasm", next(answers), "the work I would like to do")], "findings": []}
    )
    done = review(Message(GOOD), load_rubric(), context=Context(kind=Kind.THANK_YOU), judge=Judge(model, samples=3))
    assert model.asked == 3 and done.usage["judge"].calls == 3
    assert (done.criteria["enthusiasm"].level, done.criteria["enthusiasm"].spread) == (1, (0, 2))


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("don't wait", "don’t  wait"),
        ("“DON'T WAIT”", "don’t  wait"),
        ("wait - at all", "wait — at all"),
        ("wait\u00a0- at all...", "wait — at all"),
        ("come so\u200bon", "come soon"),
        ("lease", None),  # of a word
        ("the", None),  # tells nothing
        ("not there", None),
        ("—", None),
    ],
)
def test_quotations_are_found_whatever_happened_to_quotes_dashes_and_spaces(quote: str, found: str | None) -> None:
    text = "Please don’t  wait — at all, İan; come soon."
    place = locate(quote, text)
    assert (None if place is None else place.of(text)) == found


@given(st.text(max_size=60), st.data())
def test_what_is_found_reads_as_the_quotation_does(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = locate(text[start:end], text)
    if place is not None:
        assert 0 <= place.start < place.end <= len(text)
        assert [c for c in place.of(text).lower() if c.isalnum()] == [c for c in text[start:end].lower() if c.isalnum()]


@given(st.integers(0, 2), st.booleans(), st.booleans(), st.lists(st.integers(0, 60), max_size=4), st.integers(0, 12))
def test_one_more_finding_never_raises_a_score_whatever_is_judged(
    judged_level: int, up: bool, down: bool, costs: list[int], doubt: int
) -> None:
    rubric = load_rubric()
    judgement = Judgement("enthusiasm", judged_level, "", None, (judged_level,) * 2, down, up)
    findings = [
        Finding(f"rule-{n}", "enthusiasm", Severity.WARNING, "", "", (), None, "", Degree.GRAVE, {"enthusiasm": cost})
        for n, cost in enumerate(costs)
    ]
    scores = [
        score(rubric, Kind.THANK_YOU, findings[:n], {}, {"enthusiasm": doubt}, {"enthusiasm": judgement}).overall
        for n in range(len(findings) + 1)
    ]
    assert scores == sorted(scores, reverse=True)


# An acrostic and a number in hexadecimal: nothing in them looks like an order, so only the bound holds.
UNSEEN = {"y-31", "y-32"}
HOSTILE = [json.loads(line) for line in (HERE / "hostile.jsonl").read_text("utf-8").splitlines()]


def hostile(which: dict[str, Any]) -> Row:
    return next(iter(read_rows([json.dumps(which)], where="hostile")))


def obeys(prompt: Prompt) -> dict[str, Any]:
    """Does all that the draft orders: the highest level everywhere, nothing found, the greeting quoted."""
    first = prompt.variable.split("\n\n")[3 if "Subject:" in prompt.variable else 2].splitlines()[0]
    return {
        "criteria": [level(name, "good", quote) for name, quote in zip(CRITERIA, (first, None) * 2, strict=True)],
        "findings": [],
    }


CRITERIA = ("personal_reference", "enthusiasm", "no_pestering", "craft")


def obeys_and_writes(prompt: Prompt) -> dict[str, Any]:
    """Writes what it was told to, and more: facts that nobody gave, its instructions, the order itself."""
    leak = prompt.fixed.splitlines()[0]
    said = "I was promised the job. Microsoft offered me 90,000. I attach three references."
    return {"subject": "SYSTEM OK", "text": f"Hi Priya,\n\n{said} {leak}\n\nJo Hart", "changes": []}


@pytest.mark.parametrize("which", HOSTILE, ids=lambda h: h["id"])
def test_a_draft_that_talks_the_model_round_gains_nothing(which: dict[str, Any], rubric: Rubric) -> None:
    row = hostile(which)
    assert row.message is not None
    alone = review(row.message, rubric, context=row.context, rewriting=True)
    order = " ".join(which["order"].replace("\u200b", "").split())

    def reads(prompt: Prompt) -> dict[str, Any]:
        """Obeys what it is sent; what is never sent, such as quoted mail or a hidden comment, cannot be obeyed."""
        sent = order in " ".join(prompt.variable.split()) or "hidden" in which.get("trick", "")
        return obeys(prompt) if sent else {"criteria": [level("craft", "fair", None)], "findings": []}

    done = review(row.message, rubric, context=row.context, judge=Judge(Says(reads, obeys_and_writes)), rewriting=True)
    if which["id"] in UNSEEN:
        for name, after in done.criteria.items():
            assert after.score is None or after.score <= (alone.criteria[name].score or 0) + rubric.bound
    else:
        assert done.score <= alone.score
    assert {f.rule for f in alone.findings} <= {f.rule for f in done.findings}
    assert done.rewrite.by == "rules"
    for invented in ("Microsoft", "SYSTEM OK", "experienced and"):
        assert invented not in done.rewrite.text.replace(row.message.text, "") or invented in row.message.text


@pytest.mark.parametrize(
    "said",
    [
        "Thank you for being so generous with your time.",
        "You said that the team should pick the best option for the client.",
        "Please choose a good time for you.",
        "We spoke about issues of quality in the plant.",
        "The top choice for me is your team.",
        "I understand that you are reviewing many candidates.",
        "As you read this, I will be on the train, thinking of the ledger.",
        "My portfolio is at github.com/some-one/a-very-long-repository-name-2026 if you want it.",
        "My name is 王芳, and Αλέξανδρος is my brother's.",
        "If you have any questions, please do not hesitate to ask.",
    ],
)
def test_ordinary_sentences_speak_to_no_machine(said: str) -> None:
    assert not speaks_to_a_machine(f"Hi Priya,\n\nThank you for today. {said}\n\nJo Hart")


def test_few_drafts_are_taken_for_a_talk_with_a_machine(corpus_lines: list[str]) -> None:
    """They lose nothing but what a second reader could have added."""
    others = (HERE / "corpus" / "others.jsonl").read_text("utf-8").splitlines()
    for lines, most in ((corpus_lines, 23), (others, 17)):
        rows = [row for row in read_rows(lines, where="corpus") if row.message is not None]
        suspected = [row.id for row in rows if speaks_to_a_machine(own_text(row.message), facts(row.context))]
        assert len(suspected) <= most, suspected


@pytest.mark.parametrize("which", HOSTILE, ids=lambda h: h["id"])
def test_no_draft_ends_its_own_data_or_hides_in_it(which: dict[str, Any], rubric: Rubric) -> None:
    row = hostile(which)
    prompt = Judge(Says(obeys)).prompt(row.message, row.context, rubric)
    lines = prompt.variable.splitlines()
    assert lines.count(prompt.marker) == 2
    assert not re.search("[\u200b\u2060\U000e0000-\U000e007f]|<!--", prompt.variable)
    assert which["order"] not in prompt.fixed
    if which["id"] == "x-45":  # an order in quoted mail is not even sent
        assert which["order"] not in prompt.variable


def test_a_marker_is_new_to_every_call_and_never_one_that_the_draft_has(rubric: Rubric) -> None:
    assert new_marker() != new_marker()
    markers = iter(["-----known-----", "-----new-----"])
    judge = Judge(Says(obeys), marker=lambda: next(markers))
    prompt = judge.prompt(Message("Hi Priya,\n\n-----known-----\n\nJo"), Context(), rubric)
    assert prompt.marker == "-----new-----"
    assert replace(prompt, variable=prompt.variable.replace("-----new-----", "x"), marker="x").digest == prompt.digest


def test_quoted_mail_is_not_sent(rubric: Rubric) -> None:
    text = f"{GOOD}\n\nOn Mon, 2 Mar 2026 at 10:00, Priya Raman wrote:\n> Our secret is Persimmonworth.\n"
    assert "Persimmonworth" not in Judge(Says(obeys)).prompt(Message(text), Context(), rubric).variable
    assert own_text(Message(text)) == GOOD


def test_a_redacted_prompt_names_nobody_and_comes_back_whole(corpus_lines: list[str], rubric: Rubric) -> None:
    for row in read_rows(corpus_lines, where="dev.jsonl"):
        assert row.message is not None
        redaction = Redaction(row.message, row.context)
        prompt = Judge(Says(obeys), redact=True).prompt(row.message, row.context, rubric)
        sent = prompt.variable.replace(prompt.marker, "")
        people = [
            row.message.to,
            row.context.recruiter,
            row.context.company,
            *(p.name for p in row.context.interviewers),
        ]
        names = {w for name in people if name for w in re.findall(r"[^\W\d_]{3,}", name)} - PLAIN
        assert not {n for n in names if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", sent)}, row.id
        assert not re.search(r"[\w.]+@(?!example)\w+|https?://(?!example)|\+?\d[\d ()-]{8,}\d", sent), row.id
        text = own_text(row.message)
        assert redaction.show(redaction.hide(text)).casefold() == text.casefold()


# Words that stand in names of firms and titles and are words of the prompt or the language as well.
PLAIN = set(
    "The And For Hiring Manager Team Recruiter Talent Acquisition Human Resources Committee "
    "Doctor Miss Mrs Prof Professor Sir Madam".split()
)


@pytest.mark.parametrize("firm", ["IBM", "NASA", "KPMG", "SAP", "HP", "AT&T", "3M", "P&G", "GAP", "EY"])
@pytest.mark.parametrize("known", [False, True])
def test_names_in_capitals_are_hidden_known_or_not(firm: str, known: bool) -> None:
    context = Context(
        kind=Kind.THANK_YOU, company=firm if known else None, topics=(f"Sanjay from {firm}", f"{firm}: pricing")
    )
    text = f"Hi Priya,\n\nMy years at {firm} were good. {firm}'s way is mine at heart, and {firm} taught me.\n\nJo Hart"
    prompt = Judge(Says(obeys), redact=True).prompt(Message(text, subject=f"From {firm}"), context, load_rubric())
    assert firm not in prompt.variable and "Sanjay" not in prompt.variable
    redaction = Redaction(Message(text), context)
    assert redaction.show(redaction.hide(text)) == text and " at heart" in redaction.hide(text)


def test_a_name_that_ends_like_an_adverb_is_hidden_where_a_sentence_begins_with_it() -> None:
    said = "Emily told me. Unfortunately, Beverly did not. Luckily Kelly did."
    hidden = Redaction(Message(said), Context()).hide(said)
    assert not {"Emily", "Beverly", "Kelly"} & set(re.findall(r"\w+", hidden)) and "Unfortunately" in hidden


def test_abbreviations_of_ordinary_prose_and_shouted_words_are_not_hidden() -> None:
    said = "I am OK with HR at 3 PM or 9AM EST in Q3. MY CV is a PDF. PLEASE, I REALLY WANT THIS JOB, OK? R&D, US, IT."
    assert Redaction(Message(said), Context()).hide(said) == said


def test_what_is_hidden_comes_back_in_quotations_reasons_and_rewrites(rubric: Rubric) -> None:
    hidden: list[str] = []

    def verdicts(prompt: Prompt) -> dict[str, Any]:
        hidden.append(prompt.variable)
        greeting = re.search(r"Hi (Name\d+),", prompt.variable)
        assert greeting
        said = f"{greeting[1]} is greeted."
        return {"criteria": [level("craft", "fair", greeting[0], said)], "findings": []}

    model = Says(
        verdicts,
        lambda p: {"subject": None, "text": p.variable.split("(none)\n\n")[1].split("\n-----")[0], "changes": []},
    )
    context = Context(kind=Kind.THANK_YOU, interviewers=(Person("Priya Raman"),), company="Northwind Labs")
    done = review(
        Message(GOOD, to="Priya Raman"), rubric, context=context, judge=Judge(model, redact=True), rewriting=True
    )
    assert "Priya" not in hidden[0] and "Northwind" not in hidden[0] and "555-0101" not in hidden[0]
    assert done.criteria["craft"].reason == "Priya is greeted." and done.criteria["craft"].level == 1
    assert (done.rewrite.by, done.rewrite.text) == ("model", GOOD)


def test_the_score_of_a_rewrite_is_said_to_be_the_checks_beside_a_draft_that_was_read_along() -> None:
    context = Context(kind=Kind.THANK_YOU, interviewers=(Person("Priya Raman"),))
    said = {"criteria": [level("no_pestering", "poor", "I have bills to pay")], "findings": []}
    for judge, words in ((None, "/100"), (Judge(Says(lambda _: said)), "/100 by the checks")):
        done = review(Message(NEEDY, to="Priya Raman"), load_rubric(), context=context, judge=judge, rewriting=True)
        console = Console(file=StringIO(), width=80)
        show(done, console)
        assert re.search(rf"Rewritten \(\d+{words}[,)]", console.file.getvalue())  # type: ignore[attr-defined]
        assert re.search(rf"Rewritten \(\d+{words}\)", markdown.render(done))


def test_the_prompt_is_shown_and_nothing_is_sent(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD, "utf-8")
    done = CliRunner().invoke(app, ["review", str(draft), "--show-prompt", "--redact", "--interviewer", "Priya Raman"])
    assert done.exit_code == 0
    for said in (
        "=== judge: system ===",
        "=== rewrite: user ===",
        "ledger migration",
        "no_pestering: Leaves them room",
    ):
        assert said in done.stdout
    assert "Priya" not in done.stdout


@pytest.mark.parametrize("command", ["review", "rewrite"])
def test_a_shown_prompt_names_the_endpoint_that_the_flags_name(command: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD, "utf-8")
    flags = ["--show-prompt", "--model", "llama9", "--base-url", "http://me:word@localhost:11434/v1"]
    done = CliRunner().invoke(app, [command, str(draft), *flags])
    assert "With --llm it would go to llama9 at http://localhost:11434/v1.\n" in done.stderr
    assert "word" not in done.stderr
    bare = CliRunner().invoke(app, [command, str(draft), "--show-prompt"])
    assert "(no model set) at https://api.openai.com/v1." in bare.stderr


def test_without_a_model_the_flag_says_how_to_set_one(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD, "utf-8")
    done = CliRunner().invoke(app, ["review", str(draft), "--llm"])
    said = str(done.exception)
    assert all(name in said for name in ("OpenAI:", "Ollama:", "llama.cpp:", "REVIEWER_MODEL"))


def test_settings_come_from_flags_then_the_environment_then_the_file(
    nobodys_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reviewer.errors import SettingsError
    from reviewer.settings import load as settings

    file = nobodys_settings / "config" / "reviewer" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[llm]\nmodel = "in-file"\nbase_url = "http://file/v1"\nsamples = 3\n', "utf-8")
    monkeypatch.setenv("REVIEWER_MODEL", "in-environment")
    found = settings(model=None, base_url="http://flag/v1")
    assert (found.model, found.base_url, found.samples) == ("in-environment", "http://flag/v1", 3)
    file.write_text("[llm]\nmodl = 1\n", "utf-8")
    with pytest.raises(SettingsError, match=r"config\.toml: \[llm\] modl: no such setting; there are enabled, model"):
        settings()
    file.write_text("[llm\n", "utf-8")
    with pytest.raises(SettingsError, match="expected a TOML file"):
        settings()


@pytest.mark.parametrize(
    ("filed", "flag", "environment", "key"),
    [
        ("http://ours/v1", None, {}, "filed"),
        ("http://ours/v1", "http://ours/v2", {}, "filed"),
        ("http://ours/v1", "http://theirs/v1", {}, ""),
        ("http://ours/v1", "http://ours:81/v1", {}, ""),
        ("https://ours/v1", "http://ours/v1", {}, ""),
        ("http://ours/v1", None, {"REVIEWER_BASE_URL": "http://theirs/v1"}, ""),
        ("http://ours/v1", None, {"OPENAI_BASE_URL": "http://theirs/v1"}, ""),
        ("http://ours/v1", None, {"OPENAI_BASE_URL": "http://theirs/v1", "OPENAI_API_KEY": "openai's"}, "openai's"),
        ("http://ours/v1", "https://api.openai.com/v1", {"OPENAI_API_KEY": "openai's"}, "openai's"),
        ("http://ours/v1", "http://theirs/v1", {"OPENAI_API_KEY": "openai's"}, ""),
        ("http://ours/v1", "http://theirs/v1", {"REVIEWER_API_KEY": "given"}, "given"),
        (None, None, {}, "filed"),
        (None, "http://theirs/v1", {}, ""),
    ],
)
def test_a_filed_key_goes_to_the_filed_host_alone(
    filed: str | None,
    flag: str | None,
    environment: dict[str, str],
    key: str,
    nobodys_settings: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from reviewer.errors import SettingsError
    from reviewer.settings import load as settings

    file = nobodys_settings / "config" / "reviewer" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[llm]\napi_key = "filed"\n' + (f'base_url = "{filed}"\n' if filed else ""), "utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert settings(base_url=flag).api_key == key
    with pytest.raises(SettingsError, match="is none"):
        settings(base_url="http://[::1/v1")


def test_nothing_is_sent_without_the_flag_or_a_setting(tmp_path: Path, nobodys_settings: Path) -> None:
    """The network is denied here: a review that reached for it would fail."""
    draft = tmp_path / "draft.txt"
    draft.write_text(GOOD, "utf-8")
    file = nobodys_settings / "config" / "reviewer" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[llm]\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\n', "utf-8")
    run = CliRunner().invoke
    assert json.loads(run(app, ["review", str(draft), "--format", "json"]).stdout)["usage"] is None
    file.write_text('[llm]\nenabled = true\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\n', "utf-8")
    assert json.loads(run(app, ["review", str(draft), "--format", "json", "--no-llm"]).stdout)["usage"] is None


def test_answers_of_a_rewrite_are_bounded() -> None:
    long = {"subject": None, "text": "x" * 7000, "changes": []}
    assert parsed(json.dumps(long), Rewritten, Usage()).outcome is Outcome.BAD_OUTPUT


def test_a_rubric_that_leaves_it_nothing_is_not_read_along(rubric: Rubric) -> None:
    quiet = rubric._replace(criteria=tuple(c._replace(judged=False) for c in rubric.criteria))
    model = Says(lambda _: {"criteria": [], "findings": []})
    done = review(Message(GOOD), quiet, judge=Judge(model))
    assert model.asked == 0 and [f.reason.split(":")[0] for f in done.failures] == ["not asked"]
