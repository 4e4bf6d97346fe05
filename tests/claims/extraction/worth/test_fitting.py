import pytest

from claims.extraction.worth import fitting
from claims.extraction.worth.model import logit, share

ROWS = [
    *((f"Unemployment fell by {n} percent in 1990.", 1) for n in range(2, 22)),
    *((f"Thank you all, dear friends of the {n}th hour.", 0) for n in range(2, 22)),
]


def test_weights_solve_the_penalised_problem() -> None:
    # One feature, as many for as against: at the optimum weight = freedom * sum of errors.
    rows: list[fitting.Vector] = [[(0, 1.0)], [(0, 1.0)], [(0, -1.0)], [(0, 1.0)]]
    labels = [1, 1, 0, 0]
    (weight,) = fitting.logistic(rows, labels, 1, freedom=0.5, epochs=200)
    gradient = sum(
        row[0][1] * (float(label) - share(weight * row[0][1]))
        for row, label in zip(rows, labels, strict=True)
    )
    assert weight == pytest.approx(0.5 * gradient, abs=1e-4)


def test_what_separates_the_labels_is_learned() -> None:
    model = fitting.fit_sentences(ROWS)
    assert logit("Unemployment fell by half.", model) > 1
    assert logit("Thank you, dear friends.", model) < -1


def test_the_same_rows_give_the_same_model() -> None:
    assert fitting.fit_sentences(ROWS) == fitting.fit_sentences(ROWS)


def test_a_second_set_does_not_lift_the_share_of_the_first() -> None:
    others = [(f"The town of Orlin has {n} thousand inhabitants.", 1) for n in range(2, 22)]
    alone = logit("Dear friends.", fitting.fit_sentences(ROWS))
    beside = logit("Dear friends.", fitting.fit_sentences(ROWS, others))
    assert beside == pytest.approx(alone, abs=0.5)


def test_every_row_is_held_out_once() -> None:
    parts = fitting.folds(23)
    assert len(parts) == fitting.FOLDS
    assert sorted(at for part in parts for at in part) == list(range(23))


def test_held_out_odds_come_from_models_that_have_not_seen_the_row() -> None:
    odd = ("Thank you all, dear friends of the last hour, zyx zyx zyx.", 1)
    seen = logit(odd[0], fitting.fit_sentences([*ROWS, odd]))
    assert fitting.held_out([*ROWS, odd])[-1] < seen


def test_odds_that_are_too_sure_are_straightened() -> None:
    logits = [4.0] * 100 + [-4.0] * 100
    labels = [1] * 80 + [0] * 20 + [1] * 20 + [0] * 80
    offset, slope = fitting.straighten(logits, labels)
    assert share(offset + slope * 4) == pytest.approx(0.8, abs=0.01)
    shares = fitting.held_out_shares(logits, labels)
    assert sum(shares) / len(shares) == pytest.approx(0.5, abs=0.02)


def test_a_straightened_model_gives_straightened_odds() -> None:
    model = fitting.fit_sentences(ROWS)
    straight = fitting.straightened(model, 0.3, 1.5)
    text = "Unemployment fell, friends."
    assert logit(text, straight) == pytest.approx(0.3 + 1.5 * logit(text, model))
