"""The whole of splitting: an article's text in, sentences with dispositions and claims out."""

import hashlib
from dataclasses import dataclass
from datetime import date

from claims.extraction import checkworthiness, dispositions, quotations
from claims.extraction.changes import with_changes
from claims.extraction.dates import find_dates
from claims.extraction.kinds import kinds_of
from claims.extraction.paragraphs import Block, blocks
from claims.extraction.passages import Passage, is_reporting, outer, passages
from claims.extraction.quantities import find_quantities
from claims.extraction.records import (
    ClaimSpan,
    DateSpan,
    NumberSpan,
    QuantitySpan,
    SentenceSpan,
    Span,
    Splitting,
)
from claims.extraction.restatement import restate
from claims.extraction.sentences import sentences
from claims.extraction.tagging import Tagged, tag
from claims.extraction.tokens import tokens

_MAX_SENTENCE = 5_000
_REASONS = {
    "heading": "heading",
    "dateline": "dateline",
    "byline": "byline",
    "caption": "caption",
    "boilerplate": "boilerplate",
}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Everything that was read from one sentence."""

    span: Span
    index: int
    tagged: Tagged
    dates: tuple[DateSpan, ...]
    quantities: tuple[QuantitySpan, ...]
    quoted: list[quotations.Quotation]
    said: quotations.Attribution | None


def split(text: str, *, published_on: date | None = None, language: str = "en") -> Splitting:
    """Split an article into sentences and claims.

    `published_on` resolves dates such as "last March". `language` other than "en" gives sentences
    and numbers only, all pending. Offsets count Unicode code points of `text`; nothing is raised.
    """
    found_sentences: list[SentenceSpan] = []
    found_claims: list[ClaimSpan] = []
    found_numbers: list[NumberSpan] = []
    for block in blocks(text):
        quoted = quotations.quotations(text, block.start, block.end)
        for span in sentences(text, block.start, block.end):
            index = len(found_sentences)
            read = _read(text, span, index, quoted, published_on)
            claims, reason = _claims(text, block, read) if language == "en" else ([], "")
            found_claims += claims
            found_sentences.append(_disposed(span, block, claims, reason, language))
            found_numbers += _numbers(read, claims, found_sentences[-1])
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Splitting(digest, tuple(found_sentences), tuple(found_claims), tuple(found_numbers))


def _disposed(
    span: Span, block: Block, claims: list[ClaimSpan], reason: str, language: str
) -> SentenceSpan:
    if claims:
        return SentenceSpan(*span, "claim", "", block.paragraph)
    if language != "en":
        return SentenceSpan(*span, "pending", "", block.paragraph)
    return SentenceSpan(*span, "dismissed", reason or "nothing checkable found", block.paragraph)


def _read(
    text: str,
    span: Span,
    index: int,
    quoted: list[quotations.Quotation],
    published_on: date | None,
) -> _Sentence:
    start, end = span[0], min(span[1], span[0] + _MAX_SENTENCE)
    tagged = tag(list(tokens(text, start, end)))
    dates = find_dates(text, (start, end), published_on)
    taken = tuple((d.start, d.end) for d in dates if not _is_duration(text, d))
    counted = find_quantities(text, (start, end), tagged, taken)
    quantities = tuple(with_changes(text, (start, end), tagged, counted))
    said = quotations.attribution(text, (start, end), quoted)
    return _Sentence(span, index, tagged, dates, quantities, quoted, said)


def _is_duration(text: str, found: DateSpan) -> bool:
    """ "10 years ago" is a date and a quantity; "10 May" is only a date."""
    words = text[found.start : found.end].lower()
    return words.endswith((" ago", "days", "years", "months", "weeks", "hours"))


def _claims(text: str, block: Block, read: _Sentence) -> tuple[list[ClaimSpan], str]:
    if block.kind != "paragraph":
        return [], _REASONS[block.kind]
    reason = dispositions.reason_for_sentence(text[read.span[0] : read.span[1]])
    if reason:
        return [], reason
    found: list[ClaimSpan] = []
    reasons: list[str] = []
    whole = passages(read.tagged, read.quantities)
    for passage in whole:
        if len(whole) > 1 and is_reporting(read.tagged, passage) and not passage.quantities:
            continue
        why = _reason(text, read, passage)
        if why:
            reasons.append(why)
        else:
            found.append(_claim(text, read, passage))
    return found, reasons[0] if reasons else ""


def _dates_in(read: _Sentence, span: Span) -> tuple[DateSpan, ...]:
    return tuple(d for d in read.dates if span[0] <= d.start < span[1])


def _reason(text: str, read: _Sentence, passage: Passage) -> str:
    span = outer(read.tagged, passage)
    return dispositions.reason_for_passage(
        read.tagged,
        (passage.first, passage.last),
        text[span[0] : span[1]],
        number=bool(passage.quantities or _dates_in(read, span)),
        attributed=read.said is not None,
        question=text[read.span[1] - 1 : read.span[1]] == "?",
    )


def _claim(text: str, read: _Sentence, passage: Passage) -> ClaimSpan:
    span = _with_quote_marks(text, read, outer(read.tagged, passage))
    quoted = any(
        q.start < span[1] and span[0] < q.end and quotations.is_long(text, q) for q in read.quoted
    )
    dates = _dates_in(read, span)
    run = range(passage.first, passage.last)
    kinds = kinds_of(
        text[span[0] : span[1]],
        quantities=passage.quantities,
        dates=dates,
        quoted=quoted,
        attributed=read.said is not None,
        finite=any(read.tagged.tags[i] in {"verb", "aux"} for i in run),
    )
    names = sum(read.tagged.tags[i] == "name" for i in run)
    worth, reasons = checkworthiness.score(kinds, names=names, hedged=False)
    restated, unresolved = restate(text, read.tagged, passage, "")
    return ClaimSpan(
        start=span[0],
        end=span[1],
        exact=text[span[0] : span[1]],
        text=restated,
        kind=kinds[0],
        check_worthiness=worth,
        reasons=reasons,
        sentence=read.index,
        claimant=read.said.who if read.said else "",
        quantities=passage.quantities,
        kinds=kinds,
        dates=dates,
        unresolved=unresolved,
        reporting_verb=read.said.verb if read.said else "",
    )


def _with_quote_marks(text: str, read: _Sentence, span: Span) -> Span:
    """Take in a quotation's marks where the passage begins or ends right beside them."""
    start, end = span
    for quotation in read.quoted:
        if quotation.start == start - 1 and quotation.end >= end:
            start -= 1
        if quotation.end == end + 1 and quotation.start <= start and quotation.end <= read.span[1]:
            end += 1
    return start, end


def _numbers(read: _Sentence, claims: list[ClaimSpan], sentence: SentenceSpan) -> list[NumberSpan]:
    """Give every number of a sentence its place in the ledger."""
    found = []
    for quantity in read.quantities:
        inside = any(quantity in claim.quantities for claim in claims)
        reason = "" if inside else sentence.reason or "in a part of the sentence that was set aside"
        disposition = "claim" if inside else "dismissed"
        if sentence.disposition == "pending":
            disposition, reason = "pending", ""
        found.append(
            NumberSpan(quantity.start, quantity.end, disposition, reason, read.index)  # type: ignore[arg-type]
        )
    return found
