"""One check a file, in a folder for each criterion. A new file is found by itself."""

from importlib import import_module
from pathlib import Path

from reviewer.check import CHECKS, Check

__all__ = ["all_checks"]


def all_checks() -> dict[str, Check]:
    """Every check there is, by its name."""
    if not CHECKS:
        here = Path(__file__).parent
        for file in sorted(here.glob("*/[a-z]*.py")):
            import_module(f"reviewer.checks.{file.parent.name}.{file.stem}")
    return CHECKS
