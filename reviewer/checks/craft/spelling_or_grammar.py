"""Slips that a second reading would have caught."""

import re
from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit, Safety
from reviewer.message import Message, Span

# Misspellings met in letters, each with its right form; none is a word or a name of its own.
_MISSPELT = {
    "recieve": "receive", "recieved": "received", "definately": "definitely", "seperate": "separate", "seperately": "separately",
    "occured": "occurred", "oppurtunity": "opportunity", "oportunity": "opportunity", "opportunty": "opportunity", "interveiw": "interview",
    "intrview": "interview", "inteview": "interview", "excitment": "excitement", "enthusiam": "enthusiasm", "apreciate": "appreciate",
    "appriciate": "appreciate", "greatful": "grateful", "gratefull": "grateful", "thankyou": "thank you", "truely": "truly", "sincerly": "sincerely",
    "sincerley": "sincerely", "untill": "until", "wich": "which", "becuase": "because", "beleive": "believe", "experiance": "experience",
    "managment": "management", "proffesional": "professional", "profesional": "professional", "recomend": "recommend", "reccomend": "recommend",
    "accross": "across", "adress": "address", "alot": "a lot", "comming": "coming", "tommorow": "tomorrow", "tomorow": "tomorrow",
    "yesteday": "yesterday", "realy": "really", "detial": "detail", "personaly": "personally", "insted": "instead", "shud": "should", "wld": "would",
    "teh": "the", "adn": "and", "yous": "you", "informations": "information", "knowledges": "knowledge", "feedbacks": "feedback",
    "equipments": "equipment", "advices": "advice", "succesful": "successful", "sucessful": "successful", "posession": "possession", "independant": "independent",
    "neccessary": "necessary", "necesary": "necessary", "embarass": "embarrass", "occassion": "occasion", "calender": "calendar", "buisness": "business",
    "enviroment": "environment", "goverment": "government", "garantee": "guarantee", "higly": "highly", "intrested": "interested", "intersted": "interested",
    "collegue": "colleague", "colleage": "colleague", "commited": "committed", "foward": "forward", "forword": "forward", "persue": "pursue", "relevent": "relevant",
    "responsibilty": "responsibility", "strenghts": "strengths", "wether": "whether", "wierd": "weird", "writting": "writing", "hestitate": "hesitate", "hesistate": "hesitate",
}
_APOSTROPHES = {"dont": "don't", "didnt": "didn't", "doesnt": "doesn't", "cant": "can't", "wont": "won't", "isnt": "isn't", "wasnt": "wasn't", "havent": "haven't",
                "im": "I'm", "ive": "I've", "thats": "that's", "whats": "what's", "theres": "there's", "wouldnt": "wouldn't", "couldnt": "couldn't", "heres": "here's", "youre": "you're"}
_PATTERNS = (
    (re.compile(r"(?<![\w'])i(?='m\b|'d\b|'ve\b|'ll\b|\s)(?!\s*[.)])"), "Write I."),
    (re.compile(r"\b(the|a|an|to|of|and|in|is|you|for|with|that|on|at|my|your) \1\b", re.IGNORECASE), "A word stands here twice."),
    (re.compile(r"\bI am (?:very )?interesting in\b", re.IGNORECASE), "You mean interested."),
    (re.compile(r"\blook(?:ing)? forward (?:to )?(?:hear|meet|see|work|join|speak|discuss|learn)\b(?!ing)(?! from you\b.{0,3}ing)", re.IGNORECASE), "It is looking forward to …ing."),
    (re.compile(r"\bI am (?:having|knowing|wanting|agreeing|understanding)\b (?=\d|the|a |your|more|experience)"), "Use the simple form: I have."),
    (re.compile(r"\b(?:more|most) (?:easy|easier|better|fast|faster|quick|cheap|nice|nicer)\b", re.IGNORECASE), "One comparison is enough."),
    (re.compile(r"\bpeople (?:was|is)\b|\b(?:we|they|you) was\b|\b(?:he|she|it) (?:have|do not|don't)\b", re.IGNORECASE), "Subject and verb do not agree."),
    (re.compile(r"\b(?:I|we|he|she|they) (?:have|has) (?:wrote|went|saw|did|came|gave|took|spoke|lead)\b", re.IGNORECASE), "Wrong form after have."),
    (re.compile(r"\b(?:must|can|could|should|will|would|may) to \w+", re.IGNORECASE), "No “to” after this verb."),
    (re.compile(r"\b(?:you|he|she|they) (?:said|told) me the\b|\bsay me\b|\bexplain me\b|\byou had told that\b|\btold that\b|\btold about it\b", re.IGNORECASE), "It is “told me that …”."),
    (re.compile(r"\b(?:informed|known|done|ready|decision|answer) until (?:\d|monday|tuesday|wednesday|thursday|friday|march|april|may|june)", re.IGNORECASE), "A deadline takes “by”."),
    (re.compile(r"\bsince (?:last )?\d+ (?:days|weeks|months|years)\b", re.IGNORECASE), "A length of time takes “for”."),
    (re.compile(r"\b(?:for|after) (?:show|give|make|meet|know) (?:me|you|the|us)\b", re.IGNORECASE), "It takes the -ing form."),
    (re.compile(r"\b\d+ (?:years|months|weeks) experience\b"), "It takes an apostrophe: years' experience."),
    (re.compile(r"\bin actual company\b|\bmy actual company\b", re.IGNORECASE), "You mean current."),
    (re.compile(r"\b(?:every|each) one of you had different question\b|\bone of (?:my|the|your) (?:reason|question|colleague|point|project)\b", re.IGNORECASE), "It takes the plural."),
    (re.compile(r"\bits (?:a|an|the|been|literally|not|very|so|me|great|good|my|just|your)\b"), "You mean it's."),
    (re.compile(r"\b(?:would|could|should) of\b", re.IGNORECASE), "You mean have."),
    (re.compile(r"\byour (?:welcome|right that|very kind|amazing)\b"), "You mean you're."),
    (re.compile(r"\blet me no\b", re.IGNORECASE), "You mean know."),
)


@check(
    Flags(text="Hi Ana,\n\nThank you for the interveiw today.\n\nBo", at="interveiw", fixed="Hi Ana,\n\nThank you for the interview today.\n\nBo"),
    Flags(text="Hi Ana,\n\nI am very interesting in this position.\n\nBo", at="I am very interesting in"),
    Passes(text="Hi Ana,\n\nThank you for the patient hearing today; the maté and the rompers were a treat.\n\nBo"),
    Passes(text="Hi Ana,\n\nIt was very interesting to hear how it's done.\n\nBo"),
)
def spelling_or_grammar(message: Message, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """They read your writing as a sample of your work: one slip is human, three look careless."""
    for sentence in message.sentences:
        for token in sentence.tokens:
            right = _MISSPELT.get(token.low)
            if right is not None:
                yield Hit(f"Spelt “{right}”.", token.span, Fix(f"Write {right}", (Edit(token.span, right),), Safety.SAFE), Degree.SLIGHT)
            elif token.low in _APOSTROPHES:
                right = _APOSTROPHES[token.low]
                right = right[0].upper() + right[1:] if message.text[token.start].isupper() else right
                yield Hit(f"It takes an apostrophe: {right}.", token.span, Fix(f"Write {right}", (Edit(token.span, right),), Safety.SAFE), Degree.SLIGHT)
    for part in message.body:
        for pattern, said in _PATTERNS:
            for match in pattern.finditer(message.flat, part.start, part.end):
                span = Span(match.start(), match.end())
                fix = Fix("Write I", (Edit(span, "I"),), Safety.SAFE) if said == "Write I." else None
                yield Hit(said, span, fix, Degree.SLIGHT)
