"""Sets of claims with a page cut in sentences, of which some are evidence; and plain BM25."""

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"\w+")
_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_K1: Final = 1.5
_B: Final = 0.75


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the sentences of one page, and the numbers of those that are evidence."""

    claim: str
    sentences: tuple[str, ...]
    evidence: frozenset[int]


@dataclass(frozen=True, slots=True)
class Quality:
    """How often the first is right, one of the first five is, and the mean reciprocal rank."""

    hit_1: float
    hit_5: float
    mrr: float


Ranker = Callable[[str, Sequence[str]], list[int]]


def wice(path: Path) -> tuple[list[Case], list[Case]]:
    """Return the claims that their page supports wholly, and all that have any evidence."""
    whole, every = [], []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        evidence = frozenset(number for group in row["supporting_sentences"] for number in group)
        case = Case(row["claim"], tuple(row["evidence"]), evidence)
        if evidence:
            every.append(case)
            if row["label"] == "supported":
                whole.append(case)
    return whole, every


def politihop(path: Path) -> tuple[list[Case], list[Case]]:
    """Return a case for each fact-check, and one for each of its annotated chains of evidence."""
    csv.field_size_limit(2**24)
    chains: list[Case] = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            groups = json.loads(row["annotated_evidence"]).values()
            numbers = (n for group in groups for item in group for n in str(item).split(","))
            evidence = frozenset(int(number) for number in numbers if number.strip())
            if evidence:
                chains.append(Case(row["statement"], tuple(json.loads(row["ruling"])), evidence))
    joined: dict[tuple[str, tuple[str, ...]], frozenset[int]] = {}
    for case in chains:
        key = case.claim, case.sentences
        joined[key] = joined.get(key, frozenset()) | case.evidence
    return [Case(*key, evidence) for key, evidence in joined.items()], chains


def quality(cases: Sequence[Case], rank: Ranker) -> Quality:
    """Rank every case's sentences and return the means."""
    first = five = reciprocal = 0.0
    for case in cases:
        order = rank(case.claim, case.sentences)
        place = next((at for at, number in enumerate(order) if number in case.evidence), None)
        if place is not None:
            first += place == 0
            five += place < 5  # noqa: PLR2004 (Hit@5)
            reciprocal += 1 / (place + 1)
    return Quality(first / len(cases), five / len(cases), reciprocal / len(cases))


def bm25(claim: str, sentences: Sequence[str]) -> list[int]:
    """Rank by BM25 over words in lower case, and nothing else."""
    counted = [Counter(_WORD.findall(sentence.lower())) for sentence in sentences]
    lengths = [counts.total() for counts in counted]
    mean = sum(lengths) / len(lengths) or 1
    holding = Counter(word for counts in counted for word in counts)
    asked = {
        word: math.log(1 + (len(counted) - holding[word] + 0.5) / (holding[word] + 0.5))
        for word in _WORD.findall(claim.lower())
    }
    scores = [
        sum(
            weight * counts[word] * (_K1 + 1) / (counts[word] + _K1 * (1 - _B + _B * length / mean))
            for word, weight in asked.items()
            if word in counts
        )
        for counts, length in zip(counted, lengths, strict=True)
    ]
    return sorted(range(len(sentences)), key=lambda at: -scores[at])


def bare_pass(claim: str, texts: Sequence[str]) -> list[int]:
    """Cut texts into sentences and rank them all: the least that a list costs."""
    return bm25(claim, [piece for text in texts for piece in _END.split(text) if piece])
