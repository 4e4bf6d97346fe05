import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from claims.models import Published
from factcheck.accounts.models import User
from factcheck.api import keys
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/verdicts/"


@pytest.fixture
def key(admin: User) -> str:
    return keys.issue(partner="The Example Times", by=admin, at=timezone.now())[1]


@pytest.fixture
def published(checker: User, editor: User) -> UUID:
    return factories.published(by=checker, editor=editor).verdict_id


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["code"], body["status"]) == (code, status)
    assert set(body) == {"type", "title", "status", "code", "detail"}
    return body


def test_an_empty_desk_has_an_empty_list(client: Client) -> None:
    assert client.get(LIST).json() == {"results": [], "next": None}


def test_a_published_verdict_says_what_it_rests_on(
    client: Client, published: UUID, key: str
) -> None:
    answer = client.get(f"{LIST}{published}/", headers={"authorization": f"Bearer {key}"})
    body = answer.json()
    row = Published.objects.get(pk=published)
    assert (body["seq"], body["id"], body["state"]) == (1, str(published), "published")
    assert body["digest"] == row.version.digest
    assert body["rating"]["code"] == "true"
    (evidence,) = body["evidence"]
    assert evidence["quote"]["exact"] == "41,200 passengers"
    capture = row.version.verdict.claim.evidence.get().extracted.capture
    assert evidence["capture"]["digest"] == capture.digest
    approver = row.version.approvals.get().editor
    assert [approval["editor"] for approval in body["approvals"]] == [str(approver)]


def test_drafts_and_versions_in_review_stay_inside(client: Client, checker: User) -> None:
    version = factories.in_review(by=checker)
    assert client.get(LIST).json()["results"] == []
    problem(client.get(f"{LIST}{version.verdict_id}/"), 404, "not_found")


def test_the_same_address_gives_a_claim_review(client: Client, published: UUID) -> None:
    answer = client.get(f"{LIST}{published}/", headers={"accept": "application/ld+json"})
    assert answer["Content-Type"] == "application/ld+json"
    review = answer.json()
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 5,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "True",
        "name": [
            {"@value": "True", "@language": "en"},
            {"@value": "Verdadero", "@language": "es"},
        ],
        "identifier": {"@type": "PropertyValue", "propertyID": "bucket", "value": "true"},
    }
    assert review["url"].endswith(f"/verdicts/{published}/")
    assert review["itemReviewed"]["appearance"]["headline"] == "The ferry"


def test_the_list_comes_in_both_forms_too(client: Client, published: UUID) -> None:
    graph = client.get(LIST, headers={"accept": "application/ld+json"}).json()["@graph"]
    assert [review["@type"] for review in graph] == ["ClaimReview"]
    assert str(published) in graph[0]["url"]


def test_pages_follow_the_sequence_without_a_gap(
    client: Client, checker: User, editor: User
) -> None:
    for _ in range(5):
        factories.published(by=checker, editor=editor)
    seen, address = [], f"{LIST}?limit=2"
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= 2
        seen += [verdict["seq"] for verdict in page["results"]]
        address = page["next"]
    assert seen == [1, 2, 3, 4, 5]
    after = client.get(f"{LIST}?after=4").json()
    assert [verdict["seq"] for verdict in after["results"]] == [5]


def test_a_list_costs_the_same_queries_whatever_its_length(
    client: Client, checker: User, editor: User, django_assert_num_queries: Any
) -> None:
    factories.published(by=checker, editor=editor)
    with django_assert_num_queries(1):
        client.get(LIST)
    factories.published(by=checker, editor=editor)
    factories.published(by=checker, editor=editor)
    with django_assert_num_queries(1):
        client.get(LIST)


def test_an_unchanged_verdict_answers_304(client: Client, published: UUID) -> None:
    address = f"{LIST}{published}/"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    review = {"accept": "application/ld+json"}
    other = client.get(address, headers=review)
    assert other["ETag"] != etag
    assert client.get(address, headers={**review, "if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=201", "limit=٣"])
def test_parameters_out_of_range_are_named(client: Client, query: str) -> None:
    body = problem(client.get(f"{LIST}?{query}"), 400, "invalid_parameter")
    assert query.split("=", maxsplit=1)[0] in body["detail"]


def test_errors_are_problem_details(client: Client, published: UUID) -> None:
    problem(client.post(LIST), 405, "method_not_allowed")
    problem(client.get(LIST, headers={"accept": "text/csv"}), 406, "not_acceptable")
    problem(client.get("/api/v1/nothing/"), 404, "not_found")
    problem(client.get("/api/v1/verdicts/not-a-uuid/"), 404, "not_found")


@pytest.mark.parametrize("header", ["Bearer fc_wrong", "Basic abc", "Bearer "])
def test_a_wrong_key_is_refused_and_not_taken_for_none(client: Client, header: str) -> None:
    answer = client.get(LIST, headers={"authorization": header})
    problem(answer, 401, "invalid_key")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_is_refused(client: Client, admin: User, key: str) -> None:
    row = keys.find(key)
    assert row is not None
    keys.revoke(key=row, by=admin, at=timezone.now())
    answer = client.get(LIST, headers={"authorization": f"Bearer {key}"})
    problem(answer, 401, "invalid_key")


def test_a_partner_s_keys_are_revoked_by_a_command(client: Client, key: str) -> None:
    call_command("revoke_keys", "The Example Times", stdout=io.StringIO())
    problem(client.get(LIST, headers={"authorization": f"Bearer {key}"}), 401, "invalid_key")
    with pytest.raises(CommandError, match="No live key was issued for The Example Times"):
        call_command("revoke_keys", "The Example Times")


def test_the_key_itself_is_not_kept(key: str) -> None:
    row = keys.find(key)
    assert row is not None
    assert key not in json.dumps({f.name: str(getattr(row, f.name)) for f in row._meta.fields})


def test_strangers_are_slowed_down_and_partners_are_not(
    client: Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"anonymous": "2/min", "key": "100/min"}
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES", rates)
    assert [client.get(LIST).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get(LIST)
    problem(answer, 429, "throttled")
    assert int(answer["Retry-After"]) > 0
    partner = client.get(LIST, headers={"authorization": f"Bearer {key}"})
    assert partner.status_code == 200
