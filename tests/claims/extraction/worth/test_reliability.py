import pytest

from claims.extraction.worth import reliability
from claims.extraction.worth.reliability import Band

STATED = [0.05, 0.15, 0.95, 0.95]
LABELS = [0, 1, 1, 0]


def test_bands_hold_what_was_stated_and_what_came_true() -> None:
    assert reliability.table(STATED, LABELS) == [
        Band(low=0.0, count=1, stated=0.05, true=0.0),
        Band(low=0.1, count=1, stated=0.15, true=1.0),
        Band(low=0.9, count=2, stated=0.95, true=0.5),
    ]


def test_certainty_belongs_to_the_highest_band() -> None:
    assert [band.low for band in reliability.table([1.0], [1])] == [0.9]


def test_calibration_error_weighs_bands_by_their_size() -> None:
    assert reliability.calibration_error(STATED, LABELS) == pytest.approx(
        (0.05 + 0.85 + 2 * 0.45) / 4
    )


def test_brier_is_the_mean_square() -> None:
    assert reliability.brier([0.5, 1.0], [1, 1]) == pytest.approx(0.125)


def test_ordering_counts_pairs_and_ties_half() -> None:
    assert reliability.ordering([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]) == pytest.approx(3.5 / 4)


def test_average_precision_is_the_mean_at_each_hit() -> None:
    assert reliability.average_precision([3.0, 2.0, 1.0], [1, 0, 1]) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert reliability.average_precision([1.0], [0]) == 0
