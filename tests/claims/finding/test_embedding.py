import hashlib
from pathlib import Path

import pytest

from claims.finding import embedding
from claims.finding.wordpiece import WordPiece

PIECES = "[PAD] [UNK] [CLS] [SEP] the ferry sail ##ed ##s , naive 北 ! 4".split()  # noqa: SIM905
VOCABULARY = {piece: number for number, piece in enumerate(PIECES)}


def pieces(text: str, longest: int = 128) -> list[str]:
    return [PIECES[number] for number in WordPiece(VOCABULARY, longest)(text)[1:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sailed", ["the", "ferry", "sail", "##ed"]),
        ("ferry,sails!", ["ferry", ",", "sail", "##s", "!"]),
        ("Na\u00efve \u5317\u5317", ["naive", "北", "北"]),
        ("fer\u200bry\u0000 \ufffd\t4", ["ferry", "4"]),
        ("whale ferry", ["[UNK]", "ferry"]),
        ("sailx", ["[UNK]"]),
        ("s" * 101, ["[UNK]"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_the_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_long_text_is_cut_off_and_keeps_its_marks() -> None:
    ids = WordPiece(VOCABULARY, 5)("ferry " * 50)
    assert [PIECES[number] for number in ids] == ["[CLS]", "ferry", "ferry", "ferry", "[SEP]"]


def test_a_file_with_another_digest_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"something")
    with pytest.raises(embedding.FileDiffersError):
        embedding.checked(file, "0" * 64)
    assert embedding.checked(file, hashlib.sha256(b"something").hexdigest()) == file


def test_the_model_puts_like_sentences_near_each_other() -> None:
    model = embedding.installed()
    assert model is not None
    claim, like, other, empty = model.embed(
        ["The number of poor people fell.", "Poverty declined.", "The ferry was repainted.", ""]
    )
    assert len(claim) == len(empty) == 384
    assert sum(value * value for value in other) == pytest.approx(1, abs=1e-4)
    near = sum(a * b for a, b in zip(claim, like, strict=True))
    far = sum(a * b for a, b in zip(claim, other, strict=True))
    assert near > 0.5 > far


def test_without_the_extra_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    embedding.installed.cache_clear()
    monkeypatch.setattr(embedding, "MODEL", ("no_such_package_here", "model.onnx", ""))
    assert embedding.installed() is None
    assert not embedding.is_there()
    embedding.installed.cache_clear()
