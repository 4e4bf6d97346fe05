"""A passage of a sentence: which tokens, how they hang in it, what is counted in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.extraction.records import QuantitySpan, Span
from claims.extraction.tags import Role, Tagged


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens `first` up to and without `last` of a sentence, and how they hang in it."""

    first: int
    last: int
    role: Role
    joint: str = ""
    head: tuple[int, int] | None = None
    quantities: tuple[QuantitySpan, ...] = ()


def with_quantities(
    tagged: Tagged, passage: Passage, quantities: Sequence[QuantitySpan]
) -> Passage:
    """Return the passage with those of the sentence's quantities that begin in it."""
    start, end = tagged.tokens[passage.first].start, tagged.tokens[passage.last - 1].end
    inside = tuple(q for q in quantities if start <= q.start < end)
    return replace(passage, quantities=inside)


def outer(tagged: Tagged, passage: Passage) -> Span:
    """Return the passage's span in the text."""
    return tagged.tokens[passage.first].start, tagged.tokens[passage.last - 1].end
