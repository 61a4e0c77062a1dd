"""A cohort of drafts: how its scores spread, what is found most, what several people wrote alike, how it changes.

Drafts are added one by one to a temporary database, which takes to the disk when it grows, so that memory stays flat.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from reviewer.reviewing import Verdict

__all__ = ["OVERALL", "Alike", "Change", "Cohort", "Frequent", "Period", "Spread"]

OVERALL = ""  # in the place of a criterion
_TABLES = """
CREATE TABLE draft (n INTEGER PRIMARY KEY, person INTEGER, day TEXT, verdict TEXT, score INTEGER, errors INTEGER,
                    entry TEXT);
CREATE TABLE scored (criterion TEXT, score INTEGER, level INTEGER);
CREATE TABLE found (n INTEGER, rule TEXT, points INTEGER, quote TEXT);
CREATE TABLE said (digest TEXT, n INTEGER, person INTEGER, sentence TEXT);
"""
_URGENT = f"verdict = '{Verdict.HOLD}' DESC, score, errors DESC, n"


_BINS = 20


class Spread(NamedTuple):
    """How the scores of a criterion, or the overall ones, spread: how often each was given, its quartiles, levels."""

    counts: Mapping[int, int]
    least: int
    lower: int
    median: int
    upper: int
    most: int
    levels: Mapping[int, int]
    unscored: int

    @property
    def scored(self) -> int:
        return sum(self.counts.values())

    @property
    def bins(self) -> list[int]:
        """How many scores there are from 0 to 4, from 5 to 9, and so on; 100 is with those from 95."""
        bins = [0] * _BINS
        for score, count in self.counts.items():
            bins[min(score * _BINS // 100, _BINS - 1)] += count
        return bins

    @property
    def words(self) -> str:
        return (
            f"{self.scored} drafts, lowest {self.least}, highest {self.most}, median {self.median}, "
            f"half of them from {self.lower} to {self.upper}"
        )


class Frequent(NamedTuple):
    """A rule by how many drafts it found fault with, and some of their words."""

    rule: str
    drafts: int
    points: int  # that mending all of it would win
    examples: tuple[tuple[int, str], ...]  # which draft, its words
    criterion: str
    why: str
    sources: list[str]


class Alike(NamedTuple):
    """A sentence that several people wrote, but for names and numbers."""

    sentence: str
    people: int
    drafts: tuple[int, ...]


class Period(NamedTuple):
    """A week or a month: its first day and the quartiles of its scores."""

    day: str
    drafts: int
    lower: int
    median: int
    upper: int


class Change(NamedTuple):
    """What became of one person's scores, by day."""

    client: str
    scores: tuple[tuple[str, int, int], ...]  # day, score, which draft

    @property
    def won(self) -> int:
        return self.scores[-1][1] - self.scores[0][1]


class Cohort:
    """The drafts of a page. Clients are numbered as they come, unless their names are to be shown."""

    def __init__(self, *, names: bool = False) -> None:
        self.names = names
        self.rules: dict[str, dict[str, Any]] = {}  # of every rule that found something what is the same in every draft
        self._clients: dict[str, int] = {}
        self._base = sqlite3.connect("")
        self._base.executescript(_TABLES)
        self.drafts = self.failed = 0
        self.has_texts = False

    @property
    def has_clients(self) -> bool:
        return bool(self._clients)

    def add(self, entry: Mapping[str, Any]) -> None:
        """Add what `entry_of` made of a draft."""
        self.drafts += 1
        n = self.drafts
        self.has_texts = self.has_texts or entry["text"] is not None
        client, said = entry["client"], entry.get("said", ())
        person = -n if client is None else self._clients.setdefault(client.strip().casefold(), len(self._clients) + 1)
        findings = entry.get("findings", ())
        for one in findings:
            self.rules.setdefault(one["rule"], {key: one[key] for key in _SAME})
        shown = {key: value for key, value in entry.items() if key != "said"}
        shown |= {
            "client": client if self.names or client is None else f"Client {person}",
            "findings": [self._own(one) for one in findings],
        }
        errors = sum(finding["severity"] == "error" for finding in findings)
        scores = (entry.get("verdict"), entry.get("score"), errors)
        row = (n, person, entry["on"], *scores, json.dumps(shown))
        self._base.execute("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if "error" in entry:
            self.failed += 1
            return
        scored = [(OVERALL, entry["score"], None), *((name, *one) for name, one in entry["criteria"].items())]
        self._base.executemany("INSERT INTO scored VALUES (?, ?, ?)", scored)
        found = [(n, one["rule"], one["points"], _whole(one["quote"])) for one in findings]
        self._base.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", found)
        spoken = [(digest, n, person, _whole(sentence)) for digest, sentence in said]
        self._base.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", spoken)

    def _own(self, finding: Mapping[str, Any]) -> dict[str, Any]:
        """What a finding does not share with all others of its rule."""
        shared = self.rules[finding["rule"]]
        return {key: value for key, value in finding.items() if key not in shared or shared[key] != value}

    def entries(self, most: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """The drafts with their numbers, in order; if there are more than `most`, those to look at first."""
        chosen = f"SELECT n, entry FROM draft ORDER BY score IS NOT NULL, {_URGENT} LIMIT ?"
        for n, entry in self._base.execute(f"SELECT n, entry FROM ({chosen}) ORDER BY n", (most,)):
            yield n, json.loads(entry)

    def urgent(self, most: int) -> list[tuple[int, dict[str, Any]]]:
        """The drafts to look at first: those that may not go, then those that fall short; the lowest score first."""
        chosen = f"SELECT n, entry FROM draft WHERE verdict != '{Verdict.SEND}' ORDER BY {_URGENT} LIMIT ?"
        return [(n, json.loads(entry)) for n, entry in self._base.execute(chosen, (most,))]

    def not_reviewed(self, most: int) -> list[dict[str, Any]]:
        chosen = self._base.execute("SELECT entry FROM draft WHERE score IS NULL ORDER BY n LIMIT ?", (most,))
        return [json.loads(entry) for (entry,) in chosen]

    def verdicts(self) -> dict[str, int]:
        counted = dict(self._base.execute("SELECT verdict, count(*) FROM draft GROUP BY verdict"))
        return {verdict.value: counted.get(verdict.value, 0) for verdict in Verdict}

    def spread(self, criterion: str) -> Spread:
        counts = self._counted("SELECT score, count(*) FROM scored WHERE criterion = ? GROUP BY score", criterion)
        levels = self._counted("SELECT level, count(*) FROM scored WHERE criterion = ? GROUP BY level", criterion)
        unscored = counts.pop(None, 0)
        levels.pop(None, None)
        least, lower, median, upper, most = (_quantile(counts, share) for share in (0, 0.25, 0.5, 0.75, 1))
        return Spread(counts, least, lower, median, upper, most, levels, unscored)

    def _counted(self, query: str, *given: object) -> dict[Any, int]:
        return dict(sorted(self._base.execute(query, given), key=lambda pair: (pair[0] is None, pair[0])))

    def frequent(self) -> list[Frequent]:
        """Every rule that found something, the most frequent first."""
        counted = self._base.execute(
            "SELECT rule, count(DISTINCT n), sum(points) FROM found GROUP BY rule ORDER BY 2 DESC, 3 DESC, 1"
        )
        return [self._frequent(*row) for row in counted.fetchall()]

    def _frequent(self, rule: str, drafts: int, points: int) -> Frequent:
        examples = self._base.execute(
            "SELECT min(n), quote FROM found WHERE rule = ? AND quote != '' GROUP BY quote "
            "ORDER BY count(*) DESC, max(points) DESC, length(quote) LIMIT 3",
            (rule,),
        )
        return Frequent(rule, drafts, points, tuple(examples.fetchall()), **self.rules[rule])

    def alike(self, most: int) -> list[Alike]:
        """The sentences that more than one person wrote, those of most people first."""
        groups = self._base.execute(
            "SELECT digest, count(DISTINCT person), min(sentence) FROM said GROUP BY digest "
            "HAVING count(DISTINCT person) > 1 ORDER BY 2 DESC, length(min(sentence)) DESC, 3 LIMIT ?",
            (most,),
        )
        return [Alike(text, people, self._with(digest)) for digest, people, text in groups.fetchall()]

    def _with(self, digest: str) -> tuple[int, ...]:
        found = self._base.execute("SELECT DISTINCT n FROM said WHERE digest = ? ORDER BY n LIMIT 20", (digest,))
        return tuple(n for (n,) in found)

    def periods(self) -> list[Period]:
        """The weeks, or where they would be many the months, of drafts that have a day."""
        start = "date(day, 'weekday 0', '-6 days')" if self.by_week else "date(day, 'start of month')"
        rows = self._base.execute(
            f"SELECT {start}, score, count(*) FROM draft WHERE day IS NOT NULL AND score IS NOT NULL "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [_period(day, {row[1]: row[2] for row in group}) for day, group in groupby(rows, lambda row: row[0])]

    @property
    def by_week(self) -> bool:
        (days,) = self._base.execute("SELECT julianday(max(day)) - julianday(min(day)) FROM draft").fetchone()
        return days is not None and days <= _DAYS_BY_WEEK

    def changes(self) -> list[Change]:
        """Everyone who has drafts of more than one day; who lost most comes first."""
        rows = self._base.execute(
            "SELECT person, entry, day, score, n FROM draft WHERE person > 0 AND day IS NOT NULL AND score IS NOT NULL "
            "ORDER BY person, day, n"
        )
        found = []
        for _, group in groupby(rows, lambda row: row[0]):
            of_one = list(group)
            if of_one[0][2] != of_one[-1][2]:
                scores = tuple((day, score, n) for _, _, day, score, n in of_one)
                found.append(Change(json.loads(of_one[0][1])["client"], scores))
        return sorted(found, key=lambda change: change.won)

    def clients(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Everyone, by name or, where there is none, by the id of the draft, with their drafts by day."""
        rows = self._base.execute("SELECT person, entry FROM draft WHERE score IS NOT NULL ORDER BY person, day, n")
        for _, group in groupby(rows, lambda row: row[0]):
            entries = [json.loads(entry) for _, entry in group]
            yield entries[0]["client"] or str(entries[0]["id"]), entries


_SAME = ("criterion", "why", "sources")
_DAYS_BY_WEEK = 120


def _whole(text: str) -> str:
    """Text that UTF-8 can hold: a sign in the place of half a surrogate pair."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _period(day: str, counts: Mapping[int, int]) -> Period:
    quartiles = [_quantile(counts, share) for share in (0.25, 0.5, 0.75)]
    return Period(day, sum(counts.values()), *quartiles)


def _quantile(counts: Mapping[int, int], share: float) -> int:
    """The score that this share of all scores is at or below (the nearest rank); 0 where there is none."""
    wanted, seen = max(1, share * sum(counts.values())), 0
    for score, count in counts.items():
        seen += count
        if seen >= wanted:
            return score
    return 0
