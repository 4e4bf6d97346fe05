import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.reviews import Review, read
from claims.reviews import reading as module

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/ferry",
    "claimReviewed": "The ferry carried 41,200 passengers in 2019.",
    "headline": "Did it?",
    "datePublished": "2020-02-03T10:00:00Z",
    "author": {"@type": "Organization", "name": "The Example Desk"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "The harbour board"},
        "datePublished": "2020-01-31",
    },
    "reviewRating": {"@type": "Rating", "alternateName": "Mostly &amp; <b>true</b>"},
}
KEPT = Review(
    url="https://desk.example/ferry",
    text="The ferry carried 41,200 passengers in 2019.",
    rating="Mostly & true",
    reviewer="The Example Desk",
    title="Did it?",
    claimant="The harbour board",
    claimed_on=date(2020, 1, 31),
    reviewed_on=date(2020, 2, 3),
)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def page(*blocks: bytes) -> bytes:
    scripts = b"".join(
        b'<script type="application/ld+json; charset=utf-8">' + b + b"</script>" for b in blocks
    )
    return b"<!doctype html><html><head>" + scripts + b"</head><p>Text.</p></html>"


@pytest.mark.parametrize(
    "document",
    [
        as_json(REVIEW),
        b"\xef\xbb\xbf  " + as_json([REVIEW]),
        as_json({"@graph": [{"@type": "WebPage"}, REVIEW]}),
        as_json({"@type": "DataFeed", "dataFeedElement": [{"item": [REVIEW]}]}),
        as_json({**REVIEW, "@type": ["Review", "http://schema.org/ClaimReview"]}),
        page(b'{"@type": "WebSite"}', as_json(REVIEW)),
    ],
)
def test_a_review_is_found_wherever_it_stands(document: bytes) -> None:
    found = read(document)
    assert (found.reviews, dict(found.refused), found.problems) == ([KEPT], {}, [])


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in REVIEW.items() if key != name}


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (without("claimReviewed"), "no_claim"),
        ({**REVIEW, "claimReviewed": " … "}, "no_claim"),
        ({**REVIEW, "claimReviewed": {"a": 1}}, "no_claim"),
        (without("reviewRating"), "no_rating"),
        ({**REVIEW, "reviewRating": {"ratingValue": True}}, "no_rating"),
        (without("url"), "no_address"),
        ({**REVIEW, "url": "javascript:alert(1)"}, "bad_address"),
        ({**REVIEW, "url": "https://desk.example/" + "a" * 3000}, "bad_address"),
    ],
)
def test_a_bad_review_is_counted_and_costs_no_other(node: dict[str, Any], reason: str) -> None:
    found = read(as_json([node, REVIEW]))
    assert found.reviews == [KEPT]
    assert dict(found.refused) == {reason: 1}


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"ratingValue": 2, "bestRating": "5"}, "2 of 5"),
        ({"ratingValue": "1"}, "1"),
        ([{"name": "Pants on fire"}], "Pants on fire"),
    ],
)
def test_ratings_without_words_of_their_own(rating: object, words: str) -> None:
    assert read(as_json({**REVIEW, "reviewRating": rating})).reviews[0].rating == words


def test_a_desk_without_a_name_is_called_by_its_host() -> None:
    (found,) = read(as_json({**without("author"), "claimReviewed": "A\x00 claim\ud800"})).reviews
    assert (found.reviewer, found.text) == ("desk.example", "A claim")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "neither JSON nor a page"),
        (b"<p>Nothing here.</p>", "holds no ClaimReview"),
        (b"{not json", "no JSON that can be read"),
        (b"[" * 100_000, "no JSON that can be read"),
        (b"[" * 80 + b"{}" + b"]" * 80, "lie too deep"),
    ],
)
def test_a_document_without_a_review_says_why(document: bytes, words: str) -> None:
    found = read(document)
    assert found.reviews == []
    assert words in " ".join(found.problems)


def test_a_document_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 3)
    assert "too many parts" in " ".join(read(as_json([[], [], [], [REVIEW]])).problems)
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert "larger than" in " ".join(read(as_json(REVIEW)).problems)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*REVIEW, "name", "@graph", "ratingValue"]), inner)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(list(REVIEW)), json_values))
def test_no_review_can_break_the_reading(node: dict[str, Any]) -> None:
    found = read(as_json([{**node, "@type": "ClaimReview"}, REVIEW]))
    assert found.reviews[-1] == KEPT


@given(st.binary(max_size=400))
def test_no_bytes_can_break_the_reading(document: bytes) -> None:
    found = read(document)
    assert found.problems or found.reviews or found.refused
