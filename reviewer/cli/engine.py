"""The flags for where drafts are reviewed: on this machine, or on a cluster of Dask."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.errors import InputError
from reviewer.intake.packed import install_line

if TYPE_CHECKING:  # imported when there is something to be done
    from reviewer.batch.cluster import Cluster
    from reviewer.batch.work import Work
    from reviewer.rubric import Rubric

__all__ = ["Engine", "EngineName", "Scheduler", "cluster_for", "cores"]


class Engine(StrEnum):
    """Who hands drafts out to be reviewed."""

    LOCAL = "local"
    DASK = "dask"


EngineName = Annotated[
    Engine | None,
    typer.Option(
        "--engine", help="Who hands the drafts out: this program (local), or a cluster of Dask.", show_default=False
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(help="A cluster's address, tcp://HOST:8786; without, Dask uses this machine.", show_default=False),
]


def cluster_for(
    work: "Work", rubric: "Rubric", engine: Engine | None, scheduler: str | None, *, jobs: int | None, llm: bool
) -> "AbstractContextManager[Cluster | None]":
    """The cluster that is to review, told on standard error; none for this machine alone. Raises InputError."""
    if scheduler is not None and engine is Engine.LOCAL:
        raise InputError("--scheduler is of a cluster, and --engine local uses none; give one of them")
    if scheduler is not None and jobs is not None:
        raise InputError("--jobs is for this machine; a cluster has as many workers as were started for it")
    if scheduler is None and engine is not Engine.DASK:
        return nullcontext()
    if llm:
        raise InputError(
            "--llm waits for a model, which more machines do not make faster, and its limits are kept on this one; "
            "leave --engine dask and --scheduler out"
        )
    try:
        from reviewer.batch.cluster import Cluster

        cluster = Cluster(work, rubric, scheduler=scheduler, processes=jobs or cores())
    except ImportError:
        raise InputError(f"--engine dask; {install_line('dask')}") from None
    print(cluster.said, file=sys.stderr)
    return cluster


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
