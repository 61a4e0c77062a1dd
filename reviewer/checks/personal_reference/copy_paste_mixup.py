"""What belongs to another letter, or to the tool that wrote it, was pasted along."""

from collections.abc import Iterator

from reviewer.check import Flags, Passes, check
from reviewer.context import Context
from reviewer.finding import Degree, Edit, Fix, Hit, Safety
from reviewer.language.clauses import clauses
from reviewer.language.cues import Cues
from reviewer.language.detail import anothers_topic
from reviewer.language.employer import companies_named, roles_named
from reviewer.message import Message

_CHATTER = Cues(
    {
        "assistant": (
            "here is|are a|an|your|the|some ({adv}) (professional|polished|short|concise|warm|improved|revised|sample|possible) thank|follow|draft|version|email|note|message|letter|template ~8 you|send|use|below",
            "let me know if you would like (me_to) (a) shorter|more|longer|another|adjust|tailor|tweak|different|make|any_changes",
            "as an ai|artificial language|assistant|model|intelligence",
            "feel free to adjust|customise|customize|tweak|edit|personalise|personalize|modify ~ this|it|the|as",
            "would you like me to adjust|tweak|make|change|add|shorten|revise",
            "i hope this helps",
            "certainly here is",
            "replace|fill the (placeholders|blanks|brackets|text) in|with|brackets",
        )
    }
)


@check(
    Flags(
        text="Sure! Here's a professional thank-you email you can send to Dr. Yusra:\n\nDear Dr. Al-Amin,\n\nThank you.\n\nBo",
        at="Here's a professional thank-you email you can send to Dr. Yusra:",
    ),
    Passes(text="Dear Ana,\n\nHere is the sample you asked for. Let me know if you would like a second one.\n\nBo"),
)
def copy_paste_mixup(message: Message, context: Context) -> Iterator[Hit]:
    """Words from another letter, or an assistant's chatter, show that nobody read it before it went."""
    for clause in clauses(message):
        for _ in _CHATTER.find(clause):
            span = clause.sentence.span
            yield Hit(
                "This was pasted along with the letter.",
                span,
                Fix("Take it out", (Edit(span, ""),), Safety.SAFE),
                Degree.GRAVE,
            )
            break
    topic = anothers_topic(message, context)
    if topic is not None:
        yield Hit(f"By your notes this was another interviewer's: {topic}.", None, None, Degree.GRAVE)
    strangers = [*companies_named(message, context), *roles_named(message, context)]
    if len(strangers) >= 2:
        yield Hit(
            "Two facts here belong to another application: check the whole paragraph.",
            strangers[0],
            None,
            Degree.GRAVE,
        )
