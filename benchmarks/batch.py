"""What a batch costs: memory as rows grow, drafts a second on one core and on two, and fifty runs that are killed.

    python benchmarks/batch.py [ROWS]      # 100,000 where it is not said; make bench

Rows are the corpus over again, each with a number in it, so that no two are alike. Throughput is of the whole command,
reading and writing JSON Lines with a journal, in interleaved rounds; start-up is shown apart, as what a run of one row
takes. Memory is the most that the process itself held (one process, so that reviewing is in it).
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROGRAM = Path(sys.executable).parent / "reviewer"
CORPUS = Path(__file__).parent.parent / "tests" / "corpus" / "dev.jsonl"
ROUNDS, KILLS = 3, 50


def write_rows(file: Path, count: int) -> Path:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    with file.open("w", encoding="utf-8") as out:
        for n in range(count):
            row = rows[n % len(rows)]
            draft = f"{row['draft']}\n\n{n}"
            out.write(json.dumps({**row, "id": f"{row['id']}-{n}", "draft": draft}, ensure_ascii=False) + "\n")
    return file


def taken(source: Path, out: Path, jobs: int) -> tuple[float, float]:
    """Seconds and megabytes of a run."""
    begun = time.perf_counter()
    run = start(source, out, jobs)
    _, status, used = os.wait4(run.pid, 0)
    assert status == 0, status
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def start(source: Path, out: Path, jobs: int) -> "subprocess.Popen[bytes]":
    command = [PROGRAM, "batch", source, "--output", out, "--jobs", str(jobs), "--resume"]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def memory(folder: Path, rows: int) -> None:
    print("\nMemory of a run in one process")
    for count in (1_000, 10_000, rows):
        _, held = taken(write_rows(folder / "rows.jsonl", count), folder / "out.jsonl", 1)
        print(f"  {count:>9,} rows {held:>7.0f} MB", flush=True)


def throughput(folder: Path, rows: int) -> None:
    one_row, many = write_rows(folder / "one.jsonl", 1), write_rows(folder / "rows.jsonl", rows)
    found: dict[int, list[float]] = {1: [], 2: []}
    begins = [taken(one_row, folder / "out.jsonl", 1)[0] for _ in range(ROUNDS)]
    for _ in range(ROUNDS):
        for jobs, times in found.items():
            times.append(taken(many, folder / "out.jsonl", jobs)[0])
    one, two = median(found[1]), median(found[2])
    print(f"\nDrafts a second, {rows:,} rows (start-up of {median(begins):.2f} s in it)")
    print(f"  one process   {rows / one:>6.0f}\n  two processes {rows / two:>6.0f}   {one / two:.2f} times")


def kills(folder: Path) -> None:
    """Runs that are killed at random moments and gone on with, until each is through; the output is compared."""
    source, whole, out = write_rows(folder / "rows.jsonl", 2_000), folder / "whole.jsonl", folder / "out.jsonl"
    length, _ = taken(source, whole, 2)
    moments, killed, through = random.Random(6), 0, 0
    while killed < KILLS:
        out.unlink(missing_ok=True)
        done = False
        while not done:
            run = start(source, out, 2)
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
    rows = int(sys.argv[1]) if sys.argv[1:] else 100_000
    with tempfile.TemporaryDirectory() as folder:
        throughput(Path(folder), min(rows, 5_000))
        kills(Path(folder))
        memory(Path(folder), rows)


if __name__ == "__main__":
    main()
