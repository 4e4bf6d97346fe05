"""The queue of claims, and the editors' queue of verdicts to approve and to publish."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from claims import listing, proposing, waiting
from claims.listing import QUEUES, QueueKind
from claims.models import Claim, Rating, VerdictVersion
from claims.views.drifted import FlagRow, flag_rows
from claims.views.rows import NOT_STARTED, Label, version_label
from factcheck.accounts.views.desk import DeskRequest, desk

CLAIM_LISTS = ("todo", "mine", "drafts", "in_review", "changed", "published", "given_up")
APPROVAL_LISTS = (
    *("in_review", "approved", "withdrawals", "changed", "under_review", "published"),
)


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
def proposals(request: DeskRequest) -> HttpResponse:
    """Show the articles where proposals of the language model wait for a yes or no."""
    page = waiting.proposals(cursor=request.GET.get("cursor", ""))
    context = {
        "title": "Claims",
        "lists": _lists(request, CLAIM_LISTS),
        "proposal_count": waiting.proposal_count(),
        "kind": None,
        "rows": page.items,
        "next_cursor": page.next_cursor,
        "is_first": page.is_first,
        "open_questions": waiting.open_questions(),
        "is_on": proposing.endpoint() is not None,
    }
    return render(request, "claims/proposals.html", context)


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
    context = {
        "title": title,
        "kind": kind,
        "lists": _lists(request, lists),
        "proposal_count": "" if to_approval else _proposal_count(),
        "rows": rows,
        "next_cursor": next_cursor,
        "is_first": is_first,
        "to_approval": to_approval,
    }
    return render(request, "claims/queue.html", context)


def _proposal_count() -> str:
    """Return how many articles have proposals; empty at a desk that has no language model."""
    count = waiting.proposal_count()
    return count if count != "0" or proposing.endpoint() else ""


def _lists(request: DeskRequest, lists: tuple[str, ...]) -> list[tuple[QueueKind, str]]:
    counts = listing.queue_counts(person=request.user)
    return [(QUEUES[code], counts[code]) for code in lists]


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
