"""The whole of splitting: an article's text in, sentences with dispositions and claims out."""

import hashlib
import re
from datetime import date
from typing import Final

from claims.extraction import checkworthiness
from claims.extraction.attributions import Attribution
from claims.extraction.dates import find_dates
from claims.extraction.discourse import Discourse
from claims.extraction.kinds import kinds_of
from claims.extraction.languages import vocabulary
from claims.extraction.layout import Read, read_block
from claims.extraction.paragraphs import Block, blocks
from claims.extraction.proposals import Proposal, propose, worth_listing
from claims.extraction.records import (
    ClaimSpan,
    DateSpan,
    Disposition,
    NumberSpan,
    SentenceSpan,
    Span,
    Splitting,
)
from claims.extraction.restatement import Context, restate
from claims.extraction.subjects import follows_hearer
from claims.extraction.trends import linked
from claims.extraction.vocabulary import Vocabulary

_SAID: Final = frozenset({"that", '"', "“"})
_DATELINE_WITHIN: Final = 6
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# A block that is a date and little else is a dateline, in a language whose layout is not known.
_MOSTLY: Final = 0.6


def split(text: str, *, published_on: date | None = None, language: str = "en") -> Splitting:
    """Split an article into sentences and claims.

    `published_on` resolves dates such as "last March"; without it, the article's own dateline does.
    `language` other than "en" gives sentences and numbers only, all pending; one that is not known
    gives digits alone. Offsets count Unicode code points of `text`; nothing is raised.
    """
    parts = blocks(text)
    words = vocabulary(language)
    published_on = published_on or _own_date(text, parts, words)
    found = [
        (block, read) for block in parts for read in read_block(text, block, published_on, words)
    ]
    reads = linked(text, [read for _, read in found])
    prose = [block.paragraph if block.kind == "paragraph" else -1 for block, _ in found]
    discourse = Discourse.of(text, reads, prose)
    sentences: list[SentenceSpan] = []
    claims: list[ClaimSpan] = []
    numbers: list[NumberSpan] = []
    for index, ((block, _), read) in enumerate(zip(found, reads, strict=True)):
        proposals, reason = _proposals(text, block, read, language)
        context = Context(discourse, index, [p.passage for p in proposals])
        weighed = [_claim(context, proposal) for proposal in proposals]
        own = [claim for claim in weighed if worth_listing(claim)]
        reason = reason or ("trivial" if weighed else "")
        sentences.append(_disposed(read.span, block, own, reason, language))
        numbers += _numbers(read, own, sentences[-1], index)
        claims += own
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Splitting(digest, tuple(sentences), tuple(claims), tuple(numbers))


def _own_date(text: str, parts: list[Block], words: Vocabulary) -> date | None:
    """Return the day that a dateline among the first blocks gives in full, or None."""
    for block in parts[:_DATELINE_WITHIN]:
        for found in find_dates(text, (block.start, block.end), None, words):
            alone = found.end - found.start >= (block.end - block.start) * _MOSTLY
            if (block.kind == "dateline" or alone) and _DAY.fullmatch(found.iso):
                return date.fromisoformat(found.iso)
    return None


def _proposals(text: str, block: Block, read: Read, language: str) -> tuple[list[Proposal], str]:
    if language != "en":
        return [], ""
    return propose(text, read) if block.kind == "paragraph" else ([], block.kind)


def _disposed(
    span: Span, block: Block, claims: list[ClaimSpan], reason: str, language: str
) -> SentenceSpan:
    if claims:
        return SentenceSpan(*span, "claim", "", block.paragraph)
    if language != "en":
        return SentenceSpan(*span, "pending", "", block.paragraph)
    return SentenceSpan(*span, "dismissed", reason or "not_checkable", block.paragraph)


def _dates_in(read: Read, span: Span) -> tuple[DateSpan, ...]:
    return tuple(d for d in read.dates if span[0] <= d.start < span[1])


def _claim(context: Context, proposal: Proposal) -> ClaimSpan:
    text = context.discourse.text
    read = context.discourse.reads[context.at]
    passage, span = proposal.passage, _with_quote_marks(read, proposal.span)
    exact = text[slice(*span)]
    run = range(passage.first, passage.last)
    speaker = _speaker(read, proposal, span)
    if speaker and span[0] <= speaker.start < span[1] <= speaker.verb_at:
        speaker = None  # "Lagarde, who was appointed in 2019, said": told of her, not by her
    quantities = tuple(q for q in read.quantities if span[0] <= q.start < span[1])
    kinds = kinds_of(
        exact,
        quantities=quantities,
        dates=_dates_in(read, span),
        quoted=proposal.quoted,
        attributed=speaker is not None,
        finite=any(read.tagged.tags[i] in {"verb", "aux"} for i in run),
    )
    worth, reasons = checkworthiness.score(exact, kinds)
    restated = restate(context, passage, span, speaker, quoted=proposal.quoted)
    return ClaimSpan(
        start=span[0],
        end=span[1],
        exact=exact,
        text=restated.text,
        kind=kinds[0],
        check_worthiness=worth,
        reasons=reasons,
        sentence=context.at,
        extra_spans=tuple(s for s in restated.borrowed if s[1] <= span[0] or span[1] <= s[0]),
        claimant=restated.claimant,
        quantities=quantities,
        kinds=kinds,
        dates=_dates_in(read, span),
        unresolved=restated.unresolved,
        bound=restated.bound,
        reporting_verb=speaker.verb if speaker else "",
    )


def _speaker(read: Read, proposal: Proposal, span: Span) -> Attribution | None:
    """Return who says it: the sentence's speaker, or the one behind a semicolon."""
    end = read.tagged.tokens[proposal.passage.last - 1].start
    for other in read.others:
        if other.covers(end) and not proposal.quoted:
            return other
    said = read.said
    if said is None or not span[0] <= said.verb_at < span[1]:
        told = said is not None and follows_hearer(read.tagged, proposal.passage)
        return read.speaker if proposal.theirs or told else None
    inside = [token.lower for token in read.tagged.tokens if said.verb_at < token.start < span[1]]
    inverted = said.verb_at < said.start < span[1]
    return read.speaker if proposal.theirs or inverted or _SAID & set(inside) else None


def _with_quote_marks(read: Read, span: Span) -> Span:
    """Take in a quotation's marks where the passage begins or ends right beside them."""
    start, end = span
    for first, last in read.quoted:
        if first == start - 1 and last >= end:
            start -= 1
        if last == end + 1 and first <= start:
            end += 1
    return start, end


def _numbers(
    read: Read, claims: list[ClaimSpan], sentence: SentenceSpan, index: int
) -> list[NumberSpan]:
    """Give every number of a sentence its place in the ledger."""
    found = []
    for quantity in read.quantities:
        inside = any(quantity in claim.quantities for claim in claims)
        disposition: Disposition = "claim" if inside else "dismissed"
        reason = "" if inside else sentence.reason or "not_checkable"
        if sentence.disposition == "pending":
            disposition, reason = "pending", ""
        found.append(NumberSpan(quantity.start, quantity.end, disposition, reason, index))
    return found
