"""Finds the rubrics and prompts: in the installed package, or in the checkout beside it."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["folder"]


def folder(name: str) -> Traversable:
    """The folder `rubrics` or `prompts`."""
    packed = files("reviewer") / "_data" / name
    if packed.is_dir():
        return packed
    return Path(__file__).parent.parent / name
