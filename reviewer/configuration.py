"""config.toml in the user's configuration folder: which tables it may have, and the table `[rules]`."""

from pathlib import Path
from typing import Any

from reviewer.errors import SettingsError
from reviewer.folders import config_file

__all__ = ["rules_off", "table"]

_TABLES = ("llm", "rules")


def table(name: str, file: Path | None = None) -> dict[str, Any]:
    """One table of the file; empty where there is no file, or none of that name. Raises SettingsError."""
    file = file or config_file()
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: {error}; expected a TOML file with the tables {_names()}") from None
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}; expected a TOML file with the tables {_names()}") from None
    strange = [key for key in data if key not in _TABLES]
    if strange:
        raise SettingsError(f"{file}: {strange[0]}: no such setting or table; expected the tables {_names()}")
    found = data.get(name, {})
    if not isinstance(found, dict):
        raise SettingsError(f"{file}: {name}: expected a table [{name}]")
    return found


def rules_off() -> frozenset[str]:
    """The rules that `[rules]` switches off, by `off = ["no-contact-details"]`. Raises SettingsError."""
    found = table("rules")
    off = found.get("off", [])
    strange = [key for key in found if key != "off"]
    if strange:
        raise SettingsError(f"{config_file()}: [rules] {strange[0]}: no such setting; there is off")
    if not isinstance(off, list) or not all(isinstance(rule, str) for rule in off):
        raise SettingsError(f'{config_file()}: [rules] off: expected a list of rules, such as ["no-contact-details"]')
    return frozenset(off)


def _names() -> str:
    return " and ".join(f"[{name}]" for name in _TABLES)
