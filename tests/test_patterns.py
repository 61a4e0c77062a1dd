"""Compiled expressions that are kept: the same as what the standard library compiles, never trusted when damaged."""

import re
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from reviewer import folders, patterns

EXPRESSIONS = [
    (r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})", 0),
    (r"\b(?:thanks?|thank you)\b", re.IGNORECASE),
    (r"(?<=[a-z])[A-ZÀ-Þ]+|\s{2,}$", re.MULTILINE),
]
TEXT = "Thank you for 3/12, THANKS  \nfoo BarÀ 4.5"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache of its own, read anew."""
    place = tmp_path / "cache" / "patterns.bin"
    monkeypatch.setattr(patterns, "patterns_cache", lambda _: place)
    monkeypatch.setattr(patterns, "_kept", None)
    monkeypatch.setattr(patterns, "_new", {})
    yield place


def found(expression: str, flags: int) -> list[tuple[object, ...]]:
    return [(m.span(), m.groups(), m.groupdict()) for m in patterns.pattern(expression, flags).finditer(TEXT)]


def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_kept", None)
    monkeypatch.setattr(patterns, "_new", {})


def test_what_is_kept_finds_what_the_library_finds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = [[(m.span(), m.groups(), m.groupdict()) for m in re.finditer(e, TEXT, f)] for e, f in EXPRESSIONS]
    assert [found(e, f) for e, f in EXPRESSIONS] == wanted
    patterns.keep()
    assert file.stat().st_mode & 0o777 in {0o600, 0o644}
    anew(monkeypatch)
    assert [found(e, f) for e, f in EXPRESSIONS] == wanted
    assert patterns._new == {}, "nothing had to be compiled"
    kept = patterns.pattern(*EXPRESSIONS[1])
    assert (kept.pattern, kept.flags) == (EXPRESSIONS[1][0], re.compile(*EXPRESSIONS[1]).flags)


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"short", None], ids=["empty", "zeros", "short", "one bit"])
def test_what_is_damaged_is_compiled_and_written_again(
    file: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    found(*EXPRESSIONS[0])
    patterns.keep()
    whole = file.read_bytes()
    file.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:] if damage is None else damage)
    anew(monkeypatch)
    assert found(*EXPRESSIONS[0]) and patterns._new
    patterns.keep()
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setattr(patterns, "patterns_cache", lambda _: tmp_path / "file" / "x.bin")
    anew(monkeypatch)
    assert found(*EXPRESSIONS[0])
    patterns.keep()


@pytest.mark.parametrize("what", ["config", "data", "cache"])
@pytest.mark.parametrize("named", ["", "/somewhere/else", None], ids=["empty", "named", "unset"])
def test_the_folders_are_those_of_the_custom(what: str, named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = f"XDG_{what.upper()}_HOME"
    monkeypatch.delenv(variable, raising=False)
    if named is not None:
        monkeypatch.setenv(variable, named)
    wanted = Path(getattr(platformdirs, f"user_{what}_dir")("reviewer"))
    assert USER(what) == wanted


USER = folders._user  # before the tests put another in its place
