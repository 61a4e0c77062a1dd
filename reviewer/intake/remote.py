"""Files of object stores and servers, by fsspec: only where somebody names an address such as s3://bucket/term.csv."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal, cast

from reviewer.errors import InputError
from reviewer.intake.packed import PACKED, install_line

__all__ = ["Place", "Remote", "place", "shown", "tables_among"]


@dataclass(frozen=True)
class Remote:
    """A file or folder there; a Path as far as reading and writing it need, `said` without its secrets."""

    _files: Any
    _path: str
    said: str

    def __str__(self) -> str:
        return self.said

    @property
    def name(self) -> str:
        return PurePosixPath(self.said).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.said).suffix

    @property
    def size(self) -> int | None:
        """In bytes; None where the server does not tell."""
        with _trouble(self):
            return cast("int | None", self._files.size(self._path))

    def __truediv__(self, name: str) -> "Remote":
        return Remote(self._files, f"{self._path.rstrip('/')}/{name}", f"{self.said.rstrip('/')}/{name}")

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        with _trouble(self):
            return cast("IO[bytes]", self._files.open(self._path, mode))

    def files(self) -> list["Remote"]:
        """What a pattern with a * stands for, or the tables of a folder, in the order of names; else itself."""
        if self._is_web():  # which has no folders
            return [self]
        with _trouble(self):
            if "*" in self._path:
                found = sorted(self._files.glob(self._path))
            elif self._files.isdir(self._path):
                found = tables_among(self._files.find(self._path), self._path)
            else:
                return [self]
        if not found:
            missing = "no file is called so" if "*" in self._path else "there is no Parquet and no JSON Lines file"
            raise InputError(f"{self}: {missing}")
        return [Remote(self._files, path, self._files.unstrip_protocol(path)) for path in found]

    def check(self) -> None:
        """Raise InputError where it is clear before the run that nothing can be put here."""
        if self._is_web():
            raise InputError(f"{self}: a web server is read, not written to; give a file, or a store such as s3://…")
        with _trouble(self):
            self._files.exists(self._path)

    def put(self, file: Path) -> None:
        """Put a file of this machine here, whole or not at all."""
        protocols = {self._files.protocol} if isinstance(self._files.protocol, str) else set(self._files.protocol)
        with _trouble(self):
            if protocols & _WHOLE_AT_ONCE:
                self._files.put_file(str(file), self._path)
                return
            self._files.put_file(str(file), f"{self._path}.part")
            self._files.mv(f"{self._path}.part", self._path)

    def _is_web(self) -> bool:
        return "http" in self._files.protocol


# Stores that show a file when all of it is there; elsewhere it is put beside its place first.
_WHOLE_AT_ONCE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"}
Place = Path | Remote


def place(name: str) -> Place:
    """What a name stands for: a path, or an address with :// in it. Raises InputError."""
    if "://" not in name:
        return Path(name)
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise InputError(f"{shown(name)}: an address; {install_line('remote')}") from None
    with _trouble(name):
        files, path = url_to_fs(name)
    return Remote(files, path, shown(name))


def tables_among(paths: Iterable[str], folder: str) -> list[str]:
    """The Parquet and JSON Lines files of a folder, in the order of names; what begins with . or _ is none."""
    beginning = len(folder.rstrip("/"))
    return sorted(p for p in paths if _TABLE.search(p) and not _HIDDEN.search(p[beginning:].replace("\\", "/")))


_TABLE = re.compile(rf"\.(parquet|(jsonl|ndjson)({'|'.join(map(re.escape, PACKED))})?)$", re.IGNORECASE)
_HIDDEN = re.compile(r"(\A|/)[._]")


def shown(text: str) -> str:
    """An address, or what a library says of one, without passwords and without what signs a request."""
    return re.sub(r"(\bhttps?://[^\s?]*)\?[^\s'\"]*", r"\1", re.sub(r"(?<=://)[^/@\s]*@", "", text))


@contextmanager
def _trouble(where: "str | Remote") -> Iterator[None]:
    """Whatever a library for a store raises is told in one line."""
    try:
        yield
    except Exception as error:
        lines = shown(str(error)).splitlines()
        said = "there is no such file" if isinstance(error, FileNotFoundError) else lines[0] if lines else ""
        raise InputError(f"{shown(str(where))}: {said or type(error).__name__}") from None
