"""One check a file, in a folder for each criterion. A new file is found by itself, and so is an installed package's."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.check import Check
from reviewer.errors import RubricError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

__all__ = ["GROUP", "all_checks", "check_named", "check_names"]

GROUP = "reviewer.checks"  # of entry points: a check's name, and where it is, such as `law_checks:no_visa`


@cache
def all_checks() -> dict[str, Check]:
    """Every check that comes with the program, by its name."""
    here = Path(__file__).parent
    files = sorted(here.glob("*/[a-z]*.py"))
    modules = (import_module(f"reviewer.checks.{file.parent.name}.{file.stem}") for file in files)
    return {found.name: found for module in modules for found in vars(module).values() if isinstance(found, Check)}


def check_named(name: str) -> Check:
    """The check of that name: one that comes with the program, else an installed package's.

    Raises KeyError where there is none, RubricError where a package offers it and it cannot be used.
    """
    built_in = all_checks().get(name)
    return built_in if built_in is not None else _installed(name)


def check_names() -> set[str]:
    """The names of all checks that a rubric can use."""
    return all_checks().keys() | _entry_points().names


@cache
def _installed(name: str) -> Check:
    found = tuple(_entry_points().select(name=name))
    if not found:
        raise KeyError(name)
    entry, *others = found
    if others:
        raise RubricError(f"{name}: {entry.value} and {others[0].value} both offer this check; uninstall one of them")
    try:
        offered = entry.load()
    except Exception as error:  # an installed package may do anything when it is imported
        said = f"{type(error).__name__}: {error}"
        raise RubricError(f"{name}: {entry.value} cannot be loaded ({said:.200}); mend or reinstall it") from None
    if not isinstance(offered, Check) or offered.name != name:
        raise RubricError(f"{name}: {entry.value} is not a function `{name.replace('-', '_')}` made a check by @check")
    return offered


def _entry_points() -> "EntryPoints":
    from importlib.metadata import entry_points  # takes longer than a check, so only for a name that is not built in

    return entry_points(group=GROUP)
