"""Findings on how far lines and price indices may come out otherwise."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.lines import Index, Line, Point, Range, RiseRange, Shape
from appraise.model.finding import Severity
from appraise.model.finding_rules.ranges import check_range, check_rise_range
from tests.builders import line

D = Decimal
LONG = "A very long name of seven words"


def _line(shape: Shape, low: object, high: object, *points: tuple[object, float]) -> Line:
    outcomes = tuple(Point(percent=D(percent), chance=chance) for percent, chance in points)
    return replace(line("x", "a", 1), range=Range(low=D(low), high=D(high), shape=shape, points=outcomes))


def _points(*points: tuple[object, float]) -> Line:
    return _line(Shape.DISCRETE, 0, 0, *points)


AROUND, ENDED = (Shape.PERT, Shape.TRIANGULAR), (Shape.UNIFORM, Shape.LOGNORMAL, Shape.NORMAL)
FAULTS = [
    *(("range", _line(shape, low, high)) for shape in AROUND for low, high in ((101, 120), (90, 99), (-1, 120))),
    *(("range", _line(shape, *ends)) for shape in AROUND for ends in (("NaN", 120), (90, "sNaN"), (90, 10_001))),
    *(("range-reach", _line(shape, *ends)) for shape in ENDED for ends in ((-1, 120), ("NaN", 120), (90, 10_001))),
    *(("range-order", _line(shape, 110, 105)) for shape in (*ENDED, Shape.TRIGEN)),
    ("range-lognormal", _line(Shape.LOGNORMAL, 0, 120)),
    *(("range-trigen", _line(Shape.TRIGEN, *ends)) for ends in ((100, 120), (90, 100), (105, 120))),
    *(("range-outside", _line(shape, 105, 120)) for shape in ENDED),
    ("points-none", _points()),
    ("points", _points((-1, 1.0))),
    ("points", _points(("NaN", 1.0))),
    ("points-chance", _points((90, -0.5), (110, 1.5))),
    ("points-chance", _points((90, float("nan")))),
    ("points-sum", _points((90, 0.5), (110, 0.4))),
    ("points-sum", _points((90, 0.5), (110, 0.5 + 2e-9))),
]


@pytest.mark.parametrize(("code", "document"), FAULTS)
def test_each_fault_of_a_range_is_found_once(code: str, document: Line) -> None:
    (found,) = check_range(replace(document, name=LONG))
    assert (found.code, found.record, found.field) == (code, "x", "range")
    assert (found.severity is Severity.ATTENTION) is (code == "range-outside")
    assert max(len(text.split()) for text in (found.sentence, found.mend)) <= 25


@pytest.mark.parametrize(
    "document",
    [
        line("x", "a", 1),
        *(_line(shape, 100, 100) for shape in (*AROUND, *ENDED)),
        _line(Shape.UNIFORM, 0, 10_000),
        _line(Shape.LOGNORMAL, 4, 120),
        _line(Shape.TRIGEN, 99, 101),
        _points((100, 1.0)),
        _points((0, 0.1), (300, 0.2), (100, 0.7)),
        replace(_points(), range=Range(low=D(90), high=D(110), points=(Point(percent=D("NaN"), chance=9.0),))),
    ],
)
def test_a_sound_range_is_left_alone(document: Line) -> None:
    assert list(check_range(document)) == []


def _index(low: object, high: object, shape: Shape = Shape.PERT) -> Index:
    return Index(id="i", name=LONG, percent=(D(2),), range=RiseRange(low=D(low), high=D(high), shape=shape))


@pytest.mark.parametrize(
    ("code", "index"),
    [
        *(("rise-shape", _index(-1, 1, shape)) for shape in (Shape.DISCRETE, Shape.LOGNORMAL)),
        *(("rise-range", _index(low, high)) for low, high in (("0.1", 2), (-1, "-0.1"), (-11, 0), (0, 11))),
        *(("rise-range", _index(low, high)) for low, high in (("NaN", 1), (-1, "sNaN"), (-1, "Infinity"))),
        *(("rise-trigen", _index(low, high, Shape.TRIGEN)) for low, high in ((0, 1), (-1, 0))),
    ],
)
def test_each_fault_of_uncertain_rises_is_found_once(code: str, index: Index) -> None:
    (found,) = check_rise_range(index)
    assert (found.code, found.severity, found.record, found.field) == (code, Severity.ERROR, "i", "range")
    assert max(len(text.split()) for text in (found.sentence, found.mend)) <= 25


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM, Shape.NORMAL])
def test_sound_rises_are_left_alone(shape: Shape) -> None:
    assert not list(check_rise_range(_index(0, 0, shape)))
    assert not list(check_rise_range(_index(-10, 10, shape)))
    assert not list(check_rise_range(replace(_index(0, 0), range=None)))
    assert not list(check_rise_range(_index(-1, 1, Shape.TRIGEN)))
