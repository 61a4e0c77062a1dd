"""The language server, as an editor speaks to it: mostly the real program over pipes."""

import ast
import asyncio
import json
import logging
import os
import random
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, HARD
from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

from reviewer import Context, load_rubric, review
from reviewer.gate import Gate
from reviewer.intake.draft import read_draft
from reviewer.lsp.server import Server
from reviewer.lsp.settings import settings_from

URI = "file:///home/jordan/letter.txt"
BAD = GOOD.replace("Hi Priya", "Hi Pria")
KNOWN = {"interviewers": ["Priya Raman"]}
SECRET = "marzipan"  # a word of drafts that must turn up nowhere else
ENCODED = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Editor:
    """An editor with one buffer; `shows` is what it shows in it, as (rule, the words under it)."""

    def __init__(self, client: LanguageClient, encoding: str) -> None:
        self.client, self.encoding, self.text, self.version = client, encoding, "", 0

        @client.feature(types.WORKSPACE_APPLY_EDIT)
        def _(asked: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.apply(asked.edit)
            return types.ApplyWorkspaceEditResult(True)

    async def open(self, text: str) -> list[tuple[str, str]]:
        self.text, self.version = text, self.version + 1
        item = types.TextDocumentItem(URI, "mail", self.version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return await self.shows()

    async def change(self, text: str) -> list[tuple[str, str]]:
        self.send(types.TextDocumentContentChangeWholeDocument(text))
        self.text = text
        return await self.shows()

    def send(self, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.version += 1
        known = types.VersionedTextDocumentIdentifier(self.version, URI)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(known, changes))

    async def shows(self) -> list[tuple[str, str]]:
        return [(str(d.code), words(self.text, d.range, self.encoding)) for d in await self.published()]

    async def published(self) -> Sequence[types.Diagnostic]:
        """The next diagnostics of the buffer as it is now."""
        while True:
            coming = self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            said: types.PublishDiagnosticsParams = await asyncio.wait_for(coming, timeout=60)
            if said.version == self.version:
                return said.diagnostics

    async def actions(self, at: str) -> dict[str, Any]:
        """What is offered at the first place where these words stand, by title."""
        here = self.position(at)
        asked = types.CodeActionParams(DOCUMENT, types.Range(here, here), types.CodeActionContext([]))
        return {action.title: action for action in await self.client.text_document_code_action_async(asked) or ()}

    async def run(self, action: types.Command) -> None:
        """Run an action that is a command; lsprotocol takes it for a bare one, and makes text of what it has."""
        command = ast.literal_eval(action.command)
        asked = types.ExecuteCommandParams(command["command"], arguments=command["arguments"])
        await self.client.workspace_execute_command_async(asked)

    def position(self, at: str) -> types.Position:
        return position(self.text, self.text.index(at), self.encoding)

    def apply(self, edit: types.WorkspaceEdit) -> None:
        assert edit.document_changes is not None
        (change,) = edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (URI, self.version)
        for one in sorted(change.edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
            assert isinstance(one, types.TextEdit)
            start, end = (place(self.text, p, self.encoding) for p in (one.range.start, one.range.end))
            self.text = self.text[:start] + one.new_text + self.text[end:]

    @property
    def messages(self) -> list[str]:
        return [said.message for said in self.client.messages]


DOCUMENT = types.TextDocumentIdentifier(URI)


def lines_of(text: str) -> list[str]:
    return re.split("(?<=\n)|(?<=\r)(?!\n)", text)


def place(text: str, position: types.Position, encoding: str) -> int:
    """The offset of a position, worked out from the bytes of its encoding."""
    lines, (codec, size) = lines_of(text), ENCODED[encoding]
    line = lines[position.line].encode(codec, "surrogatepass")
    before = line[: position.character * size].decode(codec, "surrogatepass")
    return sum(map(len, lines[: position.line])) + len(before)


def position(text: str, offset: int, encoding: str) -> types.Position:
    codec, size = ENCODED[encoding]
    *above, before = lines_of(text[:offset])
    return types.Position(len(above), len(before.encode(codec, "surrogatepass")) // size)


def words(text: str, range: types.Range, encoding: str) -> str:
    return text[place(text, range.start, encoding) : place(text, range.end, encoding)]


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"]}


@asynccontextmanager
async def editor(
    home: Path, encoding: str = "utf-16", *, settings: dict[str, Any] | None = None, pulled: Any = None
) -> AsyncIterator[Editor]:
    """A real server and an editor that gave it these settings at the start, and gives it those when it is asked."""
    client = make_test_lsp_client()
    if pulled is not None:
        client.set_configuration(pulled, section="reviewer")
    await client.start_io(sys.executable, "-m", "reviewer", "lsp", env=environment(home))
    able = types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)]),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
            configuration=pulled is not None,
        ),
        text_document=types.TextDocumentClientCapabilities(
            hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown])
        ),
    )
    begun = await client.initialize_session(types.InitializeParams(able, initialization_options=settings))
    assert begun.capabilities.position_encoding == encoding
    yield Editor(client, encoding)
    await client.shutdown_session()
    assert client.error is None
    server = client._server
    assert server is not None and server.returncode == 0


@pytest.mark.asyncio
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODED)
async def test_a_finding_stands_under_its_words_whatever_stands_before_them(
    encoding: str, end: str, tmp_path: Path
) -> None:
    async with editor(tmp_path, encoding, settings={"always": True}) as e:
        for number, hard in enumerate(HARD.values()):
            text = f"Hi Priya,{end}{end}{hard}{end}{hard}{end}{end}Best,{end}Jordan{end}"
            found = await (e.change(text) if number else e.open(text))
            assert found.count(("placeholder-left", "[role]")) == 2


@pytest.mark.asyncio
async def test_diagnostics_say_what_they_are(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        await e.open(BAD)
        (known,) = [d for d in e.client.diagnostics[URI] if d.code == "wrong-name"]
        assert (known.severity, known.source) == (types.DiagnosticSeverity.Error, "reviewer")
        assert known.message.startswith("Do you mean Priya?")


@pytest.mark.asyncio
async def test_a_quick_fix_mends_the_place_and_the_finding_goes(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        text = GOOD.replace("\n", "\r\n").replace("I would w", "\u2028😀 Zoe\u0308\u0301, I definately would w")
        assert await e.open(text) == [("spelling-or-grammar", "definately")]
        fix = (await e.actions("definately"))["Write definitely"]
        assert fix.kind == "quickfix" and fix.is_preferred and fix.diagnostics[0].code == "spelling-or-grammar"
        e.apply(fix.edit)
        assert e.text == text.replace("definately", "definitely")
        assert not await e.change(e.text)


@pytest.mark.asyncio
async def test_the_message_is_rewritten_in_place_and_what_it_quotes_stays(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        quoted = "\n\nOn 9 March 2026 Priya Raman wrote:\n> Hi Jordan, are you [role]?\n"
        await e.open(BAD + quoted)
        await e.run((await e.actions("It is the work"))["Rewrite the message"])
        context = Context(interviewers=settings_from({"context": KNOWN})[0].known.interviewers)
        wanted = review(read_draft((BAD + quoted).encode()), load_rubric(), context=context, rewriting=True).rewrite
        assert wanted is not None and e.text == wanted.text
        assert "Hi Priya,\n" in e.text and e.text.endswith(quoted)
        assert any("rewritten" in said and "→ 100 of 100" in said for said in e.messages)


@pytest.mark.asyncio
async def test_a_dismissed_finding_stays_away_when_other_places_change(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        text = BAD.replace("the team", "the [team] team")
        assert {rule for rule, _ in await e.open(text)} == {"wrong-name", "placeholder-left"}
        dismiss = (await e.actions("Pria"))["Dismiss wrong-name in this draft"]
        await e.run(dismiss)
        assert [rule for rule, _ in await e.shows()] == ["placeholder-left"]
        assert not await e.change(text.replace("[team] ", "whole "))


@pytest.mark.asyncio
async def test_a_hover_tells_why_and_who_says_so_and_a_lens_the_score(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        await e.open(BAD)
        asked = types.HoverParams(DOCUMENT, e.position("ia,"))
        hover = await e.client.text_document_hover_async(asked)
        assert hover is not None and isinstance(hover.contents, types.MarkupContent) and hover.range is not None
        assert words(e.text, hover.range, e.encoding) == "Pria"
        for part in (
            "**Do you mean Priya?**",
            "the one slip",
            "Source: 0",
            "address each person by name",
            "wrong-name (error",
        ):
            assert part in hover.contents.value
        elsewhere = types.HoverParams(DOCUMENT, e.position("Postgres"))
        assert await e.client.text_document_hover_async(elsewhere) is None
        (lens,) = await e.client.text_document_code_lens_async(types.CodeLensParams(DOCUMENT)) or ()
        assert lens.command is not None and lens.command.title == "35 of 100, 1 error, would be stopped"
        await e.change(GOOD)
        (lens,) = await e.client.text_document_code_lens_async(types.CodeLensParams(DOCUMENT)) or ()
        assert lens.command is not None and lens.command.title == "100 of 100"


@pytest.mark.asyncio
async def test_what_is_no_follow_up_gets_nothing_unless_always_is_set(tmp_path: Path) -> None:
    mail = (
        "Hi Ana,\n\nThe plumber comes on Tuesday at nine. Could you let him in? His number is [number].\n\nBest,\nTom\n"
    )
    async with editor(tmp_path) as e:
        assert not await e.open(mail)
        assert list(await e.actions("plumber")) == []
        assert not await e.client.text_document_code_lens_async(types.CodeLensParams(DOCUMENT))
    async with editor(tmp_path, settings={"always": True}) as e:
        assert ("placeholder-left", "[number]") in await e.open(mail)


@pytest.mark.asyncio
async def test_a_compose_buffer_and_a_mail_have_their_findings_where_the_words_are(tmp_path: Path) -> None:
    compose = f"To: Priya Raman <p@northwind.example>\nX-Mine: 😀\n--text follows this line--\n{BAD}"
    head = "From: Jordan <j@home.example>\nTo: Priya Raman <p@northwind.example>\nSubject: Zoë\nMIME-Version: 1.0\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-8\n\n{BAD}"
    encoded = f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSGkgW25hbWVdLA==\n"
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        assert ("wrong-name", "Pria") in await e.open(compose)
        for text in (mail, mail.replace("\n", "\r\n"), "\ufeff" + BAD):
            assert ("wrong-name", "Pria") in await e.change(text)
            e.apply((await e.actions("Pria"))["Write Priya"].edit)
            assert e.text == text.replace("Pria", "Priya")
        assert not await e.change(encoded)


@pytest.mark.asyncio
async def test_changes_of_ranges_are_understood_as_well(tmp_path: Path) -> None:
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        await e.open(GOOD)
        name = position(e.text, e.text.index("Priya"), e.encoding)
        to = types.Position(name.line, name.character + 5)
        partial = types.TextDocumentContentChangePartial
        e.send(
            partial(types.Range(name, to), "😀\u2028Pria"),
            partial(types.Range(types.Position(900, 0), types.Position(900, 9)), "\r\n[end]"),
        )
        e.text = GOOD.replace("Hi Priya", "Hi 😀\u2028Pria") + "\r\n[end]"
        assert ("wrong-name", "Pria") in await e.shows()


@pytest.mark.asyncio
async def test_a_wrong_setting_is_told_with_its_choices_and_the_others_are_in_force(tmp_path: Path) -> None:
    wrong = {
        "severity": "loud",
        "loudness": 3,
        "rubric": "nonesuch",
        "always": True,
        "context": {**KNOWN, "kind": "poem", "shoe_size": 44},
    }
    async with editor(tmp_path, settings=wrong) as e:
        assert ("wrong-name", "Pria") in await e.open(BAD)
        said = "\n".join(e.messages)
        assert "reviewer.severity: Input should be 'error', 'warning' or 'suggestion'" in said
        assert "reviewer.loudness: no such setting; there are always, context, failOn, log, rubric, severity" in said
        assert "reviewer.context: kind: " in said and "thank_you, check_in" in said
        assert "reviewer.context: shoe_size: no such fact; there are interviewers" in said
        assert "nonesuch" in said and "the default rubric is used" in said
        assert len(e.messages) == 5
        await e.change(GOOD)
        assert len(e.messages) == 5  # each is told once


@pytest.mark.asyncio
async def test_settings_are_asked_for_and_can_change(tmp_path: Path) -> None:
    async with editor(tmp_path, pulled={"context": KNOWN}) as e:
        await e.open(BAD)
        if not e.client.diagnostics[URI]:  # read before the answer came
            await e.shows()
        assert e.client.diagnostics[URI]
        off = types.DidChangeConfigurationParams({"reviewer": {"context": []}})  # Lua's empty table
        e.client.workspace_did_change_configuration(off)
        assert not await e.shows()
        e.client.set_configuration({"severity": "error", "context": KNOWN}, section="reviewer")
        e.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        assert ("wrong-name", "Pria") in await e.shows()
        foreign = types.DidChangeConfigurationParams({"pylsp": {"plugins": {}}})
        e.client.workspace_did_change_configuration(foreign)
        assert ("wrong-name", "Pria") in await e.shows() and not e.messages


@pytest.mark.asyncio
async def test_a_log_or_a_configuration_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_text("no database, but long enough to be taken for something else " * 20)
    async with editor(tmp_path, settings={"context": KNOWN, "log": str(broken)}) as e:
        assert ("wrong-name", "Pria") in await e.open(f"To: Priya <p@northwind.example>\n\n{BAD}")
        assert "broken.sqlite3" in e.messages[0]
        configuration = tmp_path / ".config/reviewer/config.toml"
        configuration.parent.mkdir(parents=True)
        configuration.write_text("[rules")
        e.client.text_document_did_save(types.DidSaveTextDocumentParams(DOCUMENT))
        assert not await e.shows()
        assert "config.toml" in e.messages[-1]
        configuration.write_text('[rules]\noff = ["wrong-name"]')
        e.client.text_document_did_save(types.DidSaveTextDocumentParams(DOCUMENT))
        assert "wrong-name" not in [rule for rule, _ in await e.shows()]


@pytest.mark.asyncio
async def test_a_buffer_closed_in_the_middle_of_a_request_and_a_cancelled_request(tmp_path: Path) -> None:
    long = (BAD + "\n") * (1_000_000 // len(BAD))
    async with editor(tmp_path, settings={"context": KNOWN}) as e:
        assert await e.open(BAD)
        e.send(types.TextDocumentContentChangeWholeDocument(long))
        everywhere = types.Range(types.Position(0, 0), types.Position(90_000, 0))
        asked = types.CodeActionParams(DOCUMENT, everywhere, types.CodeActionContext([]))
        send = e.client.protocol.send_request  # now, and not when somebody waits for it
        actions = send(types.TEXT_DOCUMENT_CODE_ACTION, asked)
        start = types.Position(0, 0)
        cancelled = send(types.TEXT_DOCUMENT_HOVER, types.HoverParams(DOCUMENT, start), msg_id="7")
        e.client.cancel_request(types.CancelParams("7"))
        with pytest.raises(Exception, match="canceled"):
            await asyncio.wrap_future(cancelled)
        e.client.text_document_did_close(types.DidCloseTextDocumentParams(DOCUMENT))
        assert not await asyncio.wrap_future(actions)
        assert not await e.client.text_document_hover_async(types.HoverParams(DOCUMENT, start))
        e.send(types.TextDocumentContentChangeWholeDocument("a buffer that is not open"))
        assert ("wrong-name", "Pria") in await e.open(BAD)
        e.send(types.TextDocumentContentChangeWholeDocument(long))
        assert {known.code for known in await e.published()} >= {"wrong-name", "too-long"}
        assert await e.change(BAD) == [("wrong-name", "Pria")]


def framed(*messages: Any) -> bytes:
    datas = [m if isinstance(m, bytes) else json.dumps({"jsonrpc": "2.0", **m}).encode() for m in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(data), data) for data in datas)


INITIALIZE = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
SHUTDOWN = ({"id": 9, "method": "shutdown"}, {"method": "exit"})


def opened(text: str) -> dict[str, Any]:
    document = {"uri": URI, "languageId": "mail", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": document}}


def served(tmp_path: Path, *messages: Any, **more: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "reviewer", "lsp"]
    given = framed(*messages)
    return subprocess.run(command, input=given, capture_output=True, env={**environment(tmp_path), **more}, check=False)


def test_what_is_no_message_is_survived_and_no_word_of_a_draft_is_logged(tmp_path: Path) -> None:
    text = f"Hi [name], {SECRET} \ud83d\x00"
    wrong = {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": 3, "text": SECRET}}}
    changed = {"textDocument": {"uri": "file:///nowhere", "version": 3}, "contentChanges": [{"text": SECRET}]}
    done = served(
        tmp_path,
        INITIALIZE,
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": "marzipan \xff\xfe"}',
        b"no JSON: marzipan",
        wrong,
        {"method": "textDocument/didChange", "params": changed},
        {"id": 2, "method": "workspace/executeCommand", "params": {"command": "reviewer.rewrite", "arguments": []}},
        {"id": 3, "method": "workspace/executeCommand", "params": {"command": "nonesuch"}},
        opened(text),
        {"id": 4, "method": "textDocument/codeLens", "params": {"textDocument": {"uri": URI}}},
        *SHUTDOWN,
    )
    assert done.returncode == 0 and done.stderr == b""
    assert b'"id": 4' in done.stdout and b'"id": 9' in done.stdout
    assert SECRET.encode() not in done.stdout


def test_an_editor_that_hangs_up_without_goodbye_ends_the_server(tmp_path: Path) -> None:
    done = served(tmp_path, INITIALIZE, opened(GOOD * 2000))
    assert done.returncode == 1 and done.stderr == b""


def test_without_pygls_one_line_says_what_to_install(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "pygls.py").write_text("raise ModuleNotFoundError('no', name='pygls')")
    done = served(tmp_path, INITIALIZE, PYTHONPATH=str(hidden))
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.decode() == "reviewer: the language server needs pygls: pip install pygls\n"


PIECES = (
    *("a", " ", "I ", "you ", "thank you ", "interview ", "role ", "😀", "e\u0301", "\u2028", "\x85", "\t"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "> quoted\n",
        "-- \n",
        "Hi Pria,\n",
        "Best,\nJordan\n",
        "[role]",
        "{{name}}",
        ".",
        "?",
    ),
    *("Just checking in again! ", "I really need this job. ", "asap ", "<b>", "Subject: x\n", "𝔗", "\u202e", "\x00"),
)


class Wire:
    """What an in-process server writes: its notifications, as objects."""

    def __init__(self) -> None:
        self.published: dict[int, list[Any]] = {}
        self.arrived = asyncio.Event()

    def write(self, data: bytes) -> None:
        said = json.loads(data.partition(b"\r\n\r\n")[2])
        if said.get("method") == "textDocument/publishDiagnostics":
            self.published[said["params"]["version"]] = said["params"]["diagnostics"]
            self.arrived.set()

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ENCODED)
async def test_after_any_edits_the_server_shows_what_a_fresh_review_finds(
    encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "pygls")
    chance = random.Random(encoding)
    server, wire = Server(), Wire()
    server.protocol.set_writer(wire)

    def receive(message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message})
        server.protocol.handle_message(json.loads(body, object_hook=server.protocol.structure_message))

    able = {"general": {"positionEncodings": [encoding]}}
    settings = {"always": True, "context": KNOWN}
    start = {"capabilities": able, "initializationOptions": settings}
    receive({"id": 1, "method": "initialize", "params": start})
    text, edits, version = BAD, 0, 1
    receive(opened(text))
    context = settings_from(settings)[0].known
    while edits < 3400:  # in three encodings, ten thousand
        version += 1
        changes = []
        for _ in range(chance.randrange(1, 9)):
            text, change = _edited(text, chance, encoding)
            changes.append(change)
        edits += len(changes)
        known = {"uri": URI, "version": version}
        receive({"method": "textDocument/didChange", "params": {"textDocument": known, "contentChanges": changes}})
        while version not in wire.published:
            wire.arrived.clear()
            await wire.arrived.wait()
        shown = []
        for one in wire.published.pop(version):
            start, end = (types.Position(**one["range"][edge]) for edge in ("start", "end"))
            shown.append((one["code"], place(text, start, encoding), place(text, end, encoding)))
        examined = Gate(always=True).examine(read_draft(text.encode()), context)
        found = examined.review.findings if examined.review is not None else ()
        with_place = [(f.rule, f.span.start, f.span.end) for f in found if f.span is not None]
        assert [one for one in shown if one[0] in {rule for rule, _, _ in with_place}] == with_place
        assert sorted(rule for rule, _, _ in shown) == sorted(f.rule for f in found)


def _edited(text: str, chance: random.Random, encoding: str) -> tuple[str, dict[str, Any]]:
    """The text after one random edit, with the edit as an editor sends it: of a range, or of the whole text."""
    start, end = sorted(_somewhere(text, chance) for _ in range(2))
    if chance.random() < 0.7 or end - start > 40:
        end = start
    piece = chance.choice(PIECES) if len(text) < 900 and chance.random() < 0.8 else ""
    edge = {name: vars_of(position(text, at, encoding)) for name, at in (("start", start), ("end", end))}
    new = text[:start] + piece + text[end:] if len(text) < 900 else BAD
    if chance.random() < 0.5 or len(text) >= 900:
        return new, {"text": new}
    return new, {"range": edge, "text": piece}


def vars_of(position: types.Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def _somewhere(text: str, chance: random.Random) -> int:
    """A place that an editor knows: not between CR and LF."""
    at = chance.randrange(len(text) + 1)
    return at if text[at - 1 : at + 1] != "\r\n" else at + 1
