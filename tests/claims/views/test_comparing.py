from claims.views.comparing import Line, compare


def test_equal_texts_have_no_signs() -> None:
    assert compare("one\ntwo", "one\ntwo") == (Line("same", "one"), Line("same", "two"))


def test_a_changed_line_is_removed_and_added() -> None:
    assert compare("one\ntwo", "one\nthree") == (
        Line("same", "one"),
        Line("removed", "two"),
        Line("added", "three"),
    )


def test_blank_lines_are_no_difference() -> None:
    assert compare("one\n\n\ntwo", "one\ntwo") == compare("one\ntwo", "one\n \ntwo")


def test_nothing_against_something_is_all_added() -> None:
    assert compare("", "one") == (Line("added", "one"),)
