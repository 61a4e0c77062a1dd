"""Trains the two models: labelled drafts and sentences in, acts.bin and levels.json of reviewer.language out.

    make model

Deterministic: the same data give the same files. First the acts of a sentence: logistic regression with an
L2 penalty, one for every act, on the features of reviewer.language.acts; weights too small to matter are
dropped. Every writer's sentences are then read by a model that has not seen that writer, and on these
readings the levels of whole drafts are trained, again writer by writer. What is printed is measured on
writers left out: the figure that says what the models are worth on people they do not know.
"""

import json
from binascii import crc32
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from reviewer.context import Kind
from reviewer.evaluate import quadratic_weighted_kappa
from reviewer.intake.rows import Row, read_rows
from reviewer.language.acts import Act, Reading, features, line_features
from reviewer.language.clauses import clauses
from reviewer.language.followup import FOLLOW_UP_FEATURES, follow_up_features
from reviewer.language.levels import FEATURES, JUDGED, KIND_FEATURES, draft_features, kind_features
from reviewer.message import Message
from reviewer.text import flatten, lower, words

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus"
ACTS = HERE.parent / "reviewer" / "language" / "acts.bin"
LEVELS = ACTS.with_name("levels.json")
PENALTY = 30.0  # inverse strength of the L2 penalty, chosen by cross-checking over writers
LEAST = 2  # sentences that a feature must stand in
SMALLEST = 0.3  # a feature whose every weight is smaller is dropped
SCALE, SHIFT = 0.02, 512  # a weight of 1 is 50 in the file; none may be larger than 10.2
LEVEL_PENALTY = 0.03
THRESHOLDS = np.arange(0.2, 0.81, 0.05)
FOLDS = 5  # in which writers are left out together, where one by one would take too long
SILENT = 0.95  # the share of ordinary mail, most of it hard cases, of writers left out, to be left alone
ALARM = 0.5  # what a good draft doubted costs against agreement: a false alarm costs more than a miss
WRONG_FACTS = {
    "wrong_name",
    "wrong_company",
    "wrong_role",
    "copy_paste_mixup",
    "placeholder_left",
    "contradicts_context",
}
GRAVE = {Act.DEMAND, Act.GUILT, Act.NEED, Act.ULTIMATUM, Act.MANY}
PRESS = GRAVE | {Act.SOFT_DEMAND, Act.THERE_YET}


@dataclass(frozen=True)
class Labelled:
    """A sentence: who wrote it, its features, its acts; the draft it stands in, where it stands in one."""

    writer: str
    features: list[str]
    acts: frozenset[str]
    row: Row | None = None


def sentences() -> Iterator[Labelled]:
    """Every labelled sentence: of the corpus, of the drafts written for training, and the single ones."""
    labels: dict[str, dict[int, list[str]]] = {}
    for line in (HERE / "corpus.labels.tsv").read_text(encoding="utf-8").splitlines():
        name, number, acts = line.split("\t")
        labels.setdefault(name, {})[int(number)] = [a for a in acts.split(",") if a != "-"]
    for file in (CORPUS / "dev.jsonl", HERE / "drafts.jsonl"):
        with file.open(encoding="utf-8") as lines:
            for row in read_rows(lines, where=file.name):
                assert row.message is not None, row.error
                writer = "corpus" if file.name == "dev.jsonl" else row.id.partition("-")[0]
                for clause in clauses(row.message):
                    acts = labels[row.id][clause.index]
                    yield Labelled(writer, features(row.message, clause), frozenset(acts), row)
    for line in (HERE / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        writer, acts, text = line.split("\t")
        message = Message(f"Hi Ana,\n\n{text}")
        for clause in clauses(message)[:1]:
            yield Labelled(writer, features(message, clause), frozenset(acts.split(",")))


@dataclass(frozen=True)
class Mail:
    """A mail about other business: who wrote it, and its sentences."""

    writer: str
    message: Message
    sentences: list[Labelled]


def ordinary() -> list[Mail]:
    """The mails that are no follow-up; the subject is a sentence as well."""
    found = []
    for line in (HERE / "ordinary.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        message, writer = Message(data["draft"], subject=data["subject"]), data["id"].partition("-")[0]
        read = [Labelled(writer, features(message, clause), frozenset()) for clause in clauses(message)]
        found.append(Mail(writer, message, read))
    return found


def targets(labelled: list[Labelled]) -> np.ndarray:
    def row(acts: frozenset[str]) -> list[bool]:
        return [*(a in acts for a in list(Act)[:-3]), bool(acts & PRESS), bool(acts & GRAVE)]

    return np.array([row(one.acts) for one in labelled])


def matrix(labelled: list[Labelled], vocabulary: dict[str, int]) -> csr_matrix:
    columns, starts, values = [], [0], []
    for one in labelled:
        known = [vocabulary[f] for f in one.features if f in vocabulary]
        columns += known
        starts.append(len(columns))
        values += [1 / sqrt(len(one.features) or 1)] * len(known)
    return csr_matrix((values, columns, starts), shape=(len(labelled), len(vocabulary)))


Elsewhere = tuple[dict[str, int], np.ndarray, float]


def fit_elsewhere(mine: list[Labelled], others: list[Labelled]) -> tuple[dict[str, int], np.ndarray, float]:
    """What tells a sentence of ordinary mail from one of a follow-up: the vocabulary, the weights, the bias."""
    both = [*mine, *others]
    counted = Counter(f for one in both for f in one.features)
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in counted.items() if n >= LEAST))}
    y = np.array([False] * len(mine) + [True] * len(others))
    model = LogisticRegression(C=3.0, solver="liblinear", class_weight="balanced").fit(matrix(both, vocabulary), y)
    return vocabulary, np.where(np.abs(model.coef_[0]) < SMALLEST, 0, model.coef_[0]), float(model.intercept_[0])


def fit(labelled: list[Labelled]) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """The vocabulary, the weights (acts × features) and the bias of every act."""
    counted = Counter(f for one in labelled for f in one.features)
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in counted.items() if n >= LEAST))}
    x, y = matrix(labelled, vocabulary), targets(labelled)
    models = [LogisticRegression(C=PENALTY, solver="liblinear").fit(x, y[:, k]) for k in range(y.shape[1])]
    weights = np.vstack([m.coef_ for m in models])
    return (
        vocabulary,
        np.where(np.abs(weights).max(0) < SMALLEST, 0, weights),
        np.array([m.intercept_[0] for m in models]),
    )


def write(labelled: list[Labelled], mails: list[Mail]) -> None:
    """The file that reviewer.language.acts reads: about, features, their checksums, weights in 16 bits."""
    vocabulary, weights, bias = fit(labelled)
    others, apart, apart_bias = fit_elsewhere(drafted(labelled), [s for mail in mails for s in mail.sentences])
    names = sorted({*vocabulary, *others})
    whole = np.zeros((len(names), len(Act)))
    for place, name in enumerate(names):
        if name in vocabulary:
            whole[place, :-1] = weights[:, vocabulary[name]]
        if name in others:
            whole[place, -1] = apart[others[name]]
    known = {names[place]: whole[place] for place in range(len(names)) if whole[place].any()}
    seed = next(s for s in range(100) if len({crc32(name.encode(), s) for name in known}) == len(known))
    order = sorted(known, key=lambda name: crc32(name.encode(), seed))
    scaled = np.rint(np.array([known[name] for name in order]) / SCALE).clip(-SHIFT, SHIFT - 1) + SHIFT
    text = "\n".join(order).encode()
    marks = np.array([crc32(name.encode(), seed) for name in order], dtype="<u4")
    biases = [round(float(b), 3) for b in (*bias, apart_bias)]
    about = {"acts": list(Act), "sentences": len(labelled), "bias": biases, "seed": seed}
    about |= {"scale": SCALE, "shift": SHIFT, "features": len(order), "bytes": len(text)}
    ACTS.write_bytes(json.dumps(about).encode() + b"\n" + text + marks.tobytes() + scaled.astype("<u2").tobytes())
    print(f"{ACTS.name}: {len(order):,} features from {len(labelled):,} sentences, {ACTS.stat().st_size:,} bytes")


def drafted(labelled: list[Labelled]) -> list[Labelled]:
    """The sentences that stand in a draft."""
    return [one for one in labelled if one.row is not None]


def elsewhere_by_writer(labelled: list[Labelled], mails: list[Mail]) -> dict[str, Elsewhere]:
    """For every writer the model of ELSEWHERE that knows none of that writer's: one for each fifth of the writers."""
    mine = drafted(labelled)
    writers = sorted({one.writer for one in mine} | {mail.writer for mail in mails}, key=lambda w: w[::-1])
    found = {}
    for fold in range(FOLDS):
        out = set(writers[fold::FOLDS])
        seen = [s for mail in mails if mail.writer not in out for s in mail.sentences]
        model = fit_elsewhere([one for one in mine if one.writer not in out], seen)
        found |= dict.fromkeys(out, model)
    return found


def cross(labelled: list[Labelled], apart: dict[str, Elsewhere]) -> np.ndarray:
    """How sure a model is that has not seen the writer, sentence by sentence (NaN for single sentences)."""
    y = np.column_stack([targets(labelled), np.zeros(len(labelled), dtype=bool)])
    sure = np.full(y.shape, np.nan)
    for writer in sorted({one.writer for one in labelled if one.row is not None}):
        here = [n for n, one in enumerate(labelled) if one.writer == writer]
        vocabulary, weights, bias = fit([one for one in labelled if one.writer != writer])
        odds = matrix([labelled[n] for n in here], vocabulary) @ weights.T + bias
        sure[here, :-1] = 1 / (1 + np.exp(-odds))
        sure[here, -1] = _apart([labelled[n] for n in here], apart[writer])
    read = ~np.isnan(sure[:, 0])
    print("average precision on writers left out, sentences")
    for number, act in enumerate(list(Act)[:-1]):
        precision = average_precision_score(y[read, number], sure[read, number])
        print(f"  {act:<12} {precision:.2f} of {y[read, number].sum():>5}")
    return sure


def _apart(read: list[Labelled], model: Elsewhere) -> np.ndarray:
    vocabulary, weights, bias = model
    return 1 / (1 + np.exp(-(matrix(read, vocabulary) @ weights + bias)))


def follow_up(
    labelled: list[Labelled], sure: np.ndarray, mails: list[Mail], apart: dict[str, Elsewhere]
) -> dict[str, object]:
    """A model of whether a mail is a follow-up, and what it is worth on writers left out."""
    x, y, writers = [], [], []
    # Follow-ups, read by models that know none of their writer's; then ordinary mail likewise.
    read: dict[int, list[tuple[float, ...]]] = {}
    rows: dict[int, tuple[str, Row]] = {}
    for one, values in zip(labelled, sure, strict=True):
        if one.row is not None:
            read.setdefault(id(one.row), []).append(tuple(map(float, values)))
            rows[id(one.row)] = (one.writer, one.row)
    acts_of = fit(labelled)
    ordinary_ones = {mail.message for mail in mails}
    for writer in sorted({w for w, _ in rows.values()} | {mail.writer for mail in mails}):
        elsewhere = apart[writer]
        found = [(row.message, read[key]) for key, (w, row) in rows.items() if w == writer and row.message is not None]
        for mail in mails:
            if mail.writer == writer:
                found.append((mail.message, _all_acts(mail.sentences, acts_of, elsewhere)))
        for message, values in found:
            sentences = tuple(Reading(clause, v) for clause, v in zip(clauses(message), values, strict=True))
            # Once more without its subject: whether there is one says which file it came from, not what it is.
            subject = _subject(message, elsewhere)
            x += [follow_up_features(message, sentences, said) for said in {subject, None}]
            y += [message not in ordinary_ones] * len({subject, None})
            writers += [writer] * len({subject, None})
    numbers, labels, wrote = np.array(x, dtype=float), np.array(y), np.array(writers)
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    numbers = (numbers - mean) / spread
    certain = np.zeros(len(labels))
    for fold in range(FOLDS):
        out = np.isin(wrote, sorted(set(writers), key=lambda w: w[::-1])[fold::FOLDS])
        certain[out] = _fit_follow_up(numbers[~out], labels[~out]).predict_proba(numbers[out])[:, 1]
    from_ = min(t for t in np.arange(0.2, 0.96, 0.05) if (certain[~labels] < t).mean() >= SILENT)
    kept, silent = (certain[labels] >= from_).mean(), (certain[~labels] < from_).mean()
    print(f"\nfollow-ups told from ordinary mail, writers left out: {kept:.1%} of {labels.sum()} seen, ", end="")
    print(f"{silent:.1%} of {(~labels).sum()} others left alone, from a certainty of {from_:.2f}")
    model = _fit_follow_up(numbers, labels)
    scaled = model.coef_[0] / spread
    bias = round(float(model.intercept_[0] - (scaled * mean).sum()), 4)
    names = list(FOLLOW_UP_FEATURES)
    return {"features": names, "bias": bias, "weights": scaled.round(4).tolist(), "from": round(float(from_), 2)}


def _all_acts(
    read: list[Labelled], acts: tuple[dict[str, int], np.ndarray, np.ndarray], elsewhere: Elsewhere
) -> list[tuple[float, ...]]:
    if not read:
        return []
    vocabulary, weights, bias = acts
    odds = matrix(read, vocabulary) @ weights.T + bias
    whole = np.column_stack([1 / (1 + np.exp(-odds)), _apart(read, elsewhere)])
    return [tuple(map(float, row)) for row in whole]


def _subject(message: Message, elsewhere: Elsewhere) -> float | None:
    """How sure the subject alone is of other business."""
    said = words(lower(flatten(message.subject or "")))
    return float(_apart([Labelled("", line_features(said), frozenset())], elsewhere)[0]) if said else None


def _fit_follow_up(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=0.3, max_iter=5000, class_weight="balanced").fit(x, y)


@dataclass(frozen=True)
class Draft:
    writer: str
    row: Row
    features: list[float]
    kind_features: list[float]


def drafts(labelled: list[Labelled], sure: np.ndarray) -> list[Draft]:
    """Every draft with its features, by sentences read as if the writer were unknown."""
    read: dict[int, list[tuple[float, ...]]] = {}
    rows: dict[int, tuple[str, Row]] = {}
    for one, values in zip(labelled, sure, strict=True):
        if one.row is not None:
            read.setdefault(id(one.row), []).append(tuple(map(float, values)))
            rows[id(one.row)] = (one.writer, one.row)
    found = []
    for key, (writer, row) in rows.items():
        assert row.message is not None
        sentences = [Reading(clause, values) for clause, values in zip(clauses(row.message), read[key], strict=True)]
        unsaid = row.context._replace(kind=None)
        kinds = kind_features(row.message, unsaid, sentences)
        found.append(Draft(writer, row, draft_features(row.message, row.context, sentences), kinds))
    return found


def levels(known: list[Draft]) -> dict[str, object]:
    """A model of levels for every judged criterion, and what it is worth on writers left out."""
    print("\nquadratic weighted kappa on writers left out, drafts")
    criteria = {name: _level_model(name, known) for name in JUDGED}
    names = {"features": list(FEATURES), "kind_features": list(KIND_FEATURES)}
    return {**names, "criteria": criteria, "kinds": _kind_model(known)}


def _kind_model(known: list[Draft]) -> dict[str, object]:
    """A model of the kind of message, for drafts whose kind nobody gives."""
    x = np.array([d.kind_features for d in known])
    y = np.array([list(Kind).index(Kind(d.row.data["kind"])) for d in known])
    writers = np.array([d.writer for d in known])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    x = (x - mean) / spread
    right = sum(
        int((_fit_level(x[writers != w], y[writers != w]).predict(x[writers == w]) == y[writers == w]).sum())
        for w in sorted(set(writers))
    )
    print(f"  kind of message      {right / len(y):.1%} right")
    model = _fit_level(x, y)
    scaled = model.coef_ / spread
    bias = model.intercept_ - (scaled * mean).sum(1)
    return {"bias": bias.round(4).tolist(), "weights": scaled.round(4).tolist()}


def _level_model(criterion: str, known: list[Draft]) -> dict[str, object]:
    # Wrong facts have checks of their own; here the words alone count.
    mine = [d for d in known if criterion != "personal_reference" or not _has_wrong_facts(d.row)]
    x = np.array([d.features for d in mine])
    y = np.array([d.row.data["labels"][criterion] for d in mine])
    writers = np.array([d.writer for d in mine])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    x = (x - mean) / spread
    sure = np.zeros((2, len(y)))
    for at, least in enumerate((1, 2)):
        for writer in sorted(set(writers)):
            seen = writers != writer
            sure[at, ~seen] = _fit_level(x[seen], y[seen] >= least).predict_proba(x[~seen])[:, 1]
    choices = [(float(a), float(b)) for a in THRESHOLDS for b in THRESHOLDS]
    from_ = max(choices, key=lambda c: _kappa(y, _reached(sure, *c)) - ALARM * _alarms(y, _reached(sure, *c)))
    reached = _reached(sure, *from_)
    kappa, alarms = _kappa(y, reached), _alarms(y, reached)
    print(f"  {criterion:<20} {kappa:.3f} on {len(y)} drafts; {alarms:.1%} of the good ones doubted")
    weights, bias = [], []
    for least in (1, 2):
        model = _fit_level(x, y >= least)
        scaled = model.coef_[0] / spread
        weights.append([round(float(w), 4) for w in scaled])
        bias.append(round(float(model.intercept_[0] - (scaled * mean).sum()), 4))
    return {"bias": bias, "weights": weights, "from": [round(f, 2) for f in from_]}


def _fit_level(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=LEVEL_PENALTY, max_iter=5000).fit(x, y)


def _reached(sure: np.ndarray, fair: float, good: float) -> np.ndarray:
    return (sure[0] >= fair).astype(int) + ((sure[0] >= fair) & (sure[1] >= good)).astype(int)


def _kappa(labels: np.ndarray, reached: np.ndarray) -> float:
    table = [[int(((labels == i) & (reached == k)).sum()) for k in range(3)] for i in range(3)]
    return quadratic_weighted_kappa(table)


def _alarms(labels: np.ndarray, reached: np.ndarray) -> float:
    """The share of good drafts that would be doubted."""
    return float(((labels == 2) & (reached < 2)).sum() / (labels == 2).sum())


def _has_wrong_facts(row: Row) -> bool:
    return any(f["about"] in WRONG_FACTS for f in row.data["findings"])


def main() -> None:
    known, mails = list(sentences()), ordinary()
    apart = elsewhere_by_writer(known, mails)
    sure = cross(known, apart)
    found = levels(drafts(known, sure)) | {"follow_up": follow_up(known, sure, mails, apart)}
    LEVELS.write_text(json.dumps(found) + "\n", encoding="utf-8")
    write(known, mails)


if __name__ == "__main__":
    main()
