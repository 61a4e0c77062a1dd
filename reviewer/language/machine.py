"""Whether a text may be trying to talk to a machine: then a machine's praise of it counts for nothing.

Wide on purpose, where `orders` is narrow: a data engineer who writes about scoring engines is suspected too, and
loses nothing but what a second reader could have added.
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
_SENTENCE = re.compile(r"[^.!?\n]+")


def speaks_to_a_machine(*texts: str) -> bool:
    """Whether one of the texts has markup of prompts, hidden characters, or a sentence that orders a machine about."""
    return any(invisible(text) or _suspect(lower(flatten(text))) for text in texts)


def _suspect(low: str) -> bool:
    if _MARKUP.search(low) is not None or _PLAINLY.search(low) is not None:
        return True
    return any(
        (_MACHINE.search(sentence) and _ORDER.search(sentence)) or _is_strange(sentence)
        for sentence in _SENTENCE.findall(low)
    )


def _is_strange(sentence: str) -> bool:
    """Whether hardly a word of it is one of the language: another language, or letters that hide words."""
    found = [word for word in words(sentence) if not word.isdigit()]
    return len(found) >= _ENOUGH and sum(map(known_word, found)) < _SOME * len(found)


_ENOUGH, _SOME = 5, 0.4
