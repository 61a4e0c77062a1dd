"""Message: the draft, parsed once. What several checks need of it is a lazy property here."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from reviewer import regions as scan
from reviewer.regions import Part, Region
from reviewer.text import Sentence, Span, Token, flatten, lazy, lower, split_sentences
from reviewer.text import words as words_of

__all__ = ["Message", "Part", "Region", "Sentence", "Span", "Token"]

T = TypeVar("T")


class _Received(NamedTuple):
    text: str
    subject: str | None = None
    to: str | None = None
    channel: str | None = None
    id: str | None = None
    address: str | None = None  # of the one it is addressed to, where a mail has it
    above: int = 0  # lines of its file above the text, where the text stands in the file as it is


class Message(_Received):
    """A draft as received: `text` is never padded, stripped or normalised.

    `subject` and `to` come from the mail's headers, the row or the user; None where there is none.
    `channel` is "email", "linkedin" or "sms", or None where nobody said.
    """

    @lazy
    def flat(self) -> str:
        """The text with plain quotes, dashes and spaces; every offset is the text's own."""
        return flatten(self.text)

    @lazy
    def low(self) -> str:
        return lower(self.flat)

    @lazy
    def regions(self) -> tuple[Region, ...]:
        """Headers, greeting, body, sign-off, signature, attribution and quoted mail, in order."""
        return scan.regions(self.flat)

    def spans(self, *parts: Part) -> tuple[Span, ...]:
        return tuple(region.span for region in self.regions if region.part in parts)

    @lazy
    def greeting(self) -> Span | None:
        return next(iter(self.spans(Part.GREETING)), None)

    @lazy
    def body(self) -> tuple[Span, ...]:
        return self.spans(Part.BODY)

    @lazy
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body and of the sign-off: the writer's own words, in order."""
        flat, low = self.flat, self.low
        return tuple(
            Sentence(span, low)
            for part in self.spans(Part.BODY, Part.SIGN_OFF)
            for span in split_sentences(flat, part.start, part.end)
        )

    def sentence_around(self, place: Span) -> Span:
        """The first sentence that a place touches; the place itself where it is in none."""
        after = bisect_right(self.sentences, place.start, key=attrgetter("span.end"))
        touched = self.sentences[after].span if after < len(self.sentences) else place
        return touched if touched.overlaps(place) else place

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """The words of the sentences, in lower case: a check's cheap first look."""
        return frozenset(chain.from_iterable([sentence.words for sentence in self.sentences]))

    @lazy
    def words(self) -> int:
        """How many words the draft itself has: quoted mail, headers and signature do not count."""
        greeting = words_of(self.low, self.greeting.start, self.greeting.end) if self.greeting is not None else ()
        return len(greeting) + sum(len(sentence.words) for sentence in self.sentences)

    @lazy
    def addressees(self) -> tuple[Token, ...]:
        """The names in the greeting, as written, titles left out: `Dear Dr Bale` has one, `Bale`."""
        if self.greeting is None:
            return ()
        return scan.names_in_greeting(self.flat, self.greeting)

    @lazy
    def sender(self) -> str | None:
        """The name under the message, or the one it introduces itself with."""
        return scan.sender(self.flat, self.regions)

    @lazy
    def quotations(self) -> tuple[Span, ...]:
        """What stands in quotation marks in the draft: words that are not the writer's own."""
        return scan.quotations(self.flat, self.body)

    def quoted(self, span: Span) -> bool:
        if not self.quotations:
            return False
        before = bisect_right(self.quotations, span.start, key=attrgetter("start"))
        return before > 0 and span in self.quotations[before - 1]

    def once(self, read: Callable[..., T], *known: object) -> T:
        """The value of `read(self, *known)`, computed once: what `language` understands is kept here.

        What is `known` is compared by identity, because hashing a context costs more than most reading.
        """
        kept = cast("dict[Any, tuple[tuple[object, ...], T]]", self.__dict__.setdefault("_read", {}))
        key = (read, *map(id, known))
        found = kept.get(key)
        if found is None:
            found = kept[key] = (known, read(self, *known))
        return found[1]
