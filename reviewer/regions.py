"""Which part of a draft is greeting, body, sign-off, signature or quoted mail, with offsets.

Own scanner: on 28 marked-up mails mail-parser-reply found 14, email-reply-parser 16 and talon 17 of
the borders, a line scanner all 28; none of the libraries gives offsets. It reads each line once.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from reviewer.patterns import pattern
from reviewer.text import Span, Token, lower

__all__ = ["HEADERS", "Part", "Region", "headers", "names_in_greeting", "quotations", "regions", "sender"]


class Part(StrEnum):
    HEADER = "header"
    GREETING = "greeting"
    BODY = "body"
    SIGN_OFF = "sign_off"
    SIGNATURE = "signature"
    MARKUP = "markup"
    ATTRIBUTION = "attribution"
    QUOTED = "quoted"


class Region(NamedTuple):
    part: Part
    span: Span


# Only names that a mail client writes: "Note: I am writing…" is not a header.
HEADERS = (
    *("subject", "to", "cc", "bcc", "from", "date", "sent", "reply-to", "in-reply-to", "references"),
    *("fcc", "gcc", "attach", "pgp", "smime", "mail-followup-to", "user-agent"),
)

_HEADER = pattern(rf"({'|'.join(HEADERS)})[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_ATTRIBUTION = pattern(
    r"\s*(?:-+ ?(?:original message|forwarded message|original|urspr\w+ nachricht) ?-+|_{10,}\s*$"
    r"|on [^\n]{6,160}?(?:\d{4}|\d{1,2}:\d\d)[^\n]{0,100}?\bwrote:\s*$"
    r"|(?:le|am|el) [^\n]{6,120}\d{4}[^\n]{0,80}(?:a écrit|schrieb[^\n]*|escribió) ?:\s*$"
    r"|begin forwarded message:)",
    re.IGNORECASE,
)
_OUTLOOK = pattern(r"\s*\*?from:\*?\s+\S", re.IGNORECASE)
_OUTLOOK_NEXT = pattern(r"\s*\*?(?:sent|date|to|subject):\*?\s+\S", re.IGNORECASE)
_COMPOSE_SEPARATOR = "--text follows this line--"  # between headers and text in Emacs
_ANY_HEADER = pattern(r"([\w-]{1,60}):[ \t]*(.*)|[ \t]+\S.*|")  # one, its continuation, or an empty line
_MARKUP = pattern(r"<#/?(?:part|multipart|external|mml|secure|!?\w+)\b[^>\n]*>\s*$")  # Emacs: attachments, signing
_ENCLOSED = pattern(r"<#(?:mml|part)\b[^>\n]*message/rfc822")  # a whole mail, up to its closing tag

_SALUTATION = (
    r"(?:hi+(?:ya)?|hey+a?|hello+|dear(?:est)?|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|"
    r"evening|g'day|howdy|alright|respected|kia ora|bonjour|hola|howzit|namaste|namaskar|guten tag|hallo|ciao|ola|olá|"
    r"happy new year|to whom(?:soever)? it may concern|to the [a-z ]{3,40}|tena koe|salaam|salam|assalam[ua] alaikum|moin|aloha)"
)
_LEADING = r"[^\w!-\x7f]*"  # white space and, before a greeting, emoji and other signs that are not ASCII's
_GREETING = pattern(
    rf"{_LEADING}{_SALUTATION}\b(?:[ ,]+(?:there|all|everyone|everybody|team|again|and|&|to|both|hey|hi|happy \w+|you|folks|gang)\b)*"
    r"(?:,? (?=[^\s,.!?:;-]{1,30}))?",
    re.IGNORECASE,
)
_TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|ma'am|mam|madame|dame|lady|lord|rev|chef|chief|captain|capt|judge|"
    r"principal|coach|judge|señor|señora|herr|frau|monsieur|hon|nurse|officer|sister|father|pastor)"
)
_TITLES = frozenset(_TITLE[3:-1].split("|"))
_NAME_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?"
_NOT_NAMES = frozenset(
    "i im it its this that thanks thank thx we you your just hope my and for from the so hiring manager team "
    "recruiter recruiting committee all everyone everybody there panel both again hr folks guys happy sir madam mam "
    "maam ma'am sirs or mesdames whom concern department talent acquisition human resources interviewer search "
    "selection board ladies gentlemen colleagues friends staff sorry members director board selection quick what when as been was not any did still "
    "respected esteemed here name lastname firstname first last candidate hello hi hey dear good morning hun mate "
    "me many much re about following well so ma reverend yes no ok okay nice great lovely wow on in is with at if is are an a".split()
)
_OPENING_WORDS = frozenset(
    "i it its it's thanks thank thx just hope this we you my been as many much nice so was got great met sorry "
    "your following please good gentle reminder any did still when what how not i'm im i'd i've to and".split()
)
_ASIDE = 6  # words that may stand between the name and the comma that ends the line
_SIGN_OFF = pattern(
    r"\s*(?:(?:with |my |many |kind(?:est)? |warm(?:est)? |best |all |very |sincere |renewed |again,? )*"
    r"(?:regards?|respects?|wishes|best|thanks?|thank you|thx|cheers|sincerely|yours|respectfully|gratitude|appreciation|"
    r"cordially|ta|warmly|gratefully|faithfully|take care|rgds|br|kr|all the best|thanking you|thankyou|mit freundlichen grüßen|"
    r"saludos|ngā mihi|nga mihi|merci|obrigad[oa]|cordialement|love|xx?|talk soon|speak soon|see you|until then|"
    r"your [a-z]+ (?:fan|servant|friend)|waiting with [a-z ]+|in anticipation|much obliged|much appreciated|bye|grazie|danke|"
    r"slán|have a (?:good|great|nice|lovely|blessed) [a-z]+))\b",
    re.IGNORECASE,
)
_FORMULA = pattern(
    r"(?:best wishes|kind regards|warm regards|best regards|regards|best|thanks a mil|many thanks|thanks|thank you|"
    r"thx|cheers|ta|waiting)\b[,.!]*(?:\s+|$)",
    re.IGNORECASE,
)
_CONTACT = pattern(
    r"@|\d{3}|www\.|https?://|\.(?:com|org|net|example|co\.uk)\b|linkedin\.com|\b(?:tel|mob|phone|cell|t|m|e)\s*[:.]",
    re.IGNORECASE,
)
_DASHES = pattern(r"\s*(?:--|__|—)\s*$")
_SENT_FROM = pattern(r"\s*(?:sent from my|get outlook for|envoyé de mon)\b", re.IGNORECASE)
_VERBISH = pattern(
    r"\b(?:i|you|we|it|is|are|was|am|be|have|has|will|would|can|could|me|please|let|know|your|the|to|for|if|i'm|i'd|i've|i'll)\b",
    re.IGNORECASE,
)
_INTRODUCTION = pattern(
    r"(?:^|[.,!?]\s+)((?:[A-ZÀ-Þ][\w'’-]+ ){0,2}[A-ZÀ-Þ][\w'’-]+)(?: here\b|, the \w+\b(?=\.| ))|(?:my name is|this is|it's|i am|i'm) ((?:[A-ZÀ-Þ][\w'’-]+ ?){1,3})",
)


_SALUTED = pattern(rf"{_LEADING}{_SALUTATION}\b", re.IGNORECASE)
_NAME = pattern(_NAME_WORD)
_BRACKET = pattern(r"\W*(?:\{\{|\[|<|\{)\W*")
_IN_QUOTES = pattern(r'"[^"\n]{1,200}"|(?<![\w])\'(?=\w)[^\'\n]{2,80}[?!.,]?\'(?!\w)')
_AFTER_NAME = pattern(r"[,|\t(<;:]|\s-\s|\s{2,}|\d")
_DATED = pattern(r"\d{4}|\d:\d\d")
_BARE_NAME = pattern(rf"\s*(?:{_TITLE}\.? )?{_NAME_WORD}(?: {_NAME_WORD})?(?: hey hey| hey)?[,!:?]*\s*$")
_INLINE_NAME = pattern(rf"\s*(?:{_TITLE}\.? )?[A-ZÀ-Þ][^\W\d_]+(?: [A-ZÀ-Þ][^\W\d_]+)?(?:,| hey,|[?]+)(?= )")
_GREETED = pattern(rf"[\[{{<]{{1,2}}[^\]}}>\n]{{1,40}}[\]}}>]{{1,2}}|{_NAME_WORD}")
# `Hi 👋 Pria, …` has a name, `Hi 👋 Wonderful meeting you` has none.
_SIGNS_BEFORE_NAME = pattern(rf"[^\w!-\x7f]+(?={_NAME_WORD}(?:(?: and| &)? [A-ZÀ-Þ]{_NAME_WORD}){{0,2}} ?(?:[,!:?]|$))")
_AND = pattern(r"\s*(?:and|&)\s")
_BETWEEN_NAMES = pattern(r"[ ]*(?:,|/|&| and\b)?[ ]*")
_OPENS = pattern(r"\s+(?:thanks?|thx|thankyou|ty|i|its|it's|just|hope)\b", re.IGNORECASE)
_INITIAL = pattern(r"\b[A-Z]\.")
_SIGNED = pattern(
    r"(?<=[.!?)\"…])\s+((?:(?:best|best wishes|kind regards|warm regards|regards|thanks|thank you|thx|cheers|ta|many thanks|thanks a mil|with thanks)[,.!]? )?"
    r"[-–]? ?[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,3}(?:[, ]+[\d+() -]{7,})?\.?)\s*$"
)
_SIGNED_IN_LINE = pattern(
    r"(?:(?<=[.!?,])|\s)\s*((?:[Bb]est|[Bb]est wishes|[Kk]ind regards|[Rr]egards|[Tt]hanks|[Tt]hx|[Cc]heers|[Tt]a)[,.!]? [-–]?[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,2}\.?)\s*$"
)


def headers(text: str) -> tuple[dict[str, str], int]:
    """The known headers at the top of a pasted text, and where the message after them begins.

    Above the line by which Emacs parts headers from text, headers of any name count.
    """
    found: dict[str, str] = {}
    at = 0
    border = text.find(_COMPOSE_SEPARATOR, 0, _LONG_HEAD)
    if border >= 0 and (border == 0 or text[border - 1] == "\n"):
        above = [_ANY_HEADER.fullmatch(text, line.start, line.end) for line in _lines(text[:border])]
        if all(above):
            for match in above:
                if match is not None and match[1] is not None:
                    found.setdefault(match[1].lower(), match[2].strip())
            return found, _next_line(text, border)
    for line in _lines(text):
        match = _HEADER.match(text, line.start, line.end)
        if match is None:
            if found and not text[line.start : line.end].strip():
                return found, _next_line(text, line.end)
            return found, at
        found.setdefault(match[1].lower(), match[2].strip())
        at = _next_line(text, line.end)
    return found, at


_LONG_HEAD = 20_000  # characters


def regions(flat: str) -> tuple[Region, ...]:
    """The parts of a flattened text, in order; together with the white space between they cover it."""
    _, start = headers(flat)
    found = [Region(Part.HEADER, Span(0, start))] if start else []
    lines = _lines(flat, start)
    own, after = _own_lines(flat, lines)
    own = [line for line in own if flat[line.start : line.end].strip()]
    closing = _closing(flat, own)
    greeting = _first_greeting(flat, own)
    body_start = None
    if greeting is not None:
        found += _body(flat, own, own[0].start, greeting.start)
        found.append(Region(Part.GREETING, greeting))
        body_start = greeting.end
    elif own:
        body_start = own[0].start
    sign_off, signature = closing
    body_end = min([s.start for s in (sign_off, signature) if s is not None], default=own[-1].end if own else 0)
    if body_start is not None:
        found += _body(flat, own, body_start, body_end)
    if sign_off is not None:
        found.append(Region(Part.SIGN_OFF, sign_off))
    if signature is not None:
        found.append(Region(Part.SIGNATURE, signature))
    return tuple(sorted(found + after, key=lambda region: region.span))


def names_in_greeting(flat: str, greeting: Span) -> tuple[Token, ...]:
    """The names that a greeting addresses, as written; none where it says only `Hello there`."""
    text = flat[greeting.start : greeting.end]
    match = _SALUTED.match(text)
    start = match.end() if match else 0
    found: list[Token] = []
    for word in _NAME.finditer(text[start:]):
        name = word.group().rstrip(".")
        at = greeting.start + start + word.start()
        plain = lower(name)
        if plain in _TITLES or plain in _NOT_NAMES or (not name[0].isupper() and (match is None or found)):
            continue
        if _BRACKET.fullmatch(text[max(0, start + word.start() - 2) : start + word.start()].strip() or "x"):
            continue
        found.append(Token(plain, at, at + len(name)))
    return tuple(found)


def quotations(flat: str, body: tuple[Span, ...]) -> tuple[Span, ...]:
    """Passages in double quotation marks, or in single ones that open after a space."""
    if '"' not in flat and not any(mark in flat for mark in (" '", "\n'", "('")):
        return ()
    found = []
    for part in body:
        for match in _IN_QUOTES.finditer(flat[part.start : part.end]):
            found.append(Span(part.start + match.start(), part.start + match.end()))
    return tuple(found)


def sender(flat: str, parts: tuple[Region, ...]) -> str | None:
    """The writer's name: from the signature, else from a line such as `Marcus here`."""
    for region in parts:
        if region.part is Part.SIGNATURE:
            for line in flat[region.span.start : region.span.end].splitlines():
                signed = _FORMULA.sub("", line.strip(" -–—*_"), count=1)
                name = _AFTER_NAME.split(signed.strip(" -"))[0].strip(" .")
                if name and not _CONTACT.search(name) and 1 <= len(name.split()) <= 5:
                    return name
    body = next((region.span for region in parts if region.part is Part.BODY), None)
    if body is None:
        return None
    found = _INTRODUCTION.search(flat[body.start : min(body.end, body.start + 160)])
    return (found[1] or found[2]).strip() if found else None


def _lines(text: str, start: int = 0) -> list[Span]:
    found = []
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        found.append(Span(start, end - 1 if end > start and text[end - 1] == "\r" else end))
        start = end + 1
    return found


def _next_line(text: str, end: int) -> int:
    newline = text.find("\n", end)
    return len(text) if newline < 0 else newline + 1


def _own_lines(flat: str, lines: list[Span]) -> tuple[list[Span], list[Region]]:
    """The writer's own lines, and the regions of attribution lines and quoted mail."""
    own: list[Span] = []
    after: list[Region] = []
    enclosed = False
    for index, line in enumerate(lines):
        content = flat[line.start : line.end].lstrip()
        if content.startswith("<#") and _MARKUP.match(content):
            enclosed = not content.startswith("<#/") and _ENCLOSED.match(content) is not None
            after.append(Region(Part.MARKUP, line))
            continue
        if enclosed:
            after.append(Region(Part.QUOTED, line))
            continue
        if content.startswith(">"):
            after.append(Region(Part.QUOTED, line))
            continue
        border = _ATTRIBUTION.match(flat, line.start, line.end) or _wrapped_attribution(flat, lines, index)
        if border or (own and _OUTLOOK.match(flat, line.start, line.end) and _is_outlook(flat, lines, index)):
            quoted_with_marks = any(
                flat[near.start : near.end].lstrip().startswith(">") for near in lines[index + 1 : index + 4]
            )
            after.append(Region(Part.ATTRIBUTION, line))
            if border and quoted_with_marks:
                continue
            if index + 1 < len(lines):
                after.append(Region(Part.QUOTED, Span(lines[index + 1].start, lines[-1].end)))
            break
        own.append(line)
    return own, after


def _wrapped_attribution(flat: str, lines: list[Span], index: int) -> bool:
    """`On Tue, 3 March 2026 at 10:12, Priya Raman <p@x.example>` with `wrote:` on the next line."""
    line = flat[lines[index].start : lines[index].end].strip()
    if index + 1 >= len(lines) or not line.startswith("On ") or not _DATED.search(line):
        return False
    following = flat[lines[index + 1].start : lines[index + 1].end].strip()
    return following.endswith("wrote:") and len(following) < 80


def _is_outlook(flat: str, lines: list[Span], index: int) -> bool:
    following = [line for line in lines[index + 1 : index + 4] if flat[line.start : line.end].strip()]
    return sum(bool(_OUTLOOK_NEXT.match(flat, line.start, line.end)) for line in following) >= 2


def _first_greeting(flat: str, own: list[Span]) -> Span | None:
    """The greeting in the first line, or after a line or two that do not belong to the letter."""
    for index, line in enumerate(own[:3]):
        greeting = _greeting(flat, line)
        if greeting is not None and (index == 0 or (_GREETING.match(flat, line.start) and greeting.end == line.end)):
            return greeting
    return None


def _greeting(flat: str, line: Span) -> Span | None:
    """The greeting at the start of a line: all of it, or up to where the first sentence begins."""
    match = _GREETING.match(flat, line.start, line.end)
    if match is None:
        bare = _BARE_NAME.match(flat, line.start, line.end)
        if bare and flat[line.start : line.end].lstrip()[:1].isupper() and len(bare.group().split()) <= 4:
            return line
        inline = _INLINE_NAME.match(flat, line.start, line.end)
        return Span(line.start, inline.end()) if inline else None
    signs = _SIGNS_BEFORE_NAME.match(flat, match.end(), line.end)
    end = signs.end() if signs else match.end()
    count = 0
    while count < 6:
        found = _GREETED.match(flat, end, line.end)
        if found is None:
            break
        plain = lower(found.group().rstrip("."))
        small = found.group()[0].islower() and plain not in _TITLES and plain not in _NOT_NAMES
        if plain in _OPENING_WORDS or (small and not _is_informal_name(flat, line, found.end(), first=count == 0)):
            break
        end = found.end()
        count += 1
        if end < line.end and flat[end] in ",!:?":
            while end < line.end and flat[end] in ",!:?":
                end += 1
            rest = flat[end : line.end]
            if not _AND.match(rest):
                break
        spacer = _BETWEEN_NAMES.match(flat, end, line.end)
        end = spacer.end() if spacer else end
    rest = flat[end : line.end].rstrip()
    if rest.endswith((",", ":")) and len(rest.split()) <= _ASIDE:
        end = line.end  # `Good evening Jadeja sahib,` or `Dear Sabine (I hope I may),`
    while end < line.end and flat[end] in ",!:;.?-":
        end += 1
    return Span(line.start, len(flat[:end].rstrip()) if end > line.start else end)


def _is_informal_name(flat: str, line: Span, end: int, *, first: bool) -> bool:
    """`hi tasha, …` or `hi tasha thanks for…`: a small-lettered name right before an opening."""
    if not first:
        return False
    if end >= line.end or flat[end] in ",!:":
        return True
    return _OPENS.match(flat, end, line.end) is not None


def _closing(flat: str, own: list[Span]) -> tuple[Span | None, Span | None]:
    """The sign-off line and the signature below it, looked for from the end of the writer's lines."""
    if len(own) < 2:
        return None, _one_line_signature(flat, own)
    for index, line in enumerate(own[1:], 1):
        if _DASHES.match(flat, line.start, line.end) and index + 1 < len(own):
            sign_off, above = _closing_without_dashes(flat, own[:index])
            start = above.start if above is not None else line.start
            return sign_off, Span(start, own[-1].end)
    return _closing_without_dashes(flat, own)


def _closing_without_dashes(flat: str, own: list[Span]) -> tuple[Span | None, Span | None]:
    lowest = max(1, len(own) - 9)
    for index in range(len(own) - 1, lowest - 1, -1):
        line = own[index]
        content = flat[line.start : line.end].strip()
        if len(content) > 90 or not _SIGN_OFF.match(flat, line.start, line.end):
            continue
        below = own[index + 1 :]
        if not _is_sign_off(content) or not all(_signature_like(flat, under) for under in below[:3]):
            continue
        return line, Span(below[0].start, below[-1].end) if below else None
    index = len(own)
    while index > 1 and _signature_like(flat, own[index - 1]):
        index -= 1
    if index == len(own):
        return None, _one_line_signature(flat, own[-1:])
    return None, Span(own[index].start, own[-1].end)


def _is_sign_off(content: str) -> bool:
    """A closing formula, not a sentence: `Thanks again for your time,` but not `Thanks, I'll call.`"""
    if content.endswith((",", "-")) or len(content.split()) <= 4:
        return not content.endswith("?")
    return content.endswith((".", "!")) is False and len(content.split()) <= 12


def _signature_like(flat: str, line: Span) -> bool:
    content = flat[line.start : line.end].strip()
    if _SENT_FROM.match(content) or (_CONTACT.search(content) and len(content) < 70 and not _VERBISH.search(content)):
        return True
    words = content.rstrip(".!").split()
    if not words or len(words) > 7 or content.endswith(("?", ",", ":")) or _VERBISH.search(content):
        return False
    if content.endswith((".", "!")) and len(words) > 2 and not _INITIAL.search(content):
        return False
    if _SIGN_OFF.match(content) and len(words) <= 3 and content[:1].isupper():
        return False
    letters = [word for word in words if word[0].isalpha()]
    return (bool(letters) and (letters[0][0].isupper() or content.startswith(("-", "–", "[", "{", "<")))) or content[
        :1
    ] in "[{<-"


def _one_line_signature(flat: str, own: list[Span]) -> Span | None:
    """`… Best, Theo`, `… - Cody` or `… Ryan` at the end of a message that is one paragraph."""
    if not own:
        return None
    line = own[-1]
    tail = flat[max(line.start, line.end - 90) : line.end]
    found = _SIGNED.search(tail) or _SIGNED_IN_LINE.search(tail)
    if found is None:
        return None
    return Span(line.end - len(tail) + found.start(1), line.end)


def _body(flat: str, own: list[Span], start: int, end: int) -> list[Region]:
    """Contiguous runs of the writer's lines between `start` and `end`; quoted mail may stand between."""
    found: list[Region] = []
    for line in own:
        low, high = max(line.start, start), min(line.end, end)
        while low < high and flat[low].isspace():
            low += 1
        if low >= high:
            continue
        if found and not flat[found[-1].span.end : low].strip():
            found[-1] = Region(Part.BODY, Span(found[-1].span.start, high))
        else:
            found.append(Region(Part.BODY, Span(low, high)))
    return found
