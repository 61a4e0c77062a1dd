"""reviewer: what a good career coach says of the message you are about to send after an interview."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reviewer.version import __version__

if TYPE_CHECKING:
    from reviewer.context import Context, Kind, Person, Sent
    from reviewer.message import Message
    from reviewer.reviewing import Review, review
    from reviewer.rubric import Rubric, load
    from reviewer.rubric import load as load_rubric

__all__ = [
    "Context",
    "Kind",
    "Message",
    "Person",
    "Review",
    "Rubric",
    "Sent",
    "__version__",
    "load",
    "load_rubric",
    "review",
]

_HOME = {
    "Context": "context",
    "Kind": "context",
    "Person": "context",
    "Sent": "context",
    "Message": "message",
    "Review": "reviewing",
    "review": "reviewing",
    "Rubric": "rubric",
    "load": "rubric",
    "load_rubric": "rubric",
}
_THERE = {"load_rubric": "load"}  # names that are shorter where they are at home


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used, so that `import reviewer` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'reviewer' has no attribute {name!r}")
    return getattr(import_module(f"reviewer.{_HOME[name]}"), _THERE.get(name, name))
