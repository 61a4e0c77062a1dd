"""The greeting, or an address further down, names somebody else; or a name is written nearly right."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Person
from reviewer.finding import Degree, Edit, Fix, Hit, Safety
from reviewer.language.addressing import greeted
from reviewer.language.misnamed import misnamed
from reviewer.language.names import TITLES, alike, fold, parts, same_person
from reviewer.message import Message

_ANA = Context(interviewers=(Person("Anna Ruiz"), Person("Tom Vogel")))


@check(
    Flags(
        text="Hi Ana-Lena,\n\nThank you.",
        context=Context(interviewers=(Person("Annalena Ruiz"),)),
        at="Ana-Lena",
        fixed="Hi Annalena,\n\nThank you.",
    ),
    Flags(text="Hi Tom,\n\nThank you.", to="Anna Ruiz", context=_ANA, at="Tom", fixed="Hi Anna,\n\nThank you."),
    Flags(
        text="Dear Anna,\n\nThank you for your time. I promise, Tina, that I have read the whole file.",
        context=_ANA,
        at="Tina",
        fixed="Dear Anna,\n\nThank you for your time. I promise, Anna, that I have read the whole file.",
    ),
    Flags(
        text="Dear Anna,\n\nI agree with Mr. Vogler that the lift is slow.",
        context=_ANA,
        at="Vogler",
        fixed="Dear Anna,\n\nI agree with Mr. Vogel that the lift is slow.",
    ),
    Passes(text="Dear Anna,\n\nMy old boss, Tina, would say the same, and so would Mr. Keller.", context=_ANA),
    Passes(
        text="Dear Bob,\n\nThank you.",
        to="Robert Castellano",
        context=Context(interviewers=(Person("Robert Castellano"),)),
    ),
    Passes(text="Dear Grainne,\n\nThank you.", to="Gráinne Duffy"),
    Passes(text="Hi Anna,\n\nThank you.", context=_ANA),
    Passes(text="Dear Ms. Ruiz,\n\nThank you.", to="Anna"),
    Passes(text="Hi Xiaoming,\n\nThank you.", to="王小明"),
)
def wrong_name(message: Message, context: Context, *, slip: float = 0.72) -> Iterator[Hit]:
    """A name got wrong is the one slip that every reader notices, and the first thing they see."""
    yield from _greeting(message, context, slip)
    for span, meant in misnamed(message, context):
        yield Hit(f"Do you mean {meant}?", span, Fix(f"Write {meant}", (Edit(span, meant),)), Degree.GRAVE)


def _greeting(message: Message, context: Context, slip: float) -> Iterator[Hit]:
    people = [p.name for p in context.interviewers] + ([context.recruiter] if context.recruiter else [])
    intended = _intended(message.to, people)
    if not intended or not message.addressees:
        return
    names = message.addressees
    if any(same_person(word.low, name) for word in names for name in intended) or _goes_by(names[0].low, context):
        return
    word = names[0]
    written = word.span.of(message.text)
    other = next((name for name in people if same_person(word.low, name)), None)
    if other is not None:
        right = intended[0].split()[0]
        yield Hit(
            f"This goes to {intended[0]}, and greets {other}.",
            word.span,
            Fix(f"Write {right}", (Edit(word.span, right),)),
            Degree.GRAVE,
        )
        return
    choices = [part for name in intended for part in name.split() if parts(part) and _comparable(part, word.low)]
    best = max(choices, key=lambda part: alike(part, written), default=None)
    if best is None:
        return
    if alike(best, written) >= slip:
        yield Hit(
            f"Do you mean {best}?",
            word.span,
            Fix(f"Write {best}", (Edit(word.span, best),), Safety.SAFE),
            Degree.GRAVE,
        )
    elif not (any(fold(part)[:3] == word.low[:3] for part in choices) or _by_surname(message, intended)):
        known = f"This goes to {intended[0]}" if intended[0] == message.to else f"You met {intended[0]}"
        yield Hit(
            f"{known}; nobody called {written} is known here.",
            word.span,
            Fix(f"Write {best}", (Edit(word.span, best),)),
            Degree.GRAVE,
        )


def _intended(to: str | None, people: list[str]) -> list[str]:
    """Whom the draft goes to, under every name that is known: `Kwabena Boadu`, of whom `Kwabena "KB" Boadu` was noted."""
    named = set(parts(to or ""))
    return [to, *(name for name in people if named <= set(parts(name)))] if to and named else people


def _comparable(name: str, written: str) -> bool:
    """Whether both are in one script: 王小明 may well be Xiaoming."""
    return fold(name).isascii() == fold(written).isascii()


def _by_surname(message: Message, intended: list[str]) -> bool:
    """`Dear Ms Raman` to somebody of whom only the first name is known."""
    return not TITLES.isdisjoint(greeted(message)) and all(len(name.split()) == 1 for name in intended)


def _goes_by(name: str, context: Context) -> bool:
    return any(name in topic.lower().split() for topic in context.topics)
