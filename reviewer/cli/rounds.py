"""The part of reviewer batch that asks its model in batches: its flags, and what is told of it."""

import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewer.cli.progress import Progress
from reviewer.errors import EndpointError, InputError
from reviewer.intake.remote import place as place_of

if TYPE_CHECKING:  # imported when batches are asked for
    from reviewer.batch.asked import Asked
    from reviewer.batch.journal import Journal
    from reviewer.batch.sources import Source
    from reviewer.batch.work import Work
    from reviewer.judge import Judge

__all__ = ["BatchSize", "LlmBatch", "NoWait", "in_batches"]

LlmBatch = Annotated[
    bool, typer.Option("--llm-batch", help="Like --llm, through the endpoint's Batch API: within a day, for less.")
]
NoWait = Annotated[
    bool, typer.Option("--no-wait", help="With --llm-batch: submit and leave (status 1); --resume goes on.")
]
BatchSize = Annotated[
    int | None,
    typer.Option(min=1, max=50_000, help="With --llm-batch: requests in a batch at most.", show_default="50000"),
]


def in_batches(
    given: Mapping[str, Any],
    found: "Sequence[Source]",
    work: "Work",
    judge: "Judge | None",
    journal: "Journal | None",
    made_with: dict[str, Any],
) -> "list[Asked]":
    """With --llm-batch, ask the model all there is to ask: where its answers are kept now, to be told what becomes of
    each draft.

    Raises InputError, EndpointError, and typer.Exit where answers are not waited for.
    """
    place = journal.path.with_suffix(".batches") if journal is not None else None
    if not given["llm_batch"]:
        _without(given, place)
        return []
    if journal is None or place is None:
        raise InputError("--llm-batch needs an --output that is a file or a folder, beside which batches are kept")
    here = [path for path in map(place_of, given["sources"]) if isinstance(path, Path)]
    once = [path for path in here if not (path.is_file() or path.is_dir())]
    if once:
        raise InputError(f"{once[0]}: --llm-batch reads the drafts several times; give a file or a folder")
    assert judge is not None
    asked = _opened(place)
    try:
        _ask(asked, given, found, work, judge, journal, made_with)
    except sqlite3.Error as error:
        asked.abandon()
        raise InputError(f"{place}: {error}; make room there, and go on with --resume") from None
    except BaseException:
        asked.abandon()
        raise
    return [asked]


def _without(given: Mapping[str, Any], place: Path | None) -> None:
    """Raise InputError where what was asked in batches would be asked twice, or a flag has no meaning."""
    idle = [name for name in ("no_wait", "batch_size") if given[name]]
    if idle:
        raise InputError(f"--{idle[0].replace('_', '-')} is of use with --llm-batch alone")
    if place is not None and place.exists():
        raise InputError(
            f"{place}: what an earlier run asked in batches is kept here; go on with --llm-batch --resume, or take "
            "the file away to give it up"
        )


def _opened(place: Path) -> "Asked":
    from reviewer.batch.asked import Asked

    try:
        return Asked(place)
    except OSError as error:
        raise InputError(f"{place}: {error.strerror or error}; give a file that can be written") from None


def _ask(
    asked: "Asked",
    given: Mapping[str, Any],
    found: "Sequence[Source]",
    work: "Work",
    judge: "Judge",
    journal: "Journal",
    made_with: dict[str, Any],
) -> None:
    from reviewer.batch.answered import Answered
    from reviewer.batch.rounds import Rounds
    from reviewer.llm_batch import MOST_REQUESTS, MOST_SENT, BatchApi

    model = judge.model
    assert isinstance(model, Answered)
    model.asked = asked
    asked.begin(made_with, model.endpoint.base_url, resume=given["resume"], mixed=given["mixed"], anew=given["restart"])
    size = given["batch_size"] or MOST_REQUESTS
    try:
        with Progress([]) as shown:
            rounds = Rounds(
                model, asked, BatchApi(model.endpoint, shown.say), shown.say, shown.awaited, size, MOST_SENT
            )
            complete = rounds.run(found, work, judge, journal, waiting=not given["no_wait"])
    except (KeyboardInterrupt, EndpointError):
        _say_how_to_go_on(asked)
        raise
    if not complete:
        _say_how_to_go_on(asked)
        raise typer.Exit(1)


def _say_how_to_go_on(asked: "Asked") -> None:
    if asked.empty:
        return
    batches = [part.batch for part in asked.parts() if part.batch is not None]
    under_way = f"under way: {', '.join(batches)}; " if batches else ""
    print(f"reviewer: {under_way}what is asked is kept in {asked.path}; go on with --resume", file=sys.stderr)
