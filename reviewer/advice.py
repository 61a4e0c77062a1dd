"""What the five articles advise, by number: the sources that rules, levels and sentences cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from reviewer.errors import RubricError
from reviewer.intake.yaml import read_yaml
from reviewer.resources import folder

__all__ = ["Advice", "advice", "cite"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: its number (`001.4`), what it says, the article that gives it."""

    number: str
    text: str
    document: str


@cache
def advice() -> Mapping[str, Advice]:
    """Every numbered piece of advice."""
    file = folder("rubrics") / "sources" / "advice.yaml"
    known = read_yaml(file.read_bytes(), str(file), RubricError)
    documents = known["documents"]
    return {number: Advice(number, text, documents[number[:3]]) for number, text in known["advice"].items()}


def cite(number: str) -> str:
    """`001.4, as personal as possible …`; a number that is not of these articles stands alone."""
    found = advice().get(number)
    return number if found is None else f"{number}, {found.text}"
