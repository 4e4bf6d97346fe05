import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.remarks import named, pieces

CHARACTERS = "ab@.+-_ \n/:()ñ“<>&"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ana look", ["ana"]),
        ("Ask @ana.", ["ana.", "ana"]),
        ("(@ana, @bo.k)", ["ana", "bo.k"]),
        ("write to ana@example.org", []),
        ("see https://site.example/@ana", []),
        ("@", []),
        ("@@ana", []),
    ],
)
def test_names_in_a_text(text: str, names: list[str]) -> None:
    assert [name for readings in named(text) for name in readings] == names


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x_(y)", ["https://a.example/x_(y)"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example", []),
        ("https:// nothing", []),
        ('https://a.example/"onclick="x', ["https://a.example/"]),
    ],
)
def test_links_in_a_text(text: str, links: list[str]) -> None:
    assert [piece.href for piece in pieces(text, ()) if piece.kind == "link"] == links


def test_only_known_names_are_names() -> None:
    found = pieces("@ana. and @bo", {"ana"})
    assert [(piece.kind, piece.text) for piece in found] == [
        ("name", "@ana"),
        ("text", ". and @bo"),
    ]


@given(st.text(CHARACTERS), st.sets(st.text("ab.+-_", min_size=1), max_size=3))
def test_the_pieces_are_the_text(text: str, names: set[str]) -> None:
    assert "".join(piece.text for piece in pieces(text, names)) == text


@given(st.lists(st.sampled_from(["https://a.example/b", "@ana", " ", "(", ")", ".", "x"])))
def test_every_link_begins_as_one(parts: list[str]) -> None:
    for piece in pieces("".join(parts), {"ana"}):
        assert piece.text
        assert (piece.kind == "link") == piece.href.startswith("https://")
