"""An editor's buffer, read: what the server knows of one version of it."""

from functools import cached_property, partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from reviewer.context import Context
from reviewer.errors import InputError, LogError, ReviewerError, RubricError
from reviewer.gate import Examined, Gate
from reviewer.intake.draft import read_draft
from reviewer.linking import going_out_now, linked
from reviewer.lsp.places import Places
from reviewer.lsp.settings import Settings
from reviewer.message import Message, Span
from reviewer.report.lines import Columns
from reviewer.reviewing import Review, Rewrite, review

__all__ = ["Draft", "Reader", "Reading"]

_MINUTE = 60.0  # seconds
_ELSEWHERE = "its text does not stand in the buffer as a reader will see it"


class Draft(NamedTuple):
    """One version of a buffer."""

    uri: str
    version: int
    text: str


class Reading:
    """A draft with its review, or with the reason why there is none; `trouble` is for the user to know."""

    def __init__(self, draft: Draft, examined: Examined, columns: Columns, trouble: tuple[str, ...]) -> None:
        self.draft, self.trouble, self._columns = draft, trouble, columns
        self.message, self.review, self.skipped, self.refused = examined

    @cached_property
    def places(self) -> Places:
        return Places(self.message.text, self._columns, self.message.above)

    @cached_property
    def opening(self) -> Span:
        """Where the message begins: its greeting, or its first sentence; what is absent is shown there."""
        if self.message.greeting is not None:
            return self.message.greeting
        return next((sentence.span for sentence in self.message.sentences), Span(0, 0))


class Reader:
    """Reads drafts by an editor's settings. What does not change from one keystroke to the next is kept."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._known = settings.known
        self._made: tuple[Gate, tuple[str, ...]] | None = None
        self._logged: tuple[object, float, Context] | None = None

    def forget(self) -> None:
        """Read rubric, configuration, log and dismissals anew before the next draft. Any thread may say so."""
        self._made = self._logged = None

    def read(self, draft: Draft, columns: Columns) -> Reading:
        """The draft, read; what cannot be read, or not with all that was wanted, is said in the reading's trouble."""
        trouble: tuple[str, ...] = ()
        try:
            message = _message(draft.text)
        except InputError as error:
            return Reading(draft, _left_alone(Message(draft.text), str(error)), columns, ())
        try:
            gate, trouble = self._gate()
        except ReviewerError as error:
            return Reading(draft, _left_alone(message, str(error)), columns, (str(error),))
        try:
            context = self._context(message, gate.log)
        except LogError as error:
            context, trouble = going_out_now(self._known), (*trouble, str(error))
        return Reading(draft, gate.examine(message, context), columns, trouble)

    def rewrite(self, review_: Review) -> Rewrite:
        """The message of a review, rewritten by the rules."""
        gate, _ = self._gate()
        done = review(review_.message, gate.rubric, context=review_.context, rewriting=True, silenced=gate.silenced)
        assert done.rewrite is not None
        return done.rewrite

    def _context(self, message: Message, log: Path | None) -> Context:
        """What is known now, give or take a minute: to open the log takes ten times as long as to read a draft."""
        recipient, logged = (message.address, message.to, message.channel), self._logged
        if logged is None or logged[0] != recipient or monotonic() - logged[1] > _MINUTE:
            logged = self._logged = recipient, monotonic(), linked(going_out_now(self._known), message, log=log)
        return logged[2]

    def _gate(self) -> tuple[Gate, tuple[str, ...]]:
        made = self._made
        if made is None:
            made = self._made = self._make()
        return made

    def _make(self) -> tuple[Gate, tuple[str, ...]]:
        wanted = self.settings
        make = partial(
            Gate,
            fail_on=wanted.fail_on,
            always=wanted.always,
            log=wanted.log.expanduser() if wanted.log is not None else None,
        )
        try:
            return make(rubric=wanted.rubric), ()
        except RubricError as error:
            return make(), (f"{error}; the default rubric is used",)


def _message(text: str) -> Message:
    """The message in a buffer, its lines those of the buffer. Raises InputError."""
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair, which no encoding has
    if text.startswith("\ufeff"):  # a byte-order mark, which would not count as a character
        text = " " + text[1:]
    message = read_draft(text.encode())
    if message.text != text and not message.above:
        raise InputError(_ELSEWHERE)
    return message


def _left_alone(message: Message, why: str) -> Examined:
    return Examined(message, None, why, False)
