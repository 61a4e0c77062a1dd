"""What a batch costs: drafts a second beside the nearest peers, runs that are killed, memory as rows grow.

    make bench [ROWS=1000000]

Throughput is of whole commands on the same texts, the corpus over again, each with a number in it so that no two are
alike; in interleaved rounds, medians, start-up included. `reviewer batch` reads and writes JSON Lines, with a journal;
proselint and write-good read a file for each text. Seconds of CPU are steadier than those of the clock where a machine
does other things too. Memory is the most that a process held, reviewing in it, of short drafts that are made up.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench import PROSELINT, WRITE_GOOD

PROGRAM = Path(sys.executable).parent / "reviewer"
CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "dev.jsonl"
ROUNDS, KILLS = 3, 50


class Cost(NamedTuple):
    """What a command took: seconds of the clock, seconds of CPU with its workers', megabytes."""

    clock: float
    cpu: float
    held: float


def corpus_rows(count: int) -> Iterator[dict[str, Any]]:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    for n, row in zip(range(count), cycle(rows)):
        yield {**row, "id": f"{row['id']}-{n}", "draft": f"{row['draft']}\n\n{n}"}


def short_rows(count: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        thanks = f"Thank you for walking me through ticket {n} this morning. I would like to do that work."
        yield {"id": str(n), "draft": f"Hi Ana,\n\n{thanks}\n\nBest regards,\nBo Lind\n555-0142"}


def write_rows(file: Path, rows: Iterable[dict[str, Any]]) -> Path:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return file


def batch(source: Path, out: Path, jobs: int) -> list[str]:
    return [str(PROGRAM), "batch", str(source), "--output", str(out), "--jobs", str(jobs), "--resume"]


def taken(command: Sequence[str], cwd: Path | None = None) -> Cost:
    begun = time.perf_counter()
    run = start(command, cwd)
    _, status, used = os.wait4(run.pid, 0)
    assert status == 0 or command[0] != str(PROGRAM), status  # a peer's tells how much it found
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def start(command: Sequence[str], cwd: Path | None = None) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def throughput(folder: Path, count: int) -> None:
    rows, out, texts = write_rows(folder / "rows.jsonl", corpus_rows(count)), folder / "out.jsonl", folder / "texts"
    texts.mkdir()
    for n, row in enumerate(corpus_rows(count)):
        (texts / str(n)).write_text(row["draft"], encoding="utf-8")
    names = [str(n) for n in range(count)]
    commands = {
        "reviewer, one process": batch(rows, out, 1),
        "reviewer, two processes": batch(rows, out, 2),
        "proselint": [str(PROSELINT), "check", *names],
        "write-good": [str(WRITE_GOOD), *names],
    }
    there = {name: command for name, command in commands.items() if shutil.which(command[0])}
    costs: dict[str, list[Cost]] = {name: [] for name in there}
    for _ in range(ROUNDS):
        for name, command in there.items():
            costs[name].append(taken(command, texts))
    print(f"\nDrafts a second, {count:,} drafts (median of {ROUNDS})     by the clock     of CPU")
    clock = {name: median(cost.clock for cost in found) for name, found in costs.items()}
    for name, found in costs.items():
        print(f"  {name:<40} {count / clock[name]:>18.0f} {count / median(cost.cpu for cost in found):>10.0f}")
    one, two = clock["reviewer, one process"], clock["reviewer, two processes"]
    print(f"  two processes do {one / two:.2f} times what one does")


def memory(folder: Path, rows: int) -> None:
    print("\nA run in one process, of short drafts                    clock s      CPU s         MB")
    for count in sorted({min(rows, 1_000), rows // 10, rows}):
        cost = taken(batch(write_rows(folder / "rows.jsonl", short_rows(count)), folder / "out.jsonl", 1))
        print(f"  {count:>12,} rows {cost.clock:>45.1f} {cost.cpu:>10.1f} {cost.held:>10.0f}", flush=True)


def kills(folder: Path) -> None:
    """Runs that are killed at random moments and gone on with, until each is through; the output is compared."""
    source, whole, out = (
        write_rows(folder / "rows.jsonl", corpus_rows(2_000)),
        folder / "whole.jsonl",
        folder / "out.jsonl",
    )
    length = taken(batch(source, whole, 2)).clock
    moments, killed, through = random.Random(6), 0, 0
    while killed < KILLS:
        out.unlink(missing_ok=True)
        done = False
        while not done:
            run = start(batch(source, out, 2))
            try:
                done = run.wait(moments.uniform(0, length * 0.8)) == 0
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                run.wait()
                killed += 1
        through += 1
        assert out.read_bytes() == whole.read_bytes(), "the output of a run that was killed is another one"
    print(f"\n{killed} runs killed with SIGKILL, {through} outputs, each equal to an undisturbed run's byte for byte")


def main() -> None:
    rows = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        throughput(Path(folder), min(rows, 10_000))
        kills(Path(folder))
        memory(Path(folder), rows)


if __name__ == "__main__":
    main()
