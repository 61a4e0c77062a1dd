"""A run on a cluster of Dask is the run on this machine: workers that are lost, deadly rows, and all that is wrong."""

import json
import os
import signal
import site
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from typer.testing import CliRunner, Result

from reviewer.batch import cluster, pool, score
from reviewer.batch.cluster import Cluster
from reviewer.batch.run import Tally
from reviewer.batch.work import Work
from reviewer.cli.app import app_for
from reviewer.cli.progress import Progress
from reviewer.intake.rows import Record
from reviewer.resources import folder
from reviewer.rubric import Rubric

pytestmark = pytest.mark.loopback
app = app_for(["batch"])
PROGRAM = Path(sys.executable).parent / "reviewer"
ADDRESSES = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


@pytest.fixture
def drafts(tmp_path: Path, corpus_lines: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eighty drafts and two rows that cannot be read, in chunks of two."""
    monkeypatch.setattr(pool, "_SIZE", 2)
    file = tmp_path / "drafts.jsonl"
    lines = [*corpus_lines[:40], "{broken", *corpus_lines[40:80], '{"id": "x"}']
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


class Outside:
    """A scheduler and workers that are programs of their own, each worker at an address of its own."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._log, self.address = log, f"tcp://127.0.0.1:{port}"
        self.scheduler = self._begun("scheduler", "--host", "127.0.0.1", "--port", port)
        self.workers: list[subprocess.Popen[bytes]] = []

    def add(self, address: str, *python: str) -> None:
        options = ("--host", address, "--nthreads", 1, "--no-nanny")
        self.workers.append(self._begun("worker", self.address, *options, python=python))

    def _begun(self, *arguments: object, python: tuple[str, ...] = ()) -> "subprocess.Popen[bytes]":
        command = [sys.executable, *python, "-m", "dask", *map(str, arguments), "--no-dashboard"]
        libraries = os.pathsep.join(site.getsitepackages())  # for a Python that is told to look for none
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._log.parent, env={**os.environ, "PYTHONPATH": libraries}
            )

    def close(self) -> None:
        for program in (*self.workers, self.scheduler):
            program.kill()
            program.wait()


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    started = Outside(tmp_path / "dask.log")
    yield started
    started.close()


def when_done(drafts: int, act: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have something happen once, when so many drafts of the next run are done."""

    def told(self: Progress, tally: Tally) -> None:
        if tally.done >= drafts and not happened:
            happened.append(act())

    happened: list[Any] = []
    monkeypatch.setattr(Progress, "told", told)


def test_three_workers_at_their_own_addresses_one_killed_in_mid_run_give_what_one_process_gives(
    drafts: Path, tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, mine = (tmp_path / name for name in ("here.jsonl", "there.jsonl", "mine.yaml"))
    mine.write_text((folder("rubrics") / "default.yaml").read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    how = ("--rewrite", "--rubric", mine)
    assert batch(drafts, "--output", here, "--jobs", 1, *how).exit_code == 1
    for address in ADDRESSES:
        outside.add(address)
    when_done(20, outside.workers[0].kill, monkeypatch)
    done = batch(drafts, "--output", there, "--scheduler", outside.address, *how)
    assert done.exit_code == 1 and done.stderr.splitlines()[-1] == "82 drafts reviewed, 2 failed"
    assert outside.workers[0].wait() == -signal.SIGKILL
    rows = drafts.read_text(encoding="utf-8").splitlines()[:9]
    assert list(score(rows, scheduler=outside.address)) == list(score(rows))
    assert there.read_bytes() == here.read_bytes()


def test_a_cluster_that_goes_away_ends_the_run_and_the_next_one_goes_on(
    drafts: Path, tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    outside.add(ADDRESSES[1])
    when_done(20, outside.close, monkeypatch)
    done = batch(drafts, "--output", out, "--scheduler", outside.address)
    assert "the cluster of Dask went away" in str(done.exception) and "go on with --resume" in done.stderr
    assert not out.exists()
    done = batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert "of them by an earlier run, 2 failed" in done.stderr and len(out.read_bytes().splitlines()) == 82


def test_without_any_worker_a_run_ends(
    drafts: Path, tmp_path: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    run = (drafts, "--output", tmp_path / "out.jsonl", "--scheduler", outside.address)
    assert f"no worker came in 0 s; start one: dask worker {outside.address}" in str(batch(*run).exception)
    assert not list(tmp_path.glob("out*"))
    monkeypatch.setattr(cluster, "_PATIENCE", 20.0)
    outside.add(ADDRESSES[2])
    when_done(20, lambda: (outside.workers[0].kill(), monkeypatch.setattr(cluster, "_PATIENCE", 0.1)), monkeypatch)
    ended = batch(*run)
    assert "no worker was there for" in str(ended.exception) and "go on with --resume" in ended.stderr


def test_a_worker_that_has_not_what_is_here_is_told_so(
    drafts: Path, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = (drafts, "--scheduler", outside.address)
    outside.add(ADDRESSES[0], "-S")  # without the folder of this checkout on its path
    assert "No module named 'reviewer'\"); is reviewer" in str(batch(*run).exception)
    outside.workers[0].kill()
    outside.add(ADDRESSES[1])
    monkeypatch.setattr(cluster, "__version__", "9.9")
    assert "here reviewer 9.9 on Python" in str(batch(*run).exception)


def test_no_scheduler_and_flags_that_do_not_go_together(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECTING", 0.5)
    out = tmp_path / "out.jsonl"
    for address in ("tcp://127.0.0.1:9", "nowhere://x", "tls://127.0.0.1:9"):
        said = str(batch(drafts, "--output", out, "--scheduler", address).exception)
        assert said.startswith(f"--scheduler {address}: no scheduler of Dask answers: ")
    assert not list(tmp_path.glob("out*"))
    for flags, said in (
        (("--scheduler", "tcp://h:1", "--engine", "local"), "give one of them"),
        (("--scheduler", "tcp://h:1", "--jobs", 2), "--jobs is for this machine"),
        (
            ("--engine", "dask", "--llm", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"),
            "leave --engine dask and --scheduler out",
        ),
    ):
        assert said in str(batch(drafts, *flags).exception)


def test_without_dask_it_is_said_what_to_install(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reviewer.batch.cluster", None)
    assert "pip install distributed cryptography" in str(batch(drafts, "--engine", "dask").exception)


class Deadly:
    """What ends the process that unpacks it."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (9,)


def test_a_row_that_kills_workers_costs_no_other(
    corpus: list[dict[str, Any]], rubric: Rubric, capfd: pytest.CaptureFixture[str]
) -> None:
    records = [Record(f"rows:{n}", n, str(n), row) for n, row in enumerate(corpus[:12])]
    records[5] = records[5]._replace(data={"draft": Deadly()})
    chunks = [(records[n : n + 4], n) for n in range(0, 12, 4)]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        Cluster(Work(), rubric, processes=2) as two,
    ):
        made = list(pool.in_order(chunks, Work(), 1, cluster=two))
    results = [json.loads(outcome.line) for outcomes, _ in made for outcome in outcomes]
    assert [n for n, result in enumerate(results) if "error" in result] == [5]
    assert results[5]["error"] == {"row": 5, "reason": "rows:5: the process that reviewed it died"}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_processes_of_this_machine_end_with_the_run_and_the_next_one_goes_on(
    blow: signal.Signals, tmp_path: Path, corpus_lines: list[str]
) -> None:
    drafts, out, whole = (tmp_path / name for name in ("drafts.jsonl", "out.jsonl", "whole.jsonl"))
    drafts.write_text("\n".join(corpus_lines), encoding="utf-8")
    command = [PROGRAM, "batch", drafts, "--output", out, "--engine", "dask", "--jobs", "2"]
    home = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    run = subprocess.Popen(command, stderr=subprocess.PIPE, env=home, start_new_session=True)
    journal = tmp_path / "out.jsonl.journal"
    while run.poll() is None and not (journal.exists() and journal.stat().st_size > 1000):
        time.sleep(0.01)
    if blow is signal.SIGINT:
        os.killpg(run.pid, blow)  # a terminal sends it to all of them
    else:
        run.send_signal(blow)
    _, said = run.communicate()
    assert run.returncode == (130 if blow is signal.SIGINT else -9)
    assert b"Traceback" not in said and b"distributed" not in said
    while alive(run.pid):
        time.sleep(0.01)
    batch(drafts, "--output", whole, "--jobs", 1)
    assert "of them by an earlier run, 0 failed" in batch(drafts, "--output", out, "--jobs", 1, "--resume").stderr
    assert out.read_bytes() == whole.read_bytes()


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
