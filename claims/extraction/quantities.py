"""Numbers as a sentence uses them: value, unit and comparator, ranges, shares and ranks."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from claims.extraction import comparators, measures
from claims.extraction.numbers import Number, find_numbers
from claims.extraction.records import QuantitySpan, Span
from claims.extraction.symbols import CODES
from claims.extraction.tags import Tagged
from claims.extraction.vocabulary import NumberWords, Vocabulary

# A name before it makes it a chapter and verse.
_RATIO: Final = re.compile(
    r"(?<![\w:.,/])(?<![A-Z][a-z]{3}\s)(?P<first>\d{1,3}):(?P<second>[1-9])(?![\w:])"
)
_DIGIT: Final = re.compile(r"\d")
# No sentence that a person wrote holds more; a table read as one does not get to cost more time.
_MOST_NUMBERS: Final = 100
_OUTCOME: Final = 5
_POINTS: Final = frozenset({"point", "percent", "percentage_point"})
_THOUSAND: Final = Decimal(1000)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number with its unit, before ranges are joined. `core` is the bare number's span."""

    quantity: QuantitySpan
    core: Span
    share: bool
    bare: bool


def find_quantities(
    text: str, span: Span, tagged: Tagged, words: Vocabulary, taken: tuple[Span, ...] = ()
) -> list[QuantitySpan]:
    """Return the quantities of one sentence in order; `taken` holds date expressions to leave out.

    Raises nothing: what cannot be read is left out.
    """
    ranks = _ranks(text, span, words.numbers) + _nothings(text, span, words)
    blocked = list(taken)
    if _DIGIT.search(text, *span):
        ranks += _ratios(text, span)
        blocked += measures.no_counts(text, span, words.units)
    blocked += [(rank.start, rank.end) for rank in ranks]
    found: list[_Found] = []
    for number in find_numbers(text, *span, words.numbers)[:_MOST_NUMBERS]:
        inside = bool(found) and number.start < found[-1].quantity.end
        if inside or _overlaps(number, blocked):
            continue
        if measures.is_name_part(text, number, tagged, words.units):
            continue
        measured = _measure(text, span, tagged, number, words)
        if measured:
            found.append(measured)
    joined = _converted(text, _join_ranges(text, _parts_of(text, found, words), words))
    return sorted([*joined, *ranks], key=lambda quantity: quantity.start)


def _parts_of(text: str, found: list[_Found], words: Vocabulary) -> list[_Found]:
    """Let the three of "three of the 14 judges" be judges."""
    parts = list(found)
    for at in range(len(found) - 1):
        left, right = found[at], found[at + 1]
        gap = text[left.quantity.end : right.quantity.start]
        if left.bare and not left.share and words.units.of.fullmatch(gap):
            named = replace(left.quantity, unit=right.quantity.unit)
            parts[at] = replace(left, quantity=named)
    return parts


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


def _measure(
    text: str, span: Span, tagged: Tagged, number: Number, words: Vocabulary
) -> _Found | None:
    """Attach the unit and the comparator to one number; None where it counts nothing."""
    unit = measures.unit_of(text, span, tagged, number, words.units)
    if not unit.name and measures.counts_nothing(text, number, words.units):
        return None
    value = number.value
    name = unit.name
    if below := words.units.below_zero.match(text, unit.end, span[1]):
        value, unit = -value, replace(unit, end=below.end())
    if number.share and not _is_part_of_one(name, words):
        value, name = _percent(value), "percent"
    elif number.share:
        value = round(value, 4).normalize()
    if name in words.units.scaled:
        factor, name = words.units.scaled[name]
        value *= factor
    counted = (unit.start, unit.end)
    compared = comparators.comparator(text, span, counted, number.end, words.comparators)
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


def _is_part_of_one(unit: str, words: Vocabulary) -> bool:
    """Tell "half an hour" and "a quarter point" from half of all."""
    names = words.units
    return unit in _POINTS or unit in names.durations.values() or unit in names.measures.values()


def _percent(share: Decimal) -> Decimal:
    """Return a share as percent: exact where it ends soon, else with two decimals."""
    exact = share * 100
    if exact != round(exact, 5):
        exact = round(exact, 2)
    return Decimal(int(exact)) if exact == int(exact) else exact.normalize()


def _join_ranges(text: str, found: list[_Found], words: Vocabulary) -> list[QuantitySpan]:
    """Join "40 to 50 percent" and "between 3 and 5 km" to one quantity with its upper bound."""
    joined: list[QuantitySpan] = []
    skip = False
    for left, right in zip_longest(found, found[1:]):
        if skip or left is None:
            skip = False
        elif right is not None and _is_range(text, left, right, words.numbers):
            joined.append(_range(text, left, right, words.numbers))
            skip = True
        else:
            joined.append(_with_unit(text, left, right, words.numbers))
    return joined


def _with_unit(text: str, left: _Found, right: _Found | None, words: NumberWords) -> QuantitySpan:
    """Give the first of "60-36%" and "8 or 9 euros" the unit of the second."""
    if right is None or not left.bare or left.quantity.vague:
        return left.quantity
    gap = text[left.core[1] : right.quantity.start]
    if len(gap) > 4 or not words.range_join.fullmatch(gap):
        return left.quantity
    return replace(left.quantity, unit=right.quantity.unit)


def _is_range(text: str, left: _Found, right: _Found, words: NumberWords) -> bool:
    gap_start = left.core[1] if left.bare else left.quantity.end
    gap = text[gap_start : right.quantity.start]
    if len(gap) > 12 or not words.range_join.fullmatch(gap):
        return False
    unit, other = left.quantity.unit, right.quantity.unit
    prefixed = right.bare and unit in CODES
    if not (left.bare or unit == other or other.startswith(f"{unit} per ") or prefixed):
        return False
    low, high = left.quantity.value, right.quantity.value
    if not (low < high or (prefixed and low < high * _THOUSAND) or high < low < 0):
        return False  # a result such as 60-36%, or odds of 3 to 1
    opening = text[max(0, left.quantity.start - 16) : left.core[0]]
    before = words.between.search(opening)
    starts = bool(before and words.range_from.match(before.group()))
    if gap.strip().split(" ")[0].lower() in words.range_and:
        return bool(before) and not starts
    if gap.strip().lower() in words.range_or:
        return high - low == 1  # "three or four years", but two findings in "49 or 27 percent"
    # "from 60% to 36%" is a change; in "by $4 billion to $40 billion" the second is the outcome.
    outcome = bool(words.outcome.search(opening.rstrip("$€£ "))) and high > _OUTCOME * low
    return not (outcome or starts)


def _range(text: str, left: _Found, right: _Found, words: NumberWords) -> QuantitySpan:
    low, high = left.quantity.value, right.quantity.value
    if 0 < low < _THOUSAND <= high and not left.quantity.vague:
        # "$10 to $15 billion": the magnitude stands once and goes for both.
        scaled = low * _THOUSAND ** ((len(str(int(high))) - 1) // 3)
        low = scaled if scaled < high else low
    low, high = min(low, high), max(low, high)
    opening = text[max(0, left.quantity.start - 16) : left.quantity.start]
    between = words.between.search(opening)
    from_ = between and words.range_from.match(between.group())
    start = left.quantity.start - len(between.group()) if between and not from_ else None
    return replace(
        left.quantity,
        start=left.quantity.start if start is None else start,
        end=right.quantity.end,
        value=low,
        upper=high,
        unit=right.quantity.unit or left.quantity.unit,
        comparator="range",
    )


def _ranks(text: str, span: Span, words: NumberWords) -> list[QuantitySpan]:
    ranks = []
    for match in words.rank.finditer(text, *span):
        found = match.groupdict()
        sign = (found["sign"] or found["digits"] or found["placed_digits"] or "").lower()
        word = (found["word"] or found["placed"] or "").lower()
        value = _rank_value(sign, word, words)
        if value:
            ranks.append(QuantitySpan(match.start(), match.end(), value, "rank"))
    return ranks


def _rank_value(sign: str, word: str, words: NumberWords) -> Decimal:
    if sign.isdecimal():
        return Decimal(sign)
    return words.cardinals.get(sign) or Decimal(words.ordinals.get(word, 0))


def _ratios(text: str, span: Span) -> list[QuantitySpan]:
    """Read "3:1" as a ratio; "9:30" is an hour."""
    return [
        QuantitySpan(*match.span(), round(Decimal(match[1]) / Decimal(match[2]), 4), "ratio")
        for match in _RATIO.finditer(text, *span)
    ]


def _nothings(text: str, span: Span, words: Vocabulary) -> list[QuantitySpan]:
    """Spot "no injuries" is a count of zero."""
    return [
        QuantitySpan(
            match.start("no"),
            match.end("noun"),
            Decimal(0),
            words.units.singular(match["noun"].lower()),
        )
        for match in words.numbers.nothing.finditer(text, *span)
    ]
