"""The native-messaging host: a mail client asks over pipes whether a message may go, and is answered with the review.

The protocol is that of Mozilla's and Chrome's extensions: four bytes with the length of what follows, in the byte order
of the machine, then JSON in UTF-8; the same in both directions, as often as the client likes.

Asked with `{"id", "subject", "to": [...], "body", "is_plain_text", "html"?, "allow"?}`, it answers
`{"id", "refused", "skipped", "verdict", "score", "findings", "error"}`. Where there is an `error` nothing is known of
the message, and it is not refused. Neither an error nor what is written to standard error has words of the message.
"""

import json
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, NamedTuple

from reviewer.errors import InputError, ReviewerError
from reviewer.finding import Finding
from reviewer.gate import Examined, Gate
from reviewer.intake.draft import MAX_BYTES, address_in, display_name
from reviewer.message import Message

__all__ = ["MAX_ANSWER", "answer", "serve"]

MAX_ANSWER = 1024 * 1024  # bytes; Mozilla ends the connection over a longer one
_LENGTH = struct.Struct("=I")
_FINDINGS, _CHARACTERS = 40, 500  # of them, and of each of their texts: four bytes each stay well below MAX_ANSWER
_CHUNK = 65536


def serve(source: BinaryIO, sink: BinaryIO, gate: Callable[[], Gate] = Gate) -> None:
    """Answer every request until the client hangs up. Raises InputError where it does so in the middle of one."""
    while head := source.read(_LENGTH.size):
        if len(head) < _LENGTH.size:
            raise InputError("standard input ended within the length of a request")
        length: int = _LENGTH.unpack(head)[0]
        if length > MAX_BYTES:
            _send(sink, _failed(None, f"{length:,} bytes is no message; the limit is {MAX_BYTES:,}"))
            _pass_over(source, length)
        else:
            _send(sink, answer(_received(source, length), gate))


def answer(data: bytes, gate: Callable[[], Gate] = Gate) -> dict[str, Any]:
    """The answer to the bytes of one request. The gate is made anew for each, so that settings are those of now."""
    known = None
    try:
        asked = _object(data)
        known = _id(asked)
        request = _request(asked)
        if request.allow:
            return _answer(known, skipped="its writer sends it anyway")
        return _review(known, gate().examine(request.message))
    except ReviewerError as error:
        return _failed(known, str(error))
    except Exception as fault:  # whatever it is, the message must go and the next one be answered
        print(f"reviewer: a fault of its own while it read a message: {type(fault).__name__}", file=sys.stderr)
        return _failed(known, f"a fault of its own ({type(fault).__name__})")


class _Request(NamedTuple):
    message: Message
    allow: bool


def _object(data: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise InputError(f"the request is no JSON in UTF-8 ({type(error).__name__})") from None
    if not isinstance(asked, dict):
        raise InputError("the request is no JSON object")
    return asked


def _id(asked: dict[str, Any]) -> str | int | None:
    found = asked.get("id")
    whole = (isinstance(found, str) and len(found) <= _CHARACTERS) or type(found) is int
    return found if whole else None


def _request(asked: dict[str, Any]) -> _Request:
    """The request in an object; fields that nobody knows are passed over. Raises InputError."""
    to: list[str] = _field(asked, "to", list, [])
    if not all(isinstance(one, str) for one in to):
        raise InputError("to: expected a list of texts")
    text: str = _field(asked, "body", str, "")
    html: str = _field(asked, "html", str, "")
    if html and not _field(asked, "is_plain_text", bool, False):
        from reviewer.intake.html import text_of_html

        text = text_of_html(html)
    all_of_them = ", ".join(to)
    message = Message(
        text,
        subject=_field(asked, "subject", str, "") or None,
        to=display_name(all_of_them),
        channel="email",
        address=address_in(all_of_them),
    )
    return _Request(message, _field(asked, "allow", bool, False))


def _field(asked: dict[str, Any], name: str, kind: type, absent: Any) -> Any:
    found = asked.get(name)
    if found is None:
        return absent
    if not isinstance(found, kind):
        raise InputError(f"{name}: expected {'a list of texts' if kind is list else _KINDS[kind]}")
    return found


_KINDS = {str: "a text", bool: "true or false"}


def _review(known: str | int | None, examined: Examined) -> dict[str, Any]:
    done = examined.review
    if done is None:
        return _answer(known, refused=examined.refused, skipped=examined.skipped)
    gravest = sorted(done.findings, key=lambda finding: finding.severity.rank)
    return _answer(
        known,
        refused=examined.refused,
        skipped=examined.skipped,
        verdict=done.verdict.value,
        score=done.score,
        findings=[_finding(finding) for finding in gravest[:_FINDINGS]],
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": _short(finding.message),
        "quote": _short(finding.quote),
        "why": _short(finding.why),
        "fix": _short(finding.fix.title) if finding.fix is not None else None,
    }


def _short(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[: _CHARACTERS - 1]}…"


def _failed(known: str | int | None, error: str) -> dict[str, Any]:
    return _answer(known, error=_short(error))


def _answer(known: str | int | None, **said: Any) -> dict[str, Any]:
    return {"id": known, **_NOTHING, **said}


_NOTHING: dict[str, Any] = {
    "refused": False,
    "skipped": None,
    "verdict": None,
    "score": None,
    "findings": (),
    "error": None,
}


def _received(source: BinaryIO, length: int) -> bytes:
    data = source.read(length)
    if len(data) < length:
        raise InputError("standard input ended within a request")
    return data


def _pass_over(source: BinaryIO, length: int) -> None:
    while length:
        length -= len(_received(source, min(length, _CHUNK)))


def _send(sink: BinaryIO, said: dict[str, Any]) -> None:
    data = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    sink.write(_LENGTH.pack(len(data)) + data)
    sink.flush()
