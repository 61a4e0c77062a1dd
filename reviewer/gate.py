"""The gate: whether a message may go. For the moment before "send", so no model, no rewriting and nothing heavy."""

import os
from pathlib import Path
from typing import NamedTuple

from reviewer.allowance import is_allowed
from reviewer.context import Context
from reviewer.finding import Severity
from reviewer.language.followup import is_follow_up
from reviewer.linking import linked
from reviewer.message import Message
from reviewer.reviewing import Review, review
from reviewer.rubric import load_rubric
from reviewer.suppression import silenced

__all__ = ["ANYWAY", "OTHER_MAIL", "Examined", "Gate"]

OTHER_MAIL = "it does not look like a follow-up after an interview"
ANYWAY = "REVIEWER_SEND_ANYWAY"  # set to 1: what this process would refuse goes


class Examined(NamedTuple):
    """A message with its review, or with the reason why it was left alone; and whether it may not go."""

    message: Message
    review: Review | None
    skipped: str | None
    refused: bool


class Gate:
    """Examines messages with one rubric, one log, and what the user does not want to hear.

    Raises RubricError, SettingsError.
    """

    def __init__(
        self,
        *,
        rubric: str = "default",
        fail_on: Severity = Severity.ERROR,
        always: bool = False,
        log: Path | None = None,
    ) -> None:
        self.rubric = load_rubric(rubric)
        self.silenced = silenced()
        self.fail_on, self.always, self.log = fail_on, always, log

    def examine(self, message: Message, context: Context | None = None) -> Examined:
        """The message, reviewed as if it went out now.

        With the context, or where there is none with what the log knows of its recipient. Raises LogError.
        """
        if not message.sentences:
            return Examined(message, None, "there is nothing in it to review", False)
        if context is None:
            context = linked(Context(), message, log=self.log)
        if not self.always and not is_follow_up(message, known=context.record is not None):
            return Examined(message, None, OTHER_MAIL, False)
        done = review(message, self.rubric, context=context, silenced=self.silenced)
        return Examined(message, done, None, self._refuses(done))

    def _refuses(self, done: Review) -> bool:
        if not any(f.severity.rank <= self.fail_on.rank for f in done.findings):
            return False
        return not (os.environ.get(ANYWAY) == "1" or is_allowed(done.message))
