"""How much a draft says that its writer wants this job: in words, in plans, in deeds, in litotes.

Source of the levels: 000.2, 001.6, 002.6, 003.2, 004.13. Nothing here waits for "excited".
"""

from dataclasses import dataclass
from enum import IntEnum

from reviewer.language.clauses import clauses, negated
from reviewer.language.cues import Cues, Match
from reviewer.language.tone import Tone, tones
from reviewer.message import Message

__all__ = ["Interest", "Strength", "interest"]


class Strength(IntEnum):
    """How plainly a passage shows that the writer wants the job."""

    AGAINST = -1  # lukewarm or conditional: "if nothing better comes up"
    FAINT = 1  # courteous, and said of any job: "I remain interested"
    PLAIN = 2  # wants it, and says or shows so


@dataclass(frozen=True, slots=True)
class Interest:
    strength: Strength
    match: Match


_PLAIN = (
    "not say i was not|never tempted|excited|sorry",
    "i|we live for",
    "fallen|fell for the|this|your",
    "would|should|shall ({adv}) (very_much) relish|enjoy making|having|building|doing|working|being|learning|seeing|starting|running|setting|helping|walking|the|that|it|them|this|writing|teaching|taking",
    "want|like|love ({adv}) (very_much) much to {join}",
    "i|that|it dream of|about",
    "choose|chose|pick|picked (the|your|you) $|olives|you|yours",
    "rooting|hoping|holding_out|crossing_my_fingers for that|it|this to_be",
    "got|gotten|get under|into my skin|head|blood",
    "want|like|love it|this|them|that to be me|mine|yours|us",
    "want to be good|better|useful|part at|of|to",
    "my name down",
    "have the rest|it|this as my job",
    "would be on|at|in it|there|your ~ tonight|tomorrow|now",
    "till|until my ~3 fall|fell|drop|dropped|ache",
    "a (whole) morning|day|afternoon|shift|week in|at|on|with your|the",
    # Wanting the job, said outright.
    "{am} ({adv}) ({adv}) ({adv}) {keen} about|to|on|for|by|at",
    "{adv} ({adv}) {keen} about|to|on|for|by|at|indeed",
    "{adv} ({adv}) {keen} $",
    "{am} ({adv}) {adv} {keen}",
    "^ (and|but) {adv} ({adv}) {keen}",
    "as keen|eager|enthusiastic|interested|excited|hopeful as",
    "keener|hungrier|more_interested|more_excited|more_eager|more_enthusiastic than|now|to|about|on",
    "even|only|all_the more interested|keen|eager|excited|enthusiastic|sure|certain|convinced|determined",
    "very|really|most|so|genuinely|truly|greatly|particularly|extremely|incredibly|super|highly|keenly|deeply|strongly|seriously|definitely|certainly|hugely|immensely|absolutely (much) interested|interesting in|to|for|by|because|especially|$",
    "very|really|most|so|genuinely|extremely|incredibly|super|highly|keenly|deeply|definitely (much) (still) interested",
    "still very|really|most|so|super interested",
    "more interested than|now|in|after",
    "strong|real|great|genuine|keen|serious|sincere|deep|lively|considerable interest in",
    "interest* me|us greatly|enormously|very|deeply|hugely|a_great|immensely|more",
    "interest|enthusiasm|excitement|desire|resolve grew|increased|deepened|strengthened|confirmed|grown|doubled|stronger",
    "confirm*|strengthen*|deepen*|reinforc*|increas*|sharpen*|cement*|heighten* my|our ({adv}) interest|enthusiasm|desire|wish|resolve|excitement",
    "my enthusiasm for|about",
    "enthusiasm|excitement for|about",
    "would|wld ({adv}) ({adv}) ({adv}) love|relish|adore to|the|this|it|that|being|working|nothing|a_job|doing|$",
    "would ({adv}) (very_much) like ({adv}) (very_much|so_much) to {join}",
    "would ({adv}) like that|this|it ({adv}) (very) much",
    "like|want|love nothing more|better",
    "would ({adv}) ({adv}) be ({adv}) ({adv}) {glad} (indeed) to {join}",
    "should ({adv}) (not) be ({adv}) {glad} to {join}",
    "be ({adv}) {glad} to get|have|be ~ job|role|position|post|part|team|yes|asked|chosen",
    "an honor|honour|privilege|a_joy|a_dream|a_privilege|a_delight|a_pleasure|fun|a_treat to {join}",
    "be ({adv}) an honor|a_privilege|a_dream|a_joy|a_thrill|a_dream_come_true",
    "it would mean a_lot|the_world|so_much|a_great_deal|everything",
    "i ({adv}) ({adv}) ({adv}) want to {join}",
    "i ({adv}) ({adv}) want in|it|this $",
    "i ({adv}) (do) want this|it|the|that job|role|position|post|one|badly|work",
    "made|make|makes|making me ({adv}) want|wish",
    "want|wanted the|this|that job|post|role|position|place (even) (more|before|from)",
    "hope|hoping ({adv}) (very_much) to {join}",
    "hope|hoping ({adv}) (that) (i|we) (can|will|get_to|might) (get_to) {join}|keep_going",
    "(very) much hoping|hope (that) we|i|to|it",
    "this|it|that is (the) one|job|role|work|place i ({adv}) want|would_love|hope",
    "one|job|role|place|post|position|team (that|which|where) i (would) ({adv}) ({adv}) want|prefer|hope|choose|would_choose|would_pick|keep_coming",
    "remains|is ({adv}) the one i",
    "where i ({adv}) ({adv}) want|would_like|see_myself|hope|belong|would_love|would_rather",
    "where my heart",
    "my|our ({adv}) first|top|preferred|favorite|clear|number_one choice|preference|pick|option",
    "first|top choice|preference ~ you|yours|your|here|is|remains",
    "would|will ({adv}) ({adv}) (much|far|sooo|sooner|still) rather be|work|join|do|take|come|it_be|stay|start|have_this|be_at",
    "i ({adv}) prefer|preferred yours|your|you|this",
    "yours is|would_be|remains ({adv}) the",
    "exactly|precisely|just the|what|where|why (kind|sort|type|job|work|place|problem|team) (of) ~4 i ({adv}) (want|like|love|enjoy|am|was|have|had|would|hoped|trained|came|applied|look)",
    "exactly|precisely|just what|where|why i",
    "kind|sort|type of ~6 i ({adv}) (have) ({adv}) (been|am|was|would) ({adv}) want|wanted|like|love|enjoy|looking|hoping|thrive|trained|happily|gladly|miss|missed|waiting|hope|after|need",
    "what i ({adv}) want|love|like|enjoy|trained|came|miss|missed|hoped|moved|do_best to_do|to_be|doing|for|most|from|here|$",
    "work|thing|job|role i (would) ({adv}) ({adv}) relish|love|want|enjoy|like|trained|moved",
    "work i ({adv}) want|love|like|enjoy|moved|trained|came",
    "right up|down my street|alley",
    "in my wheelhouse",
    "i have|was|had been ({adv}) looking|waiting|hoping|searching for|to",
    "i have ({adv}) waited|wanted|dreamed|dreamt|hoped ~6 years|life|this|since|ever",
    "since i was (a) four|five|six|seven|eight|nine|ten|twelve|little|child|kid|boy|girl|small|young",
    "reason i|to applied|want|joined|became|came|apply|would",
    "(big|large|main|huge|real) part|reason (of) why i",
    "why i|we want|applied|would|love|got|became|went|came|do",
    "reason|reasons|why i would love|like|join",
    "dream job|role|company|team|come|opportunity",
    "see|picture|imagine|saw|pictured|imagining|picturing|seeing|imagined myself",
    "i can|could ({adv}) ({adv}) (already|clearly|easily) see|picture|imagine myself|working|being|me|it|doing|how|fitting",
    "look*|forward to|for joining|contributing|working|starting|becoming|helping|building|bringing|learning|next|second|returning|continuing",
    "look* forward to meeting|seeing|the_possibility|the_chance|the_prospect|the_opportunity|a_second|the_next|coming|taking",
    "can not|hardly wait to",
    "can hardly wait",
    "more|even_more|further|twice_as|doubly|all_the_more sure|convinced|certain|determined|persuaded|confident (than) (ever) (that|i|this|it|about)",
    "convinced|certain|sure (that) this|it|your ~3 right|for_me|place|where|next",
    "right|ideal|natural|perfect|good|great place|role|fit|step|job|team|home|move for me",
    "the right|perfect|ideal place|role|fit|job|team|home|step",
    "would|will|should ({adv}) (suit|fit) me",
    "suits|suit|fits me ({adv}) well|perfectly|fine|down|nicely|beautifully",
    "count|put|sign me in|down|up",
    "sold|won|hooked me (on|over|completely|at|when)",
    "sold me",
    "i am|was ({adv}) sold|hooked|in|all_in|yours|up_for on|$|it|from|when|by",
    "well|really|totally|completely|so|definitely|defo up for it|this|that|the",
    "not|never cooled|wavered|dimmed|faded|waned|gone_off|changed_my_mind|lost_interest",
    "not cooled|wavered",
    "would|should not ({adv}) be (at) (all) sorry|sad|unhappy",
    "could|might do (a) (lot|great_deal|much) worse",
    "happily|gladly|cheerfully|willingly ({adv}) {join}|lose|give|trade|do|take|get|commute|walk|crawl|wait",
    "would|could happily|gladly|cheerfully",
    "would swap|trade|give my|up|an|anything|the",
    "give my|an|up ~4 to {join}",
    "i rather|do|really|so|sincerely|very_much hope (that) there|it|this|we|i|you is|will|works|get|can|comes|do|are",
    "fingers crossed|xx",
    "would|should ({adv}) (very_much) welcome|relish|value ~ second|further|chance|opportunity|next|conversation|meeting|interview|to|meeting|follow",
    "love|welcome|relish|jump_at|leap_at|grateful_for|appreciate the|a|another|any chance|opportunity|second|next|return to|of|with|interview|round|meeting|conversation",
    "motivated|inspired|energised|energized|encouraged by|to|about|me|$",
    "came|come|left|leave|walked|drove|went|got|cycled|headed ~6 wanting|inspired|energised|energized|excited|smiling|thinking|hoping|grinning|buzzing|convinced|keen|wishing|fonder|humming|sure|certain|hopeful|happier|hooked",
    "(more|even) fonder of",
    "strong|great|sincere|deep wish|desire to",
    "wish|wished|wishing i|we (could|had|was|were|would) ({adv}) (have) been_told|stayed|start|started|stay|joined|there|been",
    "made my day|week|month|afternoon|morning|year",
    "best|favorite|nicest|loveliest|kindest|finest|happiest|most_fun|most_enjoyable|most_interesting|least_stressful ~2 interview|conversation|hour|part|grilling|morning|afternoon|half|thing|chat|tour|minutes|question|bug|exam|problem|idea|day|meeting|two_hours ~4 i|of|in|all|this|that|ever|about",
    "i ({adv}) (did) ({adv}) loved|love|adored hearing|seeing|meeting|talking|learning|the|your|how|that|it|every|being|walking|watching|what|spending|our|getting|listening|everything|spending",
    "^ ({adv}) loved|adored",
    "we ({adv}) loved",
    "had (such) a|an blast|ball|brilliant_time|great_time|wonderful_time|lovely_time|absolute_blast",
    "i ({adv}) like|liked|admire|admired|love|respect (the) that|how|what|way|fact|idea (you|your|the)",
    "like|liked it ({adv}) (very|a_lot) much|lot",
    "appeal* ({adv}) (strongly|greatly) to me|us",
    "draws|drew|attracts|attracted|excites|inspires|grabbed|gripped|fascinates|thrills|charmed|decided|convinced me|us",
    "struck me (as)",
    "({adv}) resonat* ({adv}) (strongly|deeply) with me|us",
    "stuck|stayed|remained|stays|sticks|lodged|lingered|rang|sat with|in|true me|us|my",
    "has|have ({adv}) stuck|stayed|occupied|lingered|gripped|followed (with|in) me|my|us|since",
    "occupied|followed me since|home|all",
    "keep|keeps|kept|still|been|am|was|can|not|caught|catch|find|found (stop) (me|myself) (coming|going) thinking|turning|chewing|mulling|wondering|replaying|smiling|laughing|pondering|plotting|sketching|picturing|imagining|puzzling|grinning|tinkering|timing|humming|noodling|reflecting|ruminating|dreaming|coming_back|returning|going_back",
    "not|never stopped|stop|quit thinking|smiling|talking|telling|grinning|turning|laughing",
    "turn*|chewing|mulling ({adv}) (it|both|that|this|them) over|on",
    "going|turning|running over|round|through ~5 (in|on) (my|the|back) head|mind|back|ever|since",
    "(still) make*|made|had|has|have me laugh|smile|grin|smiling|laughing|thinking|grinning|chuckle",
    "taped|pinned|going|stuck|written|posted|scribbled ({adv}) (up) over|above|on|to|onto (my|the) desk|fridge|wall|mirror|board|door|monitor|whiteboard|notebook|laptop|dashboard",
    "say|just_say the word",
    "nothing would|could ({adv}) please|make|give|delight",
    "in a heartbeat|flash",
    "without a second thought",
    "jump at it|the|this",
    "i would ({adv}) ({adv}) thrive|flourish|fit_in|fit_right|feel_at_home",
    "feel|felt|feels ({adv}) (right|quite) at_home|right_at_home|like_home",
    "remain|remains|remained|continue|continues ({adv}) (to) (be|have|hold|feel) ({adv}) (a) {keen}|very|most|strong|hopeful|committed|deeply|keenly|eagerly",
    "continue|continues to ({adv}) (be|hold|have) (a|very|keenly|most|strongly) interested|strong|keen|excited|enthusiastic|motivated|eager",
    "passion* for|about",
    "thrilled|delighted|excited|glad|happy|honored|proud|eager|pleased at|by|about|with the|this|such ~ prospect|possibility|thought|idea|opportunity|chance|role|job|position",
    "excited|thrilled|delighted|eager to {join}",
    "possibility|prospect|idea|thought|chance of joining|working|helping|building|being|doing|becoming|returning|leading",
    "gladly|happily|warmly|wholeheartedly|eagerly accept",
    "i have my own",
    "more i think|hear|learn|read|thought|look ~8 more|better|surer|keener",
    "still ({adv}) want|hoping|hope|hopeful|keen|excited|eager|thinking|stoked|pumped|into|love|committed|dreaming|on_board|game (this|to|the|very|for|about|it|on|in|you|$)",
    "still (would) ({adv}) love|like|relish to",
    "still ({adv}) my first|number|top|favorite",
    "super|really|totally|seriously|so|still into the|this|it|that",
    "be|being (really) ({adv}) pumped|stoked|buzzing|psyched|chuffed|hyped",
    "^ super|so|totally|really|proper|dead pumped|stoked|keen|excited|buzzing|psyched|hyped|chuffed",
    "haven't|not cooled",
    "worth|well_worth getting_up|waiting|the_drive|the_wait|the_trip|the_commute",
    "not often|every_day i|you (drive|come|leave|walk|meet|hear|get)",
    "worth the (train|bus|drive) fare|trip|journey|drive",
    "would not have missed|swap|trade",
    "not have missed it|that",
    "spoiled|spoilt|ruined me for",
    "one ~3 who gets out",
    "(i) would ({adv}) (be) ({adv}) (run|sweep|ride|drive|walk|move|relocate|come|start|sign|pack) (with|for|to) (you) (tomorrow|tonight|today) tomorrow|tonight|heartbeat",
    "ride|work|start with|for you tomorrow|tonight|today",
    "would (very) much like|love|enjoy|welcome to|that|a|the",
    "remains|is ({adv}) (of) great|real|considerable|strong|particular interest",
    "would|could ({adv}) ({adv}) be ({adv}) (a) ({adv}) happy|thrilled|proud|delighted|lucky|glad|fulfilled there|here|with_you|on_your|at|in_that|in_your|doing|working|if_you|if_i",
    "hope this|it ({adv}) shows|conveys ~ keen|much|interest",
    "suit me|us down",
    "looking|look for ~ like|such|exactly ~ this|yours|that",
    "like yours|this ~5 i (have|am|was|would)",
    "want|wanted|wants|love|like to {join} at|with|for|in|on|alongside|under you|your|this|the|there|here",
    "where i {join}|want|grow",
    "give|put everything|my_all|all_i_have",
    "ready|set|prepared to start|go|begin|dive|roll|get|commit|relocate|move|jump",
    "could|can|would|will start|begin ({adv}) (as) (early|soon) tomorrow|monday|immediately|next|any|whenever|straight|right|at_once|within|on|as_soon|in",
    "i hope (very_much|you_will) (that) (to) be|have|call|see|get ~ (colleague|part|team|back|again|with_you|soon)",
    "hope|hoping (that) we|you can|will|get work|build|do|continue|keep|take|see|pick",
    "keep|bear|consider|have|hold|think_of me in|on|for mind|file|future|anything|any|another|next|other|similar|again|openings",
    "think of me",
    "apply|try|applying|interview|reapply again|next|another|whenever|in_future|if|when|anew",
    "would|will|shall|should ({adv}) ({adv}) apply|reapply",
    "again|else|another|other|future|further opens|comes|opening|openings|opportunity|opportunities|role|roles|post|posts|vacancy|vacancies|position|positions|intake|chance|chances ~4 (up|would|please|love|like|hope|i|at|in|with|arise*|should)",
    "kept|keep in|on mind|file|touch|loop",
    "back door|in_line|first_in_line",
    "all the best thing",
    "i believe|think|know|feel (that) this|it|we would|could|will ({adv}) be (a|the) ({adv}) great|right|good|happy fit|place|match|team|home",
    "(more|most) (than) excited",
    "remain hopeful",
    "eager|eagerly|keenly await*|looking|hoping|anticipating",
    "pleasure|joy to {join}",
    "what a job|place|team|kitchen|school|project|library|shop|setup",
    "such a good|great|clever|smart|lovely|brilliant|neat|simple idea|team|place|question|approach|way",
)

_DEED = (
    # Done since the interview, because of it.
    "i|we have {since} {did}",
    "i have ({since}) ({since}) {did} (it|the|your|that|my|up|out|a|through|into|some|both)",
    "have|had since {did}|been|had|done|passed|finished|taken|sat|run|set|made|put",
    "i|we went|got|drove|walked|came (straight|right|directly) home|back|out|off|away ~3 and|to {did}|put|set|spent|sat|made|opened|built|read|look|see|try|check|draw|write|find|test|tell|told",
    "on|during|all|for the|my (whole) {ride} home|back|down|to",
    "last_night|this_morning|this_afternoon|tonight|this_evening|that_evening|over_the_weekend|yesterday_evening|at_lunch|over_lunch|that_night|at_the_weekend|that_afternoon i|we ({since}) (finally|sat|went|stayed) {did}|put|made|up|down|had|spent|set",
    "i {did} ~8 last_night|this_morning|this_afternoon|tonight|this_evening|over_the_weekend|at_the_weekend|yesterday_evening|after_we|since_we|since_our|because_of|when_i_got_home|afterwards",
    "i drove|walked|cycled|visited|rode the|your|past|by|to|out|over|down|through",
    "i rewrote|reran|re-ran|reread|re-read|redrew|rebuilt|retraced|prototyped|mocked|sketched|reworked",
    "been|have_been ({adv}) reading|building|sketching|drawing|practising|practicing|studying|learning|testing|playing|tinkering|plotting|researching|prototyping|drafting|listening|watching|experimenting up|on|about|through|with|alternatives|the|your|a|at|out|it|to|my|how|some|since|ever|all|into",
    "i have ({adv}) kept|cleared|blocked|freed|held|moved|booked out|free|off|up|saturday|friday|monday|tuesday|wednesday|thursday|sunday|my|next|the|all ~4 (free|shift|diary|calendar|in_case|for|so|to)",
    "kept|cleared|blocked (out) saturday|friday|monday|tuesday|wednesday|thursday|sunday free|in_case|for",
    "i ({adv}) have a|an|some|one|two|three (few|rough|small|couple) idea|ideas|plan|plans|theory|hunch|bet|draft|sketch|sketches|thoughts|questions",
    "ever since you|our|we|i",
    "(is|are) half|already filled|done|packed|written|signed|booked|drafted|sketched",
    "pulling|making|building|trying|testing|running|cooking|drawing|playing ~3 at home|on my own|in the evenings to check|see|learn|practise",
    "i ({adv}) started|began|opened|bought|ordered ~4 because_of|tonight|after_we|for_it|last_night|this_week|as_soon",
    "attach*|enclos* ~8 for_you|you_asked|we_discussed|your_question|you_mentioned|you_wanted",
    "told|telling|tell my|everyone|people|anyone ~4 about your|the",
)

_PLAN = (
    # Readiness for the next step, put as a wish or an offer of one's own time.
    "{glad} to come|return|meet|teach|try|shadow|ride|spend|sit|start|visit|present|demonstrate|train|cook|interview|go_again|do_the|do_a|do_that|do_another|do_it|be_back",
    "could|can|will|would ({adv}) come|do|bring|meet|teach|start|be|drop|run ~8 any|whenever|trial|weekend|hour|morning|day|time|next|tomorrow|saturday|sample|round|anytime",
    "for a|the|that|any|another trial|working|sample|taster|shadow|technical|second|next|paid (shift|day|interview|lesson|round|run|visit|stage|meeting|trial|weekend|session)",
    "ready|free|available|here for|whenever|any the|you|time|a|your",
    "at your disposal",
    "i|we ({adv}) (would) welcome|appreciate|love|like (the|a|another|to) (chance|opportunity) ~ come|return|meet|discuss|continue|talk|speak|visit|conversation|meeting|interview",
)

_FAINT = (
    "interested|interest in|to|by|$",
    "of interest",
    "good|great|strong|excellent|perfect|right|ideal|natural fit|match|asset|addition|candidate",
    "(an) asset to",
    "confident|believe|convinced|sure|certain ~8 skills|experience|background|qualifications|fit|match|asset|requirements|suited|contribute",
    "look* forward to|for",
    "contribut* to",
    "happy|glad|pleased|willing to give|take|have ~8 go|shot|try",
    "take the|this job",
    "pleasure|enjoyed|lovely|impressed|exciting|enthusiasm|enjoyable",
    "hope|hoping to",
    "dream",
    "work for|with|at you|your",
)

_AGAINST = (
    "fine|happy|ok|okay|content with either|whichever",
    "either|whichever (one|of_them) would|will ({adv}) do|suit|be_fine",
    "not say i was|am|felt|would ({adv}) tempted|excited|keen|thrilled|sold|convinced",
    "would|could not say no to",
    "think of worse ways|places|jobs",
    "if|unless nothing|something better",
    "nothing better",
    "if it comes (down) to that|it",
    "prepared|willing|open|content to consider|entertain",
    "still open to",
    "give it|this|the|role ~4 a go|shot|whirl|try|bash",
    "also of interest",
    "seems|appears|looks (to) (be) ({adv}) (a|an) interesting|fine|ok|okay|consistent|acceptable|suitable|decent|reasonable|alright",
    "do for now",
    "no strong objection|objections|preference",
    "not fussed|bothered",
    "job or no job",
    "any suitable opening|vacancy|role|position",
)

_CUES = Cues({"plain": (*_PLAIN, *_DEED), "plan": _PLAN, "faint": _FAINT, "against": _AGAINST})


def interest(message: Message) -> tuple[Interest, ...]:
    """Every passage that shows interest, or the lack of it, in the order of the sentences."""
    return message.once(_interest)


def _interest(message: Message) -> tuple[Interest, ...]:
    found = []
    orders = {t.match.clause.index for t in tones(message) if t.tone is Tone.ORDER}
    for clause in clauses(message):
        if clause.index in orders:
            continue
        for match in _CUES.find(clause):
            if message.quoted(match.span):
                continue
            if match.label == "against":
                found.append(Interest(Strength.AGAINST, match))
            elif match.label == "faint" or negated(match):
                found.append(Interest(Strength.FAINT, match))
            else:
                found.append(Interest(Strength.PLAIN, match))
    return tuple(found)
