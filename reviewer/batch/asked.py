"""What a run has asked in batches and what was answered, kept in an SQLite file, so that nothing is asked twice.

It stands beside the journal for as long as a model has drafts to read. What is under way is in it before it is sent;
an answer is in it before the endpoint is told to forget it.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from reviewer.batch.journal import other_than
from reviewer.batch.work import Outcome
from reviewer.errors import InputError
from reviewer.llm_batch import Line

__all__ = ["Asked", "Kept", "Part"]

_TABLES = """
CREATE TABLE IF NOT EXISTS run (made_with TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS part (mark TEXT PRIMARY KEY, endpoint TEXT NOT NULL, file TEXT, batch TEXT) STRICT;
CREATE TABLE IF NOT EXISTS request (
    id TEXT PRIMARY KEY, mark TEXT NOT NULL, form TEXT NOT NULL, estimate INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS answer (id TEXT NOT NULL, form TEXT NOT NULL, status INTEGER, body TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS answer_id ON answer (id);
CREATE TEMP TABLE told (id TEXT PRIMARY KEY) STRICT;
"""


class Part(NamedTuple):
    """Requests that go together: the mark by which their batch is found, where it is asked, its file, its id."""

    mark: str
    endpoint: str
    file: str | None
    batch: str | None


class Kept(NamedTuple):
    """What a request came to: the form it was sent in, the status (None: it was not asked), the body as JSON."""

    form: str
    status: int | None
    body: str


class Asked:
    """The file, open for the one run that holds the journal's lock.

    It is an output of that run, to hear of the drafts that the model has yet to read. Several threads may ask it for
    answers.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError, and InputError where it is another file."""
        self.path = path
        self._unread = 0
        self._closed = False
        self._lock = Lock()
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = sqlite3.connect(path, check_same_thread=False)
        try:
            self._db.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path}: {error}; this is where batches are kept, so take the file away") from None

    def begin(self, made_with: Mapping[str, Any], endpoint: str, *, resume: bool, mixed: bool, anew: bool) -> None:
        """Go on where an earlier run ended; if it waited for nothing more, what failed is going to be asked again.

        Raises InputError where that run is not to be gone on with, or was another.
        """
        if not self.empty and not resume and not anew:
            raise InputError(
                f"{self.path}: an earlier run has asked in batches; go on with --resume, or begin again with --restart "
                "(what is answered is used by both)"
            )
        before = self._db.execute("SELECT made_with FROM run").fetchone()
        if before is not None and resume and not mixed:
            other = other_than(json.loads(before[0]), made_with)
            if other:
                raise InputError(
                    f"{self.path}: the earlier run was made with another {other}; keep what it did with --mixed, or "
                    "begin again with --restart"
                )
        elsewhere = {part.endpoint for part in self.parts()} - {endpoint}
        if elsewhere:
            raise InputError(
                f"{self.path}: batches are under way at {', '.join(sorted(elsewhere))}; go on with that --base-url, or "
                "take the file away to give them up"
            )
        with self._db:
            self._db.execute("DELETE FROM run")
            self._db.execute("INSERT INTO run VALUES (?)", (json.dumps(made_with),))
            self._db.execute("DELETE FROM answer WHERE status IS NOT 200 AND NOT EXISTS (SELECT 1 FROM part)")

    @property
    def empty(self) -> bool:
        """Whether nothing is in it that was paid for, or will be."""
        return not self._db.execute("SELECT EXISTS (SELECT 1 FROM answer UNION ALL SELECT 1 FROM part)").fetchone()[0]

    def answers(self, key: str) -> list[Kept]:
        """What a request came to, each time it was made."""
        with self._lock:
            found = self._db.execute("SELECT form, status, body FROM answer WHERE id = ? ORDER BY rowid", (key,))
            return [Kept(*row) for row in found]

    def first_told(self, key: str) -> bool:
        """Whether nobody in this run was told before what a request came to."""
        with self._lock:
            return self._db.execute("INSERT OR IGNORE INTO told VALUES (?)", (key,)).rowcount == 1

    def add(self, key: str, part: Part, form: str, estimate: int) -> None:
        """Put a request into a part that is going to be put here."""
        self._db.execute("INSERT INTO request VALUES (?, ?, ?, ?)", (key, part.mark, form, estimate))

    def under_way(self, key: str) -> bool:
        """Whether a request is in a part already."""
        return self._db.execute("SELECT 1 FROM request WHERE id = ?", (key,)).fetchone() is not None

    def put(self, part: Part) -> None:
        """Keep a part as it stands, and the requests that were added to it."""
        with self._db:
            self._db.execute("REPLACE INTO part VALUES (?, ?, ?, ?)", part)

    def drop(self, part: Part) -> None:
        """A part is done with; what of it was not answered may be asked anew."""
        with self._db:
            self._db.execute("DELETE FROM request WHERE mark = ?", (part.mark,))
            self._db.execute("DELETE FROM part WHERE mark = ?", (part.mark,))

    def parts(self) -> list[Part]:
        return [Part(*row) for row in self._db.execute("SELECT mark, endpoint, file, batch FROM part ORDER BY rowid")]

    def waiting(self, part: Part) -> tuple[int, int]:
        """How many requests of a part have no answer yet, and the tokens that they were estimated at."""
        count, tokens = self._db.execute(
            "SELECT count(*), coalesce(sum(estimate), 0) FROM request WHERE mark = ?", (part.mark,)
        ).fetchone()
        return count, tokens

    def keep(self, part: Part, lines: Iterable[Line | None], lacking: str) -> int:
        """Keep what the requests of a part came to, the rest of them as `lacking`; how many lines are of none."""
        strange = 0
        with self._db:
            for line in lines:
                if line is None or not self._answered(part, line):
                    strange += 1
            self._db.execute(
                "INSERT INTO answer SELECT id, form, NULL, ? FROM request WHERE mark = ?", (lacking, part.mark)
            )
            self._db.execute("DELETE FROM request WHERE mark = ?", (part.mark,))
        return strange

    def _answered(self, part: Part, line: Line) -> bool:
        """Whether it is the first answer to a request of this part."""
        where = (line.custom_id, part.mark)
        form = self._db.execute("DELETE FROM request WHERE id = ? AND mark = ? RETURNING form", where).fetchone()
        if form is None:
            return False
        status = line.response.status_code if line.response is not None else None
        body = json.dumps(line.response.body) if line.response is not None else line.code
        self._db.execute("INSERT INTO answer VALUES (?, ?, ?, ?)", (line.custom_id, form[0], status, body))
        return True

    def write(self, outcome: Outcome) -> None:
        """A draft is reviewed, perhaps without the model."""
        self._unread += bool(outcome.unread)

    def finish(self) -> None:
        """All are: the file goes, unless the model has some of them yet to read."""
        self._close(goes=not self._unread)

    def abandon(self) -> None:
        """The run was ended: the file stays, unless it holds nothing."""
        self._close(goes=False)

    def _close(self, *, goes: bool) -> None:
        with self._lock:  # a run that is ended has threads yet that ask for answers, and SQLite does not bear that
            if self._closed:
                return
            self._closed = True
            self._db.rollback()
            goes = goes or self.empty
            self._db.close()
        if goes:
            self.path.unlink(missing_ok=True)
