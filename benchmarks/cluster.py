"""What a cluster of Dask costs and brings: start-up, drafts a second, and what each of its parts takes for a draft.

    python benchmarks/cluster.py [ROWS]      # 2,000 where it is not said; make bench

The same rows on two processes of this machine, on two workers that Dask starts there, and on a cluster of three workers
with addresses of their own (loopback), one of which is killed when half is done. All outputs have to be equal byte for
byte. Client, scheduler and workers share the machine's cores, so seconds of processor time tell what a machine for each
of them would do, and drafts a second only what this one does.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from batch import PROGRAM, write_rows

ADDRESSES = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
ROUNDS = 3
SETTINGS = {  # as docs/cluster.md has them
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "1",
}


class Taken(NamedTuple):
    """Seconds, seconds of processor time and megabytes of a run's own process."""

    seconds: float
    processor: float
    megabytes: float


class Run:
    """A run of `reviewer batch`."""

    def __init__(self, source: Path, out: Path, *options: str) -> None:
        self._begun = time.perf_counter()
        command = [PROGRAM, "batch", source, "--output", out, *options]
        self._run = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def taken(self) -> Taken:
        _, status, used = os.wait4(self._run.pid, 0)
        assert status == 0, status
        return Taken(time.perf_counter() - self._begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Three:
    """A scheduler and three workers."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self.address = "tcp://127.0.0.1:18786"
        self.scheduler = self._begun("scheduler", "--host", "127.0.0.1", "--port", "18786")
        self.workers = [
            self._begun("worker", self.address, "--host", address, "--nthreads", "1", "--no-nanny")
            for address in ADDRESSES
        ]

    def _begun(self, *arguments: str) -> psutil.Popen:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        with self._log.open("ab") as log:
            return psutil.Popen(command, stdout=log, stderr=log, cwd=self._log.parent, env=os.environ | SETTINGS)

    def close(self) -> None:
        for program in (*self.workers, self.scheduler):
            program.kill()
            program.wait()


def start_up(folder: Path, three: Three) -> None:
    row, out = write_rows(folder / "one.jsonl", 1), folder / "one.out"
    print("\nStart-up: seconds of a run of one row")
    for said, options in (
        ("this machine", ()),
        ("Dask's two workers, begun and ended", ("--engine", "dask", "--jobs", "2")),
        ("a cluster that is there", ("--scheduler", three.address)),
    ):
        seconds = median(Run(row, out, *options).taken().seconds for _ in range(ROUNDS))
        print(f"  {said:<36} {seconds:>5.2f}", flush=True)


def throughput(rows: Path, count: int, folder: Path, three: Three) -> None:
    print(f"\nDrafts a second, {count:,} rows, {os.cpu_count()} cores")
    here, own, there = (folder / f"{name}.jsonl" for name in ("here", "own", "there"))
    show("two processes of this machine", count, Run(rows, here, "--jobs", "2").taken())
    show("Dask's two workers", count, Run(rows, own, "--engine", "dask", "--jobs", "2").taken())
    before = [used(part) for part in (three.scheduler, *three.workers)]
    run = Run(rows, there, "--scheduler", three.address)
    wait_for(folder / "there.jsonl.journal", here.stat().st_size // 2)
    killed = used(three.workers[0])
    three.workers[0].kill()
    client = run.taken()
    show("three workers, one killed half-way", count, client)
    equal = here.read_bytes() == own.read_bytes() == there.read_bytes()
    assert equal, "the outputs are not equal"
    print("  the outputs are equal byte for byte")
    print("\nOf that cluster: processor time, and memory of each process")
    say("client", client.processor, client.megabytes, count)
    say("scheduler", used(three.scheduler) - before[0], memory(three.scheduler), count)
    workers = killed + sum(map(used, three.workers[1:])) - sum(before[1:])
    say("workers", workers, max(map(memory, three.workers[1:])), count)


def passing_on(three: Three) -> None:
    """What Dask itself takes for a draft, in chunks of 64 of the usual length for which there is nothing to do."""
    from distributed import Client  # now: the memory of a run is measured from what its parent has

    sent, parts = os.urandom(120_000), (psutil.Process(), three.scheduler)
    with Client(three.address) as client:
        pool = client.get_executor(pure=False)
        before = [used(part) for part in parts]
        for _ in range(25):
            for promised in [pool.submit(canned, sent) for _ in range(40)]:
                promised.result()
        here, there = (1e6 * (used(part) - was) / (25 * 40 * 64) for part, was in zip(parts, before, strict=True))
    print(f"\nPassing a draft on and its review back: client {here:.0f} µs, scheduler {there:.0f} µs")


def canned(_sent: bytes) -> list[str]:
    return [f"{n:2700}" for n in range(64)]


def wait_for(journal: Path, size: int) -> None:
    while not journal.exists() or journal.stat().st_size < size:
        time.sleep(0.05)


def show(said: str, count: int, taken: Taken) -> None:
    rate, held = count / taken.seconds, taken.megabytes
    print(f"  {said:<36} {rate:>5.0f}   {taken.seconds:.1f} s, {held:.0f} MB in the run's own process", flush=True)


def used(part: psutil.Process | psutil.Popen) -> float:
    times = part.cpu_times()
    return float(times.user + times.system)


def memory(part: psutil.Popen) -> float:
    return float(part.memory_info().rss) / 2**20


def say(said: str, seconds: float, megabytes: float, count: int) -> None:
    print(f"  {said:<12} {seconds:>7.1f} s, {1e6 * seconds / count:>6.0f} µs a draft; {megabytes:>4.0f} MB")


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 2_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        three = Three(folder / "dask.log")
        try:
            start_up(folder, three)
            throughput(write_rows(folder / "rows.jsonl", count), count, folder, three)
            passing_on(three)
        finally:
            three.close()


if __name__ == "__main__":
    main()
