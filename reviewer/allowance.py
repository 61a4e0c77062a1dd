"""Send anyway: the message that was refused last may go, if its writer says so, for as long as it stays as it is.

Kept is a fingerprint of the message, never a word of it, in a file that only the user can read.
"""

import json
import os
from time import time
from typing import Any

from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.folders import allowance_file
from reviewer.message import Message

__all__ = ["HOUR", "allow", "is_allowed", "refuse"]

HOUR = 3600  # seconds for which an allowance holds


def refuse(message: Message) -> None:
    """Remember the message as the one refused last. That it cannot be remembered keeps nobody from refusing it."""
    try:
        _write({"message": _fingerprint(message), "refused": time(), "allowed": None})
    except OSError:
        return


def allow() -> float:
    """Let the message that was refused last go; when it was refused, in seconds since 1970. Raises InputError."""
    known = _read()
    if not known.get("message"):
        raise InputError("no message was refused; there is nothing to allow")
    try:
        _write({**known, "allowed": time()})
    except OSError as error:
        raise InputError(f"{allowance_file()}: {error.strerror or error}; the message is still refused") from None
    return float(known["refused"])


def is_allowed(message: Message) -> bool:
    """Whether its writer lets this very message go."""
    known = _read()
    allowed = known.get("allowed")
    return isinstance(allowed, float) and 0 <= time() - allowed < HOUR and known.get("message") == _fingerprint(message)


def _fingerprint(message: Message) -> str:
    text = "\n".join(line.rstrip() for line in message.text.strip().splitlines())
    to = message.address or message.to or ""
    return sha256("\0".join((message.subject or "", to, text)).encode("utf-8", "replace")).hexdigest()


def _read() -> dict[str, Any]:
    try:
        found = json.loads(allowance_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and isinstance(found.get("refused"), float)
    return found if whole else {}


def _write(known: dict[str, object]) -> None:
    file = allowance_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(known, out)
    aside.replace(file)
