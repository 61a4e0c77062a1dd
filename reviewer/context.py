"""Context: what is known of the interview beside the draft. Every field may be unknown."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Context", "Kind", "Person", "Sent"]


class Kind(StrEnum):
    """The kinds of message; limits and weights differ by kind in a rubric."""

    THANK_YOU = "thank_you"
    CHECK_IN = "check_in"
    SECOND_CHECK_IN = "second_check_in"
    ADDED_VALUE = "added_value"
    LINKEDIN = "linkedin"
    CONCERN_REPLY = "concern_reply"
    OFFER_LEVERAGE = "offer_leverage"
    POST_REJECTION = "post_rejection"


class Person(NamedTuple):
    """Somebody who interviewed."""

    name: str
    title: str | None = None


class Sent(NamedTuple):
    """A message that went out earlier; its text where it was kept."""

    kind: Kind
    at: datetime | date
    text: str | None = None


class Context(NamedTuple):
    """The facts of one application. "Now" is `sending_at`; no check looks at a clock.

    A moment is a `datetime` with or without an offset, or a plain `date` where the hour is unknown.
    """

    interviewers: tuple[Person, ...] = ()
    recruiter: str | None = None
    company: str | None = None
    role: str | None = None
    interviewed_at: datetime | date | None = None
    promised_reply_by: date | None = None
    sending_at: datetime | date | None = None
    sent: tuple[Sent, ...] = ()
    topics: tuple[str, ...] = ()
    channel: str | None = None
    kind: Kind | None = None
    record: str | None = None  # which application of the log this was taken from
