"""What became of a quote: cases that are easily mistaken, and what must always hold."""

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.anchoring import look_up, make_anchor
from sources.anchoring.drift import Drift

TEXT = (
    "Annual report of the ministry (sample)\n\n"
    "Under the president GDP grew by 344 % and poverty fell from 60% to 36% in May 2019, "
    "Luis Arce said. Officials did expect the growth. The officials were paid.\n\n"
    "The road is 120 km long and cost $5 million. It is likely to last. The ‘old’ bridge – a "
    "relic – was closed.\n\n"
    "Nobody disputes that 1,000 people came to the rally in La Paz on Friday. They walked -5 steps "
    "and the US did not object. All members voted.\n\n"
    "The end of the report is here."
)
GROWTH = "GDP grew by 344 % and poverty fell from 60% to 36%"


def after(quote: str, old: str, new: str, text: str = TEXT) -> Drift:
    """Look `quote` up in the text in which `old` was replaced by `new`."""
    start = text.index(quote)
    assert old in text
    return look_up(make_anchor(text, start, start + len(quote)), text.replace(old, new, 1))


MATERIAL = [
    # numbers
    ("344 %", "344 %", "34.4 %", "numbers"),
    (GROWTH, "344 %", "34.4 %", "numbers"),
    (GROWTH, "344 %", "34,4 %", "numbers"),
    (GROWTH, "60% to 36%", "36% to 60%", "numbers"),
    (GROWTH, "60% to 36%", "60%", "numbers"),
    ("1,000 people came", "1,000", "1.000", "numbers"),
    ("1,000 people came", "1,000", "10,000", "numbers"),
    ("1,000 people came", "1,000", "two thousand", "numbers"),
    ("1,000 people came", "1,000", "<1,000", "numbers"),
    ("They walked -5 steps", "-5", "5", "numbers"),
    ("cost $5 million", "million", "billion", "numbers"),
    ("cost $5 million", "$5 million", "$5", "numbers"),
    # dates
    ("in May 2019, Luis Arce said", "2019", "2018", "numbers"),
    ("in May 2019, Luis Arce said", "May", "June", "names"),
    ("rally in La Paz on Friday", "Friday", "Monday", "names"),
    # units
    ("The road is 120 km long", "km", "miles", "units"),
    ("The road is 120 km long", "120 km", "120 m", "units"),
    ("cost $5 million", "$5", "€5", "units"),
    (GROWTH, "36%", "36 points", "units"),
    # negation
    ("Officials did expect the growth", "did expect", "did not expect", "negation"),
    ("Officials did expect the growth", "did expect", "didn’t expect", "negation"),
    ("the US did not object", "did not object", "did object", "negation"),
    ("It is likely to last", "likely", "unlikely", "negation"),
    ("grew by 344 %", "GDP grew", "GDP never grew", "negation"),
    ("expect the growth", "did expect", "did not expect", "negation"),
    # names
    ("Luis Arce said", "Luis Arce", "Carlos Mesa", "names"),
    ("Luis Arce said", "Luis Arce", "Carlos Arce", "names"),
    ("rally in La Paz", "La Paz", "Sucre", "names"),
    ("the US did not object", "the US did", "the UK did", "names"),
    # opposites and quantities
    (GROWTH, "poverty fell", "poverty rose", "direction"),
    ("All members voted", "All members", "Most members", "quantity"),
]


@pytest.mark.parametrize(("quote", "old", "new", "reason"), MATERIAL)
def test_a_passage_that_says_something_else(quote: str, old: str, new: str, reason: str) -> None:
    found = after(quote, old, new)
    assert found.kind == "materially_altered"
    assert reason in found.reasons
    assert found.is_material
    assert found.start is not None
    assert found.passage == TEXT.replace(old, new, 1)[found.start : found.end]


@pytest.mark.parametrize(
    ("quote", "old", "new"),
    [
        ("1,000 people came", "1,000", "1000"),
        ("1,000 people came", "1,000", "1\u202f000"),
        ("1,000 people came", "1,000", "one thousand"),
        ("cost $5 million", "$5 million", "$5,000,000"),
        (GROWTH, "344 %", "344%"),
        (GROWTH, "344 %", "344\u00a0%"),
        (GROWTH, "344 % and", "344 %\n\nand"),
        (GROWTH, "344 %", "344 per cent"),
        (GROWTH, "poverty fell from", "Poverty fell from"),
        ("The ‘old’ bridge – a relic – was closed", "‘old’ bridge – a", '"old" bridge - a'),
        ("The road is 120 km long", "km", "kilometres"),
        ("They walked -5 steps", "-5", "−5"),
        ("rally in La Paz", "rally", "ral\u00adly"),
    ],
)
def test_a_passage_that_only_looks_different(quote: str, old: str, new: str) -> None:
    found = after(quote, old, new)
    assert (found.kind, found.reasons, found.is_material) in {
        ("cosmetic", (), False),
        ("moved", (), False),
    }


@pytest.mark.parametrize(
    ("quote", "old", "new"),
    [
        (GROWTH, "poverty fell", "poverty dropped"),
        ("came to the rally in La Paz", "the rally", "the big rally"),
        ("Luis Arce said", "Luis Arce", "Arce"),
        ("The officials were paid", "The officials", "The clerks"),
        ("the US did not object", "the US", "the us"),
    ],
)
def test_a_passage_in_other_words(quote: str, old: str, new: str) -> None:
    found = after(quote, old, new)
    assert (found.kind, found.is_material) == ("wording_altered", False)


def test_a_passage_that_moved_stands_there_to_the_letter() -> None:
    found = after("Luis Arce said", "Annual report", "A new paragraph.\n\nAnnual report")
    assert (found.kind, found.passage) == ("moved", "Luis Arce said")
    paragraphs = TEXT.split("\n\n")
    start = TEXT.index("It is likely")
    moved = "\n\n".join(reversed(paragraphs))
    assert look_up(make_anchor(TEXT, start, start + 20), moved).kind == "moved"


def test_the_same_words_between_others() -> None:
    text = "We count. Some say that 36 % of all people are poor today. The end."
    found = after("36 % of all people", "Some say that", "The figure that we found is", text)
    assert (found.kind, found.passage) == ("context_changed", "36 % of all people")


def test_a_quote_that_was_taken_out_is_missing() -> None:
    found = after("Officials did expect the growth", "Officials did expect the growth. ", "")
    assert (found.kind, found.passage, found.is_material) == ("missing", "", True)
    assert look_up(make_anchor(TEXT, 10, 40), "").kind == "missing"
    assert look_up(make_anchor(TEXT, 10, 40), "A wholly other page.").kind == "missing"


def test_a_quote_that_stands_twice_is_ambiguous() -> None:
    text = "Of the people asked in all 36 % were poor in that year of the count. " * 4
    start = text.index("36 %", 100)
    anchor = make_anchor(text, start, start + 4)
    assert look_up(anchor, "New. " + text).kind == "ambiguous"
    other_words = "New. " + text.replace("people asked", "persons asked")
    assert look_up(anchor, other_words).kind == "ambiguous"
    altered = look_up(anchor, "New. " + text.replace("36 %", "37 %"))
    assert (altered.kind, altered.passage) == ("materially_altered", "37 %")


def test_the_same_figure_elsewhere_does_not_hide_that_the_quoted_one_was_altered() -> None:
    text = "The GDP of Bolivia grew by 344 % in those years. " + "Other words follow here. " * 9
    start = text.index("344 %")
    anchor = make_anchor(text, start, start + 5)
    other = text.replace("344 %", "34.4 %") + "Prices of bread, however, rose by 344 % at once."
    found = look_up(anchor, other)
    assert (found.kind, found.passage) == ("materially_altered", "34.4 %")
    twice = other + " And 344 % of tea."
    assert look_up(anchor, twice).passage == "34.4 %"


def test_a_quote_that_begins_within_a_word_is_compared_by_whole_words() -> None:
    start = TEXT.index("fficials did expect")
    anchor = make_anchor(TEXT, start, start + 19)
    found = look_up(anchor, TEXT.replace("Officials did", "Officials really did"))
    assert (found.kind, found.passage) == ("wording_altered", "Officials really did expect")


CONFIRMED = {"unchanged", "moved", "context_changed"}
_WORDS = "GDP grew by fell rose 36 % 344 1,000 people in May La Paz not the a of poverty . ,"
_words = st.sampled_from([*_WORDS.split(), "\n\n"])
_texts = st.lists(_words, min_size=4, max_size=60).map(" ".join)


@given(_texts, st.data())
def test_a_quote_is_unchanged_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    assert look_up(make_anchor(text, start, end), text).kind == "unchanged"


@given(_texts, _texts, st.data())
def test_only_the_very_words_are_found_and_nothing_is_made_up(
    text: str, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    quote = text[start:end].strip()
    assume(quote)
    found = look_up(make_anchor(text, start, end), other)
    if found.kind in CONFIRMED:
        assert found.passage.split() == quote.split()
    if found.start is None:
        assert (found.kind in {"missing", "ambiguous"}, found.passage) == (True, "")
    else:
        assert other[found.start : found.end] == found.passage


_figure = re.compile(r"(?<![\w.,])\d[\d,.]*(?![\w.,])")


@given(st.data())
def test_another_number_never_passes(data: st.DataObject) -> None:
    figures = list(_figure.finditer(TEXT))
    picked = data.draw(st.sampled_from(figures))
    other = str(data.draw(st.integers(0, 10**6)))
    assume(Decimal(other) != Decimal(picked[0].strip(",.").replace(",", "")))
    start = data.draw(st.integers(max(0, picked.start() - 40), picked.start()))
    end = data.draw(st.integers(picked.end(), min(len(TEXT), picked.end() + 40)))
    altered = TEXT[: picked.start()] + other + TEXT[picked.end() :]
    found = look_up(make_anchor(TEXT, start, end), altered)
    assert found.is_material, found


@given(st.text(max_size=200), st.integers(0, 200), st.integers(1, 80), st.text(max_size=300))
def test_any_text_whatsoever_is_described(text: str, start: int, length: int, other: str) -> None:
    assume(start < len(text))
    anchor = make_anchor(text, start, min(len(text), start + length))
    found = look_up(anchor, other)
    assert found.passage == ("" if found.start is None else other[found.start : found.end])
