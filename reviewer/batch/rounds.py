"""Asking a model in batches: in rounds, until nothing is left to ask.

In a round every draft that is not reviewed yet is read with the answers there are; what the model could not answer is
sent in batches, which are awaited, and their answers kept. So whatever depends on an answer (another try, the rewrite)
is asked in the round after, in the same words as if the model were asked at once.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from secrets import token_hex
from tempfile import TemporaryFile
from time import sleep
from typing import IO, NamedTuple

from reviewer.batch.answered import BATCH_REFUSED, CANCELLED, EXPIRED, NO_ANSWER, TOO_MANY_TOKENS, Answered, Request
from reviewer.batch.asked import Asked, Part
from reviewer.batch.journal import Journal, key_of
from reviewer.batch.sources import Source, records_of
from reviewer.batch.work import Reviewer, Work
from reviewer.errors import RefusedError
from reviewer.llm import usage_of
from reviewer.llm_batch import URL, Batch, BatchApi, Line, lines_in
from reviewer.reviewing import SecondReader

__all__ = ["Rounds", "UnderWay"]


class UnderWay(NamedTuple):
    """How far the batches are that the run waits for."""

    batches: int
    requests: int
    answered: int
    failed: int


@dataclass
class Rounds:
    """What is asked through `model`, and kept in `asked`.

    `say` gets a line for what happens once, `told` hears of the progress while batches are waited for.
    """

    model: Answered
    asked: Asked
    api: BatchApi
    say: Callable[[str], None]
    told: Callable[[UnderWay], None]
    most_requests: int  # in a batch
    most_bytes: int  # in its file
    most_batches: int | None = None  # at the same time, where the account has no room for more
    _reach: int | None = None  # how many drafts the tokens reach for that may be spent
    _taken: set[str] = field(default_factory=set)  # the marks of the parts that the budget knows

    def run(
        self, sources: Sequence[Source], work: Work, judge: SecondReader, journal: Journal, *, waiting: bool = True
    ) -> bool:
        """Whether every answer is there that can be had, and so the reviews can be made.

        Without `waiting` it fetches what has come, submits what can be asked, and that is all. Raises EndpointError.
        """
        reviewer = Reviewer(Work(work.rubric, work.rewriting), judge)
        self._find_lost()
        self.model.noting = True
        while True:
            self._fetch(waiting=waiting)
            self._ask(sources, reviewer, journal)
            if not self.asked.parts():
                self.model.noting = False
                return True
            if not waiting:
                return False

    def _find_lost(self) -> None:
        """A run that was ended while it submitted may have made a batch without having heard of it."""
        for part in [part for part in self.asked.parts() if part.batch is None]:
            batch = next(self.api.marked(part.mark), None)
            if batch is not None:
                self.asked.put(part._replace(file=batch.input_file_id or part.file, batch=batch.id))
                continue
            self._delete(*self.api.named(_file_name(part)))
            self.asked.drop(part)

    def _ask(self, sources: Sequence[Source], reviewer: Reviewer, journal: Journal) -> None:
        """Submit what has to be asked for the drafts that are not reviewed yet."""
        sent = 0
        file = _File(self.model.endpoint.base_url)
        try:
            for request in self._requests(sources, reviewer, journal):
                line = _line(request)
                if file.requests == self.most_requests or file.size + len(line) > self.most_bytes:
                    self._submit(file)
                    file.close()
                    file = _File(self.model.endpoint.base_url)
                    sent += 1
                if sent == self.most_batches:
                    rest = self.model.noted[self.model.noted.index(request) :]
                    self._give_back(sum(one.estimate for one in rest))
                    return
                file.add(line, request.estimate)
                self.asked.add(request.key, file.part, request.form, request.estimate)
            if file.requests:
                self._submit(file)
        finally:
            file.close()

    def _requests(self, sources: Sequence[Source], reviewer: Reviewer, journal: Journal) -> Iterator[Request]:
        for place, record in enumerate(islice(records_of(sources), self._reach)):
            if journal.get(key_of(record)) is not None:
                continue
            self.model.next_draft()
            reviewer.result(record)
            yield from self.model.noted
            if self.model.short:
                self._reach = place
                return

    def _submit(self, file: "_File") -> None:
        """What is sent is kept first, and then each thing as soon as it is known."""
        part = file.part
        self.asked.put(part)
        self._taken.add(part.mark)
        try:
            part = part._replace(file=self.api.upload(file.content, _file_name(part)))
            self.asked.put(part)
            part = part._replace(batch=self.api.create(str(part.file), part.mark).id)
        except RefusedError:
            if part.file is not None:
                self._delete(part.file)
            self.asked.drop(part)
            raise
        self.asked.put(part)
        self.say(f"{file.requests:,} requests submitted in batch {part.batch}; about {file.estimate:,} tokens")

    def _fetch(self, *, waiting: bool) -> None:
        """Keep the answers of the batches that have ended, and wait for those that have not."""
        pause = _FIRST_PAUSE
        brought = 0
        requests = sum(self.asked.waiting(part)[0] for part in self.asked.parts())
        while parts := self.asked.parts():
            states = [(part, *self.api.state(str(part.batch))) for part in parts]
            refused = [(part, batch) for part, batch, _ in states if batch.ended and batch.code == TOO_MANY_TOKENS]
            ended = [(part, batch) for part, batch, _ in states if batch.ended and (part, batch) not in refused]
            for part, batch in ended:
                brought += self._settle(part, batch)
            if len(refused) + len(ended) == len(parts):
                self._make_room(refused, brought)
                return
            self.told(_under_way([batch for _, batch, _ in states if not batch.ended], requests, self._open()))
            if not waiting:
                return
            sleep(max(pause, *(min(wait, _LONGEST_ASKED) for _, _, wait in states)))
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _open(self) -> int:
        return sum(self.asked.waiting(part)[0] for part in self.asked.parts())

    def _make_room(self, refused: Sequence[tuple[Part, Batch]], brought: int) -> None:
        """What the account had no room for is asked again in the next round, if there was room for something."""
        for part, batch in refused:
            if not brought:
                self._settle(part, batch)
                continue
            self._give_back(self.asked.waiting(part)[1] if part.mark in self._taken else 0)
            self._delete(part.file)
            self.asked.drop(part)
        if refused and brought:
            self.most_batches = brought
            self.say(f"the account has room for {brought} of these batches at a time; the rest follows")

    def _settle(self, part: Part, batch: Batch) -> bool:
        """Keep what a batch brought, and have its files deleted; whether it brought anything."""
        requests, estimate = self.asked.waiting(part)
        spent: list[int] = []
        if requests:
            lines = self._results(batch, requests, spent)
            strange = self.asked.keep(part, lines, _lacking(batch))
            if strange:
                self.say(f"{strange:,} lines of batch {batch.id} answer nothing that was asked, and are left out")
            if batch.status != "completed":
                self.say(f"batch {batch.id}: {batch.status}{f' ({batch.code})' if batch.status == 'failed' else ''}")
        budget = self.model.endpoint.budget
        if budget is not None and part.mark in self._taken:
            budget.settle(estimate, sum(spent) or (estimate if spent else 0))
        self._delete(part.file, batch.output_file_id, batch.error_file_id)
        self.asked.drop(part)
        return bool(spent)

    def _results(self, batch: Batch, requests: int, spent: list[int]) -> Iterator[Line | None]:
        """The lines of both files, answers first; what each answer cost is added to what is spent."""
        for name in (batch.output_file_id, batch.error_file_id):
            if name is None:
                continue
            with TemporaryFile() as file:
                if not self.api.download(name, file, most=_LINES_TAKE + requests * _A_LINE_TAKES):
                    continue
                for line in lines_in(file):
                    if line is not None and line.response is not None:
                        body = line.response.body
                        spent.append(usage_of(body.get("usage") if isinstance(body, dict) else None).tokens)
                    yield line

    def _give_back(self, tokens: int) -> None:
        if self.model.endpoint.budget is not None:
            self.model.endpoint.budget.settle(tokens, 0)

    def _delete(self, *files: str | None) -> None:
        """Have files deleted that hold drafts or what was said of them."""
        left = [file for file in files if file is not None and not self.api.delete(file)]
        if left:
            self.say(f"could not be deleted at the endpoint, so delete there: {', '.join(left)}")


_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds between two looks at a batch
_LONGEST_ASKED = 600.0  # seconds that an endpoint may ask for
_LINES_TAKE, _A_LINE_TAKES = 1_000_000, 100_000  # bytes of a file of results at most


class _File:
    """A file of requests on its way, which no other program can open and no end of this one leaves behind."""

    def __init__(self, endpoint: str) -> None:
        self.part = Part(token_hex(16), endpoint, None, None)
        self.content: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by close()
        self.requests = self.size = self.estimate = 0

    def add(self, line: bytes, estimate: int) -> None:
        self.content.write(line)
        self.requests += 1
        self.size += len(line)
        self.estimate += estimate

    def close(self) -> None:
        self.content.close()


def _file_name(part: Part) -> str:
    return f"reviewer-{part.mark}.jsonl"


def _line(request: Request) -> bytes:
    told = {"custom_id": request.key, "method": "POST", "url": URL, "body": request.body}
    return json.dumps(told).encode() + b"\n"


def _lacking(batch: Batch) -> str:
    """Why a request has no answer, where neither file of its batch says."""
    if batch.status == "failed":
        return BATCH_REFUSED + batch.code
    return {"expired": EXPIRED, "cancelled": CANCELLED}.get(batch.status, NO_ANSWER)


def _under_way(batches: Sequence[Batch], requests: int, left: int) -> UnderWay:
    counts = [batch.request_counts for batch in batches if batch.request_counts is not None]
    answered = requests - left + sum(c.completed for c in counts)
    return UnderWay(len(batches), requests, answered, sum(c.failed for c in counts))
