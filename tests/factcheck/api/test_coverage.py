import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from tests import factories
from tests.factcheck.api.test_schema import as_json_schema

pytestmark = pytest.mark.django_db


def test_partners_see_what_was_checked_and_what_was_left_out(
    client: Client, checker: User, editor: User
) -> None:
    version = factories.published(by=checker, editor=editor)
    article = version.verdict.claim.article
    found = client.get(f"/api/v1/articles/{article.pk}/coverage/").json()
    assert found["sentence_counts"] == {"claims": 2, "dismissed": 1, "pending": 0}
    assert found["number_counts"] == {"claims": 2, "dismissed": 0, "pending": 0}
    assert [entry["disposition"] for entry in found["sentences"]] == ["claim", "claim", "dismissed"]
    verdicts = {claim["id"]: claim["verdict"] for claim in found["claims"]}
    assert verdicts[str(version.verdict.claim_id)] == str(version.verdict_id)
    assert list(verdicts.values()).count(None) == 1
    document = client.get("/api/v1/openapi.json").json()
    jsonschema.validate(found, as_json_schema(document, "Coverage"))


def test_partners_and_the_desk_count_alike_whatever_people_do(
    client: Client, checker: User, editor: User
) -> None:
    desk = Client()
    desk.force_login(checker)
    version = factories.published(by=checker, editor=editor)
    article = version.verdict.claim.article
    for claim in article.claims.filter(verdict=None):
        desk.post(f"/claims/{claim.pk}/dismiss/", {"reason": "prediction"})
    desk.post(f"{article.get_absolute_url()}claims/", {"exact": "ashamed of itself"})
    number = article.revision.numbers.order_by("-start")[0] if article.revision else None
    assert number is not None
    desk.post(f"/numbers/{number.pk}/decide/", {"reason": "duplicate"})
    found = client.get(f"/api/v1/articles/{article.pk}/coverage/").json()
    page = desk.get(f"{article.get_absolute_url()}coverage/", {"show": "all"})
    for counted, told in (("sentences", "sentence_counts"), ("numbers", "number_counts")):
        shown = page.context[counted]
        counts = {
            "claims": shown.claims,
            "dismissed": shown.dismissed,
            "pending": shown.pending,
        }
        assert found[told] == counts
        assert sum(counts.values()) == len(found[counted])
    left_out = [
        (entry["start"], entry["disposition"])
        for counted in ("sentences", "numbers")
        for entry in found[counted]
        if entry["disposition"] != "claim"
    ]
    shown = [(entry.start, entry.disposition) for entry in page.context["entries"]]
    assert sorted(left_out) == sorted(shown) != []
    assert {entry["reason"] for entry in found["numbers"]} == {"", "duplicate"}


def test_an_article_without_a_published_verdict_stays_inside(client: Client) -> None:
    article = factories.article()
    answer = client.get(f"/api/v1/articles/{article.pk}/coverage/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_ledger_costs_the_same_queries_whatever_its_length(
    client: Client, checker: User, editor: User
) -> None:
    counts = []
    for text in (factcheck_text(1), factcheck_text(6)):
        claim = factories.article(text=text).claims.first()
        version = factories.published(by=checker, editor=editor, on=claim)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/articles/{version.verdict.claim.article_id}/coverage/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def factcheck_text(paragraphs: int) -> str:
    return "\n\n".join(
        f"The ferry carried {number},200 passengers in 2019." for number in range(1, paragraphs + 1)
    )
