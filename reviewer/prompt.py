"""What a language model is told: the files in prompts/, filled in.

The part that is the same for every draft comes first, so that an endpoint can keep it. What belongs to one
draft is strangers' data: it stands between two lines with a marker that is new to every call, so that no draft
can know how to end it, and nothing invisible in it is passed on. Quoted mail is not passed on at all.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from string import Template

from reviewer.context import Context, Kind
from reviewer.message import Message, Part
from reviewer.resources import folder
from reviewer.rubric import Rubric
from reviewer.text import Span, invisible

__all__ = ["LEVELS", "MOST_CHARACTERS", "OWN", "Prompt", "facts", "fill", "new_marker", "not_asked", "own_text"]

LEVELS = ("poor", "fair", "good")  # the names of the levels 0, 1 and 2
MOST_CHARACTERS = 12_000  # a message longer than this is not sent: it would cost much and tell little


@dataclass(frozen=True)
class Prompt:
    """What is asked: the part that never changes, and the part of one draft, with its marker."""

    fixed: str
    variable: str
    marker: str = field(repr=False)

    @property
    def digest(self) -> str:
        """The same for the same question, whatever its marker: 64 hexadecimal digits."""
        return hashlib.sha256(
            f"{self.fixed}\0{self.variable.replace(self.marker, '')}".encode(errors="replace")
        ).hexdigest()


def new_marker() -> str:
    return f"-----{secrets.token_hex(8)}-----"


def fill(
    name: str,
    rubric: Rubric,
    message: Message,
    context: Context,
    hide: Callable[[str], str],
    marker: Callable[[], str],
    **more: str,
) -> Prompt:
    """The prompt in `prompts/NAME.md` for a draft; `hide` is applied to everything that strangers wrote."""
    fixed, variable = _template(name)
    data = {
        "facts": hide(facts(context)) or "nothing",
        "subject": hide(_one_line(message.subject or "")) or "(none)",
        "draft": hide(own_text(message)),
        **{key: hide(text) for key, text in more.items()},
    }
    chosen = marker()
    while any(chosen in text for text in data.values()):
        chosen = marker()
    kind = context.kind or Kind.THANK_YOU
    return Prompt(
        Template(fixed).substitute(_about(rubric)),
        Template(variable).substitute(data, kind=f"{kind.replace('_', ' ')}", marker=chosen),
        chosen,
    )


@cache
def _template(name: str) -> tuple[str, str]:
    fixed, _, variable = (folder("prompts") / f"{name}.md").read_text(encoding="utf-8").partition("\n=====\n")
    return fixed, variable.rstrip("\n")


def _about(rubric: Rubric) -> dict[str, str]:
    """What the rubric says: kinds, criteria with their levels in words, faults that may be reported."""
    judged = [c for c in rubric.criteria if c.judged]
    criteria = (
        "\n".join(
            [f"{c.id}: {c.title}", *(f"  {LEVELS[level]}: {c.meaning[level]}" for level in (2, 1, 0)), f"  {c.notes}"]
        ).rstrip()
        for c in judged
    )
    return {
        "criteria": "\n\n".join(criteria),
        "rules": "\n".join(dict.fromkeys(f"- {u.rule}: {u.ask}" for c in judged for u in c.uses if u.ask)),
        "kinds": "\n".join(f"- {kind.replace('_', ' ')}: {purpose}" for kind, purpose in rubric.purposes.items()),
    }


def not_asked(message: Message) -> str | None:
    """Why a model is not asked of a draft: there is nothing to read, or far too much."""
    own = sum(span.end - span.start for span in message.spans(*OWN))
    if not own:
        return "not asked: there is nothing to read"
    if own > MOST_CHARACTERS:
        return f"not asked: {own:,} characters are more than the {MOST_CHARACTERS:,} that are sent at most"
    return None


OWN = (Part.GREETING, Part.BODY, Part.SIGN_OFF, Part.SIGNATURE)
_THEIRS = (Part.QUOTED, Part.ATTRIBUTION)


def own_text(message: Message) -> str:
    """The writer's own message from greeting to signature, as a reader sees it; mail that it quotes is left out."""
    theirs = message.spans(*_THEIRS)
    pieces: list[str] = []
    end: int | None = None
    for span in message.spans(*OWN):
        if end is not None:
            between = Span(end, span.start)
            pieces.append("\n\n" if any(t.overlaps(between) for t in theirs) else between.of(message.text))
        pieces.append(span.of(message.text))
        end = span.end
    return _visible("".join(pieces)).strip("\n")


def _visible(text: str) -> str:
    """Without what no reader sees: characters of no width, comments of a mark-up language."""
    hidden = invisible(text)
    return "".join(
        text[a:b] for a, b in zip([0, *(s.end for s in hidden)], [*(s.start for s in hidden), len(text)], strict=True)
    )


_MOST_OF_A_FACT = 300


def facts(context: Context) -> str:
    """What is known of the interview, a line each, as a model is told it."""
    people = ", ".join(f"{p.name} ({p.title})" if p.title else p.name for p in context.interviewers)
    known: Mapping[str, object] = {
        "interviewed by": people,
        "recruiter": context.recruiter,
        "firm": context.company,
        "job": context.role,
        "interview": _moment(context.interviewed_at),
        "they promised an answer by": _moment(context.promised_reply_by),
        "this message goes out": _moment(context.sending_at),
        "sent before": ", ".join(f"{s.kind.replace('_', ' ')} on {_moment(s.at)}" for s in context.sent),
        "channel": context.channel,
    }
    lines = [f"- {name}: {_one_line(str(value))}" for name, value in known.items() if value]
    return "\n".join([*lines, *_topics(context.topics)])


def _moment(when: datetime | date | None) -> str:
    if when is None:
        return ""
    return f"{when:%A} {when.day} {when:%B %Y}" + (f", {when:%H:%M}" if isinstance(when, datetime) else "")


def _topics(topics: Iterable[str]) -> list[str]:
    noted = [f"  - {_one_line(topic)}" for topic in topics]
    return ["- noted as talked about:", *noted[:20]] if noted else []


def _one_line(text: str) -> str:
    return " ".join(_visible(text).split())[:_MOST_OF_A_FACT]
