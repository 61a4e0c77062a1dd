"""Which firm and which job a draft names as the reader's, where they are not the ones known.

Only a capitalised name in a place that can only mean the employer counts ("the role at X", "join X"); the
writer's own past ("At X I ran…") does not.
"""

import re
from collections.abc import Iterator

from reviewer.context import Context
from reviewer.language.acts import Act, readings
from reviewer.language.detail import specific_stem
from reviewer.language.names import alike, fold
from reviewer.message import Message, Span
from reviewer.patterns import pattern

__all__ = ["companies_named", "particulars", "roles_named"]

_WORD = r"[A-Z0-9À-Þ][\w&'’-]*"
_NAME = rf"(?P<name>{_WORD}(?:\s+(?:&\s+|of\s+|and\s+(?=[A-Z])|the\s+)?{_WORD}){{0,4}})"
# A capitalised name in mid-sentence; what leads up to it, or follows, must make it the reader's firm.
_INSIDE = pattern(rf"(?<=[a-z/,] ){_NAME}")
_LEADS = pattern(
    r"\b(?:role|position|post|job|opportunity|interview|interviewed|opening|internship|vacancy|conversation|team|everyone|start|"
    r"work|asset|application|candidacy|headship|traineeship|placement|meeting|met|going)\b[^.!?\n]{0,30}?\s(?:at|with|w/)(?:\s+the)?$"
    r"|\b(?:role|position|post|job|opening|vacancy|interview|asset|contribute)\s(?:for|to|in)(?:\s+the)?$"
    r"|\b(?:join|joining|part of|working for|work for|design for|write for|build for)(?:\s+(?:the|everyone at|you all at|the team at))?$",
    re.IGNORECASE,
)
_LEAD_ENDS = frozenset(
    "at with w/ for to in the join joining of but represent representing admire admired help helping".split()
)
_WISHED = pattern(
    r"\b(?:crew|go|team|kitchen|floor|place|part|on|it) at$"
    r"|\b(?:work|working|start|starting|begin|grow|growing|learn|bake|cook|teach|teaching|build|building|train|career|future|years|trade|"
    r"day|days|life|anywhere|crew|lot|whoever)\b(?:\s\w+){0,4}\s(?:at|with|for|but)$"
    r"|\b(?:applying|attract\w* me(?: \w+)?) to$|\b(?:represent\w*|admired?|help|helping)(?:\s(?:the|to))?$",
    re.IGNORECASE,
)
_SUBJECT = pattern(
    rf"(?:\A|(?<=[.!?,;] )|(?<=that )|(?<=sure )|(?<=way )){_NAME}(?=\s+(?:is|remains|would be)\s+(?:(?:still|much|very much|by far)\s+)?"
    r"(?:where|the (?:(?:only |one |first )?(?:place|firm|studio|school|team|company|shop)|(?:only |first )?one (?:I|for me|where|that))|my (?:first|top)))"
)
# One word alone may be a place: "the Leeds job".
_ROLE = pattern(
    r"(?<=the |our |his |for | of )(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in|for)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){1,4})\s+(?P<noun>role|position|post|job|opening|vacancy|internship|appointment|spot)\b"
)
_POST_OF = pattern(
    r"\b(?:role|position|post|job)\s+(?:of|as)\s+(?:an?\s+)?(?P<name>[A-Z0-9À-Þ][\w&'’/-]*(?:\s+(?:(?:of|and|&|in)\s+)?[A-Z0-9À-Þ][\w&'’/-]*){0,4})"
)
_ANOTHER_JOB = pattern(r"\b(?:on|if|when|should) the $", re.IGNORECASE)  # a site one works on, a post that may come up
_NOUNS = frozenset("role position post job opening vacancy internship appointment spot".split())
_PAST = pattern(
    r"\b(?:held|had|did|worked|left|previous|former|current|old|my (?:last|first|own|time|years|job|role|team|boss)|ran|run|spent|came from|years?|offer\w*|(?:some(?:body|one)|any(?:body|one)) else|elsewhere|since|trained|"
    r"studied|degree|moved|built|managed|taught)\b[^.\n]{0,24}$"
)
_NO_FIRM = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas linkedin zoom teams english i hr yours there here that this it what which japan india europe america canada australia germany france".split()
)
_LEVELS = frozenset(
    "senior junior lead head chief principal assistant associate trainee graduate sr jr the a of and in for".split()
)


def companies_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a firm other than the known one is named as the employer."""
    return message.once(_companies_named, context) if context.company is not None else ()


def _companies_named(message: Message, context: Context) -> tuple[Span, ...]:
    company = context.company or ""
    nearly = tuple(_nearly_right(message, context))
    if nearly or _named(message, company):
        return nearly
    places = tuple(dict.fromkeys(_employers(message)))
    if not places:
        return ()
    known = particulars(context) | _people(message, context)
    return tuple(p for p in places if _is_stranger(message, p, known))


def _people(message: Message, context: Context) -> set[str]:
    """The words, folded, of the names of everybody known."""
    names = (message.to, message.sender, context.recruiter, *(p.name for p in context.interviewers))
    return set().union(*(_words(name) for name in names if name))


def particulars(context: Context) -> set[str]:
    """The words, folded, of the firm's name, the job and the topics."""
    names = [context.company or "", context.role or "", *context.topics]
    return {_initials(names[0])}.union(*map(_words, names))


def _nearly_right(message: Message, context: Context) -> Iterator[Span]:
    """The names that are the known firm's but for a letter or a word: `Mercy Hill` where it is Mercy Lake."""
    firm = _plain(context.company or "")
    if not firm:
        return
    initial = firm[0][0].upper()  # a name without it need not be looked at any further
    runs = [run for part in message.body for run in _RUN.finditer(message.flat, part.start, part.end)]
    near = [
        place
        for run in runs
        if initial in run.group() and _is_near(place := _trimmed(message, *run.span()), firm, message)
    ]
    if near:
        others = (particulars(context) | _people(message, context)) - set(firm)
        yield from (p for p in near if others.isdisjoint(_plain(p.of(message.flat))) and not _past(message, p))


def _plain(name: str) -> list[str]:
    """The words of a firm's name, folded, without the small ones."""
    return [word for word in map(fold, re.findall(r"[^\W_]+", name)) if word not in _SMALL]


def _is_near(place: Span, firm: list[str], message: Message) -> bool:
    """Whether a name is not the firm's, and yet its beginning, or its beginning and end, are."""
    name = _plain(place.of(message.flat))
    if set(name) <= set(firm):
        return False
    first, own = name[0], firm[0]
    slip = _misspelt(first, own)
    if len(name) == 1 or len(firm) == 1:
        return len(name) == 1 and slip
    second, its = name[1], firm[1]
    if first == own:
        telling = not any(map(_is_general, (own, second, its))) and own not in _COMMON
        return telling and second not in firm and its not in message.vocabulary
    ends_alike = second == its or name[-1] == firm[-1]
    return slip or (ends_alike and first[0] == own[0] and alike(first, own) >= _KIN)


def _misspelt(word: str, right: str) -> bool:
    if (
        word == right
        or _is_general(word)
        or right.startswith(word)
        or word.startswith(right)
        or min(len(word), len(right)) < 4
    ):
        return False
    return word[0] == right[0] and alike(word, right) >= _SLIP


def _is_general(word: str) -> bool:
    return word in _KINDS_OF_FIRM or word in _PLACES or specific_stem(word) is None


_RUN = pattern(rf"{_WORD}(?:\s+(?:&\s+|of\s+|and\s+(?=[A-Z]))?{_WORD}){{0,4}}")
_SMALL = frozenset("the of and a le la de st saint".split())
_PLACES = frozenset(
    "street road avenue lane square park campus building tower bridge station county city house hall site way".split()
)
# With which many a firm's name begins that has nothing to do with another.
_COMMON = frozenset(
    "american national general united first northern southern eastern western north south east west royal british global international "
    "pacific atlantic central new old great big blue red green black white golden silver".split()
)
_SLIP, _KIN = 0.75, 0.5  # how alike two words are


def _named(message: Message, company: str) -> bool:
    """Whether the draft names the right firm: then another name in it is another matter."""
    written = {w.lower() for w in re.findall(r"[^\W_]+", company)}
    telling = [w for w in written | _words(company) if len(w) > 3 and w not in _KINDS_OF_FIRM]
    return bool(telling) and not message.vocabulary.isdisjoint([*telling, *(w + "'s" for w in telling)])


def _employers(message: Message) -> Iterator[Span]:
    """The capitalised names that stand where an employer's name stands."""
    flat = message.flat
    for reading in readings(message):
        span = reading.clause.sentence.span
        if not _BEING.isdisjoint(reading.clause.words):
            for match in _SUBJECT.finditer(span.of(message.flat)):
                yield _trimmed(message, span.start + match.start("name"), span.start + match.end("name"))
        if _CAPITAL.search(flat, span.start, span.end) is None:
            continue
        of_them = max([reading[act] for act in _OF_THEM]) >= _LIKELY
        for match in _INSIDE.finditer(message.flat, span.start, span.end) if of_them else ():
            if _IS_JOB.match(message.flat, match.end()):
                continue
            before = message.flat[max(span.start, match.start() - 80) : match.start() - 1]
            if before.rpartition(" ")[2].lower() not in _LEAD_ENDS:
                continue
            if _LEADS.search(before) or (reading[Act.WANT] >= _LIKELY and _WISHED.search(before)):
                yield _trimmed(message, *match.span("name"))


_BEING = frozenset({"is", "remains", "be"})
_CAPITAL = pattern(r"[a-z,/] (?!I\b)[A-ZÀ-Þ0-9]")
_OF_THEM = (Act.WANT, Act.THANKS, Act.PROCESS, Act.ASK, Act.VAGUE, Act.FAINT)
_LIKELY = 0.4
_KINDS_OF_FIRM = frozenset(
    "hotel school hospital bank group partners capital consulting logistics foods studio studios college university trust "
    "council centre center services care clinic library museum theatre restaurant coffee house works labs systems software "
    "technologies solutions institute foundation society association agency authority academy media pictures books insurance energy health dental farm farms shop store stores".split()
)


def _trimmed(message: Message, start: int, end: int) -> Span:
    name = message.flat[start:end].rstrip(".,'-")
    name = re.sub(r"\s+(?:and\s+)?I$", "", name)
    return Span(start, start + len(name.removesuffix("'s")))


def roles_named(message: Message, context: Context) -> tuple[Span, ...]:
    """The places where a job other than the known one is named."""
    return message.once(_roles_named, context) if context.role is not None else ()


def _roles_named(message: Message, context: Context) -> tuple[Span, ...]:
    role = context.role or ""
    if message.vocabulary.isdisjoint(_NOUNS):
        return ()
    places = [
        _trimmed(message, *match.span("name"))
        for part in message.body
        for pattern in (_ROLE, _POST_OF)
        for match in pattern.finditer(message.flat, part.start, part.end)
        if not _ANOTHER_JOB.search(message.flat, max(0, match.start() - 10), match.start())
    ]
    if not places:
        return ()
    known, own = particulars(context), {_initials(role)}
    return tuple(
        dict.fromkeys(p for p in places if _is_stranger(message, p, own) and _is_other_job(p.of(message.text), known))
    )


def _is_other_job(name: str, known: set[str]) -> bool:
    words = _words(name) - _LEVELS
    if not words or words <= known:
        return False
    long = [k for k in known if len(k) > 3]
    return not any(w.startswith(k[:4]) or k.startswith(w[:4]) for w in words - known for k in long)


_IS_JOB = pattern(
    r"\s+(?:role|position|post|job|opening|vacancy|internship|appointment|team|interview|yard|site|office|branch|campus|depot|plant)\b",
    re.IGNORECASE,
)


def _is_stranger(message: Message, place: Span, known: set[str]) -> bool:
    words = _words(place.of(message.text))
    if (
        not words - _KINDS_OF_FIRM
        or (words - _KINDS_OF_FIRM) & known
        or words & _NO_FIRM
        or any(w.isdigit() for w in words)
    ):
        return False
    return not _past(message, place)


def _past(message: Message, place: Span) -> bool:
    """Whether a name is led up to as the writer's own past."""
    return _PAST.search(message.flat, max(0, place.start - 45), place.start) is not None


def _words(name: str) -> set[str]:
    return {fold(w) for w in re.findall(r"[^\W_]+", name) if len(w) > 1 or w.isdigit()} - {"the"}


def _initials(name: str) -> str:
    return "".join(fold(w)[:1] for w in re.findall(r"[^\W_]+", name) if w[0].isupper())
