"""git send-email: the hook of a repository."""

import shutil
import subprocess
from pathlib import Path

from reviewer.errors import HookError
from reviewer.hook.client import Hook, on_path, packaged
from reviewer.hook.piece import File

__all__ = ["git"]


def git() -> Hook:
    if shutil.which("git") is None:
        raise HookError("git: it is not installed")
    asked = ["git", "rev-parse", "--path-format=absolute", "--git-path", "hooks"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise HookError("git: this is no repository; go to the one that you send from")
    hooks = Path(done.stdout.strip())
    content = packaged("git/sendemail-validate")
    pieces = (File(hooks / "sendemail-validate", content, hooks, is_program=True),)
    return Hook(("git",), pieces, tuple(on_path()))
