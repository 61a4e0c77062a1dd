"""A draft from a file, from standard input, or from a mail: text with or without headers, and .eml.

The decode ladder for text of unknown encoding: UTF-8 (with or without a byte-order mark), UTF-16 with one,
then Windows-1252. Mail goes through the standard library's parser; its declared charset comes first.
"""

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.errors import InputError
from reviewer.message import Message
from reviewer.patterns import pattern
from reviewer.regions import headers

if TYPE_CHECKING:  # the parsers of mail and HTML are loaded when a mail or a page is read
    from email.message import EmailMessage

__all__ = [
    "MAX_BYTES",
    "address_in",
    "addressed",
    "decode",
    "display_name",
    "is_mail",
    "read_draft",
    "read_file",
    "standard_input",
]

MAX_BYTES = 20_000_000


def read_file(path: Path) -> Message:
    """The draft in a file. Raises InputError."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError(f"{path}: a folder, not a draft; give a .txt or .eml file, or - for standard input")
        if size > MAX_BYTES:
            raise InputError(f"{path}: {size:,} bytes is no message; the limit is {MAX_BYTES:,}")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror or error}; give a .txt or .eml file, or - for standard input"
        ) from None
    return read_draft(data, mail=path.suffix.lower() in {".eml", ".mbox"}, name=str(path))


def standard_input() -> bytes:
    """All that is on standard input. Raises InputError where it is closed or cannot be read."""
    try:
        if sys.stdin is not None:  # None if it came closed
            return sys.stdin.buffer.read()
    except OSError:
        pass
    raise InputError("there is nothing on standard input; give a .txt or .eml file, or send the draft through a pipe")


def read_draft(data: bytes, *, mail: bool = False, name: str = "<stdin>") -> Message:
    """The draft in some bytes; `mail` says that they are a whole mail, otherwise the bytes tell."""
    if mail or is_mail(data):
        return _read_mail(data, name)
    text = decode(data)
    strange = sum(text[:_LOOKED_AT].count(mark) for mark in _UNREADABLE)
    if strange > _FEW and strange > len(text[:_LOOKED_AT]) * _SHARE:
        raise InputError(f"{name}: this is not text; give a text file, an .eml, or paste the message")
    if _is_html(text):
        from reviewer.intake.html import text_of_html

        text = text_of_html(text)
    found, _ = headers(text)
    return Message(
        text,
        subject=found.get("subject"),
        to=display_name(found.get("to")),
        channel="email" if found else None,
        address=address_in(found.get("to")),
    )


_UNREADABLE = [*map(chr, range(9)), *map(chr, range(14, 32)), "\ufffd"]
_LOOKED_AT, _FEW, _SHARE = 4000, 20, 0.1  # a stray NUL in a draft is no reason to refuse it


def decode(data: bytes, declared: str | None = None) -> str:
    """Text by the ladder; never fails, because Windows-1252 with replacement takes any byte."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for name in (declared, "utf-8"):
        if name is not None:
            try:
                return data.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", errors="replace")


_LONGEST_HEAD = 100_000  # bytes; keys of correspondents stand in headers too


def is_mail(data: bytes) -> bool:
    """Whether the bytes start with headers that only a mail program writes."""
    head = data[:_LONGEST_HEAD].split(b"\n\n")[0].split(b"\r\n\r\n")[0].lower()
    return any(mark in head for mark in (b"mime-version:", b"message-id:", b"content-type:"))


def _is_html(text: str) -> bool:
    head = text.lstrip()[:300].lower()
    return (
        head.startswith(("<!doctype html", "<html"))
        or ("<p>" in head and "</p>" in text.lower())
        or ("<div" in head and "</div>" in text.lower())
    )


def _read_mail(data: bytes, name: str) -> Message:
    from email import policy
    from email.message import EmailMessage
    from email.parser import BytesParser

    from reviewer.intake.html import text_of_html

    parsed = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(parsed, EmailMessage)
    subject, to = _header(parsed, "subject"), _header(parsed, "to")
    for wanted in ("text/plain", "text/html"):
        for part in parsed.walk():
            if part.get_content_type() != wanted or part.get_content_disposition() == "attachment":
                continue
            payload = part.get_payload(decode=True)
            text = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
            text = text_of_html(text) if wanted == "text/html" else _unflow(text, part)
            if text.strip():
                text = text.replace("\r\n", "\n")
                return Message(
                    text,
                    subject=subject,
                    to=display_name(to),
                    channel="email",
                    address=address_in(to),
                    above=_lines_above(data, text),
                )
    raise InputError(f"{name}: this mail has no text to read")


def _lines_above(data: bytes, text: str) -> int:
    """How many lines of a mail stand above its text; 0 where the mail does not have the text as it is."""
    whole = decode(data).replace("\r\n", "\n")
    at = whole.find("\n\n" + text)
    return whole.count("\n", 0, at) + 2 if at >= 0 else 0


def _header(mail: "EmailMessage", name: str) -> str | None:
    try:
        value = mail[name]
    except (
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # the parser's own trouble with a broken header
        return None
    return str(value).strip() if value is not None else None


def _unflow(text: str, part: "EmailMessage") -> str:
    """format=flowed: a line that ends in a space goes on in the next one."""
    if "flowed" not in str(part.get("content-type", "")).lower():
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    out: list[str] = []
    for line in lines:
        if (
            out
            and out[-1].endswith(" ")
            and out[-1] != "-- "
            and not line.startswith(">")
            and not out[-1].startswith(">")
        ):
            out[-1] += line
        else:
            out.append(line)
    return "\n".join(out)


def addressed(draft: Message, to: str | None) -> Message:
    """The draft, to whom somebody says that it goes: a name, an address or number, which is no name, or both."""
    if not to:
        return draft
    if "@" in to:
        return draft._replace(to=display_name(to), address=address_in(to))
    if not any(c.isalpha() for c in to):
        return draft._replace(to=None, address=to)
    return draft._replace(to=to)


_ADDRESS = pattern(r"[^\s<>,;\"]{1,64}@[^\s<>,;\"]{1,255}")


def address_in(to: str | None) -> str | None:
    """The first address in a `To:` header."""
    found = _ADDRESS.search(to or "")
    return found.group() if found is not None else None


def display_name(to: str | None) -> str | None:
    """`Priya Raman` from `"Raman, Priya" <priya@x.example>`.

    None where the header names nobody, several people, or no person: a group, a team, an account (the part before @
    is no name either).
    """
    if not to or _GROUP.search(to) or len(_ADDRESS.findall(to)) > 1:
        return None
    name = to.split(">")[0].partition("<")[0].strip().strip('"').strip()
    if not name or "@" in name or _NOBODY.search(name) or (name.islower() and len(name.split()) == 1):
        return None
    if "," in name and "<" in to:
        last, _, given = name.partition(",")
        name = f"{given.strip()} {last.strip()}"
    return name


_GROUP = pattern(r":[^<>@]*;\s*$")  # `undisclosed-recipients:;`
_NOBODY = pattern(
    r"(?i)\b(?:recruiting|recruitment|recruiters|careers|hiring|team|hr|talent acquisition|human resources|"
    r"people operations|department|office|help ?desk|support|admin|admissions|no-?reply)\b"
)
