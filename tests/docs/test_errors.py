"""docs/reference/errors.md against the table of words; tests/sources holds the sources' codes."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import claims
import factcheck
import sources
from factcheck.accounts.views import desk
from factcheck.api.problems import FAMILY_STATUSES, STATUSES
from factcheck.errors import TEXTS, FactcheckError
from tests.docs.pages import ROOT, codes, reference, rows, sections

PAGE = reference("errors.md")
SECTIONS = sections(PAGE)
DESK = SECTIONS["Codes of the desk and the API"]


def words_of(text: str) -> dict[str, str]:
    return {row[0].strip("`"): row[-1] for row in rows(text)}


def raised() -> dict[str, str]:
    """Return each code that an error class of ours carries, with its family."""
    for package in (claims, sources, factcheck):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"migrations|embedded|wsgi|asgi", module.name):
                importlib.import_module(module.name)
    return {error.code: error.family for error in _descendants(FactcheckError) if error.code}


def _descendants(error: type[FactcheckError]) -> Iterator[type[FactcheckError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


RAISED = raised()


def test_every_code_of_the_desk_with_its_words() -> None:
    assert words_of(DESK) == TEXTS


def test_every_error_class_has_its_words() -> None:
    assert set(RAISED) <= set(TEXTS)


def test_the_families_are_those_of_the_classes() -> None:
    listed = {row[0].strip("`"): row[1] for row in rows(DESK)}
    assert listed == dict.fromkeys(TEXTS, "") | RAISED


def test_every_refusal_of_the_database() -> None:
    migrations = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("factcheck/*/migrations/*.py")]
    migrations.append(ROOT / "factcheck/audit/immutability.py")
    used = {
        code
        for path in migrations
        for code in re.findall(r"'?\b(FC\d{3})\b", path.read_text(encoding="utf-8"))
    }
    assert set(codes(SECTIONS["Refusals by the database"])) == used


def test_the_statuses_of_the_families() -> None:
    listed = {row[0].strip("`"): row[2:4] for row in rows(SECTIONS["Families"])}
    assert listed == {
        family: (str(desk.STATUSES[family]), str(status))
        for family, status in FAMILY_STATUSES.items()
    }
    assert all(f"`{code}`" in SECTIONS["Families"] for code in STATUSES)
