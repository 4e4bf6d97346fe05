"""Pronouns: what is put back, what is left and marked, and what stands for nothing."""

from datetime import date

import pytest

from claims.extraction import ClaimSpan, split


def _last(text: str) -> ClaimSpan:
    return split(text, published_on=date(2024, 6, 3)).claims[-1]


@pytest.mark.parametrize(
    ("text", "restated"),
    [
        (
            "The trust spent £38 million on consultants. It spent £41 million on nurses.",
            "The trust spent £41 million on nurses.",
        ),
        (
            (
                "The European Central Bank was founded in 1998. Christine Lagarde took office in "
                "2019. She has led it since 2019."
            ),
            "Christine Lagarde has led the European Central Bank since 2019.",
        ),
        (
            "The workers of the plant went on strike in 2019. They won a rise of 5 percent.",
            "The workers of the plant won a rise of 5 percent.",
        ),
        (
            "The ministry denied that it had paid twelve contractors.",
            "The ministry denied that the ministry had paid twelve contractors.",
        ),
        (
            "The company closed 40 shops in 2019. It said it would close 20 more.",
            "The company said the company would close 20 more.",
        ),
        (
            "A woman of 81 died in Skara in 2019 after her oxygen machine failed in May.",
            "The woman's oxygen machine failed in May 2024.",
        ),
    ],
)
def test_what_is_certain_is_put_back(text: str, restated: str) -> None:
    claim = _last(text)
    assert (claim.text, claim.unresolved) == (restated, ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The debt is three times that of Germany. It owns 40 branches.", ("It",)),
        (
            "The bank sued the council in 2019. Carlos told the mayor that it lost 3 million.",
            ("it",),
        ),
        ("The judges met the lawyers in May. They spent 3 million euros.", ("They",)),
        ("An earthquake hit the town in 2019. They estimated the damage at 3 million.", ("They",)),
        ("The former was built in 1990 and the latter in 2001.", ("former", "latter")),
        ("The report came in May. Costa wrote that this plan would cost 3 million.", ("this",)),
        ("The court ruled in 1998 that the Sound be shared, but it left 40 quotas.", ("it",)),
    ],
)
def test_what_is_not_certain_stays_and_is_marked(text: str, left: tuple[str, ...]) -> None:
    assert _last(text).unresolved == left


@pytest.mark.parametrize(
    "text",
    [
        "It rained for 40 days in 2019.",
        "It is clear that 40 schools were closed in 2019.",
        "As the mayor put it, 40 schools were closed in 2020.",
        "It took the council 40 years to open the school.",
    ],
)
def test_an_idle_it_is_neither_marked_nor_replaced(text: str) -> None:
    claim = _last(text)
    assert claim.unresolved == ()
    assert "it" in claim.text.lower().split() or "it," in claim.text


def test_an_owner_that_stands_in_the_same_wording_is_left_as_it_is() -> None:
    claim = _last("Tesk extended its fishing zone from 12 to 40 miles.")
    assert claim.text == "Tesk extended its fishing zone from 12 to 40 miles."
    assert (claim.unresolved, claim.bound) == ((), ("its",))


def test_a_quotation_keeps_its_own_pronouns() -> None:
    text = 'Christine Lagarde was elected in 2011. "We lost two years of our lives," Lagarde said.'
    claim = _last(text)
    assert claim.text == 'Christine Lagarde said: "We lost two years of our lives."'
    assert claim.unresolved == ()


def test_whoever_was_quoted_last_is_the_one_who_said_it() -> None:
    text = 'Mayor Ana Costa said that 40 schools closed. "There will be no more of them," she said.'
    claim = _last(text)
    assert claim.text.startswith("Ana Costa said: ")
    assert claim.claimant == "Ana Costa"


def test_a_name_that_a_company_bears_too_is_not_spelt_out() -> None:
    text = (
        "William Boeing founded the firm in 1916. The Boeing Company lost 3 billion in 2019. "
        "The court let Boeing off with 2 billion."
    )
    assert _last(text).text == "The court let Boeing off with 2 billion."
