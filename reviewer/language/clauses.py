"""The draft's sentences in normalised words, and what turns a cue's meaning round: negation, reports."""

from reviewer.language.cues import Clause, Match
from reviewer.message import Message

__all__ = ["clauses", "exempt"]

_NEGATIONS = frozenset("not never no nobody none without hardly neither nor rather instead stop cannot".split())
_NOT_NEGATING = frozenset("only just wait help doubt longer less matter sooner fail stop mind".split())
_OTHERS = frozenset("you he she they who everyone everybody people it".split()) | frozenset(
    "manager team panel boss wife husband mother sister friend recruiter director company".split()
)
_REPORTING = frozenset(
    "said say says told tell tells asked ask mentioned suggested explained described warned promised thought reckoned "
    "think wondered hoped expected wrote call called quoted joked want wanted need needed".split()
)


def clauses(message: Message) -> tuple[Clause, ...]:
    """One for each sentence of the draft's own words, in order."""
    return message.once(_clauses)


def _clauses(message: Message) -> tuple[Clause, ...]:
    return tuple(Clause(sentence, index) for index, sentence in enumerate(message.sentences))


def _negated(match: Match, reach: int = 3) -> bool:
    """Whether a negation stands within `reach` words before the cue: `not in a hurry`."""
    words = match.clause.words
    for number in range(max(0, match.first - reach), match.first):
        if words[number] in _NEGATIONS and (number + 1 >= len(words) or words[number + 1] not in _NOT_NEGATING):
            return True
    return False


def _reported(match: Match, reach: int = 8) -> bool:
    """Whether the cue is what somebody else said or wanted: `you said that you need it today`."""
    words = match.clause.words
    for number in range(max(0, match.first - reach), match.first):
        if words[number] in _REPORTING and number and words[number - 1] in _OTHERS:
            return True
        if words[number] in _REPORTING and number > 1 and words[number - 2] in _OTHERS:
            return True
    return False


def exempt(message: Message, match: Match) -> bool:
    """Words that are not the writer's own demand, plea or reproach: quoted, negated or reported."""
    return _negated(match) or message.quoted(match.span) or _reported(match)
