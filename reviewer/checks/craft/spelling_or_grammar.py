"""Slips that a second reading would have caught."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit, Safety
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.message import Message, Span
from reviewer.patterns import pattern

# Misspellings met in letters, each with its right form; none is a word or a name of its own.
_MISSPELT = {
    "recieve": "receive",
    "recieved": "received",
    "definately": "definitely",
    "seperate": "separate",
    "seperately": "separately",
    "occured": "occurred",
    "oppurtunity": "opportunity",
    "oportunity": "opportunity",
    "opportunty": "opportunity",
    "interveiw": "interview",
    "intrview": "interview",
    "inteview": "interview",
    "excitment": "excitement",
    "enthusiam": "enthusiasm",
    "apreciate": "appreciate",
    "appriciate": "appreciate",
    "greatful": "grateful",
    "gratefull": "grateful",
    "thankyou": "thank you",
    "truely": "truly",
    "sincerly": "sincerely",
    "sincerley": "sincerely",
    "untill": "until",
    "wich": "which",
    "becuase": "because",
    "beleive": "believe",
    "experiance": "experience",
    "managment": "management",
    "proffesional": "professional",
    "profesional": "professional",
    "recomend": "recommend",
    "reccomend": "recommend",
    "accross": "across",
    "adress": "address",
    "alot": "a lot",
    "comming": "coming",
    "tommorow": "tomorrow",
    "tomorow": "tomorrow",
    "yesteday": "yesterday",
    "realy": "really",
    "detial": "detail",
    "personaly": "personally",
    "insted": "instead",
    "shud": "should",
    "wld": "would",
    "teh": "the",
    "adn": "and",
    "yous": "you",
    "informations": "information",
    "knowledges": "knowledge",
    "feedbacks": "feedback",
    "equipments": "equipment",
    "advices": "advice",
    "succesful": "successful",
    "sucessful": "successful",
    "posession": "possession",
    "independant": "independent",
    "neccessary": "necessary",
    "necesary": "necessary",
    "embarass": "embarrass",
    "occassion": "occasion",
    "calender": "calendar",
    "buisness": "business",
    "enviroment": "environment",
    "goverment": "government",
    "garantee": "guarantee",
    "higly": "highly",
    "intrested": "interested",
    "intersted": "interested",
    "collegue": "colleague",
    "colleage": "colleague",
    "commited": "committed",
    "foward": "forward",
    "forword": "forward",
    "persue": "pursue",
    "relevent": "relevant",
    "responsibilty": "responsibility",
    "strenghts": "strengths",
    "wether": "whether",
    "wierd": "weird",
    "writting": "writing",
    "hestitate": "hesitate",
    "hesistate": "hesitate",
}
_APOSTROPHES = {
    "dont": "don't",
    "didnt": "didn't",
    "doesnt": "doesn't",
    "cant": "can't",
    "wont": "won't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "havent": "haven't",
    "im": "I'm",
    "ive": "I've",
    "thats": "that's",
    "whats": "what's",
    "theres": "there's",
    "wouldnt": "wouldn't",
    "couldnt": "couldn't",
    "heres": "here's",
    "youre": "you're",
}
_RIGHT = {**_MISSPELT, **_APOSTROPHES}
_SMALL_I = pattern(r"(?<![\w'.-])i(?=(?:'(?:m|d|ve|ll))?[\s,])")
_DOUBLED = pattern(r"\b(the|a|an|to|of|and|you|for|with|at|my|your|i|we) \1\b")
_GRAMMAR = Cues(
    {
        "You mean interested.": (
            "i am|was (very|really|so|also) interesting in|to|about",
            "very interesting in this|the|your|joining",
        ),
        "It is looking forward to …ing.": (
            "look|looking|looks forward (to) hear|meet|see|work|join|speak|discuss|learn",
            "look forward for",
        ),
        "Use the simple form.": ("i am having|knowing|wanting|agreeing|understanding|owning",),
        "One comparison is enough.": ("more|most easy|easier|better|fast|faster|quick|cheap|nice|nicer",),
        "Subject and verb do not agree.": (
            "people was|is|has",
            "we|they|you was",
            "he|she have|do",
            "it have",
        ),
        "Wrong form after have.": (
            "i|we|he|she|they|you have|has|had wrote|went|saw|did|came|gave|took|spoke|began|chose",
        ),
        "No “to” after this verb.": (
            "must|can|could|should|would|may to be|do|have|return|go|come|work|make|send|know|leave",
        ),
        "It is “told me that …”.": (
            "say|said me",
            "explain|explained me",
            "you (had) told that",
            "told that",
        ),
        "A deadline takes “by”.": (
            "informed|know|decide|decision|answer|come|inform|decide|finish until|till ~ monday|tuesday|wednesday|thursday|friday|march|april|may|june|july|10|20|15",
        ),
        "A length of time takes “for”.": ("since (last) 2|3|5|10|15|20|two|three|five|ten days|weeks|months|years",),
        "It takes the -ing form.": (
            "for show|give|make|meet|inform|know|decide|take me|you|the|to|your|this|$",
            "thanks|thank (you) for give|take|have|show",
        ),
        "You mean current.": ("my actual company|job|employer|position", "in actual company"),
        "It takes the plural.": (
            "one of my|the|your|our reason|question|colleague|point|project|customer|thing",
            "two|three|four|five year|month|week|second|neighbour|report|day",
        ),
        "It takes an article or another word here.": (
            "i have good|nice week|day",
            "you|i have good week",
            "in last two|three|five years",
        ),
        "You mean it's.": ("its a|an|the|been|literally|not|very|so|great|good|just",),
        "You mean have.": ("would|could|should of been|done|had|liked|loved",),
        "You mean you're.": ("your welcome|amazing|kidding",),
        "You mean know.": ("let me no",),
        "The verb takes another form here.": ("write for to", "i wait your|for_your", "am agree|disagree"),
    }
)


@check(
    Flags(
        text="Hi Ana,\n\nThank you for the interveiw today.\n\nBo",
        at="interveiw",
        fixed="Hi Ana,\n\nThank you for the interview today.\n\nBo",
    ),
    Flags(text="Hi Ana,\n\nI am very interesting in this position.\n\nBo", at="I am very interesting in"),
    Passes(text="Hi Ana,\n\nThank you for the patient hearing today; the maté and the rompers were a treat.\n\nBo"),
    Passes(text="Hi Ana,\n\nIt was very interesting to hear how it's done.\n\nBo"),
)
def spelling_or_grammar(message: Message, context: Context) -> Iterator[Hit]:
    """They read your writing as a sample of your work: one slip is human, three look careless."""
    yield from _misspelt(message)
    for clause in clauses(message):
        for match in _GRAMMAR.find(clause):
            if not message.quoted(match.span) and "-" not in match.span.of(message.text):
                yield Hit(match.label, match.span, None, Degree.SLIGHT)


def _misspelt(message: Message) -> Iterator[Hit]:
    text = message.text
    if not message.vocabulary.isdisjoint(_RIGHT):
        for token in (t for s in message.sentences for t in s.tokens if t.low in _RIGHT):
            right = _RIGHT[token.low]
            capital = text[token.start].isupper() and not right[0].isupper()
            yield _slip(f"Write “{right}”.", token.span, right[0].upper() + right[1:] if capital else right)
    small = any(mark in message.flat for mark in (" i ", " i'", "\ni ", "\ni'", " i,"))
    for part in message.body:
        for match in _SMALL_I.finditer(message.flat, part.start, part.end) if small else ():
            yield _slip("Write “I” with a capital.", Span(match.start(), match.start() + 1), "I")
        for match in _DOUBLED.finditer(message.low, part.start, part.end):
            yield _slip("A word stands here twice.", Span(match.end(1), match.end()), "")


def _slip(said: str, span: Span, right: str) -> Hit:
    return Hit(
        said,
        span,
        Fix(f"Write {right}" if right else "Take it out", (Edit(span, right),), Safety.SAFE),
        Degree.SLIGHT,
    )
