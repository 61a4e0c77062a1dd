"""A cohort as one page that opens from disk: no request to anywhere, and nothing of a draft is markup or program."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import IO, Any

from reviewer.advice import cite
from reviewer.digest import sha256
from reviewer.errors import InputError
from reviewer.intake.packed import install_line
from reviewer.report.cohort import OVERALL, Cohort, Period
from reviewer.report.sheet import shown
from reviewer.rubric import Rubric
from reviewer.version import __version__

__all__ = ["environment", "write"]

MOST = 20_000  # drafts that a page has; of more it has those to look at first
_URGENT = _FAILED = _CHANGES = 30
_ALIKE = 40
_SHORT = 240  # characters of what is quoted outside its draft


def environment() -> Any:
    """Jinja2 with the page's own templates. Raises InputError where it is not installed."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise InputError(f"a page; {install_line('report')}") from None
    made = Environment(
        loader=PackageLoader("reviewer.report", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"short": _short, "spoken": _spoken, "named": _named}
    return made


def write(cohort: Cohort, rubric: Rubric, file: IO[bytes]) -> None:
    """Write the page of a cohort, UTF-8. Raises InputError without Jinja2, OSError."""
    from markupsafe import Markup

    made = environment()
    style, program = (made.loader.get_source(made, name)[0] for name in ("page.css", "page.js"))
    policy = {
        "default-src": "'none'", "style-src": _hash(style), "script-src": _hash(program), "base-uri": "'none'",
        "form-action": "'none'", "require-trusted-types-for": "'script'", "trusted-types": "'none'",
    }  # fmt: skip
    listed = min(MOST, cohort.drafts)
    pieces = made.get_template("page.html").generate(
        **_figures(cohort, rubric),
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        style=Markup(style),
        program=Markup(program),
        index=Markup(_inert(_index(cohort, rubric))),
        lines=(Markup(_inert(entry)) for _, entry in cohort.entries(MOST)),
        listed=listed,
        version=__version__,
    )
    for piece in pieces:
        file.write(piece.encode("utf-8", "xmlcharrefreplace"))


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


def _inert(value: Any) -> str:
    """JSON that is the same inside a script element: nothing there can end it or begin a comment."""
    line = json.dumps(value, separators=(",", ":"))
    return line.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _figures(cohort: Cohort, rubric: Rubric) -> dict[str, Any]:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    overall = cohort.spread(OVERALL)
    names = [(OVERALL, "Overall"), *titles.items()]
    periods, changes = cohort.periods(), cohort.changes()
    sections = {"glance": "At a glance"}
    if overall.scored:
        sections |= {"scores": "Scores", "findings": "Findings", "first": "Look first"}
        sections |= {"alike": "Same sentences"} if cohort.has_texts else {}
        sections |= {"time": "Over time"} if periods else {}
    sections |= {"failed": "Not reviewed"} if cohort.failed else {}
    return {
        "title": f"{overall.scored:,} follow-up drafts" if overall.scored != 1 else "1 follow-up draft",
        "sections": [*sections.items(), ("drafts", "All drafts")],
        "cohort": cohort,
        "rubric": rubric,
        "titles": titles,
        "overall": overall,
        "verdicts": cohort.verdicts(),
        "spreads": [(name, title, cohort.spread(name)) for name, title in names],
        "x": _x,
        "frequent": cohort.frequent(),
        "urgent": cohort.urgent(_URGENT),
        "alike": cohort.alike(_ALIKE) if cohort.has_texts else [],
        "with_text": cohort.has_texts,
        "periods": periods,
        "by_week": cohort.by_week,
        "time_words": _in_words(periods),
        "changes": changes[:_CHANGES],
        "changes_in_all": len(changes),
        "improved": sum(change.won > 0 for change in changes),
        "failed": cohort.not_reviewed(_FAILED),
    }


def _x(score: int) -> float:
    """Where a score stands in a histogram."""
    return round(12 + 2.08 * score, 2)


def _in_words(periods: list[Period]) -> str:
    return "; ".join(f"from {one.day} {one.median} in {one.drafts} drafts" for one in periods)


def _index(cohort: Cohort, rubric: Rubric) -> dict[str, Any]:
    """What the list of drafts shows and is sorted and filtered by; the rest is read when a draft is opened."""
    criteria = [criterion.id for criterion in rubric.criteria]
    rules = {name: {**one, "name": _spoken(name), "sources": list(map(cite, one["sources"]))}
             for name, one in sorted(cohort.rules.items())}  # fmt: skip
    numbers = {name: n for n, name in enumerate(rules)}
    return {
        "criteria": [[criterion.id, criterion.title] for criterion in rubric.criteria],
        "levels": rubric.levels,
        "rules": rules,
        "drafts": [_line(n, entry, criteria, numbers) for n, entry in cohort.entries(MOST)],
    }


def _line(n: int, entry: Mapping[str, Any], criteria: Iterable[str], rules: Mapping[str, int]) -> list[Any]:
    told = [n, entry["id"], entry["client"], entry["subject"], entry["on"]]
    if "error" in entry:
        return [*told, None, None, None, [], []]
    scores = [entry["criteria"].get(name, (None,))[0] for name in criteria]
    found = sorted({rules[finding["rule"]] for finding in entry["findings"]})
    return [*told, entry["kind"], entry["verdict"], entry["score"], scores, found]


def _short(text: str) -> str:
    text = " ".join(shown(text).split())
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _spoken(name: str) -> str:
    """`too-long` as `Too long`."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def _named(entry: Mapping[str, Any]) -> str:
    """What a draft is called: its id, and whose it is."""
    return _short(" · ".join(str(part) for part in (entry["id"], entry["client"]) if part))
