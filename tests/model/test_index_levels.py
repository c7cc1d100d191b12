"""Expected levels of uncertain price indices."""

from decimal import Decimal

import numpy as np
import pytest

from appraise.model.appraisal.lines import Index, RiseRange, Shape
from appraise.model.index_levels import expected_levels, levels_over, rises
from appraise.model.uncertainty import spread_of_rises


def index(low: str, high: str, shape: Shape = Shape.PERT, *percent: str) -> Index:
    band = RiseRange(low=Decimal(low), high=Decimal(high), shape=shape)
    return Index(id="i", name="Index", percent=tuple(map(Decimal, percent or ("2", "3"))), range=band)


def test_a_certain_index_stays_where_it_was_entered() -> None:
    assert expected_levels(Index(id="i", name="Index", percent=(Decimal(2),)), 3) == (Decimal(1),) * 3
    assert expected_levels(index("0", "0"), 3) == (Decimal(1),) * 3


def test_two_years_of_a_uniform_rise_by_hand() -> None:
    """E (1 + d / 1.02)(1 + d / 1.03) with d uniform on -.01 to .01: 1 + .0001 / 3 / 1.0506."""
    first, second, third = expected_levels(index("-1", "1", Shape.UNIFORM), 3)
    assert (first, second) == (1, 1)
    assert float(third) == pytest.approx(1 + 0.0001 / 3 / 1.0506, abs=1e-15)


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM, Shape.NORMAL, Shape.TRIGEN])
def test_expected_levels_are_the_mean_of_many_levels(shape: Shape) -> None:
    made = index("-0.5", "1", shape)
    assert made.range is not None
    levels = levels_over(rises(made.percent, 31), spread_of_rises(made.range).slices(100_000))
    expected = [float(level) for level in expected_levels(made, 31)]
    assert expected == pytest.approx(levels.mean(axis=1).tolist(), rel=1e-5)


def test_prices_do_not_fall_below_nothing() -> None:
    """Of rises that lie anywhere from 100 % under to 100 % over -50 %, a quarter count as -100 %."""
    level = float(expected_levels(index("-100", "100", Shape.UNIFORM, "-50"), 2)[1])
    extra = np.linspace(-1, 1, 200_001)
    assert level == pytest.approx(np.maximum(0.5 + extra, 0).mean() / 0.5, rel=1e-4)
    assert level > 1.1
