"""The order in which earlier claims are shown: what says the same, whatever its verdict, first."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Generic, Protocol, TypeVar

from claims.comparing.agreement import Comparison, Relation

Key = TypeVar("Key")

# How much of its score a claim keeps. What speaks of another number or day stands below what
# says the same, where the words count alike.
_KEPT: Final[dict[Relation, float]] = {
    "same": 1.0,
    "opposite": 1.0,
    "similar": 1.0,
    "contrary_number": 0.9,
    "other_date": 0.9,
    "related": 1.0,
}
# How much more a claim counts that our text repeats whole, and how much the words count beside the
# meaning; chosen on the training and dev posts of CheckThat! 2022 task 2A.
_SAID_WHOLE: Final = 0.6
_WORDS_BESIDE_MEANING: Final = 0.35


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """An earlier claim that was found. `score` is by its words; higher is nearer.

    `covered` is how much of the claim, or of its title, our text repeats: 0 to 1. `meaning` is how
    like the two are in meaning, -1 to 1; None where no model has read them.
    """

    key: Key
    text: str
    score: float
    comparison: Comparison | None = None
    identical: bool = False
    covered: float = 0.0
    meaning: float | None = None


class Embedder(Protocol):
    """Whatever turns texts into vectors of one length, near each other where the meanings are.

    Vectors of one `digest` can be compared with each other; another model has another.
    """

    @property
    def digest(self) -> str:
        """SHA-256 that names the model, as 64 hexadecimal digits."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one vector for each text, in order."""
        ...


def standing(found: Sequence[Candidate[Key]]) -> list[float]:
    """Return the score of each candidate among the others, comparisons left out.

    By words the best has 1. Where a model has read them, the meaning counts for the most.
    """
    scores = [one.score * (1 + _SAID_WHOLE * one.covered) for one in found]
    top = max(scores, default=0.0) or 1.0
    return [
        score / top if one.meaning is None else _WORDS_BESIDE_MEANING * score / top + one.meaning
        for score, one in zip(scores, found, strict=True)
    ]


def in_order(found: Sequence[Candidate[Key]]) -> list[Candidate[Key]]:
    """Return the candidates, nearest first: the same wording before all others."""
    ranked = sorted(
        zip(standing(found), found, strict=True),
        key=lambda pair: (pair[1].identical, pair[0] * _kept(pair[1])),
        reverse=True,
    )
    return [candidate for _, candidate in ranked]


def likeness(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the cosine of two vectors, -1 to 1; 0 where one of them has no direction."""
    both = sum(a * b for a, b in zip(ours, theirs, strict=True))
    lengths = sqrt(sum(a * a for a in ours)) * sqrt(sum(b * b for b in theirs))
    return both / lengths if lengths else 0.0


def _kept(candidate: Candidate[Key]) -> float:
    return _KEPT[candidate.comparison.relation] if candidate.comparison else 1.0
