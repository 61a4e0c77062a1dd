"""The native-messaging host as an extension speaks to it: bytes in, bytes out."""

import io
import json
import os
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.errors import InputError, RubricError
from reviewer.gate import Gate
from reviewer.host import MAX_ANSWER, answer, serve
from reviewer.intake.draft import MAX_BYTES

BAD = (
    "Hi Priya,\n\nThank you for the talk about the [role] job this morning.\n\nBest regards,\nJordan Ellis\n555-0142\n"
)
SECRET = "marzipan"  # a word of drafts that must turn up nowhere else


def framed(*requests: Any) -> bytes:
    datas = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in requests]
    return b"".join(struct.pack("=I", len(data)) + data for data in datas)


def answers(data: bytes) -> list[dict[str, Any]]:
    found = []
    while data:
        (length,) = struct.unpack("=I", data[:4])
        found.append(json.loads(data[4 : 4 + length].decode()))
        assert length <= MAX_ANSWER
        data = data[4 + length :]
    return found


def told(*requests: Any) -> list[dict[str, Any]]:
    sink = io.BytesIO()
    serve(io.BytesIO(framed(*requests)), sink)
    return answers(sink.getvalue())


def asked(body: str = BAD, **more: Any) -> dict[str, Any]:
    to = ["Priya Raman <priya@northwind.example>"]
    return {"id": 1, "subject": "Thank you", "to": to, "body": body, "is_plain_text": True, **more}


def host(given: bytes, tmp_path: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """The real program, with a home of its own."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-m", "reviewer", "host", *arguments],
        input=given,
        capture_output=True,
        env=environment,
        check=False,
        timeout=60,
    )


def test_a_bad_draft_is_refused_with_its_findings_gravest_first() -> None:
    (said,) = told(asked())
    assert (said["id"], said["refused"], said["skipped"], said["error"]) == (1, True, None, None)
    assert said["verdict"] == "hold" and isinstance(said["score"], int)
    first = said["findings"][0]
    assert (first["rule"], first["severity"], first["quote"]) == ("placeholder-left", "error", "[role]")
    assert set(first) == {"rule", "severity", "message", "quote", "why", "fix"}
    order = ["error", "warning", "suggestion"]
    ranks = [order.index(finding["severity"]) for finding in said["findings"]]
    assert ranks == sorted(ranks)


def test_a_message_with_nothing_in_it_is_left_alone() -> None:
    (said,) = told(asked(body=""))
    assert not said["refused"] and said["skipped"] and said["findings"] == [] and said["score"] is None


def test_one_connection_answers_as_many_requests_as_are_made_in_order() -> None:
    said = told(*({**asked(), "id": f"n{n}"} for n in range(50)))
    assert [one["id"] for one in said] == [f"n{n}" for n in range(50)]
    assert all(one["refused"] for one in said)


def test_html_is_read_as_its_reader_sees_it_and_quoted_mail_is_not_the_writers() -> None:
    html = (
        "<html><head><style>p {color: [role]}</style></head><body><p>Hi Priya,</p>"
        "<p>Thank you for the talk about the&nbsp;ROLE job this morning.</p><p>Jordan</p>"
        '<div class="moz-cite-prefix">On 10/03/2026 10:00, Priya Raman wrote:<br></div>'
        '<blockquote type="cite"><p>Bring [your papers].</p></blockquote></body></html>'
    )
    flagged, plain = told(
        asked(body="", is_plain_text=False, html=html.replace("ROLE", "<b>[role]</b>")),
        asked(body="", is_plain_text=False, html=html.replace("ROLE", "data engineer")),
    )
    assert [f["quote"] for f in flagged["findings"] if f["rule"] == "placeholder-left"] == ["[role]"]
    assert not plain["refused"]


def test_html_beside_a_plain_text_message_is_not_looked_at() -> None:
    (said,) = told(asked(body="Hi Priya,\n\nSee you on Monday.\n\nJordan\n", html="<p>[role]</p>"))
    assert not said["refused"]


def test_what_its_writer_sends_anyway_is_not_read() -> None:
    (said,) = told(asked(allow=True))
    assert not said["refused"] and said["skipped"] and said["findings"] == []


def test_fields_that_nobody_knows_are_passed_over_and_those_that_are_missing_are_empty() -> None:
    strange, bare = told(asked(colour="blue", nested={"a": [1]}), {"body": BAD})
    assert strange["refused"] and bare["refused"] and bare["id"] is None


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        f'{{"id": 1, "body": "{SECRET}'.encode(),
        f'{{"id": 1, "body": "{SECRET} \xff"}}'.encode("latin-1"),
        f'{{"id": 1, "body": "{SECRET}"}}'.encode("utf-16"),
        b"[" * 100_000,
        {"id": 1, "body": [SECRET]},
        {"id": 1, "body": 7},
        {"id": 1, "subject": {"a": SECRET}},
        {"id": 1, "to": SECRET},
        {"id": 1, "to": [SECRET, 7]},
        {"id": 1, "allow": SECRET},
        {"id": 1, "is_plain_text": SECRET, "html": "<p>x</p>"},
    ],
)
def test_what_is_no_request_is_answered_with_an_error_and_the_next_one_is_answered(
    request_: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong, right = told(request_, asked())
    assert wrong["error"] and not wrong["refused"]
    assert right["error"] is None and right["refused"]
    assert SECRET not in json.dumps(wrong) + capfd.readouterr().err


@pytest.mark.parametrize("id_", [None, True, 1.5, [1], {"a": 1}, "x" * 501])
def test_an_id_that_is_neither_a_number_nor_a_short_text_is_not_repeated(id_: Any) -> None:
    (said,) = told({**asked(), "id": id_})
    assert said["id"] is None and said["refused"]


def test_a_request_that_is_too_long_is_refused_unread_and_the_next_one_is_answered() -> None:
    long, right = told(b"x" * (MAX_BYTES + 1), asked())
    assert "the limit is" in long["error"] and right["refused"]


def test_an_answer_stays_within_what_a_client_accepts() -> None:
    blanks = "\n".join(f"I would like the [{'ⓧ' * 2000}{n}] job." for n in range(300))
    (said,) = told(asked(body=f"Hi Priya,\n\n{blanks}\n\nJordan\n"))
    assert said["error"] is None
    assert len(json.dumps(said, ensure_ascii=False).encode()) < MAX_ANSWER


def test_a_lone_surrogate_breaks_nothing() -> None:
    lone = b'{"id": "\\ud800", "subject": "\\ud800", "to": ["\\udfff"], "body": "Hi \\ud83d,\\n\\nThe [\\ud800] job."}'
    (said,) = told(lone)
    assert said["error"] is None


def test_trouble_with_the_rubric_is_an_error_and_no_refusal() -> None:
    def broken() -> Gate:
        raise RubricError("rubric.yaml:3: criteria: expected a list")

    said = answer(json.dumps(asked()).encode(), broken)
    assert said["error"] == "rubric.yaml:3: criteria: expected a list" and not said["refused"] and said["id"] == 1


def test_a_fault_of_its_own_is_an_error_that_holds_no_word_of_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(Gate):
        def __init__(self) -> None:
            raise ValueError(SECRET)

    said = answer(json.dumps(asked()).encode(), Broken)
    written = capsys.readouterr().err
    assert "ValueError" in said["error"] and "ValueError" in written and not said["refused"]
    assert SECRET not in said["error"] + written


@given(st.binary(max_size=200))
def test_whatever_comes_there_is_an_answer_or_a_deliberate_end(data: bytes) -> None:
    sink = io.BytesIO()
    with suppress(InputError):
        serve(io.BytesIO(data), sink)
    assert all(not said["refused"] for said in answers(sink.getvalue()))


def test_the_program_ends_well_when_the_client_hangs_up(tmp_path: Path) -> None:
    done = host(framed(asked(), asked()), tmp_path, "/somewhere/reviewer.json", "reviewer@reviewer.example")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [said["refused"] for said in answers(done.stdout)] == [True, True]
    assert host(b"", tmp_path).returncode == 0


def test_the_program_ends_with_one_line_when_a_request_breaks_off(tmp_path: Path) -> None:
    whole = framed(asked(body=f"Hi Priya,\n\n{SECRET} [role].\n\nJordan\n"))
    for torn in (whole[:2], whole[:4], whole[:-1], whole + whole[:30]):
        done = host(torn, tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(b"reviewer: standard input ended") and done.stderr.count(b"\n") == 1
        assert SECRET.encode() not in done.stderr


def test_text_where_the_protocol_was_expected_is_answered_with_an_error(tmp_path: Path) -> None:
    done = host(b"hello? is anybody there\n", tmp_path)
    assert done.returncode == 2 and done.stderr.count(b"\n") == 1
    (said,) = answers(done.stdout)
    assert "is no message" in said["error"]


def test_settings_that_are_broken_are_an_error_in_the_answer(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "reviewer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[rules\n")
    done = host(framed(asked()), tmp_path)
    (said,) = answers(done.stdout)
    assert done.returncode == 0 and "config.toml" in said["error"] and not said["refused"]


def test_what_the_program_imports_is_no_more_than_a_check_needs(tmp_path: Path) -> None:
    host(framed(asked()), tmp_path)  # compiles the rubric, which takes a YAML parser and more
    listing = "import sys; from reviewer.cli import host; host.quick([]); print(*sys.modules, file=sys.__stderr__)"
    done = subprocess.run(
        [sys.executable, "-c", listing],
        input=framed(asked(), asked(body="", is_plain_text=False, html="<p>Hi</p>")),
        capture_output=True,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        check=True,
    )
    assert [said["error"] for said in answers(done.stdout)] == [None, None]
    loaded = set(done.stderr.decode().split())
    assert not loaded & {"typer", "click", "pydantic", "rich", "openai", "textstat", "yaml", "email", "sqlite3"}
