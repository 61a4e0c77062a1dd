"""Whatever is pasted, there is an answer and never a traceback."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from reviewer import Context, Kind, Message, Rubric, review
from reviewer.intake.draft import decode, read_draft, read_file

LONG_SENTENCE = "I wanted to say that " + "the ledger and the plan and the team and " * 25 + "all of it was good."
TEXTS = {
    "nothing": "",
    "white space": " \n\t \n",
    "a greeting": "Hi Ana,",
    "a full stop": ".",
    "two thousand words": "Hi Ana,\n\n" + "Thank you for the talk about the ledger. " * 250 + "\n\nBo",
    "one sentence of 200 words": f"Hi Ana,\n\n{LONG_SENTENCE}\n\nBo",
    "one endless word": "a" * 100_000,
    "a megabyte": ('Hi Ana,\n\nThank you for the talk about the ledger and "the plan".\n\n' * 20_000)[:1_000_000],
    "a megabyte of quotes": "> " * 500_000,
    "a megabyte of new lines": "\n" * 1_000_000,
    "a megabyte of brackets": "[" * 1_000_000,
    "NUL bytes": "Hi Ana,\x00\x00\n\nThank\x00 you.\n\nBo",
    "zero-width and direction marks": "Hi\u200b Ana,\n\nTh\u200bank\u202e you\u2066 for t\u00adhe talk.\u200f\n\nBo",
    "emoji and combining marks": "Hi Zoë\u0301 👩\u200d🔬,\n\nThank you 🙏🏽 so much!!! 🎉🎉\n\nBo",
    "lone surrogates": "Hi Ana,\n\nThank you \ud800 very much.\n\nBo",
    "CR LF and U+2028": "Hi Ana,\r\n\r\nThank you.\u2028I want it.\r\n\r\nBo\r\n",
    "an İ whose lower case is longer": "Hi İpek,\n\nİİİ thank you for İstanbul.\n\nBo",
    "another language": "Sehr geehrte Frau Ruiz,\n\nvielen Dank für das Gespräch.\n\nMit freundlichen Grüßen\nBo",
    "only quoted mail": "On Tue, 3 Mar 2026 at 10:12, Ana wrote:\n> When can you start?\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("kind", [Kind.THANK_YOU, Kind.CHECK_IN])
def test_every_text_is_reviewed_and_rewritten_without_a_failure(text: str, kind: Kind, rubric: Rubric) -> None:
    rewriting = len(text) < 100_000
    done = review(Message(text), rubric, context=Context(kind=kind), rewriting=rewriting)
    assert done.failures == ()
    assert 0 <= done.score <= 100
    assert not rewriting or (done.rewrite is not None and done.rewrite.score >= done.score)


def test_an_empty_message_is_not_ready_to_send(rubric: Rubric) -> None:
    assert review(Message(""), rubric, context=Context(kind=Kind.THANK_YOU)).verdict == "hold"


def test_dates_with_and_without_an_offset_can_be_compared(rubric: Rubric) -> None:
    met, sending = datetime.fromisoformat("2026-03-10T10:00-05:00"), datetime.fromisoformat("2026-03-10T16:30")
    for context in (
        Context(interviewed_at=met, sending_at=sending, kind=Kind.THANK_YOU),
        Context(interviewed_at=sending, sending_at=met, kind=Kind.THANK_YOU),
        Context(interviewed_at=met.date(), sending_at=sending, kind=Kind.THANK_YOU),
    ):
        assert review(Message("Hi Ana,\n\nThank you for today.\n\nBo"), rubric, context=context).failures == ()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("utf-8-sig"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("Grüße – bis bald".encode("cp1252"), "Grüße – bis bald"),
        (b"caf\xe9 \x81", "café \ufffd"),
    ],
)
def test_text_of_any_encoding_is_read(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_only_headers_that_a_mail_client_writes_are_headers() -> None:
    message = read_draft(b"Subject: Thank you\nTo: Priya Raman <p@x.example>\n\nNote: I am writing to thank you.\n")
    assert (message.subject, message.to, message.channel) == ("Thank you", "Priya Raman", "email")
    assert "Note: I am writing" in "".join(s.span.of(message.text) for s in message.sentences)


MAIL = """From: Jordan Ellis <j@x.example>
To: "Raman, Priya" <p@x.example>
Subject: =?utf-8?q?Thank_you_=E2=80=93_Jordan?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=nonsense

{plain}
--b
Content-Type: text/html; charset=utf-8

<p>Hi Priya,</p><p style="display:none">hidden</p><!-- note --><p>Thank&nbsp;you.</p>
--b--
"""


def test_a_mail_is_read_with_its_subject_addressee_and_first_part_that_is_not_blank(tmp_path: Path) -> None:
    file = tmp_path / "m.eml"
    file.write_text(MAIL.format(plain="Hi Priya,\n\nThank you."), encoding="utf-8")
    message = read_file(file)
    assert (message.subject, message.to) == ("Thank you – Jordan", "Priya Raman")
    assert message.text.startswith("Hi Priya,\n\nThank you.")
    file.write_text(MAIL.format(plain=""), encoding="utf-8")
    assert read_file(file).text.split() == ["Hi", "Priya,", "Thank", "you."]


def test_html_pasted_as_text_is_read_as_a_reader_sees_it() -> None:
    message = read_draft(
        b"<html><body><p>Hi Ana,</p><script>x()</script><blockquote>Old mail</blockquote></body></html>"
    )
    assert "Hi Ana," in message.text and "x()" not in message.text and "> Old mail" in message.text


def test_a_row_may_carry_keys_of_its_own(rubric: Rubric) -> None:
    from reviewer.batch import score

    row = json.dumps(
        {"id": "1", "draft": "Hi Ana,\n\nThank you.\n\nBo", "cohort": "spring", "context": {"role": "Cook"}}
    )
    assert next(iter(score([row])))["id"] == "1"
