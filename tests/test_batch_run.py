"""A run loses nothing: it is ended by Ctrl-C, kill -9, a full disk or a deadly row, and gone on with."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from reviewer.batch import pool, score
from reviewer.batch.run import Tally
from reviewer.batch.work import Reviewer, Work
from reviewer.cli.app import app_for
from reviewer.cli.progress import Progress
from reviewer.errors import ReviewerError
from reviewer.intake.rows import Record
from reviewer.judgement import Prices, Usage
from reviewer.resources import folder

app = app_for(["batch"])
PROGRAM = Path(sys.executable).parent / "reviewer"


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


@pytest.fixture
def drafts(tmp_path: Path, corpus_lines: list[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty drafts and two rows that cannot be read, in chunks of four."""
    monkeypatch.setattr(pool, "_SIZE", 4)
    file = tmp_path / "drafts.jsonl"
    file.write_text("\n".join([*corpus_lines[:20], "{broken", *corpus_lines[20:40], '{"id": "x"}']), encoding="utf-8")
    return file


@pytest.fixture
def reviewed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the records that are reviewed, as they are."""
    names: list[str] = []
    outcome = Reviewer.outcome

    def counted(self: Reviewer, record: Record) -> Any:
        names.append(record.name)
        return outcome(self, record)

    monkeypatch.setattr(Reviewer, "outcome", counted)
    return names


def end_after(drafts: int, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the next run end by an error once so many drafts are done."""

    def told(self: Progress, tally: Tally) -> None:
        if tally.done >= drafts:
            monkeypatch.undo()
            raise error

    monkeypatch.setattr(Progress, "told", told)


def test_a_journal_torn_anywhere_gives_the_same_output_and_no_draft_is_reviewed_twice(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reviewed: list[str]
) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert batch(drafts, "--output", whole, "--jobs", 1).exit_code == 1
    journal = tmp_path / "whole.jsonl.journal"  # kept, because two rows failed
    written, lines = journal.read_bytes(), whole.read_bytes()
    entries = written.count(b'"key"')
    assert entries == 40
    places = random.Random(6).sample(range(len(written)), 50)
    for place in places:
        torn = written[:place]
        (tmp_path / "out.jsonl.journal").write_bytes(torn)
        out.unlink(missing_ok=True)
        reviewed.clear()
        done = batch(drafts, "--output", out, "--jobs", 1, "--resume")
        assert (done.exit_code, out.read_bytes()) == (1, lines)
        kept = torn[: torn.rfind(b"\n") + 1].count(b'"key"')
        assert len(reviewed) == 42 - kept
        assert not list(tmp_path.glob("*.part"))


def test_a_line_of_the_journal_that_a_power_cut_filled_with_zeros_is_done_again(
    drafts: Path, tmp_path: Path, reviewed: list[str]
) -> None:
    out, journal = tmp_path / "out.jsonl", tmp_path / "out.jsonl.journal"
    batch(drafts, "--output", out, "--jobs", 1)
    before, lines = out.read_bytes(), journal.read_bytes().splitlines(keepends=True)
    lines[7] = b"\0" * (len(lines[7]) - 1) + b"\n"
    journal.write_bytes(b"".join(lines))
    reviewed.clear()
    batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert out.read_bytes() == before and len(reviewed) == 3
    journal.write_bytes(b"\0" * 99 + b"\n" + b"".join(lines[1:]))
    unknown = batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert "made with another version None" in str(unknown.exception)


def test_a_run_that_was_ended_leaves_the_output_before_it_and_is_not_thrown_away(
    drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reviewed: list[str]
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("of last term\n")
    end_after(16, KeyboardInterrupt(), monkeypatch)
    ended = batch(drafts, "--output", out, "--jobs", 1)
    assert ended.exit_code != 0 and "go on with --resume" in ended.stderr
    assert out.read_text() == "of last term\n" and not list(tmp_path.glob("*.part"))
    refused = batch(drafts, "--output", out, "--jobs", 1)
    assert "has 16 reviews here; go on with --resume, or begin again with --restart" in str(refused.exception)
    resumed = batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert "42 drafts reviewed, 16 of them by an earlier run, 2 failed" in resumed.stderr
    assert len(out.read_bytes().splitlines()) == 42


def test_restart_begins_again_and_a_run_without_failures_leaves_no_journal(
    drafts: Path, tmp_path: Path, corpus_lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    drafts.write_text("\n".join(corpus_lines[:20]))
    end_after(8, OSError(28, "No space left on device"), monkeypatch)
    full = batch(drafts, "--output", out, "--jobs", 1)
    assert "out.jsonl: No space left on device" in str(full.exception) and "--resume" in full.stderr
    done = batch(drafts, "--output", out, "--jobs", 1, "--restart")
    assert done.exit_code == 0 and "earlier run" not in done.stderr
    assert not (tmp_path / "out.jsonl.journal").exists()
    again = batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert again.exit_code == 0 and "no review is kept there" in again.stderr


def test_a_run_with_another_rubric_is_refused_unless_it_is_wanted(
    drafts: Path, tmp_path: Path, reviewed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, mine = tmp_path / "out.jsonl", tmp_path / "mine.yaml"
    mine.write_text((folder("rubrics") / "default.yaml").read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    batch(drafts, "--output", out, "--jobs", 1)
    resume = (drafts, "--output", out, "--jobs", 1, "--resume", "--rubric", mine)
    refused = batch(*resume)
    assert "another rubric" in str(refused.exception) and "--mixed" in str(refused.exception)
    assert "another rewrite False, now True" in str(batch(drafts, "--output", out, "--resume", "--rewrite").exception)
    reviewed.clear()
    assert batch(*resume, "--mixed").exit_code == 1 and len(reviewed) == 2


def test_too_many_failures_end_a_run_and_what_was_done_is_kept(drafts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = batch(drafts, "--output", out, "--jobs", 1, "--max-errors", 0)
    assert isinstance(done.exception, ReviewerError) and "more than 0 rows failed" in str(done.exception)
    assert not out.exists() and (tmp_path / "out.jsonl.journal").exists() and "go on with --resume" in done.stderr
    assert batch(drafts, "--output", out, "--jobs", 1, "--max-errors", 2, "--resume").exit_code == 1
    assert len(out.read_bytes().splitlines()) == 42


def test_a_pipe_is_read_and_written_even_where_its_first_line_is_damaged() -> None:
    done = CliRunner().invoke(app, ["batch", "-"], input='{broken\n{"id": "b", "draft": "Hi"}\n')
    assert done.exit_code == 1 and "<stdin>: JSON Lines" in done.stderr
    assert ["error" in json.loads(line) for line in done.stdout.splitlines()] == [True, False]
    done = CliRunner().invoke(app, ["batch", "-"], input="draft;company\nHi;Acme\n".encode("utf-16"))
    assert done.exit_code == 0 and json.loads(done.stdout)["id"] == "2"


def test_what_is_read_is_not_written_over(drafts: Path) -> None:
    before = drafts.read_bytes()
    assert "would be written over" in str(batch(drafts, "--output", drafts).exception)
    assert drafts.read_bytes() == before


def test_two_runs_do_not_write_to_the_same_place(drafts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, others = tmp_path / "out.jsonl", []

    def told(self: Progress, tally: Tally) -> None:
        monkeypatch.undo()
        others.append(batch(drafts, "--output", out, "--jobs", 1, "--resume"))

    monkeypatch.setattr(Progress, "told", told)
    assert batch(drafts, "--output", out, "--jobs", 1).exit_code == 1
    assert "another run is at work there" in str(others[0].exception)
    assert len(out.read_bytes().splitlines()) == 42


def test_resume_needs_a_file_beside_which_a_journal_can_be(drafts: Path) -> None:
    assert "--resume needs an --output" in str(batch(drafts, "--resume").exception)


def test_several_sources_are_one_run_and_name_their_rows(drafts: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "b.csv", tmp_path / "out"
    other.write_text("draft\nHi Ana\n", encoding="utf-8")
    done = batch(drafts, other, "--output", f"{out}/", "--jobs", 1)
    assert "b.csv: UTF-8, ',' between cells; draft from \"draft\"" in done.stderr
    last = json.loads((out / "reviews.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["id"] == f"{other}:2"
    assert sorted(p.name for p in out.iterdir()) == ["reviews.csv", "reviews.journal", "reviews.jsonl"]
    assert out.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in out.iterdir()} == {0o600}


def test_rows_in_reviews_out_on_one_process_and_on_two(corpus_lines: list[str]) -> None:
    rows: list[Any] = [*map(json.loads, corpus_lines[:100]), "{broken", *corpus_lines[100:140]]
    one, two = list(score(rows)), list(score(rows, jobs=2))
    assert one == two and [r["id"] for r in one[:2]] == ["c-001", "c-002"]
    assert "error" in one[100] and one[100]["id"] == "101"


class Deadly:
    """What ends the process that unpacks it."""

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (9,)


def test_a_row_that_kills_its_process_costs_no_other(corpus: list[dict[str, Any]]) -> None:
    records = [Record(f"rows:{n}", n, str(n), row) for n, row in enumerate(corpus[:12])]
    records[5] = records[5]._replace(data={"draft": Deadly()})
    chunks = [(records[n : n + 4], n) for n in range(0, 12, 4)]
    made = list(pool.in_order(chunks, Work(), 2))
    assert [along for _, along in made] == [0, 4, 8]
    results = [json.loads(outcome.line) for outcomes, _ in made for outcome in outcomes]
    assert [n for n, result in enumerate(results) if "error" in result] == [5]
    assert results[5]["error"] == {"row": 5, "reason": "rows:5: the process that reviewed it died"}


def test_a_program_that_is_not_guarded_is_told_so_and_does_not_go_on_for_ever(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text("from reviewer.batch import score\nlist(score([{'draft': 'Hi'}] * 200, jobs=2))\n")
    done = subprocess.run([sys.executable, script], stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 1 and "guard the start of the program" in done.stderr.splitlines()[-1]


def begun(home: Path, *arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [PROGRAM, "batch", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(home)},
        start_new_session=True,
    )


def wait_for(journal: Path, size: int, run: "subprocess.Popen[bytes]") -> None:
    while run.poll() is None and not (journal.exists() and journal.stat().st_size >= size):
        time.sleep(0.005)


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("blow", "sizes"),
    [(signal.SIGKILL, (1, 300_000)), (signal.SIGINT, (1, 250_000))],
    ids=["kill -9", "Ctrl-C"],
)
def test_a_real_run_on_two_processes_is_ended_and_gone_on_with(
    blow: signal.Signals, sizes: tuple[int, ...], tmp_path: Path, corpus_lines: list[str]
) -> None:
    drafts, whole, out = (tmp_path / name for name in ("drafts.jsonl", "whole.jsonl", "out.jsonl"))
    drafts.write_text("\n".join(corpus_lines), encoding="utf-8")
    batch(drafts, "--output", whole, "--jobs", 1)
    journal = tmp_path / "out.jsonl.journal"
    for size in sizes:
        run = begun(tmp_path, drafts, "--output", out, "--jobs", 2, "--resume")
        wait_for(journal, size, run)
        if blow is signal.SIGINT:
            os.killpg(run.pid, blow)  # a terminal sends it to all of them
        else:
            run.send_signal(blow)
        _, said = run.communicate()
        assert run.returncode == (130 if blow is signal.SIGINT else -9)
        assert blow is signal.SIGKILL or b"Traceback" not in said  # a worker that begins as its parent dies complains
        while alive(run.pid):  # the workers end with the run
            time.sleep(0.01)
        assert not out.exists() and (journal.exists() or blow is signal.SIGINT)  # one that holds nothing goes
    last = begun(tmp_path, drafts, "--output", out, "--jobs", 2, "--resume")
    _, said = last.communicate()
    assert last.returncode == 0 and b"of them by an earlier run, 0 failed" in said
    assert out.read_bytes() == whole.read_bytes() and not journal.exists()


def test_a_disk_that_is_full_ends_the_run_with_all_that_was_done(tmp_path: Path, corpus_lines: list[str]) -> None:
    drafts, out = tmp_path / "drafts.jsonl", tmp_path / "out.jsonl"
    drafts.write_text("\n".join(corpus_lines), encoding="utf-8")
    full = subprocess.run(
        [PROGRAM, "batch", drafts, "--output", out, "--jobs", "1"],
        stderr=subprocess.PIPE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert full.returncode == 2 and b"File too large" in full.stderr and b"--resume" in full.stderr
    assert not out.exists()
    assert b"Traceback" not in full.stderr
    done = batch(drafts, "--output", out, "--jobs", 1, "--resume")
    assert "of them by an earlier run" in done.stderr and len(out.read_bytes().splitlines()) == len(corpus_lines)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Half:
    """A source that is half read."""

    size: int | None = 100
    behind = 50


def test_a_bar_on_a_terminal_and_a_line_now_and_then_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, drawn in ((Terminal(), True), (StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setattr("reviewer.cli.progress._DRAWN_EVERY", 0.0)
        monkeypatch.setattr("reviewer.cli.progress._LOGGED_EVERY", 0.0)
        with Progress([Half()], Prices(2.0, 0.5, 8.0)) as progress:
            progress.told(Tally(done=1234, failed=5))
            assert "token" not in stream.getvalue()
            progress.told(Tally(done=1234, failed=5, usage=Usage(3, 900_000, 100_000, 400_000)))
        said = stream.getvalue()
        assert "1,000,000 tokens, cost 2.00" in " ".join(said.split())
        assert "1,234 drafts, 5 failed" in said and "a second" in said and ("\x1b" in said) is drawn


def test_a_run_in_a_log_says_little(drafts: Path, tmp_path: Path) -> None:
    done = batch(drafts, "--output", tmp_path / "out.jsonl", "--jobs", 1)
    assert done.stderr.splitlines() == [f"{drafts}: JSON Lines", "42 drafts reviewed, 2 failed"]
