"""What a check yields, and what becomes of it once the rubric has spoken."""

from enum import StrEnum
from typing import NamedTuple

from reviewer.text import Span

__all__ = ["Abstention", "Degree", "Edit", "Failure", "Finding", "Fix", "Hit", "Safety", "Severity"]


class Severity(StrEnum):
    """An error caps the overall score while it stands; a suggestion costs little or nothing."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


class Degree(StrEnum):
    """How far a fault goes: a coach would ask for a change, or would not let it be sent like this."""

    SLIGHT = "slight"
    GRAVE = "grave"


class Safety(StrEnum):
    """`safe` may be applied unseen, `suggested` wants a look, `example` shows a way and has blanks."""

    SAFE = "safe"
    SUGGESTED = "suggested"
    EXAMPLE = "example"


class Edit(NamedTuple):
    """Replace the text of `span` by `text`; an empty span inserts."""

    span: Span
    text: str


class Fix(NamedTuple):
    title: str
    edits: tuple[Edit, ...] = ()
    safety: Safety = Safety.SUGGESTED


class Hit(NamedTuple):
    """A fault that a check saw; `span` is None where the fault is an absence."""

    message: str
    span: Span | None = None
    fix: Fix | None = None
    degree: Degree = Degree.GRAVE


class Abstention(NamedTuple):
    """A check that cannot judge, because something is not known: never a pass, never a fault."""

    reason: str


class Finding(NamedTuple):
    """A hit with what the rubric says of it. `costs` maps criteria to the points that it takes."""

    rule: str
    criterion: str
    severity: Severity
    message: str
    why: str
    sources: tuple[str, ...]
    span: Span | None
    quote: str
    degree: Degree
    costs: dict[str, int]
    fix: Fix | None = None
    by: str = "check"
    points: int = 0


class Failure(NamedTuple):
    """Something that could not be done: a value in the result, never lost, never a pass."""

    source: str
    reason: str
