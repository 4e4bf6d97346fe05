"""The queue of claims, and the editors' queue of verdicts to approve and to publish."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from claims import listing
from claims.listing import QUEUES, QueueKind
from claims.models import Claim, Rating, VerdictVersion
from claims.views.drifted import FlagRow, flag_rows
from claims.views.rows import NOT_STARTED, Label, version_label
from factcheck.accounts.views.desk import DeskRequest, desk

CLAIM_LISTS = ("todo", "mine", "drafts", "in_review", "changed", "published")
APPROVAL_LISTS = ("in_review", "approved", "changed", "published")


@dataclass(frozen=True)
class QueueRow:
    """A claim in a list, with its newest version where it has one."""

    claim: Claim
    label: Label
    rating: Rating | None = None
    version: VerdictVersion | None = None


@desk()
def queue(request: DeskRequest) -> HttpResponse:
    """Show one list of claims: to check, in draft, in review, published."""
    return _page(request, CLAIM_LISTS, title="Claims", to_approval=False)


@desk()
def approvals(request: DeskRequest) -> HttpResponse:
    """Show the verdicts that wait for an editor."""
    return _page(request, APPROVAL_LISTS, title="Approval", to_approval=True)


def _page(
    request: DeskRequest, lists: tuple[str, ...], *, title: str, to_approval: bool
) -> HttpResponse:
    wanted = request.GET.get("list", lists[0])
    kind = QUEUES[wanted if wanted in lists else lists[0]]
    rows, next_cursor, is_first = _rows(request, kind)
    counts = listing.queue_counts(person=request.user)
    context = {
        "title": title,
        "kind": kind,
        "lists": [(QUEUES[code], counts[code]) for code in lists],
        "rows": rows,
        "next_cursor": next_cursor,
        "is_first": is_first,
        "to_approval": to_approval,
    }
    return render(request, "claims/queue.html", context)


def _rows(request: DeskRequest, kind: QueueKind) -> tuple[Sequence[QueueRow | FlagRow], str, bool]:
    cursor = request.GET.get("cursor", "")
    if kind.code == "changed":
        flags = listing.changed(cursor=cursor)
        return flag_rows(flags.items), flags.next_cursor, flags.is_first
    if not kind.states:
        claims = listing.todo(cursor=cursor)
        todo = [QueueRow(claim, NOT_STARTED) for claim in claims.items]
        return todo, claims.next_cursor, claims.is_first
    page = listing.versions(kind=kind, person=request.user, cursor=cursor)
    rows = [
        QueueRow(version.verdict.claim, version_label(version.state), version.rating, version)
        for version in page.items
    ]
    return rows, page.next_cursor, page.is_first
