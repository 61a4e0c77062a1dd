"""Application: what is known of one job applied for, its interviews, its people, and the messages that went out.

This is what the log keeps and the plan reads. Every fact but the firm may be unknown.
"""

import re
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import NamedTuple

from reviewer.context import Context, Kind, Person, Sent
from reviewer.language.moments import zone_of
from reviewer.language.names import fold, parts, same_person

__all__ = ["Application", "Contact", "Entry", "Message", "Note", "Round", "Status", "context_of", "starts"]


class Status(StrEnum):
    """How an application stands."""

    OPEN = "open"
    REJECTED = "rejected"
    OFFER = "offer"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Contact(NamedTuple):
    """Somebody at the firm, or a recruiter who stands between."""

    name: str
    title: str | None = None
    email: str | None = None


class Round(NamedTuple):
    """An interview: when, in the employer's zone where it has an offset; a plain date where the hour is unknown."""

    at: datetime | date
    zone: str | None = None


class Message(NamedTuple):
    """A message that went out, to whom where that is known; its text unless the user did not want it kept."""

    kind: Kind
    at: datetime
    to: str | None = None
    subject: str | None = None
    text: str | None = None


class Entry(NamedTuple):
    """A calendar entry that went out: whose it is, how often it changed, what it said (empty: it was cancelled)."""

    application: int
    sequence: int
    content: str


class Note(NamedTuple):
    """A concern that was voiced, and whether it was answered."""

    text: str
    answered: bool = False


class Application(NamedTuple):
    """One application. `id` is None until the log has given it one; `since` is the day of its status."""

    company: str
    role: str | None = None
    status: Status = Status.OPEN
    since: date | None = None
    interviewers: tuple[Contact, ...] = ()
    recruiter: Contact | None = None
    rounds: tuple[Round, ...] = ()
    topics: tuple[str, ...] = ()
    concerns: tuple[Note, ...] = ()
    promised: date | None = None
    promised_words: str | None = None
    channel: str | None = None
    notes: str | None = None
    sent: tuple[Message, ...] = ()
    id: int | None = None

    @property
    def title(self) -> str:
        return f"{self.company} – {self.role}" if self.role else self.company

    @property
    def people(self) -> tuple[Contact, ...]:
        """Everybody who may be written to, the recruiter last."""
        return (*self.interviewers, *((self.recruiter,) if self.recruiter is not None else ()))

    def matches(self, name: str) -> bool:
        """Whether a part of the firm, the job or a person is called so."""
        wanted = fold(name.strip())
        texts = [self.company, self.role, *(p.name for p in self.people), *(p.email for p in self.people)]
        return bool(wanted) and any(wanted in fold(text) for text in texts if text)

    def person(self, name: str | None) -> Contact | None:
        """The one person who is meant by a name or an address; None where nobody or more than one is."""
        if not name:
            return None
        found = [p for p in self.people if is_meant(p, name)]
        return found[0] if len(found) == 1 else None


def starts(one: Round, here: tzinfo | None = None) -> datetime:
    """When a round begins, where the employer is; where that is not known, `here`, or where this computer is.

    A day without an hour begins at nine. Raises Unclear for a zone that is none.
    """
    at = one.at if isinstance(one.at, datetime) else datetime.combine(one.at, time(9))
    zone = zone_of(one.zone) or here
    if at.tzinfo is None:
        return at.replace(tzinfo=zone) if zone is not None else at.astimezone()
    return at.astimezone(zone) if one.zone is not None else at


def is_meant(person: Contact, name: str) -> bool:
    """Whether a name as written, or an address, means the person."""
    if "@" in name:
        return bool(person.email) and fold(person.email or "") in re.findall(r"[^\s<>,;\"]+", fold(name))
    return all(same_person(part, person.name) for part in parts(name)) if parts(name) else False


def context_of(application: Application, *, now: datetime, to: str | None = None) -> Context:
    """What a review needs to know of an application when a message to `to` goes out `now`.

    Thanks count for the person who was thanked, nudges for everybody at the firm.
    """
    if now.tzinfo is None:
        now = now.astimezone()
    past = [r for r in application.rounds if _began(r, now)]
    person = application.person(to)
    sent = tuple(
        Sent(m.kind, m.at, m.text) for m in application.sent if m.at <= now and _counts(m, person, application)
    )
    return Context(
        interviewers=tuple(Person(p.name, p.title) for p in application.interviewers),
        recruiter=application.recruiter.name if application.recruiter is not None else None,
        company=application.company,
        role=application.role,
        interviewed_at=past[-1].at if past else None,
        promised_reply_by=application.promised,
        sending_at=now,
        sent=sent,
        topics=application.topics,
        channel=application.channel,
        record=application.title,
    )


_PERSONAL = frozenset({Kind.THANK_YOU, Kind.LINKEDIN})


def _counts(message: Message, person: Contact | None, application: Application) -> bool:
    if message.kind not in _PERSONAL or person is None or message.to is None:
        return True
    return application.person(message.to) in {None, person}


def _began(one: Round, now: datetime) -> bool:
    begins = starts(one, now.tzinfo)
    return begins <= now if isinstance(one.at, datetime) else begins.astimezone(now.tzinfo).date() <= now.date()
