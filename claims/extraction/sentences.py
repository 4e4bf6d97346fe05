"""Sentence boundaries inside one block: nupunkt's, then our own repairs around quotation marks."""

import re
from typing import Final

import nupunkt

from claims.extraction.languages import ENGLISH
from claims.extraction.plain_sentences import plain_sentences
from claims.extraction.records import Span
from claims.extraction.vocabulary import Vocabulary

_CLOSERS: Final = "\"'”’»)]"
# nupunkt slows with length, so an over-long block is cut at spaces into pieces of about this size.
_CHUNK: Final = 20_000
_END_THEN_CAPITAL = re.compile(
    r"[.!?…][\"'”’»)\]]*\s+(?=[\"“‘«(\[]?[A-Z0-9])|[.!?…][\"”»]\s*(?=[\"“«][A-Z])"
)
_INITIALS = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Capt|No)\.$"
)
# A full stop after an ordinary word that is in no list of abbreviations ends a sentence.
_PLAIN_END = re.compile(r"\b[^\W\d_]*[a-z]{2,}[.!?]$")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Hon|Rev|Jr|Sr|Inc|Corp|Ltd|Co|No|Nos|vs|"
    r"etc|al|Fig|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Ave|Blvd|"
    r"Rd|Mt|Ft|approx|cf|ca|op|pp|ed|eds|Bros|Dept|Univ|Assn|Messrs|Mx|Art|Sec|Cpl|Maj|Adm|Pres|Supt)\.$",
    re.IGNORECASE,
)
# The credit behind a caption, which often has no full stop before it.
_CREDIT = re.compile(r"(?<=[^\s.!?] )(?:Image|Photo|Photograph|Picture|Credit):\s")
# "the U.S." goes on with what it governs.
_COUNTRY = re.compile(r"\b(?:[A-Z]\.){2,}$")
_GOVERNED = re.compile(
    r"(?:Senat|Congress|Represent|President|Secretary|Department|Government|Army|Navy|Air Force|"
    r"Supreme|Treasury|Ambassador|Embassy|House|District|Attorney|Marine|Geological|Federal|National)"
)
# So much before a full stop tells whether it belongs to an abbreviation.
_HEAD: Final = 24
_STOPS: Final = ".!?…"


def sentences(text: str, start: int, end: int, words: Vocabulary = ENGLISH) -> list[Span]:
    """Return the trimmed sentence spans of `text[start:end]`, in order and without overlaps."""
    if words is not ENGLISH:
        return plain_sentences(text, start, end, words.sentences)
    spans: list[Span] = []
    for first, last in _chunks(text, start, end):
        piece = text[first:last]
        spans += [(first + s, first + e) for s, e in nupunkt.sent_spans(piece)]
    return _merge(text, [span for span in (_trim(text, *span) for span in spans) if span])


def _chunks(text: str, start: int, end: int) -> list[Span]:
    spans = []
    while end - start > _CHUNK:
        cut = text.rfind(" ", start, start + _CHUNK)
        cut = cut if cut > start else start + _CHUNK
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _merge(text: str, spans: list[Span]) -> list[Span]:
    """Join what was cut too often: stray closing marks, and pieces that begin in lower case."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and _belongs_before(text, merged[-1], start, end):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [part for span in merged for part in _split(text, *span)]


def _belongs_before(text: str, previous: Span, start: int, end: int) -> bool:
    piece = text[start:end]
    if not any(c.isalnum() for c in piece):
        return True
    if text[previous[1] - 1] in "?!" and piece[0].islower():
        return True
    if _GOVERNED.match(piece) and _COUNTRY.search(
        text[max(previous[0], previous[1] - 12) : previous[1]]
    ):
        return True
    before = text[previous[0] : previous[1]].rstrip(_CLOSERS)
    return piece[0].islower() and before[-1:] in _STOPS


def _split(text: str, start: int, end: int) -> list[Span]:
    """Cut where a quotation closed with its full stop and a new sentence begins."""
    cuts = []
    for match in _END_THEN_CAPITAL.finditer(text, start, end):
        head = text[max(start, match.start() - _HEAD) : match.start() + 1]
        closed = text[match.start() + 1 : match.end()].strip()
        plain = not closed and _PLAIN_END.search(head) and not _ABBREVIATED.search(head)
        if plain or (closed and closed[0] in _CLOSERS and not _INITIALS.search(head)):
            cuts.append(match.end())
    cuts += [match.start() for match in _CREDIT.finditer(text, start + 1, end)]
    spans, begin = [], start
    for cut in [*sorted(set(cuts)), end]:
        span = _trim(text, begin, cut)
        if span:
            spans.append(span)
        begin = cut
    return spans
