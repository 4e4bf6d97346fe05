"""Anchors to a quote: offsets, the quote itself, 32 characters either side, the text's digest.

After the W3C Web Annotation selectors TextPosition and TextQuote. A quote is confirmed only by an
exact match in normalised text. A likeness is never a match: at a score of 0.983 "344 %" and
"34.4 %" are alike.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sources.anchoring.normalising import composed, flexible, is_plain, normalise

CONTEXT = 32
_NEAR = 8  # characters that tell whether a quote was torn out of a word or number
_MOST_PLACES = 1000  # a text made to hold a quote a million times must not cost an hour
_AROUND = 8 * CONTEXT  # of a text in which white space may have grown

# What makes a number another number: "1.", "-", "~" before it, ".5" or ",000" after it.
_LEADS_ON = re.compile(r"\d[.,]$|[-+−±~≈<>]\s?$")
_GOES_ON = re.compile(r"[.,]\d|%")

How = Literal["unchanged", "moved", "context_changed", "ambiguous", "missing"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote in a text. Offsets are code points, `end` exclusive."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether and where a quote stands in a text; true only when it is confirmed.

    unchanged: at its offsets. moved: elsewhere, once, between the same words. context_changed: its
    words are there once, but between others. ambiguous: several times. missing: not at all.
    `start` and `end` are offsets into the text that was asked about, None where there is no place.
    """

    how: How
    start: int | None = None
    end: int | None = None

    def __bool__(self) -> bool:
        return self.how in {"unchanged", "moved"}


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of text[start:end]. Raises ValueError for a range outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}) is no passage of a text of {len(text)} characters")
    return Anchor(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        text_sha256=digest(text),
    )


def digest(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def confirm(anchor: Anchor, text: str) -> Confirmation:
    """Look the anchor up in `text`, which may be the text it came from or another."""
    if text[anchor.start : anchor.end] == anchor.exact and anchor.start < anchor.end:
        if digest(text) == anchor.text_sha256:
            return Confirmation("unchanged", anchor.start, anchor.end)
        if _around(text, anchor):
            return Confirmation("unchanged", anchor.start, anchor.end)
    return _search(anchor, text)


def _around(text: str, anchor: Anchor) -> bool:
    before = anchor.start - len(anchor.prefix)
    return text.startswith(anchor.prefix, before) and text.startswith(anchor.suffix, anchor.end)


def _search(anchor: Anchor, text: str) -> Confirmation:
    exact = normalise(anchor.exact).text.strip()
    if not exact:
        return Confirmation("missing")
    prefix = normalise(anchor.prefix).text.lstrip()
    suffix = normalise(anchor.suffix).text.rstrip()
    # White space is matched where it stands; a text in another form, or with characters that
    # cannot be seen, is composed as a whole.
    within = None if is_plain(text) else composed(text)
    searched = within.text if within else text
    spans: list[tuple[int, int]] = []
    in_context: list[tuple[int, int]] = []
    for span in _spans(exact, prefix, suffix, searched):
        if span is None:
            return Confirmation("ambiguous")
        spans.append(span)
        if _has_context(prefix, suffix, searched, span):
            in_context.append(span)
        if len(in_context) > 1:
            break
    chosen = in_context or spans
    if not chosen:
        return Confirmation("missing")
    if len(chosen) > 1:
        return Confirmation("ambiguous")
    start, end = chosen[0]
    if within:
        start, end = within.origin(start), within.origin(end - 1) + 1
    return Confirmation("moved" if in_context else "context_changed", start, end)


def _spans(exact: str, prefix: str, suffix: str, text: str) -> Iterator[tuple[int, int] | None]:
    """Yield where `exact` stands, joined to its neighbours as it was: "5 %" is not in "35 %".

    The last is None where there are more places than are looked at.
    """
    joined = _joined_before(prefix, exact), _joined_after(suffix, exact)
    pattern = flexible(exact)
    match, looked_at = pattern.search(text), 0
    while match:
        looked_at += 1
        if looked_at > _MOST_PLACES:
            yield None
            return
        start, end = match.span()
        before = normalise(text[max(0, start - _NEAR) : start]).text
        after = normalise(text[end : end + _NEAR]).text
        if (_joined_before(before, exact), _joined_after(after, exact)) == joined:
            yield start, end
        match = pattern.search(text, start + 1)


def _has_context(prefix: str, suffix: str, text: str, span: tuple[int, int]) -> bool:
    start, end = span
    before = normalise(text[max(0, start - _AROUND) : start]).text.rstrip()
    after = normalise(text[end : end + _AROUND]).text.lstrip()
    return before.endswith(prefix.rstrip()) and after.startswith(suffix.lstrip())


def _joined_before(before: str, exact: str) -> bool:
    if not (before and exact[0].isalnum()):
        return False
    return before[-1].isalnum() or (exact[0].isdigit() and bool(_LEADS_ON.search(before)))


def _joined_after(after: str, exact: str) -> bool:
    if not (after and exact[-1].isalnum()):
        return False
    return after[0].isalnum() or (exact[-1].isdigit() and bool(_GOES_ON.match(after)))
