"""Emacs: the mode that reads a message before it is sent, switched on in the init file."""

import re
from pathlib import Path

from reviewer.folders import xdg
from reviewer.hook.client import Hook, lines, on_path, shown, there_already, tree
from reviewer.hook.piece import Block

__all__ = ["emacs"]

_START = """\
(add-to-list 'load-path "{0}")
(if (require 'reviewer nil t)
    (reviewer-mode 1)
  (display-warning 'reviewer "reviewer.el is not in {0}: messages go unchecked"))
"""


def emacs() -> Hook:
    own, init = _places()
    files = tree("emacs", own / "reviewer", own)
    name = shown(own / "reviewer").replace("\\", "\\\\").replace('"', '\\"')
    block = Block(init, _START.format(name).encode(), comment=";;")
    for line in lines(init, comment=";;"):
        if re.match(r"[^;]*(\(reviewer-mode|[( ']reviewer-check-before-sending|\(require 'reviewer\))", line.text):
            return Hook(("emacs",), (), (there_already(line), *on_path()), removable=(block,))
    return Hook(("emacs",), (*files, block), tuple(on_path()))


def _places() -> tuple[Path, Path]:
    """Emacs' own folder and its init file, by the rules of its startup.el."""
    home, dotted, other = Path.home(), Path.home() / ".emacs.d", xdg("config") / "emacs"
    own = dotted if dotted.exists() or (home / ".emacs").exists() or not other.exists() else other
    inits = (home / ".emacs.el", home / ".emacs", own / "init.el")
    return own, next((file for file in inits if file.exists()), inits[-1])
