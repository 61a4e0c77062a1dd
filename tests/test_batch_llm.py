"""With a model: several drafts at a time, what it asks of one holds for all, and nothing is paid twice."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from reviewer.batch.work import _ANOTHER_TIME
from reviewer.cli.app import app_for
from reviewer.folders import config_file
from reviewer.language.acts import _MANY, Act, _Model, line_features
from reviewer.llm import Budget, Outcome
from reviewer.resources import model

from stub import Reply, Stub, completion, error, serving

app = app_for(["batch"])
pytestmark = pytest.mark.loopback
READ = '{"criteria": [{"criterion": "craft", "reason": "r", "level": "good", "quote": null}], "findings": []}'
TOKENS = 2_202  # of an answer of the stub, which is less than what a try is estimated at


def answer() -> Reply:
    return completion(READ, tokens=TOKENS - 2)


@pytest.fixture
def drafts(tmp_path: Path, corpus_lines: list[str]) -> Path:
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join(corpus_lines[:30]), encoding="utf-8")
    return file


def batch(stub: Stub, drafts: Path, *more: object) -> Result:
    flags = ["--llm", "--model", "m", "--base-url", stub.url, "--output", str(drafts.with_name("out.jsonl"))]
    return CliRunner().invoke(app, ["batch", str(drafts), *flags, *map(str, more)])


def reviews(drafts: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in drafts.with_name("out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_several_drafts_are_read_at_a_time_and_each_is_asked_about_once(drafts: Path, corpus_lines: list[str]) -> None:
    with serving(answer()) as stub:
        done = batch(stub, drafts)
        assert done.exit_code == 0 and f"30 drafts reviewed, 0 failed; {30 * TOKENS:,} tokens" in done.stderr
        assert len(stub.requests) == 30
    assert "Second reader: m at http://127.0.0.1" in done.stderr
    got = reviews(drafts)
    assert [r["id"] for r in got] == [json.loads(line)["id"] for line in corpus_lines[:30]]
    assert all(r["criteria"]["craft"]["judged"] is not None for r in got)  # type: ignore[index]


def test_what_it_costs_is_shown_where_prices_are_told(drafts: Path) -> None:
    drafts.write_text("".join(drafts.read_text(encoding="utf-8").splitlines(keepends=True)[:10]), encoding="utf-8")
    with serving(answer()) as stub:  # 2,200 tokens sent, 4 of them cached, and 2 received, ten times
        assert "; 22,020 tokens\n" in batch(stub, drafts).stderr
        flags = ["--restart", "--no-cache", "--input-price", 2, "--output-price", 8]
        assert "; 22,020 tokens, cost 0.0442" in batch(stub, drafts, *flags).stderr
        assert "; 22,020 tokens, cost 0.0441" in batch(stub, drafts, *flags, "--cached-input-price", 0.5).stderr
        asked = len(stub.requests)
        config_file().parent.mkdir(parents=True)
        config_file().write_text("[llm]\ninput_price = 2_000.0\noutput_price = 8\n", encoding="utf-8")
        assert "; 22,020 tokens, cost 44.00" in batch(stub, drafts, "--restart", "--no-cache").stderr
        config_file().write_text("[llm]\noutput_price = 8\n", encoding="utf-8")
        done = batch(stub, drafts, "--restart", "--no-cache")
        assert "needs both prices" in str(done.exception) and len(stub.requests) == asked + 10


def test_when_it_asks_one_to_wait_all_wait_and_every_draft_is_read(drafts: Path) -> None:
    wait = error(429, headers={"retry-after-ms": "400"})
    with serving(answer(), answer(), wait, answer()) as stub:
        done = batch(stub, drafts)
        assert done.exit_code == 0 and "not read by the model" not in done.stderr
        assert len(stub.requests) == 31


def test_tokens_that_are_spent_end_the_run_and_nothing_is_paid_twice(drafts: Path) -> None:
    with serving(answer()) as stub:
        ended = batch(stub, drafts, "--max-tokens-total", 12 * TOKENS)
        assert "the tokens that may be spent are spent; the run was ended" in str(ended.exception)
        assert 0 < len(stub.requests) <= 12 and not drafts.with_name("out.jsonl").exists()
        done = batch(stub, drafts, "--resume", "--no-cache", "--jobs", 2)
        assert done.exit_code == 0 and "of them by an earlier run, 0 failed" in done.stderr
        kept = int(done.stderr.split(" of them by an earlier run")[0].rsplit(", ", 1)[1])
        assert 0 < kept <= 12 and all(r["failures"] == [] or r["usage"] for r in reviews(drafts))
    assert len(reviews(drafts)) == 30


@pytest.mark.parametrize("trouble", [error(503), error(401), error(400)], ids=["unavailable", "not authorised", "bad"])
def test_drafts_that_were_not_read_are_reviewed_offline_and_read_when_the_model_is_back(
    drafts: Path, trouble: Reply
) -> None:
    drafts.write_text("\n".join(drafts.read_text(encoding="utf-8").splitlines()[:3]), encoding="utf-8")
    with serving(trouble) as stub:
        done = batch(stub, drafts, "--deadline", 1)
        assert done.exit_code == 1 and "3 drafts reviewed, 0 failed, 3 not read by the model" in done.stderr
    assert all(r["failures"] for r in reviews(drafts))
    with serving(answer()) as stub:
        name = stub.url
        again = batch(stub, drafts, "--resume", "--mixed")  # the stub has another port, and so is another model
        assert again.exit_code == 0 and len(stub.requests) == 3, (again.stderr, name)
    assert not drafts.with_name("out.jsonl.journal").exists()


def test_too_many_that_are_not_read_end_the_run(drafts: Path) -> None:
    with serving(error(401)) as stub:
        done = batch(stub, drafts, "--max-errors", 3, "--jobs", 1)
        assert "more than 3 rows failed" in str(done.exception) and len(stub.requests) <= 8


def test_another_model_is_refused(drafts: Path) -> None:
    with serving(answer()) as stub:
        batch(stub, drafts, "--max-tokens-total", 12 * TOKENS)
        done = batch(stub, drafts, "--resume", "--samples", 3)
        assert "was made with another model 'm at http://127.0.0.1" in str(done.exception)


def test_a_run_that_is_killed_asks_again_only_what_was_not_answered(drafts: Path, tmp_path: Path) -> None:
    """A kill costs the answers on their way, one for each draft at hand, and no more."""
    at_once, killed, moments = 3, 0, random.Random(6)
    with serving(answer()) as stub:
        command = [
            *(sys.executable, "-m", "reviewer", "batch", drafts, "--output", tmp_path / "out.jsonl", "--jobs", at_once),
            *("--resume", "--llm", "--model", "m", "--base-url", stub.url),
        ]
        home = {name: str(tmp_path) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        for _ in range(3):
            run = subprocess.Popen(list(map(str, command)), env={**os.environ, **home}, stderr=subprocess.DEVNULL)
            until = len(stub.requests) + moments.randint(2, 8)
            while run.poll() is None and len(stub.requests) < until:
                time.sleep(0.005)
            run.kill()
            killed += run.wait() == -9
        assert killed == 3
        subprocess.run(list(map(str, command)), env={**os.environ, **home}, stderr=subprocess.DEVNULL, check=True)
        assert 30 <= len(stub.requests) <= 30 + killed * at_once
    assert len(reviews(drafts)) == 30


def test_a_budget_is_never_overdrawn_by_several_at_once() -> None:
    budget = Budget(100)
    assert [budget.take(40), budget.take(40)] == [None, None] and budget.take(40) is not None
    budget.settle(40, 10)
    assert budget.take(40) is None and budget.spent == 90


def test_the_failures_that_are_worth_another_try_are_outcomes_of_an_answer() -> None:
    assert set(_ANOTHER_TIME) <= {str(outcome) for outcome in Outcome}


def test_what_a_sentence_does_is_told_alike_while_another_thread_unpacks_the_weights() -> None:
    unpacking, whole = _Model(model("acts.bin")), _Model(model("acts.bin"))
    sentence = "i would really love to join the team".split()
    for _ in range(_MANY - 1):
        unpacking.sure([])
        whole.sure([])
    whole.sure([])
    at, meanwhile = unpacking._at, []

    def slowly(place: int) -> int:
        unpacking._at = at  # type: ignore[method-assign]
        meanwhile.append((unpacking.sure(line_features(sentence)), unpacking.heaviest(sentence, 0)))
        return at(place)

    unpacking._at = slowly  # type: ignore[method-assign]
    unpacking.sure([])
    assert meanwhile == [(whole.sure(line_features(sentence)), whole.heaviest(sentence, 0))]


def test_the_words_that_weigh_most_are_told_by_a_model_that_did_not_read_them_before() -> None:
    first, whole = _Model(model("acts.bin")), _Model(model("acts.bin"))
    sentence = "i would really love to join the team".split()
    for _ in range(_MANY):
        whole.sure([])
    assert [first.heaviest(sentence, act) for act in range(len(Act))] == [
        whole.heaviest(sentence, act) for act in range(len(Act))
    ]
