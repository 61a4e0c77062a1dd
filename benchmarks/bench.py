"""How fast a review is: cold start beside a bare Python and the nearest peers, a keystroke in an editor, a long text.

    make bench

Runs are interleaved and medians shown, because a shared machine changes its mind; only ratios last. The
peers read prose, not follow-ups: they are the tools that a user would otherwise put in the same place.
A peer that is not installed is said to be so.
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
from typing import Any

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
PROSELINT = BIN / "proselint"
WRITE_GOOD = HERE / "peers" / "node_modules" / ".bin" / "write-good"
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

KEYSTROKES = 500
LONGER = DRAFT.replace(
    "I would welcome",
    "You asked how I would find the accounts whose history does not add up. I have thought about it since: I would "
    "start from the invoices, which nobody corrects by hand, and work back from there to the first day on which the "
    "two ledgers differ. That is a week of work for one person, and it can be checked by anybody who reads reports. I "
    "would be glad to write the plan down, and to hear where it is wrong.\n\nI would welcome",
)  # of two hundred words


def cold_starts(draft: Path) -> dict[str, float]:
    """Seconds from the shell to the result, by tool: the median of interleaved runs."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "reviewer check": [str(BIN / "reviewer"), "check", str(draft)],
        "reviewer review --format json": [str(BIN / "reviewer"), "review", "--format", "json", str(draft)],
        "reviewer review --no-rewrite": [
            str(BIN / "reviewer"), "review", "--format", "json", "--no-rewrite", str(draft),
        ],
        "proselint": [str(PROSELINT), "check", str(draft)],
        "write-good": [str(WRITE_GOOD), str(draft)],
    }  # fmt: skip
    there = {name: command for name, command in commands.items() if shutil.which(command[0])}
    for name in commands.keys() - there.keys():
        print(f"{name}: not installed, left out")
    taken: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(ROUNDS + 1):
        for name, command in there.items():
            taken[name].append(seconds(lambda c=command: subprocess.run(c, capture_output=True, check=False)))  # type: ignore[misc]
    return {name: median(times[1:]) for name, times in taken.items()}


def linear() -> list[tuple[int, float]]:
    """Seconds for one text of growing size, of sentences and of one endless line: time must grow as the size does."""
    from reviewer import Message, load_rubric, review

    rubric = load_rubric()
    sizes = (10_000, 100_000, 1_000_000)
    return [
        (size, seconds(lambda s=size: review(Message((DRAFT * (s // len(DRAFT) + 1))[:s]), rubric))) for size in sizes
    ]  # type: ignore[misc]


def keystrokes() -> list[float]:
    """Seconds from a keystroke in the draft, as an editor sends it, to the server's diagnostics, of each of many."""
    command = [str(BIN / "reviewer"), "lsp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None and server.stdout is not None

        def send(method: str, params: object, **more: object) -> None:
            body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
            server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)  # type: ignore[union-attr]
            server.stdin.flush()  # type: ignore[union-attr]

        def until(wanted: Callable[[dict[str, Any]], bool]) -> None:
            while True:
                length = 0
                while line := server.stdout.readline().strip():  # type: ignore[union-attr]
                    if line.startswith(b"Content-Length:"):
                        length = int(line.split()[1])
                if wanted(json.loads(server.stdout.read(length))):  # type: ignore[union-attr]
                    return

        def type_to(version: int, text: str, method: str = "didChange") -> None:
            document = {"uri": "file:///draft.txt", "version": version}
            if method == "didOpen":
                send("textDocument/didOpen", {"textDocument": {**document, "languageId": "mail", "text": text}})
            else:
                send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
            until(lambda said: said.get("params", {}).get("version") == version)

        send("initialize", {"capabilities": {}}, id=1)
        until(lambda said: said.get("id") == 1)
        send("initialized", {})
        type_to(0, LONGER[:100], "didOpen")
        taken = [
            seconds(lambda n=at: type_to(n, LONGER[:n]))  # type: ignore[misc]
            for at in range(len(LONGER) - KEYSTROKES, len(LONGER))
        ]
        send("shutdown", None, id=2)
        send("exit", None)
    return taken


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
    taken = sorted(keystrokes())
    print(f"\nLanguage server, a keystroke in a draft of {len(LONGER.split())} words, answered ({KEYSTROKES} of them)")
    print(f"  median {median(taken) * 1000:.1f} ms, of 99 in 100 below {taken[len(taken) * 99 // 100] * 1000:.1f} ms")
    print("\nOne long text")
    for size, taken in linear():
        print(f"  {size:>9,} characters {taken:>8.3f} s  {taken / size * 1e6:>6.2f} µs a character")


if __name__ == "__main__":
    main()
