"""The server: an editor's requests and notifications, answered with what `reading` knows and `shown` makes of it.

A draft is read in a thread, one at a time, and only in its newest version. Where the last reading of a buffer took
noticeable time, the server waits as long after a change: a note is read at each keystroke, a book when its writer
pauses. What asks about a draft (a hover, a quick fix) waits for the reading of its newest version.

Nothing is logged: pygls writes whole messages, and so words of a draft, to its loggers.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reviewer.errors import ReviewerError
from reviewer.lsp.places import changed, units
from reviewer.lsp.reading import Draft, Reader, Reading
from reviewer.lsp.settings import SECTION, section, settings_from
from reviewer.lsp.shown import (
    DISMISS,
    KINDS,
    REWRITE,
    actions,
    diagnostics,
    edit_of,
    hover,
    lenses,
    rewriting,
)
from reviewer.report.lines import Columns
from reviewer.suppression import dismiss
from reviewer.version import __version__

__all__ = ["Server", "serve"]


_NOTICEABLE = 0.02  # seconds


def serve(source: BinaryIO, sink: BinaryIO) -> int:
    """Serve an editor until it says goodbye or hangs up; the exit status that the protocol wants."""
    logging.disable()
    server = Server()
    server.start_io(source, sink)
    return 0 if server.said_goodbye else 1


class _Open:
    """A buffer that is open: its newest version, the task that reads it, and what it found."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.task: asyncio.Task[None] | None = None
        self.reading: Reading | None = None
        self.took = 0.0  # seconds, the last time


class Server(LanguageServer):
    """A language server with what it knows of an editor: the buffers, the settings, what it was told already."""

    def __init__(self) -> None:
        super().__init__("reviewer", __version__, types.TextDocumentSyncKind.Full)
        self.given: dict[str, Any] = {}  # settings that came with the start
        self.reader = Reader(settings_from({})[0])
        self.said_goodbye = False  # the editor
        self._open: dict[str, _Open] = {}
        self._told: set[str] = set()
        self._thread = ThreadPoolExecutor(1, "reading")
        for name, (handler, options) in _FEATURES.items():
            self.feature(name, options)(handler)
        for name, command in _COMMANDS.items():
            self.command(name)(command)

    @property
    def columns(self) -> Columns:
        return units(self.server_capabilities.position_encoding)

    def configure(self, given: dict[str, Any]) -> None:
        """Take these settings besides those of the start, say what is wrong with them, and read all buffers anew."""
        settings, wrong = settings_from({**self.given, **given})
        self.reader = Reader(settings)
        self._told.clear()
        self.tell(wrong)
        self.read_all()

    def draft(self, uri: str) -> Draft | None:
        return self._open[uri].draft if uri in self._open else None

    def put(self, draft: Draft) -> None:
        """Take a new version of a buffer, and read it soon."""
        there = self._open.setdefault(draft.uri, _Open(draft))
        there.draft = draft
        self._read_soon(there)

    def drop(self, uri: str) -> None:
        """Forget a buffer that was closed, and whatever is under way for it."""
        there = self._open.pop(uri, None)
        if there is not None and there.task is not None:
            there.task.cancel()
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def read_all(self) -> None:
        """Read every buffer anew, with what has changed beside them."""
        self.reader.forget()
        for there in self._open.values():
            self._read_soon(there)

    async def newest(self, uri: str) -> Reading | None:
        """The reading of a buffer's newest version, as soon as there is one; None where the buffer is closed."""
        while (there := self._open.get(uri)) is not None and (task := there.task) is not None:
            await asyncio.wait({task})
            if self._open.get(uri) is there and there.task is task:
                return there.reading
        return None

    async def in_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    def say(self, message: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show the user a message."""
        self.window_show_message(types.ShowMessageParams(kind, f"reviewer: {message}"))

    def tell(self, trouble: Iterable[str]) -> None:
        """Show what is wrong, each thing once until the settings change."""
        for message in trouble:
            if message not in self._told:
                self._told.add(message)
                self.say(message)

    def report_server_error(self, error: Exception, source: Any = None) -> None:
        """Say that something failed; never what it says, which may be words of a draft."""
        del source
        self.tell([f"a fault of its own ({type(error).__name__})"])

    def _read_soon(self, there: _Open) -> None:
        if there.task is not None:
            there.task.cancel()
        there.task = asyncio.get_running_loop().create_task(self._read(there))

    async def _read(self, there: _Open) -> None:
        await asyncio.sleep(there.took if there.took > _NOTICEABLE else 0)
        began = monotonic()
        try:
            reading = await self.in_thread(self.reader.read, there.draft, self.columns)
        except Exception as fault:  # whatever it is, the editor stays usable and the next version is read
            self.report_server_error(fault)
            there.reading = None
            found = []
        else:
            there.reading = reading
            self.tell(reading.trouble)
            found = diagnostics(reading, self.reader.settings.severity)
        there.took = monotonic() - began
        draft = there.draft
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(draft.uri, found, draft.version))
        if _can(self.client_capabilities, "workspace.code_lens.refresh_support"):
            self.workspace_code_lens_refresh(None)


def _can(capabilities: types.ClientCapabilities, path: str) -> Any:
    """What an editor says of one of its capabilities; None where it says nothing."""
    found: Any = capabilities
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.given = section(params.initialization_options)
    ls.reader = Reader(settings_from(ls.given)[0])  # what is wrong with them is said when the editor is ready


async def _initialized(ls: Server, params: types.InitializedParams) -> None:
    if _can(ls.client_capabilities, "workspace.did_change_configuration.dynamic_registration"):
        wanted = types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, {"section": SECTION})
        ls.client_register_capability(types.RegistrationParams([wanted]))
    ls.configure(await _asked(ls))


async def _asked(ls: Server) -> dict[str, Any]:
    """The settings that the editor has for us; none where it cannot be asked."""
    if not _can(ls.client_capabilities, "workspace.configuration"):
        return {}
    item = types.ConfigurationItem(section=SECTION)
    try:
        found = await ls.workspace_configuration_async(types.ConfigurationParams([item]))
    except Exception:  # an editor that says it can and cannot
        return {}
    return section(found[0]) if found else {}


async def _configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    ls.configure(section(params.settings, sure=False) or await _asked(ls))


def _shut_down(ls: Server, params: None) -> None:
    ls.said_goodbye = True


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    there = params.text_document
    ls.reader.forget()
    ls.put(Draft(there.uri, there.version, there.text))


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    there = params.text_document
    draft = ls.draft(there.uri)
    if draft is not None:
        ls.put(Draft(there.uri, there.version, changed(draft.text, params.content_changes, ls.columns)))


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    ls.read_all()


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.drop(params.text_document.uri)


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    reading = await ls.newest(params.text_document.uri)
    if reading is None:
        return []
    return actions(reading, params, ls.reader.settings.severity, versioned=_versioned(ls))


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    reading = await ls.newest(params.text_document.uri)
    if reading is None:
        return None
    formats = _can(ls.client_capabilities, "text_document.hover.content_format") or []
    markdown = types.MarkupKind.Markdown in formats
    return hover(reading, params.position, ls.reader.settings.severity, markdown=markdown)


async def _lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    reading = await ls.newest(params.text_document.uri)
    return lenses(reading) if reading is not None else []


async def _rewrite(ls: Server, uri: str) -> None:
    """Rewrite the message by the rules, offline, as an edit of its buffer."""
    reading = await ls.newest(uri)
    if reading is None or reading.review is None:
        ls.say(f"nothing to rewrite: {reading.skipped if reading is not None else 'the buffer is not open'}")
        return
    done = await ls.in_thread(ls.reader.rewrite, reading.review)
    edits = rewriting(reading, done)
    said = [f"rewritten, {reading.review.score} → {done.score} of 100" if edits else "nothing that the rules can mend"]
    if done.subject is not None and done.subject != reading.message.subject and done.subject not in done.text:
        said.append(f"as the subject: {done.subject}")
    if done.placeholders:
        said.append(f"fill in before you send: {', '.join(done.placeholders)}")
    if edits:
        wanted = types.ApplyWorkspaceEditParams(edit_of(reading.draft, edits, versioned=_versioned(ls)), "Rewrite")
        if not (await ls.workspace_apply_edit_async(wanted)).applied:
            said = ["the editor did not take the rewritten message"]
    ls.say("; ".join(said), types.MessageType.Info)


def _dismiss(ls: Server, mark: str, rule: str) -> None:
    """Hear this finding no more in this draft."""
    try:
        dismiss([(mark, rule)])
    except ReviewerError as error:
        ls.say(str(error))
    ls.read_all()


def _versioned(ls: Server) -> bool:
    return bool(_can(ls.client_capabilities, "workspace.workspace_edit.document_changes"))


_FEATURES: dict[str, tuple[Callable[..., Coroutine[Any, Any, Any] | Any], Any]] = {
    types.INITIALIZE: (_initialize, None),
    types.INITIALIZED: (_initialized, None),
    types.SHUTDOWN: (_shut_down, None),
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: (_configured, None),
    types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (_changed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (_saved, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (_closed, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (_actions, types.CodeActionOptions(KINDS)),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_CODE_LENS: (_lenses, types.CodeLensOptions()),
}
_COMMANDS: dict[str, Callable[..., Any]] = {REWRITE: _rewrite, DISMISS: _dismiss}
