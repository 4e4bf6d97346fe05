"""docs/reference/states.md against the enums and the tables of transitions."""

import inspect
from typing import get_args

import pytest
from django.db.models import TextChoices

import claims.states
import claims.together_states
import factcheck.audit.states
import factcheck.people.states
import sources.states
from claims.extraction.records import Kind
from claims.splitting import STRUCTURE
from factcheck.accounts.models import Role
from tests.docs.pages import reference, rows, sections

PAGE = sections(reference("states.md"))
ENUMS: dict[str, type[TextChoices]] = {
    name: found
    for module in (
        claims.states,
        claims.together_states,
        sources.states,
        factcheck.audit.states,
        factcheck.people.states,
    )
    for name, found in inspect.getmembers(module, inspect.isclass)
    if issubclass(found, TextChoices) and found is not TextChoices
} | {"Role": Role}
TABLES: dict[str, dict[str, frozenset[str]]] = {
    "Of a verdict version": {
        str(k): frozenset(map(str, v)) for k, v in claims.states.TRANSITIONS.items()
    },
    "Of a report of an error": {
        str(k): frozenset(map(str, v)) for k, v in claims.states.COMPLAINT_TRANSITIONS.items()
    },
    "Of a capture request": {
        str(k): frozenset(map(str, v)) for k, v in sources.states.TRANSITIONS.items()
    },
    "Of a watch": {
        str(k): frozenset(map(str, v)) for k, v in sources.states.WATCH_TRANSITIONS.items()
    },
    "Of a reading": {
        str(k): frozenset(map(str, v)) for k, v in sources.states.READING_TRANSITIONS.items()
    },
    "Of a rendering": {
        str(k): frozenset(map(str, v)) for k, v in sources.states.RENDER_TRANSITIONS.items()
    },
    "Of a verification of the audit trail": {
        str(k): frozenset(map(str, v))
        for k, v in factcheck.audit.states.VERIFICATION_TRANSITIONS.items()
    },
    "Of work with another service": {
        str(k): frozenset(map(str, v)) for k, v in sources.states.WORK_TRANSITIONS.items()
    },
}


def test_every_enum_has_a_section() -> None:
    assert set(PAGE) == {*ENUMS, "Transitions", "Kind"}


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_an_enum_s_codes_and_words(name: str) -> None:
    listed = [(row[0].strip("`"), row[1]) for row in rows(PAGE[name])]
    assert listed == [(choice.value, str(choice.label)) for choice in ENUMS[name]]


@pytest.mark.parametrize("title", sorted(TABLES))
def test_a_table_of_transitions(title: str) -> None:
    table = {
        row[0].strip("`"): {code.strip("` ") for code in row[1].split(",") if code}
        for row in rows(sections(PAGE["Transitions"], level=3)[title])
    }
    assert table == TABLES[title]


def test_the_parts_of_a_page_that_the_splitter_tells_apart() -> None:
    text = PAGE["DismissalReason"]
    assert [code for code in STRUCTURE if f"`{code}`" not in text] == []


def test_the_kinds_of_claims() -> None:
    assert [row[0].strip("`") for row in rows(PAGE["Kind"])] == list(get_args(Kind))
