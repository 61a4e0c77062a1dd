"""What a language model's rewrite has to bear beside `verify`: that it is still the same message by the same writer.

Reasons are in words that a second try can act on.
"""

import re
from collections.abc import Iterator, Sequence

from reviewer.context import Context, Kind
from reviewer.finding import Finding
from reviewer.language.acts import Act, readings
from reviewer.language.detail import specific_stem, stem
from reviewer.language.kind import kind_of
from reviewer.language.machine import speaks_to_a_machine
from reviewer.language.names import fold
from reviewer.language.orders import orders
from reviewer.message import Message
from reviewer.rewrite.hearsay import offered, reported
from reviewer.rewrite.verify import (
    BLANK,
    NEARLY,
    PLAIN,
    WORD,
    context_words,
    given_words,
    kept_share,
    name_words,
    overlap,
    unknown_facts,
)
from reviewer.rubric import Rubric
from reviewer.text import flatten, invisible, lower
from reviewer.text import words as words_of

__all__ = ["objections"]


def objections(
    version: Message,
    draft: Message,
    context: Context,
    rubric: Rubric,
    findings: Sequence[Finding],
    *,
    told: str,
    marker: str,
) -> list[str]:
    """Why a model's rewrite may not pass, in words that a second try can act on; empty where it may.

    `findings` are those of the draft, `told` what the model was told beside it, `marker` what enclosed it. The score
    is compared elsewhere: this reads the words alone, the subject's among them.
    """
    return [
        *_invented(version, draft, context, rubric, findings),
        *_claimed(version, draft),
        *_of_others(version, draft, context),
        *_blanked(version, draft, context),
        *_another(version, draft, context, findings),
        *_not_theirs(version, draft, findings),
        *_leaked(version, draft, told, marker),
    ]


def _invented(
    version: Message, draft: Message, context: Context, rubric: Rubric, findings: Sequence[Finding]
) -> Iterator[str]:
    unknown = unknown_facts(version, draft, context, rubric)
    if unknown:
        yield f"it brings in {_listed(unknown)}, which neither the draft nor the notes have"
    right = [e.text for f in findings if f.fix is not None for e in f.fix.edits]
    given = " ".join((draft.text, draft.subject or "", *right, *context_words(context)))
    known = {stem(w.partition("'")[0]) for w in words_of(lower(flatten(given)))} | _REWORDING
    plain = _plain_low(version)
    topics = {
        w for w in words_of(plain) if not w[0].isdigit() and (s := specific_stem(w)) is not None and s not in known
    }
    topics -= {w for fact in unknown for w in words_of(fact.lower())}
    if topics:
        yield f"it speaks of {_listed(topics)}, which neither the draft nor the notes mention"
    for what, pattern in _DEEDS.items():
        before, after = ({stem(w) for w in pattern.findall(_plain_low(m))} for m in (draft, version))
        if after - before and not (what == "an attachment" and before):
            yield f"it brings in {what} ({_listed(after - before)}), which the draft does not"
    counted = {_as_digits(w) for w in (*_NUMBERS.findall(given.lower()), *re.findall(r"\d+", given))}
    numbers = {w for w in _NUMBERS.findall(plain) if _as_digits(w) not in counted}
    if numbers:
        yield f"it brings in a number or a span of time ({_listed(numbers)}) that nobody gave"


def _plain_low(message: Message) -> str:
    """Subject and text in lower case, without blanks."""
    return BLANK.sub(" ", lower(flatten(f"{message.subject or ''}\n{message.text}")))


# What only the writer can say that they will do, or have done.
_WILL = r"(?:'ll| will| can| could| shall| am going to|'m going to| plan to| would be (?:glad|happy) to|'d be (?:glad|happy) to| am (?:glad|happy) to|'m (?:glad|happy) to)"
_DEEDS = {
    "an attachment": re.compile(r"\b(attach(?:ed|es|ing|ment)?|enclos(?:ed|ing)|herewith|have sent|have included)\b"),
    "a promise": re.compile(
        rf"\b(?:(?:i|we){_WILL}|let me) (?:\w+ly |also |then |gladly )?"
        r"(send|call|ring|phone|share|forward|bring|prepare|write|follow|finish|deliver|complete|start|relocate|move|build|mail|email|post|drop|draft|present)\b"
    ),
}
_NUMBERS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|dozen|hundred|thousand|million|"
    r"half|double|twice)(?= (?:\w+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|times?|percent|people|jobs?|offers?|references?|samples?|projects?|questions?|"
    r"interviews?|rounds?|companies|firms|teams?|languages?|kids|children|thousand|hundred|million|and)\b)|"
    r"\b(?:several|many) (?:years|months)\b|\b(?:next|last|this|coming) (?:week|month|year|spring|summer|autumn|fall|winter)\b"
)
_DIGITS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


def _as_digits(word: str) -> str:
    return _DIGITS.get(word, word)


# Words that another wording may need and that bring no new matter with them.
_REWORDING = frozenset(
    stem(word)
    for word in "far near compared careful carefully including include shan't gladly calm calmly settle settled suit suits brief briefly short shorter "
    "plain plainly simple simply direct directly courteous polite politely understand quite quietly pass passed passing return returned round rounds late later "
    "matter matters mean means meant realise realize recognise recognize aware expect expected expecting allow allows let happen happens happened change changed "
    "changes open opens close closes closer decide word words line lines read reads reader aside afterwards beforehand meanwhile otherwise whichever whatever "
    "whenever wherever whoever ahead along apart because since unless until upon wish wishing wished offer offers offering agree agreed accept accepted prefer preferred "
    "preference choose chosen choice first-choice answer answers eye eyes hand hands heart open-minded worth worthwhile genuine genuinely sound sounds sounded soundly "
    "pick picked picks picking draw drew drawn hang longer least most fewer rest room space pace place places grateful thanks kindness courtesy time-wise weigh weighing "
    "weighed compare comparing candidate applicant competition opening openings vacancy vacancies reconsider reconsidered consider considered suited suitable useful "
    "arrange arranged else elsewhere admire admired keeping touch hope reply replying hand manage managed plenty fully part entirely appeals appeal clarify clear "
    "excuse unclear convenient convenience".split()
)

# What a sentence may not begin to do when no sentence of the draft did it.
_NEW_ACTS = {
    Act.OTHER_OFFER: "of another offer",
    Act.PAY: "of pay",
    Act.OTHERS_DOWN: "badly of others",
    Act.SELF_DOWN: "badly of the writer",
    Act.REFUSAL: "of a refusal",
    Act.ULTIMATUM: "with a threat",
    Act.DEMAND: "with a demand",
}
_SURE = 0.6
_FIRST_PERSON = re.compile(
    r"\b(?:i|we)(?: have|'ve| had)? (?:also |already |once |since )?(?:just )?"
    r"(used|worked|managed|led|ran|built|made|taught|did|know|knew|studied|trained|moved|designed|wrote|won|earned|shipped|grew|cut|saved|raised|sold|"
    r"handled|supported|spent|live|lived|graduated|passed|finished|completed|joined|left|met|have a|have an|speak|own|do|am a|am an|was a|was an)\b(?!['’])"
)
_NEGATIONS = frozenset("not never no cannot nobody nothing without neither nor".split())


def _claimed(version: Message, draft: Message) -> Iterator[str]:
    """Sentences that say in everyday words what the draft does not: a deed, an offer, the opposite."""
    new = [r for r in readings(version) if "[" not in r.clause.sentence.span.of(version.text)]
    old = [s.span.of(draft.flat).lower() for s in draft.sentences]
    for act, said in _NEW_ACTS.items():
        if any(r[act] >= _SURE for r in new) and not any(r[act] >= _SURE / 2 for r in readings(draft)):
            yield f"it speaks {said}, which the draft does not"
    claims = {m[1] for r in new for m in _FIRST_PERSON.finditer(r.clause.sentence.span.of(version.low))}
    before = {m[1] for m in _FIRST_PERSON.finditer(draft.low)}
    told = {w for o in old if not _turns(o) for w in words_of(o)}
    claims = {c for c in claims - before if c not in told}
    if claims:
        yield f"it says that the writer {_listed(claims)} something, which the draft does not"
    for reading in new:
        sentence = reading.clause.sentence.span.of(version.flat).lower()
        near = next((o for o in old if overlap(words_of(o), words_of(sentence)) >= NEARLY), None)
        if near is not None and _turns(near) > _turns(sentence):
            yield "it turns a sentence round by leaving out its “not”"
            return


def _of_others(version: Message, draft: Message, context: Context) -> Iterator[str]:
    """What the other side is made to have said or to be going to do, and what it is offered."""
    said = set(reported(version, draft, context))
    if said:
        yield f"it reports what the draft does not say of them ({_listed(said)})"
    offers = set(offered(version, draft, context))
    if offers:
        yield f"it offers what the draft does not ({_listed(offers)})"


def _turns(sentence: str) -> int:
    return sum(w in _NEGATIONS or w.endswith("n't") for w in words_of(sentence))


_MOST_BLANK, _MOST_SHARE = 100, 0.4


def _blanked(version: Message, draft: Message, context: Context) -> Iterator[str]:
    """Blanks say what belongs there; they are no place for facts, nor for a letter."""
    blanks = [b for b in BLANK.findall(f"{version.subject or ''}\n{version.text}") if b not in draft.text]
    known = given_words(draft, context) | PLAIN
    for blank in blanks:
        inside = blank[1:-1]
        named = {w for w in WORD.findall(inside[1:]) if w[0].isupper() and not name_words(w) <= known}
        if named or any(c.isdigit() for c in inside) or len(inside) > _MOST_BLANK:
            yield f"the blank “{blank[:40]}” has more in it than what belongs there"
    if sum(map(len, blanks)) > _MOST_SHARE * len(version.text):
        yield "it is hardly more than blanks"


def _another(version: Message, draft: Message, context: Context, findings: Sequence[Finding]) -> Iterator[str]:
    """Whether it has become another message: to somebody else, from somebody else, of another kind."""
    before, after = ({fold(t.low): t.span.of(m.text) for t in m.addressees} for m in (draft, version))
    names = {fold(w) for w in WORD.findall(draft.to or "")}
    if len(context.interviewers) == 1 or any(f.rule in {"wrong-name", "no-recipient-name"} for f in findings):
        names |= {fold(w) for p in context.interviewers for w in WORD.findall(p.name)}
    strangers = {after[name] for name in after.keys() - before.keys() - names}
    if strangers and before:
        yield f"it is addressed to {_listed(strangers)} and not to {_listed(set(before.values()))}"
    if before and not after and not any(f.rule == "wrong-name" for f in findings):
        yield f"it no longer greets {_listed(set(before.values()))} by name"
    signed, ours = name_words(draft.sender or ""), name_words(version.sender or "")
    if not signed <= name_words(version.text) or (signed and ours and not ours & name_words(draft.text)):
        yield f"it is no longer signed by “{draft.sender}”"
    lost, new = (
        {_reach(m) for m in _REACHES.findall(a.text)} - {_reach(m) for m in _REACHES.findall(b.text)}
        for a, b in ((draft, version), (version, draft))
    )
    if lost or new:
        yield f"a number or an address of the writer is changed ({_listed(lost | new)})"
    kind = context.kind or Kind.THANK_YOU
    loose = Context(
        sent=context.sent,
        channel=context.channel,
        promised_reply_by=context.promised_reply_by,
        interviewers=context.interviewers,
    )
    told = kind_of(version, loose)
    if kind_of(draft, loose) is kind and told is not kind and {kind, told} not in _KIN:
        yield f"it has become a {told.replace('_', ' ')} message; it was a {kind.replace('_', ' ')} message"


_REACHES = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})*|(?<![\w-])\+?\(?\d[\d ().-]{5,24}\d(?![\w-])|\b(?:https?://|www\.)\S{1,200}"
)


def _reach(text: str) -> str:
    return (
        re.sub(r"[\s().-]", "", text.lower()) if text[:1] in "+(" or text[:1].isdigit() else text.lower().rstrip(".,;")
    )


# Kinds that the words alone hardly tell apart.
_KIN = (
    {Kind.CHECK_IN, Kind.SECOND_CHECK_IN},
    {Kind.SECOND_CHECK_IN, Kind.ADDED_VALUE},
    {Kind.THANK_YOU, Kind.LINKEDIN},
)


def _not_theirs(version: Message, draft: Message, findings: Sequence[Finding]) -> Iterator[str]:
    if any(f.rule in _MUST_LOSE_WORDS for f in findings):
        return
    faulty = [f.span for f in findings if f.span is not None]
    sound = [s.span.of(draft.flat) for s in draft.sentences if not any(span.overlaps(s.span) for span in faulty)]
    kept = kept_share(version, sound)
    mostly = 2 * len(sound) >= len(draft.sentences)
    if kept < _LEAST_KEPT if len(sound) >= _FEW else sound and mostly and kept == 0:
        yield "it rewrites sentences with which nothing was wrong; keep those word for word"


_MUST_LOSE_WORDS = frozenset({"too-long", "over-limit"})
_FEW, _LEAST_KEPT = 3, 0.5


def _leaked(version: Message, draft: Message, prompt: str, marker: str) -> Iterator[str]:
    """Words of the prompt, hidden characters, or somebody who talks about the message in place of writing it."""
    told = " ".join(words_of(prompt.lower()))
    theirs = " ".join(words_of(draft.low))
    low = lower(flatten(f"{version.subject or ''}\n{version.text}"))
    mine = words_of(low)
    runs = (" ".join(mine[at : at + _RUN]) for at in range(max(0, len(mine) - _RUN + 1)))
    hidden = bool(invisible(version.text)) and not invisible(draft.text)
    talks = _TALK.search(low) is not None and _TALK.search(draft.low) is None
    if hidden or talks or marker.strip("-") in version.text or any(run in told and run not in theirs for run in runs):
        yield "there is something in it that is no part of the message"
    elif orders(version) or (
        speaks_to_a_machine(version.subject or "") and not speaks_to_a_machine(draft.subject or "")
    ):
        yield "it still speaks to a machine"


_RUN = 6  # words in a row that nobody hits upon by chance
_TALK = re.compile(
    r"\bas an ai\b|\blanguage model\b|\brubric\b|^\s{0,9}(?:sure|certainly|of course|here(?:'s| is| are))\b[^.\n]{0,60}(?:version|rewrite|draft|message|email)"
    r"|\blet me know if you(?:'d| would) like (?:any|me to) (?:change|changes|adjust|revise)|\bi hope this helps\b|\bchanges to this (?:message|email|draft)"
    r"|\bknown of the interview\b|\bnoted as talked about\b|\bto be mended\b|```|\{\s{0,9}\"|\bno_pestering\b|\bpersonal_reference\b|<!--|-{5}[0-9a-f]{8}",
    re.MULTILINE,
)


def _listed(found: set[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(found)[:4]) + (" …" if len(found) > 4 else "")
