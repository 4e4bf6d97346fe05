"""Who is said to have said it, and who is not."""

from datetime import date

import pytest

from claims.extraction import ClaimSpan, split


def _claims(text: str) -> tuple[ClaimSpan, ...]:
    return split(text, published_on=date(2024, 6, 3)).claims


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The minister was told by Lagarde that prices had fallen by 3 percent.", "Lagarde"),
        ("Mayor Ana Costa warned the council that 300 jobs would go by May.", "Mayor Ana Costa"),
        ("Ana Costa, who leads the town of Orlin, said 40 schools had closed.", "Ana Costa"),
        ("The mayor of Salina, Giulia Costa, told RTS that 40 had gone.",
         "The mayor of Salina, Giulia Costa"),
        ("As the mayor put it, 40 schools were closed in 2020.", "the mayor"),
        ("The bank's claim that prices fell by 3 percent in 2020 is wrong.", "The bank"),
        ("In a letter, Ana Costa wrote that 40 schools had closed in 2020.", "Ana Costa"),
        ("One of them said that 43 people died in the flood of 2019.", "One of them"),
        ("Officials said 43 people died in the flood of 2019.", "Officials"),
        ("43 people died in the flood of 2019, said Ana Costa, the mayor.", "Ana Costa"),
        ("A survey published by Radio Aal on Monday found that 71 percent agree.", "A survey"),
        ("Lawyers for the men deny the charge and say the fire began in 2019.",
         "Lawyers for the men"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, claimant: str) -> None:
    assert claimant in {claim.claimant for claim in _claims(text)}


@pytest.mark.parametrize(
    "text",
    [
        "He promised 40 schools in 2019.",
        "The hospital he promised in 2019 has 40 beds.",
        "In Frankfurt the index added 0.9 percent.",
        "The team was denied visas in 2019.",
        "A group called the Sea Org was founded in 1967.",
        "When they tell you in May, 40 schools have closed.",
        "The engineer who wrote the report was dismissed in 2019.",
    ],
)
def test_what_is_no_report_has_no_speaker(text: str) -> None:
    assert {claim.claimant for claim in _claims(text)} <= {""}


def test_the_one_who_is_told_is_not_the_one_who_tells() -> None:
    text = (
        "The chief executive, who earned £265,000 in 2023 — more than the prime minister — told "
        'the council in May that "every penny is accounted for".'
    )
    first, last = _claims(text)
    assert first.text == (
        "The chief executive earned £265,000 in 2023 — more than the prime minister."
    )
    assert first.claimant == ""
    assert last.claimant == "The chief executive"
    assert last.text.startswith("The chief executive told the council in May 2024 that")


def test_a_semicolon_ends_what_somebody_said() -> None:
    text = (
        "Vince Cable said that the sale was a success in 2013; the Audit Office concluded that "
        "taxpayers had lost £750 million."
    )
    assert [claim.claimant for claim in _claims(text)] == ["Vince Cable", "the Audit Office"]
