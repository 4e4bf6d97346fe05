import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims import importing
from claims.models import EarlierClaim
from tests.claims.reviews.test_reading import REVIEW, as_json, page
from tests.factories import AT
from tests.servers.local_site import LocalSite, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings: Any) -> Iterator[LocalSite]:
    with LocalSite() as running:
        settings.LOOPBACK_PORTS = frozenset({running.port})
        yield running


def test_a_feed_in_a_file(tmp_path: Path) -> None:
    bad = {**REVIEW, "claimReviewed": ""}
    feed = tmp_path / "feed.json"
    feed.write_bytes(as_json({"@type": "DataFeed", "dataFeedElement": [REVIEW, bad]}))
    first = importing.bring_in(place=str(feed), at=AT)
    again = importing.bring_in(place=str(feed), at=AT)
    assert (first.kept.new, first.reasons, first.failed) == (
        1,
        ["1 left out: it does not say which claim was reviewed"],
        False,
    )
    assert (again.kept.new, again.kept.known) == (0, 1)
    assert EarlierClaim.objects.get().reviewer == "The Example Desk"


def test_a_page_on_the_web(site: LocalSite) -> None:
    site.pages["/review"] = Page(page(as_json(REVIEW)))
    found = importing.bring_in(place=site.url("/review"), at=AT)
    assert (found.kept.new, found.problems) == (1, ())
    assert b"Accept: application/ld+json" in site.requests[0]


def test_a_page_that_is_not_there(site: LocalSite) -> None:
    found = importing.bring_in(place=site.url("/none"), at=AT)
    assert found.failed
    assert found.problems


@pytest.mark.parametrize("place", ["/nowhere/at-all.json", "a\x00b", "http://10.0.0.1/feed.json"])
def test_a_place_that_cannot_be_read_says_why(place: str) -> None:
    found = importing.bring_in(place=place, at=AT)
    assert found.failed
    assert len(found.problems) == 1


def test_what_could_be_read_is_kept_and_the_rest_is_told(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page(as_json(REVIEW), b"{broken"))
    found = importing.bring_in(place=str(file), at=AT)
    assert (found.kept.new, found.failed) == (1, False)
    assert found.problems == ("a part of it is no JSON that can be read",)


def test_many_reviews_come_in_batches(tmp_path: Path) -> None:
    reviews = [{**REVIEW, "url": f"https://desk.example/{n}"} for n in range(1100)]
    file = tmp_path / "feed.json"
    file.write_text(json.dumps(reviews))
    assert importing.bring_in(place=str(file), at=AT).kept.new == 1100
    assert EarlierClaim.objects.count() == 1100
