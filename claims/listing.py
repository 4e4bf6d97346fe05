"""Lists by keyset: a page costs the same at the start and at the end of a million rows."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from claims import coverage, owning
from claims.coverage import Coverage
from claims.models import (
    Article,
    ArticleRevision,
    Assignment,
    Claim,
    Flag,
    ReviewMark,
    VerdictVersion,
    Withdrawal,
)
from claims.states import ClaimState, VersionState
from factcheck.accounts.models import User
from factcheck.errors import Permanent

Item = TypeVar("Item")
PAGE_SIZE = 30
COUNT_CAP = 1000


class CursorError(Permanent):
    """The cursor in the address is not one of ours."""

    code = "invalid_cursor"


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Items of one page and the cursor of the next, empty on the last page."""

    items: Sequence[Item]
    next_cursor: str = ""
    is_first: bool = True


@dataclass(frozen=True)
class ArticleRow:
    """An article in the list, with what has become of its sentences."""

    article: Article
    coverage: Coverage
    open_claims: int = 0


@dataclass(frozen=True)
class QueueKind:
    """One list of the queue: its name in the address, its title, what an empty one says."""

    code: str
    title: str
    empty: str
    states: tuple[VersionState, ...] = field(default=())


QUEUES = {
    kind.code: kind
    for kind in (
        QueueKind("todo", "To check", "Every claim has a verdict in progress."),
        QueueKind("assigned", "Mine", "No claim is with you. Take one from “Nobody’s”."),
        QueueKind("unowned", "Nobody’s", "Every claim is with somebody."),
        QueueKind("my_reviews", "Mine", "No review is with you.", owning.REVIEWABLE),
        QueueKind(
            "unowned_reviews",
            "Nobody’s",
            "Every verdict in review is with an editor.",
            (VersionState.IN_REVIEW,),
        ),
        QueueKind("mine", "My drafts", "You have no draft.", (VersionState.DRAFT,)),
        QueueKind("drafts", "All drafts", "Nobody has a draft.", (VersionState.DRAFT,)),
        QueueKind(
            "in_review", "To approve", "No verdict waits for an editor.", (VersionState.IN_REVIEW,)
        ),
        QueueKind("approved", "To publish", "Nothing is approved.", (VersionState.APPROVED,)),
        QueueKind("changed", "Sources changed", "No source of a verdict says something else now."),
        QueueKind("stale", "To look at again", "No published verdict is past its day."),
        QueueKind("given_up", "Given up", "No draft was given up.", (VersionState.ABANDONED,)),
        QueueKind(
            "under_review", "Under review", "No verdict is under review.", (VersionState.PUBLISHED,)
        ),
        QueueKind(
            "withdrawals", "To withdraw", "No withdrawal is proposed.", (VersionState.PUBLISHED,)
        ),
        QueueKind("published", "Published", "Nothing is published yet.", (VersionState.PUBLISHED,)),
    )
}


def articles(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[ArticleRow]:
    """Return the newest articles first. Raises CursorError."""
    rows = Article.objects.select_related("created_by").order_by("-created_at", "-id")
    page = paged(rows, cursor, size, "created_at", descending=True)
    newest = (
        ArticleRevision.objects.filter(article__in=[article.pk for article in page.items])
        .order_by("article_id", "-number")
        .distinct("article_id")
        .values_list("article_id", "pk")
    )
    revisions: dict[UUID, int] = dict(newest)
    counts = coverage.of_all(list(revisions.values()))
    claims = _open_claims([article.pk for article in page.items])
    nothing = Coverage(0, 0, 0)
    items = [
        ArticleRow(
            article=article,
            coverage=counts.get(revisions.get(article.pk, 0), nothing),
            open_claims=claims.get(article.pk, 0),
        )
        for article in page.items
    ]
    return Page(items, page.next_cursor, page.is_first)


def todo(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[Claim]:
    """Return open claims that nobody has started on, most check-worthy first."""
    rows = (
        Claim.objects.filter(state=ClaimState.OPEN, verdict=None)
        .select_related("article")
        .order_by("-check_worthiness", "id")
    )
    return paged(rows, cursor, size, "check_worthiness", descending=True, ascending_id=True)


def assigned(*, person: User, cursor: str = "", size: int = PAGE_SIZE) -> Page[Assignment]:
    """Return the claims that a person has to check, by their due day. Raises CursorError."""
    rows = owning.claims_of(person).select_related("claim__article").order_by("sorts_on", "id")
    return paged(rows, cursor, size, "sorts_on", descending=False)


def unowned(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[Claim]:
    """Return the open claims that nobody has, most check-worthy first. Raises CursorError."""
    rows = owning.claims_of_nobody().select_related("article").order_by("-check_worthiness", "id")
    return paged(rows, cursor, size, "check_worthiness", descending=True, ascending_id=True)


def versions(
    *, kind: QueueKind, person: User, cursor: str = "", size: int = PAGE_SIZE
) -> Page[VerdictVersion]:
    """Return the versions of one queue, longest waiting first; published ones newest first."""
    rows = _versions(kind, person).select_related(
        "verdict__claim__article", "rating", "created_by", "submitted_by"
    )
    newest_first = kind.code == "published"
    order = ("-updated_at", "-id") if newest_first else ("updated_at", "id")
    return paged(rows.order_by(*order), cursor, size, "updated_at", descending=newest_first)


def changed(*, cursor: str = "", size: int = PAGE_SIZE) -> Page[Flag]:
    """Return the flags that nobody has acknowledged, longest waiting first. Raises CursorError."""
    rows = _open_flags().select_related(
        "lookup__evidence__claim", "lookup__check_of_source__source", "lookup__extracted"
    )
    rows = rows.defer("lookup__extracted__text").order_by("raised_at", "id")
    return paged(rows, cursor, size, "raised_at", descending=False)


def stale(*, today: date, cursor: str = "", size: int = PAGE_SIZE) -> Page[VerdictVersion]:
    """Return published versions whose day to look again has come, longest past first."""
    rows = _stale(today).select_related(
        "verdict__claim__article", "rating", "created_by", "submitted_by"
    )
    rows = rows.order_by("look_again_on", "id")
    return paged(rows, cursor, size, "look_again_on", descending=False)


def queue_counts(*, person: User, today: date) -> dict[str, str]:
    """Return each queue's size in words; counting stops at COUNT_CAP, so it stays quick."""
    counts = {
        "todo": capped(Claim.objects.filter(state=ClaimState.OPEN, verdict=None)),
        "assigned": capped(owning.claims_of(person)),
        "unowned": capped(owning.claims_of_nobody()),
        "changed": capped(_open_flags()),
        "stale": capped(_stale(today)),
    }
    for kind in QUEUES.values():
        if kind.states:
            counts[kind.code] = capped(_versions(kind, person))
    return counts


def _versions(kind: QueueKind, person: User) -> QuerySet[VerdictVersion]:
    if kind.code == "my_reviews":
        return owning.reviews_of(person)
    if kind.code == "unowned_reviews":
        return owning.reviews_of_nobody()
    rows = VerdictVersion.objects.filter(state=kind.states[0])
    if kind.code == "given_up":
        later = VerdictVersion.objects.filter(
            verdict=OuterRef("verdict"), number__gt=OuterRef("number")
        )
        return rows.filter(~Exists(later))
    if kind.code == "withdrawals":
        open_ones = Withdrawal.objects.filter(Withdrawal.OPEN)
        return rows.filter(pk__in=open_ones.values("version_id"))
    if kind.code == "under_review":
        marks = ReviewMark.objects.filter(closed_at=None)
        return rows.filter(verdict__in=marks.values("verdict_id"))
    return rows.filter(contributors__person=person) if kind.code == "mine" else rows


def _stale(today: date) -> QuerySet[VerdictVersion]:
    return VerdictVersion.objects.filter(
        state=VersionState.PUBLISHED, look_again_on__isnull=False, look_again_on__lte=today
    )


def _open_flags() -> QuerySet[Flag]:
    return Flag.objects.filter(acknowledged_at=None, lookup__evidence__removed_at=None)


def _open_claims(article_ids: list[UUID]) -> dict[UUID, int]:
    rows = Claim.objects.filter(article_id__in=article_ids, state=ClaimState.OPEN)
    counted = rows.order_by().values_list("article_id").annotate(number=Count("id"))
    return dict(counted)


def capped(rows: QuerySet[Any]) -> str:
    """Count rows in words, up to COUNT_CAP, so that it stays quick."""
    number = rows.order_by()[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP:,}+" if number > COUNT_CAP else str(number)


Row = TypeVar("Row", bound=Model)
Value = TypeVar("Value", bound="date | float")
# How a column's value is read from a cursor; a time where nothing else is said.
READ: dict[str, Callable[[Any], date | float | None]] = {
    "check_worthiness": float,
    "look_again_on": parse_date,
    "due_on": parse_date,
}


def paged(
    rows: QuerySet[Row],
    cursor: str,
    size: int,
    column: str,
    *,
    descending: bool,
    ascending_id: bool = False,
) -> Page[Row]:
    """Return one page of rows that are ordered by `column` and id. Raises CursorError.

    One row more than the page holds is read: it tells whether there is a next page.
    """
    if cursor:
        value, row_id = _decode(cursor, READ.get(column, parse_datetime))
        down = "lt" if descending else "gt"
        id_side = "lt" if descending and not ascending_id else "gt"
        # The first condition alone lets the index find the place.
        rows = rows.filter(**{f"{column}__{down}e": value}).filter(
            Q(**{f"{column}__{down}": value}) | Q(**{column: value, f"id__{id_side}": row_id})
        )
    found = list(rows[: size + 1])
    last = found[size - 1] if len(found) > size else None
    next_cursor = _encode(getattr(last, column), last.pk) if last else ""
    return Page(found[:size], next_cursor, not cursor)


def _encode(value: date | float, row_id: UUID) -> str:
    written = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(json.dumps([written, str(row_id)]).encode()).decode()


def _decode(cursor: str, read: Callable[[Any], Value | None]) -> tuple[Value, UUID]:
    try:
        written, row_id = json.loads(base64.urlsafe_b64decode(cursor))
        value = read(written)
        if value is None:
            raise CursorError
        return value, UUID(row_id)
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error
