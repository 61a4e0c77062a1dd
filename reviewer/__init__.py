"""reviewer: what a good career coach says of the message you are about to send after an interview."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reviewer.version import __version__

if TYPE_CHECKING:
    from reviewer.context import Context, Kind, Person, Sent
    from reviewer.errors import ReviewerError
    from reviewer.finding import Failure, Finding, Severity
    from reviewer.message import Message, Span
    from reviewer.reviewing import Review, Rewrite, Verdict, review
    from reviewer.rubric import Rubric, load_rubric
    from reviewer.score import Score

__all__ = [
    "Context",
    "Failure",
    "Finding",
    "Kind",
    "Message",
    "Person",
    "Review",
    "ReviewerError",
    "Rewrite",
    "Rubric",
    "Score",
    "Sent",
    "Severity",
    "Span",
    "Verdict",
    "__version__",
    "load_rubric",
    "review",
]

_HOME = {
    "Context": "context",
    "Kind": "context",
    "Person": "context",
    "Sent": "context",
    "ReviewerError": "errors",
    "Failure": "finding",
    "Finding": "finding",
    "Severity": "finding",
    "Message": "message",
    "Span": "message",
    "Review": "reviewing",
    "Rewrite": "reviewing",
    "Verdict": "reviewing",
    "review": "reviewing",
    "Rubric": "rubric",
    "load_rubric": "rubric",
    "Score": "score",
}

if not TYPE_CHECKING:  # a type checker is to see the names above, and no others

    def __getattr__(name: str) -> Any:
        """Public names are imported when they are first used, so that `import reviewer` costs nothing."""
        if name not in _HOME:
            raise AttributeError(f"module 'reviewer' has no attribute {name!r}")
        return getattr(import_module(f"reviewer.{_HOME[name]}"), name)

    def __dir__() -> list[str]:
        return __all__
