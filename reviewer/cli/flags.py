"""Flags of the commands that must start at once: read without typer, whose import takes longer than a check.

What is not understood here goes to typer, which has the same flags, explains them and says what is wrong.
"""

from collections.abc import Mapping, Sequence

__all__ = ["parse"]


def parse(
    arguments: Sequence[str], valued: Mapping[str, str], switches: Mapping[str, str]
) -> tuple[dict[str, str | bool], list[str]] | None:
    """Values and switches by their names, and the rest in order; None where a flag is not known or has no value."""
    given: dict[str, str | bool] = {}
    rest: list[str] = []
    waiting = list(reversed(arguments))
    while waiting:
        word = waiting.pop()
        if word == "--":
            return given, rest + waiting[::-1]
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            continue
        flag, equals, value = word.partition("=")
        if flag in switches and not equals:
            given[switches[flag]] = True
        elif flag in valued and (equals or waiting):
            given[valued[flag]] = value if equals else waiting.pop()
        else:
            return None
    return given, rest
