"""Stock phrases: literal words from the rubric's phrase lists."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit
from reviewer.message import Message, Span
from reviewer.text import flatten, lower, words


@check(
    Flags(
        text="Hi Ana,\n\nI hit the ground running.\n\nBo",
        options={"terms": {"hit the ground running": None}},
        at="hit the ground running",
    ),
    Flags(
        text="Hi Ana,\n\nI am a self-starter.\n\nBo",
        options={"terms": {"self-starter": None}},
        at="self-starter",
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
    index = _index(terms)
    if message.vocabulary.isdisjoint(index):
        return
    for sentence in message.sentences:
        for at, word in enumerate(sentence.words):
            for said, instead in index.get(word, ()):
                if sentence.words[at : at + len(said)] != said:
                    continue
                span = Span(sentence.tokens[at].start, sentence.tokens[at + len(said) - 1].end)
                if not message.quoted(span):
                    yield Hit(because, span, _fix(span, instead), degree)


def _fix(span: Span, instead: str | None) -> Fix | None:
    if instead is None:
        return None
    return Fix(f"Write “{instead}”" if instead else "Take it out", (Edit(span, instead),))


_Index = dict[str, list[tuple[tuple[str, ...], str | None]]]
_KEPT: dict[int, tuple[Mapping[str, str | None], _Index]] = {}


def _index(terms: Mapping[str, str | None]) -> _Index:
    """The terms by their first word, made once for each list of a rubric."""
    kept = _KEPT.get(id(terms))
    if kept is None or kept[0] is not terms:
        index: _Index = {}
        for term, instead in terms.items():
            said = tuple(words(lower(flatten(term))))
            index.setdefault(said[0], []).append((said, instead))
        kept = _KEPT[id(terms)] = (terms, index)
    return kept[1]
