"""Object stores, web servers and folders of tables are read, and written to, as files are."""

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import fsspec
import pyarrow as pa
import pytest
from moto.server import ThreadedMotoServer
from pyarrow import parquet
from typer.testing import CliRunner, Result

from reviewer.batch import pool
from reviewer.batch.run import Tally
from reviewer.cli.app import app_for
from reviewer.cli.progress import Progress
from reviewer.intake.remote import shown

app = app_for(["batch"])


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


@pytest.fixture
def term(tmp_path: Path, corpus: list[dict[str, Any]]) -> Path:
    """A folder with twelve drafts: two Parquet files, one of JSON Lines, and what other programs leave there."""
    folder = tmp_path / "term"
    (folder / "more").mkdir(parents=True)
    for n in (0, 4):
        rows = [{"id": row["id"], "draft": row["draft"]} for row in corpus[n : n + 4]]
        parquet.write_table(pa.Table.from_pylist(rows), folder / f"part-{n}.parquet")
    lines = "\n".join(json.dumps({"id": row["id"], "draft": row["draft"]}) for row in corpus[8:12])
    (folder / "more" / "last.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    for name in ("_SUCCESS", "_old.parquet", ".part-0.jsonl", "notes.md"):
        (folder / name).write_bytes(b"nothing to review")
    return folder


@pytest.fixture
def whole(term: Path, tmp_path: Path) -> bytes:
    """What a run over the files of that folder writes."""
    out = tmp_path / "whole.jsonl"
    files = (term / "more" / "last.jsonl.gz", term / "part-0.parquet", term / "part-4.parquet")
    assert batch(*files, "--output", out, "--jobs", 1).exit_code == 0
    return out.read_bytes()


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadedMotoServer]:
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    started.start()
    yield started
    started.stop()


@pytest.fixture
def bucket(server: ThreadedMotoServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket of a server that speaks S3, empty."""
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    store = fsspec.filesystem("s3")
    store.mkdir("coach")
    yield store
    store.rm("coach", recursive=True)
    store.invalidate_cache()


def end_after(drafts: int, look: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    def told(self: Progress, tally: Tally) -> None:
        if tally.done >= drafts:
            monkeypatch.undo()
            look()
            raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "told", told)


def test_a_folder_of_parquet_and_json_lines_is_its_files(term: Path, whole: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = batch(term, "--output", out, "--jobs", 1)
    assert done.exit_code == 0 and out.read_bytes() == whole
    assert [line.split(": ")[0] for line in done.stderr.splitlines()[:-1]] == [
        str(term / name) for name in ("more/last.jsonl.gz", "part-0.parquet", "part-4.parquet")
    ]
    (term / "a.txt").write_text("Hi Ana,\n\nThank you.\n\nBo")
    assert f"{term}: a folder, 1 .eml and .txt files" in batch(term, "--output", out, "--restart").stderr


def test_what_would_be_written_over_is_found_in_a_folder_too(term: Path) -> None:
    assert "would be written over" in str(batch(term, "--output", term / "part-0.parquet").exception)


@pytest.mark.loopback
def test_an_object_store_is_read_and_written_and_a_run_that_was_ended_leaves_nothing_there(
    term: Path, whole: bytes, bucket: Any, monkeypatch: pytest.MonkeyPatch, nobodys_settings: Path
) -> None:
    bucket.put(f"{term}/", "coach/term/", recursive=True)
    run = ("s3://coach/term", "--output", "s3://coach/out/reviews.jsonl", "--jobs", 1)
    monkeypatch.setattr(pool, "_SIZE", 2)
    with monkeypatch.context() as ending:
        end_after(6, lambda: None if not bucket.exists("coach/out/reviews.jsonl") else pytest.fail("half"), ending)
        ended = batch(*run)
    kept = nobodys_settings / "data" / "reviewer" / "away"
    (journal,) = kept.iterdir()
    assert f"what is done is kept in {journal}; go on with --resume" in ended.stderr
    assert not bucket.exists("coach/out/reviews.jsonl")
    done = batch(*run, "--resume")
    assert done.exit_code == 0 and "12 drafts reviewed, 6 of them by an earlier run" in done.stderr
    bucket.invalidate_cache()
    assert bucket.cat("coach/out/reviews.jsonl") == whole and not list(kept.iterdir())


@pytest.mark.loopback
def test_a_pattern_names_files_of_a_store_and_a_folder_there_gets_both_outputs(term: Path, bucket: Any) -> None:
    bucket.put(f"{term}/", "coach/term/", recursive=True)
    done = batch("s3://coach/term/part-*.parquet", "--output", "s3://coach/out/", "--jobs", 1)
    assert "8 drafts reviewed" in done.stderr
    assert len(bucket.cat("coach/out/reviews.jsonl").splitlines()) == 8
    assert bucket.cat("coach/out/reviews.csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.loopback
def test_what_a_store_refuses_is_told_in_a_line_and_without_secrets(
    term: Path, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = term / "part-0.parquet"
    assert "s3://coach/none.csv: there is no such file" in str(batch("s3://coach/none.csv").exception)
    bucket.pipe("coach/notes/a.md", b"x")
    assert "there is no Parquet and no JSON Lines file" in str(batch("s3://coach/notes").exception)
    lost = batch(drafts, "--output", "s3://nobodys/out.jsonl", "--jobs", 1)
    assert "s3://nobodys/out.jsonl: there is no such file" in str(lost.exception) and "--resume" in lost.stderr
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(type(bucket), "retries", 1)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    type(bucket).clear_instance_cache()
    away = str(batch("s3://coach/term.csv").exception)
    assert "Could not connect to the endpoint" in away and "a-secret" not in away
    type(bucket).clear_instance_cache()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: object) -> None: ...


@pytest.mark.loopback
def test_a_web_server_is_read_and_what_signs_a_request_is_shown_nowhere(
    tmp_path: Path, corpus_lines: list[str]
) -> None:
    (tmp_path / "drafts.jsonl").write_text("\n".join([*corpus_lines[:3], "{broken"]), encoding="utf-8")
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=web.serve_forever, daemon=True).start()
    at = f"127.0.0.1:{web.server_port}"
    done = batch(f"http://ana:geheim@{at}/drafts.jsonl?X-Amz-Signature=geheim", "--jobs", 1)
    missing = str(batch(f"http://ana:geheim@{at}/none.jsonl?X-Amz-Signature=geheim").exception)
    web.shutdown()
    web.server_close()
    assert f"http://{at}/drafts.jsonl: JSON Lines" in done.stderr and len(done.stdout.splitlines()) == 4
    assert f"http://{at}/drafts.jsonl:4: this line is not JSON" in done.stdout
    assert missing == f"http://{at}/none.jsonl: there is no such file"
    assert "geheim" not in done.output


def test_a_web_server_is_not_written_to(term: Path) -> None:
    said = str(batch(term, "--output", "https://example.com/out.jsonl").exception)
    assert said.startswith("https://example.com/out.jsonl: a web server is read, not written to")


def test_elsewhere_a_file_is_put_beside_its_place_first(term: Path, whole: bytes, tmp_path: Path) -> None:
    place = tmp_path / "out.jsonl"
    place.write_text("of last term")
    assert batch(term, "--output", place.as_uri(), "--jobs", 1).exit_code == 0
    assert place.read_bytes() == whole and not list(tmp_path.glob("*.part"))


def test_without_fsspec_it_is_said_what_to_install(term: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert "s3://b/x: an address; to read or write it: pip install 'fsspec[http]'" in str(batch("s3://b/x").exception)


def test_an_address_of_no_kind_that_is_known_is_told() -> None:
    assert str(batch("nowhere://b/x").exception) == "nowhere://b/x: Protocol not known: nowhere"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("sftp://ana:geheim@host/a.csv", "sftp://host/a.csv"),
        ("404, url='https://h/a.csv?X-Amz-Signature=geheim&x=1'", "404, url='https://h/a.csv'"),
        ("what now?", "what now?"),
    ],
)
def test_what_is_shown_of_an_address_has_no_secrets(said: str, told: str) -> None:
    assert shown(said) == told
