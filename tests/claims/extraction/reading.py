"""A sentence read in a language, as short rows for tables of cases."""

from datetime import date
from decimal import Decimal

from claims.extraction import QuantitySpan
from claims.extraction.languages import vocabulary
from claims.extraction.layout import Read, read_block
from claims.extraction.paragraphs import Block

PUBLISHED = date(2015, 5, 7)  # a Thursday
# Value, unit, comparator and upper bound; then direction, from, to, by and the change's unit.
Row = tuple[str, ...]


def reads(text: str, language: str = "en", published_on: date | None = PUBLISHED) -> list[Read]:
    block = Block(0, len(text), "paragraph", 0)
    return read_block(text, block, published_on, vocabulary(language))


def quantities(text: str, language: str = "en") -> list[QuantitySpan]:
    return [quantity for read in reads(text, language) for quantity in read.quantities]


def dates(
    text: str, language: str = "en", published_on: date | None = PUBLISHED
) -> list[tuple[str, str]]:
    found = [d for read in reads(text, language, published_on) for d in read.dates]
    return [(text[d.start : d.end], d.iso) for d in found]


def number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def row(quantity: QuantitySpan) -> str:
    """Write a quantity as "= 6.4 percent; increase to 6.4 by 1.2 percentage_point"."""
    words = [quantity.comparator, number(quantity.value)]
    words += [f"to {number(quantity.upper)}"] if quantity.upper is not None else []
    words += [quantity.unit] if quantity.unit else []
    words += ["(vague)"] if quantity.vague else []
    if change := quantity.change:
        parts: list[str] = [change.direction]
        for name, value in (
            ("from", change.from_value),
            ("to", change.to_value),
            ("by", change.by_value),
        ):
            parts += [f"{name} {number(value)}"] if value is not None else []
        parts += [change.unit] if change.unit and change.unit != quantity.unit else []
        words[-1] += "; " + " ".join(parts)
    return " ".join(words)


def rows(text: str, language: str = "en") -> list[str]:
    return [row(quantity) for quantity in quantities(text, language)]
