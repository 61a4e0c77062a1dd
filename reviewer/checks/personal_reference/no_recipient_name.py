"""The greeting names nobody."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Person
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.message import Message, Span
from reviewer.text import words


@check(
    Flags(
        text="Dear Sir/Madam,\n\nThank you for today.",
        context=Context(interviewers=(Person("Ana Ruiz"),)),
        at="Dear Sir/Madam,",
        fixed="Dear Ana,\n\nThank you for today.",
    ),
    Flags(text="Dear all,\n\nThank you for today.", at="Dear all,"),
    Passes(text="Dear Srinivas sir,\n\nThank you for today."),
    Passes(text="Ana, thank you for today."),
)
def no_recipient_name(message: Message, context: Context) -> Iterator[Hit]:
    """Each person who gave you an hour gets a note by name; a greeting to nobody reads like a circular."""
    if message.addressees or _names_them(message, context):
        return
    if _greeted(message) & _HONORIFICS and len(_greeted(message) & _BOTH) < 2:
        return
    panel = any(
        word in message.low[g.start : g.end]
        for g in [message.greeting]
        if g is not None
        for word in ("all", "everybody", "everyone", "team", "both")
    )
    name = (message.to or next((p.name for p in context.interviewers), "")).split()
    span = message.greeting
    if panel:
        yield Hit(
            "One mail to everybody: send each interviewer a note of their own, by name.",
            span,
            degree=Degree.SLIGHT,
        )
        return
    fix = None
    if span is not None and name and name[0].rstrip(".").lower() not in {"hr", "recruiter", "recruiting", "hiring"}:
        word = span.of(message.text).split()[0].rstrip(",.!:")
        word = word if word.lower() in {"dear", "hi", "hello", "hey"} else "Dear"
        fix = Fix(
            f"Greet {name[0]}",
            (
                Edit(
                    Span(span.start, span.end),
                    f"{word} {' '.join(name[:2]) if name[0].endswith('.') else name[0]},",
                ),
            ),
        )
    yield Hit("No name in the greeting: write to the person who interviewed you.", span, fix, Degree.SLIGHT)


_BOTH = frozenset({"sir", "madam", "mr", "mrs", "ms"})
_HONORIFICS = _BOTH | {
    "ma",
    "ma'am",
    "mam",
    "maam",
    "reverend",
    "professor",
    "doctor",
    "chef",
    "captain",
    "father",
    "sister",
}


def _greeted(message: Message) -> frozenset[str]:
    """The words of the greeting: one honorific alone is how some countries address a person they know."""
    if message.greeting is None:
        return frozenset()
    return frozenset(words(message.low, message.greeting.start, message.greeting.end))


def _names_them(message: Message, context: Context) -> bool:
    """Whether the first line names the person all the same: `Rick?? Third text this week.`"""
    opening = message.low[:60]
    known = [*(p.name for p in context.interviewers), message.to or "", context.recruiter or ""]
    return any(
        part.lower() in opening for name in known for part in name.split() if len(part) > 2 and not part.endswith(".")
    )
