"""YAML with the C loader, duplicate keys refused, and the line of every key kept for error messages."""

from typing import Any

import yaml

from reviewer.errors import ReviewerError

__all__ = ["LINE", "Lines", "read_yaml", "read_yaml_with_lines"]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Lines = dict[tuple[Any, ...], int]
LINE = "__line__"


def read_yaml(data: bytes | str, where: str, error: type[ReviewerError]) -> Any:
    """The value of a YAML (or JSON) text. Raises `error` naming file and line."""
    value, _ = read_yaml_with_lines(data, where, error)
    return value


def read_yaml_with_lines(data: bytes | str, where: str, error: type[ReviewerError]) -> tuple[Any, Lines]:
    """The value, and for the path of every key and item the line (from 1) that it stands on."""
    lines: Lines = {}
    try:
        loader = _Loader(data)
        try:
            node = loader.get_single_node()
            if node is None:
                return None, lines
            _note_lines(node, (), lines, where, error, 0)
            value = loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        at = f":{mark.line + 1}" if mark else ""
        raise error(f"{where}{at}: this is not YAML: {problem.problem or problem.context}") from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise error(f"{where}: this is not YAML: {str(problem).splitlines()[0]}") from None
    return value, lines


def _note_lines(
    node: Any, path: tuple[Any, ...], lines: Lines, where: str, error: type[ReviewerError], depth: int
) -> None:
    lines[path] = node.start_mark.line + 1
    if depth > 30 or len(lines) > 50_000:
        raise error(f"{where}:{node.start_mark.line + 1}: nested too deeply or too large")
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise error(f"{where}:{key.start_mark.line + 1}: a key is text, not a list or keys with values")
            if key.value in seen:
                raise error(f"{where}:{key.start_mark.line + 1}: the key {key.value!r} stands here twice")
            seen.add(key.value)
            _note_lines(value, (*path, key.value), lines, where, error, depth + 1)
            lines[(*path, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _note_lines(item, (*path, number), lines, where, error, depth + 1)
