"""What installing or removing a hook changes, worked out before anything is written; and the writing."""

import json
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reviewer.digest import sha256
from reviewer.errors import HookError
from reviewer.folders import hooks_folder
from reviewer.hook.piece import Block, File, Piece

__all__ = ["Change", "Plan", "State", "carry_out", "installing", "removing", "standing"]


class State(StrEnum):
    """How a piece stands on this computer."""

    MISSING = "not in place"
    CURRENT = "in place"
    OUTDATED = "outdated"  # as an earlier reviewer put it there
    ALTERED = "changed by hand"  # or never put there by reviewer


class Change(NamedTuple):
    """A file before and after; None where there is none."""

    piece: Piece
    before: bytes | None
    after: bytes | None


class Plan(NamedTuple):
    """What is to be written, and the pieces that are left alone because somebody changed them."""

    changes: tuple[Change, ...]
    left: tuple[Piece, ...]
    record: Mapping[str, str | None]  # what becomes known of each path: a digest, or that nothing is there any more


def standing(piece: Piece) -> State:
    """How a piece stands. Raises HookError."""
    return _standing(piece, _read(piece.path), _known())


def installing(pieces: tuple[Piece, ...]) -> Plan:
    """What puts the pieces into place. Raises HookError where a file cannot be changed."""
    return _plan(pieces, {State.MISSING, State.OUTDATED}, lambda piece, now: piece.put(now))


def removing(pieces: tuple[Piece, ...]) -> Plan:
    """What takes the pieces away, the last one first. Raises HookError where a file cannot be changed.

    Lines that stay because somebody changed them may name the files, which then stay too.
    """
    plan = _plan(pieces[::-1], {State.CURRENT, State.OUTDATED}, lambda piece, now: piece.take(now or b""))
    lines = tuple(piece for piece in plan.left if isinstance(piece, Block))
    return Plan((), lines, {}) if lines else plan


def carry_out(plan: Plan) -> None:
    """Write. Each file is whole at every moment. Raises HookError; what was written before that stays."""
    try:
        _keep(plan.record)
    except OSError as error:
        raise HookError(f"{hooks_folder()}: {error.strerror or error}; nothing was changed") from None
    for change in plan.changes:
        path = change.piece.path
        if _read(path) != change.before:
            raise HookError(f"{path}: changed in the meantime; nothing of it was touched, try again")
        try:
            _write(change)
        except OSError as error:
            raise HookError(f"{path}: {error.strerror or error}; it is as it was, try again") from None


def _plan(pieces: tuple[Piece, ...], wanted: set[State], then: Callable[[Piece, bytes | None], bytes | None]) -> Plan:
    known, changes, left = _known(), [], []
    record: dict[str, str | None] = {}
    for piece in pieces:
        now = _read(piece.path)
        state = _standing(piece, now, known)
        if state is State.ALTERED:
            left.append(piece)
            continue
        after = then(piece, now) if state in wanted else now
        ours = piece.ours(after)
        record[str(piece.path)] = _digest(ours) if ours is not None else None
        if after != now:
            _demand_writable(piece.path)
            changes.append(Change(piece, now, after))
    return Plan(tuple(changes), tuple(left), record)


def _standing(piece: Piece, now: bytes | None, known: Mapping[str, str]) -> State:
    ours = piece.ours(now)
    if ours is None:
        return State.MISSING
    if ours == piece.content:
        return State.CURRENT
    return State.OUTDATED if known.get(str(piece.path)) == _digest(ours) else State.ALTERED


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HookError(f"{path}: {error.strerror or error}; nothing was changed") from None


def _demand_writable(path: Path) -> None:
    """Say what stands in the way before anything is written. Replacing a file would not ask its permissions."""
    target = Path(os.path.realpath(path))
    if target.exists() and (not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK)):
        raise HookError(f"{path}: it is read-only, and is left so; make it writable, or change it by hand")
    folder = next(parent for parent in target.parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise HookError(f"{path}: nothing can be written to {folder}")


def _write(change: Change) -> None:
    piece, path = change.piece, change.piece.path
    if change.after is None:
        (path if isinstance(piece, File) else Path(os.path.realpath(path))).unlink()
        if isinstance(piece, File):
            _remove_empty(path.parent, piece.folder)
        return
    _put(Path(os.path.realpath(path)), change.after, is_program=isinstance(piece, File) and piece.is_program)


def _remove_empty(folder: Path, above: Path) -> None:
    with suppress(OSError):  # it is not empty
        while folder != above and folder.is_relative_to(above):
            folder.rmdir()
            folder = folder.parent


def _put(target: Path, content: bytes, *, is_program: bool = False) -> None:
    """Write aside, then in place; with the owner and the permissions that the file had."""
    target.parent.mkdir(parents=True, exist_ok=True)
    was = target.stat() if target.exists() else None
    mode = stat.S_IMODE(was.st_mode) if was is not None else 0o777 if is_program else 0o666
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if was is not None:
            with suppress(PermissionError):
                os.chown(aside, was.st_uid, was.st_gid)
            aside.chmod(mode)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def _known() -> dict[str, str]:
    """The digest of what reviewer put at each path."""
    try:
        found = json.loads((hooks_folder() / "placed.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _keep(record: Mapping[str, str | None]) -> None:
    known = {path: digest for path, digest in {**_known(), **record}.items() if digest is not None}
    file = hooks_folder() / "placed.json"
    if not known:
        file.unlink(missing_ok=True)
    elif known != _known():
        _put(file, json.dumps(known, indent=1).encode())
