"""A subject that says nothing of who writes, or of what."""

import re
from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Fix, Hit, Safety
from reviewer.language.detail import stem
from reviewer.language.names import parts
from reviewer.message import Message

_THIN = frozenset(
    "hi hey hello thanks thank you again note letter mail email message follow following up followup follow-up checking check in just quick one "
    "question questions interview interviews cv resume offer status update re fw fwd the your our my a an for of to on from about and please read "
    "urgent important appreciation opportunity me still waiting answer request humble reminder attempt final second third 2 3 4 4th batch "
    "decision required application job this today see time part some further thoughts it is are legend".split()
)


@check(
    Flags(text="Hi Ana,\n\nThank you.\n\nBo Lind", subject="Following up", context=Context(channel="email")),
    Flags(text="Hi Ana,\n\nThank you.\n\nBo Lind", subject="PLEASE READ", context=Context(channel="email")),
    Passes(
        text="Hi Ana,\n\nThank you.\n\nBo Lind",
        subject="Bo Lind – Thank you",
        context=Context(channel="email"),
    ),
    Passes(
        text="Hi Ana,\n\nThank you.\n\nBo Lind",
        subject="Re: your question about the ledger",
        context=Context(channel="email"),
    ),
)
def weak_subject(message: Message, context: Context) -> Iterator[Hit]:
    """The subject is all they see in a full inbox: it should say who writes, and about what."""
    subject = (message.subject or "").strip()
    if context.channel not in {"email", None} or not subject:
        return
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", subject.lower())
    loud = subject.isupper() and len(words) >= 2
    reply = subject.lower().startswith("re:")
    mine = {stem(w) for name in (message.sender, context.role, context.company) if name for w in parts(name)}
    telling = [w for w in words if w not in _THIN and len(w) > 2]
    named = any(stem(w) in mine for w in words)
    if not loud and (named or telling or reply):
        return
    name = message.sender or "[your name]"
    job = "Thank you" if context.kind is Kind.THANK_YOU or context.role is None else context.role
    yield Hit(
        "Say in the subject who writes, and about which job.",
        None,
        Fix(f"Subject: {name} – {job}", (), Safety.EXAMPLE),
        Degree.SLIGHT,
    )
