"""How much of an earlier claim a text repeats: short claims are often said whole."""

from claims.comparing.vocabulary import STOP_WORDS, stem
from claims.comparing.words import searchable


def stems(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared, numbers too, common ones left out."""
    return frozenset(stem(word) for word in searchable(text).split() if word not in STOP_WORDS)


def covered(ours: frozenset[str], *parts: str) -> float:
    """Return the largest share, 0 to 1, that `ours` has of the words of any of the parts."""
    shares = [len(words & ours) / len(words) for part in parts if (words := stems(part))]
    return max(shares, default=0.0)
