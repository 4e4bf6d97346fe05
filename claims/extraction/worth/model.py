"""The two trained models: loaded once, scored with additions only."""

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from claims.extraction.english import words as english
from claims.extraction.worth.features import marks_of, pieces_of, pieces_of_word, words_of

WEIGHTS: Final = Path(__file__).with_name("weights.json")
_FAR: Final = 30.0
_LEAST_LETTERS: Final = 3
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_SAYS_NOTHING: Final = (
    english.AUXILIARIES
    | english.DETERMINERS
    | english.PREPOSITIONS
    | english.SUBORDINATORS
    | english.COORDINATORS
    | english.RELATIVES
    | english.SUBJECT_PRONOUNS
    | english.OBJECT_PRONOUNS
    | english.ADVERBS
)


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """What was learned of sentences.

    `pieces` gives each piece of a word its rarity (inverse document frequency) and its weight,
    `marks` each surface mark its weight.
    """

    bias: float
    pieces: dict[str, tuple[float, float]]
    marks: dict[str, float]


@dataclass(frozen=True, slots=True)
class PassageModel:
    """What was learned of an article's passages: each signal's weight, and its usual value."""

    bias: float
    weights: dict[str, float]
    usual: dict[str, float]


@lru_cache(maxsize=1)
def stored() -> tuple[SentenceModel, PassageModel]:
    """Return the models of `weights.json`."""
    raw = json.loads(WEIGHTS.read_text("utf-8"))
    pieces = {name: (rarity, weight) for name, (rarity, weight) in raw["pieces"].items()}
    return SentenceModel(raw["bias"], pieces, raw["marks"]), PassageModel(**raw["passages"])


def share(logit: float) -> float:
    """Return the probability, from 0 to 1, that belongs to the log-odds `logit`."""
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, logit))))


def stated(known: PassageModel, signals: dict[str, float]) -> float:
    """Return the probability of a passage with these signals, from 0 to 1."""
    return share(
        known.bias + sum(known.weights.get(name, 0.0) * value for name, value in signals.items())
    )


def logit(text: str, model: SentenceModel | None = None) -> float:
    """Return the log-odds that the sentence `text` is worth checking."""
    known = model or stored()[0]
    words = words_of(text)
    total, length = _sum(words, known)
    marks = sum(known.marks.get(mark, 0.0) for mark in marks_of(text, words))
    return known.bias + total / length + marks


def probability(text: str) -> float:
    """Return the probability, from 0 to 1, that the sentence `text` is worth checking."""
    return share(logit(text))


def weighty_words(text: str, *, up: bool, most: int) -> list[str]:
    """Return the words of `text` that raise its log-odds (or lower them) most, at most `most`.

    A word counts with its beginnings and ending, and with half of each pair that it stands in.
    Words such as "the" count too, but say nothing to a reader, and are not returned.
    """
    words = ["^", *words_of(text), "$"]
    known = stored()[0]
    sums: dict[str, float] = {}
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if not word[0].isalpha() or len(word) < _LEAST_LETTERS or word in _SAYS_NOTHING:
            continue
        alone = sum(_weight(piece, known) for piece in pieces_of_word(word))
        pairs = _weight(f"{before} {word}", known) + _weight(f"{word} {after}", known)
        sums[word] = sums.get(word, 0.0) + (alone + pairs / 2) * (1 if up else -1)
    ranked = sorted((word for word in sums if sums[word] > 0), key=lambda word: (-sums[word], word))
    written = {match.lower(): match for match in _LETTERS.findall(text.replace("’", "'"))}
    return [written.get(word, word) for word in ranked[:most]]


def _weight(piece: str, known: SentenceModel) -> float:
    rarity, weight = known.pieces.get(piece, (0.0, 0.0))
    return rarity * weight


def _sum(words: list[str], known: SentenceModel) -> tuple[float, float]:
    """Return the weighed sum of the pieces, and the length of their vector."""
    total = square = 0.0
    for piece, count in Counter(pieces_of(words)).items():
        found = known.pieces.get(piece)
        if found is not None:
            value = found[0] * (1 + math.log(count))
            square += value * value
            total += value * found[1]
    return total, math.sqrt(square) or 1.0
