"""Stock phrases: literal words from the rubric's phrase lists."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.message import Message, Span


@check(
    Flags(
        text="Hi Ana,\n\nI hit the ground running.\n\nBo",
        options={"terms": {"hit the ground running": None}},
        at="hit the ground running",
    ),
    Passes(
        text='Hi Ana,\n\nYou said nobody here need "hit the ground running".\n\nBo',
        options={"terms": {"hit the ground running": None}},
    ),
)
def phrases(
    message: Message,
    context: Context,
    *,
    terms: Mapping[str, str | None] = MappingProxyType({}),
    because: str = "A stock phrase.",
    degree: Degree = Degree.SLIGHT,
) -> Iterator[Hit]:
    """Words that everybody writes are read by nobody; your own say more in fewer."""
    index = _index(tuple(terms.items()))
    for sentence in message.sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            for words, instead in index.get(token.low, ()):
                if tuple(t.low for t in tokens[at : at + len(words)]) == words:
                    span = Span(token.start, tokens[at + len(words) - 1].end)
                    if not message.quoted(span):
                        fix = (
                            None
                            if instead is None
                            else Fix(f"Write “{instead}”" if instead else "Take it out", (Edit(span, instead),))
                        )
                        yield Hit(because, span, fix, degree)


_KEPT: dict[tuple[tuple[str, str | None], ...], dict[str, list[tuple[tuple[str, ...], str | None]]]] = {}


def _index(terms: Sequence[tuple[str, str | None]]) -> dict[str, list[tuple[tuple[str, ...], str | None]]]:
    """The terms by their first word, made once for each list."""
    key = tuple(terms)
    if key not in _KEPT:
        index: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
        for term, instead in key:
            words = tuple(term.lower().split())
            index.setdefault(words[0], []).append((words, instead))
        _KEPT[key] = index
    return _KEPT[key]
