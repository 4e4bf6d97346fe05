from datetime import date

import pytest

from claims.extraction import ClaimSpan, split


def _claims(text: str) -> list[ClaimSpan]:
    return list(split(text, published_on=date(2020, 10, 25)).claims)


def _texts(text: str) -> list[str]:
    return [claim.text for claim in _claims(text)]


def test_a_short_name_is_put_back_in_full() -> None:
    text = "Christine Lagarde was elected in 2011. In 2019 Lagarde left the fund."
    assert _texts(text)[-1] == "In 2019 Christine Lagarde left the fund."


def test_a_pronoun_is_resolved_to_the_subject_before_it() -> None:
    text = "President Christine Lagarde took office in 2019. She has raised rates by 2 percent."
    assert _texts(text)[-1] == "Christine Lagarde has raised rates by 2 percent."


def test_a_pronoun_between_two_people_stays_and_is_marked() -> None:
    text = (
        "The trial of Minister Carlos Mesa and Senator Juan Prado began in 2019. "
        "He was fined 400 euros."
    )
    claim = _claims(text)[-1]
    assert claim.text == "He was fined 400 euros."
    assert claim.unresolved == ("He",)


def test_the_missing_subject_is_taken_from_the_sentence() -> None:
    text = "The city, which lost its port in 1970, closed 40 schools."
    claim = _claims(text)[-1]
    assert claim.text == "The city closed 40 schools."
    assert [text[start:end] for start, end in claim.extra_spans] == ["The city"]


def test_relative_dates_are_worked_out() -> None:
    assert _texts("The bank closed 40 branches yesterday.") == [
        "The bank closed 40 branches yesterday (24 October 2020)."
    ]


def test_reported_speech_keeps_its_speaker() -> None:
    claim = _claims("Mayor Ana Costa said that the town lost 300 jobs in May.")[0]
    assert (claim.claimant, claim.reporting_verb) == ("Mayor Ana Costa", "said")
    assert claim.text.startswith("Mayor Ana Costa said that the town lost 300 jobs in May")


def test_a_quotation_is_one_claim_with_its_marks() -> None:
    text = '"We will never give up this harbour," said Mayor Ana Costa.'
    claim = _claims(text)[0]
    assert claim.exact == '"We will never give up this harbour,"'
    assert claim.kind == "quotation"
    assert claim.claimant == "Mayor Ana Costa"


def test_what_follows_a_report_is_not_put_in_the_speakers_mouth() -> None:
    text = "Officials said 43 people died; the dam was built in 1968."
    first, last = _claims(text)
    assert first.claimant == "Officials"
    assert last.exact == "the dam was built in 1968"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("What a disgrace this is!", "opinion"),
        ("The government should resign.", "call_to_action"),
        ("Prices will rise again.", "prediction"),
        ("Is this what we were promised?", "rhetorical_question"),
        ("Thank you, Madam Speaker.", "greeting"),
        ("If they lose, the party splits.", "not_checkable"),
    ],
)
def test_what_is_no_claim_gets_a_reason(sentence: str, reason: str) -> None:
    result = split(f"The dam was built in 1968 by the army. {sentence}")
    assert (result.sentences[-1].disposition, result.sentences[-1].reason) == ("dismissed", reason)


def test_every_number_has_its_place() -> None:
    result = split("Prices rose 3 percent. If 5 of them lose, the party splits.")
    assert [(n.disposition, bool(n.reason)) for n in result.numbers] == [
        ("claim", False),
        ("dismissed", True),
    ]


def test_headings_datelines_and_bylines_are_no_claims() -> None:
    text = "Town loses 40 schools\n\nBy Ana Costa\n\nMonday, May 4, 2015\n\nForty schools closed."
    reasons = [sentence.reason for sentence in split(text).sentences]
    assert reasons == ["heading", "byline", "dateline", ""]


def test_the_articles_own_dateline_resolves_its_dates() -> None:
    text = "Town loses schools\n\nMonday, May 4, 2015\n\nForty schools closed yesterday."
    assert split(text).claims[0].text == "Forty schools closed yesterday (3 May 2015)."


def test_a_heading_right_above_its_paragraph_is_cut_from_it() -> None:
    text = "A hard year\nThe bank closed 40 branches in the north of the country in 2015.\n\nMore."
    assert [s.reason for s in split(text).sentences][:2] == ["heading", ""]
