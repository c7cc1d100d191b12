"""Value functions: straight between the points drawn by hand, constant outside, one direction only (METHOD 9.1)."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.criteria import Criterion, Measured, ValuePoint
from appraise.model.value import CurveFault, curve_faults, has_scale, points_of


def by_measure(*points: tuple[float, float]) -> Criterion:
    drawn = tuple(ValuePoint(measure=measure, value=value) for measure, value in points)
    return Criterion(id="c", branch="b", name="C", measured=Measured.MEASURE, unit="days", points=drawn)


WAIT = by_measure((10, 100), (20, 60), (60, 0))


@pytest.mark.parametrize(
    ("days", "points"), [(0, 100), (10, 100), (12.5, 90), (20, 60), (40, 30), (60, 0), (1000, 0), (-5, 100)]
)
def test_lower_is_better_where_values_fall(days: float, points: float) -> None:
    assert points_of(WAIT, days) == pytest.approx(points, abs=1e-12)


@pytest.mark.parametrize("measured", [Measured.DIRECT, Measured.LEVELS])
def test_points_are_taken_as_entered(measured: Measured) -> None:
    assert points_of(Criterion(id="c", branch="b", name="C", measured=measured), 37.5) == 37.5


def test_the_order_in_which_points_are_written_changes_nothing() -> None:
    turned = by_measure((60, 0), (10, 100), (20, 60))
    assert [points_of(turned, days) for days in (5, 15, 33, 70)] == [points_of(WAIT, days) for days in (5, 15, 33, 70)]


@pytest.mark.parametrize(
    ("points", "faults"),
    [
        (((0, 0), (1, 100)), set()),
        (((0, 100), (1, 50), (2, 50), (3, 0)), set()),
        (((3, 0), (0, 100), (1, 50)), set()),
        (((0, 0), (1, 60), (2, 40)), {CurveFault.TURNS}),
        (((0, 100), (1, 20), (2, 30)), {CurveFault.TURNS}),
        (((0, 0), (1, float("nan"))), {CurveFault.TURNS}),
        (((0, 50), (1, 50)), {CurveFault.LEVEL}),
        (((0, 0), (0, 100)), {CurveFault.TWICE}),
        (((1, 0), (3, 100), (3, 50)), {CurveFault.TWICE, CurveFault.TURNS}),
        (((5, 100),), {CurveFault.FEW}),
        ((), {CurveFault.FEW}),
    ],
)
def test_a_value_function_goes_one_way(points: tuple[tuple[float, float], ...], faults: set[CurveFault]) -> None:
    assert curve_faults(by_measure(*points).points) == faults


def test_a_measure_without_two_points_has_no_scale() -> None:
    assert not has_scale(by_measure())
    assert not has_scale(by_measure((1, 100)))
    assert has_scale(WAIT)
    assert has_scale(Criterion(id="c", branch="b", name="C"))
    assert points_of(by_measure(), 3) == 0


KNOTS = st.lists(
    st.tuples(st.integers(-1000, 1000), st.integers(0, 100)), min_size=2, max_size=6, unique_by=lambda knot: knot[0]
)


@given(KNOTS, st.integers(-1200, 1200))
def test_against_exact_fractions(knots: list[tuple[int, int]], entered: int) -> None:
    """The weights of the two neighbours, (b - x) / (b - a) and the rest; the ends beyond them."""
    ordered = sorted(knots)
    below = [knot for knot in ordered if knot[0] <= entered]
    above = [knot for knot in ordered if knot[0] > entered]
    if not below or not above:
        wanted = Fraction((above[0] if above else below[-1])[1])
    else:
        (a, left), (b, right) = below[-1], above[0]
        wanted = Fraction(b - entered, b - a) * left + Fraction(entered - a, b - a) * right
    found = points_of(by_measure(*knots), entered)
    assert found == pytest.approx(float(wanted), abs=1e-10)
    assert 0 <= found <= 100


@given(
    KNOTS.filter(lambda knots: not curve_faults(by_measure(*knots).points)),
    st.lists(st.floats(-1200, 1200), min_size=2),
)
def test_a_function_that_goes_one_way_orders_measures(knots: list[tuple[int, int]], entered: list[float]) -> None:
    criterion = by_measure(*knots)
    values = [points_of(criterion, one) for one in sorted(entered)]
    rising = min(knots)[1] < max(knots)[1]
    steps = [after - before for before, after in pairwise(values)]
    assert all(step >= -1e-9 if rising else step <= 1e-9 for step in steps)
