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
