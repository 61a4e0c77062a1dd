"""Where the user's settings, kept answers and log are, by the custom of each system."""

import os
import sys
from pathlib import Path

__all__ = [
    "allowance_file",
    "away_folder",
    "cache_file",
    "config_file",
    "dismissals_file",
    "hooks_folder",
    "log_file",
    "patterns_cache",
    "refused_folder",
    "rubric_cache",
    "rubrics_folder",
    "xdg",
]

_XDG = {
    "config": (".config", "XDG_CONFIG_HOME"),
    "data": (".local/share", "XDG_DATA_HOME"),
    "cache": (".cache", "XDG_CACHE_HOME"),
}


def config_file() -> Path:
    return _user("config") / "config.toml"


def log_file() -> Path:
    """Where the log of applications is, unless REVIEWER_LOG or --log says otherwise."""
    named = os.environ.get("REVIEWER_LOG")
    return Path(named) if named else _user("data") / "applications.sqlite3"


def dismissals_file() -> Path:
    """Where the fingerprints of dismissed findings are."""
    return _user("data") / "dismissed.tsv"


def allowance_file() -> Path:
    """Where the fingerprint of the message that was refused last is, and whether it may go."""
    return _user("data") / "refused.json"


def refused_folder() -> Path:
    """Where messages are kept that were not sent."""
    return _user("data") / "refused"


def hooks_folder() -> Path:
    """Where it is kept what `reviewer hook` has put into place, and the extension for Thunderbird."""
    return _user("data") / "hooks"


def away_folder() -> Path:
    """Where the journals of batches are whose reviews go to an object store, and what is on its way there."""
    return _user("data") / "away"


def cache_file() -> Path:
    return _user("cache") / "answers.sqlite3"


def patterns_cache(made_by: str) -> Path:
    """Where the compiled expressions of an interpreter are kept."""
    return _user("cache") / f"patterns-{made_by}.bin"


def rubric_cache(digest: str) -> Path:
    """Where a compiled rubric is kept."""
    return _user("cache") / f"rubric-{digest[:24]}.json"


def rubrics_folder() -> Path:
    """Where the user's own rubrics are found by name."""
    return _user("config") / "rubrics"


def xdg(what: str) -> Path:
    """The folder for "config", "data" or "cache" of all programs, by the XDG specification."""
    beside_home, variable = _XDG[what]
    named = os.environ.get(variable, "").strip()
    return Path(named if named.startswith("/") else os.path.expanduser(f"~/{beside_home}"))  # noqa: PTH111


def _user(what: str) -> Path:
    """The folder for "config", "data" or "cache".

    On Linux by the XDG specification, which takes a few lines; importing platformdirs, which knows all systems, takes
    4 ms there, a tenth of a whole check.
    """
    if sys.platform == "linux":
        return xdg(what) / "reviewer"
    import platformdirs

    return Path(getattr(platformdirs, f"user_{what}_dir")("reviewer"))
