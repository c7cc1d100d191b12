"""Many draws in little memory: what is counted in bins agrees with what is kept."""

import numpy as np
import pytest

from appraise.model.samples import KEPT, KEPT_BY_YEAR, MOST_NUMBERS, Mean, Sample, YearDraws, midranks_twice
from appraise.model.statistics import both_ways, by_year, convergence, distribution, mean_and_error, percentile_of


def filled(pence: np.ndarray, chunk: int = 16_384) -> Sample:
    """A sample of all draws, chunk by chunk."""
    sample = Sample.empty(len(pence))
    sample.reach_for(pence[:chunk])
    for start in range(0, len(pence), chunk):
        sample.add(sample.counted(pence[start : start + chunk]), start)
    return sample


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    return np.rint(np.random.Generator(np.random.PCG64(1)).gamma(9, 1e6, 300_000))


def test_more_draws_than_are_kept_come_to_the_same(many: np.ndarray) -> None:
    """Mean and standard deviation to their last digits, percentiles and tail to a hundredth of an sd."""
    binned = distribution(filled(many))
    exact = distribution(many.astype(np.int64))
    assert binned.mean == exact.mean
    assert binned.sd == pytest.approx(exact.sd, rel=1e-7)
    near = exact.sd / 100
    for name in ("p5", "p10", "p50", "p80", "p90", "p95", "cvar80"):
        assert getattr(binned, name) == pytest.approx(getattr(exact, name), abs=near)
    assert binned.percentile_errors.p80 == pytest.approx(exact.percentile_errors.p80, rel=0.2)
    assert binned.cvar80_error == pytest.approx(exact.cvar80_error, rel=0.05)
    assert binned.sd_error == pytest.approx(exact.sd_error, rel=0.05)


def test_the_first_draws_are_kept_as_they_are(many: np.ndarray) -> None:
    sample = filled(many)
    assert np.array_equal(sample.kept, many[:KEPT].astype(np.int64))
    few = filled(many[:5000])
    assert few.bins is None
    assert np.array_equal(few.kept, many[:5000].astype(np.int64))


def test_errors_of_a_normal_sample() -> None:
    """Sd error sd / sqrt(2 n); the error of the mean of the highest fifth from 400 samples of their own."""
    draws = np.random.Generator(np.random.PCG64(2)).normal(0, 1e6, (400, 10_000))
    found = [distribution(np.rint(row).astype(np.int64)) for row in draws]
    assert found[0].sd_error == pytest.approx(found[0].sd / np.sqrt(20_000), rel=0.05)
    assert np.mean([one.cvar80_error for one in found]) == pytest.approx(
        np.std([one.cvar80 for one in found]), rel=0.15
    )
    assert np.mean([one.sd_error for one in found]) == pytest.approx(np.std([one.sd for one in found]), rel=0.15)


def test_a_percentile_read_without_sorting_is_that_of_sorted_draws(many: np.ndarray) -> None:
    few = filled(many[:20_001])
    whole = distribution(few)
    assert percentile_of(few, 0.8) == (whole.p80, whole.percentile_errors.p80)


def test_figures_both_ways_are_those_of_each_way(many: np.ndarray) -> None:
    """A difference and its opposite, sorted once: the same as by themselves."""
    pence = (many[:30_001] - 9e6).astype(np.int64)
    there, back = both_ways(pence)
    assert there == distribution(pence)
    alone = distribution(-pence)
    assert back.mean == pytest.approx(alone.mean, rel=1e-12)
    assert (back.p5, back.p80, back.cvar80, back.quantiles) == (alone.p5, alone.p80, alone.cvar80, alone.quantiles)
    assert back.percentile_errors == alone.percentile_errors
    assert (back.sd, back.sd_error) == pytest.approx((alone.sd, alone.sd_error), rel=1e-12)


def test_convergence_watches_the_percentile_over_growing_draws(many: np.ndarray) -> None:
    found = convergence(filled(many), 80)
    assert found.draws == (25_000, 50_000, 100_000, 300_000)
    assert found.values[2] == pytest.approx(distribution(many[:KEPT].astype(np.int64)).p80)
    assert list(found.errors) == sorted(found.errors, reverse=True)
    drifting = convergence(filled(np.arange(50_000, dtype=np.float64)), 80)
    assert not drifting.steady


def test_a_rare_large_risk_spoils_no_percentile() -> None:
    """A narrow cost and a chance of 1 % of 500 times as much: percentiles of 300,000 draws are those of all of them."""
    random = np.random.Generator(np.random.PCG64(3))
    pence = np.rint(random.normal(1e8, 4e4, 300_000) + 5e10 * (random.random(300_000) < 0.01))
    binned, exact = distribution(filled(pence)), distribution(pence.astype(np.int64))
    for name in ("p5", "p10", "p50", "p80", "p90", "p95"):
        assert getattr(binned, name) == pytest.approx(getattr(exact, name), abs=5)  # pounds of an sd of 400
        error = getattr(exact.percentile_errors, name)
        assert getattr(binned.percentile_errors, name) == pytest.approx(error, rel=0.2)
    assert binned.sd == pytest.approx(exact.sd, rel=1e-9)


def test_a_risk_that_the_first_draws_do_not_see_is_in_the_standard_deviation() -> None:
    pence = np.full(200_000, 1e8)
    pence[150_000] = 1e13
    binned, exact = distribution(filled(pence)), distribution(pence.astype(np.int64))
    assert binned.mean == exact.mean
    assert binned.p50 == pytest.approx(exact.p50, abs=0.01)
    assert binned.sd == pytest.approx(exact.sd, rel=1e-9)
    assert binned.cvar80 == pytest.approx(exact.cvar80, rel=1e-6)


def test_values_that_come_again_and_again_are_told_to_the_penny() -> None:
    random = np.random.Generator(np.random.PCG64(4))
    pence = random.choice([0.0, 12_345.0, 9_999_999.0], p=[0.55, 0.3, 0.15], size=200_000)
    found = distribution(filled(pence))
    assert (found.p50, found.p80, found.p90) == pytest.approx((0.0, 123.45, 99_999.99), abs=0.011)


def test_yearly_money_is_kept_for_the_first_draws() -> None:
    first = YearDraws.empty(3, 200_000, kinds=1)
    assert first.kept.shape == (3, KEPT_BY_YEAR)
    chunk = np.arange(3 * 40_000, dtype=np.float64).reshape(3, 40_000)
    first.add(chunk, 0)
    first.add(chunk, 40_000)
    first.add(chunk, 80_000)
    assert np.array_equal(first.kept[:, 40_000:], chunk[:, : KEPT_BY_YEAR - 40_000])
    (middle,), (error,) = by_year(first, 0.5)
    assert middle[2] == pytest.approx(float(np.median(first.kept[2])) / 100)
    assert error[0] > 0
    assert YearDraws.empty(61, 100_000, kinds=30).kept.size <= MOST_NUMBERS


def test_ranks_of_equal_values_are_shared() -> None:
    assert midranks_twice(np.array([5.0, 1.0, 5.0, 3.0])).tolist() == [5, 0, 5, 2]
    assert midranks_twice(np.array([7.0, 7.0])).tolist() == [1, 1]


def added_up(pence: np.ndarray, chunk: int = 16_384) -> Mean:
    sums = Mean()
    sums.begin(pence[:chunk])
    for start in range(0, len(pence), chunk):
        sums.add(sums.counted(pence[start : start + chunk]))
    return sums


def test_a_mean_is_exact_and_its_error_that_of_all_draws(many: np.ndarray) -> None:
    mean, error = mean_and_error(added_up(many), len(many))
    assert mean == int(many.astype(np.int64).sum()) / len(many) / 100
    assert error == pytest.approx(many.std(ddof=1) / 100 / np.sqrt(len(many)), rel=1e-12)


def test_what_never_varies_has_no_error() -> None:
    assert mean_and_error(added_up(np.full(40_000, 123_456_789_012.0)), 40_000) == (1_234_567_890.12, 0.0)
    assert mean_and_error(added_up(np.array([700.0])), 1) == (7.0, 0.0)


def test_only_draws_that_fit_are_kept_by_year() -> None:
    drawn = YearDraws.empty(2, 5, 1)
    drawn.add(np.arange(6.0).reshape(2, 3), 0)
    assert drawn.room(3) == 2
    drawn.add(np.arange(6.0).reshape(2, 3), 3)
    assert drawn.kept.tolist() == [[0, 1, 2, 0, 1], [3, 4, 5, 3, 4]]
    assert drawn.room(9) == 0
