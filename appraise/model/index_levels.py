"""Uncertain price indices: one draw a document moves the rises of every year by as much (METHOD 10.1)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import accumulate, repeat
from operator import mul

import numpy as np

from appraise.model.appraisal.lines import Index, RiseRange, Shape
from appraise.model.uncertainty import EXACT, Z90, Floats, spread_of_rises, triangle_ends

#: Equal slices of probability over which an expected level is taken, and the digits that are kept of it.
SLICES = 4096
DIGITS = 12


def rises(percent: Sequence[Decimal], years: int) -> tuple[float, ...]:
    """Yearly rises into years 1 to `years` - 1 as shares; the last one is carried forward."""
    return tuple(float(percent[min(year, len(percent)) - 1] / 100) if percent else 0.0 for year in range(1, years))


def levels_over(
    yearly: Sequence[float], extra: Floats, *, cap: float | None = None, collar: float | None = None
) -> Floats:
    """Level of an index over its level as entered, (years, draws): prod (1 + g_s + d) / (1 + g_s).

    `extra`: d, what is added to every yearly rise g_s, one number a draw. Prices do not fall below nothing: a rise
    under -100 % counts as -100 %. Between a `collar` and a `cap`, shares a year, every rise is held, as entered too.
    """
    found = np.ones((len(yearly) + 1, len(extra)))
    for year, rise in enumerate(yearly, start=1):
        level = np.maximum(extra + (1 + rise), 0.0)
        entered = rise
        if collar is not None:
            np.maximum(level, 1 + collar, out=level)
            entered = max(entered, collar)
        if cap is not None:
            np.minimum(level, 1 + cap, out=level)
            entered = min(entered, cap)
        level *= 1 / (1 + entered) if entered > -1 else 0.0
        np.multiply(found[year - 1], level, out=found[year])
    return found


def _moments(band: RiseRange, highest: int) -> tuple[Decimal, Decimal, Iterator[Decimal]]:
    """(start, step, E x^0 .. E x^highest): what is added to every rise is start + step x, as shares.

    x runs from 0 to 1 between the ends: uniform 1 / (k + 1), triangle with its top at c 2 (1 + c + .. + c^k) / ((k + 1)
    (k + 2)), PERT the product of (a + i) / (a + b + i), i < k. Of a normal quantity x is standard normal: 1 x 3 x 5 ..
    """
    low, high = band.low / 100, band.high / 100
    if band.shape is Shape.NORMAL:
        return (low + high) / 2, (high - low) / (2 * Decimal(repr(Z90))), _normal_moments(highest)
    if band.shape is Shape.TRIGEN:
        low, high = triangle_ends(low, Decimal(0), high)
    top = -low / (high - low)
    if band.shape is Shape.UNIFORM:
        return low, high - low, (1 / Decimal(k + 1) for k in range(highest + 1))
    if band.shape is Shape.PERT:
        ratios = ((1 + 4 * top + k) / (6 + k) for k in range(highest))
        return low, high - low, accumulate(ratios, mul, initial=Decimal(1))
    sums = accumulate(accumulate(repeat(top, highest), mul, initial=Decimal(1)))
    return low, high - low, (2 * one / ((k + 1) * (k + 2)) for k, one in enumerate(sums))


def _normal_moments(highest: int) -> Iterator[Decimal]:
    found = Decimal(1)
    for power in range(highest + 1):
        yield Decimal(0) if power % 2 else found
        if power % 2:
            found *= power


def _by_moments(rises: Sequence[Decimal], band: RiseRange) -> tuple[Decimal, ...]:
    """E prod (A + B x) year by year: the coefficients of the product, times the moments of x."""
    start, step, found = _moments(band, len(rises))
    moments = tuple(found)
    nothing = Decimal(0)
    product, levels = [Decimal(1)], [Decimal(1)]
    for rise in rises:
        first, second = (1 + rise + start) / (1 + rise), step / (1 + rise)
        product = [
            first * one + second * other for one, other in zip([*product, nothing], [nothing, *product], strict=True)
        ]
        levels.append(sum(map(mul, product, moments), nothing))
    return tuple(levels)


def as_share(percent: Decimal | None) -> float | None:
    """Per cent as a share; None stays."""
    return None if percent is None else float(percent / 100)


def expected_capped(index: Index, years: int, *, cap: Decimal | None, collar: Decimal | None) -> tuple[Decimal, ...]:
    """As `expected_levels` with every rise held between a collar and a cap in per cent a year, to about 6 digits.

    Exact where neither of them can bind.
    """
    band = index.range
    if band is None or band.low == band.high:
        return (Decimal(1),) * years
    spread, yearly = spread_of_rises(band), rises(index.percent, years)
    least, most = as_share(collar), as_share(cap)
    free = (least is None or min(yearly, default=0.0) + spread.bottom >= least) and (
        most is None or max(yearly, default=0.0) + spread.top <= most
    )
    return expected_levels(index, years) if free else _by_slices(index, band, years, cap=most, collar=least)


def _by_slices(
    index: Index, band: RiseRange, years: int, *, cap: float | None = None, collar: float | None = None
) -> tuple[Decimal, ...]:
    spread = spread_of_rises(band)
    levels = levels_over(rises(index.percent, years), spread.slices(SLICES), cap=cap, collar=collar)
    means = np.add.accumulate(levels, axis=1)[:, -1] / SLICES
    return tuple(Decimal(repr(round(float(level), DIGITS))) for level in means)


def expected_levels(index: Index, years: int) -> tuple[Decimal, ...]:
    """Expected level of an uncertain index over its level as entered, by year.

    Exact to 34 digits; by slices, to about 6 digits, only where prices could fall below nothing.
    """
    band = index.range
    if band is None or band.low == band.high:
        return (Decimal(1),) * years
    with localcontext(EXACT):
        yearly = [share / 100 for share in index.percent] or [Decimal(0)]
        yearly = [yearly[min(year, len(yearly)) - 1] for year in range(1, years)]
        if any(1 + rise + Decimal(repr(spread_of_rises(band).bottom)) <= 0 for rise in yearly):
            return _by_slices(index, band, years)
        return _by_moments(yearly, band)
