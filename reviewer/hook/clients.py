"""The clients that have a hook."""

from collections.abc import Callable

from reviewer.hook.aerc import aerc
from reviewer.hook.client import Hook
from reviewer.hook.emacs import emacs
from reviewer.hook.git import git
from reviewer.hook.helix import helix
from reviewer.hook.neomutt import neomutt
from reviewer.hook.thunderbird import thunderbird
from reviewer.hook.vim import neovim, vim

__all__ = ["CLIENTS"]

CLIENTS: dict[str, Callable[[], Hook]] = {
    "aerc": aerc,
    "emacs": emacs,
    "git": git,
    "helix": helix,
    "neomutt": neomutt,
    "neovim": neovim,
    "thunderbird": thunderbird,
    "vim": vim,
}
