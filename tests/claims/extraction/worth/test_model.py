from claims.extraction.worth import model
from claims.extraction.worth.model import PassageModel, SentenceModel

FIGURE = "Unemployment fell to 4.1 percent last year."
THANKS = "Thank you all so much, it is great to be here!"


def test_a_figure_is_worth_more_than_thanks() -> None:
    assert model.probability(FIGURE) > 0.8
    assert model.probability(THANKS) < 0.05


def test_the_score_is_the_weighed_mean_of_pieces_and_the_marks() -> None:
    known = SentenceModel(-1.0, {"tax": (2.0, 3.0), "cut": (1.0, 0.0)}, {"numbers0": 0.25})
    assert model.logit("tax", known) == -1.0 + 3.0 + 0.25
    assert model.logit("tax cut", known) == -1.0 + 6.0 / 5**0.5 + 0.25
    assert model.logit("", known) == -0.75


def test_words_are_named_that_raise_and_that_lower() -> None:
    up = model.weighty_words(FIGURE, up=True, most=3)
    assert "Unemployment" in up
    assert len(up) <= 3
    assert "Thank" in model.weighty_words(THANKS, up=False, most=2)
    assert not set(up) & set(model.weighty_words(FIGURE, up=False, most=9))


def test_a_share_lies_between_0_and_1_far_out_too() -> None:
    assert 0 < model.share(-1e9) < model.share(0) == 0.5 < model.share(1e9) < 1


def test_a_passage_adds_up_its_signals() -> None:
    known = PassageModel(0.5, {"quantity": 1.5}, {"quantity": 0.5})
    assert model.stated(known, {"quantity": 1.0, "unheard of": 9.0}) == model.share(2.0)
