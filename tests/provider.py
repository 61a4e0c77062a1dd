"""A Batch API on loopback: files, batches and lists as OpenAI has them, each line answered by whoever is given.

Its envelopes are made here, for no server that can be run has such an API; the completions in them are real where
`answer` asks a real server. Results come in another order than the requests.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stub import listening

Answer = Callable[[dict[str, Any]], tuple[int, Any]]  # of a request's parameters: status and body
Change = Callable[[list[str], list[str]], tuple[list[str], list[str]]]  # of the lines of both files


@dataclass
class Provider:
    """What it has, and what was asked of it.

    `patience` is how often a batch is looked at before it has ended. `statuses` are what the next batches end as,
    `expiring` how many requests of each are left over by one that expires. `trouble` is the replies to the next calls
    of a method and path, before they are answered (a status), or after it and instead of the answer (minus a status);
    a 504 asks to be left alone for a day.
    """

    answer: Answer
    url: str = ""
    patience: int = 1
    statuses: list[str] = field(default_factory=list)
    code: str = "invalid_request"
    expiring: int = 1
    change: Change = lambda output, errors: (output, errors)
    trouble: dict[str, list[int]] = field(default_factory=dict)
    undeletable: bool = False
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)  # the parameters of every request that was answered
    ids: list[str] = field(default_factory=list)  # and its custom_id
    sizes: list[int] = field(default_factory=list)  # of the files that were sent
    calls: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)  # until it is set, no batch ends
    silent_after: str = ""  # the method and path of calls that are done, and get no reply until `silence` is set
    silence: threading.Event = field(default_factory=threading.Event)
    lock: Any = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.held.set()

    def reply(self, method: str, path: str, query: dict[str, list[str]], body: bytes, kind: str) -> tuple[int, Any]:
        if path == "/files" and method == "POST":
            return 200, self._file(*uploaded(body, kind))
        if path in {"/files", "/batches"} and method == "GET":
            return 200, self._page(path, query)
        if path == "/batches":
            return 200, self._batch(json.loads(body))
        if path == "/chat/completions":
            return self.answer(json.loads(body))
        kind, name, rest = [*path.split("/")[1:], ""][:3]
        if kind == "batches" and name in self.batches:
            return 200, self._look(name)
        if kind == "files" and name in self.files:
            if method == "DELETE":
                if self.undeletable:
                    return 403, {"error": {"message": "no", "code": "not_yours"}}
                del self.files[name]
                return 200, {"id": name, "deleted": True}
            return 200, self.files[name][1] if rest == "content" else self._shown(name)
        return 404, {"error": {"message": f"no {path}", "code": None}}

    def _file(self, name: str, content: bytes) -> dict[str, Any]:
        made = f"file-{len(self.calls)}{len(self.files)}"
        self.files[made] = (name, content)
        self.sizes.append(len(content))
        return self._shown(made)

    def _shown(self, name: str) -> dict[str, Any]:
        return {"id": name, "object": "file", "purpose": "batch", "filename": self.files[name][0]}

    def _page(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        """Two at a time, so that there are pages to turn."""
        all_ = [self._shown(f) for f in self.files] if path == "/files" else list(self.batches.values())
        newest = all_[::-1]
        after = query.get("after", [""])[0]
        start = next((n + 1 for n, one in enumerate(newest) if one["id"] == after), 0)
        return {"object": "list", "data": newest[start : start + 2], "has_more": len(newest) > start + 2}

    def _batch(self, said: dict[str, Any]) -> dict[str, Any]:
        assert said["completion_window"] == "24h" and said["endpoint"] == "/v1/chat/completions"
        name = f"batch_{len(self.batches) + 1}"
        about = {"id": name, "object": "batch", "status": "validating", "input_file_id": said["input_file_id"]}
        self.batches[name] = {**about, "metadata": said.get("metadata"), "output_file_id": None, "error_file_id": None}
        return self.batches[name]

    def _look(self, name: str) -> dict[str, Any]:
        batch = self.batches[name]
        self.looks[name] = self.looks.get(name, 0) + 1
        if batch["status"] in {"validating", "in_progress"}:
            batch["status"] = "in_progress"
            if self.looks[name] > self.patience and self.held.is_set():
                self._end(batch)
        return batch

    def _end(self, batch: dict[str, Any]) -> None:
        batch["status"] = self.statuses.pop(0) if self.statuses else "completed"
        if batch["status"] == "failed":
            batch["errors"] = {"data": [{"code": self.code, "message": "no", "line": None}]}
            return
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]][1].splitlines()]
        left = lines[: self.expiring] if batch["status"] in {"expired", "cancelled"} else []
        output, errors = [], []
        for line in lines[len(left) :]:
            self.asked.append(line["body"])
            self.ids.append(line["custom_id"])
            status, body = self.answer(line["body"])
            told = {"id": "r", "custom_id": line["custom_id"], "response": {"status_code": status, "body": body}}
            (output if status == 200 else errors).append(json.dumps({**told, "error": None}))
        why = {"code": f"batch_{batch['status']}", "message": "no"}
        errors += [json.dumps({"id": "r", "custom_id": o["custom_id"], "response": None, "error": why}) for o in left]
        output, errors = self.change(output[::-1], errors)
        batch["request_counts"] = {"total": len(lines), "completed": len(output), "failed": len(errors)}
        for key, content in (("output_file_id", output), ("error_file_id", errors)):
            if content:
                made = self._file(f"{batch['id']}_{key}", "".join(f"{line}\n" for line in content).encode())
                batch[key] = made["id"]


def uploaded(body: bytes, kind: str) -> tuple[str, bytes]:
    """The name and the content of the file in a form."""
    form = BytesParser(policy=HTTP).parsebytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + body)
    for part in form.iter_parts():  # type: ignore[attr-defined]
        if part.get_filename():
            boundary = re.escape(re.search(r"boundary=([^;]+)", kind)[1].strip('"').encode())  # type: ignore[index]
            content = re.search(rb"filename=.*?\r\n\r\n(.*?)\r\n--" + boundary, body, re.DOTALL)
            assert content is not None
            return part.get_filename(), content[1]
    raise AssertionError("no file in the form")


@contextmanager
def providing(answer: Answer, **how: Any) -> Iterator[Provider]:
    provider = Provider(answer, **how)

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            url = urlsplit(self.path)
            path = url.path.removeprefix("/v1")
            call = f"{self.command} {re.sub('(?<=s)/.*', '/…', path) if path != '/chat/completions' else path}"
            with provider.lock:
                provider.calls.append(call)
                troubles = provider.trouble.get(call, [])
                trouble = troubles.pop(0) if troubles else 0
                status, said = trouble, {"error": {"message": "no", "code": None}}
                if trouble <= 0:
                    status, said = provider.reply(
                        self.command, path, parse_qs(url.query), body, self.headers.get("content-type") or ""
                    )
                if trouble < 0:
                    status = -trouble
            if call == provider.silent_after:
                provider.silence.wait()
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            if status >= 400:
                self.send_header("retry-after-ms", "99000000" if status == 504 else "1")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            with suppress(OSError):  # the client was killed
                self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _any

        def log_message(self, *_: object) -> None:
            """Nothing: the tests look at `calls`."""

    with listening(Handler) as provider.url:
        yield provider
