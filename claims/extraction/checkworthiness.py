"""How much a passage asks to be checked: a score from 0 to 1 with its reasons in words."""

import math
import re
from typing import Final

from claims.extraction.kinds import reasons_of
from claims.extraction.records import Kind
from claims.extraction.worth import model

# The trained model knows debate sentences; what kind of claim it is says the rest. The weights of
# the kinds follow the priorities of the annotation guideline.
_MODEL_SHARE: Final = 0.5
_BIAS: Final = 0.1
_WEIGHTS: Final[dict[Kind, float]] = {
    "quantity": 0.8,
    "change": 0.7,
    "comparison": 0.5,
    "quotation": -0.4,
    "attribution": 0.1,
    "event": 0.2,
    "date": 0.4,
    "causal": 0.3,
    "property": -0.2,
    "forecast": -0.6,
}
_HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|allegedly|reportedly|apparently|seems?|"
    r"appears?)\b",
    re.IGNORECASE,
)


def score(exact: str, kinds: tuple[Kind, ...], *, names: int) -> tuple[float, tuple[str, ...]]:
    """Return the check-worthiness of the passage `exact` and why."""
    hedged = bool(_HEDGE.search(exact))
    learned = max(-4.0, min(4.0, model.logit(exact)))
    total = _BIAS + _MODEL_SHARE * learned + sum(_WEIGHTS[kind] for kind in kinds)
    total += 0.2 * min(names, 3) - 0.5 * hedged
    reasons = list(reasons_of(kinds))
    if names:
        reasons.append("names somebody or something")
    if learned > 1:
        reasons.append("reads like sentences that checkers took up before")
    if hedged:
        reasons.append("hedged: said to be possible, not to be so")
    return round(1 / (1 + math.exp(-total)), 3), tuple(reasons)
