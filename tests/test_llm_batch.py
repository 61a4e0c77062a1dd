"""A model asked in batches: what becomes of the reviews whatever happens on the way, and that nothing is paid twice."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner, Result

from reviewer.batch.asked import Asked
from reviewer.cli.app import app_for
from reviewer.llm_batch import lines_in

from provider import Provider, providing
from test_wire import KEY, server

app = app_for(["batch"])
pytestmark = pytest.mark.loopback
MANY = 12


def said(body: dict[str, Any]) -> str:
    """What a model of few words says: a level that depends on the draft, a rewritten version that will not do."""
    if body["response_format"]["json_schema"]["name"] == "Rewritten":
        return json.dumps({"subject": None, "text": "Hello Mr Nobody, see you in Timbuktu.", "changes": []})
    level = ("good", "fair", "poor")[len(body["messages"][1]["content"]) % 3]
    judged = {"criterion": "craft", "reason": "It reads so.", "level": level, "quote": None}
    return json.dumps({"criteria": [judged], "findings": []})


def completion(content: str, tokens: int = 100) -> tuple[int, dict[str, Any]]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return 200, {"choices": [choice], "usage": {"prompt_tokens": tokens - 20, "completion_tokens": 20}}


def answer(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return completion(said(body))


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.batch.rounds._FIRST_PAUSE", 0.01)


@pytest.fixture
def drafts(tmp_path: Path, corpus_lines: list[str]) -> Path:
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join(corpus_lines[:MANY]), encoding="utf-8")
    return file


def flags(provider: Provider, drafts: Path, *more: object) -> list[str]:
    output = ["--output", drafts.with_name("out.jsonl")]
    return list(map(str, ["batch", drafts, *output, "--model", "m", "--base-url", provider.url, *more]))


def batch(provider: Provider, drafts: Path, *more: object) -> Result:
    return CliRunner().invoke(app, flags(provider, drafts, "--llm-batch", "--no-cache", *more))


def written(drafts: Path) -> str:
    return drafts.with_name("out.jsonl").read_text(encoding="utf-8")


def reviews(drafts: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(drafts).splitlines()]


def asked_at_once(provider: Provider, drafts: Path, *more: object) -> str:
    """What --llm writes with the same answers."""
    done = CliRunner().invoke(app, flags(provider, drafts, "--llm", "--no-cache", "--restart", *more))
    assert done.exit_code == 0, done.stderr
    return written(drafts)


def left(drafts: Path) -> list[str]:
    """What stands beside the drafts and the reviews."""
    return sorted(p.name for p in drafts.parent.iterdir() if p.name not in {"drafts.jsonl", "out.jsonl", "home"})


@pytest.mark.parametrize("more", [(), ("--rewrite", "--samples", 3), ("--redact", "--rewrite")])
def test_the_reviews_are_those_of_a_model_asked_at_once(drafts: Path, more: tuple[object, ...]) -> None:
    """The results come in another order; the rewrite is asked for when the judgement is there."""
    with providing(answer) as provider:
        done = batch(provider, drafts, *more)
        assert done.exit_code == 0, (done.stderr, done.exception)
        assert f"{MANY} drafts reviewed, 0 failed; " in done.stderr
        in_batches = written(drafts)
        assert max(Counter(provider.ids).values()) == 1 and provider.files == {} and left(drafts) == []
        sent = Counter(without_markers(body) for body in provider.asked)
        provider.asked.clear()
        provider.answer = lambda body: provider.asked.append(body) or answer(body)  # type: ignore[func-returns-value]
        assert in_batches == asked_at_once(provider, drafts, *more)
        assert sent == Counter(without_markers(body) for body in provider.asked)


def without_markers(body: dict[str, Any]) -> str:
    """A request, but for the marker that is new to every one."""
    variable = body["messages"][1]["content"]
    marker = next(line for line in variable.splitlines() if line.startswith("-----"))
    return json.dumps(body).replace(marker, "")


def test_an_answer_in_another_shape_is_asked_for_again_as_often_as_at_once(drafts: Path) -> None:
    seen: Counter[str] = Counter()

    def strange_at_first(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        seen[without_markers(body)] += 1
        return completion(said(body)) if seen[without_markers(body)] > 2 else completion("I cannot say.")

    with providing(strange_at_first) as provider:
        assert batch(provider, drafts).exit_code == 0
        in_batches = written(drafts)
        assert set(Counter(provider.ids).values()) == {3} and len(provider.batches) == 3
        seen.clear()
        assert in_batches == asked_at_once(provider, drafts)
    assert all(r["usage"]["calls"] == 3 for r in reviews(drafts))


def test_a_format_that_is_refused_is_left_out(drafts: Path) -> None:
    def no_schemas(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["response_format"]["type"] == "json_schema":
            return 400, {"error": {"message": "json_schema is not supported"}}
        return completion(
            '{"criteria": [{"criterion": "craft", "reason": "r", "level": "good", "quote": null}], "findings": []}'
        )

    with providing(no_schemas) as provider:
        assert batch(provider, drafts).exit_code == 0
        assert [body["response_format"]["type"] for body in provider.asked] == ["json_schema"] * MANY + [
            "json_object"
        ] * MANY


def test_what_a_batch_leaves_over_has_its_offline_review_and_is_asked_again_by_resume(drafts: Path) -> None:
    """One expired, one in the error file."""
    refused: set[str] = set()

    def one_refused(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if not refused:
            refused.add(without_markers(body))
            return 400, {"error": {"message": "no", "code": "bad"}}
        return answer(body)

    with providing(one_refused, statuses=["expired"]) as provider:
        done = batch(provider, drafts)
        assert done.exit_code == 1 and f"{MANY} drafts reviewed, 0 failed, 2 not read by the model" in done.stderr
        assert "batch batch_1: expired" in done.stderr
        reasons = [f["reason"] for r in reviews(drafts) for f in r["failures"]]
        assert sorted(reason for reason in reasons if not reason.startswith("it says nothing of")) == [
            "bad request: HTTP 400; no",
            "timed out: its batch expired before its turn came",
        ]
        assert left(drafts) == ["out.jsonl.batches", "out.jsonl.journal"] and provider.files == {}
        again = batch(provider, drafts, "--resume")
        assert again.exit_code == 0 and len(provider.ids) == MANY - 1 + 2
        assert written(drafts) == asked_at_once(provider, drafts) and left(drafts) == []


def test_what_is_limited_in_the_error_file_is_asked_again_in_the_same_run(drafts: Path) -> None:
    limited = [3]

    def busy(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        limited[0] -= 1
        return answer(body) if limited[0] < 0 else (429, {"error": {"message": "slow down", "code": "rate"}})

    with providing(busy) as provider:
        assert batch(provider, drafts).exit_code == 0
        assert len(provider.ids) == MANY + 3 and len(provider.batches) == 2


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        ("failed", "invalid_json_line", "bad request: the endpoint refused the batch (invalid_json_line)"),
        ("failed", "Draft: Dear Anna", "bad request: the endpoint refused the batch (no reason given)"),
        ("failed", "token_limit_exceeded", "rate limited: its batch has more tokens than the account may have waiting"),
        ("cancelled", "", "stopped: its batch was cancelled at the endpoint"),
    ],
)
def test_a_batch_that_fails_leaves_the_offline_reviews(drafts: Path, status: str, code: str, reason: str) -> None:
    with providing(answer, statuses=[status], code=code, expiring=MANY) as provider:
        done = batch(provider, drafts)
        assert done.exit_code == 1 and f"{MANY} not read by the model" in done.stderr
        assert f"batch batch_1: {status}" in done.stderr and "Dear Anna" not in done.stderr
        assert all(r["failures"][0]["reason"].startswith(reason) for r in reviews(drafts))
        assert provider.ids == [] and provider.files == {}
        assert batch(provider, drafts, "--resume").exit_code == 0
        assert len(provider.ids) == MANY


def test_what_the_account_has_no_room_for_follows_when_there_is_room(drafts: Path) -> None:
    with providing(answer, statuses=["completed", "failed", "failed"], code="token_limit_exceeded") as provider:
        done = batch(provider, drafts, "--batch-size", 4)
        assert done.exit_code == 0 and "the account has room for 1 of these batches at a time" in done.stderr
        assert len(provider.batches) == 5 and max(Counter(provider.ids).values()) == 1
        assert len(provider.ids) == MANY and provider.files == {}


def test_files_are_split_at_the_limits(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with providing(answer) as provider:
        assert batch(provider, drafts, "--batch-size", 5).exit_code == 0
        assert [batch["request_counts"]["total"] for batch in provider.batches.values()] == [5, 5, 2]
    with providing(answer) as provider:
        monkeypatch.setattr("reviewer.llm_batch.MOST_SENT", 50_000)
        assert batch(provider, drafts, "--restart").exit_code == 0
        assert len(provider.batches) > 1 and max(provider.sizes) <= 50_000
        assert len(provider.ids) == len(set(provider.ids)) == MANY


def test_drafts_that_are_alike_are_asked_about_once(drafts: Path) -> None:
    drafts.write_text("\n".join([*drafts.read_text(encoding="utf-8").splitlines()] * 2), encoding="utf-8")
    with providing(answer) as provider:
        done = batch(provider, drafts)
        assert f"{2 * MANY} drafts reviewed, 0 failed; {MANY * 100:,} tokens" in done.stderr
        assert len(provider.ids) == MANY
    assert sorted(r["usage"]["from_cache"] for r in reviews(drafts)) == [0] * MANY + [1] * MANY


def test_answers_are_remembered_for_other_runs_and_those_of_others_used(drafts: Path) -> None:
    with providing(answer) as provider:
        first = CliRunner().invoke(app, flags(provider, drafts, "--llm-batch"))
        again = CliRunner().invoke(app, flags(provider, drafts, "--llm-batch", "--restart"))
        at_once = CliRunner().invoke(app, flags(provider, drafts, "--llm", "--restart"))
        assert (first.exit_code, again.exit_code, at_once.exit_code) == (0, 0, 0)
        assert len(provider.ids) == MANY and provider.calls.count("POST /chat/completions") == 0


def test_tokens_that_may_be_spent_bound_what_is_submitted(drafts: Path) -> None:
    with providing(lambda body: completion(said(body), 2_300)) as provider:
        ended = batch(provider, drafts, "--max-tokens-total", 12_000)
        assert "the tokens that may be spent are spent; the run was ended" in str(ended.exception)
        paid = len(provider.ids)
        assert 2 <= paid <= 5 and not drafts.with_name("out.jsonl").exists()
        assert batch(provider, drafts, "--resume").exit_code == 0
        assert len(provider.ids) == len(set(provider.ids)) == MANY


def test_stand_ins_are_sent_for_names(drafts: Path) -> None:
    names = {
        person["name"] if isinstance(person, dict) else person
        for line in drafts.read_text(encoding="utf-8").splitlines()
        for person in json.loads(line)["context"].get("interviewers", [])
    }
    with providing(answer) as provider:
        assert batch(provider, drafts, "--redact").exit_code == 0
        sent = json.dumps([body["messages"][1] for body in provider.asked], ensure_ascii=False)
    assert len(names) > 5 and not [name for name in names if name in sent]


def test_a_submission_that_is_not_waited_for_is_gone_on_with_until_all_is_read(drafts: Path) -> None:
    with providing(answer) as provider:
        done = batch(provider, drafts, "--rewrite", "--no-wait")
        assert done.exit_code == 1 and "under way: batch_1; " in done.stderr and "go on with --resume" in done.stderr
        assert not drafts.with_name("out.jsonl").exists() and provider.ids == []
        runs = 0
        while done.exit_code:
            done = batch(provider, drafts, "--rewrite", "--no-wait", "--resume")
            runs += 1
        assert runs == 6 and len(provider.batches) == 3  # two looks at each of three batches
        assert max(Counter(provider.ids).values()) == 1
        assert written(drafts) == asked_at_once(provider, drafts, "--rewrite")


def test_an_endpoint_that_is_away_for_a_moment_is_asked_again_and_makes_one_batch(drafts: Path) -> None:
    """The second file and the first batch are there although the reply said otherwise."""
    trouble = {
        "POST /files": [503, -502],
        "POST /batches": [-500],
        "GET /batches/…": [429, 503],
        "GET /files/…": [500],
        "DELETE /files/…": [503],
    }
    with providing(answer, trouble=trouble) as provider:
        done = batch(provider, drafts)
        assert done.exit_code == 0, (done.stderr, done.exception)
        assert not any(provider.trouble.values())
        assert len(provider.batches) == 1 and len(provider.ids) == MANY and provider.files == {}


@pytest.mark.parametrize("call", ["POST /files", "POST /batches", "GET /batches/…", "GET /files/…"])
def test_an_endpoint_that_is_away_for_long_ends_the_run_which_is_gone_on_with(drafts: Path, call: str) -> None:
    with providing(answer, trouble={call: [-504]}) as provider:
        done = batch(provider, drafts)
        assert "HTTP 504" in str(done.exception) and "go on with --resume" in done.stderr
        assert batch(provider, drafts, "--resume").exit_code == 0
        assert len(provider.batches) == 1 and len(provider.ids) == MANY
        assert provider.files == {} and left(drafts) == []


@pytest.mark.parametrize("status", [404, 401])
def test_an_endpoint_without_batches_is_told_and_leaves_nothing_behind(drafts: Path, status: int) -> None:
    with providing(answer, trouble={"POST /files": [status]}) as provider:
        done = batch(provider, drafts)
        helps = {404: "ask it draft by draft, with --llm", 401: "is the key"}[status]
        assert f"HTTP {status}" in str(done.exception) and helps in str(done.exception)
        assert left(drafts) == [] and provider.calls == ["POST /files"]


def test_an_endpoint_that_answers_with_something_else_is_told(drafts: Path) -> None:
    with providing(answer, trouble={"POST /files": [200]}) as provider:
        done = batch(provider, drafts)
        assert "it answers with another shape than a Batch API" in str(done.exception)


def test_files_that_cannot_be_deleted_are_named(drafts: Path) -> None:
    with providing(answer, undeletable=True) as provider:
        done = batch(provider, drafts)
        assert done.exit_code == 0 and len(provider.files) == 2
        assert f"could not be deleted at the endpoint, so delete there: {', '.join(provider.files)}" in done.stderr


def hostile(output: list[str], errors: list[str]) -> tuple[list[str], list[str]]:
    """Lines of others, twice, broken, deep, huge, of another shape; the last two requests are never answered."""
    good = [json.loads(line) for line in output]
    other = completion(json.dumps({"criteria": [], "findings": []}))[1]
    again = {**good[0], "response": {"status_code": 200, "body": other}}
    strange = [
        json.dumps({**good[1], "custom_id": "../../etc/passwd"}),
        json.dumps({**good[1], "custom_id": "0" * 64}),
        json.dumps({**good[1], "custom_id": "\ud800"}),
        json.dumps({**good[1], "custom_id": 7}),
        json.dumps({**good[1], "response": {"status_code": 10**30, "body": other}}),
        json.dumps({**good[1], "response": "none"}),
        "[" * 100_000,
        "not JSON, " + "x" * 2_050_000,
        '{"custom_id": ',
        "null",
    ]
    return [*strange, *output[:-2], json.dumps(again), ""], [json.dumps(again), *errors]


def test_hostile_results_cost_no_more_than_what_they_leave_out(drafts: Path) -> None:
    changes: Iterator[Callable[..., Any]] = iter([hostile])

    def change(output: list[str], errors: list[str]) -> tuple[list[str], list[str]]:
        return next(changes, lambda o, e: (o, e))(output, errors)

    with providing(answer, change=change) as provider:
        done = batch(provider, drafts)
        assert done.exit_code == 0, (done.stderr, done.exception)
        assert "12 lines of batch batch_1 answer nothing that was asked, and are left out" in done.stderr
        assert len(provider.ids) == MANY + 2
        assert [r["criteria"] for r in reviews(drafts)] == [
            r["criteria"] for r in map(json.loads, asked_at_once(provider, drafts).splitlines())
        ]


def test_lines_of_any_length_are_read_and_those_too_long_passed_over() -> None:
    line = json.dumps({"custom_id": "a" * 64, "response": {"status_code": 200, "body": {}}}).encode()
    file = io.BytesIO(b"\n".join([line, b"x" * 999, b"", line + b" " * (199 - len(line)), b"y" * 200, line]))
    assert [found is not None for found in lines_in(file, most=200)] == [True, False, True, False, True]


def test_what_is_kept_is_closed_once_and_when_nobody_is_asking_for_an_answer(tmp_path: Path) -> None:
    asked = Asked(tmp_path / "out.batches")
    closing = Thread(target=asked.abandon)
    with asked._lock:
        closing.start()
        closing.join(0.05)
        assert closing.is_alive() and asked.empty
    closing.join()
    asked.finish()
    with pytest.raises(sqlite3.ProgrammingError):
        asked.answers("0" * 64)
    assert not asked.path.exists()


def run(provider: Provider, drafts: Path, *more: object) -> subprocess.Popen[str]:
    """The real command, in a home of its own, with a folder for what is temporary."""
    home = {name: str(drafts.parent / "home") for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    (drafts.parent / "home" / "tmp").mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **home, "TMPDIR": str(drafts.parent / "home" / "tmp")}
    command = [sys.executable, "-m", "reviewer", *flags(provider, drafts, "--llm-batch", *more)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def until(true: Callable[[], object], process: subprocess.Popen[str]) -> None:
    while not true():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("silent_after", "seen"),
    [
        ("POST /files", "POST /files"),  # the file is there, and its id is not known
        ("POST /batches", "POST /batches"),  # the batch is, and its id is not known
        ("", "GET /batches/…"),  # submitted, and not ended
        ("GET /files/…", "GET /files/…"),  # ended, and its results on their way
        ("DELETE /files/…", "DELETE /files/…"),  # kept, and not yet deleted
    ],
)
def test_a_run_that_is_killed_is_gone_on_with_and_nothing_is_paid_twice(
    drafts: Path, silent_after: str, seen: str
) -> None:
    with providing(answer, silent_after=silent_after) as provider:
        if not silent_after:
            provider.held.clear()
        first = run(provider, drafts)
        until(lambda: seen in provider.calls, first)
        first.kill()
        assert first.wait() == -signal.SIGKILL
        assert list((drafts.parent / "home" / "tmp").iterdir()) == []
        provider.silent_after = ""
        provider.silence.set()
        provider.held.set()
        refused = run(provider, drafts)
        assert "an earlier run has asked in batches; go on with --resume" in refused.communicate()[1]
        second = run(provider, drafts, "--resume")
        assert second.wait() == 0, second.communicate()
        assert len(provider.batches) == 1 and len(provider.ids) == len(set(provider.ids)) == MANY
        assert provider.files == {}
        assert written(drafts) == asked_at_once(provider, drafts) and left(drafts) == []


def test_ctrl_c_says_how_to_go_on(drafts: Path) -> None:
    with providing(answer) as provider:
        provider.held.clear()
        waiting = run(provider, drafts)
        until(lambda: "GET /batches/…" in provider.calls, waiting)
        waiting.send_signal(signal.SIGINT)
        told = waiting.communicate()[1]
        assert waiting.returncode == 130 and "under way: batch_1; " in told and "go on with --resume" in told
        assert "Traceback" not in told


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--llm-batch"], "an earlier run has asked in batches; go on with --resume"),
        (["--llm"], "go on with --llm-batch --resume"),
        (["--llm-batch", "--resume", "--samples", 2], "the earlier run was made with another model"),
        (
            ["--llm-batch", "--resume", "--mixed", "--base-url", "http://127.0.0.1:9/v1"],
            "batches are under way at http://",
        ),
        (["--llm-batch", "--no-llm"], "give one of them"),
        (["--llm", "--no-wait"], "--no-wait is of use with --llm-batch alone"),
    ],
)
def test_what_would_be_paid_twice_or_means_nothing_is_refused(drafts: Path, more: list[object], reason: str) -> None:
    with providing(answer) as provider:
        assert batch(provider, drafts, "--no-wait").exit_code == 1
        calls = len(provider.calls)
        done = CliRunner().invoke(app, flags(provider, drafts, *more))
        assert reason in str(done.exception) and len(provider.calls) == calls


def test_what_is_read_several_times_is_no_pipe_and_what_is_kept_has_a_place(drafts: Path) -> None:
    with providing(answer) as provider:
        piped = CliRunner().invoke(app, flags(provider, Path("-"), "--llm-batch"), input=drafts.read_text("utf-8"))
        assert "reads the drafts several times" in str(piped.exception)
        printed = CliRunner().invoke(
            app, ["batch", str(drafts), "--llm-batch", "--model", "m", "--base-url", provider.url]
        )
        assert "--llm-batch needs an --output" in str(printed.exception) and provider.calls == []


@pytest.mark.wire
def test_llama_cpp_has_no_batches_and_that_is_told(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWER_API_KEY", KEY)
    done = batch(Provider(answer, f"{server().listening_address}/v1"), drafts)
    assert "HTTP 404" in str(done.exception) and "ask it draft by draft, with --llm" in str(done.exception)
    assert left(drafts) == []


@pytest.mark.wire
def test_each_line_on_llama_cpp(drafts: Path) -> None:
    """Real completions, each had once: another order, one expired, one refused, killed before the first has come."""
    drafts.write_text("\n".join(drafts.read_text(encoding="utf-8").splitlines()[:3]), encoding="utf-8")
    had: dict[str, tuple[int, Any]] = {}

    def real(body: dict[str, Any]) -> tuple[int, Any]:
        key = without_markers(body)
        if not had:
            had[key] = asked({**body, "messages": "none"})
            return had.pop(key)
        had[key] = had.get(key) or asked(body)
        return had[key]

    def asked(body: dict[str, Any]) -> tuple[int, Any]:
        url, key = f"{server().listening_address}/v1/chat/completions", {"authorization": f"Bearer {KEY}"}
        reply = httpx2.post(url, json=body, headers=key, timeout=600, trust_env=False)
        had.setdefault("", (0, None))  # from now on nothing is refused
        return reply.status_code, reply.json()

    more = ("--rewrite", "--no-cache")
    with providing(real, statuses=["expired"]) as provider:
        provider.held.clear()
        first = run(provider, drafts, *more)
        until(lambda: "GET /batches/…" in provider.calls, first)
        first.kill()
        assert first.wait() == -signal.SIGKILL and provider.ids == []
        provider.held.set()
        second = run(provider, drafts, *more, "--resume")
        told = second.communicate()[1]
        assert second.returncode == 1 and "3 drafts reviewed, 0 failed, 2 not read by the model" in told
        reasons = sorted(reason for r in reviews(drafts) for reason in unread(r))
        assert reasons[0].startswith("bad request: HTTP 400") and reasons[1].startswith("timed out: its batch expired")
        third = run(provider, drafts, *more, "--resume")
        assert third.wait() == 0, third.communicate()
        assert sorted(Counter(provider.ids).values()) == [1] * 8 + [2] and provider.files == {}
        in_batches = written(drafts)
        assert in_batches == asked_at_once(provider, drafts, "--rewrite", "--deadline", 600)
    assert all(r["usage"]["completion_tokens"] > 10 and not unread(r) for r in reviews(drafts))


def unread(review: dict[str, Any]) -> list[str]:
    return [f["reason"] for f in review["failures"] if f["reason"].startswith(("bad request", "timed out"))]
