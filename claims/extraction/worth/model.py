"""The trained model: loaded once, scored with additions only."""

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Final

from claims.extraction.worth.features import features

_WEIGHTS: Final = Path(__file__).with_name("weights.json")


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weights by feature name; "" is the bias."""
    loaded: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return loaded


def logit(text: str) -> float:
    """Return the log-odds that the sentence `text` is worth checking."""
    known = weights()
    return known.get("", 0.0) + sum(known.get(name, 0.0) for name in features(text))


def probability(text: str) -> float:
    """Return the probability, from 0 to 1, that the sentence `text` is worth checking."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit(text)))))
