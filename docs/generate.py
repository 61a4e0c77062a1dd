"""Writes what is generated of the documentation: `make rules`.

rubrics/sources/figures.json holds how often each rule of the default rubric was right on the labelled drafts, as
`reviewer evaluate` counts it; docs/rules has a page for every built-in rule. tests/test_docs.py holds them to the code.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from reviewer.evaluate import Evaluation, RuleFigures, evaluate
from reviewer.figures import FILE
from reviewer.inheritance import compose
from reviewer.intake.rows import read_rows
from reviewer.report.evaluation import share
from reviewer.report.rule import Explained, as_page, explained
from reviewer.rubric import load_rubric
from reviewer.rubric_names import Files, find

DOCS = Path(__file__).parent
CORPUS = DOCS.parent / "tests" / "corpus"
CORPORA = {
    "dev": "drafts that the models were trained on",
    "others": "drafts by writers that nothing was trained on",
}
RUBRICS = ("default", "formal", "concise", "uk")


def main() -> None:
    measured = {name: read(name) for name in CORPORA}
    (DOCS.parent / "rubrics" / "sources" / FILE).write_text(figures(measured), "utf-8")
    place = DOCS / "rules"
    place.mkdir(exist_ok=True)
    made = pages()
    for stale in {file.name for file in place.iterdir()} - made.keys():
        (place / stale).unlink()
    for name, text in made.items():
        (place / name).write_text(text, "utf-8")


def read(corpus: str) -> Evaluation:
    """The default rubric's agreement with a corpus."""
    with (CORPUS / f"{corpus}.jsonl").open(encoding="utf-8") as lines:
        return evaluate(read_rows(lines, where=corpus), load_rubric())


def figures(found: dict[str, Evaluation]) -> str:
    """What figures.json is to hold, a line for each rule."""
    rules = {
        rule: {
            corpus: {"right": f.right, "wrong": f.wrong, "missed": f.missed}
            for corpus, evaluation in found.items()
            if (f := evaluation.rules.get(rule)) is not None
        }
        for rule in sorted({rule for evaluation in found.values() for rule in evaluation.rules})
    }
    corpora = {corpus: f"{evaluation.drafts} {CORPORA[corpus]}" for corpus, evaluation in found.items()}
    lines = ",\n".join(f'"{rule}": {json.dumps(counts)}' for rule, counts in rules.items())
    return f'{{"corpora": {json.dumps(corpora)}, "rules": {{\n{lines}\n}}}}\n'


def pages() -> dict[str, str]:
    """Every page of docs/rules by its file's name."""
    made: dict[str, tuple[Explained, str]] = {}
    for name in RUBRICS:
        files = Files()
        for rule, about in explained(compose(find(name, files), files)).items():
            made.setdefault(rule, (about, name))
    return {
        "README.md": "\n".join(index([about for about, _ in made.values()])) + "\n",
        **{f"{rule}.md": as_page(about, name) for rule, (about, name) in made.items()},
    }


def index(rules: list[Explained]) -> Iterator[str]:
    """The page that lists them, by criterion."""
    yield from ("# The rules", "", "<!-- Written by `make rules`. -->", "")
    yield "Each has a page: why a reader minds, the advice that it comes from, what it flags and leaves alone, its"
    yield "options, and how often it is right. Precision and recall are those on **synthetic** drafts by writers that"
    yield "nothing was trained on; many rest on a handful of drafts: the rule's page has the counts."
    yield from (
        "",
        "| all rules together, on | precision | recall | right | wrong | missed |",
        "|---|---|---|---|---|---|",
    )
    for drafts in dict.fromkeys(drafts for about in rules for drafts, _ in about.measured):
        counts = [figures for about in rules for on, figures in about.measured if on == drafts]
        f = RuleFigures(sum(f.right for f in counts), sum(f.wrong for f in counts), sum(f.missed for f in counts))
        yield f"| {drafts} | {share(f.precision)} | {share(f.recall)} | {f.right} | {f.wrong} | {f.missed} |"
    for criterion in dict.fromkeys(about.criterion.id for about in rules):
        of = [about for about in rules if about.criterion.id == criterion]
        yield from ("", f"## {of[0].criterion.title}", "")
        yield from ("| rule | severity | precision | recall |", "|---|---|---|---|")
        for about in of:
            last = about.measured[-1].figures if len(about.measured) == len(CORPORA) else None
            shares = ("–", "–") if last is None else (share(last.precision), share(last.recall))
            yield f"| [{about.rule}]({about.rule}.md) | {about.uses[0].severity} | {shares[0]} | {shares[1]} |"


if __name__ == "__main__":
    main()
