"""The page of a cohort and the letters: what they say, what they hide, and that what stands in a draft stays text."""

import base64
import hashlib
import json
import re
import stat
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from reviewer.report.cohort import OVERALL, Cohort

from pages import HOSTILE, run, written


class Read(HTMLParser):
    """A page taken apart: its elements with their attributes, the text of each, and what is shown."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page.read_bytes().decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append((self.inside[-1] if self.inside else "", data))

    def of(self, tag: str) -> list[str]:
        return [text for inside, text in self.texts if inside == tag]

    @property
    def shown(self) -> str:
        return " ".join(" ".join(t for inside, t in self.texts if inside not in {"script", "style"}).split())

    @property
    def index(self) -> Any:
        return json.loads(self.of("script")[0])

    @property
    def drafts(self) -> list[Any]:
        return [json.loads(line) for line in self.of("script")[1].strip().split("\n")]


@pytest.fixture(scope="module")
def term(corpus: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "client": f"Kim Okafor{n % 4}"} for n, row in enumerate(corpus[:12])]


def test_the_page_asks_nobody_for_anything(tmp_path: Path, term: list[dict[str, Any]]) -> None:
    page = Read(written(tmp_path, term))
    for tag, attributes in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert not {"src", "style", "srcset", "action", "formaction"} & attributes.keys(), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert (attributes.get("href") or "#").startswith("#")
    (policy,) = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    for kind, source in (("style", page.of("style")[0]), ("script", page.of("script")[-1])):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in str(policy)
    assert str(policy).startswith("default-src 'none'; ")


def test_every_draft_is_in_the_page_with_what_was_found_in_it(tmp_path: Path, term: list[dict[str, Any]]) -> None:
    page = Read(written(tmp_path, term, "--names", "--rewrite"))
    reviews = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    for row, review, draft, line in zip(term, reviews, page.drafts, page.index["drafts"], strict=True):
        assert (draft["id"], draft["text"], draft["client"]) == (row["id"], row["draft"], row["client"])
        assert draft["rewrite"]["text"] == review["rewrite"]["text"]
        assert [f["message"] for f in draft["findings"]] == [f["message"] for f in review["findings"]]
        places = [[f["span"]["start"], f["span"]["end"]] if f["span"] else None for f in review["findings"]]
        assert [f["at"] for f in draft["findings"] if f["quote"]] == [place for place in places if place]
        assert line[:3] == [line[0], row["id"], row["client"]] and line[7] == review["score"]


@pytest.mark.parametrize("names", [[], ["--names"]])
def test_nothing_of_a_draft_is_markup_or_program(tmp_path: Path, names: list[str]) -> None:
    plain = [{"id": "1", "client": "x", "draft": "Hi there, I wanted to ask you where things stand."}] * len(HOSTILE)
    rows = []
    for text in HOSTILE:
        draft = f"Hi {text},\n\nI need {text} an answer {text} by tomorrow at the latest, lol.\n\n{text}"
        fact = text.replace("\ud800", "")  # a fact that has half a pair is refused
        context = {"company": fact, "role": fact, "interviewers": [fact], "sending_at": "2026-03-10"}
        rows.append({"id": text, "client": text, "to": text, "subject": text, "draft": draft, "context": context})
    calm = {(tag, *attributes) for tag, attributes in Read(written(tmp_path, plain, "--rewrite")).elements}
    file = written(tmp_path, [*rows, {"id": HOSTILE[0], "draft": 7}], "--rewrite", *names)
    page = Read(file)
    ours = "a button circle details h3 li line ol polyline q rect small span summary td text th tr ul"
    assert {tag for tag, _ in page.elements} <= {*ours.split(), *(tag for tag, *_ in calm)}
    assert [tag for tag, _ in page.elements].count("script") == 3
    assert file.read_bytes().count(b"</script") == 3 and b"<!--" not in file.read_bytes()
    assert [draft["id"] for draft in page.drafts] == [*HOSTILE, HOSTILE[0]]
    if names:
        assert [draft["text"] for draft in page.drafts][:-1] == [row["draft"] for row in rows]


KNOWN = ("Priya", "Raman", "Northwind", "Jordan", "Ellis", "Okafor", "555-0142")
TELLING = {
    "client": "Jordan Okafor",
    "to": "Priya Raman",
    "subject": "Jordan Ellis – thank you",
    "draft": "Hi Pria,\n\nThank you for your time at Northwind. Priya Raman must give me an answer by Friday, call "
    "555-0142 1234 or write to jordan@okafor.example.\n\nJordan Ellis\n555-0142 1234",
    "context": {"interviewers": ["Priya Raman"], "company": "Northwind Labs", "sending_at": "2026-03-10"},
}


def test_names_are_hidden_unless_they_are_asked_for(tmp_path: Path) -> None:
    rows = [{**TELLING, "id": "1"}, {**TELLING, "id": "2", "context": {"interviewed_at": "with Priya Raman"}}]
    hidden = written(tmp_path, rows, "--rewrite")
    assert [word for word in KNOWN if word in hidden.read_text("utf-8")] == []
    assert [draft["client"] for draft in Read(hidden).drafts] == ["Client 1", "Client 1"]
    first = Read(hidden).drafts[0]
    quotes = [f["quote"] for f in first["findings"] if f["quote"]]
    assert quotes and all(f["quote"] == first["text"][slice(*f["at"])] for f in first["findings"] if f["quote"])
    shown = written(tmp_path, rows, "--rewrite", "--names", "--restart").read_text("utf-8")
    assert [word for word in KNOWN if word not in shown] == []
    redacted = written(tmp_path, rows, "--rewrite", "--redact", "--restart").read_text("utf-8")
    assert [word for word in KNOWN if word in redacted] == []
    both = run("batch", tmp_path / "in.jsonl", "--report", tmp_path / "page.html", "--redact", "--names")
    assert "--names shows what --redact hides" in str(both.exception)


def test_a_page_of_reviews_and_their_drafts_is_that_of_the_batch(tmp_path: Path, term: list[dict[str, Any]]) -> None:
    rows = [*term, {"id": "odd", "draft": 7}]
    for names in ([], ["--names"]):
        page = written(tmp_path, rows, "--rewrite", "--restart", *names)
        again = tmp_path / "again.html"
        done = run("report", tmp_path / "out.jsonl", tmp_path / "in.jsonl", "--output", again, *names)
        assert done.exit_code == 0, done.exception
        assert again.read_bytes() == page.read_bytes()
        assert stat.S_IMODE(again.stat().st_mode) == 0o600


def test_without_the_drafts_the_page_has_the_scores_and_quotes_only_where_names_may_be_shown(
    tmp_path: Path, term: list[dict[str, Any]]
) -> None:
    written(tmp_path, term, "--rewrite")
    assert run("report", tmp_path / "out.jsonl").exit_code == 0
    bare = Read(tmp_path / "out.html")
    assert "The drafts themselves were not given" in bare.shown and "12 follow-up drafts" in bare.shown
    assert {f["quote"] + f["message"] for d in bare.drafts for f in d["findings"]} == {""}
    assert {d["rewrite"] for d in bare.drafts} == {None} and bare.index["drafts"][2][7] < 40
    assert run("report", tmp_path / "out.jsonl", "--names").exit_code == 0
    named = Read(tmp_path / "out.html")
    assert [f["quote"] for d in named.drafts for f in d["findings"] if f["quote"]] and named.drafts[0]["rewrite"]


def test_a_run_that_is_gone_on_with_writes_the_same_page(tmp_path: Path, term: list[dict[str, Any]]) -> None:
    rows = [*term, {"id": "odd", "draft": 7}]
    page = written(tmp_path, rows)
    before = page.read_bytes()
    page.unlink()
    done = run(
        "batch", tmp_path / "in.jsonl", "--jobs", 1, "--output", tmp_path / "out.jsonl", "--report", page, "--resume"
    )
    assert "12 of them by an earlier run" in done.stderr
    assert page.read_bytes() == before


def test_a_page_alone_has_its_own_journal_and_nothing_on_standard_output(tmp_path: Path) -> None:
    source, page = tmp_path / "in.jsonl", tmp_path / "page.html"
    source.write_text('{"draft": "Hi"}\n{"draft": 7}')
    done = run("batch", source, "--report", page, "--jobs", 1)
    assert done.exit_code == 1 and done.stdout == "" and page.exists()
    assert (tmp_path / "page.html.journal").exists()
    assert "Not reviewed" in Read(page).shown


@pytest.mark.parametrize(
    ("reviews", "drafts", "told"),
    [
        ('{"id": "1", "error": {"row": 1, "reason": "x"}}', '{"id": "2", "draft": "Hi"}', "a review of '1'"),
        ("", '{"id": "2", "draft": "Hi"}', "fewer reviews than drafts"),
        ('{"id": "1", "error": {"row": 1, "reason": "x"}}\n' * 2, '{"id": "1", "draft": "Hi"}', "more reviews"),
        ('{"id": "1", "draft": "Hi"}', '{"id": "1", "draft": "Hi"}', "no review that reviewer batch wrote"),
        ("[]", '{"id": "1", "draft": "Hi"}', "no review that reviewer batch wrote"),
        ("Hi Ana", '{"id": "1", "draft": "Hi"}', "no review that reviewer batch wrote"),
    ],
)
def test_what_does_not_belong_together_is_told_and_leaves_the_page_as_it_was(
    tmp_path: Path, reviews: str, drafts: str, told: str
) -> None:
    (tmp_path / "r.jsonl").write_text(reviews)
    (tmp_path / "d.jsonl").write_text(drafts)
    (tmp_path / "r.html").write_text("before")
    done = run("report", tmp_path / "r.jsonl", tmp_path / "d.jsonl")
    assert told in str(done.exception)
    assert (tmp_path / "r.html").read_text() == "before"


def test_a_page_is_never_written_over_what_it_is_made_of(tmp_path: Path) -> None:
    source = tmp_path / "in.html"
    source.write_text('{"id": "1", "draft": "Hi"}')
    of_standard_input = ["report", "-", source, "--output", source]
    for given in (["batch", source, "--report", source], ["report", source], of_standard_input):
        assert "would be written over" in str(run(*given).exception)
    assert source.read_text() == '{"id": "1", "draft": "Hi"}'


def test_what_another_run_kept_shows_no_names_in_a_page_that_hides_them(tmp_path: Path) -> None:
    source, page = tmp_path / "in.jsonl", tmp_path / "page.html"
    source.write_text(json.dumps({**TELLING, "id": "1"}) + '\n{"draft": 7}', encoding="utf-8")
    run("batch", source, "--jobs", 1, "--output", tmp_path / "out.jsonl", "--rewrite")
    given = ("batch", source, "--jobs", 1, "--output", tmp_path / "out.jsonl", "--rewrite", "--report", page)
    assert "page False, now True" in str(run(*given, "--resume").exception)
    assert run(*given, "--resume", "--mixed").exit_code == 1
    assert [word for word in KNOWN if word in page.read_text("utf-8")] == []


def test_a_page_of_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n")
    assert run("report", tmp_path / "none.jsonl").exit_code == 0
    assert "0 follow-up drafts" in Read(tmp_path / "none.html").shown


def entry(score: int, client: str | None = None, on: str | None = None, **more: Any) -> dict[str, Any]:
    verdict = "send" if score >= 80 else "revise" if score >= 50 else "hold"
    criteria = {"brevity": [score, 2 if score >= 80 else 1], "timing": [None, None]}
    told = dict.fromkeys(("text", "to", "subject", "company", "role", "rewrite"))
    known = {"id": f"i{score}", "client": client, "on": on, "kind": "thank_you", "verdict": verdict, "score": score}
    return {**told, **known, "criteria": criteria, "reasons": {}, "findings": [], "said": [], **more}


def test_the_figures_are_those_of_the_scores() -> None:
    cohort = Cohort()
    for score in (10, 20, 20, 30, 60, 80, 90, 100):
        cohort.add(entry(score))
    cohort.add({key: entry(0)[key] for key in ("id", "client", "on", "text")} | {"error": "cannot be read"})
    spread = cohort.spread(OVERALL)
    assert (spread.least, spread.lower, spread.median, spread.upper, spread.most) == (10, 20, 30, 80, 100)
    assert spread.scored == 8 and spread.bins[2] == 1 and spread.bins[4] == 2 and spread.bins[19] == 1
    assert cohort.spread("brevity").levels == {1: 5, 2: 3}
    assert (cohort.spread("timing").scored, cohort.spread("timing").unscored) == (0, 8)
    assert cohort.verdicts() == {"send": 3, "revise": 1, "hold": 4}
    assert [n for n, _ in cohort.urgent(3)] == [1, 2, 3] and cohort.failed == 1
    assert [n for n, _ in cohort.entries(2)] == [1, 9]  # one that failed, and the one to look at first


def test_scores_are_followed_over_time_and_by_client() -> None:
    cohort = Cohort(names=True)
    days = [("Ana", "2026-03-02", 40), ("Bo", "2026-03-04", 90), ("Ana", "2026-03-10", 80), ("Bo", "2026-03-11", 70)]
    for client, day, score in days:
        cohort.add(entry(score, client, day))
    cohort.add(entry(50, "ana ", "2026-03-10"))
    assert [(p.day, p.drafts, p.median) for p in cohort.periods()] == [("2026-03-02", 2, 40), ("2026-03-09", 3, 70)]
    assert [(c.client, c.won, len(c.scores)) for c in cohort.changes()] == [("Bo", -20, 2), ("Ana", 10, 3)]
    cohort.add(entry(50, "Ana", "2026-12-31"))
    assert [p.day for p in cohort.periods()] == ["2026-03-01", "2026-12-01"]


def test_a_sentence_that_several_clients_wrote_is_found_whatever_names_are_in_it(tmp_path: Path) -> None:
    said = "I was struck by how {} and the team at {} weigh every single launch."
    rows = [
        {"id": n, "client": client, "draft": f"Hi,\n\n{said.format(*names)} {own}\n\nThank you.\n\nBo"}
        for n, (client, names, own) in enumerate(
            [
                ("Ana", ("Priya", "Northwind"), "What you said of rivers was new to me."),
                ("Ben", ("Tom", "Contoso"), "Lights in the harbour were on when I left."),
                ("Cem", ("Lea", "Initech"), "We spoke a lot about bread and flour."),
                ("Cem", ("Lea", "Initech"), "We spoke a lot about bread and flour."),
            ]
        )
    ]
    for names in ([], ["--names"]):
        page = Read(written(tmp_path, rows, *names, "--restart"))
        assert re.search(r"weigh every single launch\. 3 clients: 1 , 2 , 3 , 4", page.shown), page.shown
        assert "bread and flour" not in page.shown and "Thank you." not in page.shown.split("several clients")[1]


def test_a_column_or_a_key_says_whose_a_draft_is(tmp_path: Path) -> None:
    table, lines = tmp_path / "in.csv", tmp_path / "in.jsonl"
    table.write_text("Client name,Your message,Sending date\nAna,Hi,2026-03-10\nBo,Hello,\n", encoding="utf-8")
    lines.write_text('{"draft": "Hi", "pupil": "Cem"}\n{"draft": "Hi", "pupil": 7}', encoding="utf-8")
    for source, told in ((table, [("Ana", "2026-03-10"), ("Bo", None)]), (lines, [("Cem", None), ("7", None)])):
        page = tmp_path / "page.html"
        mapped = ["--map", "client=pupil"] if source is lines else []
        assert run("batch", source, "--report", page, "--names", *mapped).exit_code == 0
        assert [(draft["client"], draft["on"]) for draft in Read(page).drafts] == told


def test_of_too_many_drafts_those_to_look_at_first_are_in_the_page(
    tmp_path: Path, corpus: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewer.report.page.MOST", 3)
    page = Read(written(tmp_path, corpus[:9]))
    assert "Of 9 drafts the 3 to look at first are here" in page.shown and "9 follow-up drafts" in page.shown
    kept = sorted(draft["score"] for draft in page.drafts)
    reviews = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert kept == sorted(review["score"] for review in reviews)[:3]


def test_a_letter_for_each_client_says_what_to_mend(tmp_path: Path, term: list[dict[str, Any]]) -> None:
    written(tmp_path, term, "--rewrite")
    place = tmp_path / "letters"
    done = run("report", tmp_path / "out.jsonl", tmp_path / "in.jsonl", "--per-client", place)
    assert done.exit_code == 0, done.exception
    assert sorted(p.name for p in place.iterdir()) == [f"Kim-Okafor{n}.txt" for n in range(4)]
    letter = place / "Kim-Okafor2.txt"  # c-003, c-007, c-011
    text = letter.read_text("utf-8")
    reviews = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()][2::4]
    assert text.startswith("Dear Kim Okafor2,") and "I have read 3 drafts" in text
    assert all(finding["message"] in text for review in reviews for finding in review["findings"])
    assert [stat.S_IMODE(p.stat().st_mode) for p in (place, letter)] == [0o700, 0o600]


def test_letters_are_in_the_coachs_words_and_their_names_are_no_paths(tmp_path: Path) -> None:
    clients = ["../../etc/passwd", "ANA", "Ana", "", "..", "x" * 300, "a\x00b", "Zoë/Ñ"]
    written(tmp_path, [{"id": n, "client": client, "draft": "Hi $best"} for n, client in enumerate(clients)])
    words, place = tmp_path / "words.txt", tmp_path / "letters"
    words.write_text("$client|$drafts|$$5", encoding="utf-8")
    given = ("report", tmp_path / "out.jsonl", tmp_path / "in.jsonl", "--per-client", place, "--letter", words)
    done = run(*given)
    assert done.exit_code == 0, done.exception
    names = sorted(p.name for p in place.iterdir())
    assert names == sorted(
        ["etc-passwd.txt", "ANA.txt", "3.txt", "client.txt", f"{'x' * 60}.txt", "a-b.txt", "Zoë-Ñ.txt"]
    )
    assert (place / "ANA.txt").read_text() == "ANA|2 drafts|$5"
    for wrong in ("$nobody", "costs $ 5"):
        words.write_text(wrong, encoding="utf-8")
        assert "there are $client, $drafts, $reviews, $best, $next" in str(run(*given).exception)


def test_a_page_names_the_library_that_it_lacks_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    (tmp_path / "in.jsonl").write_text('{"draft": "Hi"}')
    done = run("batch", tmp_path / "in.jsonl", "--report", tmp_path / "page.html")
    assert "pip install Jinja2" in str(done.exception)
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]
