"""The journal of a run: what is reviewed already, so that a run that was ended by anything goes on from there.

JSON Lines, only ever appended to: a line that says what the run was made with, then a line for every review, by the
digest of its record. A row that failed is not in it, and so is tried again. What a kill or a full disk tore is cut off.
"""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from reviewer.batch.work import Outcome, as_json
from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.intake.rows import Record

__all__ = ["Journal", "key_of", "other_than"]

_FORM = 1  # of a journal
_SYNCED_EVERY = 1.0  # seconds: what a power cut may cost
_FINISHED = b'{"finished": true}\n'


def key_of(record: Record) -> str:
    """The digest of all that a review of this record depends on, beside what the run was made with."""
    data = record.data
    if isinstance(data, dict):
        data = json.dumps(data, sort_keys=True, default=str)
    told = as_json([record.name, record.keys, record.mail]).encode()
    data = data if isinstance(data, bytes) else data.strip().encode("utf-8", "surrogatepass")
    return sha256(told + data).hexdigest()[:32]


class Journal:
    """A journal open for a run, and for no other at the same time.

    Raises InputError where an earlier run's work would be lost or mixed, or where that run is still at work.
    """

    def __init__(
        self, path: Path, made_with: Mapping[str, Any], *, resume: bool = False, mixed: bool = False, anew: bool = False
    ) -> None:
        self.path = path
        self.kept = 0  # reviews of earlier runs
        self._places = sqlite3.connect("")  # a temporary database, which takes to the disk when it grows
        self._places.execute("CREATE TABLE place (key BLOB PRIMARY KEY, at INTEGER) WITHOUT ROWID")
        self._synced = monotonic()
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b", buffering=0)
        self._before = path.open("rb")
        try:
            _lock(self._file.fileno(), path)
            self._begin(made_with, resume=resume, mixed=mixed, anew=anew)
        except BaseException:
            self._file.close()
            raise

    def _begin(self, made_with: Mapping[str, Any], *, resume: bool, mixed: bool, anew: bool) -> None:
        before = self._read() if not anew else None
        if before is not None and self.kept and not resume and not self._ended:
            raise InputError(
                f"{self.path}: a run that did not come to its end has {self.kept:,} reviews here; "
                "go on with --resume, or begin again with --restart"
            )
        if before is not None and resume:
            self._compare(before, made_with, mixed=mixed)
        else:
            self.kept = 0
            self._places.execute("DELETE FROM place")
        self._holds = self.kept > 0
        self._file.truncate(self._whole if self._holds else 0)
        self._append(as_json({"journal": _FORM, "made_with": made_with}).encode() + b"\n")

    def _read(self) -> dict[str, Any] | None:
        """Find what is there, and where; what the last run was made with, None where there is no journal."""
        self._ended, self._whole, at = False, 0, 0
        made_with: dict[str, Any] | None = None
        for line in self._before:
            entry = _entry(line)
            if entry is not None:
                self._whole = at + len(line)
                self._ended = "finished" in entry
                if "key" in entry:
                    self._places.execute("REPLACE INTO place VALUES (?, ?)", (bytes.fromhex(entry["key"]), at))
                elif "journal" in entry:
                    made_with = entry["made_with"]
            at += len(line)
        self.kept = self._places.execute("SELECT count(*) FROM place").fetchone()[0]
        return {} if made_with is None and self.kept else made_with  # of what is torn off nobody knows how it was made

    def _compare(self, before: Mapping[str, Any], now: Mapping[str, Any], *, mixed: bool) -> None:
        other = other_than(before, now)
        if other and self.kept and not mixed:
            raise InputError(
                f"{self.path}: the earlier run was made with another {other}; "
                "keep what it did with --mixed, or begin again with --restart"
            )

    def get(self, key: str) -> Outcome | None:
        """What an earlier run made of a record."""
        if not self.kept:
            return None
        found = self._places.execute("SELECT at FROM place WHERE key = ?", (bytes.fromhex(key),)).fetchone()
        if found is None:
            return None
        self._before.seek(found[0])
        entry = json.loads(self._before.readline())
        about, page = [None if one is None else as_json(one) for one in (entry.get("about"), entry.get("page"))]
        return Outcome(as_json(entry["result"]), failed=False, about=about, page=page)

    def add(self, keys: Sequence[str], outcomes: Sequence[Outcome]) -> None:
        """Keep what was made of some records, but not what is to be tried again. Raises OSError."""
        entries = [
            f'{{"key": "{key}", "about": {one.about or "null"}, "page": {one.page or "null"}, "result": {one.line}}}\n'
            for key, one in zip(keys, outcomes, strict=True)
            if not one.failed and not one.unread
        ]
        if entries:
            self._holds = True
            self._append("".join(entries).encode())

    def _append(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        if monotonic() - self._synced > _SYNCED_EVERY:
            os.fsync(self._file.fileno())
            self._synced = monotonic()

    def finish(self, *, missing: int) -> None:
        """Every row was tried: the journal stays where some are to be tried again, else it goes."""
        self._append(_FINISHED)
        self._holds = self._holds and missing > 0
        self.close()

    def close(self) -> None:
        """One that holds no review goes."""
        self._file.close()
        self._before.close()
        self._places.close()
        if not self._holds:
            self.path.unlink(missing_ok=True)


def other_than(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What a run is made with that an earlier one was not, in words."""
    other = {key: value for key, value in now.items() if before.get(key) != value}
    return "; ".join(f"{key} {before.get(key)!r}, now {value!r}" for key, value in other.items())


def _lock(descriptor: int, path: Path) -> None:
    """Until the file is closed, or the process ends in whatever way; on Windows nothing is locked."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError(f"{path}: another run is at work there; wait for it, or give another --output") from None


def _entry(line: bytes) -> dict[str, Any] | None:
    """A line of the journal; None for one that is torn."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
