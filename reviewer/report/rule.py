"""A rule explained, as text and as a page in Markdown: what, why, sources, examples, options, figures."""

import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from reviewer.advice import advice, cite
from reviewer.check import Check, Flags, Passes
from reviewer.context import Context, Kind, Person, Sent
from reviewer.evaluate import RuleFigures
from reviewer.figures import Measured, measured
from reviewer.inheritance import Composed
from reviewer.report.evaluation import share
from reviewer.rubric import Criterion, Use, load_rubric
from reviewer.rubric_settings import TERMS

__all__ = ["Explained", "as_page", "as_text", "explained"]

_MOST_SHOWN = 3  # examples of each sort on a page
_LONG = 700  # characters of an example that are shown in full


class Explained(NamedTuple):
    """A rule of a rubric: its criterion, its uses (several where it differs by kind), drafts, and figures.

    Figures are those of the default rubric; none where this rubric's rule differs from that one's.
    """

    rule: str
    criterion: Criterion
    uses: tuple[Use, ...]
    examples: tuple[Flags | Passes, ...]
    measured: tuple[Measured, ...]

    @property
    def check(self) -> Check:
        return self.uses[0].check


def explained(composed: Composed) -> dict[str, Explained]:
    """Every rule of a rubric by its name."""
    standard = _uses(load_rubric().criteria)
    found = {}
    for rule, (criterion, uses) in _uses(composed.rubric.criteria).items():
        same = rule in standard and standard[rule][1] == uses
        beside = tuple(
            Flags(e.draft.text, e.draft.at, subject=e.draft.subject, to=e.draft.to, context=e.context)
            if e.flagged
            else Passes(e.draft.text, subject=e.draft.subject, to=e.draft.to, context=e.context)
            for e in composed.examples
            if e.rule == rule
        )
        generic = beside and TERMS in uses[0].check.options  # the check's own are of other phrases
        examples = beside if generic else (*uses[0].check.examples, *beside)
        found[rule] = Explained(rule, criterion, uses, examples, measured(rule) if same else ())
    return found


def _uses(criteria: Iterable[Criterion]) -> dict[str, tuple[Criterion, tuple[Use, ...]]]:
    found: dict[str, tuple[Criterion, tuple[Use, ...]]] = {}
    for criterion in criteria:
        for use in criterion.uses:
            found[use.rule] = (criterion, (*found.get(use.rule, (criterion, ()))[1], use))
    return found


def as_text(about: Explained) -> str:
    """For a terminal, at most 80 columns but for the drafts."""
    use = about.uses[0]
    out = [f"{about.rule} ({about.criterion.title}, {use.severity})", "", textwrap.fill(use.reason, 78), "", "Sources:"]
    out += [textwrap.fill(cite(s), 78, initial_indent="  ", subsequent_indent="    ") for s in use.sources]
    for which, title in ((Flags, "Flagged"), (Passes, "Left alone")):
        example = next((e for e in about.examples if type(e) is which), None)
        if example is not None:
            out += ["", f"{title}:", textwrap.indent(_cut(example.text), "    ")]
            out += [f"    ^ “{example.at}”"] if isinstance(example, Flags) and example.at else []
    out += ["", "How often it is right, on synthetic drafts:"] if about.measured else []
    for drafts, f in about.measured:
        out.append(f"  precision {share(f.precision)}, recall {share(f.recall)} {_counts(f)}\n    on {drafts}")
    return "\n".join(out)


def as_page(about: Explained, of_rubric: str = "default") -> str:
    """The page of a rule; `of_rubric` names the rubric that brings it along."""
    return "\n".join(_page(about, of_rubric)) + "\n"


def _page(about: Explained, of_rubric: str) -> Iterator[str]:
    use = about.uses[0]
    yield from (f"# {about.rule}", "", "<!-- Written by `make rules`; change the check or the rubric. -->", "")
    rubric = "" if of_rubric == "default" else f", of the rubric `{of_rubric}`"
    yield f"{_what(about)} A rule of *{about.criterion.title}* (`{about.criterion.id}`), {use.severity}{rubric}."
    yield from ("", "## Why a reader minds", "", use.reason)
    yield from ("", "## Where it comes from", "")
    for source in use.sources:
        known = advice().get(source)
        yield f"- {source}" if known is None else f"- {source}, {known.text} — *{known.document}*"
    yield ""
    for which, title in ((Flags, "Flagged"), (Passes, "Left alone")):
        yield from (f"## {title}", "")
        for example in [e for e in about.examples if type(e) is which][:_MOST_SHOWN]:
            yield from _example(example)
    yield from _settings(about)
    yield from _figures(about)


def _what(about: Explained) -> str:
    if TERMS in about.check.options:
        return next(iter(about.uses[0].options.values()))["because"]  # type: ignore[no-any-return]
    module = sys.modules[about.check.detect.__module__].__doc__ or ""
    return " ".join(module.split())


def _example(example: Flags | Passes) -> Iterator[str]:
    yield from ("```text", *_cut(example.text).split("\n"), "```", "")
    said = [f"Subject: {example.subject}."] if example.subject is not None else []
    said += [f"To: {example.to}."] if example.to is not None else []
    said += [f"Known: {facts}."] if (facts := _facts(example.context)) else []
    said += [f"With {_options(example.options)}."] if example.options else []
    if isinstance(example, Flags):
        said += [f"Flagged: “{example.at}”." if example.at is not None else "Flagged as a whole."]
    if said:
        yield from (" ".join(said), "")
    if isinstance(example, Flags) and example.fixed is not None:
        yield from ("After the fix:", "", "```text", *_cut(example.fixed).split("\n"), "```", "")


def _facts(context: Context) -> str:
    known = ((name, value) for name, value in context._asdict().items() if value not in (None, ()))
    return "; ".join(f"{name} {_fact(value)}" for name, value in known)


def _fact(value: Any) -> str:
    if isinstance(value, (Person, Sent)):
        return ", ".join(_fact(part) for part in value if part is not None)
    if isinstance(value, tuple):
        return " and ".join(map(_fact, value))
    return str(value)


def _settings(about: Explained) -> Iterator[str]:
    yield from ("## Options", "")
    for use in about.uses:
        kinds = ", ".join(sorted(use.kinds)) if len(use.kinds) < len(Kind) else "all kinds of message"
        costs = [f"{points} points of {criterion}" for criterion, points in _costs(about.criterion, use)]
        yield f"- For {kinds}: {'; '.join(costs) or 'costs nothing'}."
    for option in about.check.options:
        if option == TERMS:
            terms = next(iter(about.uses[0].options.values()))[TERMS]
            yield "- Phrases: " + ", ".join(f"“{term}”" for term in terms) + "."
        else:
            yield f"- `{option}`: {_by_kind(about.uses, option).removesuffix('.')}."
    if about.uses[0].ask:
        yield f"- The second reader is asked for it too: {about.uses[0].ask}."
    yield from ("", "A [rubric of your own](../rubrics.md) changes all of it:", "")
    yield from ("```yaml", "rules:", f"  {about.rule}: {{severity: suggestion}}  # or: off", "```", "")


def _costs(criterion: Criterion, use: Use) -> Iterator[tuple[str, str]]:
    for name, cost in {criterion.id: use.cost, **use.also}.items():
        points = " or ".join(dict.fromkeys(f"{cost[degree]}" for degree in cost))
        if points:
            yield name, points


def _by_kind(uses: Iterable[Use], option: str) -> str:
    kinds: dict[str, list[str]] = {}
    for use in uses:
        for kind in sorted(use.kinds):
            kinds.setdefault(_option(use.options[kind][option]), []).append(kind)
    if len(kinds) == 1:
        return next(iter(kinds))
    return "; ".join(f"{value} for {', '.join(of)}" for value, of in kinds.items())


def _options(options: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}` {_option(value)}" for name, value in options.items())


def _option(value: Any) -> str:
    return ", ".join(f"“{term}”" for term in value) if isinstance(value, Mapping) else str(value)


def _figures(about: Explained) -> Iterator[str]:
    yield from ("## How often it is right", "")
    if not about.measured:
        yield "It was not measured: no labelled draft is about it."
        return
    yield from ("On **synthetic** drafts, by rule and place ([how](../score.md#how-well-it-agrees)):", "")
    yield from ("| drafts | precision | recall | right | wrong | missed |", "|---|---|---|---|---|---|")
    for drafts, f in about.measured:
        yield f"| {drafts} | {share(f.precision)} | {share(f.recall)} | {f.right} | {f.wrong} | {f.missed} |"


def _counts(figures: RuleFigures) -> str:
    return f"({figures.right} right, {figures.wrong} wrong, {figures.missed} missed)"


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) < _LONG else text[:500].rsplit(" ", 1)[0] + " …"
