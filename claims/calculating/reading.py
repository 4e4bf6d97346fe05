"""Numbers out of quotes, claims and what people type, with their units and what they may mean.

Separators are settled first; units, comparators and changes are then read by the same rules that
read the articles (claims.extraction), from the same text with its numbers written the English way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from claims.calculating.errors import (
    MixedSeparatorsError,
    NumberAmbiguousError,
    NumberUnreadableError,
)
from claims.calculating.records import PERCENT, POINTS, Claimed, Figure, Role, Written
from claims.calculating.separators import NUMBER, Digits, read_digits
from claims.calculating.spelling import spell
from claims.extraction.english.numbers import NUMBERS
from claims.extraction.facts import Facts, facts_in
from claims.extraction.records import QuantitySpan, Span

_POWERS: Final = (10**12, 10**9, 10**6, 10**3)
_SCALES: Final = frozenset({*NUMBERS.magnitudes.values(), *map(Decimal, _POWERS), Decimal(1)})
_NEAR: Final = re.compile(
    r"\b(?:nearly|almost|close to|(?:just )?short of|just (?:under|below|shy of))\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"[12]\d{3}")
_REAL: Final = re.compile(
    r"\bconstant (?:\d{4} )?(?:prices|dollars|euros|pounds)\b|\binflation[- ]adjusted\b"
    r"|\badjusted for inflation\b|\breal terms\b"
    r"|\b(?:in|at) \d{4} (?:prices|dollars|euros|pounds)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?;]\s")
_NEAR_BY: Final = 60  # characters between a number and its year
_LONGEST: Final = 200  # characters that a person types for one number


@dataclass(frozen=True, slots=True)
class _Token:
    """Written digits, and where they stand in the text and in its English form."""

    place: Span
    english: Span
    readings: tuple[Digits, ...]


def numbers_in(text: str, *, has_years: bool = True) -> tuple[Written, ...]:
    """Return the numbers of a passage in their order; dates and names of things are left out.

    `has_years` is false where four bare digits are no year. What cannot be read comes without a
    reading. Never raises.
    """
    english, tokens = _english(text, has_years=has_years)
    facts = facts_in(english, 0, len(english), published_on=None)
    context = Figure("", Decimal(0), is_real=bool(_REAL.search(text)))
    dates = [(found.start, found.end) for found in facts.dates]
    numbers = [token for token in tokens if not any(_meet(token.english, day) for day in dates)]
    others = [token.english for token in numbers]
    found = [
        _written(
            text,
            token,
            facts.quantities,
            replace(context, year=_year_of(english, token.english, facts, others)),
        )
        for token in numbers
    ]
    found += _in_words(english, tokens, facts.quantities, context)
    return tuple(sorted(found, key=lambda written: written.start))


def numbers_in_cell(text: str) -> tuple[Written, ...]:
    """Return the numbers of a table's cell; four bare digits alone are one, and no year."""
    return numbers_in(text) or numbers_in(text, has_years=False)


def figure_in(text: str, *, mark: str = "") -> Figure:
    """Read the one number that a person typed; `mark` settles what an unclear separator is.

    Raises NumberUnreadableError, NumberAmbiguousError and MixedSeparatorsError.
    """
    return _chosen(_only(text), mark)


def claimed_in(text: str, *, mark: str = "") -> Claimed:
    """Read a claimed number that a person typed, such as "fell by 12 %"; raises as figure_in."""
    written = _only(text)
    figure = _chosen(written, mark)
    english, tokens = _english(text)
    facts = facts_in(english, 0, len(english), published_on=None)
    for quantity in facts.quantities:
        if not tokens or _meet(tokens[0].english, (quantity.start, quantity.end)):
            return replace(claimed_of(text.strip(), quantity), value=figure.value, step=figure.step)
    return Claimed(
        text=text.strip(),
        value=figure.value,
        unit=figure.unit,
        step=figure.step,
        comparator=figure.comparator,
        role=figure.role,
    )


def claimed_of(words: str, quantity: QuantitySpan) -> Claimed:
    """Return the number of a claim from its quantity as the article's reading has it.

    `words` is what the article writes: how many digits it gives decides the tolerance.
    """
    change = quantity.change
    value, role, unit = quantity.value, "level", quantity.unit
    if change and change.by_value is not None:
        value, role, unit = change.by_value, "by", change.unit or unit
    elif change and change.to_value is not None:
        value, role, unit = change.to_value, "to", change.unit or unit
    used: Role = "by" if role == "by" else "to" if role == "to" else "level"
    return Claimed(
        text=words,
        value=value,
        unit=unit,
        step=_step_in(words, value),
        comparator=quantity.comparator,
        upper=quantity.upper,
        role=used,
        direction=change.direction if change else "",
        is_near=quantity.comparator == "<" and bool(_NEAR.search(words)),
    )


def _step_in(words: str, value: Decimal) -> Decimal:
    """What one in the last digit is worth, from the digits that the words write for the value."""
    for token in _english(words)[1]:
        for digits in token.readings:
            if digits.value and abs(value / digits.value) in _SCALES:
                return digits.step * abs(value / digits.value)
    return _step_of_words(value)


def _step_of_words(value: Decimal) -> Decimal:
    return next((Decimal(p) for p in _POWERS if value and not value % p), Decimal(1))


def _english(text: str, *, has_years: bool = True) -> tuple[str, list[_Token]]:
    """Return the text with its numbers written the English way, and what they may mean."""
    pieces, tokens, last, length = [], [], 0, 0
    for match in NUMBER.finditer(text):
        try:
            readings = read_digits(match.group())
        except (MixedSeparatorsError, NumberUnreadableError):
            readings = ()
        written = match.group()
        # Bare digits stay as they are: "2019" is a year, "2,019" is not.
        is_plain = not readings or (has_years and written.isdecimal())
        spelled = written if is_plain else spell(readings[0].value, minus="-")
        before = text[last : match.start()]
        start = length + len(before)
        pieces += [before, spelled]
        tokens.append(_Token(match.span(), (start, start + len(spelled)), readings))
        last, length = match.end(), start + len(spelled)
    return "".join([*pieces, text[last:]]), tokens


def _written(
    text: str, token: _Token, quantities: tuple[QuantitySpan, ...], context: Figure
) -> Written:
    start, end = token.place
    quantity = next((q for q in quantities if _meet(token.english, (q.start, q.end))), None)
    scale = _scale(token.readings, quantity)
    end = _end_with_scale(text, end, scale)
    words = text[start:end]
    readings = tuple(
        _figure(words, digits, scale, quantity, context, text[end : end + 2])
        for digits in token.readings
    )
    marks = tuple(digits.mark for digits in token.readings)
    return Written(start, end, words, readings, marks)


def _scale(readings: tuple[Digits, ...], quantity: QuantitySpan | None) -> Decimal:
    """Return the "million" behind the digits, as the quantity that was read there has it."""
    if quantity is None or not readings or not readings[0].value:
        return Decimal(1)
    change = quantity.change
    values = [quantity.value, quantity.upper]
    values += [change.from_value, change.to_value, change.by_value] if change else []
    scales = {abs(value / readings[0].value) for value in values if value is not None}
    return max(scales & _SCALES, default=Decimal(1))


def _end_with_scale(text: str, end: int, scale: Decimal) -> int:
    if scale == 1:
        return end
    word = re.compile(r"[\s-]?[^\W\d_]{1,9}").match(text, end)
    return word.end() if word else end


def _figure(  # noqa: PLR0917 (all of it makes one figure)
    words: str,
    digits: Digits,
    scale: Decimal,
    quantity: QuantitySpan | None,
    context: Figure,
    after: str,
) -> Figure:
    unit, comparator, role = "", context.comparator, context.role
    if quantity:
        change = quantity.change
        unit = (change.unit if change else "") or quantity.unit
        comparator = "=" if quantity.comparator == "range" else quantity.comparator
        role = "by" if change and change.by_value is not None else "level"
    if not unit and after.strip()[:1] == "%":
        unit = PERCENT
    return replace(
        context,
        text=words,
        value=digits.value * scale,
        unit=unit,
        step=digits.step * scale,
        is_rounded=scale > 1 or digits.step < 1 or unit in {PERCENT, POINTS},
        comparator=comparator,
        role=role,
    )


def _in_words(
    english: str, tokens: list[_Token], quantities: tuple[QuantitySpan, ...], context: Figure
) -> Iterator[Written]:
    """Yield the quantities that are written in words alone: "a third", "two million"."""
    for quantity in quantities:
        span = (quantity.start, quantity.end)
        if any(_meet(token.english, span) for token in tokens):
            continue
        start, end = (_origin(tokens, place) for place in span)
        words = english[quantity.start : quantity.end]
        figure = replace(
            context,
            text=words,
            value=quantity.value,
            unit=quantity.unit,
            step=_step_of_words(quantity.value),
            is_rounded=quantity.unit == PERCENT or quantity.value >= _POWERS[-1],
            comparator="~" if quantity.vague else quantity.comparator,
        )
        yield Written(start, end, words, (figure,), ("",))


def _origin(tokens: list[_Token], place: int) -> int:
    """Return where a place of the English form stands in the text itself."""
    before = [token for token in tokens if token.english[1] <= place]
    return place + (before[-1].place[1] - before[-1].english[1] if before else 0)


def _year_of(english: str, number: Span, facts: Facts, others: list[Span]) -> int | None:
    """Return the year beside a number: in its sentence, near, and with no number in between."""
    years = set()
    for found in facts.dates:
        start, end = min(number, (found.start, found.end))[1], max(number[0], found.start)
        gap = english[start:end]
        between = any(start <= other[0] and other[1] <= end for other in others)
        if len(gap) <= _NEAR_BY and not between and not _SENTENCE_END.search(gap):
            years |= set(_YEAR.findall(found.iso))
    return int(years.pop()) if len(years) == 1 else None


def _only(text: str) -> Written:
    found = numbers_in(text) if len(text) <= _LONGEST else ()
    if not found and len(text) <= _LONGEST:
        found = numbers_in(text, has_years=False)
    if not found:
        # A year or another bare number that is no quantity in running text is one when typed.
        readings = read_digits(text) if text.strip() else ()
        figures = tuple(_figure(text.strip(), d, Decimal(1), None, _PLAIN, "") for d in readings)
        found = (Written(0, len(text), text.strip(), figures, tuple(d.mark for d in readings)),)
    if len(found) > 1 or not text.strip():
        raise NumberUnreadableError(text=text.strip()[:60])
    if not found[0].readings:
        raise MixedSeparatorsError(text=found[0].text[:60])
    return found[0]


def _chosen(written: Written, mark: str) -> Figure:
    if len(written.readings) == 1:
        return written.readings[0]
    if mark in written.marks:
        return written.readings[written.marks.index(mark)]
    one, other = (spell(figure.value) for figure in written.readings)
    raise NumberAmbiguousError(text=written.text, one=one, other=other)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_PLAIN: Final = Figure("", Decimal(0))
