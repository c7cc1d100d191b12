"""Uncertain quantities: a standard normal number in, a value out, by tables that are made once (METHOD 10.1, 10.4).

A table holds the quantile function of a distribution, linear in z, on the range from the least to the most that is
drawn. It is shared by all inputs of one shape, and its knots are rounded, so that the same file gives the same
figures on every machine. Sources of the shapes: Malcolm and others (1959) and Vose, Risk Analysis (PERT); Kotz and van
Dorp, Beyond Beta (2004) (triangle, and the triangle from its 10 and 90 % points).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from functools import lru_cache
from math import exp, log, sqrt

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.constraints import Impact
from appraise.model.appraisal.lines import Point, Range, RiseRange, Shape

Floats = npt.NDArray[np.float64]
#: Draws on their way: seven digits are enough for them, and half the room is quicker to go through.
Singles = npt.NDArray[np.float32]
Cells = npt.NDArray[np.intp]
Words = npt.NDArray[np.uint32]
Ranks = npt.NDArray[np.uint16]

#: 34 digits, as all exact figures have (see `model.discounting`).
EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN)
#: Tables reach from -Z_END to Z_END: no sum of a cause and an own part of a normal number goes further.
Z_END = 6.55
CELLS = 2048
#: Cells of a z table for each unit of z.
PER_Z = CELLS / (2 * Z_END)
DIGITS = 12
#: A lognormal quantity is cut off here, two in a million on both sides: its ends must not take up all the room.
LOGNORMAL_END = 4.75
#: The 90 % point of a standard normal number.
Z90 = 1.2815515655446004
#: Shapes that end at their low and high; the others have low and high as their 10 and 90 % points.
ENDED = frozenset({Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM})


# --- normal numbers ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _normal_knots() -> tuple[Singles, Singles]:
    """Normal quantiles at every 65,536th of probability, and a 65,536th of the step to the next one.

    The ends are placed so that the straight line of the last cell has the mean of its tail, density / chance.
    """
    from scipy.special import ndtri

    half = np.asarray(ndtri(np.arange(1, 32_769) / 65_536), dtype=np.float64)
    tail_mean = -exp(-(half[0] ** 2) / 2) / sqrt(2 * np.pi) * 65_536
    lower = np.round(np.concatenate(([2 * tail_mean - half[0]], half)), DIGITS - 2)
    lower[-1] = 0.0
    knots = np.concatenate((lower, -lower[-2::-1]))
    rounded = knots.astype(np.float32)
    return rounded[:-1].copy(), np.diff(rounded) / np.float32(65_536)


def normals(words: Words) -> Singles:
    """Standard normal numbers from random words of 32 bits, straight between 65,537 quantiles.

    The rarest 1 in 65,536 at either end is drawn from a straight line with the mean of that tail.
    """
    knots, steps = _normal_knots()
    cell = (words >> np.uint32(16)).astype(np.intp)
    found = (words & np.uint32(0xFFFF)).astype(np.float32)
    found *= steps.take(cell)
    found += knots.take(cell)
    return found


@lru_cache(maxsize=1)
def _ranks() -> Ranks:
    """The chance of staying under the middle of each cell of z, in 65,536ths."""
    from scipy.special import ndtr

    middle = (np.arange(CELLS) + 0.5) / PER_Z - Z_END
    return np.asarray(np.round(ndtr(middle) * 65_535), dtype=np.uint16)


def cells_of(z: Floats | Singles) -> tuple[Cells, Floats | Singles]:
    """(the cell of tables that holds z, how far into it from 0 to 1)."""
    part = z * PER_Z
    part += Z_END * PER_Z
    cell = part.astype(np.intp)
    part -= cell
    return cell, part


def ranks_of_cells(cell: Cells) -> Ranks:
    """Which share of all normal numbers lies under a cell of tables, in 65,536ths: the rank of what rises with z."""
    return _ranks().take(cell)


def ranks_of(z: Floats | Singles) -> Ranks:
    """The rank of whatever rises with z, in 65,536ths of all draws."""
    return ranks_of_cells(cells_of(z)[0])


# --- tables ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class QuantileTable:
    """Values on [0, 1] at even steps of z from -Z_END to Z_END, straight in between.

    The error is under 4e-6 of the range.
    """

    knots: Singles
    steps: Singles

    @classmethod
    def of(cls, knots: Floats) -> "QuantileTable":
        """A table of CELLS + 1 knots, rounded."""
        rounded = np.round(knots, DIGITS).astype(np.float32)
        return cls(rounded, np.append(np.diff(rounded), np.float32(0)))  # steps of rounded knots never go down

    def at(self, z: Floats | Singles) -> Floats | Singles:
        """Values of normal numbers inside the ends; same shape."""
        return self.read(*cells_of(z))

    def read(self, cell: Cells, part: Floats | Singles) -> Floats | Singles:
        """Values at a part of the way through cells; `part` is used up."""
        part *= self.steps.take(cell)
        part += self.knots.take(cell)
        return part


@dataclass(frozen=True, slots=True, eq=False)
class StepTable:
    """Values on [0, 1] of a list of outcomes: `values[k]` up to `ends[k]`, a normal number that is not passed."""

    ends: Floats
    values: Floats

    def at(self, z: Floats | Singles) -> Floats | Singles:
        """Values of normal numbers; same shape."""
        return np.asarray(self.values.take(np.searchsorted(self.ends, z)), dtype=np.float64)


Table = QuantileTable | StepTable


def knots_z() -> Floats:
    """The normal numbers at which tables have their knots."""
    return np.arange(CELLS + 1) / PER_Z - Z_END


def _triangle(likely: float, z: Floats) -> Floats:
    """Sqrt(p m) below p = m, 1 - sqrt((1 - p)(1 - m)) above; chances of the upper half counted from the top."""
    from scipy.special import ndtr

    rising, falling = np.sqrt(ndtr(z) * likely), 1 - np.sqrt(ndtr(-z) * (1 - likely))
    return np.where(ndtr(z) < likely, rising, falling)


def _pert(likely: float, z: Floats) -> Floats:
    """Beta(1 + 4 m, 1 + 4 (1 - m)); the upper half is the mirror image, which keeps the digits of small chances."""
    from scipy.special import betaincinv, ndtr

    a, b = 1 + 4 * likely, 1 + 4 * (1 - likely)
    half = len(z) // 2
    return np.concatenate((betaincinv(a, b, ndtr(z[:half])), 1 - betaincinv(b, a, ndtr(-z[half:]))))


@lru_cache(maxsize=512)
def _table(shape: Shape, parameter: float) -> QuantileTable:
    """The table of a shape on [0, 1]; the parameter is the place of the likely value, or sigma of a lognormal."""
    from scipy.special import ndtr

    z = knots_z()
    if shape is Shape.NORMAL:
        return QuantileTable.of((z + Z_END) / (2 * Z_END))
    if shape is Shape.LOGNORMAL:
        low, high = exp(-parameter * LOGNORMAL_END), exp(parameter * LOGNORMAL_END)
        inside = np.clip(z, -LOGNORMAL_END, LOGNORMAL_END)
        return QuantileTable.of((np.exp(parameter * inside) - low) / (high - low))
    if shape is Shape.UNIFORM:
        return QuantileTable.of(np.asarray(ndtr(z)))
    return QuantileTable.of(_triangle(parameter, z) if shape is Shape.TRIANGULAR else _pert(parameter, z))


@lru_cache(maxsize=128)
def _steps(points: tuple[tuple[float, float], ...]) -> StepTable:
    from scipy.special import ndtri

    values = np.array([value for value, _ in points])
    reached = np.add.accumulate([chance for _, chance in points])[:-1]
    ends = np.asarray(np.round(np.clip(ndtri(np.minimum(reached, 1.0)), -Z_END, Z_END), DIGITS), dtype=np.float64)
    width = values[-1] - values[0]
    return StepTable(ends, (values - values[0]) / width if width else values * 0.0)


def triangle_ends(low: Decimal, likely: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The ends of a triangle of which a tenth lies under low and a tenth over high (Kotz and van Dorp 2004).

    (low - a)^2 = .1 (b - a)(likely - a) and (b - high)^2 = .1 (b - a)(b - likely), each solved in turn until both
    hold: a = low - x with x the positive root of .9 x^2 - .1 (l + h) x - .1 l h, l = likely - low, h = b - low.
    """

    def reach(near: Decimal, far: Decimal) -> Decimal:
        """The positive root x of .9 x^2 - .1 (near + far) x - .1 near far = 0."""
        linear = (near + far) / 10
        return (linear + (linear * linear + Decimal("0.36") * near * far).sqrt()) / Decimal("1.8")

    with localcontext(EXACT):
        a, b = low, high
        for _ in range(80):
            a = low - reach(likely - low, b - low)
            b = high + reach(high - likely, high - a)
        return a, b


# --- quantities --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """An uncertain quantity: low, likely and high with a shape, or `points` of value and chance, lowest value first.

    For a normal or lognormal quantity, and for the triangle of 10 and 90 % points, `low` and `high` are those points.
    Low = high is a certain value.
    """

    low: float
    likely: float
    high: float
    shape: Shape = Shape.PERT
    points: tuple[tuple[float, float], ...] = ()

    @property
    def _ends(self) -> tuple[float, float]:
        if self.shape is Shape.DISCRETE:
            return self.points[0][0], self.points[-1][0]
        if self.low == self.high or self.shape in ENDED:
            return self.low, self.high
        if self.shape is Shape.TRIGEN:
            a, b = triangle_ends(*(Decimal(repr(one)) for one in (self.low, self.likely, self.high)))
            return float(a), float(b)
        if self.shape is Shape.NORMAL:
            middle, reach = (self.low + self.high) / 2, self._sigma * Z_END
            return middle - reach, middle + reach
        middle = sqrt(self.low * self.high)
        return middle * exp(-self._sigma * LOGNORMAL_END), middle * exp(self._sigma * LOGNORMAL_END)

    @property
    def _sigma(self) -> float:
        """Standard deviation of a normal quantity, or of the logarithm of a lognormal one."""
        if self.shape is Shape.LOGNORMAL:
            return log(self.high / self.low) / (2 * Z90)
        return (self.high - self.low) / (2 * Z90)

    @property
    def bottom(self) -> float:
        """The least that is drawn."""
        return self._ends[0]

    @property
    def top(self) -> float:
        """The most that is drawn."""
        return self._ends[1]

    @property
    def width(self) -> float:
        """The most less the least that is drawn; 0 for a certain value."""
        bottom, top = self._ends
        return top - bottom

    @property
    def position(self) -> float:
        """Where the likely value stands between the ends, rounded so that tables are shared."""
        bottom, top = self._ends
        return round((self.likely - bottom) / (top - bottom), DIGITS) if top > bottom else 0.5

    @property
    def mean(self) -> float:
        """PERT (a + 4 m + b) / 6, triangle (a + m + b) / 3, uniform and normal the middle, lognormal e^(mu + s^2/2)."""
        bottom, top = self._ends
        if self.shape is Shape.DISCRETE:
            return sum(value * chance for value, chance in self.points)
        if self.shape is Shape.PERT:
            return (bottom + 4 * self.likely + top) / 6
        if self.shape in {Shape.TRIANGULAR, Shape.TRIGEN}:
            return (bottom + self.likely + top) / 3 if top > bottom else self.low
        if self.shape is Shape.LOGNORMAL and top > bottom:
            return sqrt(self.low * self.high) * exp(self._sigma**2 / 2)
        return (self.low + self.high) / 2

    @property
    def variance(self) -> float:
        """PERT (mean - a)(b - mean) / 7, triangle (a^2 + m^2 + b^2 - am - ab - mb) / 18, uniform (b - a)^2 / 12."""
        a, b = self._ends
        m, mean = self.likely, self.mean
        if a == b:
            return 0.0
        if self.shape is Shape.DISCRETE:
            return sum(chance * (value - mean) ** 2 for value, chance in self.points)
        if self.shape is Shape.PERT:
            return (mean - a) * (b - mean) / 7
        if self.shape is Shape.UNIFORM:
            return (b - a) ** 2 / 12
        if self.shape is Shape.NORMAL:
            return self._sigma**2
        if self.shape is Shape.LOGNORMAL:
            return mean**2 * (exp(self._sigma**2) - 1)
        return (a * a + m * m + b * b - a * m - a * b - m * b) / 18

    def table(self) -> Table:
        """The shared table on [0, 1], 0 the least that is drawn and 1 the most."""
        if self.shape is Shape.DISCRETE:
            return _steps(self.points)
        if self.shape is Shape.LOGNORMAL:
            return _table(self.shape, round(self._sigma, DIGITS))
        if self.shape in {Shape.PERT, Shape.TRIANGULAR, Shape.TRIGEN}:
            return _table(Shape.PERT if self.shape is Shape.PERT else Shape.TRIANGULAR, self.position)
        return _table(self.shape, 0.0)

    def at(self, z: Floats | Singles) -> Floats:
        """Values of standard normal numbers; same shape."""
        bottom, top = self._ends
        return bottom + (top - bottom) * self.table().at(z).astype(np.float64)

    def quantile(self, probability: float) -> float:
        """The value not passed with this probability, 0 to 1."""
        from scipy.special import ndtri

        if not self.width:
            return self.low if self.shape is not Shape.DISCRETE else self.points[0][0]
        return float(self.at(np.clip(np.array([ndtri(probability)]), -Z_END, Z_END - 1e-9))[0])

    def slices(self, count: int) -> Floats:
        """Values of `count` equal slices of probability, moved as one to the exact mean. Not to be changed."""
        return _slices(self, count)


@lru_cache(maxsize=512)
def _slices(spread: Spread, count: int) -> Floats:
    from scipy.special import ndtri

    if not spread.width:
        return np.full(count, spread.mean)
    found = spread.at(ndtri((np.arange(count) + 0.5) / count))
    return found + (spread.mean - float(np.add.accumulate(found)[-1]) / count)


def _points(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    """Values as shares of the amount with their chances, lowest first; what has no chance is left out."""
    ordered = sorted((float(point.percent / 100), point.chance) for point in points if point.chance > 0)
    return tuple(ordered)


def spread_of_range(band: Range) -> Spread:
    """The range of a line; 1 is the amount as entered."""
    return Spread(
        low=float(band.low / 100),
        likely=1.0,
        high=float(band.high / 100),
        shape=band.shape,
        points=_points(band.points) if band.shape is Shape.DISCRETE else (),
    )


def spread_of_impact(impact: Impact) -> Spread:
    """The impact of a constraint, pounds."""
    return Spread(low=float(impact.low), likely=float(impact.likely), high=float(impact.high), shape=impact.shape)


def spread_of_rises(band: RiseRange) -> Spread:
    """What is added to every yearly rise of a price index, as a share: 0.01 is one percentage point."""
    return Spread(low=float(band.low / 100), likely=0.0, high=float(band.high / 100), shape=band.shape)


def mean_of_range(band: Range | None) -> Decimal:
    """Mean of a range as a share of the entered amount, to 34 digits.

    PERT (low + 400 + high) / 600, triangle (low + 100 + high) / 300, uniform and normal (low + high) / 200, a list of
    outcomes their chances times their values; lognormal e^(mu + s^2 / 2) from its 10 and 90 % points.
    """
    if band is None:
        return Decimal(1)
    low, high = band.low, band.high
    with localcontext(EXACT):
        if band.shape is Shape.DISCRETE:
            return sum((point.percent * Decimal(repr(point.chance)) for point in band.points), Decimal(0)) / 100
        if band.shape is Shape.PERT:
            return (low + 400 + high) / 600
        if band.shape is Shape.TRIGEN and low < high:
            low, high = triangle_ends(low, Decimal(100), high)
        if band.shape in {Shape.TRIANGULAR, Shape.TRIGEN}:
            return (low + 100 + high) / 300
        if band.shape is Shape.LOGNORMAL and 0 < low < high:
            sigma = (high / low).ln() / (2 * Decimal(repr(Z90)))
            return (low * high).sqrt() * (sigma * sigma / 2).exp() / 100
        return (low + high) / 200


# --- draws -------------------------------------------------------------------------------------------------


def share_error(share: float, count: int) -> float:
    """Standard error of a share of draws: sqrt(p (1 - p) / n)."""
    return sqrt(max(0.0, share * (1 - share)) / count)
