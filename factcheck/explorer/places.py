"""Where the thing that an event speaks of is found, as long as it exists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from factcheck.audit.models import Event


@dataclass(frozen=True)
class Place:
    """A page: its name, what it is called, and the path from the row to the page's key."""

    view: str
    words: str
    key: str = "pk"


PLACES = {
    "claims.article": Place("claims:article", "the article"),
    "claims.calculation": Place("claims:claim", "the claim", "claim_id"),
    "claims.claim": Place("claims:claim", "the claim"),
    "claims.evidence": Place("claims:claim", "the claim", "claim_id"),
    "claims.number": Place("claims:article", "the article", "revision__article_id"),
    "claims.proposalrun": Place("claims:article", "the article", "revision__article_id"),
    "claims.ratingscale": Place("claims:scale", "the scale"),
    "claims.sentence": Place("claims:article", "the article", "revision__article_id"),
    "claims.verdictversion": Place("claims:approval", "the verdict"),
    "sources.capture": Place("sources:capture", "the capture"),
    "sources.capturerequest": Place("sources:source", "the source", "source_id"),
    "sources.daystamp": Place("sources:capture", "the capture", "capture_id"),
    "sources.readingrequest": Place("sources:capture", "the capture", "capture_id"),
    "sources.rendering": Place("sources:capture", "the capture", "capture_id"),
    "sources.replica": Place("sources:source", "the source", "source_id"),
    "sources.source": Place("sources:source", "the source"),
}
Key = tuple[str, str]


@dataclass(frozen=True)
class Where:
    """A link to a page and what it is called."""

    href: str
    words: str


def find(events: Iterable[Event]) -> dict[Key, Where]:
    """Return the pages of what the events speak of: one query for each kind of thing."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.target_type in PLACES:
            wanted[event.target_type].add(event.target_id)
    return {
        (kind, str(pk)): Where(reverse(PLACES[kind].view, args=[key]), PLACES[kind].words)
        for kind, ids in wanted.items()
        for pk, key in _keys(kind, ids)
    }


def _keys(kind: str, ids: set[str]) -> list[tuple[object, object]]:
    rows = apps.get_model(kind)._default_manager  # noqa: SLF001 (Django's public spelling)
    try:
        return list(rows.filter(pk__in=ids).values_list("pk", PLACES[kind].key))
    except (ValueError, ValidationError):
        # An id that somebody wrote by hand into the trail is no key of this table.
        return []
