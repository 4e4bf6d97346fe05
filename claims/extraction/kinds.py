"""What kind of claim a passage makes, and the reasons in words that go with it."""

import re
from typing import Final

from claims.extraction.english import words
from claims.extraction.records import DateSpan, Kind, QuantitySpan

_COMPARISON = re.compile(
    r"\b(?:than|never before|no other|as \w+ as|the (?:most|least|only|first|last)|one of the "
    r"(?:most|least|\w+est)|"
    r"record|unprecedented|every|nobody|none of|all of|always|main rival|"
    r"(?:\w+est)\b(?<!west)(?<!east)(?<!rest)"
    r"(?<!interest)(?<!request)(?<!protest)(?<!arrest)(?<!forest)(?<!test)(?<!quest)(?<!invest)(?<!guest)"
    r"(?<!contest)(?<!best-)|outnumber\w*)\b",
    re.IGNORECASE,
)
_CAUSAL = re.compile(
    r"\b(?:because|due to|owing to|thanks to|caused?|causes|causing|led to|leads? to|leading to|"
    r"results? (?:in|from)|"
    r"resulted (?:in|from)|as a result|affects?|affected|impacts?|contribut\w+ to|driven by|"
    r"blamed? (?:on|for)|"
    r"in response to|prompted by|triggered|so that)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:forecasts?|projected|expects?|expected to|predicts?|is set to|will|by 20[3-9]\d)\b",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|based on|belongs?|consists?|contains?|means)\b",
    re.IGNORECASE,
)
_DOWN_UP: Final = words.INCREASE | words.DECREASE
_REASONS: Final[dict[Kind, str]] = {
    "quantity": "states a number",
    "change": "states how a number moved",
    "comparison": "compares or ranks",
    "quotation": "quotes somebody word for word",
    "attribution": "reports what somebody said",
    "event": "reports an event",
    "date": "turns on a date",
    "causal": "names a cause",
    "property": "ascribes a role or state",
    "forecast": "reports a forecast",
}


def kinds_of(
    text: str,
    *,
    quantities: tuple[QuantitySpan, ...],
    dates: tuple[DateSpan, ...],
    quoted: bool,
    attributed: bool,
    finite: bool,
) -> tuple[Kind, ...]:
    """Return the kinds of a passage, the primary one first."""
    found: list[Kind] = []
    lowered = set(re.findall(r"[\w'-]+", text.lower()))
    if any(quantity.change for quantity in quantities) or (
        lowered & (_DOWN_UP - {"up", "down", "lower", "higher", "added", "raised", "lose"})
        and not quoted
    ):
        found.append("change")
    if quantities:
        found.append("quantity")
    checks: tuple[tuple[bool, Kind], ...] = (
        (quoted, "quotation"),
        (bool(_COMPARISON.search(text)) or any(q.unit == "rank" for q in quantities), "comparison"),
        (bool(_CAUSAL.search(text)), "causal"),
        (attributed, "attribution"),
        (bool(_FORECAST.search(text)), "forecast"),
        (bool(dates), "date"),
        (bool(_PROPERTY.search(text)) and not dates, "property"),
    )
    found += [kind for holds, kind in checks if holds]
    if finite and "property" not in found:
        found.append("event")
    return tuple(found) or ("event",)


def reasons_of(kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    """Return the reasons in words for a claim's kinds."""
    return tuple(_REASONS[kind] for kind in kinds)
