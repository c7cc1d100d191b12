"""Uncertain quantities against closed forms and published cases (METHOD 10.1).

Exact where the product is exact; where it draws, each bound is 4 standard errors.
"""

from dataclasses import replace
from decimal import Decimal
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy.special import betaincinv, ndtr, ndtri

from appraise.model.appraisal.constraints import Constraint, Impact
from appraise.model.appraisal.correlations import CorrelationGroup
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Line, Point, Range, Shape
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.results import Distribution
from appraise.model.uncertainty import Spread, mean_of_range, normals
from tests.builders import appraisal, constraint, in_house, line

DRAWS = 100_000
RISK = frozenset({Part.RISK})
Z90 = float(ndtri(0.9))
#: 10,000 probabilities between 1e-5 and 1 - 1e-5, even in probability and, at both ends, even in its logarithm.
TAIL = np.geomspace(1e-5, 0.01, 2500)
CHANCES = np.concatenate((TAIL, np.linspace(0.01, 0.99, 5000), 1 - TAIL[::-1]))


def drawn(document: Appraisal, draws: int = DRAWS) -> Distribution:
    """Net present cost of the only option."""
    risk = evaluate(document, Settings(draws=draws), parts=RISK).options[0].risk
    assert risk is not None
    return risk.npc


def expected(document: Appraisal) -> Decimal:
    """Exact expected net present cost of the only option."""
    economic = evaluate(document, Settings(draws=1), parts=frozenset({Part.ECONOMIC})).options[0].economic
    assert economic is not None
    return economic.expected_npc


def discrete(key: str, amount: float, *points: tuple[float, float]) -> Line:
    """A line of one year with outcomes in per cent of `amount`, each with its chance."""
    outcomes = tuple(Point(percent=Decimal(str(percent)), chance=chance) for percent, chance in points)
    band = Range(low=Decimal(100), high=Decimal(100), shape=Shape.DISCRETE, points=outcomes)
    return replace(line(key, "a", amount), range=band)


def exact_quantile(shape: Shape, likely: float, chance: np.ndarray) -> np.ndarray:
    """Quantile functions on [0, 1] by formula, and by scipy for the beta distribution."""
    if shape is Shape.UNIFORM:
        return chance
    if shape is Shape.TRIANGULAR:
        return np.where(chance < likely, np.sqrt(chance * likely), 1 - np.sqrt((1 - chance) * (1 - likely)))
    return np.asarray(betaincinv(1 + 4 * likely, 1 + 4 * (1 - likely), chance))


# Moments and percentiles that are exact


def test_triangle_of_the_published_example() -> None:
    """Tri(80, 100, 150): mean 110, variance 216.6667, P10 91.8322, P50 108.1670, P90 131.2917."""
    three = Spread(low=80, likely=100, high=150, shape=Shape.TRIANGULAR)
    assert three.mean == pytest.approx(110, abs=1e-12)
    assert three.variance == pytest.approx(216.6667, abs=5e-5)
    for chance, value in ((0.1, 91.8322), (0.5, 108.1670), (0.9, 131.2917)):
        assert three.quantile(chance) == pytest.approx(value, abs=5e-5 + 4e-6 * 70)


def test_pert_of_the_published_example() -> None:
    """PERT(80, 100, 150): mean 105; the variance of its beta distribution is (105 - 80)(150 - 105) / 7."""
    three = Spread(low=80, likely=100, high=150)
    assert three.mean == pytest.approx(105, abs=1e-12)
    assert three.variance == pytest.approx(25 * 45 / 7, abs=1e-9)
    even = three.at(ndtri((np.arange(400_000) + 0.5) / 400_000))
    assert float(even.mean()) == pytest.approx(105, abs=1e-4)
    assert float(even.var()) == pytest.approx(25 * 45 / 7, rel=1e-4)


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR])
@pytest.mark.parametrize("likely", [0.0, 1e-9, 0.05, 0.3, 0.5, 0.77, 1.0])
def test_tables_err_by_less_than_four_millionths_of_the_range(shape: Shape, likely: float) -> None:
    """METHOD 10.4, with the likely value anywhere, at the low and at the high end too."""
    three = Spread(low=0, likely=likely, high=1, shape=shape)
    found = three.at(ndtri(CHANCES))
    assert np.abs(found - exact_quantile(shape, likely, CHANCES)).max() < 4e-6
    assert np.all(np.diff(found) >= 0)


@pytest.mark.parametrize("low", [-50.0, 0.0, 0.9])
def test_uniform_quantities(low: float) -> None:
    flat = Spread(low=low, likely=1.0, high=2.0, shape=Shape.UNIFORM)
    assert flat.mean == pytest.approx((low + 2) / 2)
    assert flat.variance == pytest.approx((2 - low) ** 2 / 12)
    assert np.abs(flat.at(ndtri(CHANCES)) - (low + (2 - low) * CHANCES)).max() < 4e-6 * (2 - low)


@pytest.mark.parametrize(("likely", "skew"), [(80.0, "low"), (150.0, "high")])
def test_the_likely_value_at_an_end(likely: float, skew: str) -> None:
    """Triangle: mean (a + m + b) / 3; PERT: (a + 4 m + b) / 6, Beta(1, 5) or Beta(5, 1)."""
    triangle = Spread(low=80, likely=likely, high=150, shape=Shape.TRIANGULAR)
    pert = Spread(low=80, likely=likely, high=150)
    assert triangle.mean == pytest.approx((230 + likely) / 3)
    assert triangle.variance == pytest.approx(70**2 / 18)
    assert pert.mean == pytest.approx((230 + 4 * likely) / 6)
    assert pert.variance == pytest.approx(70**2 * 5 / (36 * 7))
    end = 1 - 0.5**0.2  # the median of Beta(1, 5)
    assert pert.quantile(0.5) == pytest.approx(80 + 70 * (end if skew == "low" else 1 - end), abs=3e-4)


@pytest.mark.parametrize("shape", [shape for shape in Shape if shape is not Shape.DISCRETE])
def test_low_equal_to_high_is_certain(shape: Shape) -> None:
    certain = Spread(low=1.0, likely=1.0, high=1.0, shape=shape)
    assert (certain.mean, certain.variance, certain.width) == (1.0, 0.0, 0.0)
    assert {certain.quantile(chance) for chance in (0.01, 0.5, 0.99)} == {1.0}
    if shape is not Shape.TRIGEN:  # the checks ask for ends on either side of its likely value
        document = appraisal(1, ("a",), lines=(line("x", "a", 100, spread=(100, 100), shape=shape),))
        assert set(drawn(document, 500).quantiles) == {100.0}


def test_a_discrete_quantity_with_one_outcome_is_certain() -> None:
    document = appraisal(1, ("a",), lines=(discrete("x", 100, (110, 1.0)),))
    assert set(drawn(document, 500).quantiles) == {110.0}
    assert expected(document) == 110


@pytest.mark.parametrize(("low", "high"), [(80.0, 150.0), (95.0, 101.0), (50.0, 120.0), (99.0, 180.0)])
def test_a_triangle_by_its_ten_and_ninety_per_cent_points(low: float, high: float) -> None:
    """A tenth lies under low and a tenth over high (Kotz and van Dorp, Beyond Beta, 2004)."""
    spread = Spread(low=low, likely=100, high=high, shape=Shape.TRIGEN)
    assert spread.quantile(0.1) == pytest.approx(low, abs=4e-6 * spread.width)
    assert spread.quantile(0.9) == pytest.approx(high, abs=4e-6 * spread.width)
    a, b = spread.bottom, spread.top
    assert (low - a) ** 2 == pytest.approx(0.1 * (b - a) * (100 - a), rel=1e-9)
    assert (b - high) ** 2 == pytest.approx(0.1 * (b - a) * (b - 100), rel=1e-9)
    assert spread.mean == pytest.approx((a + 100 + b) / 3)
    assert spread.variance == pytest.approx((a * a + 1e4 + b * b - a * 100 - a * b - 100 * b) / 18)


@pytest.mark.parametrize(("low", "high"), [(80.0, 120.0), (90.0, 130.0)])
def test_normal_quantities_by_their_ten_and_ninety_per_cent_points(low: float, high: float) -> None:
    curve = Spread(low=low, likely=100, high=high, shape=Shape.NORMAL)
    sd = (high - low) / (2 * Z90)
    assert curve.mean == pytest.approx((low + high) / 2)
    assert curve.variance == pytest.approx(sd**2)
    assert curve.quantile(0.1) == pytest.approx(low, abs=1e-6)
    assert curve.quantile(0.9) == pytest.approx(high, abs=1e-6)
    assert curve.at(ndtri(CHANCES)) == pytest.approx((low + high) / 2 + sd * ndtri(CHANCES), abs=1e-6)


@pytest.mark.parametrize(("low", "high"), [(80.0, 120.0), (60.0, 240.0)])
def test_lognormal_quantities_by_their_ten_and_ninety_per_cent_points(low: float, high: float) -> None:
    """Mean e^(mu + s^2 / 2), variance mean^2 (e^(s^2) - 1)."""
    curve = Spread(low=low, likely=100, high=high, shape=Shape.LOGNORMAL)
    mu, sigma = log(low * high) / 2, log(high / low) / (2 * Z90)
    assert curve.mean == pytest.approx(exp(mu + sigma**2 / 2))
    assert curve.variance == pytest.approx(curve.mean**2 * (exp(sigma**2) - 1))
    assert curve.quantile(0.1) == pytest.approx(low, rel=1e-5)
    assert curve.quantile(0.9) == pytest.approx(high, rel=1e-5)
    assert curve.at(ndtri(CHANCES)) == pytest.approx(np.exp(mu + sigma * ndtri(CHANCES)), rel=1e-5)


@pytest.mark.parametrize("shape", [shape for shape in Shape if shape is not Shape.DISCRETE])
@pytest.mark.parametrize(("low", "high"), [(80, 150), (60, 101), (100, 170)])
def test_the_exact_mean_of_a_range_is_the_mean_that_is_drawn(shape: Shape, low: int, high: int) -> None:
    """The economic case takes the mean to 34 digits, the draws take it from a table."""
    band = Range(low=Decimal(low), high=Decimal(high), shape=shape)
    mean = float(mean_of_range(band))
    spread = Spread(low=low / 100, likely=1.0, high=high / 100, shape=shape)
    assert mean == pytest.approx(spread.mean, rel=1e-12)
    even = spread.at(ndtri((np.arange(200_000) + 0.5) / 200_000))
    assert float(even.mean()) == pytest.approx(mean, abs=2e-5)


def test_normal_numbers_have_the_moments_of_the_normal_distribution() -> None:
    """Random words, taken evenly: mean 0, variance 1, no skew, kurtosis 3; and they never leave the tables."""
    words = np.arange(0, 2**32, 4099, dtype=np.uint64).astype(np.uint32)
    z = normals(words)
    assert abs(float(z.mean())) < 1e-5
    assert float((z**2).mean()) == pytest.approx(1, abs=2e-5)
    assert abs(float((z**3).mean())) < 1e-4
    assert float((z**4).mean()) == pytest.approx(3, abs=2e-3)
    chances = (words.astype(np.float64) + 0.5) / 2**32
    inside = (chances > 1e-3) & (chances < 1 - 1e-3)
    assert np.abs(z[inside] - ndtri(chances[inside])).max() < 1e-5


# Events


def triangular(one: Constraint) -> Constraint:
    return replace(one, impact=replace(one.impact, shape=Shape.TRIANGULAR))


def test_an_event_with_a_triangular_impact() -> None:
    """Bernoulli(.4) x Tri(80, 100, 150): mean 44, variance 2,990.6667."""
    event = triangular(constraint("c", 0.4, (8_000, 10_000, 15_000), in_house("a")))
    document = appraisal(1, ("a",), constraints=(event,))
    assert expected(document) == 4_400
    npc = drawn(document)
    sd = 100 * sqrt(2990.6667)
    assert npc.mean == pytest.approx(4_400, abs=4 * sd / sqrt(DRAWS))
    # the variance of a squared deviation: 60 % are at 44^2, 40 % spread around (110 - 44)^2
    fourth = 0.6 * 44.0**4 + 0.4 * (66**4 + 6 * 66**2 * 216.6667)
    assert npc.sd**2 == pytest.approx(1e4 * 2990.6667, abs=4e4 * sqrt((fourth - 2990.6667**2) / DRAWS) * 1.1)


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM])
def test_the_expected_cost_of_an_event_is_the_mean_of_its_shape(shape: Shape) -> None:
    """p x (a + 4 m + b) / 6, (a + m + b) / 3 or (a + b) / 2, exact to the penny."""
    impact = Impact(low=Decimal(60), likely=Decimal(120), high=Decimal(360), shape=shape)
    document = appraisal(1, ("a",), constraints=(replace(constraint("c", 0.5, 0, in_house("a")), impact=impact),))
    assert expected(document) == {Shape.PERT: 75, Shape.TRIANGULAR: 90, Shape.UNIFORM: 105}[shape]


def test_the_eightieth_percentile_of_an_unlikely_risk_is_nothing() -> None:
    """METHOD 10.1: P80 of a 15 % risk is zero: a percentile of one event is not a contingency."""
    npc = drawn(appraisal(1, ("a",), constraints=(constraint("c", 0.15, (100, 200, 600), in_house("a")),)))
    assert (npc.p50, npc.p80) == (0, 0)
    assert npc.p95 > 100


# Published cases


def test_three_costs_with_chances() -> None:
    """B05. HM Treasury, Green Book (2022), Box 22: 45, 50, 55 with .1, .6, .3: expected extra 1.0; P50 50, P80 55."""
    document = appraisal(1, ("a",), lines=(discrete("x", 50, (90, 0.1), (100, 0.6), (110, 0.3)),))
    assert expected(document) == 51
    npc = drawn(document)
    assert (npc.p5, npc.p50, npc.p80, npc.p90) == (45, 50, 55, 55)
    variance = 0.1 * 36 + 0.6 * 1 + 0.3 * 16
    assert npc.mean == pytest.approx(51, abs=4 * sqrt(variance / DRAWS))
    assert npc.sd == pytest.approx(sqrt(variance), rel=0.01)


#: C06: the printed outcomes of 3 and 7 per cent are rounded up, and so is the sum with them.
C06_PRINTED_EXPECTED, C06_PRINTED_EXTRA = 15_149, (5_500, 12_780, 16_420, 21_894)


def test_ground_risk_in_four_outcomes() -> None:
    """C06. Project Finance for Construction, table 4.10: 3, 7, 9, 12 per cent of 182,450 with .1, .35, .35, .2."""
    chances = (0.1, 0.35, 0.35, 0.2)
    points = tuple(zip((103, 107, 109, 112), chances, strict=True))
    document = appraisal(1, ("a",), lines=(discrete("x", 182_450, *points),))
    extra = expected(document) - 182_450
    assert extra in {Decimal("15143.35"), Decimal("15143.36")}  # 15,143.355
    printed = sum(chance * pounds for chance, pounds in zip(chances, C06_PRINTED_EXTRA, strict=True))
    assert printed == pytest.approx(15_148.8)
    assert abs(printed - C06_PRINTED_EXPECTED) < 1
    assert drawn(document).mean - 182_450 == pytest.approx(15_143.355, abs=4 * 4_800 / sqrt(DRAWS))


#: C07: optimistic, likely and pessimistic times of the path 1-3-5-7.
PATH = ((5, 8, 17), (3, 5, 7), (4, 6, 8), (3, 4, 5))


def test_a_path_of_pert_times() -> None:
    """C07. Taylor, Introduction to Management Science: path 1-3-5-7: mean 24, P(28) .9633 as printed, .9632 exact.

    The book's variance of ((b - a) / 6)^2 each, 5.0, is the classical approximation. The product draws the beta
    distribution itself, whose variance is (mean - a)(b - mean) / 7.
    """
    classical = sum(((high - low) / 6) ** 2 for low, _, high in PATH)
    assert classical == pytest.approx(5.0)
    assert float(ndtr((28 - 24) / sqrt(classical))) == pytest.approx(0.9632, abs=5e-5)
    events = tuple(
        constraint(f"c{place}", 1.0, tuple(1000 * time for time in times), in_house("a"))
        for place, times in enumerate(PATH)
    )
    document = appraisal(1, ("a",), constraints=events)
    assert expected(document) == 24_000
    own = sum(Spread(low=low, likely=likely, high=high).variance for low, likely, high in PATH)
    assert own == pytest.approx(sum((m - a) * (b - m) / 7 for (a, _, b), m in zip(PATH, (9, 5, 6, 4), strict=True)))
    npc = drawn(document)
    assert npc.mean == pytest.approx(24_000, abs=4000 * sqrt(own / DRAWS))
    assert npc.sd == pytest.approx(1000 * sqrt(own), rel=0.01)


def test_a_pert_total_by_its_normal_approximation() -> None:
    """C08. Chance of 25 and of 30 with mean 26 and variance 4.11: Phi((x - mean) / sd) = .3109 and .9758.

    Textbooks print .975 for the second, the value of z = 1.96; here z is 1.973. Entered as a normal range by its
    10 and 90 % points, the product reads the same chances.
    """
    mean, sd = 26.0, sqrt(4.11)
    assert float(ndtr((25 - mean) / sd)) == pytest.approx(0.3109, abs=5e-5)
    assert float(ndtr((30 - mean) / sd)) == pytest.approx(0.9758, abs=5e-5)
    curve = Spread(low=mean - Z90 * sd, likely=mean, high=mean + Z90 * sd, shape=Shape.NORMAL)
    assert curve.quantile(0.3109) == pytest.approx(25, abs=5e-4)
    assert curve.quantile(0.9758) == pytest.approx(30, abs=2e-3)


def test_a_budget_of_two_items() -> None:
    """C10. Melchiors, Estimating Risk-Based Cost and Contingency (Pharma Manufacturing, 2012).

    A uniform 70,000-85,000 for certain, B uniform 10,000-15,000 with a chance of 80 %: mean 87,500, sd 6,739.19.
    """
    ends = Range(low=Decimal(100), high=Decimal(85_000) / 700, shape=Shape.UNIFORM)
    first = replace(line("a", "a", 70_000), range=ends)
    second = line(
        "b", "a", 10_000, spread=(100, 150), shape=Shape.UNIFORM, treatment="contingent_liability", probability=0.8
    )
    document = appraisal(1, ("a",), lines=(first, second))
    assert abs(expected(document) - 87_500) <= Decimal("0.01")
    npc = drawn(document)
    assert npc.mean == pytest.approx(87_500, abs=4 * 6_739.19 / sqrt(DRAWS))
    assert npc.sd == pytest.approx(6_739.19, rel=0.01)
    # any iteration above 85,000 must include B, any under 80,000 cannot: .2 x 10 / 15 of the draws, at the least
    assert npc.quantiles[0] >= 70_000
    assert npc.quantiles[100] <= 100_000
    assert npc.quantiles[13] < 80_000 < npc.quantiles[14]


C11_SD, C11_MEAN = 623.61, 10_333.333


def ten_items(rho: float | None) -> Appraisal:
    """Ten triangular items of 9,000, 10,000 and 12,000, apart or in one group."""
    group = "" if rho is None else "g"
    lines = tuple(
        line(f"x{place}", "a", 10_000, spread=(90, 120), shape=Shape.TRIANGULAR, correlation=group)
        for place in range(10)
    )
    groups = () if rho is None else (CorrelationGroup(id="g", name="Market", rho=rho, evidence="Test"),)
    return appraisal(1, ("a",), lines=lines, correlation_groups=groups)


def copula_correlation(spread: Spread, rho: float) -> float:
    """Pearson's correlation of two such quantities under a normal copula, by Gauss-Hermite points in both."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    weights = weights / weights.sum()
    other = rho * nodes[:, np.newaxis] + sqrt(1 - rho**2) * nodes[np.newaxis, :]
    inside = np.clip(np.stack([np.broadcast_to(nodes[:, np.newaxis], other.shape), other]), -6.5, 6.5)
    first, second = spread.at(inside[0].ravel()), spread.at(inside[1].ravel())
    both = np.outer(weights, weights).ravel()
    product = float((both * first * second).sum())
    return (product - spread.mean**2) / spread.variance


def test_one_triangular_item() -> None:
    """C11. Tutorial on triangular distributions: 10,000 less 10 and plus 20 per cent; P10 9,547.72 to P90 11,225.40."""
    item = Spread(low=9_000, likely=10_000, high=12_000, shape=Shape.TRIANGULAR)
    assert item.mean == pytest.approx(C11_MEAN, abs=1e-3)
    assert sqrt(item.variance) == pytest.approx(C11_SD, abs=0.005)
    for chance, value in ((0.1, 9_547.72), (0.5, 10_267.95), (0.8, 10_904.55), (0.9, 11_225.40)):
        assert item.quantile(chance) == pytest.approx(value, abs=0.005 + 4e-6 * 3_000)
    assert Spread(low=9_000, likely=10_000, high=12_000).mean == pytest.approx(10_166.6667, abs=1e-4)


@pytest.mark.parametrize(
    ("rho", "published", "within"), [(None, 1972.03, 0.01), (0.2, 3299.83, 0.015), (1.0, 6236.1, 0.01)]
)
def test_ten_triangular_items(rho: float | None, published: float, within: float) -> None:
    """C11. sd of the sum of ten: independent, with a correlation of .2, and as one.

    3,299.83 takes .2 as Pearson's correlation. The product's .2 is that of the normal copula, which makes Pearson's
    a little smaller for triangles: the draws must agree with that to a hundredth.
    """
    npc = drawn(ten_items(rho))
    pearson = copula_correlation(Spread(low=9_000, likely=10_000, high=12_000, shape=Shape.TRIANGULAR), rho or 0.0)
    sd = C11_SD * sqrt(10 + 90 * pearson)
    assert npc.mean == pytest.approx(10 * C11_MEAN, abs=4 * sd / sqrt(DRAWS))
    assert npc.sd == pytest.approx(sd, rel=0.01)
    assert npc.sd == pytest.approx(published, rel=within)


def test_percentiles_of_ten_triangular_items() -> None:
    """C11. P80 of the sum: 104,993 by the normal approximation if independent, 109,045.5 if all move as one."""
    apart, together = drawn(ten_items(None)), drawn(ten_items(1.0))
    assert apart.p80 == pytest.approx(104_993, rel=0.0005)
    assert together.p80 == pytest.approx(109_045.5, abs=1.5 * together.percentile_errors.p80 + 1)
