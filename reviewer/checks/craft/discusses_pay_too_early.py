"""Pay, holidays, conditions before an offer."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context, Kind
from reviewer.finding import Degree, Hit
from reviewer.language.acts import Act
from reviewer.language.cut import take_out
from reviewer.language.tone import passages
from reviewer.message import Message


@check(
    Flags(text="Hi Jo,\n\nThanks for today. What's the salary range?\n\nDev", at="salary range"),
    Passes(
        text="Dear Aoife,\n\nThe two pay scales side by side since the merger are, I suspect, the whole job.\n\nFionnuala"
    ),
)
def discusses_pay_too_early(message: Message, context: Context) -> Iterator[Hit]:
    """Before there is an offer, the question of pay makes the thanks sound like an opening bid."""
    grave = Degree.GRAVE if context.kind is Kind.THANK_YOU else Degree.SLIGHT
    for p in passages(message, Act.PAY, _SURE):
        yield Hit(
            "Leave pay and conditions until there is an offer.", p.span, take_out(message, p.span, p.sentence), grave
        )


_SURE = 0.5
