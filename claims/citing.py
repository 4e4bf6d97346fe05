"""The sources of an article: those that its text cites, and those that people add."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims.models import (
    Appearance,
    Article,
    ArticleRevision,
    Citation,
    CitationPlace,
    Claim,
    Sentence,
)
from factcheck.accounts.models import User
from factcheck.audit.trail import record
from factcheck.errors import FactcheckError
from sources import capturing, uploading
from sources.models import CaptureRequest, Source

# An article that links to more than this is a list of links; people add what matters.
MAX_CITED = 50


@transaction.atomic
def cite(*, article: Article, url: str, by: User, at: datetime) -> tuple[Citation, CaptureRequest]:
    """Add a source to the article and ask for a capture of it.

    A source that is there already stays as it is, and is captured anew. Raises the sources'
    address errors for an address that would never be fetched.
    """
    request = capturing.request_capture(url=url, by=by, at=at)
    return _add(article, request.source, by, at), request


@transaction.atomic
def cite_file(
    *, article: Article, data: bytes, file_name: str, title: str, by: User, at: datetime
) -> tuple[Citation, uploading.Upload]:
    """Keep a file and add it to the article's sources. Raises as sources.uploading.keep does."""
    upload = uploading.keep(data=data, file_name=file_name, title=title, by=by, at=at)
    return _add(article, upload.source, by, at), upload


def _add(article: Article, source: Source, by: User, at: datetime) -> Citation:
    citation, is_new = Citation.objects.get_or_create(
        article=article, source=source, defaults={"added_by": by, "added_at": at}
    )
    if is_new:
        data = {"source": str(source.pk), "url": source.url}
        record(action="article.source_added", target=article, by=by, at=at, data=data)
    return citation


def cite_links(
    *,
    revision: ArticleRevision,
    links: Iterable[tuple[str, str]],
    by: User | None,
    at: datetime,
) -> list[UUID]:
    """Keep the links (address, words) of a revision's text; ask for a capture of each.

    Returns the capture requests to ring for. Links that can never be fetched (mail addresses,
    private hosts) are passed over: an article may well hold some.
    """
    requested: list[UUID] = []
    place = 0
    for url, link_text in list(links)[:MAX_CITED]:
        try:
            with transaction.atomic():
                request = capturing.request_capture(url=url, by=by, at=at, obey_robots=True)
        except FactcheckError:
            continue
        requested.append(request.pk)
        citation, _ = Citation.objects.get_or_create(
            article=revision.article, source=request.source, defaults={"added_at": at}
        )
        words = " ".join(link_text.split())
        start = revision.text.find(words, place) if words else -1
        if start >= 0:
            place = start + len(words)
            citation.places.get_or_create(
                revision=revision, start=start, defaults={"end": start + len(words)}
            )
    return list(dict.fromkeys(requested))


def of_claim(claim: Claim) -> set[UUID]:
    """Return the sources that the claim's own sentences cite in the newest revision."""
    revision = claim.article.revision
    sentences = Sentence.objects.filter(
        revision=revision,
        start__lt=OuterRef("end"),
        end__gt=OuterRef("start"),
    )
    around = Appearance.objects.filter(claim=claim, revision=revision).filter(
        start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    citing = CitationPlace.objects.filter(revision=revision).filter(
        Exists(sentences.filter(Exists(around)))
    )
    return set(citing.values_list("citation__source_id", flat=True))


def waiting_requests(article: Article) -> list[UUID]:
    """Return the article's capture requests that have not been finished, to ring for."""
    sources = article.citations.values("source_id")
    open_states = ("queued", "running")
    rows = CaptureRequest.objects.filter(source_id__in=sources, state__in=open_states)
    return list(rows.values_list("pk", flat=True))
