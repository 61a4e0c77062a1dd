"""Finds what comes with the program, in the installed package or in the checkout beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["folder", "model"]

_HERE = Path(__file__).parent


def folder(name: str) -> "Traversable":
    """The folder `rubrics`, `prompts` or `clients`."""
    for place in (_HERE / "_data" / name, _HERE.parent / name):
        if place.is_dir():
            return place
    from importlib.resources import files  # a package that is no folder; importing this takes 4 ms

    return files("reviewer") / "_data" / name


def model(name: str) -> bytes:
    """A file of a trained model, which stands beside the code that reads it."""
    place = _HERE / "language" / name
    if place.is_file():
        return place.read_bytes()
    from importlib.resources import files

    return (files("reviewer.language") / name).read_bytes()
