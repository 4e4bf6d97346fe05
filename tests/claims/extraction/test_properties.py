"""What must hold for any text whatever."""

import hashlib
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction import Splitting, split
from claims.extraction.records import REASONS
from claims.extraction.report import as_json, as_text

# Text of every script, with the marks and words that steer the splitter mixed in.
_PIECES = st.sampled_from(
    [
        "from 60% to 36%", "GDP rose by 344%", '"', "“", "”", "'", "\n", "\n\n", "\r\n", "—", "; ",
        "Arce said that ", "which ", "and ", ", ", ". ", "? ", "twelve ", "a third of ", "$2.5bn ",
        "last March", "on 18 October 2020", "between 3 and 5 km", "one in five", "#2", "1/0", "0/0",
        "half a million", "\x00",
        "\u202e", "שלום", "🇧🇴", "👩‍👩‍👧", "e\u0301", "ﬁ", "\u2028", "\ufeff",
        "٣٤٪", "１２", "²", "Ⅻ", "(", ")", "[...]", "30 February 2021",
        "2021-02-30", "2021-00-00", "31 April",
        "99999999999999999", "del 60 % al 36 %", "entre 3 y 5 km", "dos tercios de ", "un 12,5 % ",
        "hace tres años ", "el 3 de mayo de 2021", "¿", "¡", "«", "»", "1.234,5 ", "mil millones ",
        "minus ", "3:1 ", "½", "24/7", "+44 20 7946 0958", "from 4 to 6 million ", " years ago",
        "31/02/2021", "al día siguiente ", "siglo XXI ", "Q3 ", "hasta el ", "EE. UU. ",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join),
)
_DATES = st.one_of(st.none(), st.dates())


def _check(text: str, result: Splitting) -> None:
    assert result.text_sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    last = 0
    for sentence in result.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        assert sentence.disposition != "dismissed" or sentence.reason in REASONS
    for claim in result.claims:
        assert claim.exact == text[claim.start : claim.end]
        assert claim.exact
        assert claim.text
        assert 0 <= claim.check_worthiness <= 1
        assert claim.kind == claim.kinds[0]
        sentence = result.sentences[claim.sentence]
        assert sentence.start <= claim.start < claim.end <= sentence.end
        assert sentence.disposition == "claim"
        for start, end in claim.extra_spans:
            assert sentence.start <= start < end <= sentence.end
        for quantity in claim.quantities:
            assert sentence.start <= quantity.start < quantity.end <= sentence.end
    for number in result.numbers:
        assert 0 <= number.start < number.end <= len(text)
        assert number.disposition != "dismissed" or number.reason


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, published_on=_DATES)
@example(text="", published_on=None)
@example(text="\x00", published_on=None)
@example(text="It fell 1/0 of 5 %.", published_on=date.min)
@example(text="It rose 3000 years ago and the next 9999 decades.", published_on=date.max)
def test_offsets_hold_for_any_text(text: str, published_on: date | None) -> None:
    result = split(text, published_on=published_on)
    _check(text, result)
    assert result == split(text, published_on=published_on)
    as_json(result)
    as_text(text, result)


@settings(max_examples=15, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["es", "de", "zz"]))
def test_another_language_leaves_everything_pending(text: str, language: str) -> None:
    result = split(text, language=language)
    assert result.claims == ()
    assert all(sentence.disposition == "pending" for sentence in result.sentences)


def test_work_on_a_long_line_is_bounded() -> None:
    for piece in (
        "word ",
        "a,",
        '"',
        "and 5 % ",
        "(",
        "1 ",
        "one hundred ",
        "x",
        "which said that ",
        "$",
    ):
        text = piece * (6_000 // len(piece))
        _check(text, split(text))


def test_lone_surrogates_do_not_crash() -> None:
    text = "It rose by 5 %\ud800 last year."
    _check(text, split(text))
