"""Means of what is uncertain, for `tests.published.oracle`: exact fractions where there are any, else to 13 digits.

Nothing of the program is imported. Ranges and impacts are the plain content of an appraisal (METHOD 10.1, 11.1).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np
from scipy.special import betainc, roots_hermitenorm, roots_jacobi, roots_legendre

ZERO, ONE = Fraction(0), Fraction(1)
#: The normal number that nine tenths do not pass.
Z90 = Decimal("1.28155156554460046696510332477943")
#: Nodes of a rule that is exact for polynomials of twice their number: 61 years need 61.
NODES = 48


def exact(value: str | float) -> Fraction:
    """The number as it was typed: 0.3 is three tenths."""
    return Fraction(value if isinstance(value, str) else repr(value))


def percent(value: str | float) -> Fraction:
    return exact(value) / 100


# ranges of lines


def _typed(share: Fraction) -> Decimal:
    with localcontext(prec=60):
        return Decimal(share.numerator) / Decimal(share.denominator)


def wide_triangle(low: Fraction, likely: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """Ends of the triangle of which a tenth lies under low and a tenth over high.

    With t the part of the triangle that lies under its top, low is (t - sqrt(.1 t)) of the width under the top and
    high is (1 - t - sqrt(.1 (1 - t))) over it: t is found by halving.
    """
    under, over = likely - low, high - likely
    if not under + over:
        return low, high
    with localcontext(prec=60):
        share, tenth = _typed(under / (under + over)), Decimal("0.1")
        first, last = Decimal("0.1"), Decimal("0.9")
        for _ in range(190):
            t = (first + last) / 2
            lower, upper = t - (tenth * t).sqrt(), 1 - t - (tenth * (1 - t)).sqrt()
            first, last = (t, last) if lower < share * (lower + upper) else (first, t)
        width = _typed(under + over) / (lower + upper)
        return likely - Fraction(t * width), likely + Fraction((1 - t) * width)


def _lognormal(low: Fraction, high: Fraction) -> Fraction:
    """E^(mu + s^2 / 2) of the curve through its 10 and 90 % points."""
    with localcontext(prec=60):
        first, last = _typed(low).ln(), _typed(high).ln()
        sigma = (last - first) / (2 * Z90)
        return Fraction(((first + last) / 2 + sigma * sigma / 2).exp())


def mean_share(band: dict | None) -> Fraction:
    """Mean of a range as a share of the entered amount; the likely value is the amount as entered."""
    if band is None:
        return ONE
    shape, low, high = band["shape"], percent(band["low"]), percent(band["high"])
    if shape == "discrete":
        return sum((percent(point["percent"]) * exact(point["chance"]) for point in band["points"]), ZERO)
    if shape == "lognormal":
        return _lognormal(low, high)
    if shape == "trigen":
        low, high = wide_triangle(low, ONE, high)
    return {
        "pert": (low + 4 + high) / 6,
        "triangular": (low + 1 + high) / 3,
        "trigen": (low + 1 + high) / 3,
        "uniform": (low + high) / 2,
        "normal": (low + high) / 2,
    }[shape]


# impacts of constraints


def ends(impact: dict) -> tuple[Fraction, Fraction, Fraction]:
    return exact(impact["low"]), exact(impact["likely"]), exact(impact["high"])


def is_certain(impact: dict) -> bool:
    low, _, high = ends(impact)
    return low == high


def mean_impact(impact: dict) -> Fraction:
    low, likely, high = ends(impact)
    if impact["shape"] == "uniform":
        return (low + high) / 2
    if impact["shape"] == "triangular":
        return (low + likely + high) / 3
    return (low + 4 * likely + high) / 6


def mean_up_to(impact: dict, most: Fraction) -> Fraction:
    """E min(X, most): exact but for PERT, where it is made of two incomplete beta functions."""
    low, likely, high = ends(impact)
    if most <= low:
        return most
    if most >= high:
        return mean_impact(impact)
    width = high - low
    if impact["shape"] == "uniform":
        return most - (most - low) ** 2 / (2 * width)
    if impact["shape"] == "triangular":
        if most <= likely:
            return most - (most - low) ** 3 / (3 * width * (likely - low))
        return mean_impact(impact) - (high - most) ** 3 / (3 * width * (high - likely))
    a, b = float(1 + 4 * (likely - low) / width), float(1 + 4 * (high - likely) / width)
    x = float((most - low) / width)
    return low + width * Fraction(a / (a + b) * betainc(a + 1, b, x) + x * (1 - betainc(a, b, x)))


# pain and gain


def _bands(terms: dict) -> Iterator[tuple[Fraction, Fraction | None, Fraction]]:
    """(from, to, the authority's share) in pounds over the target."""
    start = ZERO
    for band in terms["bands"]:
        end = None if band["up_to"] is None else exact(band["up_to"])
        yield start, end, exact(band["share"])
        start = end or ZERO


def paid(terms: dict, outturn: Fraction) -> Fraction:
    """What the authority pays (METHOD 11.1)."""
    target = exact(terms["target"])
    if outturn < target:
        return target - exact(terms["gain"]) * (target - outturn)
    over = outturn - target
    own = sum(
        (
            share * ((over if end is None else min(over, end)) - start)
            for start, end, share in _bands(terms)
            if over > start
        ),
        ZERO,
    )
    pain = over - own
    return target + (own if terms["cap"] is None else over - min(pain, exact(terms["cap"])))


def bends(terms: dict) -> list[Fraction]:
    """Outturns at which the payment bends: the target, the ends of bands, and where the cap is reached."""
    target, cap, pain = exact(terms["target"]), terms["cap"], ZERO
    found = {ZERO, target}
    for start, end, share in _bands(terms):
        if cap is not None and share < 1:
            reached = start + (exact(cap) - pain) / (1 - share)
            if reached >= start and (end is None or reached <= end):
                found.add(target + reached)
        if end is not None:
            found.add(target + end)
            pain += (1 - share) * (end - start)
    return sorted(found)


def mean_paid(terms: dict, share: Fraction, impact: dict) -> Fraction:
    """What the authority pays on average if it occurs: bend by bend, the slope times what falls between them."""
    if is_certain(impact):
        return paid(terms, share * ends(impact)[0])
    at = bends(terms)
    at.append(max(at[-1], share * ends(impact)[2]) + 1)
    found = paid(terms, ZERO)
    for first, last in pairwise(at):
        slope = (paid(terms, last) - paid(terms, first)) / (last - first)
        found += slope * share * (mean_up_to(impact, last / share) - mean_up_to(impact, first / share))
    return found


# uncertain price indices

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


def _piece(start: float, end: float, density: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    nodes, weights = roots_legendre(NODES)
    at = (start + end) / 2 + (end - start) / 2 * nodes
    return at, weights * (end - start) / 2 * density(at)


def rule(band: dict) -> tuple[Floats, Floats]:
    """Nodes and weights of what is added to every rise, as shares: Gauss's rules, which take polynomials whole."""
    shape, low, high = band["shape"], float(percent(band["low"])), float(percent(band["high"]))
    if shape == "normal":
        nodes, weights = roots_hermitenorm(NODES)
        return (low + high) / 2 + (high - low) / (2 * float(Z90)) * nodes, weights / weights.sum()
    if shape == "uniform":
        return _piece(low, high, lambda at: np.full(len(at), 1 / (high - low)))
    if shape == "pert":
        a, b = 1 + 4 * -low / (high - low), 1 + 4 * high / (high - low)
        nodes, weights = roots_jacobi(NODES, b - 1, a - 1)
        return low + (high - low) * (nodes + 1) / 2, weights / weights.sum()
    if shape == "trigen":
        low, high = map(float, wide_triangle(percent(band["low"]), ZERO, percent(band["high"])))
    top = 2 / (high - low)
    pieces = []
    if low < 0:
        pieces.append(_piece(low, 0.0, lambda at: top * (at - low) / -low))
    if high > 0:
        pieces.append(_piece(0.0, high, lambda at: top * (high - at) / high))
    return np.concatenate([at for at, _ in pieces]), np.concatenate([weight for _, weight in pieces])


def mean_levels(index: Mapping, years: int) -> Sequence[Fraction]:
    """Expected level by year over the level as entered: E prod (1 + g + d) / (1 + g)."""
    band = index["range"]
    if band is None or percent(band["low"]) == percent(band["high"]):
        return (ONE,) * years
    extra, weights = rule(band)
    rises = [float(percent(rise)) for rise in index["percent"]] or [0.0]
    growth = [np.ones(len(extra))]
    for year in range(1, years):
        rise = rises[min(year, len(rises)) - 1]
        growth.append(np.maximum(1 + rise + extra, 0) / (1 + rise))
    return [Fraction(float(weights @ level)) for level in accumulate(growth, np.multiply)]
