from hypothesis import given
from hypothesis import strategies as st

from claims.remarks import stands_at


def test_the_nearest_place_is_meant() -> None:
    text = "12% now, 12% then, 12% later"
    assert [stands_at(text, "12%", near) for near in (0, 8, 12, 15, 400)] == [0, 9, 9, 19, 19]
    assert stands_at(text, "13%", 0) is None
    assert stands_at(text, "", 3) is None


@given(st.text("ab ", max_size=30), st.text("ab", min_size=1, max_size=3), st.integers(0, 40))
def test_no_place_is_nearer(text: str, exact: str, near: int) -> None:
    found = stands_at(text, exact, near)
    places = [i for i in range(len(text)) if text.startswith(exact, i)]
    if found is None:
        assert places == []
    else:
        assert text[found : found + len(exact)] == exact
        assert abs(found - near) == min(abs(place - near) for place in places)
