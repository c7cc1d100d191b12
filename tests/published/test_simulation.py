"""The simulation against closed forms (METHOD 10.1, 11.1, 12.1). Each bound is 4 standard errors."""

from decimal import Decimal
from math import sqrt

import numpy as np
import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing
from appraise.model.appraisal.lines import Shape
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import OptionResult, Results
from appraise.model.streams import Streams
from appraise.model.uncertainty import Spread
from tests.builders import appraisal, constraint, in_house, line, rolling, supplier

DRAWS = 100_000


def option(results: Results, key: str) -> OptionResult:
    return next(found for found in results.options if found.id == key)


@pytest.mark.parametrize(("probability", "value"), [(0.1, 91.8322), (0.5, 108.1670), (0.9, 131.2917)])
def test_triangular_percentiles(probability: float, value: float) -> None:
    """Tri(80, 100, 150): mean 110, P10 91.8322, P50 108.1670, P90 131.2917."""
    three = Spread(low=80, likely=100, high=150, shape=Shape.TRIANGULAR)
    assert three.quantile(probability) == pytest.approx(value, abs=2e-4)
    assert three.mean == pytest.approx(110)


def test_triangular_moments_from_draws() -> None:
    """Tri(80, 100, 150): variance 216.6667."""
    document = appraisal(1, ("a",), lines=(line("x", "a", 10_000, spread=(80, 150), shape=Shape.TRIANGULAR),))
    npc = option(evaluate(document), "a").risk.npc
    sd = 100 * sqrt(216.6667)
    assert npc.mean == pytest.approx(11_000, abs=4 * sd / sqrt(DRAWS))
    assert npc.sd == pytest.approx(sd, rel=0.01)
    assert npc.p10 == pytest.approx(9183.22, abs=4 * 0.3 * sd / sqrt(DRAWS) * 10)


@pytest.mark.parametrize("likely", [0.0, 0.3, 0.5, 1.0])
def test_pert_mean_and_percentiles_against_the_beta_distribution(likely: float) -> None:
    """PERT mean (low + 4 likely + high) / 6; quantiles of Beta(1 + 4m, 1 + 4(1 - m)) by scipy."""
    from scipy.special import betaincinv, ndtri

    three = Spread(low=0, likely=likely, high=1)
    points = np.array([1e-8, 1e-6, 1e-4, 0.003, 0.0625, 0.1, 0.5, 0.9, 0.9375, 0.997, 0.9999, 1 - 1e-6])
    exact = betaincinv(1 + 4 * likely, 1 + 4 * (1 - likely), points)
    assert three.table().at(ndtri(points)) == pytest.approx(exact, abs=4e-6)
    assert three.mean == pytest.approx((4 * likely + 1) / 6)
    even = ndtri((np.arange(2_000_000) + 0.5) / 2_000_000)
    assert float(three.table().at(even).mean()) == pytest.approx(three.mean, abs=1e-6)


def test_pert_mean_of_the_published_example() -> None:
    """PERT(80, 100, 150): mean 105."""
    assert Spread(low=80, likely=100, high=150).mean == pytest.approx(105)


def test_event_with_triangular_impact() -> None:
    """Bernoulli(.4) of a certain 110: mean 44, variance .4 x .6 x 110 ** 2."""
    document = appraisal(1, ("a",), constraints=(constraint("c", 0.4, 11_000, in_house("a")),))
    npc = option(evaluate(document), "a").risk.npc
    sd = 11_000 * sqrt(0.24)
    assert npc.mean == pytest.approx(4400, abs=4 * sd / sqrt(DRAWS))
    assert npc.sd == pytest.approx(sd, rel=0.01)
    assert npc.p50 == 0  # a percentile of one event is no contingency
    assert npc.p80 == 11_000


def test_compensation_costs_more_than_keeping_the_risk() -> None:
    """p .25, q .8, u .15, D .3, m 4: .98 through claims; p[m + q(u m + D)] = 1.18 in all (METHOD 11.1)."""
    claim = Bearing(option="a", bearer=Bearer.COMPENSATION, admitted=0.8, uplift=0.15, dispute_cost=Decimal("300.00"))
    document = appraisal(
        1, ("a", "b", "c"), constraints=(constraint("c", 0.25, 4000, claim, in_house("b"), supplier("c")),)
    )
    results = evaluate(document)
    a, b, c = (option(results, key) for key in ("a", "b", "c"))
    assert a.economic.retained == Decimal("980.00")
    assert a.economic.premium == Decimal("200.00")
    assert a.economic.pvc == Decimal("1180.00")
    assert b.economic.retained == Decimal("1000.00")
    assert c.economic.premium == Decimal("1000.00")
    assert a.risk.npc.mean == pytest.approx(1180, abs=4 * a.risk.npc.mean_error)
    assert c.risk.npc.sd == 0


def test_one_draw_of_a_constraint_for_all_options() -> None:
    """Two options that carry the same constraint meet it in the same draws: equal costs in every draw."""
    document = appraisal(1, constraints=(constraint("c", 0.3, (1, 2, 6), in_house("a"), in_house("b")),))
    results = evaluate(document)
    assert option(results, "a").risk.npc == option(results, "b").risk.npc
    assert option(results, "a").risk.probability_cheapest == 0.5


@pytest.mark.parametrize(
    ("restored", "funding", "gap_chance", "gap"),
    [
        (False, (100, 98, 96.04, 94.1192), (0, 0.1, 0.19, 0.271), (0, 1.5, 3.01, 4.5258)),
        (True, (100, 98, 98, 98), (0, 0.1, 0.1, 0.1), (0, 1.5, 1.5, 1.5)),
    ],
)
def test_renewal_chain(
    restored: bool, funding: tuple[float, ...], gap_chance: tuple[float, ...], gap: tuple[float, ...]
) -> None:
    """METHOD 12.1: 100 a year, single-year, renewal .9, cut .2, cost 95: chance of any gap .271."""
    scenario = rolling("s", (100_000,) * 4, 0.9, 0.2, restored=restored)
    document = appraisal(4, ("a",), lines=(line("x", "a", *[95_000] * 4),), scenarios=(scenario,))
    (found,) = option(evaluate(document), "a").funding
    for year in range(4):
        chance = gap_chance[year]
        error = sqrt(max(chance * (1 - chance), 1e-9) / DRAWS)
        assert found.probability_of_gap_by_year[year] == pytest.approx(chance, abs=4 * error)
        assert found.expected_funding_by_year[year] == pytest.approx(funding[year] * 1000, abs=4 * 20_000 / sqrt(DRAWS))
        assert found.expected_gap_by_year[year] == pytest.approx(gap[year] * 1000, abs=4 * 15_000 / sqrt(DRAWS))
    assert found.probability_of_any_gap == pytest.approx(0.271, abs=4 * sqrt(0.271 * 0.729 / DRAWS))
    assert found.gap_by_year == (Decimal("-5000.00"),) * 4


def test_chance_of_being_cheaper_of_independent_normals_in_the_limit() -> None:
    """Sums of many triangular lines are nearly normal: P(A < B) = Phi(d / (s sqrt 2)), lines apart."""
    from scipy.special import ndtr

    count, base = 40, 1_000
    lines = tuple(
        line(f"{key}{number:02}", key, base + extra, spread=(70, 130), shape=Shape.TRIANGULAR)
        for key, extra in (("a", 0), ("b", 10))
        for number in range(count)
    )
    results = evaluate(appraisal(1, lines=lines))
    spread = sqrt(sum((amount * 0.3) ** 2 / 6 for amount in [base] * count + [base + 10] * count))
    wanted = float(ndtr(count * 10 / spread))
    assert option(results, "a").risk.probability_cheapest == pytest.approx(wanted, abs=4 * sqrt(0.25 / DRAWS) + 0.002)


def test_lines_of_one_driver_move_together() -> None:
    """Comonotone lines: the spread of the sum is the sum of the spreads."""
    apart = appraisal(1, ("a",), lines=tuple(line(f"l{n}", "a", 1000, spread=(80, 130)) for n in range(4)))
    together = appraisal(
        1, ("a",), lines=tuple(line(f"l{n}", "a", 1000, spread=(80, 130), driver="pay") for n in range(4))
    )
    alone = appraisal(1, ("a",), lines=(line("l0", "a", 1000, spread=(80, 130)),))
    sd = [option(evaluate(document), "a").risk.npc.sd for document in (apart, together, alone)]
    assert sd[1] == pytest.approx(4 * sd[2], rel=0.01)
    assert sd[0] == pytest.approx(2 * sd[2], rel=0.02)


def test_total_by_fft_convolution() -> None:
    """P50, P80 and P95 of a sum of independent lines and an event, by FFT on a grid, within 4 standard errors."""
    document = appraisal(
        1,
        ("a",),
        lines=tuple(line(f"l{n}", "a", 1000 + 100 * n, spread=(80 - 3 * n, 120 + 10 * n)) for n in range(5)),
        constraints=(constraint("c", 0.3, (500, 1000, 3000), in_house("a")),),
    )
    step, size = 0.5, 1 << 15
    transform = np.ones(size // 2 + 1, dtype=complex)
    from scipy.special import betainc

    def cells(low: float, likely: float, high: float) -> np.ndarray:
        edges = (np.arange(size + 1) - 0.5) * step
        inside = np.clip((edges - low) / (high - low), 0, 1)
        m = (likely - low) / (high - low)
        return np.diff(betainc(1 + 4 * m, 1 + 4 * (1 - m), inside))

    for n in range(5):
        base = 1000 + 100 * n
        transform *= np.fft.rfft(cells(base * (80 - 3 * n) / 100, base, base * (120 + 10 * n) / 100))
    event = 0.3 * cells(500, 1000, 3000)
    event[0] += 0.7
    mass = np.fft.irfft(transform * np.fft.rfft(event), size)
    total = np.cumsum(mass)
    npc = option(evaluate(document), "a").risk.npc
    for percent, value in ((0.5, npc.p50), (0.8, npc.p80), (0.95, npc.p95)):
        cell = int(np.searchsorted(total, percent))
        error = sqrt(percent * (1 - percent) / DRAWS) / (mass[cell] / step)
        assert value == pytest.approx(cell * step, abs=4 * error + step)


def test_threads_and_repeats_give_the_same_results() -> None:
    document = appraisal(
        3,
        lines=(line("x", "a", 5, 6, 7, spread=(80, 150)), line("y", "b", 6, 6, 6, spread=(90, 120))),
        scenarios=(rolling("s", (6, 6, 6), 0.8, 0.1),),
    )
    first = evaluate(document, Settings(threads=1))
    assert all(evaluate(document, Settings(threads=threads)) == first for threads in (1, 2, 4))


def test_the_preview_is_the_beginning_of_the_record() -> None:
    preview, record = Streams(7, 0, 2000), Streams(7, 0, 16_384)
    assert np.array_equal(preview.words("line|x"), record.words("line|x")[:2000])
    assert not np.array_equal(preview.words("line|x"), preview.words("line|y"))
    assert not np.array_equal(preview.words("line|x"), Streams(7, 1, 2000).words("line|x"))
    assert not np.array_equal(preview.words("line|x"), Streams(8, 0, 2000).words("line|x"))
