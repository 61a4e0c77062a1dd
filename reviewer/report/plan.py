"""The plan as text, as JSON, and as a calendar.

A calendar entry keeps its UID when the plan changes, and its SEQUENCE goes up with each change (RFC 5545, 3.8.7.4); a
step that has gone is sent once more as cancelled. icalendar writes the file: it folds lines at 75 octets and ends them
with CRLF, which readers insist on.
"""

import hashlib
import textwrap
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from reviewer.plan import Standing, Step

__all__ = ["as_dicts", "calendar", "render"]

_WIDTH = 80
_HEADS = {
    "Now": {Standing.DUE, Standing.LATE},
    "Wait": {Standing.WAIT},
    "If nothing comes": {Standing.LATER},
}


def render(steps: Sequence[Step]) -> str:
    """The plan for a person, what is due on top, at most 80 columns wide."""
    out: list[str] = []
    for head, standings in _HEADS.items():
        mine = [step for step in steps if step.standing in standings]
        if mine:
            out += [head, ""]
        for step in mine:
            out += [*_lines(step), ""]
    return "\n".join(out) if out else "Nothing to send, and nothing to wait for."


def _lines(step: Step) -> list[str]:
    what = step.name
    who = f" to {step.to.name}" if step.to is not None else ""
    lines = [f"  {what}{who}, {step.application.title}", f"    {_when(step)}"]
    for text in (step.what, f"{step.why} ({', '.join(step.sources)})"):
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
    steps: Sequence[Step], known: Mapping[str, tuple[int, str]], now: datetime
) -> tuple[bytes, dict[str, tuple[int, str]]]:
    """The calendar file, and the entries in it: sequence and content by UID. `known` are those that went out before."""
    from icalendar import Calendar, Event

    entries: dict[str, tuple[int, str]] = {}
    file = Calendar()
    file.add("prodid", "-//reviewer//plan//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for step in steps:
        uid = f"{hashlib.sha256(step.key.encode()).hexdigest()[:24]}@reviewer"
        begins = step.begins.astimezone(UTC).replace(microsecond=0)
        until = (step.until or step.begins + timedelta(minutes=30)).astimezone(UTC).replace(microsecond=0)
        who = f" {step.to.name}" if step.to is not None else ""
        what = step.name
        summary = f"{what.capitalize()}{':' if who else ''}{who} ({step.application.company})"
        content = "\n".join((begins.isoformat(), until.isoformat(), summary, step.what))
        entries[uid] = (_sequence(uid, content, known), content)
        event = Event()
        event.add("uid", uid)
        event.add("sequence", entries[uid][0])
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", begins)
        event.add("dtend", max(until, begins + timedelta(minutes=15)))
        event.add("summary", summary)
        event.add("description", f"{step.what}\n{step.why} ({', '.join(step.sources)})")
        event.add("status", "CONFIRMED" if step.standing is not Standing.LATER else "TENTATIVE")
        file.add_component(event)
    for uid, (sequence, content) in known.items():
        if uid in entries or not content:
            continue
        begins = datetime.fromisoformat(content.split("\n")[0])
        event = Event()
        event.add("uid", uid)
        event.add("sequence", sequence + 1)
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", begins)
        event.add("dtend", datetime.fromisoformat(content.split("\n")[1]))
        event.add("summary", content.split("\n")[2])
        event.add("status", "CANCELLED")
        file.add_component(event)
        entries[uid] = (sequence + 1, "")
    return file.to_ical(), entries


def _sequence(uid: str, content: str, known: Mapping[str, tuple[int, str]]) -> int:
    """As before where nothing changed, one more where something did."""
    if uid not in known:
        return 0
    sequence, before = known[uid]
    return sequence if before == content else sequence + 1
