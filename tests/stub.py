"""A server on loopback that answers as it is told: for what no real server can be made to do on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One HTTP answer. `drip` is seconds between its bytes; `short` bytes are promised and never sent."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0
    short: int = 0


@dataclass
class Stub:
    """Answers requests in the order of `replies`, the last one again and again, and keeps what it was sent."""

    replies: list[Reply]
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def next(self) -> Reply:
        return self.replies[min(len(self.requests), len(self.replies)) - 1]


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None, tokens: int = 10) -> Reply:
    """A chat completion as every server sends one."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    usage = {
        "prompt_tokens": tokens,
        "completion_tokens": 2,
        "total_tokens": tokens + 2,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    choice = {"index": 0, "finish_reason": finish, "message": message}
    return Reply(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice], "usage": usage}))


def error(status: int, message: str = "no", *, headers: dict[str, str] | None = None, **more: str) -> Reply:
    return Reply(json.dumps({"error": {"message": message, **more}}), status, headers or {})


@contextmanager
def serving(*replies: Reply) -> Iterator[Stub]:
    stub = Stub(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            stub.paths.append(self.path)
            stub.headers.append({name.lower(): value for name, value in self.headers.items()})
            stub.requests.append(json.loads(body))
            reply = stub.next()
            content = reply.body.encode()
            self.send_response(reply.status)
            for name, value in {"content-type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content) + reply.short))
            self.end_headers()
            try:
                for at in range(len(content)) if reply.drip else ():
                    self.wfile.write(content[at : at + 1])
                    self.wfile.flush()
                    time.sleep(reply.drip)
                if not reply.drip:
                    self.wfile.write(content)
            except OSError:
                pass  # the client has hung up, as it should
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing: the tests look at `requests`."""

    with listening(Handler) as stub.url:
        yield stub


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on a free port of this machine: its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
