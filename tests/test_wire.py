"""The wire of a real server: llama.cpp's, with a model whose words are noise and whose JSON obeys the schema.

Ordinarily replayed from cassettes/wire with the network denied. `make wire` runs the same tests against the server
itself, `make record` records them anew.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import vcr
from pydantic import BaseModel
from vcr.request import Request

from reviewer import Context, Message, Rubric, review
from reviewer.judge import Judge, shape_for
from reviewer.llm import Endpoint, Outcome, Tiny
from reviewer.prompt import Prompt
from reviewer.rewrite.ask import Rewritten

CASSETTES = Path(__file__).parent.parent / "cassettes"
KEY = "a-key-of-no-worth"


def kept_request(request: Request) -> Request:
    """What a request is found by, and no more: no key, no host, no name of a client."""
    request.uri = "http://llm.invalid" + request.path
    request.headers = {"content-type": "application/json"}
    return request


def kept_response(response: dict[str, Any]) -> dict[str, Any]:
    """Status, type, and the parts of the body that are read."""
    body = json.loads(response["body"]["string"])
    allowed = {"object", "choices", "usage", "error"}
    kept = json.dumps({key: body[key] for key in body if key in allowed}, sort_keys=True)
    response["body"] = {"string": kept.encode()}
    response["headers"] = {"content-type": ["application/json; charset=utf-8"]}
    return response


RECORDER = vcr.VCR(
    cassette_library_dir=str(CASSETTES / "wire"),
    match_on=("method", "path", "body"),
    before_record_request=kept_request,
    before_record_response=kept_response,
    decode_compressed_response=True,
)


@dataclass
class Wire:
    url: str

    def endpoint(self, **settings: Any) -> Endpoint:
        return Endpoint(self.url, "tiny", **{"api_key": KEY, "deadline": 60, "retries": 0, **settings})


@cache
def server() -> Any:
    sys.path.insert(0, str(CASSETTES))
    from server import start  # type: ignore[import-not-found]

    return start()


@pytest.fixture(params=["replayed", pytest.param("live", marks=[pytest.mark.wire, pytest.mark.loopback])])
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    live = request.param == "live"
    name = request.node.name.removeprefix("test_").partition("[")[0]
    if live and request.config.getoption("--record"):
        (CASSETTES / "wire" / f"{name}.yaml").unlink(missing_ok=True)
        with RECORDER.use_cassette(f"{name}.yaml", record_mode="all"):
            yield Wire(f"{server().listening_address}/v1")
    elif live:
        yield Wire(f"{server().listening_address}/v1")
    else:
        with replayed(name) as url:
            yield Wire(url)


@contextmanager
def replayed(name: str) -> Iterator[str]:
    with RECORDER.use_cassette(f"{name}.yaml", record_mode="none") as cassette:
        yield "http://llm.invalid/v1"
        assert cassette.all_played, "the cassette has answers that nobody asked for; make record"


def judge(wire: Wire) -> Judge:
    return Judge(wire.endpoint(), marker=lambda: "-----a marker-----")


def test_a_judgement_in_shape(wire: Wire, rubric: Rubric, good: tuple[Message, Context]) -> None:
    """Its words are noise: what does not stand in the draft moves nothing."""
    message, context = good
    done = review(message, rubric, context=context, judge=judge(wire))
    assert done.usage is not None and done.usage["judge"].calls == 1 and done.usage["judge"].completion_tokens > 10
    assert not any(f.reason.startswith(tuple(o for o in Outcome if o is not Outcome.OK)) for f in done.failures)
    assert done.score == review(message, rubric, context=context).score


def test_a_rewrite_in_shape_that_does_not_pass_the_door(
    wire: Wire, rubric: Rubric, good: tuple[Message, Context]
) -> None:
    message, context = good
    done = review(message, rubric, context=context, judge=judge(wire), rewriting=True)
    assert done.usage is not None
    assert (done.usage["judge"].calls, done.usage["rewrite"].calls) == (1, 2)  # and a second try
    assert done.rewrite is not None and done.rewrite.by == "rules" and done.rewrite.refused
    assert done.rewrite.text == message.text


def test_every_schema_is_accepted(wire: Wire, rubric: Rubric) -> None:
    criteria = tuple(c.id for c in rubric.criteria if c.judged)
    rules = tuple(u.rule for c in rubric.criteria for u in c.uses if u.ask)
    endpoint = wire.endpoint()
    shapes: tuple[type[BaseModel], ...] = (shape_for(criteria, rules), Rewritten, Tiny)
    for shape in shapes:
        answer = endpoint.ask(Prompt("Answer.", f"In the shape {shape.__name__}.", ""), shape)
        assert answer.outcome is Outcome.OK, answer.reason
    assert endpoint.format == "json_schema" and not endpoint.without


def test_a_prompt_is_small_and_most_of_it_is_kept_by_the_server(
    wire: Wire, rubric: Rubric, good: tuple[Message, Context]
) -> None:
    """120 words: at most 2,500 tokens by the server's count, four fifths of them the same for the next draft."""
    message, context = good
    more = (
        "suits, and I can send the notes on the comparison job beforehand if they would help you to decide who comes."
    )
    message = message._replace(text=message.text.replace("suits.", more))
    assert 115 <= message.words <= 125
    endpoint = wire.endpoint(most_tokens=8)
    reader = Judge(endpoint, marker=lambda: "-----a marker-----")
    first = reader.prompt(message, context, rubric)
    other = reader.prompt(Message("Hi Bo,\n\nThanks for Monday.\n\nAl"), Context(), rubric)
    endpoint.ask(other, Tiny)
    usage = endpoint.ask(first, Tiny).usage
    assert 1000 < usage.prompt_tokens <= 2500
    assert usage.cached_tokens >= 0.8 * usage.prompt_tokens


def test_a_wrong_key(wire: Wire) -> None:
    answer = wire.endpoint(api_key="wrong").ask(Prompt("Answer.", "Now.", ""), Tiny)
    assert answer.outcome is Outcome.AUTH and "OPENAI_API_KEY" in answer.reason


def test_an_answer_cut_short(wire: Wire) -> None:
    answer = wire.endpoint(most_tokens=3).ask(Prompt("Answer.", "At length.", ""), Rewritten)
    assert answer.outcome is Outcome.CUT and answer.usage.completion_tokens == 3


def test_prose_where_nothing_holds_it_to_a_shape(wire: Wire) -> None:
    answer = wire.endpoint(format="text", most_tokens=40).ask(Prompt("Answer.", "In prose.", ""), Tiny)
    assert answer.outcome in {Outcome.BAD_OUTPUT, Outcome.CUT} and answer.value is None


def test_json_of_no_given_shape(wire: Wire) -> None:
    answer = wire.endpoint(format="json_object", most_tokens=200).ask(Prompt("Answer.", "In JSON.", ""), Tiny)
    assert answer.outcome in {Outcome.BAD_OUTPUT, Outcome.CUT} and answer.value is None


def test_more_than_the_model_can_hold(wire: Wire) -> None:
    answer = wire.endpoint().ask(Prompt("Answer.", "word and word again " * 3000, ""), Tiny)
    assert answer.outcome is Outcome.BAD_REQUEST and "HTTP 400" in answer.reason


def test_another_prompt_does_not_get_a_recorded_answer() -> None:
    with pytest.raises(AssertionError, match="make record"), replayed("a_wrong_key") as url:
        answer = Wire(url).endpoint().ask(Prompt("Answer.", "Something else.", ""), Tiny)
        assert answer.value is None and "CannotOverwriteExistingCassette" in answer.reason
