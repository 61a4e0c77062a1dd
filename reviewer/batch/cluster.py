"""Chunks of records on a cluster of Dask: one that is there already, or processes of this machine.

Dask hands chunks to workers and does again what a lost one had; reading, order, journal and outputs stay here. To be
imported only where it is asked for, because Dask is an extra.
"""

import json
import logging
import pickle
import platform
import warnings
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from contextlib import ExitStack, contextmanager, suppress
from time import monotonic
from types import TracebackType
from typing import Any, cast
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin, get_worker

from reviewer.batch.pool import MOST_DEATHS, Chunk, ctrl_c_waits
from reviewer.batch.work import Outcome, Reviewer, Work
from reviewer.errors import InputError
from reviewer.rubric import Rubric, as_data, from_data
from reviewer.version import __version__

__all__ = ["Cluster"]

_CONNECTING = 15.0  # seconds for a scheduler to answer
_PATIENCE = 60.0  # seconds without any worker
_LOOKED_AFTER = 2.0  # seconds


class Cluster:
    """Workers that have the rubric: those of a scheduler, or so many processes of this machine. A context.

    Raises InputError where no scheduler answers, no worker comes, or one has another version or lacks a check.
    """

    def __init__(self, work: Work, rubric: Rubric, *, scheduler: str | None = None, processes: int = 1) -> None:
        self._deaths = 0  # since the last outcome
        self._threads, self._seen, self._looked = 0, monotonic(), 0.0
        with ExitStack() as opened:
            opened.enter_context(_settled())
            self._client = opened.enter_context(_of_this_machine(processes) if scheduler is None else _at(scheduler))
            self._ready = _Ready(work, rubric)
            opened.enter_context(_shipped(self._ready, self._client))
            self._pool = self._client.get_executor(pure=False)
            with self.in_touch():
                self.said = _said(self._client)  # in words
            self._opened = opened.pop_all()

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    @property
    def jobs(self) -> int:
        if monotonic() - self._looked > _LOOKED_AFTER:
            self.look()
        return self._threads

    def look(self) -> None:
        """See how many there are: workers come and go."""
        with self.in_touch():
            threads = sum(self._client.nthreads().values())
        self._looked = monotonic()
        if threads:
            self._threads, self._seen = threads, self._looked
        elif self._looked - self._seen > _PATIENCE:
            raise InputError(f"no worker was there for {_PATIENCE:.0f} s; see what ends them in their logs")

    @contextmanager
    def in_touch(self) -> Iterator[None]:
        """Say so where the cluster went away."""
        try:
            if self._client.status != "running":  # asking one that is gone takes long
                raise CancelledError
            yield
        except Exception as error:  # Dask has many words for it
            if self._client.status == "running" and not isinstance(error, (CancelledError, OSError)):
                raise
            raise InputError("the cluster of Dask went away; start it again") from None

    def give(self, chunk: Chunk) -> "_Promised":
        with self.in_touch():
            return _Promised(self._pool.submit(_review, _Parcel(self._ready.name, chunk)), self)

    def again(self) -> None:
        self.stop()
        self._deaths += 1
        if self._deaths > MOST_DEATHS:
            raise InputError("workers die of whatever they are given; have they too little memory? see their logs")
        self._pool = self._client.get_executor(pure=False)

    def lives(self) -> None:
        self._deaths = 0

    def stop(self) -> None:
        if self._client.status == "running":
            self._pool.shutdown(wait=False)


class _Promised:
    """What a worker is to make of a chunk; that there are workers is looked after meanwhile."""

    def __init__(self, future: "Future[list[Outcome]]", cluster: Cluster) -> None:
        self._future, self._cluster = future, cluster

    def result(self) -> list[Outcome]:
        while not wait([self._future], _LOOKED_AFTER).done:
            self._cluster.look()
        try:
            with self._cluster.in_touch():
                return self._future.result()
        except KilledWorker:
            raise BrokenExecutor from None


class _Parcel:
    """A chunk for the workers that are ready by a plugin, packed so that no scheduler and no log has drafts to read."""

    def __init__(self, plugin: str, chunk: Chunk) -> None:
        self.plugin, self.packed = plugin, pickle.dumps(chunk)
        self._said = _count(len(chunk), "record")

    def __repr__(self) -> str:
        return self._said


def _review(parcel: _Parcel) -> list[Outcome]:
    """On a worker: what becomes of a chunk."""
    worker = get_worker()
    ready = worker.plugins.get(parcel.plugin)
    if not isinstance(ready, _Ready) or ready.reviewer is None:
        raise InputError(f"{worker.address}: this worker came later and could not get ready; its log says why")
    return ready.reviewer(pickle.loads(parcel.packed))


class _Ready(WorkerPlugin):
    """What drafts are reviewed with, shipped once to every worker, also to one that comes later."""

    reviewer: Reviewer | None = None

    def __init__(self, work: Work, rubric: Rubric) -> None:
        self.name = f"reviewer-{uuid4().hex}"
        self._work, self._rubric = work, json.dumps(as_data(rubric))  # its files are not where the workers are
        self._versions = _versions()

    def setup(self, worker: Worker) -> None:
        if _versions() != self._versions:
            raise InputError(f"{worker.address}: {_versions()}, here {self._versions}; install the same on both")
        try:
            self.reviewer = Reviewer(self._work, rubric=from_data(json.loads(self._rubric)))
        except KeyError as error:
            raise InputError(f"{worker.address}: the rubric's check {error} is not installed there") from None


def _versions() -> str:
    return f"reviewer {__version__} on Python {'.'.join(platform.python_version_tuple()[:2])}"


@contextmanager
def _shipped(ready: _Ready, client: Client) -> Iterator[None]:
    try:
        client.register_plugin(ready)
    except InputError:
        raise
    except Exception as error:  # whatever a worker says, which Dask may wrap
        raise InputError(f"a worker cannot begin: {error}; is reviewer {__version__} installed there?") from None
    try:
        yield
    finally:
        if client.status == "running":  # one that is gone would be waited for
            with suppress(Exception):
                client.unregister_worker_plugin(ready.name)


@contextmanager
def _of_this_machine(processes: int) -> Iterator[Client]:
    """Processes that end with this one; nobody else on the machine can speak to them."""
    try:
        with ctrl_c_waits():
            cluster = LocalCluster(
                n_workers=processes,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:8787",
                security=True,
                silence_logs=logging.CRITICAL,
            )
    except RuntimeError as error:
        raise InputError(f"--engine dask: the workers cannot begin: {error}") from None
    with cluster, Client(cluster) as client:
        yield client


@contextmanager
def _at(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=_CONNECTING)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"--scheduler {scheduler}: no scheduler of Dask answers: {said}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise InputError(
                f"--scheduler {scheduler}: no worker came in {_PATIENCE:.0f} s; start one: dask worker {scheduler}"
            ) from None
        yield client


# Dask's own habits would keep a thousand messages with their chunks, and profiles that grow as long as a run does.
_SETTINGS = {
    "distributed.admin.low-level-log-length": 1,
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ.DASK_LOGGING__DISTRIBUTED": "critical",
}


@contextmanager
def _settled() -> Iterator[None]:
    """Dask as it is wanted here and in processes of this machine: quiet, and no larger as rows grow."""
    names = ("distributed", "distributed.client", "bokeh")
    before = [logging.getLogger(name).level for name in names]
    with warnings.catch_warnings(), dask.config.set(_SETTINGS):
        warnings.filterwarnings("ignore", module="distributed")
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            for name, level in zip(names, before, strict=True):
                logging.getLogger(name).setLevel(level)


def _said(client: Client) -> str:
    workers, there = client.nthreads(), client.get_versions(packages=["bokeh"])
    said = f"a cluster of Dask: {_count(len(workers), 'worker')}, {_count(sum(workers.values()), 'thread')}"
    shows = cast("Any", there)["scheduler"]["packages"].get("bokeh")  # without it a page says that it is missing
    return f"{said}; dashboard: {client.dashboard_link}" if shows else said


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
