from hypothesis import given
from hypothesis import strategies as st

from claims.views.parts import part_at, parts_of


@given(st.text(alphabet="ab \n\r", max_size=400), st.integers(min_value=2, max_value=50))
def test_the_parts_are_the_whole_text(text: str, length: int) -> None:
    parts = parts_of(text, length)
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(part.end - part.start <= length for part in parts)
    for offset in range(len(text)):
        assert part_at(parts, offset).start <= offset < part_at(parts, offset).end


def test_a_part_ends_with_a_paragraph_or_a_word() -> None:
    text = "One two.\n\nThree four five six."
    assert [text[part.start : part.end] for part in parts_of(text, 16)] == [
        "One two.\n\n",
        "Three four five ",
        "six.",
    ]


def test_what_lies_beyond_the_text_is_in_the_last_part() -> None:
    parts = parts_of("One two three.", 8)
    assert part_at(parts, 10**9) == parts[-1]
    assert parts_of("")[0].end == 0
