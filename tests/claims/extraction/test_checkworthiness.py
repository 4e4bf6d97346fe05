from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import checkworthiness, split
from claims.extraction.worth import model


def test_the_score_is_what_its_signals_add_up_to() -> None:
    exact = "Rents have risen by 61 percent in five years"
    held = checkworthiness.signals(exact, ("quantity", "change"))
    assert set(held) == {"learned", "quantity", "change"}
    worth, _ = checkworthiness.score(exact, ("quantity", "change"))
    assert worth == round(model.stated(model.stored()[1], held), 3)


def test_reasons_name_what_moved_the_score_weightiest_first() -> None:
    exact = "Rents have risen by 61 percent in five years"
    _, reasons = checkworthiness.score(exact, ("quantity", "change"))
    assert reasons[0].startswith("worded like what people check: “")
    assert "states a number" in reasons
    _, weak = checkworthiness.score("I do not doubt that he means well", ("forecast",))
    assert weak[0].startswith("worded like what people pass over")
    assert "reports a forecast (counts less)" in weak


def test_what_is_not_there_is_no_reason() -> None:
    _, reasons = checkworthiness.score("He quarrelled with the miners", ("event",))
    assert not any("number" in reason for reason in reasons)


def test_a_sentence_model_may_stand_in() -> None:
    known = model.SentenceModel(1.25, {}, {})
    assert checkworthiness.signals("It rained.", (), known) == {"learned": 1.25}


@given(st.text(max_size=200))
def test_every_claim_has_one_to_four_reasons_that_fit_their_column(text: str) -> None:
    for claim in split(f"In May 2015 {text} rose by 4 percent.").claims:
        assert 1 <= len(claim.reasons) <= 4
        assert 0 <= claim.check_worthiness <= 1
