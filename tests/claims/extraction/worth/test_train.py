import json
from pathlib import Path

from claims.extraction.worth import model, train


def data(folder: Path) -> Path:
    (folder / "claimbuster").mkdir()
    (folder / "factcheck_gpt").mkdir()
    rows = [
        {"text": text.format(n=n), "label": label}
        for n in range(2, 22)
        for text, label in (("Taxes rose by {n} percent.", 1), ("Thank you, my {n} friends!", 0))
    ]
    (folder / "claimbuster/kfold_25ncs.json").write_text(json.dumps(rows), "utf-8")
    for name, row in (
        ("subtask1_sentence", {"sentence": "Oslo lies in Norway.", "checkworthy": "yes"}),
        ("subtask2_claim", {"claim": "Enjoy your tea!", "checkworthy": "not_a_claim"}),
    ):
        path = folder / f"factcheck_gpt/{name}_checkworthiness.jsonl"
        path.write_text(json.dumps(row) + "\n", "utf-8")
    return folder


def golden(folder: Path) -> Path:
    folder.mkdir()
    for n in range(4):
        (folder / f"a{n}.txt").write_text(
            f"⟦Rents rose by {n + 3} percent⟧. ⦅opinion|Sad.⦆", "utf-8"
        )
    levels = {
        f"a{n}": {"1": [f"Rents rose by {n + 3} percent"], "2": [], "3": []} for n in range(4)
    }
    (folder / "priorities.json").write_text(json.dumps(levels), "utf-8")
    return folder


def test_sets_are_read_with_their_own_labels(tmp_path: Path) -> None:
    debates, answers = train.load(data(tmp_path))
    assert debates[:2] == [("Taxes rose by 2 percent.", 1), ("Thank you, my 2 friends!", 0)]
    assert answers == [("Oslo lies in Norway.", 1), ("Enjoy your tea!", 0)]


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    sets, articles = data(tmp_path), golden(tmp_path / "golden")
    first = train.train(sets, articles)
    assert train.train(sets, articles) == first
    content = json.loads(first)
    assert set(content) == {"bias", "marks", "passages", "pieces"}
    assert content["marks"]["percent"] > 0 > content["marks"]["shout"]
    assert content["passages"]["weights"]["quantity"] != 0


def test_the_stored_weights_hold_numbers_and_short_pieces_only() -> None:
    assert model.WEIGHTS.stat().st_size < 1_500_000
    assert all(len(piece.split(" ")) <= 2 for piece in model.stored()[0].pieces)
