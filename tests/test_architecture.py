"""The size budget and the habits that no linter holds."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("factcheck", "claims", "sources", "bench", "tests")
LONGEST_FILE = 420  # lines
MOST_FILES = 250  # nine of ten are no longer
LONGEST_FUNCTION = 55  # lines
MEDIAN_FUNCTION = 10
JUNK_DRAWERS = {"services.py", "utils.py", "helpers.py", "common.py", "misc.py"}
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|\bxfail\b|assert True\b")
SKIPS = re.compile(r"pytest\.(?:mark\.)?skip\w*")
# Machines without a Chromium may leave the browser's tests out; the checks' script may not.
MAY_SKIP = {"tests/browser/conftest.py"}


def python_files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


FILES = [path for path in python_files() if "migrations" not in path.parts]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's name and its length in lines, decorators left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def offenders(found: Mapping[Path, object]) -> dict[str, object]:
    return {str(path.relative_to(ROOT)): what for path, what in found.items() if what}


def test_a_file_can_be_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert offenders({path: n for path, n in lengths.items() if n > LONGEST_FILE}) == {}
    assert quantiles(lengths.values(), n=10)[-1] <= MOST_FILES


def test_a_function_fits_on_a_screen() -> None:
    long = {path: [f for f in functions(path) if f[1] > LONGEST_FUNCTION] for path in FILES}
    assert offenders(long) == {}


def test_most_functions_are_short() -> None:
    ours = [path for path in FILES if path.parts[len(ROOT.parts)] != "tests"]
    assert median(length for path in ours for _, length in functions(path)) <= MEDIAN_FUNCTION


def test_no_module_is_a_junk_drawer() -> None:
    assert [path for path in FILES if path.name in JUNK_DRAWERS] == []


def test_nothing_is_left_open() -> None:
    others = [path for path in FILES if path != Path(__file__)]
    left = {path: OPEN_ENDS.findall(path.read_text(encoding="utf-8")) for path in others}
    assert offenders(left) == {}


def test_no_test_is_left_out() -> None:
    others = [path for path in FILES if path != Path(__file__)]
    skips = {path: SKIPS.findall(path.read_text(encoding="utf-8")) for path in others}
    assert set(offenders(skips)) <= MAY_SKIP


def test_templates_hold_no_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/)|<style|\sstyle=|\son\w+=\"")
    pages = sorted((ROOT / "templates").rglob("*.html"))
    found = {path: inline.findall(path.read_text(encoding="utf-8")) for path in pages}
    assert offenders(found) == {}
