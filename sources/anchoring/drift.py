"""What became of a quote in a newer text of its source.

Only an exact match confirms (sources/anchoring/anchors.py). Everything else here describes: it
tells a person what to look at, and never puts an anchor somewhere else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sources.anchoring import altering
from sources.anchoring.altering import Reason, Side
from sources.anchoring.anchors import CONTEXT, Anchor, Confirmation, confirm
from sources.anchoring.likeness import Passage, Quote, candidates
from sources.anchoring.tokens import tokens, tokens_of

Kind = Literal[
    "unchanged",
    "cosmetic",
    "moved",
    "context_changed",
    "wording_altered",
    "materially_altered",
    "ambiguous",
    "missing",
]
MATERIAL: frozenset[Kind] = frozenset({"materially_altered", "missing"})
_CLAUSE_ENDS = re.compile(r"[.!?;:\n][\s\"'”’)\]]|\n")
_SHORT = 3  # tokens; so short a quote is known by what stands around it
_LIKE_A_TWIN = 0.1


@dataclass(frozen=True, slots=True)
class Drift:
    """What became of a quote.

    unchanged, moved, context_changed: its words are there, to the letter. cosmetic: other white
    space, quotation marks, hyphens or case, or a number written another way. wording_altered: other
    words, as far as can be told of the same meaning. materially_altered: other numbers, units or
    names, a negation, an opposite; `reasons` say which. ambiguous: several places. missing: none.
    `start` and `end` are offsets of `passage` in the new text; None and "" where there is none.
    """

    kind: Kind
    start: int | None = None
    end: int | None = None
    passage: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def is_material(self) -> bool:
        """Whether whoever rests on the quote has to look."""
        return self.kind in MATERIAL


def look_up(anchor: Anchor, text: str) -> Drift:
    """Say what became of the anchor's quote in `text`."""
    anchor = _trimmed(anchor)
    found = confirm(anchor, text)
    if found.how == "unchanged":
        return _placed("unchanged", found, text)
    if found.how == "moved":
        same = text[found.start : found.end] == anchor.exact
        return _placed("moved" if same else "cosmetic", found, text)
    likely = candidates(anchor, text)
    if found.how == "missing":
        return _missing(anchor, likely, text)
    elsewhere = _altered_in_place(anchor, found, likely, text)
    if elsewhere is not None:
        return elsewhere
    if found.how == "context_changed":
        return _in_other_context(anchor, found, text)
    return Drift("ambiguous")


def _trimmed(anchor: Anchor) -> Anchor:
    """Return the anchor without white space at the edges of its quote."""
    exact = anchor.exact.strip()
    if len(exact) in {0, len(anchor.exact)}:
        return anchor
    lead = len(anchor.exact) - len(anchor.exact.lstrip())
    trail = len(anchor.exact) - lead - len(exact)
    return replace(
        anchor,
        start=anchor.start + lead,
        end=anchor.end - trail,
        exact=exact,
        prefix=anchor.prefix + anchor.exact[:lead],
        suffix=anchor.exact[lead + len(exact) :] + anchor.suffix,
    )


def _missing(anchor: Anchor, likely: list[Passage], text: str) -> Drift:
    if not likely:
        return Drift("missing")
    twins = [each for each in likely if likely[0].rank[0] - each.rank[0] < _LIKE_A_TWIN]
    told = [_described(anchor, each, text) for each in twins]
    alike = len({(each.kind, each.passage) for each in told}) == 1
    # Where every place was altered in the same way, there is no doubt that the quote was.
    return told[0] if len(told) == 1 or (alike and told[0].is_material) else Drift("ambiguous")


def _described(anchor: Anchor, passage: Passage, text: str) -> Drift:
    """Compare the quote with the passage that it seems to have become."""
    # A quote that begins inside a word is compared from the word's beginning.
    quote = Quote.of(anchor)
    old = Side(quote.text, quote.own)
    new = Side(text, tokens_of(text, passage.start, passage.end))
    found = altering.compare(old, new, is_common=_common_in(text))
    return Drift(
        found.extent,
        passage.start,
        passage.end,
        text[passage.start : passage.end],
        found.reasons,
    )


def _in_other_context(anchor: Anchor, found: Confirmation, text: str) -> Drift:
    """The words are there, between others; a "not" that came or went beside them says more."""
    placed = _placed("context_changed", found, text)
    start, end = found.start or 0, found.end or 0
    whole = tokens_of(text, start, end)
    if whole and [t.key for t in whole] != [t.key for t in Quote.of(anchor).own]:
        # A quote that was cut out of a word or number stands in another one now.
        return _described(anchor, Passage(whole[0].start, whole[-1].end, 1, 0, 0), text)
    before = (anchor.prefix, text[max(0, start - CONTEXT) : start])
    after = (anchor.suffix, text[end : end + CONTEXT])
    if _negations(*before, ends=True) or _negations(*after, ends=False):
        kind: Kind = "materially_altered"
        return Drift(kind, placed.start, placed.end, placed.passage, ("negation",))
    return placed


def _negations(old: str, new: str, *, ends: bool) -> bool:
    """Whether a negation came or went in the clause, if it is the same clause still."""
    pair = [tokens(_clause(each, ends=ends)) for each in (old, new)]
    ours, theirs = ({t.key for t in each} for each in pair)
    counts = [altering.negations(each) for each in pair]
    return counts[0] != counts[1] and bool(ours & theirs)


def _clause(context: str, *, ends: bool) -> str:
    """Return the part of the context that belongs to the quote's own clause."""
    stops = list(_CLAUSE_ENDS.finditer(context))
    if not stops:
        return context
    return context[stops[-1].end() :] if ends else context[: stops[0].start()]


def _altered_in_place(
    anchor: Anchor, found: Confirmation, likely: list[Passage], text: str
) -> Drift | None:
    """Say what became of the words at the quoted place, where only others like them were found.

    The same words somewhere else must not hide that the quoted ones were altered.
    """
    in_place = [each for each in likely if each.in_context]
    if not in_place or len(tokens(anchor.prefix)) + len(tokens(anchor.suffix)) < _SHORT:
        return None
    first = in_place[0]
    if found.start is not None and found.end is not None:
        return None if _overlap(first, found) else _described(anchor, first, text)
    told = _described(anchor, first, text)
    same = any(_described(anchor, each, text).kind == "cosmetic" for each in in_place)
    return None if same else told


def _overlap(passage: Passage, found: Confirmation) -> bool:
    return passage.start < (found.end or 0) and (found.start or 0) < passage.end


def _placed(kind: Kind, found: Confirmation, text: str) -> Drift:
    return Drift(kind, found.start, found.end, text[found.start : found.end])


def _common_in(text: str) -> Callable[[str], bool]:
    """Return whether a word also stands in the text without a capital: then it names nobody."""
    return lambda word: word in text and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
