"""Specific against generic wording: what could only have been written after this conversation.

Sources: 001.3, 001.4, 003.2. A word is generic when it would fit any interview; what is left, tied to
the conversation by "you", "we" or a memory of it, is a personal reference. The list is data of the
subject, learned from what people write in notes that could go to anybody.
"""

from functools import lru_cache
from typing import NamedTuple

from reviewer.context import Context
from reviewer.language.clauses import clauses
from reviewer.language.cues import Clause, Cues
from reviewer.language.names import fold, parts, same_person
from reviewer.message import Message, Span
from reviewer.patterns import pattern

__all__ = ["Detail", "anothers_topic", "details", "specific_stem", "stem", "topics_touched"]

_GENERIC = frozenset(
    # function words, numbers of courtesy
    "a an the and or but nor so yet if then than that this these those there here which who whom whose what when where why how whether while "
    "as at by for from in into of off on onto out over to up upon with within without about above across after again against along among around "
    "before behind below beneath beside between beyond down during except like near since through throughout till until toward towards under via per "
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his she her hers they them their theirs it its itself "
    "one ones someone somebody anyone anybody everyone everybody nobody none nothing something anything everything each every all both either neither some any few "
    "many much more most other others another such same own several lot lots bit whole half "
    "be am is are was were been being do does did done doing have has had having can could may might must shall should will would ought let "
    "not no yes never ever always often sometimes usually rarely already still just only even also too very really quite rather pretty so well "
    "now today yesterday tomorrow tonight soon later earlier early late recently ago once twice first second third last next final finally "
    "morning afternoon evening night noon day days week weeks weekend month months year years hour hours minute minutes moment time times while date "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
    "one two three four five six seven eight nine ten eleven twelve couple dozen hundred thousand number "
    "mr mrs ms miss dr prof sir madam ma'am mam dear hi hello hey "
    # what happens in any interview and any letter after it
    "interview interviews interviewed interviewer interviewers interviewing meet meets met meeting meetings talk talks talked talking speak speaks spoke spoken speaking "
    "chat chats chatted chatting conversation conversations discussion discussions discuss discussed discussing call calls called calling phone email emails emailed mail message messages "
    "note notes letter write writes wrote written writing send sends sent sending reply replies replied respond response responses answer answers answered question questions asked ask asking asks "
    "hear hears heard hearing listen tell tells told telling say says said saying mention mentions mentioned mentioning explain explains explained describe described share shares shared sharing show shows showed shown showing "
    "give gives gave given giving get gets got getting gotten take takes took taken taking make makes made making go goes went gone going come comes came coming put puts keep keeps kept keeping bring brings brought bringing "
    "see sees saw seen seeing look looks looked looking seem seems seemed find finds found finding know knows knew known knowing think thinks thought thinking thoughts feel feels felt feeling believe believes believed understand understands understood understanding "
    "learn learns learned learnt learning want wants wanted need needs needed hope hopes hoped hoping wish wishes wished like likes liked love loved loves enjoy enjoys enjoyed enjoying enjoyable appreciate appreciates appreciated appreciation grateful gratitude "
    "thank thanks thanked thanking thankful welcome welcomed please pleased pleasure happy happily glad gladly delight delighted honored honoured honor honour privilege excited exciting excitement enthusiastic enthusiasm keen eager thrilled interest interested interesting interests "
    "great good better best nice lovely wonderful fantastic amazing awesome excellent brilliant impressive impressed engaging insightful informative helpful useful valuable inspiring fascinating productive warm friendly kind kindly generous perfect ideal right wrong real sure certain clear "
    "strong big large small little long short new old high low full open free able available ready possible important main key particular particularly especially specific general further additional "
    "work works worked working job jobs role roles position positions post posts vacancy opportunity opportunities career careers team teams company companies organisation organization organisations firm business group department office place people person colleagues colleague staff member members manager managers management panel committee board hr recruiter recruitment recruiting hiring hire "
    "candidate candidates candidacy candidature application applications applicant apply applied applying process selection decision decisions decide decided deciding status progress update updates updated news stage stages step steps round timeline timeframe schedule deadline outcome result results offer offers offered feedback "
    "skill skills skillset experience experiences experienced background qualification qualifications qualified knowledge expertise ability abilities strengths strength training education degree resume cv reference references portfolio sample samples document documents documentation certificate information details detail detailed "
    "fit match suit suited suitable asset addition contribute contribution contributing contributions add adding value values valued impact difference success successful achieve goals goal mission vision culture cultures environment atmosphere dynamic innovative innovation innovating growth grow growing future plans plan planning direction challenges challenge challenging projects project initiatives initiative responsibilities duties tasks expectations requirements objectives strategy strategic priorities approach solutions solution collaboration collaborative collaborate cross-functional excellence operational operations landscape space industry sector field fast-paced fast moving fast-moving passion passionate dedicated dedication committed commitment professional professionalism quality quality-driven "
    "join joins joined joining part help helps helped helping helpful support supports supporting provide provides provided providing follow follows following followed forward check checking checked touch contact contacts reach reaching wait waiting waited patient patience hurry rush press pressing chase nudge "
    "opportunity chance chances consider considers considered considering consideration considerate regard regarding regards respect respectfully sincerely convenience convenient hesitate let'd "
    "thing things way ways stuff kind sort type lot idea ideas insight insights insightful overview perspective perspectives comment comments candor candour honesty energy vibe vibes point points topic topics matter matters subject case reason reasons example examples fact "
    "remain remains remained continue continues continued continuing stay stays stayed start starts started starting begin begins began beginning end ends ended ending finish finished move moves moved moving turn turns turned turning run runs ran running use used uses using try tries tried trying "
    "spend spending spent set sets setting leave leaves left leaving hold holds held holding become becomes became reaffirm reaffirmed reinforce reinforced reinforcing confirm confirmed confirms confirming conviction convinced confident confidence confidently express expressed extend extended heartfelt sincere sincerely deep deepest deeply truly genuinely absolutely definitely certainly honestly simply actually probably perhaps maybe likely however though although because therefore thus otherwise instead anyway "
    "resonate resonated resonates align aligns aligned alignment aligning closely stuck stayed stand stands stood out struck mind memory remember remembered remind reminded recall recalled "
    "back away together apart alone around inside outside ahead already yet almost nearly exactly precisely early recent current currently present previous previously former past future "
    "hello best regards cheers yours faithfully truly warmly wishes wish bye ta "
    "busy schedule week's day's time's today's yesterday's "
    "name names title address number numbers line subject "
    "hard easy quick quickly slow slowly fast soon asap immediately directly "
    "true false okay ok fine alright fair simple straight nicely "
    "world life home house family friend friends man woman men women child children kid kids guy guys "
    "money pay salary bills rent wage wages bonus "
    "attend attended attending attach attached enclosed "
    "hold continuing reaffirming discussing regarding concerning "
    "esteemed reputable organisation's organization's calibre personnel serene dynamic leading leader leaders leadership "
    "feel free hesitate further need require required requires requirement requirements "
    "excellent forward productive wonderful insight journey "
    "everything anything someone's everyone's nothing's "
    "sorry apologies apologise apologize trouble bother disturb bothering "
    "wonder wondered wondering curious curiosity "
    "total literally totally completely entirely fully highly extremely incredibly super deeply greatly hugely immensely "
    "shape position's role's team's company's "
    "speaking hearing thinking looking learned discussed mentioned ".split()
)
_CHATTER = frozenset(
    "lol haha hahaha hehe omg lmk tbh pls plz thx wow yeah yep hey don didn doesn isn wasn won can couldn wouldn shouldn "
    "haven hasn hadn aren weren ain i'd beg desperate waiting grab drink haha dream idol cried mom reckon smile gorgeous".split()
)
_TOPIC_WORD = pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
_STEM = pattern(r"(?:ing|ings|ed|es|s|ly|ers?|'s)$")

# What everybody can read about a firm is no memory of the conversation.
_FROM_ELSEWHERE = frozenset(
    "website site brochure leaflet homepage prospectus wikipedia glassdoor press-release".split()
)
_TIES = Cues(
    {
        "memory": (
            "you ({adv}) said|mentioned|told|asked|described|explained|showed|walked|talked|pointed|shared|raised|wanted|thought|hoped|suggested|warned|wondered|reckoned|figured|expected|were|had|have|are|gave|let|made|took|brought|handed|spoke|laughed|drew|called|sent|offered|introduced|promised|keep|run|do|use|want|put",
            "your ({adv}) story|point|question|questions|comment|comments|description|account|line|example|idea|plan|plans|advice|suggestion|thoughts|picture|tour|team|mention|remark|answer|explanation|approach|work|talk|joke|view|news|office|kitchen|lab|new",
            "we ({adv}) talked|spoke|discussed|met|looked|went|walked|saw|touched|covered|argued|laughed|worked|compared|agreed|stood|sat|had|did",
            "our talk|chat|conversation|discussion|meeting|interview|hour|walk|tour|call|session",
            "when|since|after|what|how|that|where you|we",
            "hearing|seeing|meeting|learning|talking|watching|discussing|speaking about|how|the|your|that|with|of|why|what",
            "tour|walk|visit|demo|showing|letting|introducing|walking|taking of|round|around|through|me|us",
        ),
    }
)


class Detail(NamedTuple):
    """A sentence tied to the conversation, with the words in it that would not fit any interview."""

    clause: Clause
    words: tuple[str, ...]
    tied: bool

    @property
    def span(self) -> Span:
        return self.clause.sentence.span


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A rough common beginning, enough to match `migration` with `migrating`."""
    word = fold(word)
    if len(word) > 5:
        word = _STEM.sub("", word) or word
    return word[:6]


_GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC)


def details(message: Message, context: Context) -> tuple[Detail, ...]:
    """One for each sentence of the body that has a specific word; names of the parties do not count."""
    return message.once(_details, context)


def _details(message: Message, context: Context) -> tuple[Detail, ...]:
    known = message.once(_known_stems, context)
    found = []
    previous_tied = False
    for clause in clauses(message):
        words = tuple([w for w in clause.sentence.words if (s := specific_stem(w)) is not None and s not in known])
        if not _FROM_ELSEWHERE.isdisjoint(clause.words):
            words = ()
        tied = next(_TIES.find(clause), None) is not None
        if words:
            found.append(Detail(clause, words, tied or previous_tied))
        previous_tied = tied
    return tuple(found)


def topics_touched(message: Message, context: Context) -> tuple[str, ...]:
    """The context's topics that the draft names: at least one telling word, most words of a short one."""
    return message.once(_topics_touched, context) if context.topics else ()


def _topics_touched(message: Message, context: Context) -> tuple[str, ...]:
    own = set(map(stem, message.vocabulary))
    known = message.once(_known_stems, context)
    return tuple(t for t in context.topics if _telling(t, known) & own)


@lru_cache(maxsize=50_000)
def specific_stem(low: str) -> str | None:
    """The stem of a word that would not fit any interview; None for one that would."""
    word = low.partition("'")[0]
    if word in _GENERIC or len(word) < 3 or (word.isdigit() and len(word) > 4) or word in _CHATTER:
        return None
    short = stem(word)
    return None if short in _GENERIC_STEMS else short


def anothers_topic(message: Message, context: Context) -> str | None:
    """A topic noted as another interviewer's ("Samir: label macros") that the draft gives to its reader."""
    readers = [fold(t.low) for t in message.addressees]
    for topic in topics_touched(message, context):
        owner, colon, _ = topic.partition(":")
        if not colon or len(owner.split()) > 2 or not readers:
            continue
        others = [p.name for p in context.interviewers if same_person(owner, p.name)]
        if others and not any(same_person(r, others[0]) for r in readers) and fold(owner) not in fold(message.low):
            return topic
    return None


def _telling(topic: str, known: frozenset[str]) -> set[str]:
    words = _TOPIC_WORD.findall(topic.lower())
    found = {stem(w) for w in words if w not in _GENERIC and len(w) > 2}
    return found - _GENERIC_STEMS - known


def _known_stems(message: Message, context: Context) -> frozenset[str]:
    named = [
        message.sender,
        message.to,
        context.recruiter,
        context.company,
        context.role,
        *(p.name for p in context.interviewers),
    ]
    words = {stem(part) for part in parts(" ".join(name for name in named if name))}
    words.update(stem(token.low) for token in message.addressees)
    return frozenset(words)
