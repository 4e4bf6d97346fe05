"""What finding takes and hands out: frozen records, offsets in code points, end exclusive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

Span = tuple[int, int]
Relation = Literal["same", "contrary"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search. `key` names it in the answer; `spans` are its sentences where known."""

    key: str
    text: str
    spans: tuple[Span, ...] | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date of the claim beside the one in the passage, each as it is written.

    `start` and `end` are where the passage's stands in its text. A contrary one measures the same
    thing in the same unit and has another value.
    """

    relation: Relation
    kind: Literal["number", "date"]
    claimed: str
    found: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that may bear on the claim. Higher `score` is likelier; it compares in one list.

    `words` are the spans, in the text, of the words shared with the claim. `restates` marks a
    passage that mostly says the claim over again.
    """

    key: str
    start: int
    end: int
    score: float
    words: tuple[Span, ...]
    figures: tuple[Figure, ...]
    restates: bool

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        """The claim's numbers and dates that the passage gives, too."""
        return tuple(figure for figure in self.figures if figure.relation == "same")

    @property
    def contrary(self) -> tuple[Figure, ...]:
        """The claim's numbers and dates for which the passage gives others."""
        return tuple(figure for figure in self.figures if figure.relation == "contrary")


@dataclass(frozen=True, slots=True)
class Finding:
    """The passages, best first. `cut` says that some text was too long to be read to its end."""

    passages: tuple[Passage, ...]
    cut: bool


class Embedder(Protocol):
    """Something that turns sentences into vectors of length one."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector for each text, in order."""
