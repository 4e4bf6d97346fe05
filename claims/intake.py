"""Bringing an article in: its bytes are kept, its text becomes an immutable revision."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from claims import citing, revising, splitting
from claims.models import Article, ArticleRevision
from claims.reading import ArticleTooLargeError, Reading, read, read_html, read_text
from claims.states import ArticleLanguage, ArticleState
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import FactcheckError, Refused
from sources import blobs, capturing
from sources.models import Blob, CaptureRequest


class ArticleStateError(Refused):
    """The article is not one that can be fetched again."""

    code = "article_not_failed"


@transaction.atomic
def add_text(
    *,
    title: str,
    text: str,
    by: User | None,
    at: datetime,
    html: str = "",
    url: str = "",
    publisher: str = "",
    published_on: date | None = None,
    language: str = ArticleLanguage.ENGLISH,
    key: UUID | None = None,
) -> Article:
    """Add an article from pasted text and split it; `html` is the same as rich text, with links.

    With a `key` that the person used before, it is a no-op that returns the article there is.
    Raises the errors of claims/reading.py.
    """
    reading = read_html(html) if html.strip() else read_text(text)
    return _add(
        reading,
        data=(html if html.strip() else text).encode(),
        title=title or reading.title,
        by=by,
        at=at,
        url=url,
        publisher=publisher,
        published_on=published_on,
        language=language,
        key=key,
    )


@transaction.atomic
def add_file(
    *,
    title: str,
    data: bytes,
    filename: str,
    by: User | None,
    at: datetime,
    url: str = "",
    publisher: str = "",
    published_on: date | None = None,
    language: str = ArticleLanguage.ENGLISH,
    key: UUID | None = None,
) -> Article:
    """Add an article from a file and split it.

    The file's own bytes are kept. `key` as in `add_text`. Raises the errors of claims/reading.py.
    """
    if len(data) > settings.ARTICLE_MAX_BYTES:
        raise ArticleTooLargeError(limit=f"{settings.ARTICLE_MAX_BYTES // 1_000_000} MB")
    reading = read(data, filename=filename)
    return _add(
        reading,
        data=data,
        title=title or reading.title or filename,
        by=by,
        at=at,
        url=url,
        publisher=publisher,
        published_on=published_on,
        language=language,
        key=key,
    )


@transaction.atomic
def revise(
    *, article: Article, data: bytes, filename: str, by: User, at: datetime
) -> ArticleRevision:
    """Add a corrected text of the article as its next revision, and carry the claims over.

    The same text again is a no-op. Raises ArticleStateError and the errors of claims/reading.py.
    """
    if len(data) > settings.ARTICLE_MAX_BYTES:
        raise ArticleTooLargeError(limit=f"{settings.ARTICLE_MAX_BYTES // 1_000_000} MB")
    reading = read(data, filename=filename)
    article = Article.objects.select_for_update().get(pk=article.pk)
    previous = article.revision
    if article.state != ArticleState.READY or previous is None:
        raise ArticleStateError
    if previous.text == reading.text:
        return previous
    _make_ready(article, reading, blobs.keep(data, at=at), by, at)
    revision = article.revision
    assert revision is not None  # noqa: S101 (made on the line above)
    record(
        action="article.revised", target=article, by=by, at=at, data={"revision": revision.number}
    )
    return revision


@transaction.atomic
def add_url(
    *,
    url: str,
    by: User,
    at: datetime,
    title: str = "",
    language: str = ArticleLanguage.ENGLISH,
    publisher: str = "",
    published_on: date | None = None,
    key: UUID | None = None,
) -> Article:
    """Add an article by its address; its text arrives when a worker has fetched it.

    With a `key` that the person used before, it is a no-op that returns the article there is.
    Raises the sources' address errors.
    """
    request = capturing.request_capture(url=url, by=by, at=at)
    article, is_new = _enter(
        title=title or urlsplit(request.source.url).netloc,
        url=request.source.url,
        publisher=publisher,
        published_on=published_on,
        state=ArticleState.WAITING,
        language=language,
        capture_request=request,
        by=by,
        at=at,
        key=key,
    )
    if is_new:
        record(action="article.added", target=article, by=by, at=at, data={"url": article.url})
    return article


@transaction.atomic
def retry(*, article: Article, by: User, at: datetime) -> Article:
    """Fetch a failed article again. Waiting already is a no-op; raises ArticleStateError."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.state == ArticleState.WAITING:
        return article
    if article.state != ArticleState.FAILED:
        raise ArticleStateError
    article.capture_request = capturing.request_capture(url=article.url, by=by, at=at)
    article.state, article.error_code = ArticleState.WAITING, ""
    article.save(update_fields=["capture_request", "state", "error_code"])
    record(action="article.retried", target=article, by=by, at=at)
    return article


def bring_in(*, article_id: UUID, clock: Callable[[], datetime]) -> list[UUID]:
    """Fetch a waiting article and read it; a second call finds nothing to do.

    The capture's own row says whether the fetch is done, running elsewhere or failed. Returns
    the capture requests of the sources that the article cites, to ring for.
    """
    article = Article.objects.filter(pk=article_id, state=ArticleState.WAITING).first()
    if article is None or article.capture_request_id is None:
        return []
    request = capturing.run(request_id=article.capture_request_id, at_clock=clock)
    if request.state not in ("done", "failed"):
        return []
    return finish(article_id=article_id, at=clock())


@transaction.atomic
def finish(*, article_id: UUID, at: datetime) -> list[UUID]:
    """Make the capture of a waiting article its first revision, or say why that failed."""
    article = Article.objects.select_for_update().get(pk=article_id)
    request = article.capture_request
    if article.state != ArticleState.WAITING or request is None:
        return []
    if request.capture is None:
        _fail(article, request.error_code, at)
        return []
    capture = request.capture
    try:
        reading = read(blobs.read(capture.body_digest), filename="", media_type=capture.media_type)
    except FactcheckError as error:
        _fail(article, error.code, at)
        return []
    if reading.title and article.title == urlsplit(article.url).netloc[:300]:
        # Nobody gave it a title, so the page's own one serves.
        article.title = reading.title[:300]
    original = Blob.objects.get(pk=capture.body_digest)
    return _make_ready(article, reading, original, article.created_by, at)


def due(*, at: datetime, limit: int = 100) -> list[UUID]:
    """Return waiting articles whose capture is finished or can be started, oldest first."""
    waiting = Article.objects.filter(state=ArticleState.WAITING).order_by("created_at")
    open_requests = set(capturing.due(at=at))
    finished = CaptureRequest.objects.filter(state__in=("done", "failed"))
    ready = set(waiting.filter(capture_request__in=finished).values_list("pk", flat=True)[:limit])
    startable = set(
        waiting.filter(capture_request__in=open_requests).values_list("pk", flat=True)[:limit]
    )
    return sorted(ready | startable)


def _add(
    reading: Reading,
    *,
    data: bytes,
    title: str,
    by: User | None,
    at: datetime,
    url: str,
    publisher: str,
    published_on: date | None,
    language: str,
    key: UUID | None,
) -> Article:
    article, is_new = _enter(
        title=title,
        url=url,
        publisher=publisher,
        published_on=published_on,
        language=language,
        state=ArticleState.READY,
        by=by,
        at=at,
        key=key,
    )
    if not is_new:
        return article
    record(action="article.added", target=article, by=by, at=at, data={"title": article.title})
    _make_ready(article, reading, blobs.keep(data, at=at), by, at)
    return article


def _enter(
    *,
    title: str,
    by: User | None,
    at: datetime,
    key: UUID | None,
    **fields: Any,  # noqa: ANN401 (the article's other columns)
) -> tuple[Article, bool]:
    """Make the article's row, once for a key: of two at the same time the second waits for it."""
    made = fields | {"title": title[:300], "created_at": at}
    if key is None:
        return Article.objects.create(created_by=by, **made), True
    return Article.objects.get_or_create(created_by=by, intake_key=key, defaults=made)


def _make_ready(
    article: Article, reading: Reading, original: Blob, by: User | None, at: datetime
) -> list[UUID]:
    previous = article.revision
    revision = ArticleRevision.objects.create(
        article=article,
        number=previous.number + 1 if previous else 1,
        text=reading.text,
        text_sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        original=original,
        media_type=reading.media_type,
        extractor=reading.extractor,
        created_by=by,
        created_at=at,
    )
    article.state, article.error_code = ArticleState.READY, ""
    article.save(update_fields=["state", "error_code", "title"])
    if previous:
        revising.carry_claims(previous=previous, revision=revision, by=by, at=at)
    splitting.split_article(article=article, by=by, at=at)
    if previous:
        revising.carry_decisions(previous=previous, revision=revision, by=by)
        revising.carry_places(previous=previous, revision=revision)
    return citing.cite_links(revision=revision, links=reading.links, by=by, at=at)


def _fail(article: Article, code: str, at: datetime) -> None:
    article.state, article.error_code = ArticleState.FAILED, code
    article.save(update_fields=["state", "error_code"])
    record(action="article.failed", target=article, by=None, at=at, data={"code": code})
