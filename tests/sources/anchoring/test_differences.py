from hypothesis import given
from hypothesis import strategies as st

from sources.anchoring.differences import Paragraph, Piece, paragraphs, words


def test_words_that_came_and_went() -> None:
    assert words("It grew by 344 % then.", "It grew by 34.4 % then.") == (
        Piece("same", "It grew by "),
        Piece("removed", "344"),
        Piece("added", "34.4"),
        Piece("same", " % then."),
    )


def test_a_rewritten_phrase_reads_as_one() -> None:
    assert words("the old red house stood", "the new blue house stood") == (
        Piece("same", "the "),
        Piece("removed", "old red"),
        Piece("added", "new blue"),
        Piece("same", " house stood"),
    )


def test_paragraphs_that_are_alike_are_compared_word_by_word() -> None:
    found = paragraphs("One.\nPoverty fell to 36 %.\nEnd.", "One.\nPoverty fell to 35 %.\nEnd.")
    assert [each.kind for each in found] == ["same", "altered", "same"]
    assert found[1].pieces[1:3] == (Piece("removed", "36"), Piece("added", "35"))


def test_paragraphs_that_are_not_stand_below_each_other() -> None:
    found = paragraphs("Fares rose in May.", "Quite another thing altogether was printed!")
    assert [each.kind for each in found] == ["removed", "added"]


def test_long_unchanged_stretches_are_folded() -> None:
    lines = [f"Paragraph {number}." for number in range(40)]
    other = [*lines[:20], "Something new.", *lines[20:]]
    found = paragraphs("\n".join(lines), "\n\n".join(other))
    assert [(each.kind, each.count) for each in found] == [
        ("folded", 18),
        ("same", 1),
        ("same", 1),
        ("added", 1),
        ("same", 1),
        ("same", 1),
        ("folded", 18),
    ]


def test_the_same_text_is_one_fold_and_two_empty_ones_are_nothing() -> None:
    assert [(each.kind, each.count) for each in paragraphs("a\nb", "a\n\nb")] == [("folded", 2)]
    assert paragraphs("", "\n") == ()


def test_two_wholly_different_books_take_no_time() -> None:
    old = "\n".join(f"left {number}" for number in range(20_000))
    new = "\n".join(f"right {number}" for number in range(20_000))
    found = paragraphs(old, new)
    assert {each.kind for each in found} == {"removed", "added"}
    assert len(found) == 40_000
    one, other = "a " * 50_000, "b " * 50_000
    assert words(one, other) == (Piece("removed", one), Piece("added", other))


_texts = st.lists(st.sampled_from(["ab", "c", "d36", "%", ".", "\n", " "])).map("".join)


@given(_texts, _texts)
def test_each_side_can_be_read_back(old: str, new: str) -> None:
    found = words(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new
    lines = paragraphs(old, new)
    assert _side(lines, "added") == _squeezed(old)
    assert _side(lines, "removed") == _squeezed(new)


def _side(lines: tuple[Paragraph, ...], without: str) -> str:
    pieces = (piece for line in lines for piece in line.pieces)
    return "".join(piece.text for piece in pieces if piece.kind != without)


def _squeezed(text: str) -> str:
    return "".join(line for line in text.splitlines() if line.strip())
