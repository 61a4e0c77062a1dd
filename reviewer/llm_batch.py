"""The Batch API of an endpoint: a file of requests goes up, and within a day its answers and its errors come down.

What an endpoint sends is strangers' data. It is validated here and its size is capped; of its words for what went
wrong only the codes are passed on, since the rest may quote a draft.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from time import sleep
from typing import IO, Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from reviewer.errors import EndpointError, RefusedError
from reviewer.llm import MOST_BYTES, Endpoint, Reply

__all__ = ["MOST_REQUESTS", "MOST_SENT", "URL", "Batch", "BatchApi", "Line", "lines_in"]

MOST_REQUESTS = 50_000  # in a batch
MOST_SENT = 200_000_000  # bytes of a file
URL = "/v1/chat/completions"  # what each request of a batch is for

T = TypeVar("T", bound=BaseModel)
Name = Annotated[str, Field(pattern=r"^\w[\w.:-]{0,199}$")]  # it becomes a part of a URL
Code = Annotated[str, Field(max_length=1000)] | None


class _Error(BaseModel):
    code: Code = None


class _Errors(BaseModel):
    data: list[_Error] | None = None


class Counts(BaseModel):
    """How many requests of a batch are done."""

    completed: int = 0
    failed: int = 0


class Batch(BaseModel):
    """How a batch stands."""

    id: Name
    status: str
    input_file_id: Name | None = None
    output_file_id: Name | None = None
    error_file_id: Name | None = None
    request_counts: Counts | None = None
    metadata: dict[str, Any] | None = None
    errors: _Errors | None = None

    @property
    def ended(self) -> bool:
        return self.status in {"completed", "failed", "expired", "cancelled"}

    @property
    def code(self) -> str:
        """Why it failed."""
        said = self.errors.data if self.errors is not None else None
        return _code(said[0].code if said else None) or _NO_REASON


class _Response(BaseModel):
    status_code: Annotated[int, Field(ge=100, le=599)]
    body: Any = None


class Line(BaseModel):
    """A line of a file of answers or errors: what a request came to, or why it was not asked."""

    custom_id: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]  # as ours are
    response: _Response | None = None
    error: _Error | None = None

    @property
    def code(self) -> str:
        """Why there is no response."""
        return _code(self.error.code if self.error is not None else None) or _NO_REASON


class _File(BaseModel):
    id: Name
    filename: str | None = None


class _Page(BaseModel):
    data: list[dict[str, Any]]
    has_more: bool = False


_SOON, _SHORT, _LONG = 10.0, 60.0, 3600.0  # seconds: to tidy up, to submit, to wait for what is paid for
_TOLD = 4.0  # seconds, from where somebody may wonder


@dataclass
class BatchApi:
    """What can be asked of it. Each call is made again while the endpoint is away, for a while, which `say` is told.

    Raises EndpointError after that, and RefusedError where the endpoint will not do it.
    """

    endpoint: Endpoint
    say: Callable[[str], None]

    def upload(self, file: IO[bytes], name: str) -> str:
        """The id of a file of requests."""

        def uploaded(client: Any) -> AbstractContextManager[Any]:
            file.seek(0)
            opened: AbstractContextManager[Any] = client.files.with_streaming_response.create(
                file=(name, file, "application/jsonl"), purpose="batch"
            )
            return opened

        def again() -> None:  # it may have come although nothing came back
            for other in list(self.named(name)):
                self.delete(other)

        return _valid(_File, self._insist("the file of requests", uploaded, again), self.endpoint).id

    def create(self, file: str, mark: str) -> Batch:
        """A batch of the requests in a file, which will be known by its mark."""
        found: list[Batch] = []

        def created(client: Any) -> AbstractContextManager[Any]:
            opened: AbstractContextManager[Any] = client.batches.with_streaming_response.create(
                input_file_id=file, endpoint=URL, completion_window="24h", metadata={_MARK: mark}
            )
            return opened

        def again() -> bool:
            found.extend(self.marked(mark))
            return bool(found)

        reply = self._insist("the batch", created, again)
        return found[0] if found else _valid(Batch, reply, self.endpoint)

    def state(self, batch: str) -> tuple[Batch, float]:
        """How a batch stands, and how many seconds the endpoint wants to be left alone."""
        reply = self._insist(
            f"batch {batch}", lambda c: c.batches.with_streaming_response.retrieve(batch), patience=_LONG
        )
        return _valid(Batch, reply, self.endpoint), reply.wait or 0.0

    def download(self, file: str, into: IO[bytes], *, most: int) -> bool:
        """Whether the endpoint still has a file; what is in it, up to so many bytes."""

        def anew(client: Any) -> AbstractContextManager[Any]:
            into.seek(0)
            into.truncate()
            opened: AbstractContextManager[Any] = client.files.with_streaming_response.content(file)
            return opened

        return self._insist("the results", anew, patience=_LONG, into=into, most=most, gone=True).status not in _GONE

    def delete(self, file: str) -> bool:
        """Whether the endpoint has a file no more."""
        try:
            self._insist(
                f"file {file}", lambda c: c.files.with_streaming_response.delete(file), patience=_SOON, gone=True
            )
        except EndpointError:
            return False
        return True

    def marked(self, mark: str) -> Iterator[Batch]:
        """The batches that have a mark."""
        for entry in self._listed("the list of batches", lambda c: c.batches):
            about = entry.get("metadata")
            if isinstance(about, dict) and about.get(_MARK) == mark:
                yield _valid(Batch, entry, self.endpoint)

    def named(self, name: str) -> Iterator[str]:
        """The ids of the files of requests that have a name."""
        for entry in self._listed("the list of files", lambda c: c.files, purpose="batch"):
            if entry.get("filename") == name:
                yield _valid(_File, entry, self.endpoint).id

    def _listed(self, what: str, of: Callable[[Any], Any], **which: str) -> Iterator[dict[str, Any]]:
        after: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            reply = self._insist(what, lambda c: of(c).with_streaming_response.list(limit=100, **which, **after))  # noqa: B023
            page = _valid(_Page, reply, self.endpoint)
            yield from page.data
            last = page.data[-1].get("id") if page.data else None
            if not page.has_more or not isinstance(last, str):
                return
            after = {"after": last}

    def _insist(
        self,
        what: str,
        asked: Callable[[Any], AbstractContextManager[Any]],
        again: Callable[[], bool | None] = lambda: None,
        *,
        patience: float = _SHORT,
        gone: bool = False,
        **how: Any,
    ) -> Reply:
        """The reply, once there is one, for so many seconds of waiting.

        Before each new try it is done `again`, which may make the try needless. Where `gone` is allowed, the reply may
        be that there is no such thing.
        """
        left, pause = patience, 1.0
        while True:
            reply = self.endpoint.call(asked, **how)
            if 200 <= reply.status < 300 or (gone and reply.status in _GONE):
                return reply
            wait = reply.wait if reply.wait is not None else pause
            left, pause = left - wait, min(2 * pause, _LONGEST)
            passing = reply.status in {0, 408, 409, 429} or (reply.status >= 500 and reply.status != 501)
            if not passing or reply.final:
                raise RefusedError(f"{self.endpoint.name}: {what}: {_said(reply)}")
            if left < 0:
                raise EndpointError(f"{self.endpoint.name}: {what}: {_said(reply)}")
            if wait >= _TOLD:
                self.say(f"{self.endpoint.name}: {what}: {_said(reply)}; again in {wait:.0f} s")
            sleep(wait)
            if again():
                return reply


_NO_REASON = "no reason given"
_MARK = "reviewer"  # the key of a mark in the metadata of a batch
_MOST_PAGES = 200
_LONGEST = 60.0  # seconds between two tries, where the endpoint does not ask for more
_GONE = frozenset({404, 410})
_HELPS = {
    401: "is the key (REVIEWER_API_KEY, or OPENAI_API_KEY) the one for this endpoint?",
    404: "is there a Batch API at this endpoint? If not, ask it draft by draft, with --llm",
    429: "it has no room at the moment, or the account has no quota left",
}
_AS = {403: 401, 405: 404, 410: 404, 501: 404}


def _said(reply: Reply) -> str:
    """What went wrong, in words of our own."""
    if reply.status == 0:
        return f"cannot be reached ({reply.text}); is it running, is the URL right?"
    code = _code(reply.error("code"))
    helps = _HELPS.get(_AS.get(reply.status, reply.status), "")
    return f"HTTP {reply.status}" + (f" ({code})" if code else "") + (f"; {helps}" if helps else "")


def _code(said: str | None) -> str:
    """An error's code, if it looks like one."""
    return said if said is not None and re.fullmatch(r"[a-z0-9_]{1,60}", said) else ""


def _valid(shape: type[T], said: Reply | dict[str, Any], endpoint: Endpoint) -> T:
    try:
        return shape.model_validate(json.loads(said.text) if isinstance(said, Reply) else said)
    except (ValidationError, ValueError, RecursionError):
        raise EndpointError(
            f"{endpoint.name}: it answers with another shape than a Batch API; is the URL that of an API (…/v1)?"
        ) from None


def lines_in(file: IO[bytes], *, most: int = MOST_BYTES) -> Iterator[Line | None]:
    """What each line of a file of results says; None for one that is broken, or longer than so many bytes."""
    file.seek(0)
    while line := file.readline(most):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(most)):
            line = b""  # it is too long
        if line.strip() or not line:
            yield _line(line)


def _line(data: bytes) -> Line | None:
    try:
        return Line.model_validate(json.loads(data))
    except (ValidationError, ValueError, RecursionError):
        return None
