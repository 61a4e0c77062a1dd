"""Whatever stands in a rubric, there is a rubric or a message with the file, the line, the key and the choices."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reviewer.errors import RubricError
from reviewer.folders import rubrics_folder
from reviewer.rubric import load_rubric

ON = "extends: default\ntitle: T\n"
OWN = "title: T\ncriteria:\n  - id: tone\n    title: Tone\n    meaning: {2: a, 1: b, 0: c}\n"
LIST = "phrases:\n  - {rule: hum, title: Hum, because: b, criterion: craft, sources: [], terms: {hum: null}"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}, *{old}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{new}: &{new} {{<<: [{', '.join([f'*{old}'] * 9)}]}}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

# What stands in mine.yaml, the line that is named (None: none is), and words of the message.
BROKEN: Mapping[str, tuple[str | bytes, int | None, str]] = {
    "nothing": ("", 1, "keys with values are wanted, not nothing"),
    "a remark only": ("# nothing\n", 1, "keys with values are wanted, not nothing"),
    "a word": ("formal", 1, "keys with values are wanted, not 'formal'"),
    "a list": ("- formal\n", 1, "keys with values are wanted, not a list"),
    "no YAML": ("title: [T\nid: x\n", 2, "this is not YAML"),
    "a tab": ("title: T\nlevels:\n\tgood: 80\n", 3, "this is not YAML"),
    "an unknown anchor": ("a: &a [1]\nb: *c\n", 2, "this is not YAML"),
    "two documents": ("title: T\n---\ntitle: U\n", 2, "this is not YAML"),
    "no text": (b"title: caf\xe9\n", None, "this is not YAML"),
    "NUL": (b"title: a\x00b\n", None, "this is not YAML"),
    "a Python object": (ON + "bound: !!python/object/apply:os.getcwd []\n", 3, "this is not YAML"),
    "a date that is none": (ON + "bound: 2026-13-45\n", None, "this is not YAML"),
    "a number of 5,000 digits": (ON + f"bound: {'9' * 5000}\n", None, "this is not YAML"),
    "an alias bomb": (BOMB, None, "nested too deeply or too large"),
    "a bomb of merged keys": (MERGES, None, "nested too deeply or too large"),
    "an alias within itself": ("title: &t [*t]\n", 1, "nested too deeply or too large"),
    "brackets without end": ("[" * 100_000, None, "this is not YAML"),
    "a hundred brackets": (f"title: {'[' * 100}{']' * 100}\n", 1, "nested too deeply or too large"),
    "a huge file": (ON + "#" * 1_000_001, None, "too large for a rubric"),
    "100,000 keys": ("".join(f"k{n}: 1\n" for n in range(100_000)), None, "nested too deeply or too large"),
    "a key that stands twice": ("title: T\nbound: 1\nbound: 2\n", 3, "the key 'bound' stands here twice"),
    "a rule that stands twice": (ON + "rules:\n  too-long: off\n  too-long: on\n", 5, "stands here twice"),
    "a list as a key": ("? [a, b]\n: c\n", 1, "a key is text"),
    "a mapping as a key": ("title: T\n? {a: b}\n: c\n", 2, "a key is text"),
    "an unknown key": ("title: T\ncritera: []\n", 2, "critera: no such key; do you mean 'criteria'?"),
    "an unknown key of a rule": (ON + "rules: {too-long: {severty: error}}\n", 3, "do you mean 'severity'?"),
    "an unknown key of an example": (OWN + f"{LIST}, flags: [{{txt: hum}}]}}\n", 7, "txt: no such key"),
    "no title": ("extends: default\n", 1, "title: is missing"),
    "an empty title": ("extends: default\ntitle: ''\n", 2, "title: "),
    "no criterion": ("title: T\ncriteria: []\n", 2, "a rubric needs at least one, or `extends: default`"),
    "text for a list": ("title: T\ncriteria: nonsense\n", 2, "criteria: a list is wanted, not 'nonsense'"),
    "a list for text": (ON + "purposes: {check_in: [a]}\n", 3, "purposes.check_in: text is wanted, not a list"),
    "a number for text": ("title: 12\n", 1, "title: text is wanted, not 12; put it in quotes"),
    "text for a number": (ON + "bound: '3'\n", 3, "bound: a whole number is wanted, not '3'"),
    "true for a number": (ON + "error_cap: yes\n", 3, "error_cap: a whole number is wanted, not True"),
    "a share for a number": (ON + "levels: {good: 0.8}\n", 3, "levels.good: a whole number is wanted, not 0.8"),
    "endless": (ON + "levels: {good: .inf}\n", 3, "levels.good: "),
    "less than nothing": (
        ON + "criteria:\n  - {id: craft, weight: -1}\n",
        4,
        "criteria.0.weight: it should be greater",
    ),
    "too much": (ON + "rules:\n  too-long:\n    cost: 101\n", 5, "rules.too-long.cost: it should be less than"),
    "a list for a cost": (ON + "rules: {too-long: {cost: [1]}}\n", 3, "keys with values or a single value is wanted"),
    "an unknown degree": (ON + "rules: {too-long: {cost: {awful: 1}}}\n", 3, "there are 'slight' or 'grave'"),
    "an unknown severity": (ON + "rules: {too-long: {severity: grave}}\n", 3, "there are 'error', 'warning' or"),
    "an unknown kind": (ON + "rules:\n  too-long:\n    for_kind: {letter: {most: 9}}\n", 5, "there are 'thank_you'"),
    "text for a switch": (ON + "rules: {too-long: 'off it'}\n", 3, "true or false is wanted, not 'off it'"),
    "an unknown rule": (ON + "rules: {too-lng: off}\n", 3, "no rule called 'too-lng'; do you mean 'too-long'?"),
    "a rule's name that is none": (ON + "rules: {Too Long: off}\n", 3, "a name such as own-voice is wanted"),
    "an unknown option": (ON + "rules: {too-long: {with: {moist: 3}}}\n", 3, "no option 'moist'; there are most, far"),
    "an option of another type": (
        ON + "rules: {too-long: {with: {most: many}}}\n",
        3,
        "most: a whole number is wanted",
    ),
    "true for an option": (ON + "rules: {too-long: {with: {most: on}}}\n", 3, "most: a whole number is wanted"),
    "an option beyond reason": (ON + "rules: {too-long: {with: {most: -5}}}\n", 3, "0 to 100,000 is wanted, not -5"),
    "an unknown check": (OWN + "    checks:\n      - {check: too-lng, sources: []}\n", 7, "do you mean 'too-long'?"),
    "a check without sources": (OWN + "    checks:\n      - {check: too-long}\n", 7, "sources: is missing"),
    "an unknown criterion": (ON + "criteria:\n  - {id: crafts, weight: 3}\n", 4, "do you mean 'craft'?"),
    "an unknown criterion of a cost": (
        ON + "rules: {too-long: {also: {polish: 3}}}\n",
        3,
        "no criterion called 'polish'",
    ),
    "an unknown criterion of phrases": (OWN + LIST + "}\n", 7, "no criterion called 'craft'; there are tone"),
    "a criterion that stands twice": (ON + "criteria: [{id: craft}, {id: craft}]\n", 3, "'craft' stands here twice"),
    "a level without words": (
        "title: T\ncriteria:\n  - id: a\n    title: A\n    meaning: {2: a}\n",
        4,
        "level 1 is missing",
    ),
    "a level too many": (
        "title: T\ncriteria:\n  - id: a\n    title: A\n    meaning: {3: a}\n",
        5,
        "there are 0, 1 or 2",
    ),
    "a doubt that nobody has": (ON + "criteria: [{id: craft, doubt: 5}]\n", 3, "doubt: only personal_reference"),
    "13 criteria": (
        "title: T\ncriteria:\n"
        + "".join(f"  - {{id: c{n}, title: C, meaning: {{2: a, 1: b, 0: c}}}}\n" for n in range(13)),
        2,
        "13 are too many; 12 at most",
    ),
    "an unknown list": (ON + "phrases: [clichés]\n", 3, "no list called 'clichés'; do you mean 'cliches'?"),
    "a list elsewhere": (ON + "phrases: [../default]\n", 3, "no list called '../default'"),
    "a number among the lists": (ON + "phrases: [3]\n", 3, "phrases.0: text is wanted, not 3"),
    "an empty phrase": (ON + "rules: {stock-phrase: {add: {'  ': null}}}\n", 3, "a phrase has at least one word"),
    "no as a phrase": (
        ON + "rules:\n  stock-phrase:\n    add: {no: null}\n",
        5,
        "text is wanted, not False; put it in quotes",
    ),
    "a phrase that stands twice": (
        ON + "rules: {stock-phrase: {add: {a b: x, A  b: y}}}\n",
        3,
        "'a b' stands here twice",
    ),
    "a phrase both ways": (
        ON + "rules: {stock-phrase: {add: {a b: x}, remove: [a b]}}\n",
        3,
        "added and removed at once",
    ),
    "a phrase that is not there": (
        ON + "rules: {stock-phrase: {remove: [team players]}}\n",
        3,
        "do you mean 'team player'?",
    ),
    "phrases of a limit": (ON + "rules: {too-long: {add: {a b: x}}}\n", 3, "too-long has no phrases"),
    "phrases as an option": (
        ON + "rules: {stock-phrase: {with: {terms: {a: b}}}}\n",
        3,
        "changed by `add` and `remove`",
    ),
    "an unknown sentence": (ON + "sentences: {thank: {text: Ta.}}\n", 3, "do you mean 'thanks'?"),
    "an unknown fact": (
        ON + "sentences: {thanks: {text: [Ta $who., Ta.]}}\n",
        3,
        "nothing is known as $who; there are",
    ),
    "a price": (ON + "sentences: {thanks: {text: A $5 note.}}\n", 3, "write $$ for the sign itself"),
    "a last variant with a fact": (
        ON + "sentences: {thanks: {text: [Ta., Ta $person.]}}\n",
        3,
        "needs $person; end with",
    ),
    "no variant": (ON + "sentences: {thanks: {text: []}}\n", 3, "a sentence is wanted"),
    "an unknown word of a message": (ON + "rules: {too-long: {message: At most $mots.}}\n", 3, "do you mean 'most'?"),
    "an example without the words": (
        ON + "rules:\n  too-long:\n    flags:\n      - {text: abc, at: d}\n",
        6,
        "these words are not in the text",
    ),
    "an example with a wrong day": (
        ON + "rules:\n  too-late:\n    passes:\n      - {text: a, context: {sending_at: soon}}\n",
        6,
        "'soon' is no date",
    ),
    "a rule that is there already": (
        ON + "criteria:\n  - {id: craft, checks: [{check: apologetic, sources: []}]}\n",
        4,
        "'apologetic' is there already",
    ),
    "off and changed": (ON + "rules: {too-long: {used: false, cost: 3}}\n", 3, "switched off and changed at once"),
    "a kind that it is not for": (
        ON + "rules: {too-long: {kinds: [check_in], for_kind: {linkedin: {most: 9}}}}\n",
        3,
        "not for this kind",
    ),
    "kinds of a rule that stands twice": (
        ON + "rules: {no-recipient-name: {kinds: [check_in]}}\n",
        3,
        "stands 2 times",
    ),
    "levels the wrong way round": (ON + "levels: {good: 40}\n", 3, "has to be lower than levels.good, 40"),
    "far before most": (ON + "rules: {too-long: {with: {most: 300}}}\n", 3, "300 "),
    "too short before too long": (
        ON + "rules: {too-short: {with: {least: 200}}}\n",
        3,
        "is more than rules.too-long.with.most",
    ),
    "an unknown rubric": ("extends: formel\ntitle: T\n", 1, "extends: formel: no such rubric or file; there are"),
    "an unknown path": ("extends: ./formal.yaml\ntitle: T\n", 1, "no such file; rubrics by name are concise, default"),
    "a folder": ("extends: [default, ./]\ntitle: T\n", 1, "extends.1: "),
    "a name of 5,000 letters": (f"extends: {'x' * 5000}\ntitle: T\n", 1, "at most 200 characters"),
    "the same twice": ("extends: [uk, uk]\ntitle: T\n", 1, "extends.1: 'uk' stands here twice"),
    "itself": ("extends: ./mine.yaml\ntitle: T\n", 1, "a rubric cannot extend itself: "),
    "a number": ("extends: 3\ntitle: T\n", 1, "extends: text is wanted, not 3"),
}


@pytest.mark.parametrize(("content", "line", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_rubric_is_refused_with_the_place_and_the_choices(
    tmp_path: Path, content: str | bytes, line: int | None, said: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RubricError) as caught:
        load_rubric(file)
    message = str(caught.value)
    assert message.startswith(f"{file}:" if line is None else f"{file}:{line}: ") and said in message
    assert len(message) < 3000


def test_there_are_sixty_of_them() -> None:
    assert len(BROKEN) >= 60


def test_a_loop_of_three_is_told_with_the_way_round() -> None:
    folder = rubrics_folder()
    folder.mkdir(parents=True)
    for name, other in (("one", "two"), ("two", "three"), ("three", "one")):
        (folder / f"{name}.yaml").write_text(f"extends: {other}\ntitle: T\n", "utf-8")
    with pytest.raises(RubricError, match=r"three.yaml:1: extends: a rubric .*one.yaml → .*three.yaml → .*one.yaml"):
        load_rubric("one")


def test_a_chain_without_end_is_refused(tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number}.yaml").write_text(f"extends: ./{number + 1}.yaml\ntitle: T\n", "utf-8")
    with pytest.raises(RubricError, match="more than 30 rubrics are extended"):
        load_rubric(tmp_path / "0.yaml")


def test_two_rubrics_that_have_the_same_rule_contradict_one_another(tmp_path: Path) -> None:
    (tmp_path / "whole.yaml").write_text(
        "title: W\ncriteria:\n  - id: craft\n    checks:\n      - {check: apologetic, sources: []}\n", "utf-8"
    )
    mine = tmp_path / "mine.yaml"
    mine.write_text("extends: [default, ./whole.yaml]\ntitle: T\n", "utf-8")
    with pytest.raises(RubricError, match=r"whole.yaml:5: .*'apologetic' is there already \(.*default.yaml:\d+\)"):
        load_rubric(mine)


def test_a_broken_list_of_phrases_is_named_by_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "phrases").mkdir()
    listed = tmp_path / "phrases" / "house.yaml"
    listed.write_text("rule: house\ntitle: House\nbecause: b\ncriterion: craft\nsources: []\nterms: {}\n", "utf-8")
    (tmp_path / "mine.yaml").write_text("extends: default\ntitle: T\nphrases: [house]\n", "utf-8")
    with pytest.raises(RubricError, match=r"^.*house.yaml:6: terms: "):
        load_rubric(tmp_path / "mine.yaml")


@pytest.mark.parametrize("name", ["nobody", "no/such.yaml", "~nobody/such.yaml", "x" * 5000, "a\0b", ".", ""])
def test_a_rubric_that_is_nowhere_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(RubricError, match="concise, default, formal, uk"):
        load_rubric(name)
