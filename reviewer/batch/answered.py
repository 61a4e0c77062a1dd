"""A model that answers from what batches brought, and notes what it was asked and cannot answer yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from reviewer.answers import Remembering, key_for
from reviewer.batch.asked import Asked, Kept
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.llm import PASSING, Answer, Endpoint, Outcome, Reply, estimate, read
from reviewer.prompt import Prompt

__all__ = ["BATCH_REFUSED", "CANCELLED", "EXPIRED", "NO_ANSWER", "TOO_MANY_TOKENS", "Answered", "Request"]

T = TypeVar("T", bound=BaseModel)

# Why a request was not asked: an endpoint's codes, and two of ours.
EXPIRED, CANCELLED, TOO_MANY_TOKENS = "batch_expired", "batch_cancelled", "token_limit_exceeded"
NO_ANSWER, BATCH_REFUSED = "no answer", "batch refused: "


class Request(NamedTuple):
    """What is to be asked: by what its answer is found, its parameters, their form, the tokens it may cost."""

    key: str
    body: Mapping[str, Any]
    form: str
    estimate: int


@dataclass
class Answered:
    """The second reader's model where it is asked in batches. `asked` is set before the first question.

    While it is `noting`, what it cannot answer is noted, and of a draft no more than one question with its samples,
    since what is asked next depends on the answer. Afterwards it answers as the endpoint would have, and answers go to
    those that are remembered for other runs.
    """

    endpoint: Endpoint
    remembering: Remembering | None = None
    asked: Asked = field(init=False)
    noting: bool = False
    noted: list[Request] = field(default_factory=list)
    lack: str = ""  # why no more may be asked, of some draft
    short: bool = False  # of the draft at hand
    _question: str | None = None  # of the draft at hand, which has no answer yet

    @property
    def name(self) -> str:
        return self.endpoint.name

    def next_draft(self) -> None:
        """The questions that follow are about another draft."""
        self.noted, self.short, self._question = [], False, None

    def ask(self, prompt: Prompt, shape: type[T], *, sample: int = 0) -> Answer[T]:
        key = key_for(self.name, prompt, shape, sample)
        kept = self.asked.answers(key)
        tries = [_read(one, shape, prompt) for one in kept]
        told = replace(tries[-1], usage=sum((a.usage for a in tries), NOTHING_SPENT)) if tries else None
        if told is None and self.remembering is not None:
            told = self.remembering.kept(key, shape)
        if not self.noting:
            return self._last(key, told, paid=bool(kept))
        if told is not None and not (kept and self._worth_a_try(kept[-1], tries)):
            return told
        return self._note(key, prompt, shape, told)

    def _note(self, key: str, prompt: Prompt, shape: type[T], told: Answer[T] | None) -> Answer[T]:
        awaited: Answer[T] = Answer(Outcome.AWAITED, reason="its batch has not come back")
        if self._question not in {None, prompt.digest}:
            return awaited
        self._question = prompt.digest
        if self.asked.under_way(key):
            return awaited
        coming = estimate(prompt, shape)
        lack = self.endpoint.budget.take(coming) if self.endpoint.budget is not None else None
        if lack is not None:
            self.lack, self.short = lack, True
            return told or Answer(Outcome.OVER_BUDGET, reason=lack)
        self.noted.append(Request(key, self.endpoint.body(prompt, shape), self.endpoint.form, coming))
        return awaited

    def _worth_a_try(self, last: Kept, tries: Sequence[Answer[Any]]) -> bool:
        """Whether the endpoint would be asked again, were it asked at once."""
        outcome = tries[-1].outcome
        if outcome is Outcome.OK or last.body.startswith(BATCH_REFUSED):
            return False
        reply = Reply(last.status or 0, last.body)
        if self.endpoint.adapted(reply, last.form):
            return True
        passing = sum(a.outcome in PASSING for a in tries)
        return outcome in PASSING and not reply.final and passing <= self.endpoint.retries

    def _last(self, key: str, told: Answer[T] | None, *, paid: bool) -> Answer[T]:
        """What the review is made with."""
        if told is None:
            if self.lack:
                return Answer(Outcome.OVER_BUDGET, reason=self.lack)
            return Answer(Outcome.AWAITED, reason="no batch has brought an answer")
        if not paid:
            return told
        if self.remembering is not None and told.outcome is Outcome.OK:
            self.remembering.keep(key, told.content)
        return told if self.asked.first_told(key) else replace(told, usage=Usage(kept=1))  # for a draft that came twice


def _read(kept: Kept, shape: type[T], prompt: Prompt) -> Answer[T]:
    if kept.status is not None:
        return read(Reply(kept.status, kept.body), shape, prompt)
    code = kept.body.removeprefix(BATCH_REFUSED)
    known = _NOT_ASKED.get(code)
    if known is not None:
        return Answer(*known, usage=Usage(1))
    if kept.body.startswith(BATCH_REFUSED):
        return Answer(Outcome.BAD_REQUEST, reason=f"the endpoint refused the batch ({code})", usage=Usage(1))
    return Answer(Outcome.UNAVAILABLE, reason=f"the endpoint could not ask it ({code})", usage=Usage(1))


_NOT_ASKED: Mapping[str, tuple[Outcome, None, str]] = {
    EXPIRED: (Outcome.TIMEOUT, None, "its batch expired before its turn came"),
    CANCELLED: (Outcome.STOPPED, None, "its batch was cancelled at the endpoint"),
    TOO_MANY_TOKENS: (
        Outcome.RATE_LIMITED,
        None,
        "its batch has more tokens than the account may have waiting; try a smaller --batch-size",
    ),
    NO_ANSWER: (Outcome.UNAVAILABLE, None, "its batch came back without an answer to it"),
}
