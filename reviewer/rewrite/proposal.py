"""Proposal: a second reader's rewrite, as far as it passed the door."""

from typing import NamedTuple

from reviewer.finding import Failure
from reviewer.judgement import NOTHING_SPENT, Usage
from reviewer.message import Message

__all__ = ["Proposal"]


class Proposal(NamedTuple):
    """The version with its changes, None where none passed; what was refused and why, and what it cost."""

    message: Message | None = None
    changes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    usage: Usage = NOTHING_SPENT
