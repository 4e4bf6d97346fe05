"""docs/reference/api.md against the API's addresses, parameters, fields and errors."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern
from drf_spectacular.generators import SchemaGenerator

from factcheck.api import urls
from factcheck.errors import TEXTS
from tests.docs.pages import codes, reference, rows, sections

PAGE = reference("api.md")
SECTIONS = sections(PAGE)
FIELDS = sections(SECTIONS["The fields of a verdict"], level=3)


def schema() -> dict[str, Any]:
    generator: Any = SchemaGenerator  # the library has no types
    made: dict[str, Any] = generator().get_schema(request=None, public=True)
    return made


SCHEMA = schema()


def properties(name: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["components"]["schemas"][name]["properties"]
    return found


def test_every_address_stands_in_the_reference() -> None:
    listed = [code for code in codes(PAGE) if code.startswith("/api/")]
    assert sorted(listed) == sorted(addresses())


def addresses() -> Iterator[str]:
    for pattern in urls.urlpatterns:
        if isinstance(pattern, URLPattern) and pattern.name:
            yield "/api/v1/" + str(pattern.pattern).replace("<uuid:", "{").replace(">", "}")


def test_the_parameters_of_the_list() -> None:
    operation = SCHEMA["paths"]["/api/v1/verdicts/"]["get"]
    named = {parameter["name"] for parameter in operation["parameters"]} - {"format"}
    assert set(codes(SECTIONS["The list"])) == named


def test_the_fields_of_a_verdict() -> None:
    own = SECTIONS["The fields of a verdict"].partition("\n### ")[0]
    assert codes(own) == list(properties("Verdict"))


def test_the_fields_of_its_parts() -> None:
    parts = {
        "claim": "Claim",
        "rating": "Rating",
        "evidence": "Evidence",
        "calculations": "Calculation",
    }
    listed = {title: codes(FIELDS[title]) for title in parts}
    assert listed == {title: list(properties(name)) for title, name in parts.items()}


def test_the_fields_of_an_article_s_coverage() -> None:
    assert codes(SECTIONS["The coverage of an article"]) == list(properties("Coverage"))


def test_the_fields_of_small_parts_are_named() -> None:
    text = SECTIONS["The fields of a verdict"] + SECTIONS["The coverage of an article"]
    small: tuple[str, ...] = (
        "Article",
        "Appearance",
        "Quantity",
        "DateMention",
        "Change",
        "Quote",
        "Capture",
    )
    small += ("Blocks", "Reply", "Declared", "Interests")
    small += ("Approval", "CalculationNumber", "Caveat", "Counts", "LedgerEntry", "CoveredClaim")
    missing = {name: [f for f in properties(name) if f"`{f}`" not in text] for name in small}
    assert not any(missing.values()), missing


def test_the_errors_are_ours() -> None:
    listed = [row[1] for row in rows_of_errors()]
    named = {code.strip("` ") for cell in listed for code in cell.split(",")}
    assert named <= set(TEXTS)


def rows_of_errors() -> list[list[str]]:
    lines = [line for line in SECTIONS["Errors"].splitlines() if line.startswith("| 4")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_media_types_are_the_schema_s() -> None:
    answers = SCHEMA["paths"]["/api/v1/verdicts/{verdict_id}/"]["get"]["responses"]["200"]
    listed = {row[0].strip("`") for row in rows(SECTIONS["Two forms"]) if "/" in row[0]}
    assert listed == set(answers["content"])
