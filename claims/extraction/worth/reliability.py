"""How far probabilities can be believed: calibration error, Brier score, a table of shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BANDS: Final = 10


@dataclass(frozen=True, slots=True)
class Band:
    """Probabilities from `low` up to `low` + 0.1: how many, their mean, and what came true."""

    low: float
    count: int
    stated: float
    true: float


def table(stated: Sequence[float], labels: Sequence[int]) -> list[Band]:
    """Return the bands that hold anything, lowest first."""
    groups: list[list[int]] = [[] for _ in range(BANDS)]
    for at, probability in enumerate(stated):
        groups[min(BANDS - 1, int(probability * BANDS))].append(at)
    return [
        Band(
            low=band / BANDS,
            count=len(group),
            stated=sum(stated[at] for at in group) / len(group),
            true=sum(labels[at] for at in group) / len(group),
        )
        for band, group in enumerate(groups)
        if group
    ]


def calibration_error(stated: Sequence[float], labels: Sequence[int]) -> float:
    """Return the mean distance of stated from true shares over the bands, weighed by their size."""
    return sum(abs(b.stated - b.true) * b.count for b in table(stated, labels)) / len(labels)


def brier(stated: Sequence[float], labels: Sequence[int]) -> float:
    """Return the mean squared distance of probability and outcome; 0 is best."""
    return sum((p - label) ** 2 for p, label in zip(stated, labels, strict=True)) / len(labels)


def ordering(stated: Sequence[float], labels: Sequence[int]) -> float:
    """Return how often a true one stands above another (area under the ROC curve); ties half."""
    true = [p for p, label in zip(stated, labels, strict=True) if label]
    others = [p for p, label in zip(stated, labels, strict=True) if not label]
    won = sum((a > b) + (a == b) / 2 for a in true for b in others)
    return won / (len(true) * len(others))


def average_precision(stated: Sequence[float], labels: Sequence[int]) -> float:
    """Return the mean share of true ones at the rank of each; 0 where there is none."""
    ranked = sorted(zip(stated, labels, strict=True), key=lambda pair: -pair[0])
    hits, total = 0, 0.0
    for rank, (_, label) in enumerate(ranked, start=1):
        if label:
            hits += 1
            total += hits / rank
    return total / hits if hits else 0.0
