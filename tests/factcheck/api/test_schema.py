"""The OpenAPI document says what partners get."""

from typing import Any

import jsonschema
import pytest
from django.test import Client

from factcheck.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def as_json_schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    """OpenAPI 3.0 spells null its own way; JSON Schema needs it as a type."""

    def convert(node: Any) -> Any:
        if isinstance(node, list):
            return [convert(item) for item in node]
        if not isinstance(node, dict):
            return node
        node = {key: convert(value) for key, value in node.items()}
        if node.pop("nullable", False):
            return {"anyOf": [node, {"type": "null"}]}
        return node

    return {"$ref": f"#/components/schemas/{name}", "components": convert(document["components"])}


def test_both_addresses_and_both_forms_are_described(document: dict[str, Any]) -> None:
    assert set(document["paths"]) == {
        "/api/v1/articles/{article_id}/coverage/",
        "/api/v1/verdicts/",
        "/api/v1/verdicts/{verdict_id}/",
        "/api/v1/verdicts/{verdict_id}/bundle/",
    }
    answers = document["paths"]["/api/v1/verdicts/{verdict_id}/"]["get"]["responses"]
    assert set(answers["200"]["content"]) == {"application/json", "application/ld+json"}


def test_a_published_verdict_fits_its_schema(
    client: Client, document: dict[str, Any], checker: User, editor: User
) -> None:
    calculation = factories.calculation(by=checker)
    factories.published(by=checker, editor=editor, on=calculation.claim)
    page = client.get("/api/v1/verdicts/").json()
    assert page["results"][0]["calculations"]
    jsonschema.validate(page, as_json_schema(document, "VerdictPage"))
    assert set(page["results"][0]) == set(
        document["components"]["schemas"]["Verdict"]["properties"]
    )


def test_the_console_is_served_with_its_own_files(client: Client) -> None:
    page = client.get("/api/v1/console/")
    assert page.status_code == 200
    assert b"https://" not in page.content
