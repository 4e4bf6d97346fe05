import pytest

from claims.reading import read


@pytest.mark.parametrize(
    "start", [b"", b"\n", b"<!-- a - b -- c -->\n", b"<!----><!---->", b"<!-- x --> <!-- y -->"]
)
def test_a_page_is_known_by_its_first_tag(start: bytes) -> None:
    page = start + b"<!DOCTYPE html><p>Poverty fell from 60% to 36% in all those years.</p>"
    assert read(page, filename="page", media_type="").media_type == "text/html"


def test_a_row_of_comments_does_not_hang_the_reader() -> None:
    assert read(b"<!---->" * 580 + b"text", filename="a.txt").media_type == "text/plain"
