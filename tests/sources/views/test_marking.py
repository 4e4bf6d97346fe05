import html
import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from sources.views.marking import Span, paragraphs

TEXT = "One two three.\n\nFour 5 % five.\r\nSix."


def read_back(text: str, spans: list[Span]) -> str:
    """The text content of the rendered page, as a browser would read it."""
    page = render_to_string("parts/_marked_text.html", {"marked": paragraphs(text, spans)})
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def test_an_address_can_point_at_the_beginning_of_a_mark() -> None:
    page = paragraphs(TEXT, [Span(8, 20, "mark", key="a"), Span(8, 12, "mark", key="b")])
    anchors = [piece.anchors for line in page for piece in line.pieces]
    assert [found for found in anchors if found] == [("mark-a", "mark-b")]
    html_of = render_to_string("parts/_marked_text.html", {"marked": page})
    assert html_of.count('id="mark-a"') == html_of.count('id="mark-b"') == 1


def test_lines_of_one_block_stand_close() -> None:
    assert [line.is_tight for line in paragraphs(TEXT, [])] == [False, True, False]


def test_without_spans_each_line_is_one_piece() -> None:
    lines = [[piece.text for piece in line.pieces] for line in paragraphs(TEXT, [])]
    assert lines == [["One two three."], ["Four 5 % five."], ["Six."]]


def test_the_gaps_are_the_line_ends() -> None:
    assert [line.gap for line in paragraphs(TEXT, [])] == ["\n\n", "&#13;\n", ""]


def test_a_mark_cuts_its_line_and_is_numbered_where_it_begins() -> None:
    mark = Span(4, 7, "mark", key="a", number="1")
    (first, *_) = paragraphs(TEXT, [mark])
    assert [(piece.text, piece.numbers, piece.keys) for piece in first.pieces] == [
        ("One ", "", ""),
        ("two", "1", "a"),
        (" three.", "", ""),
    ]


def test_a_mark_over_two_lines_is_numbered_once() -> None:
    mark = Span(8, 20, "mark", key="a", number="1")
    found = [
        (piece.text, piece.numbers)
        for line in paragraphs(TEXT, [mark])
        for piece in line.pieces
        if piece.marks
    ]
    assert found == [("three.", "1"), ("Four", "")]


def test_of_overlapping_marks_the_shortest_is_opened() -> None:
    outer, inner = Span(0, 14, "mark", key="outer"), Span(4, 7, "mark", key="inner")
    (first, *_) = paragraphs(TEXT, [outer, inner])
    assert [mark.key for mark in first.pieces[1].marks] == ["inner", "outer"]


def test_a_sentence_and_a_figure_show_where_no_mark_is() -> None:
    spans = [Span(16, 30, "sentence", state="pending"), Span(21, 22, "figure")]
    line = paragraphs(TEXT, spans)[1]
    assert [(piece.text, piece.figure, piece.sentence is None) for piece in line.pieces] == [
        ("Four ", False, False),
        ("5", True, False),
        (" % five.", False, False),
    ]


@pytest.mark.parametrize("span", [(3, 3), (5, 4), (0, 10_000), (9_000, 9_001)])
def test_a_span_outside_the_text_is_passed_over(span: tuple[int, int]) -> None:
    found = [piece for line in paragraphs(TEXT, [Span(*span, "mark")]) for piece in line.pieces]
    assert not any(piece.marks for piece in found)


@given(
    st.text(alphabet="a <&>\"'\n\r é😀ع", max_size=60),
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.integers(0, 60),
            st.sampled_from(["mark", "sentence", "figure"]),
        ),
        max_size=6,
    ),
)
def test_the_page_holds_the_text_to_the_character(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    spans = [Span(start, end, kind, key="k", number="1") for start, end, kind in places]
    assert read_back(text, spans) == text
