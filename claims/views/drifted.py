"""What the screens say of a quote whose source changed: in words, and old beside new."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from claims import drifting, linking
from claims.models import Claim, Evidence, Flag, Lookup
from claims.quoted import anchor_of
from claims.states import DriftKind
from sources.anchoring.differences import Piece, words
from sources.views.links import live_link

WORDS = {
    DriftKind.UNCHANGED: "The page still says so, to the letter.",
    DriftKind.COSMETIC: "The page says so with other spacing, quotation marks or case.",
    DriftKind.MOVED: "The page says so, to the letter, at another place.",
    DriftKind.CONTEXT_CHANGED: "The page has these words, but between others.",
    DriftKind.WORDING_ALTERED: "The page says it in other words.",
    DriftKind.MATERIALLY_ALTERED: "The page says something else now.",
    DriftKind.AMBIGUOUS: "The page has such words in several places; nobody can tell which.",
    DriftKind.MISSING: "The page does not say so any more.",
    DriftKind.GONE: "The page is gone.",
    DriftKind.BLOCKED: "The page is kept from us.",
    DriftKind.UNREAD: "The page has no text that can be read now.",
}
REASONS = {
    "numbers": "a number",
    "units": "a unit",
    "negation": "a “not”",
    "names": "a name or a date",
    "direction": "an opposite",
    "quantity": "a quantity",
}


@dataclass(frozen=True)
class DriftWords:
    """A look-up in words; `old` and `new` are the quote and what stands there now, in pieces."""

    lookup: Lookup
    words: str
    reasons: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """The kind's label."""
        return str(DriftKind(self.lookup.kind).label)

    @property
    def href(self) -> str:
        """The new capture with the passage marked; empty where there is none."""
        found = self.lookup
        if found.extracted is None:
            return ""
        place = reverse("sources:capture", args=[found.extracted.capture_id])
        if found.start is None:
            return place
        return f"{place}?quote={found.start}-{found.end}#mark-quote-{found.start}"


@dataclass(frozen=True)
class FlagRow:
    """A flag with its quote, its claim and what became of it."""

    flag: Flag
    drift: DriftWords

    @property
    def quote(self) -> Evidence:
        """The quote that the verdict rests on."""
        return self.flag.lookup.evidence

    @property
    def claim(self) -> Claim:
        """The claim of the verdict."""
        return self.quote.claim


@dataclass(frozen=True)
class EvidenceRow:
    """A passage on the claim's page: whether it stands in the archive, and on the live page."""

    item: Evidence
    holds: bool
    drift: DriftWords | None
    live: str


def evidence_rows(evidence: list[Evidence]) -> list[EvidenceRow]:
    """Return the claim's passages, each with its newest look-up; one query."""
    looked_up = drifting.newest(evidence)
    return [
        EvidenceRow(item, linking.verify(item), _maybe(looked_up.get(item.pk)), _live(item))
        for item in evidence
    ]


def drift_words(found: Lookup) -> DriftWords:
    """Return a look-up in words."""
    pieces = words(found.evidence.exact, found.passage) if found.passage else ()
    reasons = [REASONS[reason] for reason in found.reasons]
    return DriftWords(
        lookup=found,
        words=WORDS[DriftKind(found.kind)],
        reasons=", ".join(reasons),
        old=tuple(piece for piece in pieces if piece.kind != "added"),
        new=tuple(piece for piece in pieces if piece.kind != "removed"),
    )


def flag_rows(flags: Iterable[Flag]) -> list[FlagRow]:
    """Return rows for flags out of `flags()`; no queries."""
    return [FlagRow(flag, drift_words(flag.lookup)) for flag in flags]


def open_flags(*, claim: Claim | None = None, source: UUID | None = None) -> list[FlagRow]:
    """Return the flags that nobody has acknowledged, of a claim or of a source, oldest first."""
    rows = flags().filter(acknowledged_at=None, lookup__evidence__removed_at=None)
    if claim is not None:
        rows = rows.filter(lookup__evidence__claim=claim)
    if source is not None:
        rows = rows.filter(lookup__check_of_source__source=source)
    return flag_rows(rows.order_by("raised_at", "id")[:50])


def flags() -> QuerySet[Flag]:
    """Return every flag with all that its row shows."""
    return Flag.objects.select_related(
        "lookup__evidence__claim__article",
        "lookup__evidence__extracted__capture",
        "lookup__check_of_source__source",
        "lookup__extracted",
        "acknowledged_by",
    ).defer("lookup__evidence__extracted__text", "lookup__extracted__text")


def _maybe(found: Lookup | None) -> DriftWords | None:
    return drift_words(found) if found is not None else None


def _live(item: Evidence) -> str:
    """Return the live page's address at the quote; of a cell the page; of a file none."""
    if item.extracted.capture.is_upload:
        return ""
    if item.is_cell:
        return item.extracted.capture.final_url
    return live_link(item.extracted.capture, item.extracted, anchor_of(item))
