"""Unnecessary detail: troubles, CV in prose, asides nobody asked for."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.message import Message

_CUES = Cues(
    {
        "private": (
            "my (ex|youngest|oldest|little|poor|whole) wife|husband|mom|mum|mother|father|dad|kid|kids|son|daughter|sister|brother|ex|landlord|dog|cat|boyfriend|girlfriend|aunt|flatmate|roommate|neighbour|neighbor|in-laws|nephew|niece|granddaughter ~8 was|is|had|has|did|got|keeps|thinks|says|told|cried|asking|sick|ill",
            "long story (but|and|short)",
            "i will not go into it|that|detail|details",
            "anyway",
            "my car|train|bus|laptop|phone|flat|boiler ~4 broke|cancelled|canceled|late|died|overheating|not_start|delayed|crashed|stolen",
            "not slept|sleep ~4 because|my|night",
            "something|medication|tablets|pills for my (anxiety|back|nerves|knee)",
            "put off a house|holiday|wedding|viewing",
        ),
        "cv": (
            "fuller picture|account of my|background",
            "by way of reminder|background|introduction",
            "i hold|have|obtained|earned a bachelor|master|degree|diploma|bsc|msc|ba|ma|b.a|gpa ~8 and|with|in|from",
            "my gpa|grades|transcript is|was|are",
            "i (also) (was|am) (the|a) (captain|chair|treasurer|president|secretary) of",
        ),
    }
)


@check(
    Flags(
        text="Hi Ana,\n\nThank you for today. My train was cancelled so I lost half a day, and my flatmate had people round "
        "until two in the morning, which is why the budget slide had that mistake in it and why I yawned.\n\nBo",
        at="My train was cancelled so I lost half a day, and my flatmate had people round until two in the morning, "
        "which is why the budget slide had that mistake in it and why I yawned.",
    ),
    Passes(
        text="Hi Ana,\n\nThank you for today. My wife grew up on your jam, so the tour was a treat for both of us.\n\nBo"
    ),
)
def unnecessary_detail(message: Message, context: Context, *, room: int = 18) -> Iterator[Hit]:
    """A stranger's troubles and a CV told over again put the work of sorting on the reader."""
    found = []
    for clause in clauses(message):
        match = next(_CUES.find(clause), None)
        if match is not None and len(clause.sentence.tokens) >= room:
            found.append((clause, match))
    grave = len(found) >= 3 or sum(len(c.sentence.tokens) for c, _ in found) > 90
    for clause, match in found:
        what = "This is your CV over again" if match.label == "cv" else "The reader does not need this"
        span = clause.sentence.span
        yield Hit(
            f"{what}; leave it out or keep a half-sentence of it.",
            span,
            Fix("Leave the sentence out", (Edit(span, ""),)),
            Degree.GRAVE if grave else Degree.SLIGHT,
        )
