"""The desk's front page: where each role's work waits."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from claims import complaint_lists, listing, waiting
from claims.views.queue import APPROVAL_LISTS
from factcheck.accounts.models import User
from factcheck.accounts.permissions import may_approve, may_check, may_look_into_reports
from factcheck.accounts.views.desk import DeskRequest, desk


@dataclass(frozen=True)
class Desk:
    """A pile of work: how much, what it is, and where."""

    count: str
    title: str
    words: str
    href: str


CHECKER = (
    ("todo", "claims to check", "Nobody has started on them. The most check-worthy come first."),
    ("mine", "drafts of yours", "Verdicts that you are writing, or that came back to you."),
)
EDITOR = (
    ("in_review", "verdicts to approve", "Read, verify, then approve or send back."),
    ("approved", "verdicts to publish", "Approved, and not yet before readers."),
    ("withdrawals", "withdrawals to confirm", "One editor proposed it; another one decides."),
)
CHANGED = (
    ("changed", "changed sources", "A verdict rests on what its source no longer says."),
    ("stale", "verdicts to look at again", "The day that their writers set has come."),
)
EVERYBODY = (("published", "verdicts published", "Live on their pages and in the partners' feed."),)


@desk()
def home(request: DeskRequest) -> HttpResponse:
    """Lead everybody to their work."""
    counts = listing.queue_counts(person=request.user, today=timezone.localdate())
    context = {
        "desks": [
            *(_desk(counts, *pile) for pile in _piles(request.user)),
            *_proposals(request),
            *_reports(request),
        ],
        "recent": listing.articles(size=5).items,
        "can_check": may_check(request.user),
    }
    return render(request, "claims/home.html", context)


def _piles(person: User) -> tuple[tuple[str, str, str], ...]:
    first = EDITOR if may_approve(person) else ()
    second = CHECKER if may_check(person) else ()
    last = CHANGED if may_check(person) else ()
    return first + second + EVERYBODY + last


def _proposals(request: DeskRequest) -> list[Desk]:
    """Return the pile of proposals, where the language model left any."""
    count = waiting.proposal_count() if may_check(request.user) else "0"
    if count == "0":
        return []
    words = "The language model proposes claims or wordings in them. You say yes or no."
    return [Desk(count, "articles with proposals", words, reverse("claims:proposals"))]


def _reports(request: DeskRequest) -> list[Desk]:
    """Return the pile of readers' reports, where any are open."""
    count = (
        complaint_lists.complaint_counts()["open"] if may_look_into_reports(request.user) else "0"
    )
    if count == "0":
        return []
    late = complaint_lists.overdue(today=timezone.localdate())
    words = "Readers say that a verdict is wrong. Two people look into each."
    if late != "0":
        words = f"{late} past their day. {words}"
    return [Desk(count, "reports of errors", words, reverse("claims:complaints"))]


def _desk(counts: dict[str, str], code: str, title: str, words: str) -> Desk:
    page = "claims:approvals" if code in APPROVAL_LISTS[:-1] else "claims:queue"
    return Desk(counts[code], title, words, f"{reverse(page)}?list={code}")
