"""The real Thunderbird, headless, with a profile and a home of its own, and a mail server that keeps what it is sent.

It is driven by Marionette, the remote control that is built into it: buttons are pressed and keys are struck in its
windows. The protocol is spoken here, because Mozilla's package for it needs a module that Python 3.13 no longer has.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

T = TypeVar("T")

PROGRAM = shutil.which("thunderbird")
EXTENSION = "reviewer@reviewer.example"
CLIENT = Path(__file__).parents[2] / "clients" / "thunderbird"
REVIEWER = Path(sys.executable).with_name("reviewer-host")
TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"  # as WebDriver writes these keys
PATIENCE = 60  # seconds after which something is not going to happen any more


def eventually(seen: Callable[[], T], what: str) -> T:
    """What is seen as soon as it is anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := seen():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Sink:
    """A mail server that delivers nothing: it keeps whole messages, as they came."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return "250 kept"

    def next(self) -> EmailMessage:
        """The one mail that has come since the last one was taken."""
        eventually(lambda: self.mails, "a mail")
        (mail,) = self.mails
        self.mails.clear()
        return mail


class TooSlow(Exception):
    """The machine was so busy that a program which answers at once took longer than the extension waits."""


class Gone(Exception):
    """The window is no longer there."""


class Marionette:
    """The remote control: a command is a name with parameters, and is answered with a value."""

    def __init__(self, port: int) -> None:
        self._socket = eventually(lambda: self._connected(port), "Thunderbird")
        self._received = self._socket.makefile("rb")
        self._next()  # a greeting
        self("WebDriver:NewSession")
        self("Marionette:SetContext", value="chrome")

    def __call__(self, command: str, **parameters: Any) -> Any:
        message = json.dumps([0, 1, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, found = self._next()
        if error is not None:
            raise Gone if error["error"] == "no such window" else AssertionError(error)
        return found["value"] if isinstance(found, dict) and found.keys() == {"value"} else found

    def _next(self) -> Any:
        length = b""
        while (digit := self._received.read(1)) not in (b":", b""):
            length += digit
        return json.loads(self._received.read(int(length)))

    @staticmethod
    def _connected(port: int) -> socket.socket | None:
        with suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), PATIENCE)
        return None


class Thunderbird:
    """A running Thunderbird with the packaged extension."""

    def __init__(self, home: Path, control: Marionette, sink: Sink) -> None:
        self.home, self.control, self.sink = home, control, sink
        self.first = control("WebDriver:GetWindowHandle")
        self.manifest = home / ".mozilla" / "native-messaging-hosts" / "reviewer.json"
        self.manifest.parent.mkdir(parents=True, exist_ok=True)

    def script(self, code: str, *arguments: Any) -> Any:
        """What a piece of JavaScript returns that runs with all of Thunderbird's rights."""
        names = "".join(f"a{n}, " for n in range(len(arguments)))
        whole = f"""
            const [{names}resolve] = arguments;
            const windows = (type) => [...Services.wm.getEnumerator(type)];
            (async () => {{ {code} }})().then((done) => resolve({{done}}), (error) => resolve({{error: `${{error}}`}}));
        """
        said = self.control(
            "WebDriver:ExecuteAsyncScript", script=whole, args=arguments, sandbox="system", newSandbox=True
        )
        assert "error" not in said, said
        return said.get("done")

    def answers(self, program: Path | str | None) -> None:
        """From now on this program is the native-messaging host; None: there is none."""
        self.manifest.unlink(missing_ok=True)
        if program is not None:
            template = json.loads((CLIENT / "reviewer.json").read_text("utf-8"))
            self.manifest.write_text(json.dumps({**template, "path": str(program)}), "utf-8")

    def answers_with(self, source: str) -> None:
        """From now on this Python is the native-messaging host."""
        program = self.home / "host.py"
        program.write_text(f"#!{sys.executable}\nimport json, os, struct, sys, time\n{source}\n", "utf-8")
        program.chmod(0o755)
        self.answers(program)

    def compose(self, subject: str, text: str, *, html: bool = False) -> int:
        """Open a compose window with a message in it; its number."""
        number: int = self.script(_COMPOSE, "Priya Raman <priya@northwind.example>", subject, text, html)
        return number

    def send(self, number: int, button: str = "button-send") -> None:
        self.script("windows('msgcompose').find((w) => id(w) === a0).document.getElementById(a1).click();" + _ID,
                    number, button)  # fmt: skip

    def written(self, number: int) -> dict[str, Any] | None:
        """What stands in a compose window, and whether its writer can go on with it; None where it is closed."""
        found: dict[str, Any] | None = self.script(_WRITTEN + _ID, number)
        return found

    def write(self, number: int, text: str) -> None:
        """Put another text into a compose window."""
        self.script("const w = windows('msgcompose').find((w) => id(w) === a0); const editor = w.GetCurrentEditor();"
                    "editor.selectAll(); editor.insertText(a1);" + _ID, number, text)  # fmt: skip

    def pages(self, name: str) -> list[dict[str, Any]]:
        """The extension's windows that show this page, wholly loaded: what they say, and what has the focus."""
        found: list[dict[str, Any]] = self.script(_PAGES + _ID, name)
        return found

    def page(self, name: str) -> dict[str, Any]:
        """The one window that shows this page, once it has something to say. Raises TooSlow."""

        def seen() -> dict[str, Any] | None:
            self.alerts()
            return next(iter(self.pages(name)), None)

        return eventually(seen, name)

    def press(self, page: dict[str, Any], *keys: str) -> None:
        """Strike keys in one of the extension's windows, when it has the focus."""
        handle = self._switch(page["id"])

        def focused() -> bool:
            self.control("WebDriver:SwitchToWindow", handle=handle, focus=True)
            return any(one["active"] for one in self.pages("") if one["id"] == page["id"])

        eventually(focused, "the focus")
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        with suppress(Gone):  # the key that closed the window is let go when it is gone
            self.control("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": strokes}])
        self.control("WebDriver:SwitchToWindow", handle=self.first, focus=False)

    def _switch(self, number: int) -> str:
        handles: list[str] = self.control("WebDriver:GetWindowHandles")
        for handle in handles:
            self.control("WebDriver:SwitchToWindow", handle=handle, focus=False)
            if self.script("return id(window);" + _ID) == number:
                return handle
        raise Gone

    def close(self, number: int) -> None:
        self.script("windows(null).find((w) => id(w) === a0).close();" + _ID, number)

    def alerts(self, *, slow: bool = False) -> list[str]:
        """The notifications that stand on the screen. Raises TooSlow where one is of a delay that nothing tried for."""
        found: list[str] = self.script(_ALERTS)
        if not slow and any("did not answer within" in said for said in found):
            raise TooSlow
        return found

    def enable(self, wanted: bool) -> None:
        """Switch the extension on or off, as in the add-ons manager."""
        self.script(_ENABLE, EXTENSION, wanted)

    def tidy(self) -> None:
        """Close every window but the first, keeping nothing."""
        self.script(_TIDY)
        self.sink.mails.clear()


_ID = " function id(window) { return window.docShell.outerWindowID; }"
_COMPOSE = """
    const made = (contract, type) => Cc[contract].createInstance(type);
    const params = made("@mozilla.org/messengercompose/composeparams;1", Ci.nsIMsgComposeParams);
    params.composeFields = made("@mozilla.org/messengercompose/composefields;1", Ci.nsIMsgCompFields);
    Object.assign(params.composeFields, {to: a0, subject: a1, body: a2});
    params.type = Ci.nsIMsgCompType.New;
    params.format = a3 ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
    const ready = new Promise((resolve) => {
        Services.ww.registerNotification(function opened(window) {
            window.addEventListener("compose-editor-ready", () => {
                Services.ww.unregisterNotification(opened);
                resolve(window.docShell.outerWindowID);
            }, {once: true});
        });
    });
    const {MailServices} = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
    MailServices.compose.OpenComposeWindowWithParams(null, params);
    return await ready;
"""
_WRITTEN = """
    const found = windows("msgcompose").find((w) => id(w) === a0);
    return found && {
        text: found.GetCurrentEditor().outputToString(found.IsHTMLEditor() ? "text/html" : "text/plain", 0),
        subject: found.document.getElementById("msgSubject").value,
        locked: found.gWindowLocked,
        focused: Services.focus.activeWindow === found,
    };
"""
_PAGES = """
    const found = [];
    for (const window of windows("mail:extensionPopup")) {
        const browser = window.document.querySelector("browser");
        if (!browser?.currentURI.spec.includes(`/${a0}`)) {
            continue;
        }
        const read = new Promise((resolve) => {
            browser.messageManager.addMessageListener("read", ({data}) => resolve(data));
            window.addEventListener("unload", () => resolve({}));
        });
        const code = `sendAsyncMessage("read", {
            said: content.document.body?.innerText, html: content.document.body?.innerHTML,
            active: content.document.hasFocus(), focus: content.document.activeElement?.id,
            spoken: content.document.querySelector("[role]")?.textContent
        })`;
        browser.messageManager.loadFrameScript(`data:,${encodeURIComponent(code)}`, false);
        found.push({id: id(window), ...(await read)});
    }
    return found.filter((page) => page.spoken && page.focus);
"""
_ALERTS = """
    return windows("alert:alert").map((w) => w.document.getElementById("alertTextLabel")?.textContent).filter(Boolean);
"""
_ENABLE = """
    const {AddonManager} = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    const addon = await AddonManager.getAddonByID(a0);
    await (a1 ? addon.enable() : addon.disable());
"""
_TIDY = """
    for (const window of windows(null)) {
        if (window.document.documentElement.getAttribute("windowtype") !== "mail:3pane") {
            window.gContentChanged = false;
            window.gMsgCompose && (window.gMsgCompose.bodyModified = false);
            window.close();
        }
    }
"""


@contextmanager
def running(home: Path) -> Iterator[Thunderbird]:
    """Thunderbird from start to end. Raises AssertionError with what it wrote where it does not start."""
    assert PROGRAM is not None
    sink, mail_port, control_port = Sink(), _free_port(), _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=mail_port)
    server.start()
    profile = home / "profile"
    _profile(profile, {**_PREFERENCES, "mail.smtpserver.smtp1.port": mail_port, "marionette.port": control_port})
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [PROGRAM, "--headless", "--no-remote", "--profile", str(profile)]
    with (home / "written").open("wb") as written:
        process = subprocess.Popen(
            [*command, "--marionette", "--remote-allow-system-access"],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Thunderbird(home, Marionette(control_port), sink)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()
                server.stop()


def _profile(profile: Path, preferences: dict[str, Any]) -> None:
    """A fresh profile with an account, into which the packaged extension is put as a user's add-ons are."""
    package = profile / "extensions" / f"{EXTENSION}.xpi"
    subprocess.run([sys.executable, CLIENT / "pack.py", package], check=True, stdout=subprocess.DEVNULL)
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


_NOWHERE = "http://127.0.0.1:9/"
_PREFERENCES = {
    "extensions.autoDisableScopes": 0,  # an extension that lies in the profile is switched on without being asked for
    "alerts.useSystemBackend": False,  # notifications are windows of Thunderbird's own, which can be read
    # an account that never asks for mail, and sends to the sink
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.account.account1.server": "server1",
    "mail.account.account1.identities": "id1",
    "mail.account.account2.server": "server2",
    "mail.server.server1.type": "pop3",
    "mail.server.server1.name": "Jordan",
    "mail.server.server1.hostname": "127.0.0.1",
    "mail.server.server1.port": 9,
    "mail.server.server1.userName": "jordan",
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.check_new_mail": False,
    "mail.server.server2.type": "none",
    "mail.server.server2.name": "Local Folders",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.userName": "nobody",
    "mail.identity.id1.fullName": "Jordan Ellis",
    "mail.identity.id1.useremail": "jordan@here.example",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.fcc": False,
    "mail.identity.id1.valid": True,
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.type": "smtp",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.try_ssl": 0,
    # nobody is asked anything, and nothing is fetched
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.shell.checkDefaultClient": False,
    "mail.compose.autosave": False,
    "mail.inappnotifications.enabled": False,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "app.donation.eoy.version.viewed": 999,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": _NOWHERE,
    "browser.region.network.url": "",
    "mail.rights.override": True,
}
