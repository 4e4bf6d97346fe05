"""What the golden articles teach: which passages of an article are of the first priority."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from claims.extraction import checkworthiness, splitting
from claims.extraction.records import ClaimSpan
from claims.extraction.worth.fitting import Labelled, Vector, logistic
from claims.extraction.worth.model import PassageModel, SentenceModel, stated

# How many parts the articles are dealt into, so that each is judged by models that never saw it.
PARTS: Final = 4
_NOT_CHECKABLE: Final = re.compile(r"⦅(\w+)\|([^⦆]*)⦆")
_LAYOUT: Final = frozenset("heading dateline caption byline greeting".split())
_MARKS: Final = re.compile(r"⦅\w+\||[⟦⟧⟨⟩⦆]")
_WORD: Final = re.compile(r"\w+")
_FREEDOM: Final = 0.3
_BIAS: Final = 2.0
_EPOCHS: Final = 60
_HALF: Final = 0.5
Signals = dict[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage that the splitter considers, and whether the annotation puts it first."""

    article: str
    signals: Signals
    first: int


def annotated(golden: Path) -> dict[str, list[Labelled]]:
    """Return, for each article, its annotated passages: 1 a claim, 0 an opinion or the like."""
    found: dict[str, list[Labelled]] = {}
    for name, levels in _priorities(golden).items():
        raw = (golden / f"{name}.txt").read_text("utf-8")
        claims = [(_plain(exact), 1) for level in levels.values() for exact in level]
        others = [
            (_plain(said), 0)
            for reason, said in _NOT_CHECKABLE.findall(raw)
            if reason not in _LAYOUT and "⟦" not in said
        ]
        found[name] = [*claims, *others]
    return found


def parts(names: Iterable[str]) -> list[list[str]]:
    """Return the names of articles in PARTS parts, the same on every run."""
    ordered = sorted(names)
    return [ordered[part::PARTS] for part in range(PARTS)]


def load(golden: Path, models: dict[str, SentenceModel]) -> list[Passage]:
    """Return every passage that the splitter considers in the articles of `golden`.

    `models` holds, for each article, a sentence model that has not seen it.
    """
    found: list[Passage] = []
    for name, levels in _priorities(golden).items():
        text = _MARKS.sub("", (golden / f"{name}.txt").read_text("utf-8"))
        claims = _considered(text)
        first = first_priority(text, claims, levels)
        for claim, priority in zip(claims, first, strict=True):
            held = checkworthiness.signals(claim.exact, claim.kinds, models[name])
            found.append(Passage(name, held, priority))
    return found


def _priorities(golden: Path) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(
        (golden / "priorities.json").read_text("utf-8")
    )
    return found


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


def _considered(text: str) -> tuple[ClaimSpan, ...]:
    """Return all passages of `text` that could be claims, those included that are not listed."""
    with patch.object(splitting, "worth_listing", lambda _: True):
        return splitting.split(text).claims


def first_priority(
    text: str, claims: tuple[ClaimSpan, ...], levels: dict[str, list[str]]
) -> list[int]:
    """Return 1 for each claim that shares half of its words with an annotation of priority 1.

    One to one, best overlap first, and other priorities compete for a claim too.
    """
    spans = [
        (text.index(exact), text.index(exact) + len(exact), level)
        for level, passages in levels.items()
        for exact in passages
    ]
    return matched(text, claims, spans)


def matched(
    text: str, claims: tuple[ClaimSpan, ...], spans: list[tuple[int, int, str]]
) -> list[int]:
    """Return 1 for each claim whose best annotated span (start, end, priority) has priority 1."""
    wanted = [_words(text, start, end) for start, end, _ in spans]
    given = [_words(text, claim.start, claim.end) for claim in claims]
    pairs = [
        (len(one & other) / len(one | other), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(given)
        if one & other
    ]
    taken: dict[int, int] = {}
    for overlap, i, j in sorted(pairs, reverse=True):
        if overlap >= _HALF and j not in taken and i not in taken.values():
            taken[j] = i
    return [int(j in taken and spans[taken[j]][2] == "1") for j in range(len(claims))]


def _words(text: str, start: int, end: int) -> set[int]:
    return {match.start() for match in _WORD.finditer(text, start, end)}


def fit(passages: list[Passage]) -> PassageModel:
    """Learn how much each signal says; `usual` is its mean, for the reasons in words."""
    names = sorted({name for passage in passages for name in passage.signals})
    rows: list[Vector] = [
        [
            *((at, p.signals[name]) for at, name in enumerate(names) if p.signals.get(name)),
            (len(names), _BIAS),
        ]
        for p in passages
    ]
    labels = [passage.first for passage in passages]
    weights = logistic(rows, labels, len(names) + 1, freedom=_FREEDOM, epochs=_EPOCHS)
    usual = {
        name: sum(p.signals.get(name, 0.0) for p in passages) / len(passages) for name in names
    }
    return PassageModel(weights[len(names)] * _BIAS, dict(zip(names, weights, strict=False)), usual)


def held_out(passages: list[Passage]) -> list[float]:
    """Return each passage's probability by a model that has not seen its article."""
    models = {
        article: fit([p for p in passages if p.article != article])
        for article in {p.article for p in passages}
    }
    return [stated(models[p.article], p.signals) for p in passages]
