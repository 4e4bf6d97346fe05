"""Where a claim stands in its article: its passages, the words around them, its neighbours."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Min, Q

from claims.models import Appearance, Claim, Sentence
from claims.states import ClaimState
from claims.views.dates import DateWords, date_words
from claims.views.quantities import QuantityWords, quantity_words


@dataclass(frozen=True)
class Excerpt:
    """The sentences around a place of the claim, cut at the claim's own words."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True)
class Neighbours:
    """The claims before and after this one in the article, where there are any."""

    previous: UUID | None
    following: UUID | None


def places_of(found: Claim) -> list[Appearance]:
    """Return the claim's passages in the newest revision that holds it, as they stand."""
    rows = (
        found.appearances.select_related("revision")
        .prefetch_related("quantities", "dates")
        .order_by("-revision__number", "start", "end")
    )
    places = list(rows)
    return [place for place in places if place.revision_id == places[0].revision_id]


def quantities_of(places: list[Appearance]) -> list[QuantityWords]:
    """Return the passages' quantities in words."""
    return [quantity_words(quantity) for place in places for quantity in place.quantities.all()]


def dates_of(places: list[Appearance]) -> list[DateWords]:
    """Return the passages' dates as written and as read."""
    return [
        date_words(place.revision.text[found.start : found.end], found.iso)
        for place in places
        for found in place.dates.all()
    ]


def excerpts(places: list[Appearance]) -> list[Excerpt]:
    """Return the sentences around each passage."""
    around = Q(pk=None)
    for place in places:
        around |= Q(revision_id=place.revision_id, start__lt=place.end, end__gt=place.start)
    rows = Sentence.objects.filter(around).values_list("revision_id", "start", "end")
    return [_excerpt(place, list(rows)) for place in places]


def neighbours(found: Claim) -> Neighbours:
    """Return the open claims before and after this one in the newest text."""
    newest = Q(appearances__revision=found.article.revision)
    ordered = list(
        Claim.objects.filter(article_id=found.article_id, state=ClaimState.OPEN)
        .annotate(at=Min("appearances__start", filter=newest))
        .order_by(F("at").asc(nulls_last=True), "pk")
        .values_list("pk", flat=True)
    )
    if found.pk not in ordered:
        return Neighbours(None, None)
    place = ordered.index(found.pk)
    following = ordered[place + 1] if place + 1 < len(ordered) else None
    return Neighbours(ordered[place - 1] if place else None, following)


def _excerpt(place: Appearance, sentences: list[tuple[int, int, int]]) -> Excerpt:
    edges = [
        (start, end)
        for revision, start, end in sentences
        if revision == place.revision_id and start < place.end and end > place.start
    ]
    start = min([place.start, *(left for left, _ in edges)])
    end = max([place.end, *(right for _, right in edges)])
    text = place.revision.text
    return Excerpt(text[start : place.start], place.exact, text[place.end : end])
