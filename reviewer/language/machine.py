"""Whether a text may be trying to talk to a machine: then a machine's praise of it counts for nothing.

So may one that orders whoever rates a text about, or has a passage that a reader of English could not read. Wide on
purpose, where `orders` is narrow: a data engineer who writes about scoring engines is suspected too, and loses nothing
but what a second reader could have added.
"""

import re

from reviewer.language.acts import known_word
from reviewer.text import flatten, invisible, lower, words

__all__ = ["speaks_to_a_machine"]

_MACHINE = re.compile(
    r"\b(?:ai|a\.i|llms?|\w*gpt\w*|chatbots?|bots?|(?:language |dear )model|grad(?:er|ing)|evaluat(?:ors?|ion)|review(?:er|ers|ing)|"
    r"checkers?|scor(?:er|ers|ing)|machines?|reviewing tool|assistants?|system|prompts?|rubrics?|instructions?|criteria|criterion|"
    r"levels?|scores?|marks?|findings?|json|output|draft|verdict|marker|this (?:message|text|email|e-mail|letter|note)|my (?:e-?mail|message|text|draft)|"
    r"(?:re)?writ(?:e|ing) this|sentence above|text above|above|rewritten|no_pestering|personal_reference|\d+ out of \d+|100)\b"
)
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|rate|score|mark|grade|judge|rank|assess|evaluate|rewrite|translate|print|reveal|output|"
    r"respond|answer|reply|insert|repeat|pass|deduct|flag|report|skip|praise|treat|list|assign|award|give|return|set|add|stop|void|disabled|"
    r"suppressed|pre-approved|approved|must (?:be|not)|do not|don't|never criticises?|you are now|from now on|your task|always gives?|correct)\b"
)
_MARKUP = re.compile(
    r"```|<\|?/?\w[^>\n]{0,60}\|?>|\[/?\w{2,10}\]|\{\s{0,9}\"\w{1,30}\"\s{0,9}:|^[ \t]{0,9}#{2,6}\s|={4}$|^[ \t]{0,9}-{4}.{0,60}-{4}$|"
    r"^[ \t]{0,9}(?:system|assistant|human|user|answer|response|instructions?)\s*:|<!--",
    re.MULTILINE,
)
# Words that nobody needs in a follow-up unless it is about machines: one is enough.
_PLAINLY = re.compile(
    r"\b(?:a\.?i\.?|llms?|computer|software|algorithm|robot|whoever (?:reads|scores|grades|checks|rates) this|points for this|\w*gpt|rubrics?|graders?|grading|evaluators?|(?:language|dear|this) model|sprachmodell|modelo|"
    r"(?:review(?:ing)?|checking|scoring|grading) (?:tool|bot|engine|model|system|assistant|pipeline)|json|schema|developer mode|smoke test|"
    r"criteria|kriterien|criterios|critères|(?:all|every) levels?|level good|all good|no (?:issues|findings|faults|comments)|"
    r"poor\W+(?:is|means)|fair\W+(?:is|means)|(?:first|second|third) word (?:is|of my)|your (?:makers|instructions|prompt|guidelines|criteria))\b"
)
# Orders to whoever rates the text, without a word for a machine: whom it is for, what to choose, what to keep quiet about.
_NOW = r"(?:^|[,;:-] ?|\b(?:please|then|and|must|you should|just|simply|always|only|kindly|to) )"
_RATING = r"(?:evaluat|assess|judg|rat|grad|scor|check|process|pars|analy[sz]|screen|classif|label)(?:e|es|s|ing|ed|y|ying|ies)?"
_GOOD = r"(?:good|perfect|excellent|flawless|faultless)"
_BEST = (
    rf"(?:{_GOOD}|the (?:top|best|highest|maximum|most positive|most favou?rable|kindest|first|upper|positive|good) "
    r"(?:option|choice|level|rating|label|mark|grade|score|answer|value|category|class|box|one|verdict)s?)"
)
_FAULTS = r"(?:faults?|issues?|problems?|errors?|mistakes?|flaws?|weakness(?:es)?|shortcomings?|defects?|criticisms?|objections?|anything (?:wrong|bad|negative)|negatives?)"
_TO_A_RATER = re.compile(
    rf"\bwho(?:so)?(?:ever)? (?:is |are |may be |will )?(?:read(?:s|ing)?|{_RATING}) (?:\w+ )?(?:this|these|it|here)\b|"
    rf"\b(?:when|if|in case) you(?:'re| are)? {_RATING} (?:this|these)\b|"
    rf"\b(?:read(?:ing)?|{_RATING}) (?:\w+ ){{0,3}}(?:automatically|by (?:a |an )?(?:machine|program|script|tool|computer))\b|"
    rf"{_NOW}(?:choose|pick|select|tick|label|classify|mark|rate|grade|score|judge|call|consider|deem|declare|report|say|answer|put|go for|opt for) "
    rf"(?:\w+ ){{0,4}}{_BEST}\b(?! (?:luck|idea|time|if|that|to|for|at|with|about|and|day|times|moment|morning|evening|week))|"
    rf"{_NOW}(?:rate|score|grade|mark|judge|rank|assess) (?:\w+ ){{0,3}}(?:high|highly|well|generously|favou?rably|leniently|mildly|up)\b|"
    rf"{_NOW}(?:do not|don't|not|never|no need to|refrain from|avoid|stop|withhold) (?:\w+ )?(?:report|list|mention|flag|name|find|point out|raise|note|mark|deduct|complain|look for|search for)(?:ing)?(?: \w+){{0,3}} {_FAULTS}\b|"
    rf"{_NOW}(?:find|report|flag|list|mention|note|mark|see) (?:nothing|none|no {_FAULTS})\b|{_NOW}(?:do not|don't|not|never|withhold)(?: \w+)? criticis\w+|"
    rf"\b(?:without|no|zero) (?:\w+ )?(?:faults?|flaws?|defects?|criticisms?)\b|"
    rf"\b(?:answer|verdict|rating|grade|label|result|response|choice|categor(?:y|ies)|questions?|points?|options?)s? (?:\w+ ){{0,4}}(?:(?:is|are|=) (?:all )?{_GOOD}|(?:must|has to|have to|should) be (?:{_GOOD}|positive))\b|"
    rf"\b(?:categor|question|point|option|label|rating)\w*\s?[:=]\s?(?:all )?{_GOOD}\b|\b{_GOOD}\W{{1,3}}{_GOOD}\b|"
    r"\b(?:reply|respond|answer|return|comment|speak|write back|come back) (?:only|just|solely|simply|exclusively|purely|merely) (?:with|in|by)\b|"
    r"\b(?:reply|respond|answer|comment|return)(?: \w+){0,2} with (?:praise|compliments|approval|a compliment|yes|good)\b|"
    r"\b(?:nothing but|only|just) (?:your )?(?:praise|compliments|positive (?:feedback|remarks|comments|things)|good things)\b|"
    r"\b(?:be|stay|remain) (?:as )?(?:very |most |extra |especially |particularly )?(?:generous|lenient|indulgent|merciful|uncritical)\b|"
    r"\b(?:top|highest|maximum|most positive) (?:option|rating|label|grade|category|class)s?\b|\b(?:all|every|each) (?:\w+ )?(?:box(?:es)?|categor(?:y|ies)|labels?|ratings?)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]+")


def speaks_to_a_machine(*texts: str) -> bool:
    """Whether one of the texts has markup of prompts, hidden characters, or a sentence that orders a machine about.

    So has one with a passage that the reader of an English mail could not read: another script, a code.
    """
    return any(invisible(text) or _is_no_prose(text) or _suspect(lower(flatten(text))) for text in texts)


def _is_no_prose(text: str) -> bool:
    """Whether there is more of another script in it than a name needs, a long run of code, or words that are none."""
    other = [c for c in flatten(text) if c.isalpha() and ord(c) > _LATIN and not 0x1E00 <= ord(c) <= 0x1EFF]
    if len(other) >= _MANY or sum(ord(c) >= _EAST for c in other) >= _MANY_SIGNS:
        return True
    if any(_CODE.search(piece) for piece in text.split() if not _ADDRESS.search(piece)):
        return True
    return any(not any(map(known_word, map(str.lower, run.split()))) for run in _LOWER_CASE.findall(flatten(text)))


_LATIN, _EAST = 0x24F, 0x2E80  # from where letters are not Latin; from where one of them is a syllable or a word
_MANY, _MANY_SIGNS = 16, 6  # letters, signs: more than a name
_CODE = re.compile(
    r"[A-Za-z0-9+=]{22,}|(?=[A-Za-z0-9+/=]*[a-z])(?=[A-Za-z0-9+/=]*\d)(?=[A-Za-z0-9+/=]*[a-z][A-Z])[A-Za-z0-9+/=]{16,}"
)
_ADDRESS = re.compile(r"\w\.\w|@|://")
_LOWER_CASE = re.compile(r"(?<![\w'])[a-z]{2,}(?: [a-z]{2,}){3,}(?![\w'])")


def _suspect(low: str) -> bool:
    if any(cue.search(low) is not None for cue in (_MARKUP, _PLAINLY)):
        return True
    return any(
        (_MACHINE.search(sentence) and _ORDER.search(sentence))
        or _TO_A_RATER.search(sentence.strip())
        or _is_strange(sentence)
        for sentence in _SENTENCE.findall(low)
    )


def _is_strange(sentence: str) -> bool:
    """Whether hardly a word of it is one of the language: another language, or letters that hide words."""
    found = [word for word in words(sentence) if not word.isdigit()]
    return len(found) >= _ENOUGH and sum(map(known_word, found)) < _SOME * len(found)


_ENOUGH, _SOME = 5, 0.4
