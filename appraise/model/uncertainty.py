"""Quantile tables: a uniform number in, a value of a three-point distribution out.

A table is made once for each shape and position of the likely value, on the unit range, and shared.
Its knots are rounded, so that the same file gives the same figures on every machine.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.lines import Shape

Floats = npt.NDArray[np.float64]

#: Even cells of the main table; cells of each halving of probability in the tails.
CELLS = 1024
TAIL_CELLS = 64
#: A tail is a probability under 2 ** -4 at either end; its table goes down to 2 ** -27.
TAIL_FROM, TAIL_TO = 4, 27
DIGITS = 12


@dataclass(frozen=True, slots=True, eq=False)
class QuantileTable:
    """Quantiles of a distribution on [0, 1]: even steps of probability in the middle, and in each tail
    the same number of steps for every halving of the tail's probability.

    Between knots the quantile is a straight line: the error is under 5e-6 of the range down to a chance of
    2 ** -27, once in 134 million draws; rarer ends are drawn as that. `low` holds
    quantiles of tail probabilities counted from below, `high` of those counted from above.
    """

    main: Floats
    low: Floats
    high: Floats

    def at(self, uniform: Floats) -> Floats:
        """Quantiles of uniform numbers in [0, 1); same shape."""
        position = uniform * CELLS
        cell = position.astype(np.int32)
        values = _between(self.main, position, cell)
        ends = CELLS >> TAIL_FROM
        for tail, where, chance in (
            (self.low, cell < ends, uniform),
            (self.high, cell >= CELLS - ends, 1 - uniform),
        ):
            found = np.flatnonzero(where)
            values[found] = _tail(tail, chance[found])
        return values


def _between(knots: Floats, position: Floats, cell: npt.NDArray[np.int32]) -> Floats:
    lower = knots.take(cell)
    step = knots.take(cell + 1)
    step -= lower
    step *= position - cell
    step += lower
    return step


def _tail(knots: Floats, chance: Floats) -> Floats:
    """Read a tail table: the halving from the exponent of the number, the cell from its digits."""
    digits, exponent = np.frexp(np.maximum(chance, 2.0**-TAIL_TO))
    position = (exponent + TAIL_TO - 1 + (2 * digits - 1)) * TAIL_CELLS
    cell = np.minimum(position.astype(np.int32), len(knots) - 2)
    return _between(knots, position, cell)


def _tail_chances() -> Floats:
    halvings = np.arange(TAIL_TO - TAIL_FROM)
    steps = 1 + np.arange(TAIL_CELLS) / TAIL_CELLS
    chances = np.ldexp(steps, (halvings[:, np.newaxis] - TAIL_TO)).ravel()
    return np.append(chances, 2.0**-TAIL_FROM)


def _quantiles(shape: Shape, likely: float, chance: Floats, *, above: bool = False) -> Floats:
    """Quantile function on [0, 1] with the likely value at m; `above`: chances are counted from the top.

    Triangular: sqrt(p m) below p = m, 1 - sqrt((1 - p)(1 - m)) above. PERT: Beta(1 + 4 m, 1 + 4 (1 - m))
    (Malcolm and others, 1959; Vose, Risk Analysis).
    """
    if above:  # the mirror image keeps the digits of small chances
        return 1 - _quantiles(shape, 1 - likely, chance)
    if shape is Shape.TRIANGULAR:
        rising = np.sqrt(chance * likely)
        falling = 1 - np.sqrt((1 - chance) * (1 - likely))
        return np.where(chance < likely, rising, falling)
    from scipy.special import betaincinv

    return np.asarray(betaincinv(1 + 4 * likely, 1 + 4 * (1 - likely), chance), dtype=np.float64)


@lru_cache(maxsize=1024)
def quantile_table(shape: Shape, likely: float) -> QuantileTable:
    """The table of a distribution on [0, 1] whose likely value stands at `likely`."""
    tail = _tail_chances()
    return QuantileTable(
        main=np.round(_quantiles(shape, likely, np.arange(CELLS + 1) / CELLS), DIGITS),
        low=np.round(_quantiles(shape, likely, tail), DIGITS),
        high=np.round(_quantiles(shape, likely, tail, above=True), DIGITS),
    )


def mean_position(shape: Shape, likely: float) -> float:
    """Mean on [0, 1]: triangular (1 + m) / 3, PERT (1 + 4 m) / 6."""
    return (1 + likely) / 3 if shape is Shape.TRIANGULAR else (1 + 4 * likely) / 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreePoint:
    """Low, likely and high with a shape; low = high is a certain value."""

    low: float
    likely: float
    high: float
    shape: Shape = Shape.PERT

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    @property
    def position(self) -> float:
        """Where the likely value stands between low (0) and high (1), rounded so that tables are shared."""
        return round((self.likely - self.low) / self.width, DIGITS) if self.width else 0.5

    @property
    def mean(self) -> float:
        """Mean of the distribution."""
        return self.low + self.width * mean_position(self.shape, self.position)

    @property
    def variance(self) -> float:
        """Triangular (a^2 + m^2 + b^2 - am - ab - mb) / 18, PERT (mean - a)(b - mean) / 7."""
        if self.shape is Shape.TRIANGULAR:
            a, m, b = self.low, self.likely, self.high
            return (a * a + m * m + b * b - a * m - a * b - m * b) / 18
        return (self.mean - self.low) * (self.high - self.mean) / 7

    def quantile(self, probability: float) -> float:
        """The value not passed with this probability."""
        return self.low + self.width * float(self.table().at(np.array([probability]))[0])

    def table(self) -> QuantileTable:
        """The shared table on [0, 1]."""
        return quantile_table(self.shape, self.position)
