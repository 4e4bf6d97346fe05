"""Logistic regression on sparse vectors, standard library only: the same weights on every run."""

import math
import random
from collections import Counter
from typing import Final

from claims.extraction.worth.features import marks_of, pieces_of, words_of
from claims.extraction.worth.model import SentenceModel, logit, share

Labelled = tuple[str, int]
Vector = list[tuple[int, float]]
# How freely the weights may follow the data; chosen by cross-validation on the training sets.
_FREEDOM: Final = 4.0
_MARK: Final = 0.15
_LEAST_COUNT: Final = 3
# Large, so that the bias is hardly held back.
_BIAS: Final = 2.0
_EPOCHS: Final = 15
_STEPS: Final = 30
_CLOSE: Final = 1e-6
_SEED: Final = 20201018
FOLDS: Final = 5


def logistic(
    rows: list[Vector], labels: list[int], size: int, *, freedom: float, epochs: int = _EPOCHS
) -> list[float]:
    """Return the `size` weights of an L2 logistic regression, by dual coordinate ascent.

    Each example has one dual variable; a step solves for it exactly, by Newton's method on its
    log-odds, so there is no rate to choose. `freedom` is the inverse of the penalty.
    """
    weights = [0.0] * size
    signs = [1.0 if label else -1.0 for label in labels]
    squares = [sum(value * value for _, value in row) for row in rows]
    held = [0.0] * len(rows)
    order = list(range(len(rows)))
    shuffle = random.Random(_SEED)  # noqa: S311  (a reproducible order, no secret)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for at in order:
            row = rows[at]
            margin = signs[at] * sum(weights[i] * value for i, value in row)
            fresh = _dual(margin, held[at], freedom, squares[at])
            step = (fresh - held[at]) * signs[at]
            held[at] = fresh
            for i, value in row:
                weights[i] += step * value
    return weights


def _dual(margin: float, held: float, freedom: float, square: float) -> float:
    """Return the best value, from 0 to `freedom`, of one example's dual variable.

    Newton's method, kept between two bounds that close in, because far out it would overshoot.
    """
    low, high = -margin - (freedom - held) * square, -margin + held * square
    odds = max(low, min(high, 0.0))
    for _ in range(_STEPS):
        part = share(odds)
        error = odds + margin + (freedom * part - held) * square
        if abs(error) < _CLOSE:
            break
        low, high = (low, odds) if error > 0 else (odds, high)
        odds -= error / (1 + freedom * square * part * (1 - part))
        if not low < odds < high:
            odds = (low + high) / 2
    return freedom * share(odds)


def fit_sentences(rows: list[Labelled], *others: list[Labelled]) -> SentenceModel:
    """Learn from `rows`, and from `others` without taking over how often those are worth checking.

    In the other sets nearly everything is worth checking. One bias for each takes that up, so that
    their way of writing does not.
    """
    both = [*rows, *(row for other in others for row in other)]
    words = [words_of(text) for text, _ in both]
    pieces = [Counter(pieces_of(found)) for found in words]
    seen = Counter(piece for counts in pieces for piece in counts)
    rarities = {
        piece: math.log((1 + len(both)) / (1 + count)) + 1
        for piece, count in sorted(seen.items())
        if count >= _LEAST_COUNT
    }
    marks = [marks_of(text, found) for (text, _), found in zip(both, words, strict=True)]
    names = [*rarities, *sorted({f"s:{mark}" for found in marks for mark in found})]
    index = {name: at for at, name in enumerate(names)}
    bias = len(names)
    vectors: list[Vector] = []
    for counts, found in zip(pieces, marks, strict=True):
        vector = [(index[piece], value) for piece, value in _unit(counts, rarities)]
        vectors.append([*vector, *((index[f"s:{mark}"], _MARK) for mark in found), (bias, _BIAS)])
    start = len(rows)
    for own, other in enumerate(others, start=bias + 1):
        for vector in vectors[start : start + len(other)]:
            vector.append((own, _BIAS))
        start += len(other)
    labels = [label for _, label in both]
    weights = logistic(vectors, labels, bias + 1 + len(others), freedom=_FREEDOM)
    return SentenceModel(
        weights[bias] * _BIAS,
        {piece: (rarity, weights[index[piece]]) for piece, rarity in rarities.items()},
        {name[2:]: weights[index[name]] * _MARK for name in names[len(rarities) :]},
    )


def _unit(counts: Counter[str], rarities: dict[str, float]) -> list[tuple[str, float]]:
    weighed = [
        (piece, rarities[piece] * (1 + math.log(count)))
        for piece, count in counts.items()
        if piece in rarities
    ]
    length = math.sqrt(sum(value * value for _, value in weighed)) or 1.0
    return [(piece, value / length) for piece, value in weighed]


def folds(count: int) -> list[list[int]]:
    """Return the places 0 to `count` - 1 in FOLDS parts, shuffled the same way on every run."""
    order = list(range(count))
    random.Random(_SEED).shuffle(order)  # noqa: S311  (a reproducible order, no secret)
    return [sorted(order[part::FOLDS]) for part in range(FOLDS)]


def held_out(rows: list[Labelled], *others: list[Labelled]) -> list[float]:
    """Return the log-odds of each of `rows` by a model that has not seen it."""
    found = [0.0] * len(rows)
    for part in folds(len(rows)):
        left_out = set(part)
        model = fit_sentences([row for at, row in enumerate(rows) if at not in left_out], *others)
        for at in part:
            found[at] = logit(rows[at][0], model)
    return found


def straighten(logits: list[float], labels: list[int]) -> tuple[float, float]:
    """Return the offset and the slope that make held-out log-odds calibrated (Platt)."""
    rows: list[Vector] = [[(0, _BIAS), (1, value)] for value in logits]
    bias, slope = logistic(rows, labels, 2, freedom=1.0)
    return bias * _BIAS, slope


def straightened(model: SentenceModel, offset: float, slope: float) -> SentenceModel:
    """Return the model with every log-odds x made `offset` + `slope` * x."""
    return SentenceModel(
        offset + slope * model.bias,
        {piece: (rarity, slope * weight) for piece, (rarity, weight) in model.pieces.items()},
        {mark: slope * weight for mark, weight in model.marks.items()},
    )


def held_out_shares(logits: list[float], labels: list[int]) -> list[float]:
    """Return the calibrated probability of each held-out log-odds, straightened by other folds."""
    found = [0.0] * len(logits)
    for part in folds(len(logits)):
        left_out = set(part)
        rest = [at for at in range(len(logits)) if at not in left_out]
        offset, slope = straighten([logits[at] for at in rest], [labels[at] for at in rest])
        for at in part:
            found[at] = share(offset + slope * logits[at])
    return found
