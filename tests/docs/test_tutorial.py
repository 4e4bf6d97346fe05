"""What the tutorial and the how-tos tell people to press and look for is on the screens."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, FENCED, INDENTED, ROOT

PAGES = [DOCS / "tutorial" / "first-verdict.md", DOCS / "how-to" / "let-a-model-propose.md"]
NAMED = re.compile(r"(\*\*?)(?! )([^*]+?)\1")


def screens() -> str:
    """Return everything that a screen, the launcher or the sample may say."""
    paths = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "factcheck" / "demo").rglob("*.*")]
    for package in ("claims", "sources", "factcheck/embedded"):
        paths += (ROOT / package).rglob("*.py")
    texts = (path.read_text(encoding="utf-8") for path in paths if path.suffix != ".pyc")
    return " ".join(" ".join(texts).split())


SCREENS = screens()


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_every_word_in_emphasis_is_on_a_screen(path: Path) -> None:
    prose = INDENTED.sub("", FENCED.sub("", path.read_text(encoding="utf-8")))
    named = {" ".join(words.split()) for _, words in NAMED.findall(prose)}
    assert named
    assert {words for words in named if words not in SCREENS} == set()
