"""One block read sentence by sentence: words, dates, quantities, quotations and who speaks."""

from dataclasses import dataclass, replace
from datetime import date

from claims.extraction import quotations
from claims.extraction.attributions import Attribution, attributions
from claims.extraction.changes import with_changes
from claims.extraction.dates import find_dates
from claims.extraction.languages import ENGLISH
from claims.extraction.paragraphs import Block
from claims.extraction.plain_tags import tag_plainly
from claims.extraction.quantities import find_quantities
from claims.extraction.quotations import Quotation
from claims.extraction.records import DateSpan, QuantitySpan, Span
from claims.extraction.sentences import sentences
from claims.extraction.tagging import tag
from claims.extraction.tags import Tagged
from claims.extraction.tokens import tokens
from claims.extraction.vocabulary import Vocabulary

# Only this much of an endless "sentence" is read; the rest keeps its place in the ledger.
_MAX_SENTENCE = 5_000


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that was read from one sentence.

    `said` is who reports in the sentence itself, `others` who does so behind a semicolon, `speaker`
    who speaks the quotation that it stands in; `quoted` are the parts of long quotations that lie
    inside the sentence.
    """

    span: Span
    tagged: Tagged
    dates: tuple[DateSpan, ...]
    quantities: tuple[QuantitySpan, ...]
    quoted: tuple[Span, ...]
    said: Attribution | None
    others: tuple[Attribution, ...] = ()
    speaker: Attribution | None = None


def read_block(
    text: str, block: Block, published_on: date | None, words: Vocabulary = ENGLISH
) -> list[Read]:
    """Return the sentences of one block, read, in order."""
    quoted = quotations.quotations(text, block.start, block.end)
    reads = [
        _read(text, span, quoted, published_on, words)
        for span in sentences(text, block.start, block.end, words)
    ]
    return [replace(read, speaker=_speaker(read, reads, quoted)) for read in reads]


def _read(
    text: str, span: Span, quoted: list[Quotation], published_on: date | None, words: Vocabulary
) -> Read:
    bounds = span[0], min(span[1], span[0] + _MAX_SENTENCE)
    own = list(tokens(text, *bounds))
    tagged = tag(own) if words is ENGLISH else tag_plainly(own, words)
    dates = find_dates(text, bounds, published_on, words)
    taken = tuple((d.start, d.end) for d in dates if not _is_duration(text, d, words))
    counted = find_quantities(text, bounds, tagged, words, taken)
    long = tuple(
        (max(q.start, bounds[0]), min(q.end, bounds[1]))
        for q in quoted
        if q.start < bounds[1] and bounds[0] < q.end and quotations.is_long(text, q)
    )
    said = attributions(text, tagged, long)
    return Read(
        span=span,
        tagged=tagged,
        dates=dates,
        quantities=tuple(with_changes(text, bounds, tagged, counted, words)),
        quoted=long,
        said=said[0] if said else None,
        others=tuple(said[1:]),
    )


def _is_duration(text: str, found: DateSpan, words: Vocabulary) -> bool:
    """Tell "10 years ago", a date and a quantity, from "10 May", only a date."""
    return bool(words.dates.duration_end.search(text[found.start : found.end]))


def _speaker(read: Read, reads: list[Read], quoted: list[Quotation]) -> Attribution | None:
    """Return who speaks the quotation around a sentence that names nobody itself."""
    if read.said or not read.quoted:
        return read.said
    for quotation in quoted:
        if not (quotation.start < read.span[1] and read.span[0] < quotation.end):
            continue
        for other in reads:
            touches = other.span[0] < quotation.end and quotation.start < other.span[1]
            leads_in = 0 <= quotation.start - other.span[1] <= 1
            if other.said and (touches or leads_in):
                return other.said
    return None
