"""How much a passage asks to be checked: a score from 0 to 1 with its reasons in words."""

import math
from typing import Final

from claims.extraction.kinds import reasons_of
from claims.extraction.records import Kind

_BIAS: Final = -0.6
_WEIGHTS: Final[dict[Kind, float]] = {
    "quantity": 1.3,
    "change": 1.2,
    "comparison": 0.8,
    "quotation": -0.2,
    "attribution": 0.1,
    "event": 0.3,
    "date": 0.4,
    "causal": 0.5,
    "property": 0.0,
    "forecast": -0.5,
}


def score(kinds: tuple[Kind, ...], *, names: int, hedged: bool) -> tuple[float, tuple[str, ...]]:
    """Return the check-worthiness of a passage and why."""
    total = _BIAS + sum(_WEIGHTS[kind] for kind in kinds) + min(names, 3) * 0.2 - 0.6 * hedged
    reasons = list(reasons_of(kinds))
    if names:
        reasons.append("names somebody or something")
    if hedged:
        reasons.append("hedged: said to be possible, not to be so")
    return round(1 / (1 + math.exp(-total)), 3), tuple(reasons)
