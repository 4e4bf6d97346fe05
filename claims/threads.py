"""Reading comments: the threads of a claim in pages, and the places of an article that have any."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from claims.commenting import may_edit
from claims.listing import Page, paged
from claims.models import Article, ArticleRevision, Claim, Comment, Mention, Thread
from claims.remarks import Piece, pieces, stands_at
from claims.together_states import CommentPlace
from factcheck.accounts.models import User

SIZE = 10  # threads of a page
REPLIES = 3  # the newest answers that a list shows of each thread
MOST_PLACES = 300  # threads that are looked up in one article's text


@dataclass(frozen=True)
class CommentRow:
    """A comment for a page: cut into words, links and names; empty when it was deleted."""

    comment: Comment
    pieces: tuple[Piece, ...]
    can_edit: bool
    is_mine: bool


@dataclass(frozen=True)
class ThreadRow:
    """A thread with its first comment and its newest answers.

    `stands` is whether the words that it is about still stand there.
    """

    thread: Thread
    first: CommentRow | None
    replies: tuple[CommentRow, ...]
    hidden: int
    stands: bool
    in_article: int | None = None


@dataclass(frozen=True)
class CommentedPlace:
    """Words of an article that were commented on, and how many comments there are."""

    start: int
    end: int
    threads: tuple[UUID, ...]
    claim: UUID
    comments: int


def of_claim(
    claim: Claim,
    *,
    person: User,
    at: datetime,
    settled: bool = False,
    cursor: str = "",
    focus: UUID | None = None,
    size: int = SIZE,
) -> Page[ThreadRow]:
    """Return a page of the claim's threads, newest first: the open ones, or those settled.

    The thread `focus` stands first on the first page, whichever it is. Raises CursorError.
    """
    rows = _threads().filter(claim=claim, resolved_at__isnull=not settled)
    if focus:
        rows = rows.exclude(pk=focus)
    page = paged(rows.order_by("-created_at", "-id"), cursor, size, "created_at", descending=True)
    found = list(page.items)
    if focus and not cursor:
        found = [*_threads().filter(claim=claim, pk=focus), *found]
    return Page(_rows(found, claim, person, at), page.next_cursor, page.is_first)


def counts(claim: Claim) -> tuple[int, int]:
    """Return how many threads of the claim are open and how many settled; one query."""
    found = Thread.objects.filter(claim=claim).aggregate(
        all=Count("pk"), settled=Count("pk", filter=Q(resolved_at__isnull=False))
    )
    return found["all"] - found["settled"], found["settled"]


def one(thread: Thread, *, person: User, at: datetime) -> ThreadRow:
    """Return one thread as the claim's page lists it."""
    found = _threads().get(pk=thread.pk)
    return _rows([found], found.claim, person, at)[0]


def comments_of(
    thread: Thread, *, person: User, at: datetime, cursor: str = "", size: int = 30
) -> Page[CommentRow]:
    """Return a page of all comments of a thread, oldest first. Raises CursorError."""
    rows = _comments().filter(thread=thread).order_by("at", "id")
    page = paged(rows, cursor, size, "at", descending=False)
    items = [_row(comment, person, at) for comment in page.items]
    return Page(items, page.next_cursor, page.is_first)


def places_in(article: Article, revision: ArticleRevision) -> list[CommentedPlace]:
    """Return where the revision's text has open comments; words that are gone are left out."""
    rows = (
        Thread.objects.filter(
            revision__article=article, place=CommentPlace.ARTICLE, resolved_at=None
        )
        .annotate(number=Count("comments", filter=Q(comments__deleted_at=None)))
        .order_by("created_at", "id")[:MOST_PLACES]
    )
    found: dict[tuple[int, int], CommentedPlace] = {}
    for thread in rows:
        start = stands_at(revision.text, thread.exact, thread.start or 0)
        if start is None or not (number := getattr(thread, "number", 0)):
            continue
        key = (start, start + len(thread.exact))
        known = found.get(key) or CommentedPlace(*key, (), thread.claim_id, 0)
        found[key] = replace(
            known, threads=(*known.threads, thread.pk), comments=known.comments + number
        )
    return list(found.values())


def _threads() -> QuerySet[Thread]:
    return Thread.objects.select_related(
        "claim", "evidence", "version", "created_by", "resolved_by"
    )


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("by").prefetch_related("mentions__person")


def _rows(found: list[Thread], claim: Claim, person: User, at: datetime) -> list[ThreadRow]:
    comments, totals = _shown([thread.pk for thread in found])
    in_article = any(thread.place == CommentPlace.ARTICLE for thread in found)
    revision = claim.article.revision if in_article else None
    rows = []
    for thread in found:
        shown = [_row(comment, person, at) for comment in comments[thread.pk]]
        place = _place(thread, revision)
        rows.append(
            ThreadRow(
                thread=thread,
                first=shown[0] if shown else None,
                replies=tuple(shown[1:]),
                hidden=totals[thread.pk] - len(shown),
                stands=place is not None,
                in_article=place if thread.place == CommentPlace.ARTICLE else None,
            )
        )
    return rows


def _shown(threads: Collection[UUID]) -> tuple[dict[UUID, list[Comment]], dict[UUID, int]]:
    """Return the first and the newest comments of each thread, and how many each has."""
    number = Window(RowNumber(), partition_by="thread", order_by=["at", "id"])
    back = Window(RowNumber(), partition_by="thread", order_by=[F("at").desc(), F("id").desc()])
    rows = (
        _comments()
        .filter(thread__in=threads)
        .annotate(number=number, back=back)
        .filter(Q(number=1) | Q(back__lte=REPLIES))
        .order_by("at", "id")
    )
    comments: dict[UUID, list[Comment]] = defaultdict(list)
    totals: dict[UUID, int] = defaultdict(int)
    for comment in rows:
        comments[comment.thread_id].append(comment)
        last = getattr(comment, "number", 0) + getattr(comment, "back", 0) - 1
        totals[comment.thread_id] = last
    return comments, totals


def _place(thread: Thread, revision: ArticleRevision | None) -> int | None:
    """Return where the thread's words stand now, or None where they are gone."""
    if thread.evidence is not None:
        return (thread.start or 0) if thread.evidence.removed_at is None else None
    text = ""
    if thread.place == CommentPlace.ARTICLE and revision is not None:
        text = revision.text
    elif thread.version is not None:
        text = thread.version.words(thread.block)
    if not thread.exact:
        return 0
    return stands_at(text, thread.exact, thread.start or 0)


def _row(comment: Comment, person: User, at: datetime) -> CommentRow:
    deleted = comment.deleted_at is not None
    return CommentRow(
        comment=comment,
        pieces=() if deleted else pieces(comment.text, _names(comment.mentions.all())),
        can_edit=may_edit(comment, person, at),
        is_mine=comment.by_id == person.pk and not deleted,
    )


def _names(mentions: Iterable[Mention]) -> set[str]:
    return {mention.person.username for mention in mentions}
