"""Vim and Neovim: a package, which starts by itself and needs no line in a configuration."""

import os
from pathlib import Path

from reviewer.folders import xdg
from reviewer.hook.client import Hook, on_path, server, tree
from reviewer.hook.piece import File

__all__ = ["neovim", "vim"]

_PACKAGE = "pack/reviewer/start/reviewer"
_START = b'require("reviewer").setup({})\n'  # leaves what a configuration has set


def vim() -> Hook:
    home, other = Path.home(), xdg("config") / "vim"  # the latter is read by Vim 9.1.327 and later
    own = other if other.exists() and not ((home / ".vim").exists() or (home / ".vimrc").exists()) else home / ".vim"
    return Hook(("vim",), tree("vim", own / _PACKAGE, own), tuple(on_path()))


def neovim() -> Hook:
    """Vim's commands, and the language server, for which Neovim has a client of its own."""
    site = xdg("data") / os.environ.get("NVIM_APPNAME", "nvim") / "site"
    own = site / _PACKAGE
    start = File(own / "plugin" / "reviewer.lua", _START, site)
    return Hook(("nvim",), (*tree("vim", own, site), *tree("neovim", own, site), start), (*on_path(), *server()))
