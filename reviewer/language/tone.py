"""How a draft sounds: gush, slang, apology, running oneself or others down, talk of pay.

Sources: 001.8, 002.6, 002.11, 003.6, 004.13. Only the writer's own words count, not what stands in
quotation marks.
"""

from dataclasses import dataclass
from enum import StrEnum

from reviewer.language.clauses import clauses, negated, reported
from reviewer.language.cues import Cues, Match
from reviewer.message import Message, Span

__all__ = ["Tone", "Tones", "tones"]


class Tone(StrEnum):
    GUSH = "gush"  # praise or feeling nobody can believe
    SLANG = "slang"  # chat talk
    FAMILIAR = "familiar"  # flirting, bragging, sneering, threats to behave badly
    APOLOGY = "apology"
    LATE_APOLOGY = "late_apology"
    SELF_DEPRECATING = "self_deprecating"
    NEGATIVE = "negative"
    PAY = "pay"
    CONDITION = "condition"
    WITHDRAWAL = "withdrawal"
    ORDER = "order"  # words to a reviewing machine, not to the reader


@dataclass(frozen=True, slots=True)
class Tones:
    tone: Tone
    match: Match

    @property
    def span(self) -> Span:
        return self.match.span


_TABLE = {
    Tone.GUSH: (
        "greatest|best|most_amazing|most_incredible|finest|coolest|most_inspiring ~4 on|in|of the|this|planet|all planet|world|universe|history|state|country|earth|time|city",
        "day|hour|interview|experience|moment|conversation|thing|meeting of|in my (entire|whole) life|career",
        "my|your (literal|absolute|total|ultimate) idol|hero|destiny|soulmate|inspiration|role_model",
        "literally ({adv}) my|the (absolute|whole|entire) dream|destiny|idol|life|passion|best|favorite|greatest|perfect|hero",
        "dream come true",
        "change|changed|changing|changes my life",
        "hold a candle to",
        "biggest|number_one|greatest fan",
        "blessed and humbled",
        "honored blessed|humbled|and_blessed",
        "learn|sit at your|the feet",
        "nobody|no_one|nothing|never (on|in|has|have|ever) ~6 (wants|want|wanted|loves|inspired) ~ more than_me|than_i|in_my|than_this",
        "no one|nobody on this|the planet|earth",
        "obsessed|in_love|head_over_heels with|for you|your|the|this|everything",
        "fell|falling|fallen (completely|totally|head|madly) in love with",
        "love love (love)",
        "over the moon about|to|with|at",
        "meant to be",
        "it is|was (literally|truly|clearly) (my) fate|destiny|a_sign|written_in",
        "words can not|fail|do_not",
        "beyond words|honored|excited|thrilled|grateful|amazing|blessed",
        "mind-blowing|life-changing|out_of_this_world|once-in-a-lifetime|breathtaking|jaw-dropping|awe-inspiring|phenomenal",
        "most amazing|incredible|inspiring|brilliant|visionary ~3 i (have) ever|company|person|leader|team|firm",
        "shaking|trembling|crying|speechless|in_tears|in_awe|starstruck|floating|walking_on_air|on_cloud_nine|screaming",
        "cloud nine",
        "walking on air",
        "she|he|mom|mum cried",
        "for free",
        "run|walk through a|fire|walls ~ wall|fire|walls",
        "eternally|forever|endlessly|infinitely|ever grateful|indebted|thankful",
        "visionary|genius|legend|rockstar|rock_star|goddess|guru|trailblazer|force_of_nature|powerhouse",
        "thank you thank you",
        "perfect in every way",
        "everything i have ever dreamed|wanted",
        "greatest sales|mind|leader|brewery|team|company",
        "born to do|be|work|join",
        "live and breathe",
        "every|any fibre|fiber of my",
        "best week|day|company|boss|team ever",
    ),
    Tone.SLANG: (
        "lol|lmao|rofl|omg|haha|hahaha|hehe|lolz|idk|tbh|imo|smh|yolo|fomo|btw|fyi|def|prolly|kinda|sorta|dunno|gonna|lemme|gimme|bruh|bro|dude|fam|nite|tonite|hun|babe|xxx_hun|xo|xoxo|asap_lol|ciao_bella|shud|cuz|bc|rly|realy|thx|plz|pls|wat|ur|sry",
        "hey hey",
        "thanks a mil",
        "4 interview|me|you",
        "hook me up",
        "hit me up",
        "you guys rock|rule|are",
        "good|great stuff|vibes|energy",
        "what is up",
        "no worries if",
    ),
    Tone.FAMILIAR: (
        "grab|have|fancy|get|buy|share a|some (quick|cheeky) drink|drinks|beer|beers|pint|dinner|cocktail|cocktails|wine ~ sometime|with|together|tonight|or|this|to|after|with_you|on|some",
        "beautiful|gorgeous|lovely|pretty|great|stunning|amazing|hot|cute smile|eyes|legs|figure|hair|body|energy|accent|voice",
        "you are|look|looked ({adv}) gorgeous|stunning|cute|hot|beautiful|sexy|attractive|pretty",
        "job or no job",
        "or not about the job",
        "done deal",
        "when do i start",
        "reckon|guess|assume|take_it|presume i am in|hired",
        "your loss",
        "good luck ~8 need it",
        "ball is in",
        "you know what i can|bring",
        "need somebody|someone|people like me",
        "think|reckon|believe you are making a (big|huge|real) mistake",
        "making a (big|huge|terrible|grave) mistake",
        "making a mistake",
        "do not|not|hate play|playing games",
        "to be honest|frank it slipped|i forgot|not",
        "slipped my mind",
        "not a morning person",
        "whether you like it or",
        "frankly|quite_frankly the|i|your|you|this",
        "kind of|kinda|a_bit|pretty|rather dated|ugly|boring|outdated|rubbish|lame|amateur|old-fashioned",
        "whom i know socially|well|personally",
        "hr girl|lady|woman|guy|bloke",
        "you guys seem|are|look",
        "smash|smashed|nailed|killed|aced|crushed it|the_interview|that_interview",
        "went amazing|perfect|brilliantly|awesome",
        "talk soon|later whether|sexy|babe",
        "best candidate|choice|applicant|person|hire you|for_the_job|by_far|here",
        "will not find|get anyone|anybody|someone|a better",
        "nobody else comes_close|could_do",
        "owe me|you_one",
        "lucky to have|get me",
    ),
    Tone.APOLOGY: (
        "sorry (again) (to|for) ~ bother|bothering|disturb|disturbing|trouble|troubling|chase|chasing|pester|pestering|keep|take|taking|wasting|buzz|nag|nagging|another|intrude|intruding|bug|bugging|harass|this_email|this_message|the_email|interrupt|contact|write|writing|email|be_a|being|the_trouble|any_worry|having|my|rambling|the_long|going_on|freezing|waffling|if|delay|the_delay",
        "sorry|apologies|apologise|apologize|apology again|once_more",
        "sorry (again) for taking|wasting|all|the_delay|my|any|being|having|freezing|troubling|bothering|rambling|the",
        "so|very|really|terribly|awfully|extremely|truly|deeply|incredibly sorry to|for|this|about|i|that|if|again",
        "i|my ({adv}) apologise|apologize|apologies|apology",
        "apologies for|again|if|that|i_have",
        "forgive|excuse|pardon my|me|the|this|any impolite|long|late|rambling|english|intrusion|delay|silence|message|email|boldness|nerves|if",
        "hope (i|this|it|you) (am|is|do) not ~ bother*|disturb*|troubl*|mind|too_much|annoying|a_nuisance|intrud*|inconvenien*",
        "hate|hated|do_not_want|not_mean|not_wish|never_want|do_not_like to (be|have_to|keep|ever) bother|disturb|trouble|pester|a_pest|a_nuisance|a_pain|intrude|bug|nag|annoying|a_bother|a_burden|emailing",
        "kicking myself",
        "i feel (so|really|just|absolutely) terrible|awful|bad|dreadful|guilty|stupid|embarrassed|mortified about|for|that",
        "know|realise|realize|sure you are ({adv}) (busy|swamped|slammed|snowed_under) ~6 bother|last_thing|but_i_just|sorry|hate",
        "if it is not too much trouble|bother",
        "waste|wasting|wasted any_more|your|more (of) your|time",
        "taking|took|take (up) (too) (much) (of) your time ~ again|sorry|with",
    ),
    Tone.SELF_DEPRECATING: (
        "i know (that) i (am|was) not (the|as|exactly|quite|very) most|best|strongest|obvious|experienced|good|qualified|ideal|perfect|strong|your|typical|natural",
        "not|probably the|as most|best|strongest|worst experienced|qualified|candidate|applicant|polished",
        "i am|was|am_probably not the ({adv}) strongest|best|most|obvious|smartest|ideal|right",
        "i am|was|was_not|am_not (not) as experienced|qualified|strong|clever|polished",
        "probably|maybe|perhaps|likely|surely|obviously not|the|did_not|blew|bombed|messed|rambled|bored|sounded|came_across|talked|the_last|seemed ~ strongest|best|last|right|good|enough|well|it|idiot|fool|stupid|awful|much|person|worst|least|you|nervous",
        "i ({adv}) blew|bombed|flunked|messed|screwed|botched|fluffed|tanked|rambled|stumbled|froze|babbled|waffled|choked|butchered it|up|that|the|my|on|over|through|too|a_bit|and|badly|when|during|quite",
        "blown|bombed|flunked it|the|that|my",
        "made a|such a fool|mess|hash|idiot of|out",
        "came|come across as nervous|stupid|an_idiot|awkward|weird|boring|unprepared|a",
        "last (thing|person) on your mind|list",
        "everyone|everybody|others|other_candidates|the_others else (was|is|were|are|probably|must|will) have|be|far|way|so|much|more|better|probably",
        "way more|better qualified|experienced",
        "more qualified|experienced than me|i_am",
        "would understand if you (went|chose|picked|did|do|go|prefer|choose|decide|decided|wanted|found|never|had|have|hired) ~6 else|other|someone|one|lads|stronger|better|not|another|experienced|more|forgotten|me",
        "not the (sort|kind|type) of person who|that",
        "i am (just|only|probably|really) (a|an|not) nobody|beginner|failure|loser|idiot|mess|good_enough|fool|nuisance|burden|very_good|much_of",
        "i always|never come|get|win|interview second|last|picked|chosen|well|it",
        "my english (was|is|were) poor|bad|terrible|weak|not|awful|very",
        "do not|not want to waste any_more|more|your",
        "nervous as you|wreck|and_it|and_i|mess|throughout|rambling",
        "do not|please hold|against it|the|me ~ against (me)",
        "i was|am (a) (bit|little|so|really|very|pretty|clearly) a_mess|all_over_the_place|rubbish|useless|terrible|hopeless|awful|pathetic|tongue-tied|out_of_my_depth|waffling|rambling|embarrassing",
        "usually|normally (much|far|a_lot) better",
        "even to sweep",
        "must have|be|seem sounded|looked|seemed|thought|come ~ silly|stupid|mad|desperate|idiot|fool|crazy|unprepared|annoying|ridiculous|pathetic",
        "sure you (have|had|met|saw|found|can|will) (many|better|far|more|plenty|much|stronger) better|stronger|more|of|candidates|qualified|others|people",
        "you can overlook|forgive|look_past|see_past my|the|how",
        "do not have much|enough|any|a_lot|the (experience|to_offer|right|qualifications|same) but|and|compared|of",
        "lack (of) (the) experience|confidence|skills|qualifications",
        "know i do_not|did_not have|do|look|come|answer|give ~6 best|experience|well|good|enough|much|others|right|account|justice",
    ),
    Tone.NEGATIVE: (
        "boss|manager|employer|company|chef|supervisor|management|owner|director|colleagues|department ~6 is|was|are|were|could_not|can_not|has_no|have_no ~3 joke|toxic|awful|terrible|nightmare|incompetent|useless|idiot|idiots|clueless|disaster|mess|hopeless|liar|bully|lazy|rubbish|dreadful|shambles|circus|horrible|drunk|crook|clue|petty|miserable|chaotic|run_a",
        "management|boss|place|company is|are|was a|an|such|so|total|complete|absolute joke|mess|nightmare|disaster|shambles|circus|zoo",
        "get|getting out of|away_from (here|there|my|this|that|the) current|place|toxic|job|mess|hell|dump|shambles|company|office|boss",
        "could not|can_not find|run|organise|organize|manage|tell|spell|boil|lead ~ a|an|his|her|their|its|egg|bath|stud|torque|way|party|kettle|backside|elbow|piss-up",
        "gave it to (his|her|the|their|some) buddy|nephew|mate|friend|son|girlfriend|favorite|boyfriend|niece|cousin|golfing",
        "gave|give it|that|the_job|them to (the) (his|her) nephew|buddy|mate|son|niece|cousin|golfing",
        "lied|cheated|screwed|bullied|stabbed|exploited|betrayed (to) me|us|over|about|in",
        "only got it|the_job|there|promoted|hired because",
        "he|she|boss|manager|owner|chef is|was|are ~3 drunk|tight|idiot|lazy|liar|snake|clueless|bully|incompetent|useless|joke|toxic|nasty",
        "did not seem|appear|bother to have ({adv}) (even) read|opened|looked|prepared",
        "had not read|looked|bothered|prepared|opened my|at|the|for|to",
        "kept|keeps|was|spent (looking|checking|staring|glancing|playing|half) ~3 (at|on|with|his|her|their) phone|watch|laptop|screen",
        "guy|girl|woman|man|person|candidate|candidates|bloke|lad|lot|people|one before|after|waiting|in|ahead|next (me|reception|the|line|to) ~4 looked|seemed|was|were|did_not|clueless|hopeless|nervous|idiot|had_no|sounded|could_not",
        "looked|seemed|sounded|was clueless|hopeless|lost|half_asleep|bored|disinterested|uninterested|out_of_his|out_of_her|unprepared",
        "whoever (designed|runs|ran|wrote|made|set|built|did|decided|thought|planned|picked) ~8 never|should|clearly|obviously|must|does_not|did_not|has_no|had_no|needs",
        "never (work|go) (back|for|with) there|him|her|them|those|that",
        "toxic workplace|environment|culture|boss|manager|place|company|team|people|office",
        "everybody|everyone|nobody (in_town|knew|there|here) knew|knows|does|said|cares|said_something",
        "kid with an mba",
        "and|but we know|all_know how that ends|ended|goes|went",
        "who are a mess|joke|nightmare",
        "decided before|beforehand|already|in_advance",
        "already in the building",
        "how ~4 function|department|process|company|place|team|hr is|are run|managed",
        "there is no misunderstanding as to who",
        "who (has_been|is|was) holding this|it|things up",
        "a stitch-up|sham|farce|set-up|box-ticking|inside_job|foregone_conclusion",
        "not (even) bother|manage|have_the_decency to turn|show|learn|remember|get|reply|read|look|tell",
        "unlike (the|your|my|some|other|that|those|certain) other|others|rest|candidate|candidates|current|competitors|people|place|companies|lot|boss|one",
        "in spite of a|my|the",
        "ex was supposed|useless|never",
        "my ex ~6 did_not|never|useless|supposed",
        "rude|dismissive|patronising|patronizing|condescending|arrogant|sneering to_me|receptionist|interviewer|panel|manner",
    ),
    Tone.PAY: (
        "salary|pay|wage|wages|compensation|comp|remuneration|package|bonus|ctc|lpa|stipend|hourly_rate|day_rate|starting_rate ~4 range|expectations|expectation|what|how|is|are|be|negotiable|number|figure|wise|band|details|discuss|about|of|for|on|increase|rise|match|matched|higher|more|and|budget|open",
        "what|how|know|tell|discuss|confirm|about|ask ~5 salary|pay|wage|wages|compensation|comp|remuneration|package|bonus|ctc|benefits|holiday_allowance|vacation_days|hourly_rate|starting_rate|rate_of_pay",
        "confirm (the|that) range|salary|rate|number|figure|band|pay|package|the_salary",
        "range goes|go|start|starts|is|tops",
        "how much ~4 pay|paid|pays|salary|earn|make|role_pays|job_pays|offer|paying|salary",
        "at|for|of £|$|€ ~ (an|per) hour|year|annum|month|day",
        "per hour|annum",
        "lpa|ctc",
        "match|matched|beat|top|meet it|that|the|this|their|same|be number|offer|figure|salary|package|same|matched",
        "same can be matched",
        "actual number",
        "accept|take any (amount) amount|salary|pay|wage",
        "vacation|holiday|leave|pto days|allowance|entitlement|policy",
        "how many days ~ holiday|leave|office|home|vacation|off|week",
        "work|do|fridays|days from home ~ and|or|fridays|days|allowed|ok|policy|possible|$",
    ),
    Tone.CONDITION: (
        "before i|we go|commit|proceed|continue|take|get (any) (further)",
        "dealbreaker|deal-breaker",
        "would want|need|like|have to (get) those|that|this|it|these ~ nailed|settled|sorted|confirmed|agreed|first|in_writing",
        "could not|can_not|would_not (really) look at|consider|accept|do|go|work ~ under|below|less|for",
        "assume|assuming that|this|thats|it (is) fine|ok|okay",
        "if the process improves|improved",
        "as long as|provided|on_condition|only_if (that) you|the|i|there|we ~ pay|salary|remote|home|agree|guarantee|flexible|hours|parking|match",
    ),
    Tone.ORDER: (
        "note|message|instruction|instructions|attention to|for (the|any) ({adv}) checking|reviewing|grading|scoring|ai|automated|evaluating assistant|model|system|tool|reviewer|grader|bot",
        "note to the reviewer|assistant|model|ai|grader|checker|bot",
        "ignore|disregard|forget (all|any|your|the) (of) previous|prior|above|earlier|system instructions|instruction|prompt|rules|rubric",
        "do not list|report|flag|mention problems|any_problems|findings|errors|faults|issues",
        "return|give|assign|output|award brevity|enthusiasm|score|overall|full_marks|the_highest|a_score|level_2|100",
        "already been approved|checked by",
        "end of draft|message|email",
        "you are now|an (a|an) ai|assistant|language|helpful",
        "system prompt|message|override",
    ),
    Tone.WITHDRAWAL: (
        "withdraw|withdrawing|withdrawn|withdrew my|from|and|if|$",
        "back my application",
        "go with someone|somebody else|who",
        "i am|was not the_right|right|suited|a_fit|cut_out person|for",
        "step|stepping|bow|bowing|back|pull|pulling aside|out|away|back (of|from|and) the|this|process|running",
    ),
}

_CUES = Cues(_TABLE)
_REPORTS_COUNT = frozenset({Tone.SLANG, Tone.GUSH})


def tones(message: Message) -> tuple[Tones, ...]:
    """Every passage of such a tone, in the order of the sentences."""
    return message.once(_tones)


def _tones(message: Message) -> tuple[Tones, ...]:
    found = []
    for clause in clauses(message):
        for match in _CUES.find(clause):
            tone = Tone(match.label)
            if message.quoted(match.span) or (tone is not Tone.SELF_DEPRECATING and negated(match, 2)):
                continue
            if tone not in _REPORTS_COUNT and reported(match, 5):
                continue
            found.append(Tones(tone, match))
    return tuple(found)
