"""The second reader: one call to a model for all criteria that need understanding.

The checks are the ground. A judged level counts downwards where its quotation stands in the draft, or, for
something missing, where the checks are not sure of the opposite; upwards it counts by no more than the rubric's
bound (score.py), and not at all in a draft that speaks to machines or hides text. What does not fit the question
becomes a Failure.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from statistics import median_low
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from reviewer.context import Context
from reviewer.finding import Degree, Failure, Finding, Fix, Safety, Severity
from reviewer.judgement import NOTHING_SPENT, Judged, Judgement
from reviewer.language.levels import JUDGED, certainty
from reviewer.language.machine import speaks_to_a_machine
from reviewer.language.orders import orders
from reviewer.llm import Answer, Model, Outcome
from reviewer.message import Message, Part, Span
from reviewer.prompt import LEVELS, OWN, Prompt, facts, fill, new_marker, not_asked, own_text
from reviewer.quotation import locate
from reviewer.redact import Redaction
from reviewer.rewrite.ask import ask
from reviewer.rewrite.mend import Opinion
from reviewer.rewrite.proposal import Proposal
from reviewer.rubric import Rubric
from reviewer.text import invisible

__all__ = ["Judge", "Verdicts", "shape_for"]


class _Level(BaseModel):
    model_config = ConfigDict(extra="forbid")
    criterion: str
    reason: Annotated[str, Field(max_length=400)]
    level: str
    quote: Annotated[str, Field(max_length=300)] | None


class _Fault(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rule: str
    quote: Annotated[str, Field(max_length=300)] | None
    message: Annotated[str, Field(max_length=300)]
    repair: Annotated[str, Field(max_length=300)]


class Verdicts(BaseModel):
    """The model's answer. Names are plain text here, so that one unknown name does not cost the whole answer."""

    model_config = ConfigDict(extra="forbid")
    criteria: Annotated[Sequence[_Level], Field(min_length=1, max_length=12)]
    findings: Annotated[Sequence[_Fault], Field(max_length=12)]


@cache
def shape_for(criteria: tuple[str, ...], rules: tuple[str, ...]) -> type[Verdicts]:
    """The answer's shape whose schema names the criteria, levels and rules there are."""
    level = create_model("Level", __base__=_Level, criterion=_one_of(criteria), level=_one_of(tuple(reversed(LEVELS))))
    fault = create_model("Fault", __base__=_Fault, rule=_one_of(rules))
    levels: Any = (Annotated[list[level], Field(min_length=1, max_length=len(criteria))], ...)  # type: ignore[valid-type]
    faults: Any = (Annotated[list[fault], Field(max_length=8)], ...)  # type: ignore[valid-type]
    return create_model("Verdicts", __base__=Verdicts, criteria=levels, findings=faults)


def _one_of(names: tuple[str, ...]) -> Any:
    return (Annotated[str, Field(json_schema_extra={"enum": list(names)})], ...)


@dataclass(frozen=True)
class Judge:
    """A model as second reader. `samples` readings are taken, and the median level counts."""

    model: Model
    samples: int = 1
    redact: bool = False
    marker: Callable[[], str] = new_marker

    @property
    def name(self) -> str:
        return self.model.name

    def prompt(self, message: Message, context: Context, rubric: Rubric) -> Prompt:
        """What is sent for a draft, to the letter."""
        return self._prompt(message, context, rubric, self.redaction(message, context))

    def _prompt(self, message: Message, context: Context, rubric: Rubric, redaction: Redaction) -> Prompt:
        return fill("judge", rubric, message, context, redaction.hide, self.marker)

    def redaction(self, message: Message, context: Context) -> Redaction:
        return Redaction(message, context) if self.redact else Redaction.none()

    def read(self, message: Message, context: Context, rubric: Rubric, found: Sequence[Finding]) -> Judged:
        """The judgement of a draft in which the checks found something already."""
        why_not = not_asked(message)
        if why_not is not None:
            return Judged(failures=(Failure("judge", why_not),), answers=False)
        criteria = tuple(c.id for c in rubric.criteria if c.judged)
        if not criteria:
            return Judged(failures=(Failure("judge", "not asked: this rubric leaves nothing to a second reader"),))
        redaction = self.redaction(message, context)
        prompt = self._prompt(message, context, rubric, redaction)
        shape = shape_for(criteria, _rules(rubric))
        answers: list[Answer[Verdicts]] = []
        for sample in range(self.samples):
            answer: Answer[Verdicts] = self.model.ask(prompt, shape, sample=sample)
            answers.append(answer)
            if answer.outcome in _USELESS_TO_REPEAT:
                break
        usage = sum((a.usage for a in answers), NOTHING_SPENT)
        failures = [Failure("judge", a.said) for a in answers if a.value is None]
        read = [redaction.shown(a.value) for a in answers if a.value is not None]
        if not read:
            answers_at_all = not any(a.outcome in _USELESS_TO_REPEAT for a in answers)
            return Judged(failures=tuple(dict.fromkeys(failures)), usage=usage, answers=answers_at_all)
        reading = _Reading(message, context, rubric, criteria, failures)
        judgements = reading.judgements(read)
        findings = reading.findings(read, judgements, found)
        return Judged(judgements, findings, tuple(dict.fromkeys(failures)), usage)

    def rewrite(
        self,
        draft: Message,
        context: Context,
        rubric: Rubric,
        findings: Sequence[Finding],
        opinion: Callable[[Message], Opinion],
    ) -> Proposal:
        """The model's version, if nothing speaks against it."""
        redaction = self.redaction(draft, context)
        return ask(draft, context, rubric, findings, opinion, model=self.model, redaction=redaction, marker=self.marker)


_USELESS_TO_REPEAT = frozenset(
    {
        Outcome.STOPPED,
        Outcome.OVER_BUDGET,
        Outcome.AUTH,
        Outcome.BAD_REQUEST,
        Outcome.UNAVAILABLE,
        Outcome.TIMEOUT,
        Outcome.RATE_LIMITED,
    }
)
_SURE = 0.8  # from where the checks contradict that something is missing


def _rules(rubric: Rubric) -> tuple[str, ...]:
    return tuple(dict.fromkeys(u.rule for c in rubric.criteria if c.judged for u in c.uses if u.ask))


@dataclass
class _Reading:
    """The answers held against the draft; what does not fit is added to the failures."""

    message: Message
    context: Context
    rubric: Rubric
    criteria: tuple[str, ...]
    failures: list[Failure]
    strayed: int = 0

    @cached_property
    def _own(self) -> list[Span]:
        """The writer's own words, in pieces that no quoted mail interrupts."""
        pieces: list[Span] = []
        theirs = self.message.spans(Part.QUOTED, Part.ATTRIBUTION)
        for span in self.message.spans(*OWN):
            if pieces and not any(t.overlaps(Span(pieces[-1].end, span.start)) for t in theirs):
                pieces[-1] = Span(pieces[-1].start, span.end)
            else:
                pieces.append(span)
        return pieces

    def judgements(self, read: Sequence[Verdicts]) -> dict[str, Judgement]:
        said: dict[str, list[_Level]] = {name: [] for name in self.criteria}
        for answer in read:
            for entry in self._known(answer.criteria):
                said[entry.criterion].append(entry)
        for name in (n for n, entries in said.items() if not entries):
            self._fail(f"it says nothing of “{self.rubric.criterion(name).title}”")
        written = (own_text(self.message), self.message.subject or "", facts(self.context))
        hidden = bool(invisible(self.message.text))
        honest = not hidden and not orders(self.message) and not speaks_to_a_machine(*written)
        return {name: self._judgement(name, entries, honest) for name, entries in said.items() if entries}

    def _known(self, entries: Sequence[_Level]) -> Iterator[_Level]:
        """The entries that fit the question. What a model wrote in place of a name may be words of the draft."""
        seen: set[str] = set()
        for place, entry in enumerate(entries, 1):
            if entry.criterion not in self.criteria:
                self._fail(f"its entry {place} is of no criterion that was asked; there are {', '.join(self.criteria)}")
            elif entry.level not in LEVELS:
                self._fail(f"{entry.criterion}: its level is none; there are {', '.join(LEVELS)}")
            elif entry.criterion in seen:
                self._fail(f"{entry.criterion} is judged twice; the first counts")
            else:
                seen.add(entry.criterion)
                yield entry

    def _judgement(self, name: str, entries: Sequence[_Level], honest: bool) -> Judgement:
        """The median level, with the reason and quotation of the first reading that gave it, one in the draft first."""
        levels = [LEVELS.index(e.level) for e in entries]
        level = median_low(levels)
        agreeing = [(e, self._place(e.quote)) for e in entries if LEVELS.index(e.level) == level]
        entry, place = next(((e, p) for e, p in agreeing if p is not None), agreeing[0])
        absent = entry.quote is None and name in JUDGED and certainty(self.message, self.context, name) < _SURE
        supported = place is not None or entry.quote is None
        return Judgement(
            name, level, entry.reason, place, (min(levels), max(levels)),
            counts_down=place is not None or absent,
            counts_up=supported and honest,
        )  # fmt: skip

    def findings(
        self, read: Sequence[Verdicts], judgements: Mapping[str, Judgement], found: Sequence[Finding]
    ) -> tuple[Finding, ...]:
        """Faults that most readings name, that stand in the draft, and that no check has found already."""
        votes: Counter[str] = Counter()
        first: dict[str, list[_Fault]] = {}
        for answer in read:
            for rule in {f.rule for f in answer.findings}:
                votes[rule] += 1
                first.setdefault(rule, [f for f in answer.findings if f.rule == rule])
        known = _rules(self.rubric)
        strange = [f for answer in read for f in answer.findings if f.rule not in known]
        if strange:
            what = "1 fault that it reports is" if len(strange) == 1 else f"{len(strange)} faults that it reports are"
            self._fail(f"{what} of no rule that was asked, and so left out")
        mine: list[Finding] = []
        for rule in (r for r, count in votes.items() if count * 2 > len(read) and r in known):
            for fault in first[rule]:
                finding = self._finding(fault, judgements)
                if finding is not None and not any(_same(finding, other, self.message) for other in (*found, *mine)):
                    mine.append(finding)
        if self.strayed:
            many = "1 quotation is" if self.strayed == 1 else f"{self.strayed} quotations are"
            self._fail(f"{many} not in the draft, and so left out")
        return tuple(mine)

    def _finding(self, fault: _Fault, judgements: Mapping[str, Judgement]) -> Finding | None:
        use = self.rubric.use(fault.rule)
        assert use is not None
        criterion = next(c.id for c in self.rubric.criteria if use in c.uses)
        judgement = judgements.get(criterion)
        low = judgement is not None and judgement.level < len(LEVELS) - 1 and judgement.counts_down
        place = self._place(fault.quote)
        if place is None and (fault.quote is not None or not low):
            return None
        return Finding(
            use.rule,
            criterion,
            Severity.WARNING if low and use.severity is not Severity.SUGGESTION else Severity.SUGGESTION,
            fault.message,
            use.reason,
            use.sources,
            place,
            place.of(self.message.text) if place is not None else "",
            Degree.SLIGHT,
            {criterion: 0},
            Fix(fault.repair.rstrip("."), (), Safety.EXAMPLE) if fault.repair.strip() else None,
            by="model",
        )

    def _place(self, quote: str | None) -> Span | None:
        """Where a quotation stands in the writer's own words, orders to a machine left out."""
        if quote is None:
            return None
        place = locate(quote, self.message.text, self._own)
        if place is None:
            self.strayed += 1
            return None
        return None if any(place.overlaps(order) for order in orders(self.message)) else place

    def _fail(self, reason: str) -> None:
        self.failures.append(Failure("judge", reason))


def _same(one: Finding, other: Finding, message: Message) -> bool:
    """Whether two findings of one rule mean the same place; an absence is everywhere."""
    if one.rule != other.rule:
        return False
    if one.span is None or other.span is None:
        return True
    return one.span.overlaps(other.span) or message.sentence_around(one.span) == message.sentence_around(other.span)
