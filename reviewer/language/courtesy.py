"""What a good follow-up does: thanks, asks where things stand, offers more, points to the next step.

Sources: 000.3, 000.4, 001.5, 001.12, 002.13, 003.2, 004.12.
"""

from enum import StrEnum

from reviewer.language.clauses import clauses, negated
from reviewer.language.cues import Cues, Match
from reviewer.message import Message

__all__ = ["Courtesy", "courtesies", "shows"]


class Courtesy(StrEnum):
    THANKS = "thanks"
    ASK = "ask"  # how far along, how I compared
    OFFER = "offer"  # more information, documents, a call
    NEXT_STEP = "next_step"  # a further meeting, what comes next
    NEWS = "news"  # something new since the last message
    REJECTION = "rejection"  # this answers a refusal
    CONCERN = "concern"  # this answers a doubt that they voiced
    OFFER_ELSEWHERE = "offer_elsewhere"  # another employer has made an offer
    STATUS = "status"  # about the state of the application


_TABLE = {
    Courtesy.THANKS: (
        "thanks|thank|thankful|thanking|grateful|gratitude|appreciate|appreciated|appreciation|appreciative|obliged|indebted|merci|gracias|obrigado|obrigada|danke|grazie|cheers|ta|kudos|bless",
        "in your debt",
        "good|kind|generous|nice|lovely|gracious|decent of|from you",
        "i|we ({adv}) valued|value",
        "pleasure|privilege|honor|treat|delight|joy to meet|speak|talk|see|visit|be|have|sit|spend|hear",
        "what a pleasure|privilege|treat|joy",
        "generous hour|time|with",
        "pass|give|send ~3 my|our thanks|regards|gratitude",
        "glad (that) you asked|told|raised|wrote",
        "means|meant a|so lot|much",
        "you gave me|us",
        "i ({adv}) enjoyed (meeting|talking|our|the|speaking)",
    ),
    Courtesy.ASK: (
        "how far|far_along|far_on (along) (you|things|the|it|matters)",
        "how|where (do|did) i compare|compared|measure",
        "where|how (do) (you|things|matters|it|the|your|that|we|everything) (process|search|selection|decision|hiring|choice|team) are|stand|have|is|has|got|were|sit|sits",
        "status|state|stage|progress of|on|in|at|with my|the|your|this",
        "what|when ~3 next (step|steps|stage|stages|round)",
        "sense|idea|feel|word|indication|steer of|on|about|when|where your|the|timing|timeline|where|how|when|things",
        "timeline|timescale|timeframe|timing|timings|schedule",
        "update|updates|news on|about|regarding",
        "how (the|your) (decision|search|process|hiring|selection|choice|recruitment|things|it) (is|are|was|were) (coming|going|getting|progressing|shaping|moving)",
        "how (you|things|it|matters) (are|were|is|was) getting|going|coming|progressing|looking|shaping",
        "whether|if ~2 position|role|job|post (is|was) (still) open|available|filled",
        "where|how i fell|could_improve|could_have|went_wrong|might|did",
        "learn|know|hear how|where|whether|what|when",
        "tips|feedback|advice|pointers",
        "what ~3 work_on|improve|do_differently|want_to_see|like_to_see|strengthen",
        "any|a date|stage by|in|when|that",
        "is there ~3 next|date|stage|idea|else",
        "could|can|may|would|might you|i (please) (tell|ask|let|say|share|give|know) (me|us)",
    ),
    Courtesy.OFFER: (
        "happy|glad|pleased|delighted|can|could|will|free|able|welcome|ready to|also|easily|send|provide|supply|furnish|answer ~2 send|provide|answer|supply|share|furnish|discuss|talk|email|forward|bring|give|drop|expand|clarify|put|show|speak|go|chat|help|walk|write",
        "anything|something|information|questions|details|material|documents|references|reference|samples|certificate|portfolio else|more|further|from|that|you|would|if|i|on",
        "if ~3 useful|helpful|help|like|want|need|wish|prefer|interest",
        "let me know if|whether|should you|there|anything|i",
        "shout|say|ask|holler|message|call|ring|contact|reach|write|text if|anytime|out|me|any",
        "feel free to",
        "do not hesitate",
        "attach*|enclos*|link|linked",
        "further|more|additional|any information|details|questions|material|documents",
        "at your disposal",
        "should you|it|that|anything (need|require|want|wish|like|be|help)",
    ),
    Courtesy.NEXT_STEP: (
        "next step|steps|stage|stages|round|interview|meeting|conversation|chat|call|phase|part|week",
        "second|further|another|follow-up|final|third|return interview|meeting|conversation|chat|talk|round|call|visit|look|discussion",
        "meet|talk|speak|chat|see|interview|visit again|further|more|the|your|with|mr|ms|others|team|rest",
        "come|coming|return|drop back|in|again|by|along|to|for",
        "trial|working|sample|taster|shadow|test|practical|technical|skills|ride-along|whiteboard (shift|day|interview|lesson|run|task|round|test|exercise|session)",
        "ride-along|trial|taster|audition|demo",
        "hear*|hearing|heard from|back",
        "available|free any|all|most|on|at|from|next|tomorrow|this|whenever|every",
        "at your convenience|disposal",
        "what happens|comes|is next",
        "whenever you|suits|it|that|they|is",
        "let me know",
        "say the word",
        "get|reach|find|call|ring me on|at|any",
        "ready|look* forward|when|whenever|for|to",
        "if|whether ~3 like|want|wish|useful|help|helpful|need|suits",
        "start|begin as|on|from|any|right|next|immediately",
        "any day|time|evening|morning|afternoon",
        "keep me in|on",
        "happy|glad|delighted|love|welcome to come|meet|return|talk|discuss|visit|show|teach",
    ),
    Courtesy.NEWS: (
        "i|we have ({adv}) passed|finished|completed|earned|received|published|won|launched|built|made|hosted|presented|led|cleared|renewed|started|taken|sat|put|drawn|prepared|drafted|tested|closed|shipped|helped|learned|attached|enclosed|done|signed|added|rerun|fixed|written|gained|graduated|qualified|delivered|run",
        "i|we ({adv}) passed|finished|completed|earned|published|won|launched|hosted|presented|cleared|renewed|graduated|qualified|built|rerun|reran|ran|rewrote|attach|enclose",
        "passed|certified|accepted|published|awarded|promoted|completed|launched|renewed|distinction|certificate|certification|qualified|licensed|accredited|graduated",
        "piece|bit of news",
        "some|good|one news|update from|to|on",
        "something new|to_show",
        "update|news since|from my|from_me",
        "attached|enclosed|link_below|you can see here",
    ),
    Courtesy.REJECTION: (
        "(thank|thanks) (you) (for) letting me know",
        "decision|outcome|rejection|unsuccessful|not_successful|not_selected|chosen_candidate|other_candidates|another_candidate|someone_else|somebody_else|turned_down",
        "went|gone|go|moving|decided with|forward|to|on someone|another|somebody|other|with",
        "disappointed|gutted|disappointing|sorry_not_to|rejected|not_get_it|no_hard_feelings",
        "keep me in mind|on_file|posted",
        "whoever you|they picked|chose|hired|appointed|went",
        "fell|fall short",
        "in future|another|should another|if_another|again_in|next_time|other_openings|future_openings",
        "the person you appointed|chose|hired|picked",
        "reconsider",
    ),
    Courtesy.CONCERN: (
        "concern|concerns|concerned|worry|worries|worried|doubt|doubts|hesitation|reservation|reservations|reservation|objection",
        "right that|to i|it|ask",
        "fair (thing|point|question|enough|one|concern|worry)",
        "raising|raised|raise it|the|this|that|your|a",
        "your question about|whether",
        "thing you (raised|mentioned|flagged)",
        "about me not having",
        "straight|upfront|honest|plain|plainly|candid|frank that|about|with|enough",
    ),
    Courtesy.OFFER_ELSEWHERE: (
        "another|other|competing|second|written|firm|formal|rival|job|an|one|outstanding|verbal offer",
        "offer|offered from|by|through|elsewhere|in|for|me|a|another|came|landed|on_the_table",
        "made|given|got|have|received|had me an|another|one|a|other (firm|job|written) offer",
        "been offered",
    ),
    Courtesy.STATUS: (
        "check*|follow*|touching|circling in|up|back|base",
        "chase|chasing|nudge|nudging|enquire|inquire|inquiring|enquiring|reminder",
        "how far|things|it|matters|you (along|are|stand|is)",
        "status|progress|timeline|update|updates|news|decision|decided|outcome|result|selection|shortlist",
        "still (very|really|most|keen|interested|love|want|waiting|hoping|in|dead|excited|open)",
        "remain|remains|continue interested|very|most|keen|to|my|the|hopeful|enthusiastic",
        "last week|friday|month",
        "you (had|would|have) said|told|mentioned|thought|hoped|expected|reckoned|figured|promised|were_aiming",
        "heard|hear|hearing (anything|back|from|by|nothing)",
        "where (things|you|we|it|matters) (are|stand|have|is|got)",
        "application|candidacy|candidature",
        "any news|update|updates|word|decision|luck",
        "since (we|our|my|the) (met|spoke|talked|interview|last|first|chat|conversation|email|note|mail)",
    ),
}

_CUES = Cues(_TABLE)


def courtesies(message: Message) -> tuple[tuple[Courtesy, Match], ...]:
    """Every such passage, in the order of the sentences."""
    return message.once(_courtesies)


def shows(message: Message, courtesy: Courtesy) -> bool:
    return any(found is courtesy for found, _ in courtesies(message))


def _courtesies(message: Message) -> tuple[tuple[Courtesy, Match], ...]:
    found = []
    for clause in clauses(message):
        for match in _CUES.find(clause):
            courtesy = Courtesy(match.label)
            if not message.quoted(match.span) and not (courtesy is Courtesy.THANKS and negated(match, 2)):
                found.append((courtesy, match))
    return tuple(found)
