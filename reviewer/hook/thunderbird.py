"""Thunderbird: the file that tells where reviewer-host is, and the extension, which the user adds."""

import json
import sys
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory

from reviewer.errors import HookError
from reviewer.folders import hooks_folder
from reviewer.hook.client import Hook, Note, packaged
from reviewer.hook.piece import File
from reviewer.resources import folder
from reviewer.version import __version__

__all__ = ["thunderbird"]


if sys.platform == "darwin":
    _HOSTS, _PROFILES = "Library/Application Support/Mozilla/NativeMessagingHosts", "Library/Thunderbird/Profiles"
else:
    _HOSTS, _PROFILES = ".mozilla/native-messaging-hosts", ".thunderbird"


def thunderbird() -> Hook:
    host = Path(sys.executable).with_name("reviewer-host")
    if not host.exists():
        raise HookError(f"{host}: the program that Thunderbird asks is not there; install reviewer as a package")
    manifest = Path.home() / _HOSTS / "reviewer.json"
    told = json.loads(packaged("thunderbird/reviewer.json")) | {"path": str(host)}
    content = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    extension = hooks_folder() / "reviewer-thunderbird.xpi"
    notes = []
    if not _has_extension(told["allowed_extensions"][0]):
        text = "In Thunderbird: Add-ons and Themes, the wheel, “Install Add-on From File…”, and take"
        notes.append(Note(text, (str(extension),)))
    pieces = (
        File(manifest, content, manifest.parent),
        File(extension, _packed(), extension.parent),
    )
    gone = Note("In Thunderbird, remove the extension under Add-ons and Themes.")
    return Hook(("thunderbird",), pieces, tuple(notes), undo_by_hand=(gone,))


def _packed() -> bytes:
    """The extension as Thunderbird takes it."""
    pack = run_path(str(folder("clients") / "thunderbird" / "pack.py"))["pack"]
    with TemporaryDirectory() as aside:
        packed: bytes = pack(Path(aside) / "reviewer.xpi").read_bytes()
    return packed


def _has_extension(name: str) -> bool:
    """Whether a profile of Thunderbird has this version of the extension."""
    for file in (Path.home() / _PROFILES).glob("*/extensions.json"):
        try:
            addons = json.loads(file.read_bytes())["addons"]
            if any(addon["id"] == name and addon["version"] == __version__ for addon in addons):
                return True
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return False
