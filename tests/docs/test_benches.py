"""docs/how-to/run-the-benches.md names every bench."""

import pkgutil

import bench
from tests.docs.pages import DOCS, codes


def test_every_bench_stands_on_the_page() -> None:
    page = (DOCS / "how-to" / "run-the-benches.md").read_text(encoding="utf-8")
    known = {module.name for module in pkgutil.iter_modules(bench.__path__)}
    assert set(codes(page)) == {name for name in known if not name.startswith("_")}
