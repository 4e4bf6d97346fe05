import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.domains import LONGEST_KEY, domain_of, name_key, written_domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://news.example.org:8443/", "example.org"),
        ("https://ana.github.io/report", "ana.github.io"),
        ("https://ine.gob.bo/", "ine.gob.bo"),
        ("https://sub.xn--bcher-kva.de/", "xn--bcher-kva.de"),
        ("http://127.0.0.1:8000/report", "127.0.0.1"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
        ("http://localhost:8000/", "localhost"),
        ("urn:sha256:ab", ""),
        ("http://[oops/", ""),
        # What an archive keeps is its publisher's; the archive's own pages are the archive's.
        ("https://web.archive.org/web/20190302093000id_/https://www.ine.gob.bo/x", "ine.gob.bo"),
        ("https://web.archive.org/web/2019*/ferry", "archive.org"),
    ],
)
def test_an_address_lies_in_the_domain_that_somebody_registered(url: str, domain: str) -> None:
    assert domain_of(url) == domain


@pytest.mark.parametrize(
    ("words", "domain"),
    [
        (" BBC.co.uk ", "bbc.co.uk"),
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("example.org.", "example.org"),
        ("co.uk", ""),
        ("localhost", ""),
        ("192.0.2.1", ""),
        ("two words", ""),
        ("a..b", ""),
        ("", ""),
    ],
)
def test_a_written_domain_is_one_that_can_be_registered(words: str, domain: str) -> None:
    assert written_domain(words) == domain


def test_spellings_share_a_key() -> None:
    assert name_key("The  Harbour-Board") == name_key("the harbour board") == "the harbour board"
    assert name_key("Ｈarbour") == "harbour"
    assert name_key("Harbour Board") != name_key("Harbour Trust")
    assert name_key("!!!") == "!!!"


@given(st.text())
def test_any_words_have_a_key_and_are_a_domain_or_none(words: str) -> None:
    assert len(name_key(words)) <= LONGEST_KEY
    assert name_key(words) == name_key(f"  {words} ") == name_key(name_key(words))
    found = written_domain(words)
    assert not found or written_domain(found) == domain_of(f"https://{found}/") == found
