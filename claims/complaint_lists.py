"""The lists of readers' reports, by keyset."""

from datetime import date

from django.db.models import QuerySet

from claims.listing import PAGE_SIZE, Page, capped, paged
from claims.models import Complaint
from claims.states import ComplaintState

# The lists of readers' reports: title, and what an empty one says.
COMPLAINTS = {
    "open": ("Open", "No report of an error is open."),
    "second": ("For a second person", "No report waits for a second person."),
    "closed": ("Closed", "No report has been decided yet."),
}


def complaints(*, kind: str, cursor: str = "", size: int = PAGE_SIZE) -> Page[Complaint]:
    """Return the reports of one list of COMPLAINTS: soonest due first, closed ones newest first.

    Raises CursorError.
    """
    rows = _complaints(kind).select_related("verdict__claim", "first_by", "decided_by")
    if kind == "closed":
        newest_first = rows.order_by("-decided_at", "-id")
        return paged(newest_first, cursor, size, "decided_at", descending=True)
    return paged(rows.order_by("due_on", "id"), cursor, size, "due_on", descending=False)


def complaint_counts() -> dict[str, str]:
    """Return each list's size in words."""
    return {kind: capped(_complaints(kind)) for kind in COMPLAINTS}


def overdue(*, today: date) -> str:
    """Return how many open reports are past their day."""
    return capped(_complaints("open").filter(due_on__lt=today))


def _complaints(kind: str) -> QuerySet[Complaint]:
    if kind == "second":
        return Complaint.objects.filter(state=ComplaintState.SECOND_LOOK)
    return Complaint.objects.filter(decided_at__isnull=kind != "closed")
