"""Where the user's settings, kept answers and log are, by the custom of each system."""

import os
from pathlib import Path

import platformdirs

__all__ = ["allowance_file", "cache_file", "config_file", "dismissals_file", "log_file", "rubric_cache"]


def config_file() -> Path:
    return platformdirs.user_config_path("reviewer") / "config.toml"


def log_file() -> Path:
    """Where the log of applications is, unless REVIEWER_LOG or --log says otherwise."""
    named = os.environ.get("REVIEWER_LOG")
    return Path(named) if named else platformdirs.user_data_path("reviewer") / "applications.sqlite3"


def dismissals_file() -> Path:
    """Where the fingerprints of dismissed findings are."""
    return platformdirs.user_data_path("reviewer") / "dismissed.tsv"


def allowance_file() -> Path:
    """Where the fingerprint of the message that was refused last is, and whether it may go."""
    return platformdirs.user_data_path("reviewer") / "refused.json"


def cache_file() -> Path:
    return platformdirs.user_cache_path("reviewer") / "answers.sqlite3"


def rubric_cache(digest: str) -> Path:
    """Where a compiled rubric is kept."""
    return platformdirs.user_cache_path("reviewer") / f"rubric-{digest[:24]}.json"
