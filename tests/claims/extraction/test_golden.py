"""Golden articles of our own: the figures may rise, never fall."""

import json

import pytest

from claims.extraction import split
from tests.claims.extraction.golden_articles import FOLDER, figures, load

FLOORS: dict[str, dict[str, float]] = json.loads((FOLDER / "floors.json").read_text("utf-8"))


def test_every_article_has_a_floor() -> None:
    assert sorted(FLOORS) == sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_article_reaches_its_floor(name: str) -> None:
    golden = load(name)
    reached = figures(golden, split(golden.text))
    floor = FLOORS[name]
    assert reached.recall >= floor["recall"], reached.missed
    assert reached.precision >= floor["precision"], reached.extra
    assert reached.wrong <= floor["wrong"], reached.extra
