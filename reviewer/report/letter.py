"""A letter to each client about their drafts, in the coach's words: a template with `$client`, `$reviews` and so on."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from reviewer.errors import InputError
from reviewer.report.cohort import Cohort
from reviewer.resources import folder
from reviewer.rubric import Rubric

__all__ = ["template", "write_letters"]

_FACTS = ("client", "drafts", "reviews", "best", "next")
_MOST = 60  # characters of a name that a file is called by


def template(path: Path | None = None) -> Template:
    """The words in a file, or those that come with the program. Raises InputError for a `$name` that nothing fills."""
    file = folder("rubrics") / "letter.txt" if path is None else path
    try:
        words = Template(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {getattr(error, 'strerror', None) or 'this is not UTF-8'}") from None
    unknown = [name for name in words.get_identifiers() if name not in _FACTS] if words.is_valid() else ["$"]
    if unknown:
        there = ", ".join(f"${name}" for name in _FACTS)
        raise InputError(f"{file}: nothing is known of {unknown[0]!r}; there are {there}, and $$ for a dollar sign")
    return words


def write_letters(cohort: Cohort, rubric: Rubric, words: Template, place: Path) -> int:
    """Write a text file for each client into a folder, readable by you alone; how many. Raises InputError."""
    used: set[str] = set()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for client, entries in cohort.clients():
            text = words.substitute(_facts(client, entries, cohort, rubric))
            path = place / f"{_free(client, used)}.txt"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
    except OSError as error:
        raise InputError(f"{error.filename or place}: {error.strerror or error}") from None
    return len(used)


def _facts(client: str, entries: Sequence[Mapping[str, Any]], cohort: Cohort, rubric: Rubric) -> dict[str, str]:
    scores: dict[str, list[int]] = {}
    for entry in entries:
        for name, (score, _) in entry["criteria"].items():
            scores.setdefault(name, []).extend([] if score is None else [score])
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    ranked = sorted((sum(given) / len(given), titles.get(name, name)) for name, given in scores.items() if given)
    return {
        "client": client,
        "drafts": "one draft" if len(entries) == 1 else f"{len(entries)} drafts",
        "reviews": "\n".join(_review(entry, cohort) for entry in entries),
        "best": _lowered(ranked[-1][1]) if ranked else "–",
        "next": _lowered(ranked[0][1]) if ranked else "–",
    }


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _review(entry: Mapping[str, Any], cohort: Cohort) -> str:
    about = " · ".join(filter(None, (entry["subject"] or str(entry["id"]), entry["company"], entry["on"])))
    lines = ["", about, "-" * min(len(about), 72), f"{entry['score']} of 100.", ""]
    told: set[str] = set()
    for finding in entry["findings"]:
        quote = f" “{' '.join(finding['quote'].split())}”" if finding["quote"] else ""
        why = finding.get("why") or cohort.rules[finding["rule"]]["why"]
        lines.append(f"-{quote} {finding['message']}" + (f" {why}" if why not in told else ""))
        told.add(why)
    if not entry["findings"]:
        lines.append("Nothing to mend: send it.")
    rewrite = entry["rewrite"]
    if rewrite is not None and rewrite["text"] != entry["text"]:
        lines += ["", "It might read like this:", "", *_indented(rewrite["text"].strip().splitlines())]
    return "\n".join([*lines, ""])


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}".rstrip() for line in lines]


def _free(client: str, used: set[str]) -> str:
    """A file's name that is a client's, without anything that a path could mean, and nobody else's."""
    base = re.sub(r"[^\w]+", "-", client).strip("-_")[:_MOST] or "client"
    name, number = base, 1
    while name.casefold() in used:
        number += 1
        name = f"{base}-{number}"
    used.add(name.casefold())
    return name
