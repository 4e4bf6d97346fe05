"""The public ledger of corrections: every correction and withdrawal, typing errors included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import ExtractYear

from claims.listing import Page
from claims.models import Change
from claims.showing import correction_form, public_url
from claims.states import LEDGER_KINDS

SIZE = 30


@dataclass(frozen=True)
class Year:
    """How many corrections of each kind a year saw, in the order of LEDGER_KINDS."""

    year: int
    counts: tuple[int, ...]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Each kind in words, with its count."""
        return [
            (str(kind.label), number)
            for kind, number in zip(LEDGER_KINDS, self.counts, strict=True)
        ]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


def page(
    *, kind: str = "", month: datetime | None = None, before: int = 0, size: int = SIZE
) -> Page[Change]:
    """Return a page of the ledger, newest first; of one kind, of one month where they are given.

    `before` is the number that the page before ended with, 0 for the first page.
    """
    rows = _rows()
    if kind in LEDGER_KINDS:
        rows = rows.filter(kind=kind)
    if month is not None:
        rows = rows.filter(at__gte=month, at__lt=_following(month))
    if before:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: size + 1])
    cursor = str(found[size - 1].seq) if len(found) > size else ""
    return Page(found[:size], cursor, not before)


def after(seq: int, *, limit: int) -> Sequence[Change]:
    """Return up to `limit` lines of the ledger with a greater number than `seq`, in order."""
    return list(_rows().filter(seq__gt=seq).order_by("seq")[:limit])


def years() -> list[Year]:
    """Return what each year saw, the newest first: every line is counted; one query."""
    rows = (
        Change.objects.filter(kind__in=LEDGER_KINDS)
        .order_by()
        .annotate(year=ExtractYear("at", tzinfo=UTC))
        .values_list("year", "kind")
        .annotate(number=Count("seq"))
    )
    found: dict[int, dict[str, int]] = {}
    for year, kind, number in rows:
        found.setdefault(year, {})[kind] = number
    return [
        Year(year, tuple(found[year].get(kind, 0) for kind in LEDGER_KINDS))
        for year in sorted(found, reverse=True)
    ]


def form(change: Change) -> dict[str, Any]:
    """Return a line of the ledger as partners read it; JSON values only."""
    return correction_form(change) | {
        "seq": change.seq,
        "verdict": str(change.verdict_id),
        "url": public_url(change.version),
        "claim": change.claim_text,  # type: ignore[attr-defined]  # from the query
    }


def _rows() -> QuerySet[Change]:
    rows = Change.objects.filter(kind__in=LEDGER_KINDS).select_related("version")
    # The claim as readers saw it: its words may be changing in a draft meanwhile.
    text = KeyTextTransform("text", KeyTransform("claim", "version__manifest"))
    return rows.annotate(claim_text=text).defer("version__manifest", "version__reasoning")


def _following(month: datetime) -> datetime:
    is_last = month.month == 12  # noqa: PLR2004 (December)
    return month.replace(year=month.year + is_last, month=1 if is_last else month.month + 1, day=1)
