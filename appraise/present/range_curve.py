"""The curve of a range: where it stands, how high, and where its low, its high and its average are."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from appraise.model.appraisal.lines import Range, Shape
from appraise.model.uncertainty import Z90, Spread, spread_of_range
from appraise.present import range_words

#: How many straight pieces a curve is drawn from.
PIECES = 80
#: A curve without ends is drawn this many standard deviations to both sides.
REACH = 2.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Heights from 0 to 1 over values in shares of what was entered (1 = as entered), from left to right.

    `bars`: single outcomes, each with its height; otherwise the points of one line. `low` and `high` are the ends as
    typed, which the curve may go beyond; `mean` is its average.
    """

    points: tuple[tuple[float, float], ...]
    low: float
    high: float
    mean: float
    bars: bool = False

    @property
    def left(self) -> float:
        """Where the drawing begins."""
        return min(self.low, self.points[0][0])

    @property
    def right(self) -> float:
        """Where the drawing ends."""
        return max(self.high, self.points[-1][0])


def range_curve(one: Range) -> Curve | None:
    """The curve of a range that is in order and has a width; else None."""
    low, high = (float(end) / 100 for end in range_words.ends(one))
    if not (math.isfinite(low) and math.isfinite(high)) or low >= high:
        return None
    if one.shape is Shape.DISCRETE:
        return _bars(one, low, high)
    if one.shape in range_words.WITH_LIKELY and not low <= 1 <= high:
        return None
    if one.shape is Shape.LOGNORMAL and low <= 0:
        return None
    try:
        spread = spread_of_range(one)
        points, mean = _POINTS[one.shape](low, high, spread), spread.mean
    except (ValueError, ArithmeticError):
        return None
    return Curve(points=points, low=low, high=high, mean=mean)


Points = tuple[tuple[float, float], ...]


def _bars(one: Range, low: float, high: float) -> Curve | None:
    if not range_words.chances_add(one.points) or any(point.chance < 0 for point in one.points):
        return None
    by_percent: dict[float, float] = {}
    for point in one.points:
        by_percent[float(point.percent) / 100] = by_percent.get(float(point.percent) / 100, 0.0) + point.chance
    top = max(by_percent.values())
    return Curve(
        points=tuple((value, chance / top) for value, chance in sorted(by_percent.items())),
        low=low,
        high=high,
        mean=math.fsum(value * chance for value, chance in by_percent.items()),
        bars=True,
    )


def _drawn(left: float, right: float, height: Callable[[float], float]) -> Points:
    values = [left + (right - left) * piece / PIECES for piece in range(PIECES + 1)]
    return tuple((value, height(value)) for value in values)


def _pert(low: float, high: float, _spread: Spread) -> Points:
    """x^(4m) (1 - x)^(4(1 - m)) over its value at m: the density of Beta(1 + 4m, 1 + 4(1 - m)) with peak 1."""
    m = (1 - low) / (high - low)
    peak = m ** (4 * m) * (1 - m) ** (4 * (1 - m))

    def height(value: float) -> float:
        x = min(max((value - low) / (high - low), 0.0), 1.0)
        return float(x ** (4 * m) * (1 - x) ** (4 * (1 - m)) / peak)

    return _drawn(low, high, height)


def _triangular(low: float, high: float, _spread: Spread) -> Points:
    return ((low, 0.0), (1.0, 1.0), (high, 0.0))


def _trigen(_low: float, _high: float, spread: Spread) -> Points:
    return ((spread.bottom, 0.0), (1.0, 1.0), (spread.top, 0.0))


def _uniform(low: float, high: float, _spread: Spread) -> Points:
    return ((low, 0.0), (low, 1.0), (high, 1.0), (high, 0.0))


def _normal(low: float, high: float, _spread: Spread) -> Points:
    mean, deviation = (low + high) / 2, (high - low) / (2 * Z90)
    reach = REACH * deviation
    return _drawn(mean - reach, mean + reach, lambda value: math.exp(-(((value - mean) / deviation) ** 2) / 2))


def _lognormal(low: float, high: float, _spread: Spread) -> Points:
    """exp(-((ln x - mu) / s)^2 / 2) / x over its value at the mode exp(mu - s^2)."""
    mean, deviation = math.log(low * high) / 2, math.log(high / low) / (2 * Z90)
    peak = math.exp(-(deviation**2) / 2) / math.exp(mean - deviation**2)

    def height(value: float) -> float:
        return math.exp(-(((math.log(value) - mean) / deviation) ** 2) / 2) / value / peak

    return _drawn(math.exp(mean - REACH * deviation), math.exp(mean + REACH * 0.85 * deviation), height)


_POINTS: dict[Shape, Callable[[float, float, Spread], Points]] = {
    Shape.PERT: _pert,
    Shape.TRIANGULAR: _triangular,
    Shape.TRIGEN: _trigen,
    Shape.UNIFORM: _uniform,
    Shape.NORMAL: _normal,
    Shape.LOGNORMAL: _lognormal,
}
