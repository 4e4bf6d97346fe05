"""Claims against annotated articles: one to one, best overlap of words first."""

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.extraction import ClaimSpan, QuantitySpan, split

# A prediction fits a claim when half of their joint words are common, or when it holds the claim
# and no other required one.
_HALF = 0.5
_ALONE = 0.3
_FIGURE_KINDS = {"quantity", "change", "quotation"}
_SURELY_NOT = {
    "opinion", "prediction", "rhetorical_question", "normative", "speculation_of_motive",
    "greeting", "dateline", "caption", "byline", "heading",
}  # fmt: skip
Tally = Counter[str]


def measure(folder: Path) -> dict[str, float]:
    """Return recall, precision and quantity figures over every annotated article of `folder`."""
    hits: Tally = Counter()
    totals: Tally = Counter()
    for path in sorted(folder.glob("*.json")):
        _article(json.loads(path.read_text("utf-8")), hits, totals)
    return {name: hits[name] / totals[name] for name in totals if totals[name]}


def _words(text: str, start: int, end: int) -> set[int]:
    return {match.start() for match in re.compile(r"\w+").finditer(text, start, end)}


def _article(gold: dict[str, Any], hits: Tally, totals: Tally) -> None:
    text, claims = gold["text"], gold["claims"]
    published = date.fromisoformat(gold["reference_date"])
    found = split(text, published_on=published).claims
    gold_words = [_words(text, c["span"]["start"], c["span"]["end"]) for c in claims]
    found_words = [_words(text, c.start, c.end) for c in found]
    required = {i for i, c in enumerate(claims) if not c["optional"]}
    matched = _match(gold_words, found_words, required)

    def tally(name: str, hit: int, total: int) -> None:
        hits[name] += hit
        totals[name] += total

    figures = {i for i in required if _FIGURE_KINDS & set(claims[i]["kinds"])}
    tally("recall, required claims", len(required & matched.keys()), len(required))
    tally("recall, figures and quotations", len(figures & matched.keys()), len(figures))
    tally("precision", len(matched), len(found))
    tally("quantities exact", *_quantities(claims, found))
    tally("dates resolved", *_dates(claims, found))
    extra = [w for j, w in enumerate(found_words) if j not in matched.values()]
    tally("not checkable but proposed", *_wrong(gold, gold_words, extra))


def _match(gold: list[set[int]], found: list[set[int]], required: set[int]) -> dict[int, int]:
    pairs = []
    for i, one in enumerate(gold):
        for j, other in enumerate(found):
            if not one & other:
                continue
            overlap = len(one & other) / len(one | other)
            alone = one <= other and not any(
                k != i and gold[k] and gold[k] <= other and not gold[k] <= one for k in required
            )
            if overlap >= _HALF or alone:
                pairs.append((overlap + _ALONE * alone, i, j))
    matched: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _number(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def _gold_key(quantity: dict[str, Any]) -> tuple[Any, ...]:
    change = quantity.get("change") or {}
    numbers = tuple(_number(change.get(part)) for part in ("from", "to", "by"))
    return _number(quantity["value"]), quantity.get("comparator") or "=", numbers


def _found_key(quantity: QuantitySpan) -> tuple[Any, ...]:
    change = quantity.change
    parts = (change.from_value, change.to_value, change.by_value) if change else (None,) * 3
    return _number(quantity.value), quantity.comparator, tuple(_number(part) for part in parts)


def _quantities(claims: list[dict[str, Any]], found: tuple[ClaimSpan, ...]) -> tuple[int, int]:
    wanted = Counter(
        _gold_key(q)
        for claim in claims
        for q in claim["quantities"]
        if not q.get("implicit") and not q.get("vague")
    )
    given = Counter(_found_key(q) for claim in found for q in claim.quantities)
    return (wanted & given).total(), wanted.total()


def _dates(claims: list[dict[str, Any]], found: tuple[ClaimSpan, ...]) -> tuple[int, int]:
    given = {(d.start, d.end, d.iso) for claim in found for d in claim.dates}
    wanted = [d for claim in claims for d in claim["dates"]]
    hit = sum(
        any(s < d["end"] and d["start"] < e and iso == d["iso"] for s, e, iso in given)
        for d in wanted
    )
    return hit, len(wanted)


def _wrong(
    gold: dict[str, Any], claim_words: list[set[int]], extra: list[set[int]]
) -> tuple[int, int]:
    claimed = set().union(*claim_words)
    spans = [n["span"] for n in gold["not_checkable"] if n["reason"] in _SURELY_NOT]
    wrong = 0
    for span in spans:
        words = _words(gold["text"], span["start"], span["end"])
        wrong += any(len(other & (words - claimed)) > _HALF * len(words) for other in extra)
    return wrong, len(spans)
