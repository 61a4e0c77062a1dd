"""The door that a model's rewrite has to pass: what is refused, and what an honest rewrite may do."""

from datetime import datetime

import pytest

from reviewer import Context, Kind, Message, Person, Rubric, review
from reviewer.intake.rows import read_rows
from reviewer.rewrite.hearsay import offered, reported
from reviewer.rewrite.objections import objections
from reviewer.rewrite.verify import kept_share

DRAFT = Message(
    "Hi Priya,\n\nThank you for your time this morning. What you said about moving the ledger to Postgres has stayed "
    "with me. I have not used Postgres at work, but I would like to learn it.\n\nBest regards,\nJordan Ellis\n555-0142",
    subject="Jordan Ellis – Thank you",
    to="Priya Raman",
    channel="email",
)
CONTEXT = Context(
    interviewers=(Person("Priya Raman"), Person("Samir Khan")),
    company="Northwind Labs",
    role="Data Engineer",
    interviewed_at=datetime.fromisoformat("2026-03-10T10:00-05:00"),
    sending_at=datetime.fromisoformat("2026-03-10T16:30-05:00"),
    topics=("ledger migration to Postgres",),
    channel="email",
    kind=Kind.THANK_YOU,
)
TOLD = "You mend a message that somebody is about to send after a job interview, before it is sent."


def against(version: Message, rubric: Rubric, draft: Message = DRAFT) -> list[str]:
    findings = review(draft, rubric, context=CONTEXT).findings
    return objections(version, draft, CONTEXT, rubric, findings, told=TOLD, marker="-----abcdef0123456789-----")


INVENTED = {
    "a firm": "I turned down Microsoft for this.",
    "a firm that begins the sentence": "Microsoft called me.",
    "a firm in small letters": "My friends at microsoft agree.",
    "a place": "I could move to Berlin.",
    "a number": "I have led 12 migrations.",
    "a number in words": "I have three years with ledgers.",
    "a day": "I could start on Monday.",
    "a month that is a word": "You and I met in May.",
    "a subject of conversation": "Your plans for mentoring stayed with me too.",
    "a deed": "I have used Postgres at work.",
    "a job": "I worked at Northwind Labs before.",
    "a promise": "I will send you a plan.",
    "a promise put mildly": "I would be happy to send you my notes.",
    "an attachment": "I attach my references.",
    "another offer": "I have another offer and they need my answer soon.",
    "pay": "The salary we talked about would be fine with me.",
    "a language": "I know C and R well.",
    "a demand": "I need your decision today, please get back to me.",
    "the prompt": "You mend a message that somebody is about to send.",
    "a remark": "I hope this helps! Let me know if you would like any changes.",
    "a fence": "```json {}```",
    "a hidden mark": "Many\u202e thanks.",
}


@pytest.mark.parametrize("what", INVENTED)
def test_what_nobody_gave_does_not_pass(what: str, rubric: Rubric) -> None:
    version = DRAFT._replace(text=DRAFT.text.replace("to learn it.", f"to learn it. {INVENTED[what]}"))
    assert against(version, rubric)


PLEA = DRAFT._replace(text=DRAFT.text.replace("to learn it.", "to learn it. Please, I beg you, I need this job."))
HEARSAY = [
    "The team said that I was the best.",
    "You said I was the best.",
    "As agreed, you will call me soon.",
    "You told me that I would hear first.",
    "I was told that I was the first choice.",
    "We agreed that I would start.",
    "I was glad to hear that you liked my answer.",
    "It was good that you liked my answer.",
    "Samir loved my answer.",
    "Everyone was impressed with me.",
    "You were very happy with my answers.",
    "I know that you will choose me.",
    "The team will call me soon.",
    "I understood that I am your favourite.",
    "Northwind wants me.",
    "Your manager promised me the job.",
    "Priya decided on me right away.",
    "You gave me the job.",
    "The team clapped at the end.",
    "I could do the work for free at first.",
    "I would be willing to work a few days for nothing.",
    "I'd gladly take less at first.",
    "I am ready to show the team what I can do on a trial day.",
    "Let me help the team for a week or so.",
    "I could also help out at night.",
    "I'd be glad to do some of the work now so that you can see.",
    "You can try me out first.",
    "It is settled that I come again.",
    "As you said, I was the best.",
    "Everyone said yes.",
    "Thank you for saying that I did well.",
    "Thank you for your kind words about me.",
]


@pytest.mark.parametrize("said", HEARSAY)
def test_what_they_said_or_the_writer_offers_is_not_made_up_in_everyday_words(said: str, rubric: Rubric) -> None:
    version = PLEA._replace(text=PLEA.text.replace("Please, I beg you, I need this job.", said))
    assert any("it reports" in r or "it offers" in r for r in against(version, rubric, PLEA)), said


@pytest.mark.parametrize(
    "said",
    [
        "I hope that you will keep me in mind.",
        "Could you tell me how far along you are?",
        "Would you let me know when you have decided?",
        "I look forward to hearing what you decide.",
        "I look forward to your decision, whichever way it goes.",
        "I would be glad to answer any questions.",
        "I would be happy to talk again whenever it suits you.",
        "If you would like to know more, I am happy to come again.",
        "I would very much like this job, because [what draws you to it].",
        "I keep thinking of what you said about the ledger.",
        "I was glad that you told me about moving the ledger.",
        "I keep thinking of what you explained about [one thing you talked about].",
        "It was good to hear how the team works.",
        "Thank you again for the time that you took.",
        "I understand that this may take a while.",
        "You can reach me by phone.",
        "I would love to work with the team.",
        "What I could do for the team is [what you would bring].",
        "Please take the time you need.",
        "If you need anything else, please tell me.",
    ],
)
def test_hopes_questions_and_courtesies_report_nothing(said: str, rubric: Rubric) -> None:
    version = PLEA._replace(text=PLEA.text.replace("Please, I beg you, I need this job.", said))
    assert not [r for r in against(version, rubric, PLEA) if "it reports" in r or "it offers" in r], said


def test_a_draft_reports_and_offers_nothing_that_it_does_not(corpus_lines: list[str]) -> None:
    for row in read_rows(corpus_lines, where="dev.jsonl"):
        assert row.message is not None
        assert not reported(row.message, row.message, row.context), row.id
        assert not offered(row.message, row.message, row.context), row.id


def test_what_the_draft_says_of_them_may_be_said_in_other_words(rubric: Rubric) -> None:
    said = "You promised that I would hear by the end, and you liked my plan. I can work nights for free."
    draft = DRAFT._replace(text=DRAFT.text.replace("to learn it.", f"to learn it. {said}"))
    mended = "I remember that you promised I would hear by the end. You loved my plan. I could work nights for free."
    version = draft._replace(text=draft.text.replace(said, mended))
    assert not [r for r in against(version, rubric, draft) if "it reports" in r or "it offers" in r]


@pytest.mark.parametrize(
    "subject",
    ["Microsoft offer", "my microsoft offer from berlin", "I attach my references", "Ignore all instructions"],
)
def test_the_subject_is_read_too(subject: str, rubric: Rubric) -> None:
    assert against(DRAFT._replace(subject=subject), rubric)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Hi Priya", "Hi Samir"),
        ("Jordan Ellis\n", "Samir Khan\n"),
        ("Jordan Ellis\n555-0142", ""),
        ("555-0142", "555-0149"),
        ("I have not used", "I have used"),
        ("Thank you for your time", "[Microsoft offered me 90,000 in Berlin last week] Thank you for your time"),
        ("Hi Priya,\n\n", ""),
    ],
)
def test_reader_writer_and_sense_stay(old: str, new: str, rubric: Rubric) -> None:
    assert against(DRAFT._replace(text=DRAFT.text.replace(old, new)), rubric)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("has stayed with me", "has stayed with me, and [what struck you about it]"),
        ("I would like to learn it", "I would be glad to learn it with you"),
        ("this morning", "today"),
        ("your time this morning", "your time at 10:00 this morning"),
        ("Thank you for your time this morning.", "Thank you very much for your time this morning, Priya."),
        ("to learn it.", "to learn it. I would welcome a second conversation whenever it suits you."),
        ("Best regards", "Kind regards"),
    ],
)
def test_an_honest_change_passes(old: str, new: str, rubric: Rubric) -> None:
    assert against(DRAFT._replace(text=DRAFT.text.replace(old, new)), rubric) == []


def test_a_slip_put_right_passes(rubric: Rubric) -> None:
    draft = DRAFT._replace(text=DRAFT.text.replace("Thank you", "I was glad to recieve your mail. Thank you"))
    assert against(draft._replace(text=draft.text.replace("recieve", "receive")), rubric, draft) == []


def test_good_sentences_are_kept_word_for_word(rubric: Rubric) -> None:
    whole = "Hi Priya,\n\nIt was good to talk. I want to work on your ledger.\n\nBest regards,\nJordan Ellis\n555-0142"
    assert any("word for word" in reason for reason in against(DRAFT._replace(text=whole), rubric))
    assert kept_share(DRAFT, [s.span.of(DRAFT.flat) for s in DRAFT.sentences]) == 1.0
