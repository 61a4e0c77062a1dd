"""Bytes from a file or standard input, unpacked where gzip or zstd packed them."""

import gzip
import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, Protocol, cast

from reviewer.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["PACKED", "STDIN", "Readable", "Unpacked", "install_line"]

STDIN = Path("-")
PACKED = (".gz", ".zst")
_LOOK = 1 << 16  # bytes: enough to tell what a file is
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class Readable(Protocol):
    """Where a file is."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]: ...


class Unpacked:
    """A file open for reading: `stream` has the unpacked bytes, `head` the first of them, still to be read.

    `behind` tells how many bytes of the file itself were read. Raises InputError; a file that is damaged further on
    raises what its unpacker raises when reading comes there.
    """

    def __init__(self, path: Readable) -> None:
        try:
            raw = sys.stdin.buffer if path == STDIN else path.open("rb")
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}; give a file, a folder, or -") from None
        self._raw = cast("IO[bytes]", raw)
        first = io.BufferedReader(cast("io.RawIOBase", raw), _LOOK)
        mark = first.peek(4)[:4]
        unpack = _gunzip if mark.startswith(_GZIP) else _unzstd if mark == _ZSTD else None
        self.stream = first if unpack is None else io.BufferedReader(_Pieces(unpack(first, path)), _LOOK)

    @property
    def head(self) -> bytes:
        return self.stream.peek(_LOOK)

    @property
    def behind(self) -> int:
        return self._raw.tell() if self._raw.seekable() and not self._raw.closed else 0


class _Pieces(io.RawIOBase):
    """What an unpacker has, piece by piece, so that what stands before a damage is not lost with it."""

    def __init__(self, unpacker: io.BufferedIOBase) -> None:
        self._unpacker = unpacker

    def readable(self) -> bool:
        return True

    def readinto(self, place: "WriteableBuffer") -> int:
        room = memoryview(place)
        piece = self._unpacker.read1(len(room))
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._unpacker.close()
        super().close()


def _gunzip(packed: IO[bytes], path: Readable) -> io.BufferedIOBase:
    return gzip.GzipFile(fileobj=packed)


def _unzstd(packed: IO[bytes], path: Readable) -> io.BufferedIOBase:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise InputError(f"{path}: packed with zstd; {install_line('zstd')}") from None
    return zstd.ZstdFile(packed)


def install_line(extra: str) -> str:
    """What to do where a library of an extra is missing."""
    return f"to read or write it: pip install {_LIBRARIES[extra]}"


# By name, not as reviewer[extra]: a package of somebody else's is called reviewer where pip looks.
_LIBRARIES = {
    "dask": "distributed cryptography",
    "frames": "narwhals pyarrow",
    "parquet": "pyarrow",
    "remote": "'fsspec[http]', and s3fs for s3://, gcsfs for gs://, adlfs for abfs://",
    "report": "Jinja2",
    "tables": "python-calamine openpyxl",
    "zstd": "backports.zstd",
}
