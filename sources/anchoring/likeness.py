"""Where in a changed text the passage stands that a quote has become.

A guess that describes and never confirms: it is made from the words of the quote and of the 32
characters either side, and whoever reads it is shown the passage itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sources.anchoring.altering import matcher
from sources.anchoring.anchors import Anchor
from sources.anchoring.tokens import Token, tokens

_SEEDS = 24
_MOST_PLACES = 40  # a pair of words that stands in more places tells nothing
_LONG_WORD = 6
_BUCKET = 64
_CANDIDATES = 3
_NEARLY = 0.6  # of the votes of the best place; below that it is another passage
_ALIKE = 0.5
_HARDLY_ALIKE = 0.25
_CONTEXT_HOLDS = 0.6
_PUT_IN = 6  # tokens
_TYPOGRAPHY = (
    ("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("−", "-"),
    ("\u00a0", " "), ("\u202f", " "), ("\n", " "), ("\t", " "), ("\r", " "),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a text, how much of the quote is in it, and of the words either side (0 to 1)."""

    start: int
    end: int
    likeness: float
    before: float
    after: float

    @property
    def in_context(self) -> bool:
        """Whether the words on both sides are still the old ones."""
        return min(self.before, self.after) >= _CONTEXT_HOLDS

    @property
    def rank(self) -> tuple[float, float]:
        """What is compared between two candidates."""
        return (round(self.likeness + (self.before + self.after) / 2, 3), self.likeness)

    @property
    def convincing(self) -> bool:
        """Whether this is likely what the quote has become."""
        if self.likeness >= _ALIKE or self.in_context:
            return True
        return self.likeness >= _HARDLY_ALIKE and max(self.before, self.after) == 1


def candidates(anchor: Anchor, text: str) -> list[Passage]:
    """Return the convincing passages, the likeliest first; passages never overlap."""
    quote = Quote.of(anchor)
    found: list[Passage] = []
    for place in _places(quote, text):
        passage = _align(quote, text, place)
        if passage is None or not passage.convincing:
            continue
        if all(passage.end <= other.start or other.end <= passage.start for other in found):
            found.append(passage)
    return sorted(found, key=lambda passage: passage.rank, reverse=True)


@lru_cache(maxsize=4)
def plain(text: str) -> str:
    """Return the text in small letters and plain typography, each character at its old offset."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for fancy, simple in _TYPOGRAPHY:
        lower = lower.replace(fancy, simple)
    return lower


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote with what stood around it; `first` and `last` are the tokens that are its own."""

    text: str
    tokens: Sequence[Token]
    first: int
    last: int
    lead: int

    @property
    def own(self) -> Sequence[Token]:
        """The tokens of the quote itself."""
        return self.tokens[self.first : self.last]

    @classmethod
    def of(cls, anchor: Anchor) -> "Quote":
        """Return the anchor's quote, its context as far as it is known."""
        text = anchor.prefix + anchor.exact + anchor.suffix
        start, end = len(anchor.prefix), len(anchor.prefix) + len(anchor.exact)
        found = tokens(text)
        # The first and the last word of the context may be cut off.
        if found and anchor.prefix and found[0].start == 0 and found[0].end <= start:
            found = found[1:]
        if found and anchor.suffix and found[-1].end == len(text) and found[-1].start >= end:
            found = found[:-1]
        first = sum(token.end <= start for token in found)
        last = sum(token.start < end for token in found)
        return cls(text, found, first, last, start)


def _places(quote: Quote, text: str) -> list[int]:
    """Return the likeliest offsets of the quote's start, by where its pairs of words stand."""
    votes: Counter[int] = Counter()
    searched = plain(text)
    bucket = max(_BUCKET, len(quote.text) // 4)
    for seed, offset in _seeds(quote):
        places = list(_occurrences(seed, searched))
        if len(places) <= _MOST_PLACES:
            for place in places:
                at = (place - offset + quote.lead) // bucket
                votes[at] += 2
                votes[at + 1] += 1
                votes[at - 1] += 1
    best: list[int] = []
    ranked = votes.most_common(6 * _CANDIDATES)
    for at, count in ranked:
        if count < _NEARLY * ranked[0][1]:
            break
        if all(abs(at - other) > 1 for other in best):
            best.append(at)
        if len(best) == _CANDIDATES:
            break
    return [max(0, at * bucket + bucket // 2) for at in best]


def _seeds(quote: Quote) -> list[tuple[str, int]]:
    """Return pairs of neighbouring words and long single words, spread over the quote."""
    written = plain(quote.text)
    pairs = [(written[a.start : b.end], a.start) for a, b in pairwise(quote.tokens)]
    words = [
        (written[t.start : t.end], t.start) for t in quote.tokens if t.end - t.start >= _LONG_WORD
    ]
    return [*_spread(pairs, _SEEDS), *_spread(words, _SEEDS // 2)] or [
        (written[t.start : t.end], t.start) for t in quote.tokens
    ]


def _spread(seeds: list[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    step = max(1, len(seeds) // most)
    return seeds[::step][: most + 1]


def _occurrences(seed: str, text: str) -> Iterator[int]:
    place, count = text.find(seed), 0
    while place >= 0 and count <= _MOST_PLACES:
        yield place
        count += 1
        place = text.find(seed, place + 1)


def _align(quote: Quote, text: str, start: int) -> Passage | None:
    """Lay the quote beside the text around `start` and read off what became of it."""
    slack = _BUCKET + len(quote.text) // 2
    left = max(0, start - quote.lead - slack)
    right = min(len(text), start - quote.lead + len(quote.text) + slack)
    # Not from the middle of a word.
    while left and text[left - 1].isalnum():
        left -= 1
    window = tokens(text, left, right)
    if not window or quote.first == quote.last:
        return None
    pairs = {
        block.a + step: block.b + step
        for block in matcher(quote.tokens, window).get_matching_blocks()
        for step in range(block.size)
    }
    if not pairs:
        return None
    begin, finish = _bounds(quote, pairs, len(window))
    if begin >= finish:
        return None
    return _passage(quote, window, pairs, begin, finish)


def _bounds(quote: Quote, pairs: dict[int, int], length: int) -> tuple[int, int]:
    """Return the window's tokens between what stood before the quote and what stood after it."""
    before = max((i for i in pairs if i < quote.first), default=None)
    after = min((i for i in pairs if i >= quote.last), default=None)
    own = [pairs[i] for i in pairs if quote.first <= i < quote.last]
    begin = own[0] if own else None
    finish = own[-1] + 1 if own else None
    # What was put in at an edge belongs to the quote: a "not" or a "two" there says much.
    if before is not None:
        near = pairs[before] + quote.first - before
        if begin is None or begin - _PUT_IN <= near < begin:
            begin = near
    if after is not None:
        near = pairs[after] - (after - quote.last)
        if finish is None or finish < near <= finish + _PUT_IN:
            finish = near
    size = quote.last - quote.first
    if begin is None:
        begin = max(0, (finish or 0) - size)
    if finish is None:
        finish = min(length, begin + size)
    return max(0, begin), min(length, finish)


def _passage(
    quote: Quote, window: Sequence[Token], pairs: dict[int, int], begin: int, finish: int
) -> Passage:
    own = [i for i in pairs if quote.first <= i < quote.last]
    weight = sum(_weight(quote.tokens[i]) for i in own)
    ours = sum(map(_weight, quote.tokens[quote.first : quote.last]))
    theirs = sum(map(_weight, window[begin:finish]))
    return Passage(
        start=window[begin].start,
        end=window[finish - 1].end,
        likeness=weight / max(ours, theirs),
        before=_held(range(quote.first), pairs, range(max(0, begin - 12), begin)),
        after=_held(range(quote.last, len(quote.tokens)), pairs, range(finish, finish + 12)),
    )


def _held(ours: range, pairs: dict[int, int], theirs: range) -> float:
    """Return how much of the words on one side is still there; all of it where there were none."""
    return sum(pairs.get(i, -1) in theirs for i in ours) / len(ours) if ours else 1.0


def _weight(token: Token) -> int:
    return len(token.key) if token.kind == "word" else 4
