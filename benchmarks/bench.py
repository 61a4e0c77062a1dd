"""How fast a review is: cold start and drafts a second, beside a bare Python and the nearest peers.

    make bench

Runs are interleaved and medians shown, because a shared machine changes its mind; only ratios last. The
peers read prose, not follow-ups: they are the tools that a user would otherwise put in the same place.
A peer that is not installed is said to be so. Throughput is of one process, without rewriting.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
CORPUS = HERE.parent / "tests" / "corpus" / "dev.jsonl"
ROUNDS = 15

DRAFT = """Subject: Jordan Ellis – Thank you

Hi Priya,

Thank you for making the time this morning. What you said about moving the ledger to Postgres table by table, with
both running side by side until the totals agreed, was the most careful plan for a migration I have heard.

It is the work I would like to be doing. I did a smaller one at Brightwater, and the part I forgot to mention is that
we wrote the comparison job first, which is what saved us when the currency rounding differed.

I would welcome a second conversation with the team whenever it suits. I can be reached on 555-0142 after three.

Best regards,
Jordan Ellis
555-0142
"""


def cold_starts(draft: Path) -> dict[str, float]:
    """Seconds from the shell to the result, by tool: the median of interleaved runs."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "reviewer check": [str(BIN / "reviewer"), "check", str(draft)],
        "reviewer review --format json": [str(BIN / "reviewer"), "review", "--format", "json", str(draft)],
        "reviewer review --no-rewrite": [
            str(BIN / "reviewer"), "review", "--format", "json", "--no-rewrite", str(draft),
        ],
        "proselint": [str(BIN / "proselint"), "check", str(draft)],
        "write-good": [str(HERE / "peers" / "node_modules" / ".bin" / "write-good"), str(draft)],
    }  # fmt: skip
    there = {name: command for name, command in commands.items() if shutil.which(command[0])}
    for name in commands.keys() - there.keys():
        print(f"{name}: not installed, left out")
    taken: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(ROUNDS + 1):
        for name, command in there.items():
            taken[name].append(seconds(lambda c=command: subprocess.run(c, capture_output=True, check=False)))  # type: ignore[misc]
    return {name: median(times[1:]) for name, times in taken.items()}


def throughput() -> dict[str, float]:
    """Drafts a second in one process, by tool, on the corpus."""
    from reviewer.batch import score

    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    for _ in score(lines[:50]):  # what is compiled when first used is compiled now
        pass
    found = {"reviewer (rows in, contract out)": len(lines) * 3 / seconds(lambda: list(score(lines * 3)))}
    drafts = [json.loads(line)["draft"] for line in lines]
    try:
        from proselint.checks import __register__
        from proselint.registry import CheckRegistry
        from proselint.tools import LintFile
    except ImportError:
        return found
    CheckRegistry().register_many(__register__)
    lint = [LintFile(content=draft, source="draft") for draft in drafts if draft.strip()]
    found["proselint"] = len(lint) / seconds(lambda: [one.lint() for one in lint])
    return found


def linear() -> list[tuple[int, float]]:
    """Seconds for one text of growing size, of sentences and of one endless line: time must grow as the size does."""
    from reviewer import Message, load, review

    rubric = load()
    sizes = (10_000, 100_000, 1_000_000)
    return [
        (size, seconds(lambda s=size: review(Message((DRAFT * (s // len(DRAFT) + 1))[:s]), rubric))) for size in sizes
    ]  # type: ignore[misc]


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.txt"
        draft.write_text(DRAFT, encoding="utf-8")
        starts = cold_starts(draft)
    bare = starts["python -c pass"]
    print(f"\nCold start, one draft of {len(DRAFT.split())} words (median of {ROUNDS})")
    for name, taken in starts.items():
        print(f"  {name:<34} {taken * 1000:>6.0f} ms  {taken / bare:>5.1f} × python -c pass")
    if "write-good" in starts:
        print(f"  reviewer check takes {starts['reviewer check'] / starts['write-good']:.2f} of write-good's time")
    print("\nDrafts a second, one process, no rewriting")
    for name, rate in throughput().items():
        print(f"  {name:<34} {rate:>6.0f}")
    print("\nOne long text")
    for size, taken in linear():
        print(f"  {size:>9,} characters {taken:>8.3f} s  {taken / size * 1e6:>6.2f} µs a character")


if __name__ == "__main__":
    main()
