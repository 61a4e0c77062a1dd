"""reviewer batch: many drafts, from whatever they are kept in."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reviewer.cli import engine as e
from reviewer.cli import second as s
from reviewer.cli import settle
from reviewer.cli.facts import RubricName
from reviewer.cli.rounds import BatchSize, LlmBatch, NoWait, in_batches
from reviewer.cli.sources import Columns, HowDates, Sheet, keep_apart, looked_at
from reviewer.errors import InputError

if TYPE_CHECKING:  # imported when there is something to be done
    from reviewer.batch.journal import Journal
    from reviewer.batch.outputs import Output
    from reviewer.batch.run import Tally
    from reviewer.intake.remote import Place
    from reviewer.judge import Judge
    from reviewer.judgement import Prices
    from reviewer.rubric import Rubric

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command("batch", epilog="Example: reviewer batch drafts.csv --output reviews.jsonl --output reviews.xlsx")(
        batch
    )


def batch(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="CSV, TSV, XLSX, Parquet, JSON Lines, mbox, Maildir, a folder of .eml and .txt, or of Parquet or JSON "
            "Lines, any of them gzip or zstd; s3://…, gs://…, https://…; - for standard input."
        ),
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            help="Where the reviews go: .csv and .xlsx are for people, .parquet is Parquet, anything else JSON Lines; "
            "a folder gets JSON Lines and CSV. An address such as s3://… too. May be given again. Without it, standard "
            "output.",
            show_default=False,
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Also write a page for the browser: scores, findings, every draft.", show_default=False),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Show names in the page of --report.")] = False,
    rubric: RubricName = "default",
    rewrite: Annotated[bool, typer.Option("--rewrite/--no-rewrite", help="Add a rewritten version to each.")] = False,
    column: Columns = None,
    sheet: Sheet = None,
    dates: HowDates = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many processes (all cores); with --llm, how many drafts at once (8).",
            show_default=False,
        ),
    ] = None,
    engine: e.EngineName = None,
    scheduler: e.Scheduler = None,
    max_errors: Annotated[
        int | None, typer.Option(min=0, help="End when more rows than this failed.", show_default=False)
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Stand-ins for names, addresses and numbers in what is written or sent.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Do only what an earlier run to the same output left or failed at.")
    ] = False,
    mixed: Annotated[
        bool, typer.Option("--mixed", help="With --resume: keep what another rubric or version reviewed.")
    ] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Begin again, whatever an earlier run had done.")] = False,
    llm: s.Llm = None,
    llm_batch: LlmBatch = False,
    no_wait: NoWait = False,
    batch_size: BatchSize = None,
    model: s.ModelName = None,
    base_url: s.BaseUrl = None,
    samples: s.Samples = None,
    max_tokens_total: s.MaxTokens = None,
    cache: s.Cache = None,
    deadline: s.Deadline = None,
    input_price: s.InputPrice = None,
    cached_input_price: s.CachedInputPrice = None,
    output_price: s.OutputPrice = None,
) -> None:
    """Review many drafts, in order; a row that fails is a row with an error.

    Exit status: 0 every row reviewed, 1 some row failed or was not read by the model, 2 could not be done.
    """
    given = {**locals(), "redact": redact or None}  # every flag by its name
    from reviewer.batch.outputs import for_people
    from reviewer.batch.run import run
    from reviewer.batch.sources import places_of
    from reviewer.batch.work import Work
    from reviewer.cli.progress import Progress
    from reviewer.rubric import load_rubric
    from reviewer.version import __version__

    if names and redact:
        raise InputError("--names shows what --redact hides; give one of them")
    rules = load_rubric(rubric)
    read = places_of(sources)
    found = looked_at(read, column, sheet, dates)
    paths, journal_path = _places(output, report)
    keep_apart(read, paths if report is None else [*paths, report])
    judge = s.judge_of(given, by_setting=False, patience=_PATIENCE, batches=llm_batch)
    prices = s.prices_of(given) if judge is not None else None
    work = Work(rubric, rewrite, redact, about=any(map(for_people, paths)), page=report is not None, names=names)
    made_with = {
        "version": __version__, "rubric": rules.digest, "model": _reader(judge), "rewrite": rewrite, "redact": redact,
        "outputs for people": work.about, "page": work.page, "names": work.names,
    }  # fmt: skip
    settle()
    with ExitStack() as undone:
        engaged = e.cluster_for(work, rules, engine, scheduler, jobs=jobs, llm=judge is not None)
        undone.push(engaged)
        journal = _journal(journal_path, made_with, resume=resume, mixed=mixed, anew=restart)
        if journal is not None:
            undone.callback(journal.close)
        outputs = _opened(paths, report, rules, undone, names=names)
        outputs += in_batches(given, found, work, judge, journal, made_with)
        undone.pop_all()
    progress = Progress(found, prices)
    try:
        with engaged as cluster, progress:
            tally = run(
                found,
                outputs,
                work,
                journal=journal,
                jobs=jobs or (e.cores() if judge is None else _AT_ONCE),
                judge=judge,
                cluster=cluster,
                max_errors=max_errors,
                told=progress.told,
            )
    except BrokenPipeError:
        raise
    except (InputError, KeyboardInterrupt) as error:
        _say_how_to_go_on(journal)
        if judge is not None and not llm_batch and isinstance(error, KeyboardInterrupt):
            print("reviewer: answers that are under way are waited for", file=sys.stderr)
        raise
    except OSError as error:
        _say_how_to_go_on(journal)
        raise InputError(f"{error.filename or ', '.join(map(str, paths))}: {error.strerror or error}") from None
    _say_what_was_done(tally, prices)
    if tally.stopped:
        _say_how_to_go_on(journal)
        raise InputError(f"{tally.stopped}; the run was ended")
    raise typer.Exit(1 if tally.failed or tally.unread else 0)


_AT_ONCE = 8  # drafts that a model is asked about
_PATIENCE = 600.0  # seconds


def _reader(judge: "Judge | None") -> str | None:
    """Who reads along, and how."""
    if judge is None:
        return None
    return f"{judge.name}, {judge.samples} samples{', names hidden' if judge.redact else ''}"


def _say_what_was_done(tally: "Tally", prices: "Prices | None") -> None:
    from reviewer.cli.progress import spent

    known = f", {tally.kept} of them by an earlier run" if tally.kept else ""
    unread = f", {tally.unread} not read by the model" if tally.unread else ""
    cost = f"; {spent(tally.usage, prices)}" if tally.usage.tokens else ""
    print(f"{tally.done} drafts reviewed{known}, {tally.failed} failed{unread}{cost}", file=sys.stderr)


def _journal(path: Path | None, made_with: dict[str, Any], *, resume: bool, **choice: bool) -> "Journal | None":
    from reviewer.batch.journal import Journal

    if path is None:
        if resume:
            raise InputError("--resume needs an --output that is a file or a folder, beside which the journal is kept")
        return None
    try:
        journal = Journal(path, made_with, resume=resume, **choice)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; give a file that can be written") from None
    if resume and not journal.kept:
        print(f"{path}: no review is kept there, so every draft is reviewed", file=sys.stderr)
    return journal


def _opened(
    paths: "Sequence[Place]", report: Path | None, rubric: "Rubric", undone: ExitStack, *, names: bool
) -> "list[Output]":
    """The outputs, each to be abandoned where something is `undone`."""
    from reviewer.batch.outputs import open_output, open_page

    outputs: list[Output] = []
    for path in paths:
        outputs.append(open_output(path, rubric))
        undone.callback(outputs[-1].abandon)
    if report is not None:
        outputs.append(open_page(report, rubric, names=names))
        undone.callback(outputs[-1].abandon)
    return outputs


def _places(outputs: Sequence[str] | None, report: Path | None) -> "tuple[list[Place], Path | None]":
    """The files to be written beside a page, and where the journal is kept; None where no file is written.

    Raises InputError.
    """
    from reviewer.batch.outputs import kept_here
    from reviewer.intake.remote import Remote, place

    if not outputs and report is not None:
        return [], report.with_name(f"{report.name}.journal")
    paths: list[Place] = []
    journal = None
    for name in outputs or ["-"]:
        path = place(name)
        if isinstance(path, Remote):
            path.check()
            added = [path / "reviews.jsonl", path / "reviews.csv"] if name.endswith("/") else [path]
            paths += added
            if journal is None:
                journal = kept_here(added[0], ".journal")
                print(f"{path}: what is done is kept in {journal} meanwhile", file=sys.stderr)
        elif path.is_dir() or name.endswith(("/", os.sep)):
            try:
                path.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise InputError(f"{name}: {error.strerror or error}; give a folder that can be made") from None
            paths += [path / "reviews.jsonl", path / "reviews.csv"]
            journal = journal or path / "reviews.journal"
        else:
            paths.append(path)
            if name != "-" and (path.is_file() or not path.exists()):
                journal = journal or path.with_name(f"{path.name}.journal")
    return list(dict.fromkeys(paths)), journal


def _say_how_to_go_on(journal: "Journal | None") -> None:
    if journal is not None and journal.path.exists():
        print(f"\nreviewer: what is done is kept in {journal.path}; go on with --resume", file=sys.stderr)
