"""Golden articles: text with the annotation inside, and the figures that a splitting reaches."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from claims.extraction import Splitting

FOLDER = Path(__file__).with_name("golden")
_OPENERS = {"⟦": "⟧", "⟨": "⟩", "⦅": "⦆"}
Span = tuple[int, int]


@dataclass
class Golden:
    name: str
    text: str = ""
    required: list[Span] = field(default_factory=list)
    optional: list[Span] = field(default_factory=list)
    not_checkable: list[tuple[Span, str]] = field(default_factory=list)


def load(name: str) -> Golden:
    raw = (FOLDER / f"{name}.txt").read_text("utf-8")
    golden = Golden(name)
    stack: list[tuple[str, int, str]] = []
    at = 0
    while at < len(raw):
        sign = raw[at]
        if sign in _OPENERS:
            reason = ""
            if sign == "⦅":
                end = raw.index("|", at)
                reason, at = raw[at + 1 : end], end
            stack.append((sign, len(golden.text), reason))
        elif stack and sign == _OPENERS[stack[-1][0]]:
            opener, start, reason = stack.pop()
            _keep(golden, opener, (start, len(golden.text)), reason)
        else:
            golden.text += sign
        at += 1
    assert not stack, f"{name}: a mark is not closed"
    return golden


def _keep(golden: Golden, opener: str, span: Span, reason: str) -> None:
    if opener == "⦅":
        golden.not_checkable.append((span, reason))
    else:
        (golden.required if opener == "⟦" else golden.optional).append(span)


def _words(text: str, span: Span) -> set[int]:
    return {match.start() for match in re.compile(r"\w+").finditer(text, *span)}


@dataclass(frozen=True)
class Figures:
    recall: float
    precision: float
    wrong: float
    missed: tuple[str, ...]
    extra: tuple[str, ...]


def figures(golden: Golden, splitting: Splitting) -> Figures:
    """Match one to one, best overlap first: half of the words in common, or contained alone."""
    gold = [*golden.required, *golden.optional]
    spans = [(claim.start, claim.end) for claim in splitting.claims]
    gold_words = [_words(golden.text, span) for span in gold]
    found_words = [_words(golden.text, span) for span in spans]
    required = range(len(golden.required))
    pairs: list[tuple[float, int, int]] = []
    for i, one in enumerate(gold_words):
        for j, other in enumerate(found_words):
            if not one & other:
                continue
            overlap = len(one & other) / len(one | other)
            alone = one <= other and not any(
                k != i and gold_words[k] <= other and not gold_words[k] <= one for k in required
            )
            if overlap >= 0.5 or alone:
                pairs.append((overlap + 0.3 * alone, i, j))
    matched: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    missed = [i for i in required if i not in matched]
    extra = [j for j in range(len(spans)) if j not in matched.values()]
    return Figures(
        recall=1 - len(missed) / len(golden.required),
        precision=1 - len(extra) / max(1, len(spans)),
        wrong=_wrong(golden, gold_words, found_words, extra),
        missed=tuple(golden.text[slice(*gold[i])] for i in missed),
        extra=tuple(golden.text[slice(*spans[j])] for j in extra),
    )


def _wrong(golden: Golden, gold: list[set[int]], found: list[set[int]], extra: list[int]) -> float:
    """Return the share of not-checkable passages of which more than half was proposed."""
    claimed = set().union(*gold)
    bad = 0
    for span, _ in golden.not_checkable:
        words = _words(golden.text, span)
        bad += any(len(found[j] & (words - claimed)) > 0.5 * len(words) for j in extra)
    return bad / max(1, len(golden.not_checkable))
