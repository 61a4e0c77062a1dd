"""The plan as text, as JSON, and as a calendar.

A calendar entry keeps its UID when the plan changes, and its SEQUENCE goes up with each change (RFC 5545, 3.8.7.4); a
step that has gone is sent once more as cancelled. icalendar writes the file: it folds lines at 75 octets and ends them
with CRLF, which readers insist on.
"""

import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from reviewer.applications import Entry
from reviewer.plan import Standing, Step

if TYPE_CHECKING:  # the calendar's library is loaded when a calendar is written
    from icalendar import Event

__all__ = ["as_dicts", "calendar", "render"]

_WIDTH = 80
_HEADS = {
    "Now": {Standing.DUE, Standing.LATE},
    "Wait": {Standing.WAIT},
    "If nothing comes": {Standing.LATER},
}


def render(steps: Sequence[Step], now: datetime) -> str:
    """The plan for a person, what is due on top, at most 80 columns wide."""
    if not steps:
        return "Nothing to send, and nothing to wait for."
    out = [f"As of {_moment(now)} {now:%Z}; numbers in brackets: docs/advice.md", ""]
    for head, standings in _HEADS.items():
        mine = [step for step in steps if step.standing in standings]
        if mine:
            out += [head, ""]
        for step in mine:
            out += [*_lines(step), ""]
    return "\n".join(out)


def _lines(step: Step) -> list[str]:
    what = step.name
    who = f" to {step.to.name}" if step.to is not None else ""
    head = f"{what}{who}, {step.application.title}"
    lines = textwrap.wrap(head, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for text in (_when(step), step.what, f"{step.why} ({', '.join(step.sources)})"):
        lines += textwrap.wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    return lines


def _when(step: Step) -> str:
    begins = _moment(step.begins)
    if step.standing is Standing.WAIT:
        return f"wait until {begins}" + (f"; by {_moment(step.until)}" if step.until is not None else "")
    if step.standing is Standing.LATE:
        return f"late: it should have gone out by {_moment(step.until or step.begins)}"
    if step.standing is Standing.LATER:
        return f"not before {begins}"
    return f"since {begins}" + (f", until {_moment(step.until)}" if step.until is not None else "")


def _moment(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%B %Y, %H:%M}"


def as_dicts(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The plan for tools: moments in ISO 8601 with offset."""
    return [
        {
            "application": {"id": s.application.id, "company": s.application.company, "role": s.application.role},
            "kind": s.kind.value if s.kind is not None else None,
            "to": None if s.to is None else {"name": s.to.name, "title": s.to.title, "email": s.to.email},
            "begins": s.begins.isoformat(),
            "until": s.until.isoformat() if s.until is not None else None,
            "standing": s.standing.value,
            "what": s.what,
            "why": s.why,
            "sources": list(s.sources),
        }
        for s in steps
    ]


def calendar(
    steps: Sequence[Step], known: Mapping[str, Entry], now: datetime, *, salt: str = ""
) -> tuple[bytes, dict[str, Entry]]:
    """The calendar file, and the entries in it by UID. `known` are those that went out before.

    What would come only if nothing else did is left out: it moves from day to day.
    """
    from icalendar import Calendar

    entries: dict[str, Entry] = {}
    file = Calendar()
    file.add("prodid", "-//reviewer//plan//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for step in steps:
        if step.standing is Standing.LATER:
            continue
        uid = f"{hashlib.sha256(f'{salt}|{step.key}'.encode()).hexdigest()[:24]}@reviewer"
        begins, until = _span(step)
        who = f": {step.to.name}" if step.to is not None else ""
        summary = _plain(f"{step.name.capitalize()}{who} ({step.application.title})")
        said = _plain(f"{step.what} {step.why} ({', '.join(step.sources)})")
        content = "\n".join((begins.isoformat(), until.isoformat(), summary, said))
        entries[uid] = Entry(step.application.id or 0, _sequence(known.get(uid), content), content)
        file.add_component(_event(uid, entries[uid], now, "CONFIRMED"))
    for uid, entry in known.items():
        if uid in entries or datetime.fromisoformat(entry.content.split("\n")[1]) < now - _KEPT:
            continue
        gone = (
            entry
            if entry.content.endswith(_GONE)
            else entry._replace(sequence=entry.sequence + 1, content=entry.content + _GONE)
        )
        file.add_component(_event(uid, gone, now, "CANCELLED"))
        entries[uid] = gone
    return file.to_ical(), entries


_GONE = "\ncancelled"
_KEPT = timedelta(days=60)  # for which a step that has gone is sent as cancelled, so that no calendar misses it


def _span(step: Step) -> tuple[datetime, datetime]:
    begins = step.begins.astimezone(UTC).replace(microsecond=0)
    until = (step.until or step.begins + timedelta(minutes=30)).astimezone(UTC).replace(microsecond=0)
    return begins, max(until, begins + timedelta(minutes=15))


def _event(uid: str, entry: Entry, now: datetime, status: str) -> "Event":
    from icalendar import Event

    begins, until, summary, said, *_ = entry.content.split("\n")
    event = Event()
    event.add("uid", uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", datetime.fromisoformat(begins))
    event.add("dtend", datetime.fromisoformat(until))
    event.add("summary", summary)
    event.add("description", said)
    event.add("status", status)
    event.add("transp", "TRANSPARENT")  # a span in which to write a mail keeps nobody busy
    return event


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _sequence(known: Entry | None, content: str) -> int:
    """As before where nothing changed, one more where something did."""
    if known is None:
        return 0
    return known.sequence if known.content == content else known.sequence + 1
