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
# How much more a claim counts that our text repeats whole; chosen on the training and dev posts of
# CheckThat! 2022 task 2A.
_SAID_WHOLE: Final = 0.6
# The share of the words' score beside the similarity of meaning, as measured on public sets.
_WORDS_BESIDE_MEANING: Final = 0.4


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """An earlier claim that was found. `score` is by its words; higher is nearer.

    `covered` is how much of the claim, or of its title, our text repeats: 0 to 1.
    """

    key: Key
    text: str
    score: float
    comparison: Comparison
    identical: bool = False
    covered: float = 0.0


class Embedder(Protocol):
    """Whatever turns texts into vectors of one length, near each other where the meanings are."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return one vector for each text, in order."""
        ...


def in_order(
    text: str, found: Sequence[Candidate[Key]], *, embedder: Embedder | None = None
) -> list[Candidate[Key]]:
    """Return the candidates, nearest first: the same wording before all others.

    With an `embedder` the meaning of the texts counts beside their words.
    """
    scores = [one.score * (1 + _SAID_WHOLE * one.covered) for one in found]
    top = max(scores, default=0.0) or 1.0
    scores = [score / top for score in scores]
    if embedder is not None and found:
        own, *others = embedder.embed([text, *(candidate.text for candidate in found)])
        scores = [
            _WORDS_BESIDE_MEANING * score + _cosine(own, other)
            for score, other in zip(scores, others, strict=True)
        ]
    ranked = sorted(
        zip(scores, found, strict=True),
        key=lambda pair: (pair[1].identical, pair[0] * _KEPT[pair[1].comparison.relation]),
        reverse=True,
    )
    return [candidate for _, candidate in ranked]


def _cosine(ours: Sequence[float], theirs: Sequence[float]) -> float:
    both = sum(a * b for a, b in zip(ours, theirs, strict=True))
    lengths = sqrt(sum(a * a for a in ours)) * sqrt(sum(b * b for b in theirs))
    return both / lengths if lengths else 0.0
