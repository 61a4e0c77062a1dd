"""Vim and Neovim: a package, which starts by itself and needs no line in a configuration."""

import os
from pathlib import Path

from reviewer.folders import xdg
from reviewer.hook.client import Hook, on_path, tree

__all__ = ["neovim", "vim"]

_PACKAGE = "pack/reviewer/start/reviewer"


def vim() -> Hook:
    home, other = Path.home(), xdg("config") / "vim"  # the latter is read by Vim 9.1.327 and later
    own = other if other.exists() and not ((home / ".vim").exists() or (home / ".vimrc").exists()) else home / ".vim"
    return Hook(("vim",), tree("vim", own / _PACKAGE, own), tuple(on_path()))


def neovim() -> Hook:
    site = xdg("data") / os.environ.get("NVIM_APPNAME", "nvim") / "site"
    return Hook(("nvim",), tree("neovim", site / _PACKAGE, site), tuple(on_path()))
