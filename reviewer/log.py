"""The log: applications in an SQLite file that is the user's alone.

WAL, foreign keys, one transaction a change: a process that is killed loses the change it was making and nothing
else, and two processes wait for each other. The schema has a number; an older file is brought up to date when it is
opened, a newer one is left alone. SQL has parameters only, and nothing of the log is written to any other place.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from reviewer.applications import Application, Contact, Entry, Message, Note, Round, Status, starts
from reviewer.context import Kind
from reviewer.errors import LogError
from reviewer.language.moments import zone_of

if TYPE_CHECKING:  # loaded when strangers' data comes in
    from pydantic import TypeAdapter

__all__ = ["Log", "as_dict", "from_dict", "opened", "sound"]

_FIRST = """
CREATE TABLE applications (
    id INTEGER PRIMARY KEY AUTOINCREMENT, company TEXT NOT NULL, role TEXT, status TEXT NOT NULL, since TEXT,
    promised TEXT, promised_words TEXT, channel TEXT, notes TEXT);
CREATE TABLE people (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE, part TEXT NOT NULL,
    place INTEGER NOT NULL, name TEXT NOT NULL, title TEXT, email TEXT);
CREATE TABLE rounds (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE, at TEXT NOT NULL, zone TEXT);
CREATE TABLE topics (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE, place INTEGER NOT NULL,
    text TEXT NOT NULL);
CREATE TABLE concerns (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE, place INTEGER NOT NULL,
    text TEXT NOT NULL, answered INTEGER NOT NULL);
CREATE TABLE messages (
    application INTEGER NOT NULL REFERENCES applications (id) ON DELETE CASCADE, kind TEXT NOT NULL, at TEXT NOT NULL,
    recipient TEXT, subject TEXT, text TEXT);
CREATE INDEX people_of ON people (application);
CREATE INDEX rounds_of ON rounds (application);
CREATE INDEX topics_of ON topics (application);
CREATE INDEX concerns_of ON concerns (application);
CREATE INDEX messages_of ON messages (application);
CREATE TABLE entries (
    uid TEXT PRIMARY KEY, application INTEGER NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE about (salt TEXT NOT NULL);
INSERT INTO about VALUES (lower(hex(randomblob(8))));
"""
_OURS = 0x72657677  # application_id: tells our file from any other program's
# Each brings a file of the number before to its own number. Never changed once released; new ones are added.
_MIGRATIONS: tuple[str, ...] = (_FIRST,)


@contextmanager
def opened(path: Path | str) -> Iterator["Log"]:
    """The log in a file, made when there is none, or in `:memory:`. What may not be written can be read.

    Raises LogError.
    """
    try:
        with closing(_connected(path)) as db:
            db.execute("PRAGMA foreign_keys = ON")
            _migrate(db, str(path))
            yield Log(db)
    except sqlite3.OperationalError as error:
        raise LogError(f"{path}: {error}; is the folder writable, and no other program holding the file?") from None
    except sqlite3.DatabaseError as error:
        raise LogError(f"{path}: {error}; nothing was changed. Move the file away, or give another by --log") from None
    except (UnicodeError, ValueError) as error:
        what = f"something in it cannot be read or kept ({type(error).__name__})"
        raise LogError(f"{path}: {what}; nothing was changed") from None
    except OSError as error:
        raise LogError(f"{path}: {error.strerror or error}; give a path that can be written, by --log") from None


def _connected(path: Path | str) -> sqlite3.Connection:
    if str(path) == ":memory:":
        return sqlite3.connect(path, isolation_level=None)
    file = Path(path)
    if file.exists() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        beside = file.with_name(file.name + "-wal").exists()  # what was not yet taken into the file itself
        how = "mode=ro" if beside else "immutable=1"
        return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", timeout=10, isolation_level=None, uri=True)
    _make_private(file)
    return sqlite3.connect(file, timeout=10, isolation_level=None)


def _make_private(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _migrate(db: sqlite3.Connection, where: str) -> None:
    with _transaction(db, "BEGIN"):
        number = db.execute("PRAGMA user_version").fetchone()[0]
        used = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
        ours = not used or db.execute("PRAGMA application_id").fetchone()[0] == _OURS
    if not ours:
        raise LogError(f"{where}: this is another program's file; it was left alone. Give another by --log")
    if number > len(_MIGRATIONS):
        raise LogError(
            f"{where}: made by a newer reviewer (schema {number}, this one knows {len(_MIGRATIONS)}); "
            "it was left alone. Update reviewer, or give another file by --log"
        )
    if number == len(_MIGRATIONS):
        return
    if where != ":memory:":
        _use_wal(db)
    with _transaction(db):
        number = db.execute("PRAGMA user_version").fetchone()[0]
        for script in _MIGRATIONS[number:]:
            for statement in script.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {_OURS}")  # pragmas take no parameters; the numbers are our own
        db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _use_wal(db: sqlite3.Connection) -> None:
    """Two processes that meet on a new file: SQLite does not wait for this lock by itself."""
    for _ in range(_TRIES):
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            sleep(_PAUSE)
    db.execute("PRAGMA journal_mode = WAL")


_TRIES, _PAUSE = 200, 0.05  # seconds: ten in all, as for any other lock


@contextmanager
def _transaction(db: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """All or nothing; to write, the lock is taken at the start, so that two processes wait and do not fail."""
    db.execute(begin)
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


class Log:
    """The applications of one user. Every change is one transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> list[Application]:
        """Every application, in the order in which they came."""
        with _transaction(self._db, "BEGIN"):  # all tables as they are at one moment
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM applications ORDER BY id").fetchall()
            return [self._read(row) for row in rows]

    def find(self, name: str) -> Application:
        """The one application that a part of firm, job or person, or its number, names. Raises LogError."""
        known = self.all()
        found = [a for a in known if str(a.id) == name] or [a for a in known if a.matches(name)]
        if len(found) == 1:
            return found[0]
        if not found:
            there = "; ".join(f"{a.id}: {a.title}" for a in known) or "none yet (reviewer interview add)"
            raise LogError(f"{name}: no application is called so; there are {there}")
        raise LogError(
            f"{name}: more than one is called so; say which: " + "; ".join(f"{a.id}: {a.title}" for a in found)
        )

    def add(self, application: Application) -> Application:
        return self.add_all([application])[0]

    def add_all(self, applications: Iterable[Application]) -> list[Application]:
        """All of them, or none."""
        with _transaction(self._db):
            saved = []
            for application in applications:
                number = self._db.execute("INSERT INTO applications (company, status) VALUES ('', 'open')").lastrowid
                saved.append(application._replace(id=number))
                self._write(saved[-1])
        return saved

    def change(self, number: int, change: Callable[[Application], Application]) -> Application:
        """Change what the log has now, whatever another process has done to it in between."""
        with _transaction(self._db):
            row = self._db.execute(f"SELECT {_COLUMNS} FROM applications WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise LogError(f"application {number} is gone; another program has removed it")
            changed = change(self._read(row))
            self._write(changed)
        return changed

    def remove(self, application: Application) -> None:
        with _transaction(self._db):
            self._db.execute("DELETE FROM applications WHERE id = ?", (application.id,))

    @property
    def salt(self) -> str:
        """What sets the names of this log's calendar entries apart from any other's."""
        return str(self._db.execute("SELECT salt FROM about").fetchone()[0])

    def entries(self, application: int | None = None) -> dict[str, Entry]:
        """Calendar entries that went out, by their UID: of one application, or of all."""
        rows = self._db.execute("SELECT uid, application, sequence, content FROM entries").fetchall()
        return {uid: Entry(*rest) for uid, *rest in rows if application in {None, rest[0]}}

    def keep_entries(self, entries: Mapping[str, Entry]) -> None:
        with _transaction(self._db):
            rows = [(uid, e.application, e.sequence, e.content) for uid, e in entries.items()]
            self._db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)

    def _write(self, a: Application) -> None:
        self._db.execute(
            "UPDATE applications SET company = ?, role = ?, status = ?, since = ?, promised = ?, promised_words = ?, "
            "channel = ?, notes = ? WHERE id = ?",
            (a.company, a.role, a.status, _iso(a.since), _iso(a.promised), a.promised_words, a.channel, a.notes, a.id),
        )
        for table in ("people", "rounds", "topics", "concerns", "messages"):
            self._db.execute(f"DELETE FROM {table} WHERE application = ?", (a.id,))
        people = [("interviewer", p) for p in a.interviewers]
        people += [("recruiter", a.recruiter)] if a.recruiter is not None else []
        self._db.executemany(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)",
            [(a.id, part, n, p.name, p.title, p.email) for n, (part, p) in enumerate(people)],
        )
        self._db.executemany(
            "INSERT INTO rounds VALUES (?, ?, ?)", [(a.id, r.at.isoformat(), r.zone) for r in a.rounds]
        )
        self._db.executemany("INSERT INTO topics VALUES (?, ?, ?)", [(a.id, n, t) for n, t in enumerate(a.topics)])
        self._db.executemany(
            "INSERT INTO concerns VALUES (?, ?, ?, ?)",
            [(a.id, n, c.text, c.answered) for n, c in enumerate(a.concerns)],
        )
        self._db.executemany(
            "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?)",
            [(a.id, m.kind, m.at.isoformat(), m.to, m.subject, m.text) for m in a.sent],
        )

    def _read(self, row: tuple[Any, ...]) -> Application:
        number, company, role, status, since, promised, words, channel, notes = row

        def rows(what: str, order: str) -> list[Any]:
            return self._db.execute(f"{what} WHERE application = ? ORDER BY {order}", (number,)).fetchall()

        people = rows("SELECT part, name, title, email FROM people", "place")
        rounds = rows("SELECT at, zone FROM rounds", "rowid")
        messages = rows("SELECT kind, at, recipient, subject, text FROM messages", "rowid")
        return Application(
            company,
            role,
            Status(status),
            date.fromisoformat(since) if since else None,
            tuple(Contact(*p[1:]) for p in people if p[0] == "interviewer"),
            next((Contact(*p[1:]) for p in people if p[0] == "recruiter"), None),
            tuple(sorted((Round(_moment(at), zone) for at, zone in rounds), key=starts)),
            tuple(text for (text,) in rows("SELECT text FROM topics", "place")),
            tuple(Note(text, bool(done)) for text, done in rows("SELECT text, answered FROM concerns", "place")),
            date.fromisoformat(promised) if promised else None,
            words,
            channel,
            notes,
            tuple(sorted((Message(Kind(m[0]), datetime.fromisoformat(m[1]), *m[2:]) for m in messages), key=_at)),
            number,
        )


_at = attrgetter("at")  # as a moment: in the file stand hours of many zones
_COLUMNS = "id, company, role, status, since, promised, promised_words, channel, notes"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def as_dict(a: Application) -> dict[str, Any]:
    """An application as JSON has it; `from_dict` reads it back."""
    return {
        "company": a.company,
        "role": a.role,
        "status": a.status.value,
        "since": _iso(a.since),
        "interviewers": [{"name": p.name, "title": p.title, "email": p.email} for p in a.interviewers],
        "recruiter": None
        if a.recruiter is None
        else {"name": a.recruiter.name, "title": a.recruiter.title, "email": a.recruiter.email},
        "rounds": [{"at": r.at.isoformat(), "zone": r.zone} for r in a.rounds],
        "topics": list(a.topics),
        "concerns": [{"text": c.text, "answered": c.answered} for c in a.concerns],
        "promised": _iso(a.promised),
        "promised_words": a.promised_words,
        "channel": a.channel,
        "notes": a.notes,
        "sent": [
            {"kind": m.kind.value, "at": m.at.isoformat(), "to": m.to, "subject": m.subject, "text": m.text}
            for m in a.sent
        ],
    }


def from_dict(data: Any, *, where: str) -> Application:
    """The application that a mapping describes, strangers' data. Raises LogError naming the key."""
    from pydantic import ValidationError

    if not isinstance(data, dict):
        raise LogError(f"{where}: the application: expected a mapping such as company: Northwind Labs")
    known = set(Application._fields)
    strange = [key for key in data if key not in known]
    if strange:
        raise LogError(f"{where}: {strange[0]}: no such fact; there are {', '.join(sorted(known - {'id'}))}")
    try:
        found = _adapter().validate_json(json.dumps({**data, "id": None}))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise LogError(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return sound(found, where=where)


@cache
def _adapter() -> "TypeAdapter[Application]":
    from pydantic import TypeAdapter

    return TypeAdapter(Application)


_YEARS = (1990, 2200)


def sound(a: Application, *, where: str) -> Application:
    """The application if what it says can be worked with. Raises LogError naming the fact."""
    moments = [*(r.at for r in a.rounds), *(m.at for m in a.sent), *(d for d in (a.since, a.promised) if d)]
    wrong = [str(m) for m in moments if not _YEARS[0] <= m.year <= _YEARS[1]]
    if wrong:
        raise LogError(f"{where}: {wrong[0]}: a year between {_YEARS[0]} and {_YEARS[1]} is wanted")
    if not a.company.strip():
        raise LogError(f"{where}: company: the name of the firm is wanted")
    for r in a.rounds:
        zone_of(r.zone)
    placed = tuple(m._replace(at=m.at if m.at.tzinfo is not None else m.at.astimezone()) for m in a.sent)
    rounds = tuple(
        r._replace(at=r.at.astimezone()) if isinstance(r.at, datetime) and r.at.tzinfo is None and r.zone is None else r
        for r in a.rounds
    )
    return a._replace(sent=placed, rounds=rounds)
