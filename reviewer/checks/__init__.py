"""One check a file, in a folder for each criterion. A new file is found by itself; others come in installed packages."""

from importlib import import_module
from pathlib import Path

from reviewer.check import CHECKS, Check
from reviewer.errors import RubricError

__all__ = ["GROUP", "all_checks", "find_check", "is_ours"]

GROUP = "reviewer.checks"  # of entry points: a check's name, and the module that has it


def all_checks() -> dict[str, Check]:
    """Every check that comes with the program, and every one of a package that was looked for, by its name."""
    if not CHECKS:
        here = Path(__file__).parent
        for file in sorted(here.glob("*/[a-z]*.py")):
            import_module(f"reviewer.checks.{file.parent.name}.{file.stem}")
    return CHECKS


def find_check(name: str) -> Check | None:
    """The check of that name; where none comes with the program, an installed package is asked. Raises RubricError."""
    found = all_checks().get(name)
    return _packaged(name) if found is None else found


def is_ours(check: Check) -> bool:
    """Whether it comes with the program."""
    return check.detect.__module__.startswith(f"{__name__}.")


def _packaged(name: str) -> Check | None:
    from importlib.metadata import entry_points  # takes longer than a review

    for entry in entry_points(group=GROUP, name=name):
        ours = dict(CHECKS)
        try:
            import_module(entry.module)
        except Exception as error:  # an installed package may do anything when it is imported
            raise RubricError(
                f"the check {name}: {entry.module} cannot be imported: {type(error).__name__}; reinstall it"
            ) from None
        finally:
            CHECKS.update(ours)  # none of the program's is replaced
        if name not in CHECKS:
            raise RubricError(
                f"the check {name}: {entry.module} has none of that name; there a function is decorated by @check"
            )
    return CHECKS.get(name)
