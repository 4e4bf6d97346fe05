"""What finding takes and hands out: frozen records, offsets in code points, end exclusive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from sources.anchoring import Grid

Span = tuple[int, int]
Relation = Literal["same", "contrary"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to search. `key` names it in the answer; `spans` are its sentences where known."""

    key: str
    text: str
    spans: tuple[Span, ...] | None = None
    published_on: date | None = None
    # Its sentences are cells with what heads them: each stands for itself.
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to search. `key` names it in the answer."""

    key: str
    grid: Grid


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
class Part:
    """A piece of a cell's line: the caption, what heads it, or the cell itself.

    A "name" stands in the cell's row and tells it from others. `text` is as the table has it;
    [start, end) is where it stands in the line, where a cell's number has its unit beside it.
    """

    kind: Literal["caption", "head", "name", "value"]
    column: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that may bear on the claim; its score compares with those of passages.

    `line` is the cell in words, made of `parts`; `words` and the places of `figures` are spans in
    it. `row` and `column` are counted from nought, headings included.
    """

    key: str
    row: int
    column: int
    score: float
    line: str
    parts: tuple[Part, ...]
    words: tuple[Span, ...]
    figures: tuple[Figure, ...]

    @property
    def agreeing(self) -> tuple[Figure, ...]:
        """The claim's numbers and dates that the cell or its headings give, too."""
        return tuple(figure for figure in self.figures if figure.relation == "same")

    @property
    def contrary(self) -> tuple[Figure, ...]:
        """The claim's numbers for which the cell gives others."""
        return tuple(figure for figure in self.figures if figure.relation == "contrary")


@dataclass(frozen=True, slots=True)
class Finding:
    """The passages and the cells, each best first; their scores compare.

    `cut` says that some text or table was too long to be read to its end.
    """

    passages: tuple[Passage, ...]
    cut: bool
    cells: tuple[Cell, ...] = ()


class Embedder(Protocol):
    """Something that turns sentences into vectors of length one."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector for each text, in order."""
