"""Which passages of a sentence are proposed as claims, and why the others are not."""

import re
from dataclasses import dataclass
from typing import Final

from claims.extraction import dispositions
from claims.extraction.layout import Read
from claims.extraction.opinions import is_personal
from claims.extraction.passage import Passage, outer, with_quantities
from claims.extraction.passages import passages
from claims.extraction.questions import taken_for_granted
from claims.extraction.records import ClaimSpan, Span
from claims.extraction.trimming import is_reporting

# Below these scores a passage in the article's own voice, without figure or date, is left out; one
# that speaks of "I" and "we" has to carry more.
_LEAST_WORTH: Final = 0.2
_LEAST_OWN_VOICE: Final = 0.38
# A date that pins something down: "in 2014", "on Friday", "last month"; not "this year", "today".
_PLACED = re.compile(r"[\dA-Z]|\b(?:last|ago|yesterday|before|earlier|past|previous)\b")
_OPENING_MARKS: Final = frozenset('"“«„')
_OWN_VOICE = re.compile(r"\b(?:I|me|my|we|us|our|you|your)\b")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage taken as a claim.

    `quoted` says that it is, or lies in, a direct quotation; `theirs` that it is what the
    sentence's speaker is reported to have said.
    """

    passage: Passage
    span: Span
    quoted: bool
    theirs: bool


def propose(text: str, read: Read) -> tuple[list[Proposal], str]:
    """Return the proposals of one sentence, and the first reason why something was set aside."""
    reason = dispositions.reason_for_sentence(
        text[slice(*read.span)], read.tagged, counted=bool(read.quantities)
    )
    if reason:
        return [], reason
    found: list[Proposal] = []
    reasons: list[str] = []
    pieces = passages(read.tagged, read.quantities, read.quoted)
    for quote in read.quoted:
        inside = [p for p in pieces if _lies_in(read, p, quote)]
        found += _from_quotation(text, read, quote, inside, reasons)
    outside = [p for p in pieces if not any(_lies_in(read, p, q) for q in read.quoted)]
    for passage in outside:
        if len(pieces) > 1 and _only_frames(read, passage, pieces):
            continue
        theirs = _is_theirs(read, passage, pieces)
        _judge(text, read, passage, found, reasons, quoted=False, theirs=theirs)
    found.sort(key=lambda proposal: proposal.span)
    return found, reasons[0] if reasons else ""


def _is_theirs(read: Read, passage: Passage, pieces: list[Passage]) -> bool:
    """Tell whether a passage is reported speech, and not the article going on by itself."""
    said = read.said
    if said is None or not said.covers(read.tagged.tokens[passage.last - 1].start):
        return False
    start, end = outer(read.tagged, passage)
    if start <= said.start < end or said.since < said.start:
        return True
    return any(p.role in {"complement", "quote"} and p.first <= passage.first for p in pieces)


def _lies_in(read: Read, passage: Passage, quote: Span) -> bool:
    start, end = outer(read.tagged, passage)
    return quote[0] <= start and end <= quote[1]


def _only_frames(read: Read, passage: Passage, pieces: list[Passage]) -> bool:
    """A passage that only says who speaks, or a remnant behind a quotation."""
    follows = any(p.role == "complement" and 0 <= p.first - passage.last <= 1 for p in pieces)
    if passage.quantities and not follows:
        return False
    if is_reporting(read.tagged, passage, leads_in=follows):
        return True
    finite = any(read.tagged.tags[i] in {"verb", "aux"} for i in range(passage.first, passage.last))
    return passage.joint == "quote" and (not finite or read.said is not None)


def _from_quotation(
    text: str, read: Read, quote: Span, inside: list[Passage], reasons: list[str]
) -> list[Proposal]:
    """A quotation is one claim that it was said, unless figures inside it are claims themselves.

    Where it runs over several sentences, the one that names the speaker carries the claim, or else
    the one that opens it; the others are claims only by their figures.
    """
    counted = [p for p in inside if p.quantities or p.joint == "despite"]
    opens = text[quote[0]] in _OPENING_MARKS
    if not any(p.quantities for p in inside) and inside and (read.said or (read.speaker and opens)):
        whole = Passage(inside[0].first, inside[-1].last, "quote")
        return [Proposal(whole, quote, quoted=True, theirs=True)]
    found: list[Proposal] = []
    known = read.speaker is not None
    for passage in counted if known else inside:
        _judge(text, read, passage, found, reasons, quoted=True, theirs=known)
    if known and not found:
        reasons.append("not_checkable")
    return found


def _judge(
    text: str,
    read: Read,
    passage: Passage,
    found: list[Proposal],
    reasons: list[str],
    *,
    quoted: bool,
    theirs: bool,
) -> None:
    """Take the passage into `found`, or the reason why not into `reasons`."""
    asks = text[read.span[1] - 1 : read.span[1]] == "?"
    stated = taken_for_granted(read.tagged, passage) if asks and not quoted else passage
    if stated is None:
        reasons.append("rhetorical_question")
        return
    passage = with_quantities(read.tagged, stated, read.quantities)
    span = outer(read.tagged, passage)
    dates = any(
        span[0] <= d.start < span[1] and _PLACED.search(text[d.start : d.end]) for d in read.dates
    )
    why = dispositions.reason_for_passage(
        read.tagged,
        (passage.first, passage.last),
        text[span[0] : span[1]],
        number=bool(passage.quantities) or dates,
        attributed=theirs and not quoted,
        question=asks,
        quoted=quoted,
        personal=not passage.quantities and is_personal(text[read.span[0] : read.span[1]]),
        names_role=passage.role == "apposition" and passage.joint == "is",
    )
    if why:
        reasons.append(why)
    else:
        found.append(Proposal(passage, span, quoted=quoted, theirs=theirs))


def worth_listing(claim: ClaimSpan) -> bool:
    """Tell whether a claim asks to be checked enough to be put before a person."""
    if claim.quantities or claim.dates or claim.claimant or "quotation" in claim.kinds:
        return True
    own = _OWN_VOICE.search(claim.exact) or _OWN_VOICE.search(
        claim.exact[:1].lower() + claim.exact[1:]
    )
    return claim.check_worthiness >= (_LEAST_OWN_VOICE if own else _LEAST_WORTH)
