import json
from pathlib import Path

from claims.extraction import split
from claims.extraction.worth import fitting, model, passages
from tests.claims.extraction.golden_articles import FOLDER, load

PRIORITIES = json.loads((FOLDER / "priorities.json").read_text("utf-8"))


def test_priorities_belong_to_golden_articles() -> None:
    assert len(PRIORITIES) >= 16
    assert set(PRIORITIES) <= {path.stem for path in FOLDER.glob("*.txt")}


def test_every_passage_with_a_priority_stands_once_in_its_article() -> None:
    for name, levels in PRIORITIES.items():
        text = load(name).text
        assert set(levels) == {"1", "2", "3"}
        for exact in (exact for level in levels.values() for exact in level):
            assert text.count(exact) == 1, (name, exact)


def test_an_annotated_article_gives_claims_and_what_is_none(tmp_path: Path) -> None:
    (tmp_path / "fair.txt").write_text(
        "⦅heading|A fair⦆\n\n⟦Ten came⟧. ⦅opinion|It was fun.⦆", "utf-8"
    )
    (tmp_path / "priorities.json").write_text(
        json.dumps({"fair": {"1": ["Ten came"], "2": [], "3": []}}), "utf-8"
    )
    assert passages.annotated(tmp_path) == {"fair": [("Ten came", 1), ("It was fun.", 0)]}


def test_articles_are_dealt_into_parts_without_loss() -> None:
    parts = passages.parts(PRIORITIES)
    assert len(parts) == passages.PARTS
    assert sorted(name for part in parts for name in part) == sorted(PRIORITIES)


def test_the_best_overlap_carries_the_priority() -> None:
    text = "In May prices rose by 4 percent. The mayor wept."
    claims = split(text).claims
    spans = [(0, 31, "1"), (33, 47, "3")]
    given = passages.matched(text, claims, spans)
    assert [c.exact for c, one in zip(claims, given, strict=True) if one] == [
        "In May prices rose by 4 percent"
    ]


def test_passages_that_are_not_listed_are_learned_from_too() -> None:
    known = dict.fromkeys(PRIORITIES, model.stored()[0])
    listed = sum(len(split(load(name).text).claims) for name in PRIORITIES)
    assert len(passages.load(FOLDER, known)) > listed


def test_a_signal_that_goes_with_the_first_priority_weighs_more() -> None:
    rows = [passages.Passage(f"a{n % 4}", {"quantity": float(n % 2)}, n % 2) for n in range(40)]
    fitted = passages.fit(rows)
    assert fitted.weights["quantity"] > 0.5
    assert fitted.usual == {"quantity": 0.5}
    stated = passages.held_out(rows)
    assert min(stated[1::2]) > max(stated[::2])
    assert all(0 < share < 1 for share in stated)


def test_folds_and_parts_are_the_same_on_every_run() -> None:
    assert fitting.folds(50) == fitting.folds(50)
    assert passages.parts(PRIORITIES) == passages.parts(reversed(list(PRIORITIES)))
