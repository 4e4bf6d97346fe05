"""Articles where proposals of the language model wait for a person's yes or no."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from claims import listing
from claims.listing import PAGE_SIZE, Page
from claims.models import Article, Claim, ProposalRun
from claims.states import ClaimState, RunState

NEW = Q(state=ClaimState.PROPOSED)
WORDING = Q(state=ClaimState.OPEN) & ~Q(proposed_text="")


@dataclass(frozen=True)
class ProposalRow:
    """An article, and how many claims and wordings are proposed in it."""

    article: Article
    claims: int
    wordings: int


def proposals(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[ProposalRow]:
    """Return the articles with proposals, newest first. Raises CursorError."""
    rows = _articles().order_by("-created_at", "-id")
    page = listing.paged(rows, cursor, size, "created_at", descending=True)
    counts = _counts(article.pk for article in page.items)
    items = [ProposalRow(article, *counts.get(article.pk, (0, 0))) for article in page.items]
    return Page(items, page.next_cursor, page.is_first)


def proposal_count() -> str:
    """Return how many articles have proposals; counting stops where the queue's does."""
    return listing.capped(_articles())


def open_questions() -> int:
    """Return how many questions to the language model are not answered yet."""
    return ProposalRun.objects.filter(state__in=(RunState.QUEUED, RunState.RUNNING)).count()


def has_proposals() -> Exists:
    """Return the condition that an article has proposals."""
    return Exists(Claim.objects.filter(NEW | WORDING, article=OuterRef("pk")))


def _articles() -> QuerySet[Article]:
    return Article.objects.filter(has_proposals())


def _counts(ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    rows = Claim.objects.filter(NEW | WORDING, article__in=list(ids)).order_by()
    counted = rows.values_list("article_id").annotate(
        new=Count("id", filter=NEW), wordings=Count("id", filter=WORDING)
    )
    return {article: (new, wordings) for article, new, wordings in counted}
