"""Regular expressions of this program, compiled once for all runs.

The standard library compiles an expression anew in every process; for the hundred that a check needs this takes longer
than all the rest of it. What the compiler made of them is kept in the user's cache folder, by the expression itself
and by the interpreter that made it, with a digest; what is not whole, or not there, is compiled as ever. Only
expressions that stand in the program are kept, never one that is made of a draft or a name. The two functions of `re`
that this needs have no public name, so everything falls back on `re.compile`.
"""

import marshal
import os
import re
import sys
from typing import Any

from reviewer.digest import sha256
from reviewer.folders import patterns_cache
from reviewer.version import __version__

__all__ = ["keep", "pattern"]

_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_new: dict[tuple[str, int], _Code | None] = {}
_kept: dict[tuple[str, int], _Code] | None = None


def pattern(expression: str, flags: int = 0) -> "re.Pattern[str]":
    """The compiled expression, as `re.compile` gives it."""
    global _kept  # noqa: PLW0603
    if _kept is None:
        _kept = _read()
    flags = int(flags)
    made = _kept.get((expression, flags))
    if made is not None:
        try:
            import _sre  # type: ignore[import-not-found]

            final, code, groups, index, names = made
            compiled: re.Pattern[str] = _sre.compile(
                expression, final, memoryview(code).cast("I").tolist(), groups, index, names
            )
            return compiled
        except (ImportError, TypeError, ValueError, RuntimeError, OverflowError):
            pass
    _new[expression, flags] = None
    return re.compile(expression, flags)


def keep() -> None:
    """Keep what this run had to compile for the next ones."""
    if not _new:
        return
    try:
        made = {key: _code(*key) for key in list(_new)}  # another thread may be compiling yet
        known = _kept if _kept and len(_kept) < _MOST else {}
        data = marshal.dumps({**known, **made})
        file = patterns_cache(_made_by())
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        aside = f"{file}.{os.getpid()}"
        with open(aside, "wb") as out:  # noqa: PTH123
            out.write(sha256(data).digest() + data)
        os.replace(aside, file)  # noqa: PTH105
    except (OSError, ImportError, AttributeError, TypeError, ValueError):
        return  # a folder that cannot be written, an interpreter that is made otherwise: compiled again next time


_MOST = 1000  # more are left over from older versions of this program


def _code(expression: str, flags: int) -> _Code:
    from array import array
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed: Any = _parser.parse(expression, flags)
    code = array("I", _compiler._code(parsed, flags))
    if code.itemsize != _CODE_SIZE:
        raise ValueError("codes are of another size here")
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    return (
        flags | parsed.state.flags,
        code.tobytes(),
        parsed.state.groups - 1,
        dict(parsed.state.groupdict),
        tuple(names),
    )


_CODE_SIZE = 4  # bytes


def _read() -> dict[tuple[str, int], _Code]:
    try:
        with open(patterns_cache(_made_by()), "rb") as file:  # noqa: PTH123
            data = file.read()
        if sha256(data[32:]).digest() != data[:32]:
            return {}
        found: dict[tuple[str, int], _Code] = marshal.loads(data[32:])
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _made_by() -> str:
    return f"{__version__}-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}"
