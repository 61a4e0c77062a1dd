"""The clients that have a hook."""

from collections.abc import Callable

from reviewer.hook.aerc import aerc
from reviewer.hook.client import Hook
from reviewer.hook.git import git
from reviewer.hook.neomutt import neomutt
from reviewer.hook.thunderbird import thunderbird

__all__ = ["CLIENTS"]

CLIENTS: dict[str, Callable[[], Hook]] = {
    "aerc": aerc,
    "git": git,
    "neomutt": neomutt,
    "thunderbird": thunderbird,
}
