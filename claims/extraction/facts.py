"""The quantities and dates of any passage, for claims that people mark or reshape."""

from dataclasses import dataclass
from datetime import date

from claims.extraction.languages import vocabulary
from claims.extraction.layout import read_block
from claims.extraction.paragraphs import blocks
from claims.extraction.records import DateSpan, QuantitySpan


@dataclass(frozen=True, slots=True)
class Facts:
    """What a passage states in numbers and dates, in the order of the text."""

    quantities: tuple[QuantitySpan, ...]
    dates: tuple[DateSpan, ...]


def facts_in(
    text: str, start: int, end: int, *, published_on: date | None, language: str = "en"
) -> Facts:
    """Read the sentences around text[start:end] and return what lies inside it."""
    words = vocabulary(language)
    reads = [
        read
        for block in blocks(text)
        if block.start < end and start < block.end
        for read in read_block(text, block, published_on, words)
    ]
    return Facts(
        quantities=tuple(
            q for read in reads for q in read.quantities if start <= q.start and q.end <= end
        ),
        dates=tuple(d for read in reads for d in read.dates if start <= d.start and d.end <= end),
    )
