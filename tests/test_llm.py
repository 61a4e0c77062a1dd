"""Every way in which an endpoint can answer or fail: an outcome, a line that helps, and nothing of the draft."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from typer.testing import CliRunner

from reviewer import Context, Message, Rubric, review
from reviewer.answers import Remembering, clear
from reviewer.cli.app import app_for
from reviewer.judge import Judge, shape_for
from reviewer.judgement import Usage
from reviewer.llm import Budget, Endpoint, Outcome, Tiny, schema_of
from reviewer.prompt import Prompt
from reviewer.rewrite.ask import Rewritten

from stub import Reply, Stub, completion, error, serving

app = app_for(())

pytestmark = pytest.mark.loopback


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")
    word: str


PROMPT = Prompt(
    "Say a word.", "-----m-----\nThe draft with its peculiar sentence about Persimmonworth.\n-----m-----", "-----m-----"
)
GOOD = completion('{"word": "yes"}')
VERDICTS = '{"criteria": [{"criterion": "craft", "reason": "r", "level": "good", "quote": null}], "findings": []}'


def ask(stub: Stub, **settings: Any) -> Any:
    return Endpoint(stub.url, "some-model", **{"deadline": 5.0, "retries": 0, **settings}).ask(PROMPT, Shape)


FAULTS = {
    "refusal": (completion(None, refusal="I cannot"), Outcome.REFUSED, "declined"),
    "cut": (completion('{"word": "ye', finish="length"), Outcome.CUT, "limit of tokens"),
    "filtered answer": (completion("", finish="content_filter"), Outcome.FILTERED, "content filter"),
    "filtered request": (error(400, code="content_filter"), Outcome.FILTERED, "content filter"),
    "prose": (completion("Yes, gladly."), Outcome.BAD_OUTPUT, "no JSON object"),
    "another shape": (completion('{"words": []}'), Outcome.BAD_OUTPUT, ": missing"),
    "half an object": (completion('{"word": "y'), Outcome.BAD_OUTPUT, "no JSON object"),
    "empty": (completion(""), Outcome.BAD_OUTPUT, "empty"),
    "nothing": (completion(None), Outcome.BAD_OUTPUT, "empty"),
    "a web page": (Reply("<html>log in</html>", headers={"content-type": "text/html"}), Outcome.BAD_OUTPUT, "web page"),
    "no choices": (Reply('{"choices": []}'), Outcome.BAD_OUTPUT, "no chat completion"),
    "a list": (Reply("[]"), Outcome.BAD_OUTPUT, "no chat completion"),
    "half a body": (Reply(GOOD.body[:40], short=99), Outcome.UNAVAILABLE, "cannot be reached"),
    "a redirect": (Reply("", 307, {"location": "http://127.0.0.1:9/v1/"}), Outcome.BAD_REQUEST, "redirects"),
    "400": (error(400, "bad"), Outcome.BAD_REQUEST, "HTTP 400; bad"),
    "401": (error(401), Outcome.AUTH, "OPENAI_API_KEY"),
    "403": (error(403), Outcome.AUTH, "OPENAI_API_KEY"),
    "404": (error(404, "no such model"), Outcome.BAD_REQUEST, "no such model; are the model's name"),
    "408": (error(408), Outcome.UNAVAILABLE, "HTTP 408"),
    "413": (error(413, "too large"), Outcome.BAD_REQUEST, "too large"),
    "429": (error(429), Outcome.RATE_LIMITED, "try again later"),
    "quota": (error(429, code="insufficient_quota"), Outcome.RATE_LIMITED, "no quota left"),
    "500": (error(500), Outcome.UNAVAILABLE, "HTTP 500"),
    "502 with a page": (Reply("<html></html>", 502), Outcome.UNAVAILABLE, "HTTP 502"),
    "503": (error(503), Outcome.UNAVAILABLE, "HTTP 503"),
    "nested without end": (Reply("[" * 200_000), Outcome.BAD_OUTPUT, "no chat completion"),
    "an error nested without end": (Reply("[" * 200_000, 400), Outcome.BAD_REQUEST, "HTTP 400"),
    "an unknown charset": (
        Reply("{}", headers={"content-type": "application/json; charset=hex"}),
        Outcome.BAD_OUTPUT,
        "no chat completion",
    ),
    "a date without end": (
        error(429, headers={"retry-after": "Mon, 16 Nov 2026 10:00:00 +99999999999999"}),
        Outcome.RATE_LIMITED,
        "HTTP 429",
    ),
    "keys that say something": (
        completion('{"word": "yes", "\\u001b]0;Persimmonworth was fun": 1}'),
        Outcome.BAD_OUTPUT,
        "another shape",
    ),
    "drip": (Reply(GOOD.body, drip=0.05), Outcome.TIMEOUT, "no answer within 0.6 s"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_an_outcome_with_a_reason(name: str) -> None:
    reply, outcome, words = FAULTS[name]
    with serving(reply) as stub:
        answer = ask(stub, deadline=0.6 if name == "drip" else 5.0)
    assert (answer.outcome, answer.value) == (outcome, None)
    assert words in answer.reason
    assert "Persimmonworth" not in answer.reason


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_leaves_the_offline_review_unharmed(name: str, tmp_path: Path, nobodys_settings: Path) -> None:
    reply, outcome, words = FAULTS[name]
    settings = nobodys_settings / "config" / "reviewer" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("[llm]\nretries = 0\n", encoding="utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi Priya,\n\nThank you for today. I need an answer by Friday.\n\nJo Persimmonworth\n", "utf-8")
    with serving(reply) as stub:
        seconds = "0.6" if name == "drip" else "4"
        flags = ["--llm", "--model", "m", "--base-url", stub.url, "--deadline", seconds, "--format", "json"]
        done = CliRunner().invoke(app, ["review", str(draft), *flags])
        offline = CliRunner().invoke(app, ["review", str(draft), "--format", "json"])
    got, plain = json.loads(done.stdout), json.loads(offline.stdout)
    assert done.exit_code == offline.exit_code == 1
    assert {f["source"] for f in got.pop("failures")} <= {"judge", "rewrite"}
    assert got.pop("usage") is not None and plain.pop("usage") is None
    plain.pop("failures")
    assert got == plain
    assert f"second reader: judge: {outcome}:" in done.stderr and words.replace("0.6", seconds) in done.stderr
    assert "Persimmonworth" not in done.stderr


@pytest.mark.parametrize("url", ["http://localhost:abc/v1", "http://localhost:99999/v1", "http://[::1/v1"])
def test_an_impossible_url_is_an_answer_too(url: str) -> None:
    answer = Endpoint(url, "m", retries=0, deadline=5).ask(PROMPT, Shape)
    assert answer.value is None and answer.reason


def test_control_characters_do_not_come_through() -> None:
    with serving(completion('{"word": "a\\u001b[2Jb\\ud800c\\nd"}')) as stub:
        assert ask(stub).value == Shape(word="a[2Jbc\nd")


def test_what_turns_the_direction_of_a_line_does_not_come_through() -> None:
    turns = "\u202e\u202a\u2066\u2069\u200f\u061c\u2028\ufeff\U000e0041"
    with serving(completion(json.dumps({"word": f"a{turns}b"}))) as stub:
        assert ask(stub).value == Shape(word="ab")


@pytest.mark.parametrize("key", ["schlüssel", "“quoted”", "two words", "line\n", "\u202ekey"])
def test_a_key_that_is_none_is_said_to_be_so_and_not_sent(key: str) -> None:
    with serving(GOOD) as stub:
        answer = ask(stub, api_key=key)
        assert not stub.requests
    assert answer.outcome is Outcome.AUTH and "characters that no key has" in answer.reason and key not in answer.reason


def test_the_help_tells_the_order_in_which_an_endpoint_is_looked_for() -> None:
    said = " ".join(CliRunner().invoke(app, ["llm", "check", "--help"]).stdout.split())
    assert "else REVIEWER_BASE_URL, OPENAI_BASE_URL, config.toml's, OpenAI's" in said.replace("- ", "-")


def test_a_budget_holds_where_nothing_is_counted_and_kept_answers_cost_nothing(tmp_path: Path) -> None:
    silent = json.loads(GOOD.body)
    del silent["usage"]
    with serving(Reply(json.dumps(silent))) as stub:
        model = Remembering(Endpoint(stub.url, "m", deadline=5, budget=Budget(90)), tmp_path / "answers.sqlite3")
        outcomes = [model.ask(PROMPT, Shape, sample=n).outcome for n in (0, 1, 2, 0)]
    assert outcomes == [Outcome.OK, Outcome.OK, Outcome.OVER_BUDGET, Outcome.OK]


@pytest.mark.parametrize("tokens", [-1, 10**30])
def test_a_count_of_tokens_that_cannot_be_is_none(tokens: int) -> None:
    with serving(completion('{"word": "yes"}', tokens=tokens)) as stub:
        assert ask(stub).usage == Usage(calls=1, completion_tokens=2, cached_tokens=4)


def test_an_endpoint_that_is_not_there() -> None:
    with serving(GOOD) as stub:
        gone = stub.url
    answer = Endpoint(gone, "m", retries=0, deadline=5).ask(PROMPT, Shape)
    assert answer.outcome is Outcome.UNAVAILABLE and "is it running" in answer.reason


@pytest.mark.parametrize(
    "content", ['```json\n{"word": "yes"}\n```', 'Sure {here}: {"word": "yes"} as you asked.', ' \n{"word": "yes"}']
)
def test_an_object_is_found_in_prose_and_fences(content: str) -> None:
    with serving(completion(content)) as stub:
        assert ask(stub).value == Shape(word="yes")


def test_what_the_server_says_is_left_out_where_it_repeats_the_draft() -> None:
    with serving(error(400, "cannot read: The draft with its peculiar sentence about Persimmonworth.")) as stub:
        assert ask(stub).reason == "HTTP 400"


def test_a_passing_fault_is_tried_again_and_every_try_is_counted() -> None:
    with serving(error(503), completion("prose"), GOOD) as stub:
        answer = ask(stub, retries=2)
    assert answer.outcome is Outcome.OK and len(stub.requests) == 3
    assert answer.usage == Usage(calls=3, prompt_tokens=20, completion_tokens=4, cached_tokens=8)


def test_retry_after_is_obeyed_within_the_deadline_and_not_beyond() -> None:
    with serving(error(429, headers={"retry-after": "0.05"}), GOOD) as stub:
        assert ask(stub, retries=1).outcome is Outcome.OK
    with serving(error(429, headers={"retry-after": "100"}), GOOD) as stub:
        answer = ask(stub, retries=1)
    assert answer.outcome is Outcome.RATE_LIMITED and len(stub.requests) == 1
    assert "asks to wait 100 s, which the deadline forbids" in answer.reason


def test_a_drained_account_is_not_asked_again() -> None:
    with serving(error(429, code="insufficient_quota"), GOOD) as stub:
        ask(stub, retries=2)
    assert len(stub.requests) == 1


def test_formats_step_down_once_and_stay_down() -> None:
    refuses = error(400, "response_format json_schema is not supported")
    with serving(refuses, error(500, "json_object: unsupported response_format"), GOOD, GOOD) as stub:
        endpoint = Endpoint(stub.url, "m", deadline=5, retries=0)
        assert endpoint.ask(PROMPT, Shape).outcome is Outcome.OK
        assert endpoint.ask(PROMPT, Shape).outcome is Outcome.OK
    formats = [r.get("response_format", {}).get("type") for r in stub.requests]
    assert formats == ["json_schema", "json_object", None, None]
    assert stub.requests[0]["response_format"]["json_schema"]["schema"] == schema_of(Shape)


def test_a_refused_parameter_is_dropped_once() -> None:
    with serving(error(400, "Unsupported parameter", param="max_tokens"), GOOD) as stub:
        assert ask(stub).outcome is Outcome.OK
    assert ["max_tokens" in r for r in stub.requests] == [True, False]
    with serving(error(400, "Unsupported parameter", param="max_tokens")) as stub:
        assert ask(stub).outcome is Outcome.BAD_REQUEST
    assert len(stub.requests) == 2


def test_the_rules_come_first_and_the_draft_last_and_nothing_else_is_sent() -> None:
    with serving(GOOD) as stub:
        ask(stub)
    (sent,) = stub.requests
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]
    assert sent["messages"][0]["content"] == PROMPT.fixed and sent["messages"][1]["content"] == PROMPT.variable
    assert set(sent) == {"model", "messages", "max_tokens", "response_format"}
    assert stub.paths == ["/v1/chat/completions"]


def test_what_the_environment_has_for_openai_goes_only_where_its_key_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: secret\nAuthorization: secret")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "admin-secret")
    with serving(GOOD) as stub:
        assert ask(stub, api_key="mine").outcome is Outcome.OK
        assert "secret" not in str(stub.headers) and stub.headers[0]["authorization"] == "Bearer mine"
        monkeypatch.setenv("OPENAI_BASE_URL", stub.url)
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: secret")
        assert ask(stub, api_key="mine").outcome is Outcome.OK
        assert (stub.headers[1]["openai-organization"], stub.headers[1]["x-mine"]) == ("org-secret", "secret")


def test_loopback_ignores_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(GOOD) as stub:
        assert ask(stub).outcome is Outcome.OK


def test_the_limit_of_tokens_has_the_name_that_the_host_knows() -> None:
    for url, name in {
        "https://api.openai.com/v1": "max_completion_tokens",
        "https://ours.openai.azure.com/openai/v1/": "max_completion_tokens",
        "http://localhost:11434/v1": "max_tokens",
    }.items():
        body = Endpoint(url, "m").body(PROMPT, Shape)
        assert name in body


def test_ctrl_c_stops_the_model_and_not_the_review(tmp_path: Path, nobodys_settings: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi Priya,\n\nI need an answer by Friday.\n\nJo\n", "utf-8")
    home = {"XDG_CONFIG_HOME": str(nobodys_settings), "XDG_CACHE_HOME": str(nobodys_settings)}
    with serving(Reply(GOOD.body, drip=0.2)) as stub:
        flags = ["--llm", "--model", "m", "--base-url", stub.url, "--format", "json"]
        running = subprocess.Popen(
            [sys.executable, "-m", "reviewer", "review", str(draft), *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **home},
        )  # fmt: skip
        waited = time.monotonic() + 20
        while not stub.requests and time.monotonic() < waited:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 130
    got = json.loads(out)
    assert got["findings"] and got["rewrite"]["by"] == "rules"
    assert [(f["source"], f["reason"]) for f in got["failures"]] == [("judge", "stopped by Ctrl-C")]
    assert "stopped by Ctrl-C" in err and len(stub.requests) == 1


def labelled(folder: Path, many: int) -> Path:
    labels = {"personal_reference": 1, "enthusiasm": 1, "no_pestering": 2, "craft": 1}
    rows = [
        {"id": f"t-{n}", "draft": f"Hi Priya,\n\nThank you for today, {n}.\n\nJo", "labels": labels, "findings": []}
        for n in range(many)
    ]
    file = folder / "labelled.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def test_an_evaluation_tells_its_failures_on_standard_error_and_fails_where_all_failed(tmp_path: Path) -> None:
    file = labelled(tmp_path, 2)
    flags = ["evaluate", str(file), "--llm", "--model", "m"]
    with serving(error(401)) as stub:
        done = CliRunner().invoke(app, [*flags, "--base-url", stub.url])
    assert done.exit_code == 2 and "judged 0 of 2 drafts" in done.stdout
    assert "reviewer: not done, 2 times: judge: not authorised" in done.stderr and "not authorised" not in done.stdout
    with serving(error(400), completion(VERDICTS)) as stub:
        done = CliRunner().invoke(app, [*flags, "--base-url", stub.url])
    assert done.exit_code == 0 and "judged 1 of 2 drafts" in done.stdout and "not done: judge: bad" in done.stderr


def test_ctrl_c_ends_an_evaluation_with_what_is_known(tmp_path: Path, nobodys_settings: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(nobodys_settings), "XDG_CACHE_HOME": str(nobodys_settings)}
    answers = completion(VERDICTS), completion(VERDICTS), Reply(GOOD.body, drip=0.2)
    with serving(*answers) as stub:
        flags = ["--llm", "--model", "m", "--base-url", stub.url]
        running = subprocess.Popen(
            [sys.executable, "-m", "reviewer", "evaluate", str(labelled(tmp_path, 5)), *flags],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **home},
        )  # fmt: skip
        waited = time.monotonic() + 20
        while len(stub.requests) < 3 and time.monotonic() < waited:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 130 and len(stub.requests) == 3
    assert out.startswith("2 drafts, those before it was stopped") and "macro mean of kappa" in out
    assert "asked 3 times; 20 tokens sent" in out and "stopped" in err


def test_a_spent_budget_is_not_overdrawn() -> None:
    with serving(completion('{"word": "yes"}', tokens=50)) as stub:
        model = Endpoint(stub.url, "m", deadline=5, budget=Budget(110))
        outcomes = [model.ask(PROMPT, Shape).outcome for _ in range(4)]
    assert outcomes == [Outcome.OK, Outcome.OK, Outcome.OVER_BUDGET, Outcome.OVER_BUDGET]  # 52 tokens a call
    assert len(stub.requests) == 2


def test_a_retry_asks_the_budget_too() -> None:
    """Two tries that come to nothing cost 2,002 tokens each."""
    with serving(completion("prose", tokens=2000)) as stub:
        budget = Budget(2500)
        endpoint = Endpoint(stub.url, "m", deadline=5, retries=2, budget=budget)
        answer = endpoint.ask(PROMPT, Shape)
        assert (answer.outcome, budget.spent, len(stub.requests)) == (Outcome.BAD_OUTPUT, 2002, 1)
        assert "not tried again: 2,002 of 2,500 tokens are spent, and this needs about 2,002" in answer.reason
    with serving(error(503), GOOD) as stub:  # what was refused cost nothing
        assert Endpoint(stub.url, "m", deadline=5, budget=Budget(60)).ask(PROMPT, Shape).outcome is Outcome.OK


def test_a_try_that_would_cost_too_much_is_not_made_and_one_that_never_ends_is_counted() -> None:
    with serving(GOOD) as stub:
        answer = Endpoint(stub.url, "m", deadline=5, budget=Budget(20)).ask(PROMPT, Shape)
        assert answer.outcome is Outcome.OVER_BUDGET and not stub.requests
    with serving(Reply(GOOD.body, drip=0.05)) as stub:
        budget = Budget(1000)
        assert Endpoint(stub.url, "m", deadline=0.5, budget=budget).ask(PROMPT, Shape).outcome is Outcome.TIMEOUT
        assert 20 < budget.spent < 100


def test_an_answer_is_paid_once_and_found_again_under_another_marker(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "answers.sqlite3"
    again = Prompt(PROMPT.fixed, PROMPT.variable.replace("-----m-----", "-----n-----"), "-----n-----")
    with serving(GOOD) as stub:
        model = Remembering(Endpoint(stub.url, "m", deadline=5), file)
        first, second = model.ask(PROMPT, Shape), model.ask(again, Shape)
        assert (first.usage.calls, second.usage) == (1, Usage(kept=1))
        assert second.value == first.value and len(stub.requests) == 1
        model.ask(PROMPT, Shape, sample=1)
        Remembering(Endpoint(stub.url, "another", deadline=5), file).ask(PROMPT, Shape)
        assert len(stub.requests) == 3
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"Persimmonworth" not in file.read_bytes()
    assert clear(file) == 3 and not file.exists() and clear(file) == 0


def test_only_good_answers_are_kept_and_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite3"
    with serving(completion("prose"), GOOD, GOOD) as stub:
        model = Remembering(Endpoint(stub.url, "m", deadline=5, retries=0), file)
        assert model.ask(PROMPT, Shape).outcome is Outcome.BAD_OUTPUT
        assert model.ask(PROMPT, Shape).outcome is Outcome.OK
        file.write_bytes(b"no database at all" * 100)
        assert model.ask(PROMPT, Shape).usage.calls == 1
    with pytest.raises(sqlite3.Error):
        sqlite3.connect(file).execute("SELECT * FROM answers")
    assert clear(file) == 0 and not file.exists()


def test_the_commands_of_the_cache(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("Hi Priya,\n\nThank you for today.\n\nJo\n", "utf-8")
    with serving(completion(VERDICTS)) as stub:
        flags = [
            "review",
            str(draft),
            "--llm",
            "--model",
            "m",
            "--base-url",
            stub.url,
            "--format",
            "json",
            "--no-rewrite",
        ]
        used = [
            json.loads(CliRunner().invoke(app, more).stdout)["usage"] for more in (flags, flags, [*flags, "--no-cache"])
        ]
    assert [(u["calls"], u["from_cache"]) for u in used] == [(1, 0), (0, 1), (1, 0)]
    assert CliRunner().invoke(app, ["llm", "cache", "clear"]).stdout == "1 answers forgotten\n"


def test_llm_check_says_what_the_endpoint_supports() -> None:
    with serving(error(400, "json_schema unknown"), completion('{"well": true}')) as stub:
        done = CliRunner().invoke(app, ["llm", "check", "--model", "m", "--base-url", stub.url])
    assert done.exit_code == 0 and "json object" in done.stdout and "10 in, 2 out" in done.stdout
    assert f"m at {stub.url}" in done.stderr
    with serving(error(401)) as stub:
        done = CliRunner().invoke(app, ["llm", "check", "--model", "m", "--base-url", stub.url])
    assert done.exit_code == 2 and "OPENAI_API_KEY" in done.stdout


def lax(node: Any) -> list[str]:
    """What OpenAI's rule for strict schemas forbids in a schema."""
    if isinstance(node, list):
        return [fault for item in node for fault in lax(item)]
    if not isinstance(node, dict):
        return []
    faults = [word for word in ("default", "oneOf", "allOf", "prefixItems", "patternProperties") if word in node]
    if node.get("type") == "object":
        faults += ["open"] if node.get("additionalProperties") is not False else []
        faults += ["optional"] if set(node["required"]) != set(node["properties"]) else []
    if "$ref" in node and len(node) > 1:
        faults.append("beside $ref")
    return faults + lax(list(node.values()))


def test_every_schema_keeps_the_strict_rule_under_which_it_is_sent(rubric: Rubric) -> None:
    """An endpoint that enforces the rule answers 400 to any other; `llm check` would then say what is not so."""
    criteria = tuple(c.id for c in rubric.criteria if c.judged)
    rules = tuple(u.rule for c in rubric.criteria for u in c.uses if u.ask)
    for shape in (shape_for(criteria, rules), Rewritten, Tiny):
        assert lax(schema_of(shape)) == [], shape.__name__
    assert lax({"type": "object", "properties": {"a": {"default": 1}}, "required": []}) == [
        "open",
        "optional",
        "default",
    ]


def test_a_long_draft_is_not_sent(rubric: Rubric) -> None:
    with serving(GOOD) as stub:
        judge = Judge(Endpoint(stub.url, "m"))
        done = review(
            Message("Hi Priya,\n\n" + "Thank you. " * 2000), rubric, context=Context(), judge=judge, rewriting=True
        )
    assert not stub.requests and [f.source for f in done.failures] == ["judge"]
    assert "12,000" in done.failures[0].reason
