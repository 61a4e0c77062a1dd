"""The greeting names nobody."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Person
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.addressing import addresses_several, greeted
from reviewer.message import Message, Span


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
    span = message.greeting
    if addresses_several(message, context):
        said = "One mail to several people: send each interviewer a note of their own, by name."
        yield Hit(said, span, degree=Degree.GRAVE)
        return
    if message.addressees or _names_them(message, context):
        return
    titles = greeted(message) & _HONORIFICS  # one alone is how some countries address a person they know
    if titles and len(titles & _BOTH) < _TWO:
        return
    name = (message.to or next((p.name for p in context.interviewers), "")).split()
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
_HONORIFICS = _BOTH | set("ma ma'am mam maam reverend professor doctor chef captain father sister".split())
_TWO = 2  # `Dear Sir or Madam,` knows nobody


def _names_them(message: Message, context: Context) -> bool:
    """Whether the first line names the person all the same: `Rick?? Third text this week.`"""
    opening = message.low[:60]
    known = [*(p.name for p in context.interviewers), message.to or "", context.recruiter or ""]
    return any(
        part.lower() in opening for name in known for part in name.split() if len(part) > 2 and not part.endswith(".")
    )
