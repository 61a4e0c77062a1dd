"""What the log knows of the application that a draft belongs to, as the context of its review."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.context import Context
from reviewer.folders import log_file
from reviewer.message import Message

if TYPE_CHECKING:  # the log is opened when there is one
    from reviewer.applications import Application

__all__ = ["going_out_now", "linked", "recipient"]


def linked(known: Context, message: Message, *, name: str | None = None, log: Path | None = None) -> Context:
    """The context with what the log knows of the application: the one that is named, else that of the recipient.

    What is known already stands. Raises LogError where the name does not tell which is meant.
    """
    file = log or log_file()
    if name is None and (not (message.address or message.to) or not Path(file).is_file()):
        return known
    from reviewer.applications import context_of
    from reviewer.log import opened

    with opened(file) as opened_log:
        found = opened_log.find(name) if name is not None else recipient(opened_log.all(), message)
    if found is None:
        return known
    now = known.sending_at if isinstance(known.sending_at, datetime) else datetime.now().astimezone()
    logged = context_of(found, now=now, to=message.address or message.to)
    given = {key: value for key in Context._fields if (value := getattr(known, key)) not in (None, ())}
    if message.channel is not None:
        given["channel"] = message.channel  # a mail is one, however they mostly write
    return logged._replace(**given)


def going_out_now(context: Context) -> Context:
    """The context with this moment as the one of sending, where dates are known and that one is not."""
    if context.sending_at is None and (context.interviewed_at or context.promised_reply_by):
        return context._replace(sending_at=datetime.now().astimezone())
    return context


def recipient(applications: "list[Application]", message: Message) -> "Application | None":
    """The one application whose people the message is addressed to; None where none or several are."""
    for name in (message.address, message.to):
        found = [a for a in applications if a.person(name) is not None]
        if len(found) == 1:
            return found[0]
    return None
