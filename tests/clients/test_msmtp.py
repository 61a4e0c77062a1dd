"""Real msmtp and a server on this machine: the envelope and the message are those that msmtp alone would send."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import GOOD
from mailers import BAD, Desk, need

pytestmark = [pytest.mark.client, pytest.mark.loopback]

HEADERS = (
    "From: Jordan Ellis <jordan@home.example>\r\nTo: Priya Raman <priya@northwind.example>\r\n"
    "Cc: Tom Reed <tom@northwind.example>\r\nBcc: secret@home.example\r\nSubject: Jordan Ellis - Thank you\r\n"
    "Date: Tue, 10 Mar 2026 16:30:00 -0500\r\nMessage-ID: <1@home.example>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
)


class Delivered(NamedTuple):
    envelope: list[bytes]
    data: bytes


class Server:
    """As much of SMTP as msmtp needs; refuses a recipient called nobody."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.delivered: list[Delivered] = []

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb", buffering=0) as stream:
                self._talk(stream)

    def _talk(self, stream: socket.SocketIO) -> None:  # type: ignore[override]
        stream.write(b"220 here\r\n")
        envelope: list[bytes] = []
        while line := stream.readline():
            command = line[:4].upper()
            if command == b"DATA":
                stream.write(b"354 go on\r\n")
                data = b""
                while (came := stream.readline()) != b".\r\n":
                    data += came
                self.delivered.append(Delivered(envelope, data))
            elif command in (b"MAIL", b"RCPT"):
                envelope.append(line)
            stream.write(
                b"550 no\r\n" if b"nobody" in line else b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n"
            )


@contextmanager
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.socket.shutdown(socket.SHUT_RDWR)
        made.socket.close()
        thread.join(10)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    need("msmtp")
    desk = Desk(tmp_path)
    (desk.bin / "msmtp").unlink()
    return desk


def settings(desk: Desk, port: int) -> None:
    file = desk.home / ".msmtprc"
    file.write_text(f"account default\nhost 127.0.0.1\nport {port}\nfrom jordan@home.example\nauth off\ntls off\n")
    file.chmod(0o600)


def test_what_msmtp_sends_is_what_it_sends_alone(desk: Desk) -> None:
    message = HEADERS + GOOD.replace("\n", "\r\n") + "Zoë\r\n.\r\n..two dots\r\nFrom here\r\n"
    with server() as smtp:
        settings(desk, smtp.port)
        for arguments in (
            ["-t"],
            ["-f", "other@home.example", "--", "priya@northwind.example", "tom@northwind.example"],
        ):
            smtp.delivered.clear()
            for before in ([], [desk.reviewer, "sendmail", "--"]):
                done = desk.run(*before, "msmtp", *arguments, given=message)
                assert (done.returncode, done.stderr) == (0, "")
            alone, reviewed = smtp.delivered
            assert alone == reviewed and b"Zo\xc3\xab" in alone.data
            assert (b"RCPT TO:<secret@home.example>\r\n" in reviewed.envelope) == (arguments == ["-t"])


def test_a_refused_message_reaches_no_server_and_goes_when_allowed(desk: Desk) -> None:
    with server() as smtp:
        settings(desk, smtp.port)
        command = (desk.reviewer, "sendmail", "--", "msmtp", "-t")
        assert desk.run(*command, given=HEADERS + BAD).returncode == 65
        assert smtp.delivered == []
        desk.run(desk.reviewer, "allow")
        assert desk.run(*command, given=HEADERS + BAD).returncode == 0
        assert len(smtp.delivered) == 1


def test_what_msmtp_says_of_a_failure_is_passed_on(desk: Desk) -> None:
    with server() as smtp:
        settings(desk, smtp.port)
        command = ("msmtp", "nobody@home.example")
        alone = desk.run(*command, given=HEADERS + GOOD)
        reviewed = desk.run(desk.reviewer, "sendmail", "--", *command, given=HEADERS + GOOD)
    assert alone.returncode != 0
    assert (alone.returncode, alone.stdout, alone.stderr) == (reviewed.returncode, reviewed.stdout, reviewed.stderr)
