from hypothesis import given
from hypothesis import strategies as st

from claims.merging import differences, three_way, whole

texts = st.text(st.sampled_from("ab. \n!é"), max_size=24)


@given(texts, texts)
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_a_number_changes_as_a_whole() -> None:
    pieces = differences("It carried 41,200 people in 2019.", "It carried 41,250 people in 2019.")
    assert [piece.text for piece in pieces if piece.kind != "same"] == ["41,200 ", "41,250 "]


def test_what_was_written_anew_is_not_read_word_by_word() -> None:
    pieces = differences("The board's report gives the same number.", "A third sentence.")
    assert [piece.kind for piece in pieces] == ["removed", "added"]


@given(texts, texts)
def test_what_only_one_changed_is_taken(base: str, changed: str) -> None:
    assert three_way(base, base, changed).text == changed
    assert three_way(base, changed, base).text == changed
    assert three_way(base, changed, changed).text == changed
    assert not three_way(base, base, changed).is_conflict
    assert not three_way(base, changed, base).is_conflict


@given(texts, texts, texts)
def test_it_makes_no_difference_who_came_first(base: str, one: str, other: str) -> None:
    there, back = three_way(base, one, other), three_way(base, other, one)
    assert there.is_conflict == back.is_conflict
    if not there.is_conflict:
        assert there.text == back.text


@given(texts, texts, texts)
def test_where_it_collides_the_unsaved_words_stand(base: str, theirs: str, mine: str) -> None:
    merged = three_way(base, theirs, mine)
    if merged.is_conflict:
        assert merged.text == mine
        assert theirs not in {base, mine}


@given(st.lists(st.sampled_from(["One.", "Two.", "Three."]), min_size=4, max_size=6))
def test_changes_of_lines_that_lie_apart_go_together(lines: list[str]) -> None:
    base = "\n".join(lines) + "\n"
    theirs = "\n".join(["Theirs.", *lines[1:]]) + "\n"
    mine = "\n".join([*lines[:-1], "Mine."]) + "\n"
    merged = three_way(base, theirs, mine)
    assert merged.standing == "merged"
    assert merged.text == "\n".join(["Theirs.", *lines[1:-1], "Mine."]) + "\n"


def test_sentences_of_one_line_go_together_too() -> None:
    base = "It is 12 %. The board says so. Nobody else counts."
    theirs = "It is 13 %. The board says so. Nobody else counts."
    mine = "It is 12 %. The board says so. Two others count."
    assert three_way(base, theirs, mine).text == (
        "It is 13 %. The board says so. Two others count."
    )


def test_the_same_sentence_changed_twice_is_a_conflict() -> None:
    merged = three_way("It is 12 %.", "It is 13 %.", "It is 14 %.")
    assert (merged.standing, merged.text) == ("conflict", "It is 14 %.")


def test_a_choice_is_never_mixed() -> None:
    base, theirs, mine = "True\nx\ny", "False\nx\ny", "True\nx\nz"
    assert three_way(base, theirs, mine).standing == "merged"
    assert whole(base, theirs, mine).standing == "conflict"
    assert whole("1", "1", "2").text == "2"
