"""The one module that speaks to a language model; everything else sees `ask(prompt, shape)`.

Chat Completions on the `openai` package, imported when it is used: every endpoint that people have speaks it
(api.openai.com, Azure's v1 URL, Ollama, vLLM, llama.cpp, LM Studio). Whatever an endpoint does, the answer is a
value with an Outcome: no exception leaves this module, and no reason holds a word of the draft.

The envelope is parsed here and not by the package, whose parser lets errors of four other kinds through when an
endpoint answers with a web page, prose or another shape.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import cache
from io import BytesIO
from ipaddress import ip_address
from threading import Lock, Thread
from time import monotonic, sleep
from typing import IO, Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.prompt import Prompt
from reviewer.settings import is_openai, takes_openai_key

__all__ = [
    "MOST_BYTES",
    "PASSING",
    "Answer",
    "Budget",
    "Endpoint",
    "Model",
    "Outcome",
    "Reply",
    "Tiny",
    "cost_of",
    "estimate",
    "is_loopback",
    "parsed",
    "read",
    "schema_of",
    "usage_of",
]

T = TypeVar("T", bound=BaseModel)


class Outcome(StrEnum):
    """Every way in which an endpoint can answer, or fail to."""

    OK = "ok"
    REFUSED = "refused"  # the model declined
    CUT = "cut"  # the answer ran into the limit of tokens
    FILTERED = "filtered"  # the endpoint's content filter stepped in
    BAD_OUTPUT = "bad output"  # no JSON, another shape, a web page, too much of it
    AUTH = "not authorised"
    RATE_LIMITED = "rate limited"
    BAD_REQUEST = "bad request"
    UNAVAILABLE = "unavailable"  # cannot be reached, breaks off, or answers with a 5xx
    TIMEOUT = "timed out"
    STOPPED = "stopped"  # Ctrl-C
    OVER_BUDGET = "over budget"  # not asked: the run's tokens are spent
    AWAITED = "awaited"  # asked in a batch that has not come back


class Tiny(BaseModel):
    """The shape of the answer to the one question that tries an endpoint."""

    model_config = ConfigDict(extra="forbid")

    well: bool


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """`value` where the outcome is OK, else a reason; `content` is the answer's text as it came."""

    outcome: Outcome
    value: T | None = None
    reason: str = ""
    usage: Usage = NOTHING_SPENT
    content: str = ""

    @property
    def said(self) -> str:
        """What went wrong, in a line: the outcome and its reason."""
        return self.reason if self.reason.startswith(self.outcome) else f"{self.outcome}: {self.reason}"


class Model(Protocol):
    """Something that answers a prompt in a shape. A test's model is ten lines."""

    @property
    def name(self) -> str:
        """Which model, and where: shown to the user before anything is sent."""

    def ask(self, prompt: Prompt, shape: type[T], *, sample: int = 0) -> Answer[T]:
        """The answer; never raises for anything that an endpoint does. `sample` tells repeats apart."""


@dataclass
class Budget:
    """The tokens of a run. Every try asks for what it will cost, and is not made where that is too much.

    `spent` has the estimate of a try that is under way, and what it cost once that is known. Several threads may draw
    on it.
    """

    most: int
    spent: int = 0
    under_way: int = 0  # the estimates in it of tries that are under way
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def take(self, coming: int) -> str | None:
        """Set the estimate of a try aside, or say why it may not be made."""
        with self._lock:
            if self.spent + coming <= self.most:
                self.spent += coming
                self.under_way += coming
                return None
            return f"{self.spent:,} of {self.most:,} tokens are spent, and this needs about {coming:,}"

    def settle(self, estimate: int, cost: int) -> None:
        """A try that was estimated so did cost this."""
        with self._lock:
            self.spent += cost - estimate
            self.under_way -= estimate


_NO_COUNT = 1 << 40  # tokens: so many are told by mistake, or to do harm
MOST_BYTES = 2_000_000  # of an answer
_MANY_BYTES_TAKE = 600.0  # seconds that may pass without one, while a file of requests is taken in
_CHARACTERS = 4  # a token has about so many, where nobody has counted yet
_NO_KEY = "none"
_KEY = re.compile(r"[!-~]*")  # what a header can carry, without blanks
_HEADERS = frozenset(  # the last is how the package knows its own request again
    "host content-type content-length accept accept-encoding connection user-agent x-stainless-raw-response".split()
)
_FORMATS = ("json_schema", "json_object", "text")


@dataclass
class Endpoint:
    """An OpenAI-compatible endpoint. What it refuses once (a format, a parameter) it is not sent again.

    `deadline` is in seconds, for the whole of one `ask` with its retries. `most_tokens` bounds an answer.
    Several threads may ask at once. When it tells one of them to wait (429, retry-after), all do, outside the deadline,
    where that is for no longer than `patience` seconds; then it is asked again, `retries` times.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    deadline: float = 60.0
    retries: int = 2
    most_tokens: int = 3000
    format: str = _FORMATS[0]
    without: set[str] = field(default_factory=set)
    stopped: bool = False
    budget: Budget | None = None
    patience: float = 0.0
    rest_until: float = field(default=0.0, repr=False)

    @property
    def name(self) -> str:
        shown = urlsplit(self.base_url)
        return f"{self.model} at {shown._replace(netloc=shown.netloc.rpartition('@')[2]).geturl()}"

    def ask(self, prompt: Prompt, shape: type[T], *, sample: int = 0) -> Answer[T]:
        del sample  # an endpoint answers anew each time
        if not _KEY.fullmatch(self.api_key):
            return Answer(Outcome.AUTH, reason="the key has characters that no key has; is it copied right?")
        usage = NOTHING_SPENT
        for _ in range(1 + (self.retries if self.patience else 0)):
            self._rest()
            answer = self._ask(prompt, shape)
            usage += answer.usage
            if answer.outcome not in PASSING or not 0 < self.rest_until - monotonic() <= self.patience:
                break
        return replace(answer, usage=usage)

    def _rest(self) -> None:
        """Wait as long as it asked anybody to."""
        while 0 < (left := self.rest_until - monotonic()) <= self.patience and not self.stopped:
            sleep(min(left, _STEP))

    def _ask(self, prompt: Prompt, shape: type[T]) -> Answer[T]:
        if self.stopped:
            return Answer(Outcome.STOPPED, reason="stopped by Ctrl-C")
        spent: list[Usage] = []
        answers: list[Answer[T]] = []
        # In a thread of its own, because neither a slow name server nor a loop that runs already may hold it up.
        asking = Thread(target=lambda: answers.append(self._run(prompt, shape, spent)), daemon=True)
        asking.start()
        try:
            asking.join(self.deadline + _GRACE)
        except KeyboardInterrupt:
            self.stopped = True
            return Answer(Outcome.STOPPED, reason="stopped by Ctrl-C", usage=sum([*spent, Usage(1)], NOTHING_SPENT))
        if not answers:
            return Answer(Outcome.TIMEOUT, reason=f"no answer within {self.deadline:g} s", usage=Usage(1))
        return replace(answers[0], usage=sum(spent, NOTHING_SPENT))

    def _run(self, prompt: Prompt, shape: type[T], spent: list[Usage]) -> Answer[T]:
        """The border: whatever an endpoint or a library does becomes an answer."""
        try:
            return asyncio.run(self._within_deadline(prompt, shape, spent))
        except Exception as error:
            spent.append(Usage(1))
            return Answer(Outcome.BAD_OUTPUT, reason=f"nothing that can be read ({type(error).__name__})")

    async def _within_deadline(self, prompt: Prompt, shape: type[T], spent: list[Usage]) -> Answer[T]:
        """Timeouts of the package are for each read; this one is for everything."""
        import openai

        ends = monotonic() + self.deadline
        http = openai.DefaultAsyncHttpxClient(**self._http(self._bare_async))
        client = openai.AsyncOpenAI(http_client=http, timeout=self.deadline, **self._whom())
        try:
            async with asyncio.timeout(self.deadline), client:
                return await self._tries(client, prompt, shape, spent, ends)
        except TimeoutError:
            spent.append(Usage(1))
            return Answer(Outcome.TIMEOUT, reason=f"no answer within {self.deadline:g} s")

    def _whom(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "api_key": self.api_key or _NO_KEY,  # keyless servers take anything but nothing
            "max_retries": 0,
        }

    def _http(self, bare: Callable[[Any], Any]) -> dict[str, Any]:
        return {
            "trust_env": not is_loopback(self.base_url),  # a proxy would be asked for 127.0.0.1 too
            "follow_redirects": False,  # the endpoint shown is the endpoint used
            "event_hooks": {} if takes_openai_key(self.base_url) else {"request": [bare]},
        }

    async def _bare_async(self, request: Any) -> None:
        self._bare(request)

    def _bare(self, request: Any) -> None:
        """Takes off what the package adds from the environment for OpenAI: organisation, project, any header."""
        for name in [name for name in request.headers if name.lower() not in _HEADERS]:
            del request.headers[name]
        request.headers["authorization"] = f"Bearer {self.api_key or _NO_KEY}"

    async def _tries(self, client: Any, prompt: Prompt, shape: type[T], spent: list[Usage], ends: float) -> Answer[T]:
        retries = 0
        answer: Answer[T] | None = None
        coming = estimate(prompt, shape)
        while True:
            lack = await self._lack(coming)
            if lack is not None:
                if answer is None or answer.outcome not in PASSING:
                    return Answer(Outcome.OVER_BUDGET, reason=lack)
                return replace(answer, reason=f"{answer.reason}; not tried again: {lack}")
            form = self.form
            try:
                reply = await self._send(client, prompt, shape)
            except BaseException:  # one that never ends is counted as it was estimated
                if self.budget is not None:
                    self.budget.settle(coming, coming)
                raise
            answer = read(reply, shape, prompt)
            spent.append(answer.usage)
            cost = cost_of(reply, answer, prompt)
            if self.budget is not None:
                self.budget.settle(coming, cost)
            coming = max(coming, cost)
            if answer.outcome is Outcome.OK or self.adapted(reply, form):
                if answer.outcome is Outcome.OK:
                    return answer
                continue
            asked = reply.wait
            if asked is not None and answer.outcome in PASSING and not reply.final:
                self.rest_until = max(self.rest_until, monotonic() + asked)
            wait = max(asked if asked is not None else 0.5 * 2**retries, self.rest_until - monotonic())
            if answer.outcome not in PASSING or reply.final or retries >= self.retries:
                return answer
            if asked is not None and self.patience:  # which is had outside the deadline
                return answer
            if monotonic() + wait > ends:
                told = "" if asked is None else f"; it asks to wait {wait:g} s, which the deadline forbids"
                return replace(answer, reason=answer.reason + told)
            retries += 1
            await asyncio.sleep(wait)

    async def _lack(self, coming: int) -> str | None:
        """Set a try's estimate aside, or say why it may not be made, once those under way have shown their cost."""
        if self.budget is None:
            return None
        while (lack := self.budget.take(coming)) is not None and self.budget.under_way:
            await asyncio.sleep(_STEP)
        return lack

    async def _send(self, client: Any, prompt: Prompt, shape: type[BaseModel]) -> "Reply":
        import openai

        create = client.chat.completions.with_streaming_response.create
        try:
            async with create(**self.body(prompt, shape)) as response:
                content = b""
                async for chunk in response.iter_bytes():
                    content += chunk
                    if len(content) > MOST_BYTES:
                        break
                return Reply(response.status_code, content.decode(errors="replace"), response.headers)
        except openai.APITimeoutError:
            raise TimeoutError from None
        except Exception as error:
            return _failed(error)

    def call(
        self,
        asked: Callable[[Any], AbstractContextManager[Any]],
        *,
        into: IO[bytes] | None = None,
        most: int = MOST_BYTES,
    ) -> "Reply":
        """What it replies to something else than a question: `asked` opens the package's streamed response.

        The content goes `into` a file where one is given; of more than `most` bytes the rest is left there.
        """
        import openai

        if not _KEY.fullmatch(self.api_key):
            return Reply(401, "")
        content = BytesIO() if into is None else into
        http = openai.DefaultHttpxClient(**self._http(self._bare))
        try:
            client = openai.OpenAI(http_client=http, timeout=_MANY_BYTES_TAKE, **self._whom())
            with client, asked(client) as response:
                for chunk in response.iter_bytes():
                    content.write(chunk[: most - content.tell()])
                    if content.tell() == most:
                        break
                text = content.getvalue().decode(errors="replace") if isinstance(content, BytesIO) else ""
                return Reply(response.status_code, text, response.headers)
        except Exception as error:
            return _failed(error)

    @property
    def form(self) -> str:
        """What of a question's parameters has been adapted to the endpoint."""
        return f"{self.format}, without {', '.join(sorted(self.without))}" if self.without else self.format

    def body(self, prompt: Prompt, shape: type[BaseModel]) -> dict[str, Any]:
        """The parameters of a question, as they are sent."""
        limit = "max_completion_tokens" if is_openai(self.base_url) else "max_tokens"
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.fixed},
                {"role": "user", "content": prompt.variable},
            ],
        }
        if limit not in self.without:
            body[limit] = self.most_tokens
        if self.format == "json_schema":
            described = {"name": shape.__name__, "strict": True, "schema": schema_of(shape)}
            body["response_format"] = {"type": "json_schema", "json_schema": described}
        elif self.format == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def adapted(self, reply: "Reply", form: str) -> bool:
        """Whether the endpoint refused a format or a parameter, of a question in this form, that can be left out."""
        if reply.status not in {400, 404, 415, 422, 500, 501}:
            return False
        if form != self.form:  # by the reply to another question
            return True
        said = f"{reply.error('param')} {reply.error('message')}".lower()
        for limit in ("max_completion_tokens", "max_tokens"):
            if limit in said and not self.without:
                self.without |= {"max_completion_tokens", "max_tokens"}
                return True
        if re.search(r"response_format|json_schema|json_object|schema|grammar|structured", said):
            at = _FORMATS.index(self.format)
            if at + 1 < len(_FORMATS):
                self.format = _FORMATS[at + 1]
                return True
        return False


def _failed(error: Exception) -> "Reply":
    """What an error of the package comes to. Raises the error where it is neither the package's nor the network's."""
    import openai

    if isinstance(error, openai.APIStatusError):
        content = error.response.content[:MOST_BYTES]
        return Reply(error.response.status_code, content.decode(errors="replace"), error.response.headers)
    if isinstance(error, (openai.OpenAIError, OSError)):
        return Reply(0, type(error.__cause__ or error).__name__)
    if type(error).__module__.startswith("httpx"):  # a body that breaks off while it is streamed
        return Reply(0, type(error).__name__)
    raise error


def estimate(prompt: Prompt, shape: type[BaseModel]) -> int:
    """What a try will cost in tokens, before anybody has counted; an answer is about as long as its schema."""
    schema = json.dumps(schema_of(shape), ensure_ascii=False)
    return (len(prompt.fixed) + len(prompt.variable) + len(schema)) // _CHARACTERS


def cost_of(reply: "Reply", answer: Answer[Any], prompt: Prompt) -> int:
    """What a try did cost: as the endpoint says, about what was sent where it does not, nothing where it refused."""
    if reply.status != 200 or answer.usage.tokens:
        return answer.usage.tokens
    return (len(prompt.fixed) + len(prompt.variable) + len(answer.content)) // _CHARACTERS


_STEP = 0.2  # seconds between looks at whether the run was stopped
_GRACE = 1.0  # seconds beyond the deadline for what cannot be cancelled
PASSING = frozenset({Outcome.RATE_LIMITED, Outcome.UNAVAILABLE, Outcome.BAD_OUTPUT})


@cache
def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an answer, the same bytes every time, without titles and remarks."""
    found = _bare(shape.model_json_schema())
    assert isinstance(found, dict)
    return found


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        kept = {k: v for k, v in node.items() if not (k in {"title", "description"} and isinstance(v, str))}
        return {k: _bare(v) for k, v in kept.items()}
    return [_bare(item) for item in node] if isinstance(node, list) else node


def is_loopback(url: str) -> bool:
    """Whether the endpoint is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True)
class Reply:
    """What came over the wire; status 0 where nothing did."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def error(self, key: str) -> str:
        """A part of the error object, in either of the forms that servers use."""
        try:
            data = json.loads(self.text)
        except (ValueError, RecursionError):
            return ""
        inner = data.get("error", data) if isinstance(data, dict) else data
        if isinstance(inner, str):
            return inner if key == "message" else ""
        return str(inner.get(key) or "") if isinstance(inner, dict) else ""

    @property
    def wait(self) -> float | None:
        """Seconds that the server asks to be left alone."""
        milliseconds, said = self.headers.get("retry-after-ms"), self.headers.get("retry-after")
        try:
            if milliseconds is not None:
                return max(0.0, float(milliseconds) / 1000)
            return None if said is None else max(0.0, float(said))
        except ValueError:
            pass
        try:
            return max(0.0, (parsedate_to_datetime(said or "") - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None

    @property
    def final(self) -> bool:
        """A 429 that no waiting mends: the account has run out."""
        return "insufficient_quota" in {self.error("code"), self.error("type")}


def read(reply: Reply, shape: type[T], prompt: Prompt) -> Answer[T]:
    """What was answered to a question."""
    if reply.status != 200:
        return _refusal(reply, prompt)
    try:
        envelope = json.loads(reply.text)
        choice = envelope["choices"][0]
        message = choice["message"]
        content = message.get("content")
        usage = usage_of(envelope.get("usage"))
        reason, declined = choice.get("finish_reason"), message.get("refusal")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        what = "a web page" if reply.text.lstrip()[:1] == "<" else "no chat completion"
        return Answer(
            Outcome.BAD_OUTPUT, reason=f"status 200 with {what}; is the URL that of an API (…/v1)?", usage=Usage(1)
        )
    if reason == "content_filter":
        return Answer(Outcome.FILTERED, reason="the endpoint's content filter cut the answer", usage=usage)
    if declined:
        return Answer(Outcome.REFUSED, reason="the model declined to answer", usage=usage)
    if reason == "length":
        return Answer(Outcome.CUT, reason="the answer ran into its limit of tokens", usage=usage)
    if not isinstance(content, str) or not content.strip():
        return Answer(Outcome.BAD_OUTPUT, reason="the answer is empty", usage=usage)
    return parsed(content, shape, usage)


def parsed(content: str, shape: type[T], usage: Usage) -> Answer[T]:
    """The JSON object in the answer, also where prose or a fence stands round it."""
    problem = "there is no JSON object in it"
    decoder = json.JSONDecoder()
    for start in [m.start() for m in re.finditer(r"\{", content)][:_MOST_STARTS]:
        try:
            found, _ = decoder.raw_decode(content, start)
            return Answer(Outcome.OK, shape.model_validate(_printable(found)), usage=usage, content=content)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            own = set(
                re.findall(r'"(\w+)"', json.dumps(schema_of(shape)))
            )  # a key of the answer's own may say anything
            place = ".".join(str(p) if isinstance(p, int) or p in own else "…" for p in first["loc"])
            problem = f"{place or 'the object'}: {first['type']}"
            break
        except (ValueError, RecursionError):
            continue
    return Answer(Outcome.BAD_OUTPUT, reason=f"the answer has another shape: {problem}", usage=usage, content=content)


_MOST_STARTS = 20
# Control characters, halves of characters, and what turns the direction of a line or is read as a tag.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _printable(value: Any) -> Any:
    """An answer without what a terminal would obey: it is going to be shown."""
    if isinstance(value, str):
        return _CONTROL.sub("", value.replace("\r\n", "\n"))
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def usage_of(said: Any) -> Usage:
    """What a completion cost, by the `usage` that came with it."""
    counted = said if isinstance(said, dict) else {}
    details = counted.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    numbers = (counted.get("prompt_tokens"), counted.get("completion_tokens"), cached)
    prompt, completion, kept = (n if isinstance(n, int) and 0 < n < _NO_COUNT else 0 for n in numbers)
    return Usage(1, prompt, completion, kept)


def _refusal(reply: Reply, prompt: Prompt) -> Answer[Any]:
    """An HTTP error, or no reply, as an outcome with a line that says what would help."""
    said = _harmless(reply.error("message"), prompt)
    code = reply.error("code")
    status = reply.status
    if status == 0:
        return Answer(
            Outcome.UNAVAILABLE,
            reason=f"cannot be reached ({reply.text}); is it running, is the URL right?",
            usage=Usage(1),
        )
    if code == "content_filter":
        return Answer(
            Outcome.FILTERED, reason=f"HTTP {status}: the endpoint's content filter refused the request", usage=Usage(1)
        )
    outcome, helps = next(
        (found for statuses, found in _BY_STATUS.items() if status in statuses),
        (Outcome.UNAVAILABLE if status >= 500 else Outcome.BAD_REQUEST, ""),
    )
    if reply.final:
        helps = "the account has no quota left"
    elif outcome is Outcome.RATE_LIMITED and reply.wait is not None:
        helps = f"it asks to wait {reply.wait:.0f} s"
    return Answer(
        outcome, reason=f"HTTP {status}" + "".join(f"; {part}" for part in (said, helps) if part), usage=Usage(1)
    )


_BY_STATUS: Mapping[range | frozenset[int], tuple[Outcome, str]] = {
    frozenset({401, 403}): (
        Outcome.AUTH,
        "is the key (REVIEWER_API_KEY, or OPENAI_API_KEY) the one for this endpoint?",
    ),
    frozenset({404}): (Outcome.BAD_REQUEST, "are the model's name and the URL (…/v1) right?"),
    frozenset({408}): (Outcome.UNAVAILABLE, ""),
    frozenset({429}): (Outcome.RATE_LIMITED, "try again later"),
    range(300, 400): (Outcome.BAD_REQUEST, "it redirects elsewhere; give the final URL"),
}
_MOST_SAID = 160


def _harmless(said: str, prompt: Prompt) -> str:
    """The server's own words, unless one of them stands in the draft and is no common word: a reason may be logged."""
    line = " ".join("".join(c if c.isprintable() else " " for c in said).split())[:_MOST_SAID]
    sent = {w.lower() for w in _TOKEN.findall(prompt.variable)}
    told = {w.lower() for w in _TOKEN.findall(line)}
    return "" if (told & sent) - _SERVERS_WORDS else line


_TOKEN = re.compile(r"[^\W_]+")
_SERVERS_WORDS = frozenset(
    "a an and api are be by can cannot does for has have in is it json key like may model more must name no not of on "
    "or please request response schema should such supported that the this to too try use used was with you your "
    "format text type message object field value error".split()
)
