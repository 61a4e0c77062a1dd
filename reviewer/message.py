"""Message: the draft, parsed once. What several checks need of it is a lazy property here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from reviewer import regions as scan
from reviewer.regions import Part, Region
from reviewer.text import Sentence, Span, Token, flatten, lower, split_sentences, tokenise

__all__ = ["Message", "Part", "Region", "Sentence", "Span", "Token"]

T = TypeVar("T")


@dataclass(frozen=True)
class Message:
    """A draft as received: `text` is never padded, stripped or normalised.

    `subject` and `to` come from the mail's headers, the row or the user; None where there is none.
    `channel` is "email", "linkedin" or "sms", or None where nobody said.
    """

    text: str
    subject: str | None = None
    to: str | None = None
    channel: str | None = None
    id: str | None = None

    @cached_property
    def flat(self) -> str:
        """The text with plain quotes, dashes and spaces; every offset is the text's own."""
        return flatten(self.text)

    @cached_property
    def low(self) -> str:
        return lower(self.flat)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Headers, greeting, body, sign-off, signature, attribution and quoted mail, in order."""
        return scan.regions(self.flat)

    def spans(self, *parts: Part) -> tuple[Span, ...]:
        return tuple(region.span for region in self.regions if region.part in parts)

    @cached_property
    def greeting(self) -> Span | None:
        return next(iter(self.spans(Part.GREETING)), None)

    @cached_property
    def body(self) -> tuple[Span, ...]:
        return self.spans(Part.BODY)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body and of the sign-off: the writer's own words, in order."""
        found = []
        for part in self.spans(Part.BODY, Part.SIGN_OFF):
            for span in split_sentences(self.flat, part.start, part.end):
                found.append(Sentence(span, tuple(tokenise(self.low, span.start, span.end))))
        return tuple(found)

    @cached_property
    def words(self) -> int:
        """How many words the draft itself has: quoted mail, headers and signature do not count."""
        own = self.spans(Part.GREETING, Part.BODY, Part.SIGN_OFF)
        return sum(len(tokenise(self.low, span.start, span.end)) for span in own)

    @cached_property
    def addressees(self) -> tuple[Token, ...]:
        """The names in the greeting, as written, titles left out: `Dear Dr Bale` has one, `Bale`."""
        if self.greeting is None:
            return ()
        return scan.names_in_greeting(self.flat, self.greeting)

    @cached_property
    def sender(self) -> str | None:
        """The name under the message, or the one it introduces itself with."""
        return scan.sender(self.flat, self.regions)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands in quotation marks in the draft: words that are not the writer's own."""
        return scan.quotations(self.flat, self.body)

    def quoted(self, span: Span) -> bool:
        return any(span in quotation for quotation in self.quotations)

    def once(self, read: Callable[["Message"], T]) -> T:
        """The value of `read(self)`, computed once: what `language` understands is kept here."""
        kept = cast("dict[Any, T]", self.__dict__.setdefault("_read", {}))
        if read not in kept:
            kept[read] = read(self)
        return kept[read]
