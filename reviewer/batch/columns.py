"""Which column of a table is the draft, and which are facts of the interview: told by the words of the header."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from reviewer.errors import InputError
from reviewer.intake.draft import display_name
from reviewer.intake.tables import as_text

__all__ = ["FIELDS", "choose", "fields_of", "moment_in", "read_map"]

# For each field the headers that name it, and the words that a longer header has.
_NAMES: dict[str, tuple[str, str]] = {
    "draft": (
        "draft|message|your draft|your message|draft text|message text|draft message|text|body|email text|email body|"
        "follow up|follow up message|follow up email|follow up draft|thank you note|thank you message|thank you email|"
        "note|letter|nachricht|entwurf|mensaje|borrador|brouillon|messaggio",
        "draft|message|note|letter|body|nachricht|entwurf|mensaje|borrador|brouillon",
    ),
    "id": ("id|row id|client id|draft id|number|no|nr", ""),
    "client": (
        "client|client name|name of client|student|student name|candidate|candidate name|participant|your name|"
        "full name|klient|klientin|cliente",
        "",
    ),
    "subject": ("subject|subject line|email subject|betreff|asunto|objet|oggetto", "subject|betreff"),
    "to": ("to|recipient|addressee|sent to|empfänger|destinatario|destinataire", "recipient|addressee"),
    "kind": ("kind|kind of message|message kind|type of message|message type", ""),
    "company": (
        "company|employer|company name|organisation|organization|firm|firma|unternehmen|empresa|entreprise|azienda",
        "company|employer|organisation|organization|firma",
    ),
    "role": ("role|job|job title|position|role title|title of the job|stelle|puesto|poste", "role|position"),
    "interviewers": (
        "interviewers|interviewer|interviewer s|interviewed by|interviewer name|interviewers names|who interviewed you",
        "interviewer|interviewers",
    ),
    "recruiter": ("recruiter|recruiter name", "recruiter"),
    "interviewed_at": (
        "interviewed at|interviewed|interview date|date of interview|interview|interview time|date of the interview|"
        "interviewed on|interview day|when was the interview|when was your interview|when did you interview",
        "interview date|interview day|interviewed on|interviewed at|date of interview",
    ),
    "promised_reply_by": (
        "promised reply by|reply by|promised by|reply promised by|decision by|decision date",
        "promised|decision",
    ),
    "sending_at": ("sending at|sending|send date|sent at|send on|date sent|sending date", "sending|send on"),
    "topics": ("topics|topic|topics discussed|discussed|talked about", "topics"),
    "channel": ("channel|sent by|medium", "channel"),
}
FIELDS = tuple(_NAMES)
_FACTS = tuple(name for name in FIELDS if name not in {"draft", "id", "client", "subject", "to", "kind"})
_DAYS = ("interviewed_at", "promised_reply_by", "sending_at")


def read_map(given: Sequence[str]) -> dict[str, str]:
    """Fields and headers from `field=Header` on the command line. Raises InputError."""
    found = {}
    for one in given:
        field, equals, header = one.partition("=")
        if not equals or field not in FIELDS:
            raise InputError(f'--map {one}: field="Header" is wanted; the fields are {", ".join(FIELDS)}')
        found[field] = header.strip()
    return found


def choose(
    headers: Sequence[str], given: Mapping[str, str], where: str, *, say: str = '--map {}="{}"'
) -> dict[str, int]:
    """The column of every field that has one. What `given` says wins; an empty header there leaves the field out.

    `say` is how one gives a field its column. Raises InputError naming the candidates, where several headers fit
    equally well or none fits the draft.
    """
    plain = [_words(header) for header in headers]
    chosen: dict[str, int] = {}
    for field, header in given.items():
        if header:
            chosen[field] = _given(headers, header, f"{where}: {say.format(field, header)}")
    for fits, field in ((fits, field) for fits in (_is_named, _has_word) for field in FIELDS if field not in given):
        if field in chosen:
            continue
        fitting = [n for n in range(len(headers)) if n not in chosen.values() and fits(field, plain[n])]
        if len(fitting) > 1:
            likely = " or ".join(say.format(field, headers[n]) for n in fitting)
            raise InputError(f"{where}: {len(fitting)} columns may be the {field}; say {likely}")
        if fitting:
            chosen[field] = fitting[0]
    if "draft" not in chosen:
        named = ", ".join(f'"{header}"' for header in headers if header)
        raise InputError(f"{where}: no column is known for the draft; say {say.format('draft', '…')}, one of {named}")
    return chosen


def _is_named(field: str, header: str) -> bool:
    return header in _NAMES[field][0].split("|")


def _has_word(field: str, header: str) -> bool:
    return any(f" {words} " in f" {header} " for words in _NAMES[field][1].split("|") if words)


def _given(headers: Sequence[str], header: str, where: str) -> int:
    same = [n for n, name in enumerate(headers) if name == header] or [
        n for n, name in enumerate(headers) if name.casefold() == header.casefold()
    ]
    if len(same) != 1:
        named = ", ".join(f'"{name}"' for name in headers if name)
        reason = "no column is called so" if not same else f"{len(same)} columns are called so"
        raise InputError(f"{where}: {reason}; there are {named}")
    return same[0]


def _words(header: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", header.casefold()))


def fields_of(cells: Sequence[Any], columns: Mapping[str, int], *, day_first: bool | None) -> dict[str, Any]:
    """A row as JSON Lines would have it. Raises InputError for a day that cannot be read, or a draft that is blank."""
    said = {field: cells[n] for field, n in columns.items() if n < len(cells) and cells[n] is not None}
    text = {field: as_text(cell) for field, cell in said.items() if as_text(cell).strip()}
    if "draft" not in text:
        raise InputError("there is no draft in it")
    row: dict[str, Any] = {field: text[field] for field in ("id", "client", "draft", "subject") if field in text}
    if "to" in text:
        row["to"] = display_name(text["to"]) if "@" in text["to"] else text["to"].strip()
    if "kind" in text:
        row["kind"] = re.sub(r"_(?:note|message|e?mail|letter)$", "", _words(text["kind"]).replace(" ", "_"))
    facts: dict[str, Any] = {field: text[field].strip() for field in _FACTS if field in text}
    for field in _DAYS:
        if field in facts:
            moment = moment_in(said[field], day_first=day_first)
            facts[field] = moment.isoformat()
    for field in ("interviewers", "topics"):
        if field in facts:
            facts[field] = _several(facts[field])
    if "channel" in facts:
        facts["channel"] = facts["channel"].lower().replace("-", "")
    return {**row, "context": facts} if facts else row


def _several(text: str) -> list[str]:
    parts = re.split(r"[;\n]", text) if re.search(r"[;\n]", text.strip()) else text.split(",")
    return [part.strip() for part in parts if part.strip()]


_NUMBERS = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4})|(?P<iso>\d{4}[/-]\d{1,2}[/-]\d{1,2})"
)
_CLOCK = re.compile(
    r"[T ,]+(?P<h>\d{1,2}):(?P<m>\d{2})(?::\d{2}(?:\.\d+)?)?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?|GMT|UTC))?",
    re.IGNORECASE,
)
_WORDED = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y")


def moment_in(cell: Any, *, day_first: bool | None) -> datetime | date:
    """The day of a cell, with its hour where it has one: ISO 8601, 10.03.2026, 3/13/2026 2:05 PM, March 10, 2026.

    `day_first` says how 3/10/2026 is meant; where nobody said and both readings are days, InputError asks.
    """
    if isinstance(cell, datetime) and cell.time() == time() and cell.tzinfo is None:
        return cell.date()  # a library that has no days writes them so
    if isinstance(cell, (date, datetime)):
        return cell
    text = " ".join(str(cell).split())
    numbers = _NUMBERS.match(text)
    try:
        if numbers is None:
            return _worded(text)
        day = _day(numbers, day_first)
        rest = text[numbers.end() :]
        clock = _CLOCK.fullmatch(rest)
        if not rest:
            return day
        if clock is not None:
            return datetime.fromisoformat(f"{day.isoformat()}T{_hour(clock):02}:{clock['m']}{_offset(clock['zone'])}")
    except ValueError:
        pass
    raise InputError(f"{_short(text)} is no day that can be read; write 2026-03-10 or 2026-03-10 14:05")


def _day(numbers: "re.Match[str]", day_first: bool | None) -> date:
    if numbers["iso"]:
        year, month, day = map(int, re.split("[/-]", numbers["iso"]))
        return date(year, month, day)
    a, b, year = int(numbers["a"]), int(numbers["b"]), int(numbers["year"])
    if numbers["mark"] == "." or a > 12:
        day_first = True
    elif b > 12:
        day_first = False
    elif day_first is None and a != b:
        raise InputError(f"{numbers.group()}: day or month first? say --dates day-first or --dates month-first")
    return date(year, b, a) if day_first else date(year, a, b)


def _hour(clock: "re.Match[str]") -> int:
    hour = int(clock["h"])
    if clock["half"] is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if clock["half"].lower() == "p" else 0)


def _offset(zone: str | None) -> str:
    if zone is None:
        return ""
    sign = re.search(r"([+-])(\d{1,2})(?::?(\d{2}))?", zone)
    return f"{sign[1]}{int(sign[2]):02}:{sign[3] or '00'}" if sign is not None else "+00:00"


def _worded(text: str) -> date:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.replace(",", " "))
    for form in _WORDED:
        try:
            return datetime.strptime(" ".join(plain.split()), form).date()
        except ValueError:
            continue
    raise ValueError


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
