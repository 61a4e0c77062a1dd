"""What a model answered before, kept in an SQLite file in the user's cache folder, so that nothing is paid twice.

An answer is found by the endpoint, the model, the digests of prompt and schema, and the number of the sample. The
prompt is not kept; the answer is, and a rewrite holds the writer's words: the file is the user's alone (mode 0600).
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from reviewer.judgement import Usage
from reviewer.llm import Answer, Model, Outcome, parsed, schema_of
from reviewer.prompt import Prompt

__all__ = ["Remembering", "clear", "key_for"]

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Remembering:
    """A model whose good answers are kept. A file that cannot be used is as good as none."""

    model: Model
    file: Path

    @property
    def name(self) -> str:
        return self.model.name

    def ask(self, prompt: Prompt, shape: type[T], *, sample: int = 0) -> Answer[T]:
        key = key_for(self.name, prompt, shape, sample)
        kept = self.kept(key, shape)
        if kept is not None:
            return kept
        answer = self.model.ask(prompt, shape, sample=sample)
        if answer.outcome is Outcome.OK:
            self.keep(key, answer.content)
        return answer

    def kept(self, key: str, shape: type[T]) -> Answer[T] | None:
        try:
            with _opened(self.file) as db:
                row = db.execute("SELECT content FROM answers WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, OSError):
            return None
        answer = parsed(str(row[0]), shape, Usage(kept=1)) if row is not None else None
        return answer if answer is not None and answer.outcome is Outcome.OK else None

    def keep(self, key: str, content: str) -> None:
        try:
            with _opened(self.file) as db:
                db.execute("INSERT OR REPLACE INTO answers (key, content) VALUES (?, ?)", (key, content))
        except (sqlite3.Error, OSError):
            return  # the answer is there; only the next run pays again


def clear(file: Path) -> int:
    """Forget every answer; how many there were. Raises OSError."""
    if not file.exists():
        return 0
    try:
        with _opened(file) as db:
            count = int(db.execute("SELECT count(*) FROM answers").fetchone()[0])
    except sqlite3.Error:  # a damaged file goes as well
        count = 0
    for path in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        path.unlink(missing_ok=True)
    return count


def key_for(name: str, prompt: Prompt, shape: type[BaseModel], sample: int) -> str:
    """By what an answer is found: 64 hexadecimal digits, the same in every run."""
    schema = json.dumps(schema_of(shape), sort_keys=True)
    return hashlib.sha256("\0".join((name, prompt.digest, schema, str(sample))).encode()).hexdigest()


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(file, timeout=5)) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT")
        yield db
