"""reviewer rubric: see, write, check and try rubrics."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewer.cli.reading import rows_in
from reviewer.errors import InputError, RubricError
from reviewer.folders import rubrics_folder
from reviewer.rubric_names import Files, find, is_path, known

if TYPE_CHECKING:
    from reviewer.inheritance import Composed

__all__ = ["add_to"]

Name = Annotated[str, typer.Argument(help="A rubric by name or path.")]
Corpus = Annotated[Path, typer.Argument(help="Drafts: whatever `reviewer batch` reads.")]


def add_to(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="See, write, check and try rubrics.")
    group.command("list", epilog="Example: reviewer rubric list")(list_)
    group.command("show", epilog="Example: reviewer rubric show formal rules.too-long")(show)
    group.command("new", epilog="Example: reviewer rubric new office --extends formal")(new)
    group.command("check", epilog="Example: reviewer rubric check office")(check)
    group.command("schema", epilog="Example: reviewer rubric schema > rubric.schema.json")(schema)
    group.command("diff", epilog="Example: reviewer rubric diff default office")(diff)
    group.command("try", epilog="Example: reviewer rubric try office drafts.jsonl --against formal")(try_)
    group.command("calibrate", epilog="Example: reviewer rubric calibrate office labelled.jsonl -o office-2.yaml")(
        calibrate
    )
    app.add_typer(group, name="rubric")


def list_() -> None:
    """The rubrics that can be named: yours, those that come with the program, those of installed packages."""
    from reviewer.inheritance import compose

    seen: set[str] = set()
    for found in known():
        try:
            title = compose(found.path, Files()).rubric.title
        except RubricError as error:
            title = f"broken: {str(error).splitlines()[0]}"
        behind = " (hidden by the one above of this name)" if found.name in seen else ""
        seen.add(found.name)
        typer.echo(f"{found.name:<16} {found.whose:<10} {title}{behind}")


def show(
    rubric: Name = "default",
    key: Annotated[str, typer.Argument(help="Only keys that begin so, e.g. rules.too-long.")] = "",
) -> None:
    """The rubric with all that it extends, a line for each value, with the file and line that it is from."""
    from reviewer.report.rubric import settings_lines

    lines = list(settings_lines(_compose(rubric).settings, key))
    if not lines:
        raise InputError(f"{key}: no key of this rubric begins so; without it all of them are shown")
    typer.echo("\n".join(lines))


def new(
    name: Annotated[str, typer.Argument(help="Its name, or a path to write it to.")],
    extends: Annotated[str, typer.Option(help="The rubric that it changes.")] = "default",
) -> None:
    """Write a rubric to start from, every setting explained, and the schema that editors complete it by.

    By name it goes where rubrics are found by name. A file that is there already is left as it is.
    """
    from reviewer.resources import folder
    from reviewer.rubric_file import schema as published

    find(extends, Files())
    path = _path(name)
    text = (folder("rubrics") / "templates" / "rubric.yaml").read_text("utf-8")
    text = text.replace("extends: default", f"extends: {json.dumps(_named(extends, path))}", 1)
    _write(path, text)
    path.with_name("rubric.schema.json").write_text(json.dumps(published(), indent=2) + "\n", "utf-8")
    typer.echo(f"{path}")


def check(rubric: Name) -> None:
    """Load a rubric, and try the examples that stand beside its phrases and rules: flagged here, left alone there.

    So are those of the checks that it takes from installed packages.

    Exit status: 0 all is well, 1 an example does not hold, 2 it cannot be loaded.
    """
    from reviewer.examples import tried

    composed = _compose(rubric)
    all_tried = list(tried(composed))
    wrong = [(place, said) for place, said in all_tried if said is not None]
    for place, said in wrong:
        typer.echo(f"{place}: {said}")
    many = len(all_tried)
    holding = f"{many - len(wrong)} of {many} examples hold" if many else "it has no examples of its own"
    typer.echo(f"{composed.rubric.id} loads; {holding}", err=bool(wrong))
    raise typer.Exit(1 if wrong else 0)


def schema() -> None:
    """Print the JSON schema of a rubric, for editors."""
    from reviewer.rubric_file import schema as published

    typer.echo(json.dumps(published(), indent=2))


def diff(
    one: Annotated[str, typer.Argument(help="A rubric by name or path.")],
    other: Annotated[str, typer.Argument(help="Another.")],
) -> None:
    """What differs between two rubrics with all that they extend: - in the first, + in the other.

    Exit status: 0 nothing, 1 something, 2 one of them cannot be loaded.
    """
    from reviewer.report.rubric import differences

    lines = list(differences(_compose(one).settings, _compose(other).settings))
    typer.echo("\n".join(lines) if lines else "no difference")
    raise typer.Exit(1 if lines else 0)


def try_(
    rubric: Name,
    corpus: Corpus,
    against: Annotated[str, typer.Option(help="The rubric to compare with.")] = "default",
    most: Annotated[int, typer.Option(min=0, help="How many of the drafts that move most are shown.")] = 10,
) -> None:
    """What a rubric changes on these drafts: scores up and down, findings gained and lost, the drafts that move most.

    Exit status: 0 compared, 2 could not be done.
    """
    from reviewer.cli import settle
    from reviewer.comparison import compare
    from reviewer.report.rubric import render_comparison
    from reviewer.rubric import load_rubric

    made, other = load_rubric(rubric), load_rubric(against)
    settle()
    found = compare(rows_in(corpus), made, other)
    typer.echo(render_comparison(found, most=most))
    for reason in found.failed:
        typer.echo(f"reviewer: not read: {reason}", err=True)


def calibrate(
    rubric: Name,
    corpus: Annotated[
        Path, typer.Argument(help="Labelled drafts, as JSON Lines or a table; see tests/corpus/README.md.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", help="The new rubric's name, or a path to write it to.")],
    split: Annotated[
        bool, typer.Option("--split", help="Read one half of the drafts, and compare both rubrics on the other.")
    ] = False,
) -> None:
    """Set costs, weights and thresholds (no words) so that the scores agree best with labelled drafts.

    The new rubric extends the old one, and is written only where it agrees better on drafts that had no say: each
    fifth of them is left out once. The same drafts give the same numbers.

    Exit status: 0 written, 1 it could not do better than what is there, 2 could not be done.
    """
    import yaml

    from reviewer.calibration import as_file
    from reviewer.calibration import calibrate as fit
    from reviewer.evaluate import evaluate, halves
    from reviewer.rubric import load_rubric

    old, path = load_rubric(rubric), _path(output)
    if path.exists():
        raise InputError(f"{path} is there already; choose another name")
    rows = rows_in(corpus)
    read, kept = halves(rows) if split else (rows, [])
    found = fit(read, old)
    typer.echo(
        f"{found.drafts} drafts; agreement on those that had no say: {found.before:.3f} → {found.after:.3f}, "
        "the mean of kappa and rho"
    )
    if not found.better:
        typer.echo("it could not do better than what is there; nothing is written")
        raise typer.Exit(1)
    head = (
        f"# Numbers set by `reviewer rubric calibrate` on {found.drafts} drafts; agreement on those that had no say: "
    )
    text = yaml.safe_dump(as_file(found, old, _named(rubric, path)), sort_keys=False, allow_unicode=True, width=110)
    _write(path, f"{head}{found.before:.3f} → {found.after:.3f}.\n{text}")
    typer.echo(f"{path}\n\n{text}", nl=False)
    if kept:
        was, now = evaluate(kept, old), evaluate(kept, load_rubric(path))
        said = "better" if now.macro > was.macro else "no better"
        typer.echo(f"\nthe other half, {now.drafts} drafts: kappa {was.macro:.3f} → {now.macro:.3f}, {said}")


def _named(rubric: str, path: Path) -> str:
    """A rubric as one that stands at `path` names it."""
    if not is_path(rubric):
        return rubric
    try:
        return Path(os.path.relpath(rubric, path.parent)).as_posix()
    except ValueError:  # another drive
        return str(Path(rubric).absolute())


def _path(name: str) -> Path:
    """Where a new rubric goes: a path, or by name where rubrics are found by name."""
    return Path(name) if is_path(name) else rubrics_folder() / f"{name}.yaml"


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        if path.is_file():
            raise InputError(f"{path} is there already; choose another name") from None
        raise InputError(f"{path}: {error.strerror or error}; give a path that can be written") from None


def _compose(name: str) -> "Composed":
    from reviewer.inheritance import compose

    files = Files()
    return compose(find(name, files), files)
