"""The queue of claims, and the editors' queue of verdicts to approve and to publish."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from claims import listing, opinions, owning, proposing, waiting
from claims.listing import QUEUES, QueueKind
from claims.models import Assignment, Claim, Rating, VerdictVersion
from claims.states import VersionState
from claims.views.drifted import FlagRow, flag_rows
from claims.views.rows import Label, claim_rows, version_label
from factcheck.accounts.permissions import may_set_rules
from factcheck.accounts.views.desk import DeskRequest, desk

CLAIM_LISTS = (
    *("todo", "assigned", "unowned", "mine", "drafts", "in_review", "changed", "stale"),
    *("published", "given_up"),
)
APPROVAL_LISTS = (
    *("in_review", "my_reviews", "unowned_reviews", "approved", "withdrawals", "changed"),
    *("under_review", "published"),
)


@dataclass(frozen=True)
class QueueRow:
    """A claim in a list, with its newest version where it has one."""

    claim: Claim
    label: Label
    rating: Rating | None = None
    version: VerdictVersion | None = None
    owner: Assignment | None = None
    is_late: bool = False


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
        "awaited": opinions.awaited(request.user),
        "can_set_rules": may_set_rules(request.user),
    }
    return render(request, "claims/queue.html", context)


def _proposal_count() -> str:
    """Return how many articles have proposals; empty at a desk that has no language model."""
    count = waiting.proposal_count()
    return count if count != "0" or proposing.endpoint() else ""


def _lists(request: DeskRequest, lists: tuple[str, ...]) -> list[tuple[QueueKind, str]]:
    counts = listing.queue_counts(person=request.user, today=timezone.localdate())
    return [(QUEUES[code], counts[code]) for code in lists]


def _rows(request: DeskRequest, kind: QueueKind) -> tuple[Sequence[QueueRow | FlagRow], str, bool]:
    cursor = request.GET.get("cursor", "")
    if kind.code == "changed":
        flags = listing.changed(cursor=cursor)
        return flag_rows(flags.items), flags.next_cursor, flags.is_first
    if kind.code == "assigned":
        mine = listing.assigned(person=request.user, cursor=cursor)
        claims = [row.claim for row in mine.items]
        return _claim_rows(claims), mine.next_cursor, mine.is_first
    if kind.code == "stale":
        old = listing.stale(today=timezone.localdate(), cursor=cursor)
        return _version_rows(old.items, kind), old.next_cursor, old.is_first
    if not kind.states:
        read = listing.unowned if kind.code == "unowned" else listing.todo
        found = read(cursor=cursor)
        return _claim_rows(found.items), found.next_cursor, found.is_first
    page = listing.versions(kind=kind, person=request.user, cursor=cursor)
    return _version_rows(page.items, kind), page.next_cursor, page.is_first


def _claim_rows(claims: Sequence[Claim]) -> list[QueueRow]:
    ids = [claim.pk for claim in claims]
    labels = claim_rows(ids)
    owners = owning.owners(ids)
    return [_owned(QueueRow(each, labels[each.pk].state), owners.get(each.pk)) for each in claims]


def _version_rows(versions: Sequence[VerdictVersion], kind: QueueKind) -> list[QueueRow]:
    """Return rows of versions: in review with who reviews it, else with who has the claim."""
    reviews = kind.states[:1] == (VersionState.IN_REVIEW,)
    ids = [each.pk if reviews else each.verdict.claim_id for each in versions]
    owners = owning.reviewers(ids) if reviews else owning.owners(ids)
    return [
        _owned(
            QueueRow(each.verdict.claim, version_label(each.state), each.rating, each),
            owners.get(each.pk if reviews else each.verdict.claim_id),
        )
        for each in versions
    ]


def _owned(row: QueueRow, owner: Assignment | None) -> QueueRow:
    late = owner is not None and owning.is_late(owner, timezone.localdate())
    return replace(row, owner=owner, is_late=late)
