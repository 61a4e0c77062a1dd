"""Findings that the user does not want to hear: dismissed in one draft, or of a rule that is switched off.

A finding is known by a fingerprint without position: its rule, whom the draft addresses, and the words of the
sentence that it stands in (none where the fault is an absence). So it stays dismissed when other places change, comes
back when its own sentence does, and is not taken for a finding in a draft to somebody else. No words are kept.
"""

import os
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from reviewer.configuration import rules_off
from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.finding import Finding
from reviewer.folders import dismissals_file
from reviewer.message import Message, Span
from reviewer.text import words

__all__ = ["DISMISSED", "SWITCHED_OFF", "Dismissal", "dismiss", "dismissals", "fingerprint", "silenced", "undo"]

DISMISSED, SWITCHED_OFF = "dismissed", "switched off"
_DAYS = 90  # a message is written in days; what was dismissed longer ago is heard again


class Dismissal(NamedTuple):
    """A finding that was dismissed: its fingerprint, when, and its rule."""

    fingerprint: str
    on: date
    rule: str


def fingerprint(rule: str, span: Span | None, message: Message) -> str:
    """16 hexadecimal digits that tell a finding from others, wherever in the draft it stands."""
    place = message.sentence_around(span) if span is not None else None
    said = words(message.low, place.start, place.end) if place is not None else []
    to = message.address or " ".join(name.low for name in message.addressees)
    return sha256("\0".join((rule, to.lower(), *said)).encode("utf-8", "replace")).hexdigest()[:16]


def silenced(rules: Iterable[str] = ()) -> Callable[[Finding, Message], str | None]:
    """Why a finding is not to be heard, or None: by the user's configuration and dismissals, as they are now.

    More `rules` are switched off besides. Raises SettingsError.
    """
    off = {*rules_off(), *rules}
    kept = {d.fingerprint for d in dismissals()}

    def reason(finding: Finding, message: Message) -> str | None:
        if finding.rule in off:
            return SWITCHED_OFF
        if kept and fingerprint(finding.rule, finding.span, message) in kept:
            return DISMISSED
        return None

    return reason


def dismissals(today: date | None = None) -> list[Dismissal]:
    """What is dismissed now, oldest first. A line that is no dismissal, such as a torn one, is passed over."""
    try:
        lines = dismissals_file().read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    oldest = ((today or date.today()) - timedelta(days=_DAYS)).isoformat()
    found: dict[str, Dismissal] = {}
    for line in lines:
        day, _, rest = line.partition("\t")
        known, _, rule = rest.partition("\t")
        if len(known) != _LENGTH or day < oldest:
            continue
        found.pop(known, None)
        if rule != _UNDONE:
            try:
                found[known] = Dismissal(known, date.fromisoformat(day), rule)
            except ValueError:
                continue
    return list(found.values())


def dismiss(findings: Iterable[tuple[str, str]]) -> None:
    """Dismiss findings from now on, each given by its fingerprint and its rule. Raises InputError."""
    _append(findings)


def undo(fingerprints: Iterable[str]) -> None:
    """Hear these again. Raises InputError."""
    _append((known, _UNDONE) for known in fingerprints)


_LENGTH, _UNDONE = 16, "undone"


def _append(lines: Iterable[tuple[str, str]]) -> None:
    """One line each at the end of the file: two processes that write at once lose nothing."""
    file: Path = dismissals_file()
    day = date.today().isoformat()
    text = "".join(f"{day}\t{known}\t{rule}\n" for known, rule in lines)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab") as out:
            out.write(text.encode())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}; the dismissal was not kept") from None
