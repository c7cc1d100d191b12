"""The curve of a range: where it stands, its average, and no curve where a range is not in order."""

from decimal import Decimal

import pytest

from appraise.model.appraisal.lines import Point, Range, Shape
from appraise.model.uncertainty import spread_of_range
from appraise.present.range_curve import range_curve

POINTS = (
    Point(percent=Decimal(130), chance=0.25),
    Point(percent=Decimal(90), chance=0.5),
    Point(percent=Decimal(130), chance=0.25),
)


def band(low: str, high: str, shape: Shape) -> Range:
    return Range(low=Decimal(low), high=Decimal(high), shape=shape, points=POINTS if shape is Shape.DISCRETE else ())


@pytest.mark.parametrize("shape", [one for one in Shape if one is not Shape.DISCRETE])
def test_the_drawn_curve_has_the_average_of_its_spread(shape):
    one = band("80", "150", shape)
    curve = range_curve(one)
    assert curve is not None
    assert curve.mean == spread_of_range(one).mean
    assert max(height for _, height in curve.points) == pytest.approx(1, abs=0.002)
    area = weighted = 0.0
    for (left, one_height), (right, other) in zip(curve.points, curve.points[1:], strict=False):
        middle, height = (left + right) / 2, (one_height + other) / 2
        area += (right - left) * height
        weighted += (right - left) * (left * one_height + 4 * middle * height + right * other) / 6
    assert weighted / area == pytest.approx(curve.mean, abs=0.012)


def test_ends_that_are_passed_stand_inside_the_drawing():
    for shape in (Shape.TRIGEN, Shape.NORMAL, Shape.LOGNORMAL):
        curve = range_curve(band("80", "150", shape))
        assert curve.left < curve.low == 0.8
        assert curve.high == 1.5 < curve.right
    for shape in (Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM):
        curve = range_curve(band("80", "150", shape))
        assert (curve.left, curve.right) == (curve.low, curve.high) == (0.8, 1.5)


def test_three_points_peak_at_the_likely_value():
    for shape in (Shape.PERT, Shape.TRIANGULAR, Shape.TRIGEN):
        curve = range_curve(band("80", "150", shape))
        assert max(curve.points, key=lambda point: point[1])[0] == pytest.approx(1, abs=0.01)


def test_likely_at_either_end_is_a_curve_too():
    for shape in (Shape.PERT, Shape.TRIANGULAR, Shape.TRIGEN):
        for low, high in (("100", "150"), ("60", "100")):
            curve = range_curve(band(low, high, shape))
            assert curve is not None
            assert all(0 <= height <= 1 for _, height in curve.points)


def test_outcomes_are_bars_and_the_same_outcome_twice_is_one():
    curve = range_curve(band("80", "150", Shape.DISCRETE))
    assert curve.bars
    assert curve.points == ((0.9, 1.0), (1.3, 1.0))
    assert curve.mean == pytest.approx(1.1)


@pytest.mark.parametrize(
    "one",
    [
        band("100", "100", Shape.PERT),
        band("120", "150", Shape.PERT),
        band("150", "80", Shape.UNIFORM),
        band("NaN", "120", Shape.NORMAL),
        band("0", "120", Shape.LOGNORMAL),
        Range(low=Decimal(80), high=Decimal(120), shape=Shape.DISCRETE),
        Range(low=Decimal(80), high=Decimal(120), shape=Shape.DISCRETE, points=POINTS[:2]),
    ],
)
def test_what_is_not_in_order_has_no_curve(one):
    assert range_curve(one) is None
