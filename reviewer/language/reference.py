"""Whether a draft refers to this conversation, to any conversation, or to none.

Settled rule: a thank-you needs something particular from the conversation; a later message may also tie
to the process (what they said, the date they named, the day of the interview with the role).
"""

from dataclasses import dataclass
from datetime import date

from reviewer.context import Context, Kind
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.language.dates import phrases
from reviewer.language.detail import details, topics_touched
from reviewer.language.timing import local_day
from reviewer.message import Message, Span

__all__ = ["Reference", "reference", "unnoted"]

_ANY_DAY = date(2001, 1, 10)
_VAGUE = Cues(
    {
        "vague": (
            "enjoyed|loved|liked|appreciated|pleasure|great|good|nice|lovely|interesting|insightful|wonderful|enjoyable|impressed|inspired|fascinating|pleased|informative|excited|delighted|fun|helpful (to|by|with|about) ~3 learn*|hear*|talk*|speak*|discuss*|meet*|know*|chat*|seeing|conversation|discussion|chat|understand*|team|company|culture|insight*|about",
            "our|your|the ({adv}) (great|lovely|good|insightful|engaging|wonderful|pleasant|interesting|productive|informative) conversation|discussion|chat|talk|insight*|vision|candor|candour|comments|advice|passion|thoughts|perspective|mission|culture",
            "conversation|discussion|chat|talk (about|on|really|with|confirmed|only|made|reinforced)",
            "learn*|hear*|know* ~ more|about the|your team|company|role|position|culture|projects|organization|organisation|work",
            "everything|all (that) you|we shared|said|told|discussed|talked|explained",
            "vision|mission|culture|values|innovation|challenges_ahead",
            "everyone|everybody|team|people|staff was|were|are|seems ({adv}) nice|friendly|lovely|welcoming|great|kind|warm|dead",
            "resonat*|aligns|aligned with|closely",
            "impressed|struck with|by",
            "good stuff|vibes",
        )
    }
)
_PROCESS = Cues(
    {
        "process": (
            "you|they|panel|team (all|both) (had|would|have) ({adv}) said|told|mentioned|thought|hoped|expected|reckoned|figured|promised|indicated|estimated|planned|suggested|aiming|asked|wanted|wondered|explained|described ~12",
            "we (last|first) met|spoke|talked|discussed",
            "our|my ({adv}) interview|meeting|conversation|discussion|chat|call (of|on|dated|about|from|last)",
            "i (was) interviewed|met|interview|came_in ~6 on|for|with|at|last|in",
            "remember|recall|recollect you|your|that",
            "you (kindly) gave|raised|passed|wrote|put",
            "would hear|know|be_told|have_heard ~3 by|before|within|in|on|from",
            "since i wrote|passed|sent|spoke",
        )
    }
)
_LOOSE = Cues(
    {
        "loose": (
            "role|position|post|job|internship|vacancy|application|candidacy|spot|gig|interview|traineeship|appointment|opening|offer|appointed",
        )
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What was found: `specific` is true of one thing that only this conversation gives."""

    specific: bool
    vague: tuple[Span, ...]
    loose: bool
    first_note: bool


def reference(message: Message, context: Context) -> Reference:
    """How the draft refers to the conversation, judged for its kind."""
    return message.once(_reference, context)


def _reference(message: Message, context: Context) -> Reference:
    first_note = context.kind in {Kind.THANK_YOU, Kind.LINKEDIN, None}
    found = details(message, context)
    weight = sum(len(d.words) if d.tied else len(d.words) / 2 for d in found)
    specific = bool(topics_touched(message, context)) or weight >= 3
    if not specific and not first_note:
        specific = _ties_to_process(message, context)
    if not specific and context.kind in {Kind.CONCERN_REPLY}:
        specific = bool(found)
    return Reference(specific, _vague(message), _names_job(message, context), first_note)


def unnoted(message: Message, context: Context) -> bool:
    """Whether a thank-you is full of particulars, none of which is among several topics noted."""
    if context.kind is not Kind.THANK_YOU or len(context.topics) < 2 or topics_touched(message, context):
        return False
    return sum(len(d.words) for d in details(message, context) if d.tied) >= 4


def _ties_to_process(message: Message, context: Context) -> bool:
    dated = {p.span for p in phrases(message, local_day(context.sending_at) if context.sending_at else _ANY_DAY)}
    for clause in clauses(message):
        if next(_PROCESS.find(clause), None) is not None and any(span in clause.sentence.span for span in dated):
            return True
    return False


def _vague(message: Message) -> tuple[Span, ...]:
    return tuple(clause.sentence.span for clause in clauses(message) if next(_VAGUE.find(clause), None) is not None)


def _names_job(message: Message, context: Context) -> bool:
    named = [word.lower() for name in (context.role, context.company) if name for word in name.split() if len(word) > 2]
    return any(word in message.low for word in named) and any(
        next(_LOOSE.find(c), None) is not None for c in clauses(message)
    )
