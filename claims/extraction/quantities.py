"""Numbers as a sentence uses them: value, unit and comparator, ranges, shares and ranks."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from claims.extraction import comparators, measures
from claims.extraction.english.units import DURATIONS
from claims.extraction.numbers import UNITS, Number, find_numbers
from claims.extraction.records import QuantitySpan, Span
from claims.extraction.tags import Tagged

_RANGE_JOIN = re.compile(r"\s?[-–—]\s?|-to-|\s(?:to|and)\s(?:between\s)?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|from|anywhere from)\s[^\w]{0,3}(?:[A-Z]{2,3})?[^\w]{0,2}$", re.IGNORECASE
)
_YEARS: Final = {"decade": 10, "century": 100}
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "last": 0,
}  # fmt: skip
_ORDINAL = r"(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_RANK = re.compile(
    rf"(?:(?<![\w&])(?P<mark>#|(?-i:No\.\s?|No\s(?=\d))|number\s)(?P<sign>\d{{1,3}}|one|two|"
    rf"three)\b"
    rf"|\b(?:{_ORDINAL}|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))(?:[\s-](?P<after>places?|spot|"
    rf"(?:most|least|best|worst|[a-z]{{3,9}}est)\b[\w-]*)|(?=\s(?:with|behind|on)\s))"
    rf"|\b(?:ranked|ranks|came|finished|finishing|placed|coming|ranking)\s(?:in\s)?"
    rf"(?:(?P<placed>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|"
    rf"(?P<placed_digits>\d{{1,3}})(?:st|nd|rd|th))\b)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\b(?:(?:there (?:were|was|are|is|have been)|reported|with|suffered|caused|left)\s)"
    r"(?P<no>no)\s(?P<noun>(?:[a-z]+\s)?(?:injuries|casualties|deaths|victims|damage|arrests|"
    r"survivors))\b",
    re.IGNORECASE,
)
# No sentence that a person wrote holds more; a table read as one does not get to cost more time.
_MOST_NUMBERS: Final = 100
_OUTCOME: Final = 5
_THOUSAND: Final = Decimal(1000)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its unit, before ranges are joined. `core` is the bare number's span."""

    quantity: QuantitySpan
    core: Span
    share: bool
    bare: bool


def find_quantities(
    text: str, span: Span, tagged: Tagged, taken: tuple[Span, ...] = ()
) -> list[QuantitySpan]:
    """Return the quantities of one sentence in order; `taken` holds date expressions to leave out.

    Raises nothing: what cannot be read is left out.
    """
    ranks = _ranks(text, span) + _nothings(text, span)
    blocked = [*taken, *((rank.start, rank.end) for rank in ranks)]
    found = [
        _measure(text, span, tagged, number)
        for number in find_numbers(text, *span)[:_MOST_NUMBERS]
        if not _overlaps(number, blocked) and not measures.is_name_part(text, number, tagged)
    ]
    joined = _converted(text, _join_ranges(text, [item for item in found if item]))
    return sorted([*joined, *ranks], key=lambda quantity: quantity.start)


def _converted(text: str, quantities: list[QuantitySpan]) -> list[QuantitySpan]:
    """Give "(60 miles)" behind "more than 100 km" the same comparator."""
    found: list[QuantitySpan] = []
    for quantity in quantities:
        last = found[-1] if found else None
        if last and quantity.comparator == "=" and text[last.end : quantity.start] in {" (", " / "}:
            comparator = "=" if last.comparator == "range" else last.comparator
            found.append(replace(quantity, comparator=comparator))
        else:
            found.append(quantity)
    return found


def _overlaps(number: Number, blocked: list[Span]) -> bool:
    return any(number.start < end and start < number.end for start, end in blocked)


def _measure(text: str, span: Span, tagged: Tagged, number: Number) -> _Found | None:
    """Attach the unit and the comparator to one number; None where it counts nothing."""
    unit = measures.unit_of(text, span, tagged, number)
    if not unit.name and measures.counts_nothing(text, number):
        return None
    value = number.value
    name = unit.name
    if number.share and name in DURATIONS and text[number.start : number.end].lower() == "half":
        pass  # "half an hour" is half of one hour, not half of all
    elif number.share:
        value, name = (value * 100).quantize(Decimal("0.01")).normalize(), "percent"
        value = Decimal(int(value)) if value == value.to_integral_value() else value
    if name in _YEARS:
        value, name = value * _YEARS[name], "year"
    compared = comparators.comparator(text, span, (unit.start, unit.end), number.end)
    quantity = QuantitySpan(
        start=min(compared.start, unit.start),
        end=max(compared.end, unit.end),
        value=value,
        unit=name,
        comparator=compared.sign,
        vague=number.vague,
        upper=value * 10 if number.vague else None,
    )
    return _Found(quantity, (number.start, number.end), number.share, not unit.name)


def _join_ranges(text: str, found: list[_Found]) -> list[QuantitySpan]:
    """Join "40 to 50 percent" and "between 3 and 5 km" to one quantity with its upper bound."""
    joined: list[QuantitySpan] = []
    skip = False
    for left, right in zip_longest(found, found[1:]):
        if skip or left is None:
            skip = False
        elif right is not None and _is_range(text, left, right):
            joined.append(_range(left, right))
            skip = True
        else:
            joined.append(left.quantity)
    return joined


def _is_range(text: str, left: _Found, right: _Found) -> bool:
    gap_start = left.core[1] if left.bare else left.quantity.end
    gap = text[gap_start : right.quantity.start]
    if len(gap) > 12 or not _RANGE_JOIN.fullmatch(gap):
        return False
    if not (left.bare or left.quantity.unit == right.quantity.unit):
        return False
    opening = text[max(0, left.quantity.start - 16) : left.core[0]]
    before = _BETWEEN.search(opening)
    word = gap.strip().split(" ")[0].lower()
    if word == "and":
        return bool(before and before.group().lower().startswith("between"))
    # "from 60% to 36%" is a change; in "by $4 billion to $40 billion" the second is the outcome.
    low, high = left.quantity.value, right.quantity.value
    outcome = opening.lower().rstrip("$€£ ").endswith(" by") and high > _OUTCOME * low
    return not (outcome or (before and before.group().lower().startswith("from")))


def _range(left: _Found, right: _Found) -> QuantitySpan:
    low, high = left.quantity.value, right.quantity.value
    if 0 < low < _THOUSAND <= high and not left.quantity.vague:
        # "$10 to $15 billion": the magnitude stands once and goes for both.
        scaled = low * _THOUSAND ** ((len(str(int(high))) - 1) // 3)
        low = scaled if scaled < high else low
    return replace(
        left.quantity,
        end=right.quantity.end,
        value=low,
        upper=high,
        unit=right.quantity.unit or left.quantity.unit,
        comparator="range",
    )


def _ranks(text: str, span: Span) -> list[QuantitySpan]:
    ranks = []
    for match in _RANK.finditer(text, *span):
        found = match.groupdict()
        sign = (found["sign"] or found["digits"] or found["placed_digits"] or "").lower()
        word = (found["word"] or found["placed"] or "").lower()
        value = _rank_value(sign, word)
        if value:
            ranks.append(QuantitySpan(match.start(), match.end(), value, "rank"))
    return ranks


def _rank_value(sign: str, word: str) -> Decimal:
    if sign.isdecimal():
        return Decimal(sign)
    return UNITS.get(sign) or Decimal(_ORDINALS.get(word, 0))


def _nothings(text: str, span: Span) -> list[QuantitySpan]:
    """Spot "no injuries" is a count of zero."""
    return [
        QuantitySpan(match.start("no"), match.end("noun"), Decimal(0), match["noun"].lower())
        for match in _NOTHING.finditer(text, *span)
    ]
