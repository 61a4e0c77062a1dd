"""A rubric as text: its settings with where they are from, what differs between two, what one changes on drafts."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.comparison import Comparison
from reviewer.context import Kind
from reviewer.resources import folder
from reviewer.reviewing import Verdict
from reviewer.rubric_settings import Key, Origin, Setting, Settings

__all__ = ["differences", "render_comparison", "settings_lines"]

_Kinds = dict[Kind | None, Setting]  # the values of a setting by kind; under None one that is the same for all


def settings_lines(settings: Settings, start: str = "") -> Iterator[str]:
    """A line each: key, value, file and line. Only keys that begin with `start`."""
    for key, kinds in _by_key(settings).items():
        for name, setting in _grouped(key, kinds):
            if name.startswith(start):
                yield f"{name}: {_value(setting.value)}  # {_place(setting.origin)}"


def differences(one: Settings, other: Settings) -> Iterator[str]:
    """What one has and what the other has, a line each, with where it is from."""
    ours, theirs = _by_key(one), _by_key(other)
    for key in dict.fromkeys((*ours, *theirs)):
        mine, yours = ours.get(key, {}), theirs.get(key, {})
        same = {kind for kind in mine.keys() & yours.keys() if mine[kind].value == yours[kind].value}
        for sign, kinds in (("-", mine), ("+", yours)):
            for name, setting in _grouped(key, {k: s for k, s in kinds.items() if k not in same}):
                yield f"{sign} {name}: {_value(setting.value)}  # {_place(setting.origin)}"


def _by_key(settings: Settings) -> dict[Key, _Kinds]:
    found: dict[Key, _Kinds] = {}
    for key, setting in settings:
        kind = key[-1] if isinstance(key[-1], Kind) else None
        found.setdefault(key if kind is None else key[:-1], {})[kind] = setting
    return found


def _grouped(key: Key, kinds: Mapping[Kind | None, Setting]) -> Iterator[tuple[str, Setting]]:
    """The key with the kinds that have a value in common, which are not named where they are all there are."""
    groups: dict[tuple[str, Origin], list[Kind | None]] = {}
    for kind, setting in kinds.items():
        groups.setdefault((_value(setting.value), setting.origin), []).append(kind)
    for together in groups.values():
        of = "" if None in together or len(together) == len(Kind) else f" ({', '.join(filter(None, together))})"
        yield ".".join(key) + of, kinds[together[0]]


def _value(value: Any) -> str:
    if value is None:
        return "(in your own words)"
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _place(origin: Origin) -> str:
    """The file by its name alone where it comes with the program."""
    builtin = f"{folder('rubrics')}/"
    return str(origin._replace(file=origin.file.removeprefix(builtin)) if origin.line else origin)


def render_comparison(comparison: Comparison, *, most: int) -> str:
    """A report of at most 80 columns, as long as rules and drafts have short names."""
    c = comparison
    up, down = (sum(sign * (m.after - m.before) > 0 for m in c.moved) for sign in (1, -1))
    out = [
        f"{len(c.moved)} drafts by {c.against.id}, then by {c.rubric.id}",
        "",
        f"{'mean score':<20} {c.mean_before:>6.1f} → {c.mean_after:.1f}",
        f"{'scores':<20} {up:>6} up, {down} down, {len(c.moved) - up - down} as they were",
    ]
    out += [f"{v:<20} {c.verdicts_before.get(v, 0):>6} → {c.verdicts_after.get(v, 0)}" for v in Verdict]
    changed = sorted(c.gained.keys() | c.lost.keys(), key=lambda r: (-c.gained.get(r, 0) - c.lost.get(r, 0), r))
    out += ["", f"{'findings':<28} {'gained':>6} {'lost':>6}"] if changed else ["", "the same findings"]
    out += [f"{rule:<28} {c.gained.get(rule, 0):>6} {c.lost.get(rule, 0):>6}" for rule in changed]
    movers = [m for m in c.moved[:most] if m.after != m.before]
    out += ["", "the drafts that move most"] if movers else []
    for m in movers:
        what = [
            f"{sign}{rule}{f' ×{n}' if n > 1 else ''}"
            for sign, of in (("+", m.gained), ("−", m.lost))
            for rule, n in of.items()
        ]
        out.append(f"  {m.id}: {m.before} → {m.after}" + (f"  {', '.join(what)}" if what else ""))
    return "\n".join(out)
