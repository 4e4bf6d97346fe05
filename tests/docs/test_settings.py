"""docs/reference/settings.md against the code that reads the environment."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, codes, reference, rows, sections

PAGE = reference("settings.md")
NAME = re.compile(r"FACTCHECK_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|REDIS_URL")
READ_BY_DJANGO = (
    "Where it runs",
    "Database and broker",
    "Fetching and intake",
    "The archive's store",
    "Time stamps and copies elsewhere",
    "Proposals of a language model",
    "E-mail",
    "People",
    "Readers and claimants",
    "The partner API",
)
OTHER_FILES = ("docker-compose.yml", "Dockerfile", ".ci/run")


def calls() -> dict[str, ast.Call]:
    """Return every reading of the environment in the settings, by the name that is read."""
    tree = ast.parse((ROOT / "factcheck" / "settings.py").read_text(encoding="utf-8"))
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and re.fullmatch(
            r"env\.(str|bool|int|float|list)", ast.unparse(node.func)
        ):
            found[str(ast.literal_eval(node.args[0]))] = node
    return found


READ = calls()


def mentioned() -> set[str]:
    """Return every name of a setting anywhere in the code, without its _FILE form."""
    paths = [ROOT / name for name in OTHER_FILES] + [ROOT / "manage.py"]
    for package in ("factcheck", "claims", "sources", "bench", "tests/browser"):
        paths += (ROOT / package).rglob("*.py")
    names = {name for path in paths for name in _names(path)}
    return {name.removesuffix("_FILE") for name in names}


def _names(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    # A name that is put together at run time ends in an underscore here and is read elsewhere.
    return [found[0] for found in NAME.finditer(text) if not text.startswith("_", found.end())]


def test_every_setting_stands_in_the_reference_once() -> None:
    assert sorted(codes(PAGE)) == sorted(mentioned())


def test_what_the_settings_file_reads_may_be_a_file() -> None:
    internal = set(codes(sections(PAGE)["Set by the program itself"]))
    listed = {name for title in READ_BY_DJANGO for name in codes(sections(PAGE)[title])}
    assert listed == set(READ) - internal


@pytest.mark.parametrize("name", sorted(READ))
def test_the_default_is_the_code_s(name: str) -> None:
    default = _default(READ[name])
    (cell,) = [row[1] for row in rows(PAGE) if row[0] == f"`{name}`"]
    assert default is None or cell == default


def _default(call: ast.Call) -> str | None:
    """Return the default as the page writes it, or None where it is worked out at run time."""
    given = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "default")]
    try:
        value = ast.literal_eval(given[0])
    except ValueError:
        return None
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return ",".join(f"`{item}`" for item in value) or "(empty)"
    return f"`{value}`" if value != "" else "(empty)"
