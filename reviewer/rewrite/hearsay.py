"""What a rewrite reports of the other side, or offers in the writer's name, that the draft does not.

A made-up agreement needs no rare word: "You said that I was the best", "As agreed, you will call me", "I could work for
free at first". So this goes by grammar: who is said to have said, agreed, liked or decided what, what they will do, and
what the writer would do for them. Each such claim wants a counterpart in the draft, with a verb of the same sense and
most of what it is about. Hopes and conditions claim nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reviewer.context import Context
from reviewer.language.detail import stem
from reviewer.message import Message
from reviewer.rewrite.verify import BLANK, WORD, context_words
from reviewer.text import flatten, lower
from reviewer.text import words as words_of

__all__ = ["offered", "reported"]


def reported(version: Message, draft: Message, context: Context) -> list[str]:
    """What the version has the other side say, agree, like, decide or do, and the draft does not; their words."""
    they = _they(draft, context)
    given = {stem(w) for w in context_words(context)}
    told = list(_claims(draft, they))
    if context.topics:  # they were talked about
        told.append(_Claim("", "say", given))
    if context.promised_reply_by is not None:
        told += [_Claim("", sense, given | _stems(_ANSWERING)) for sense in _OF_AN_ANSWER]
    whole = _stems(_plain(draft)) | given
    return [claim.words for claim in _claims(version, they) if not _borne_out(claim, told, whole)]


def offered(version: Message, draft: Message, context: Context) -> list[str]:
    """What the version offers that the writer would do, and the draft does not; their words."""
    before = _plain(draft)
    done = {stem(w.partition("'")[0]) for w in words_of(before)}
    known = done | {stem(w) for w in context_words(context)} | _COURTESY
    gratis = _FOR_NOTHING.search(before) is not None
    found = []
    for sentence in _sentences(version):
        for match in _OFFER.finditer(sentence):
            verb, rest = match["verb"] or match["with_me"], _stems(_to_the_end(sentence[match.end() :]))
            asked = _WHAT.search(sentence[: match.start()]) is not None
            new = (stem(verb) not in done and verb != "come") or len(rest & known) < _MOST * len(rest)
            if new and verb not in _MANNERS and not asked:
                found.append(match.group())
        found += [] if gratis else [m.group() for m in _FOR_NOTHING.finditer(sentence)]
    return found


class _Claim(NamedTuple):
    """That they did something: the words that say so, the verb's sense, the stems of what it is about, or a blank."""

    words: str
    sense: str
    about: set[str]
    left_open: bool = False


def _borne_out(claim: _Claim, told: list[_Claim], whole: set[str]) -> bool:
    """Whether the draft or the notes claim as much; a plain deed of theirs may stand in the draft in any form."""
    about = [t.about for t in told if t.sense == claim.sense]
    if claim.sense == "give":
        about.append(whole | _COURTESY)
    elif claim.sense not in _NAMED and claim.sense in whole:
        about.append(whole)
    left_open = claim.left_open and not claim.about  # what it was is for the writer to say
    return left_open or any(len(claim.about & known) >= _MOST * len(claim.about) for known in about)


_MOST = 0.6


def _claims(message: Message, they: str) -> Iterator[_Claim]:
    for sentence in _sentences(message):
        for match in re.finditer(rf"\b(?:{they}){_BETWEEN} (?P<verb>[a-z]+)\b", sentence):
            sense = _sense(match["verb"])
            before = sentence[: match.start()].rstrip()
            present = match["verb"] in _PRESENT
            perfect = re.search(r" ha(?:ve|s)\b|'ve", match.group()) is not None
            asked = present and _ASKING.search(before) is not None
            if sense is not None and not asked and not _supposed(before, present or perfect):
                yield _claim(match.group(), sense, sentence[match.end() :], before)
        for match in re.finditer(rf"\b(?:{they}){_WILL} (?P<verb>[a-z]+)\b", sentence):
            if match["verb"] not in _NEEDS and not _supposed(sentence[: match.start()]):
                yield _claim(match.group(), f"will {stem(match['verb'])}", sentence[match.end() :])
        for match in re.finditer(rf"\b(?:{they}){_IS} (?P<mood>{_MOODS})\b", sentence):
            if not _supposed(sentence[: match.start()]):
                yield _claim(match.group(), "like", sentence[match.end() :])
        for match in _PASSIVE.finditer(sentence):
            verb = match["verb"] or match["ours"]
            yield _claim(match.group(), _SENSES.get(verb, stem(verb)), sentence[match.end() :])
        for match in re.finditer(rf"\b(?:{they}) (?:gave|handed|offered) me {_THE_JOB}|{_WON}", sentence):
            yield _claim(match.group(), "decide", match.group())
        for match in _BY_NAME.finditer(sentence):
            yield _claim(match.group(), _SENSES[match["verb"] or match["name"]], sentence[match.end() :])
        for match in _HEARD.finditer(sentence):
            yield _claim(match.group(), "say", sentence[match.end() :])


def _supposed(before: str, awaited: bool = True) -> bool:
    """Whether the words before make a clause a hope, a condition or a question; one in the past is no event to await."""
    return _SUPPOSED.search(before) is not None or (awaited and _AWAITED.search(before) is not None)


def _claim(words: str, sense: str, rest: str, before: str = "") -> _Claim:
    """A reference to what was said or shown claims no more than that; a clause, or any other verb, what it says."""
    refers = sense == "give" or (sense == "say" and (_WHAT.search(before) or _ABOUT.match(rest)) is not None)
    whole = not refers or _CLAUSE.match(rest) is not None
    rest = rest if before.endswith(" as") or before == "as" else _to_the_end(rest)
    return _Claim(words, sense, _stems(rest) if whole else set(), _BLANK in rest)


def _sense(verb: str) -> str | None:
    """The sense of a verb of theirs in the past tense, or of a verb of saying or liking in any; None for others."""
    if verb in _SENSES:
        return _SENSES[verb]
    if verb.endswith("ed") and len(verb) > _SHORT and verb not in _NO_PAST:
        return stem(verb)
    return None


_SHORT = 4


def _they(draft: Message, context: Context) -> str:
    """A pattern of all who may stand for the other side: pronouns, groups, roles, the names that are known."""
    people = [*(p.name for p in context.interviewers), context.recruiter or "", context.company or ""]
    names = {lower(flatten(w)) for name in people for w in (name, *WORD.findall(name)) if w}
    names |= {t.low for t in draft.addressees}
    return "|".join([_PERSONS, *(re.escape(n) for n in sorted(names, key=len, reverse=True) if len(n) > 1)])


def _sentences(message: Message) -> list[str]:
    """The sentences in lower case with a sign for every blank, the subject first."""
    said = [s.span.of(message.low) for s in message.sentences]
    return [" ".join(BLANK.sub(f" {_BLANK} ", s).split()) for s in (lower(flatten(message.subject or "")), *said)]


_BLANK = "□"


def _plain(message: Message) -> str:
    return " ".join(_sentences(message))


def _to_the_end(rest: str) -> str:
    """The rest of a clause."""
    return _END.split(rest, maxsplit=1)[0]


def _stems(text: str) -> set[str]:
    return {stem(w.partition("'")[0]) for w in words_of(text) if w not in _LITTLE}


_PERSONS = (
    r"you(?: all| both| two)?|they|he|she|everyone|everybody|people|(?:the|your|our|my|all the|both) (?:[a-z]+ ){0,2}?(?:team|teams|panel|manager|managers|"
    r"recruiters?|director|directors|boss|bosses|colleagues?|people|interviewers?|company|firm|office|group|department|board|management|staff|crew|others|"
    r"client|owners?|head|lead|partners?|committee|school|hospital|others)"
)
_BETWEEN = r"(?:'ve|'d| have| has| had| all| both| also| even| already| just| once| then| did|(?: [a-z]+ly))*"
_WILL = r"(?:'ll| will| shall| are going to| is going to|'re going to| are about to| plan to| plans to| intend to| intends to)(?: (?:also|soon|all|then|[a-z]+ly))*"
_IS = r"(?:'re|'s| are| is| were| was| seemed| seem| looked| have been| had been)(?: (?:all|both|so|very|quite|most|also|already|more than|[a-z]+ly))*"
_MOODS = r"impressed|pleased|happy|glad|delighted|keen|convinced|enthusiastic|positive|certain|sure|ready|willing|excited|satisfied|thrilled|fond|won over|taken with|in favou?r"
_PASSIVE = re.compile(
    r"\b(?:(?:i|we|it)(?: was| were| am| have been| had been| has been|'ve been|'m|'s| is|'s been)(?: (?:also|already|even|[a-z]+ly))* "
    r"|as (?:(?:we|i|was|already|just|[a-z]+ly) )*)"
    r"(?P<verb>told|promised|assured|informed|agreed|offered|chosen|hired|selected|picked|praised|encouraged|decided|said|accepted|approved|"
    r"guaranteed|confirmed|recommended|shortlisted|announced|arranged|planned|settled|discussed|mentioned|given|asked|invited)\b"
    r"|\bwe(?: have|'ve| had| all| both| also| then| already)* (?P<ours>agreed|decided|settled|arranged|said|promised)\b"
)
_THE_JOB = r"(?:the|a|an|this|that|your) (?:job|role|position|place|offer|post|contract)\b"
_WON = rf"\b(?:i|we)(?:'ve| have)? (?:got|won) {_THE_JOB}|\b(?:job|role|position|place|post) is (?:already |as good as )?mine\b"
_HEARD = re.compile(
    r"\b(?:hear|heard|hearing|learn|learned|learnt|gather|gathered|understood|informed|word|news|read)(?: from (?:\w+ ){1,3})?(?= (?:that|i|my|how much) )"
)
_BY_NAME = re.compile(
    r"\b(?:(?:thank you|thanks)(?: [a-z]+){0,3} for|(?:right|kind|good|nice|glad|free) to)(?: [a-z]+ly)? (?P<verb>saying|telling|promising|agreeing|assuring|confirming|"
    r"offering|accepting|choosing|picking|deciding|hiring|liking|loving|praising|trusting|believing|thinking|wanting|say|tell|promise|agree|think|believe)\b"
    r"|\byour (?:[a-z]+ )?(?P<name>praise|compliments?|words|promise|promises|assurance|assurances|approval|faith|trust|confidence)\b"
)
_ABOUT = re.compile(
    r"(?: (?:me|us))? (?:about|of|on|at|in|during|when|regarding|there|here|today|yesterday|this|earlier|last)\b|\W*$"
)
_CLAUSE = re.compile(r" (?:(?:me|us|to me|everyone|the team) )?(?:that|i|you|we|they|he|she|it|my|mine|there)\b")
_END = re.compile(
    r"[,;:!?()]|\.(?!\d)| - | (?:because|but|so|which|while|although|though)\b| and (?=i\b|you\b|we\b|would\b|will\b|am\b|it\b)"
)
_SUPPOSED = re.compile(r"\b(?:if|whether|hope|hoping|wish|wonder|wondering|unless|in case|should)\b")
_AWAITED = re.compile(
    r"\b(?:when|whenever|once|until|before|after|as soon as|what|whatever|how|however|which|whichever|who|where|why|forward|time)\b"
)
_ASKING = re.compile(r"\b(?:could|can|would|will|do|did|may|might|to|let|lets|help|helps|for)$")
_WHAT = re.compile(r"\b(?:what|whatever|how|which)\b[^,]*$")
_PRESENT = frozenset(
    "say tell mention explain state admit confirm promise accept offer approve allow hire select pick recommend enjoy admire trust regard expect write think like want choose decide agree know feel believe find love prefer see".split()
)
_NEEDS = frozenset("need have find see".split())
_NO_PAST = frozenset("need indeed proceed exceed succeed speed interested indebted".split())

_SENSES = {
    word: sense
    for sense, words in {
        "say": "say says said tell tells told mention mentions mentioned explain explains explained state stated admit admitted announced write wrote writes pointed remarked "
        "noted informed claimed suggested hinted warned added replied discussed saying telling",
        "agree": "agree agrees agreed promise promises promised confirm confirms confirmed assure assured guarantee guaranteed accept accepted offer offers offered approve "
        "approved arranged planned settled committed undertook allowed swore pledged settled promising agreeing assuring confirming offering accepting promises assurance assurances approval",
        "decide": "decide decides decided choose chose chosen hire hired select selected pick picked appointed shortlisted preferred prefer prefers recommended recommend choosing picking deciding hiring",
        "like": "like likes liked love loves loved enjoy enjoyed admire admired praise praised appreciated valued trust trusted respected encouraged complimented liking loving praising trusting praise compliment compliments words faith confidence",
        "think": "think thinks thought believe believed believes feel feels felt find finds found want wants wanted know knew knows expect expected hoped considered regard "
        "regarded see saw believing thinking wanting",
        "give": "took gave given made spent had met showed shared described talked spoke introduced welcomed answered listened asked invited let walked brought kept "
        "interviewed received went came sat led got ran did held helped set were was",
    }.items()
    for word in words.split()
}
_NAMED = frozenset(_SENSES.values())
_OF_AN_ANSWER = (
    "think",
    "say",
    "agree",
    "will be",
    "will let",
    "will get",
    "will hear",
    "will decid",
    "will have",
    "will give",
    "will come",
    "will answer",
    "will reply",
    "will write",
)
_ANSWERING = "answer decision decide hear reply word touch back know update news expect get come let contact by end week day friday monday"
_LITTLE = frozenset(
    "a an the this that these those i me my mine we us our you your yours they them their he she his her it its of to in on at by for from with about as into "
    "is am are was were be been being have has had do does did will would could can shall should may might must not no and or so very really just also all any "
    "some than then there here who whom whose which what when where how if up out over such too both again soon now".split()
)
_COURTESY = {
    stem(w)
    for w in "time chance opportunity idea picture view sense feel tour look insight advice thought thoughts moment morning afternoon day today conversation talk interview "
    "meeting question questions answer answers further more anything else something need useful suits suit convenient second call phone information references role job position "
    "work team kind patient generous warm welcome open clear honest much great good happy glad whenever help meet send".split()
}
_OFFER = re.compile(
    r"\b(?:(?:i|we)(?:(?:'m| am|'d be|'ll be| will be| would be| could be)(?: (?:also|very|quite|always|more than|[a-z]+ly))* "
    r"(?:willing|ready|prepared|happy|glad|open|available|free|able|pleased|delighted|content) to|'ll| will|'d| would| could| can| shall| might| may)"
    r"|let me|i (?:offer|propose|volunteer|undertake) to)(?: (?:also|even|then|always|just|very much|still|[a-z]+ly))* (?P<verb>(?!not\b)[a-z]+)\b"
    r"|\byou (?:can|could|may|might)(?: [a-z]+ly)? (?!reach|call|find|contact|email|mail|write|ask|tell|ring|phone|text)(?P<with_me>[a-z]+) me\b"
)
# What a writer would do without offering anything: wishes, thanks, hopes, being reached.
_MANNERS = frozenset(
    "be keep arrange like love welcome appreciate enjoy hear talk speak discuss meet understand look hope have thank wait know say ask add want value prefer choose value mind need "
    "answer see think feel imagine believe find remember assure tell never only not much so really rather sooner also very".split()
)
_FOR_NOTHING = re.compile(
    r"\b(?:for free|for nothing|unpaid|without (?:any )?(?:pay|wages|salary|being paid)|free of charge|at no (?:cost|charge)|no charge|pro bono|(?:on|for a|a) trial|trial (?:day|week|period|basis|"
    r"shift|run)|on probation|on approval|half (?:the )?(?:pay|salary|wages)|(?:less|lower|any) (?:pay|salary|money|wages))\b"
)
