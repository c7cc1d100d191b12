"""What draws come to: moments, percentiles and their errors, the same on every machine."""

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np

from appraise.model.results import Convergence, Distribution, PercentileErrors
from appraise.model.samples import KEPT, Mean, Pence, Sample, YearDraws, ordered_sum
from appraise.model.uncertainty import Floats

#: The percentiles that are shown.
SHOWN = (5, 10, 50, 80, 90, 95)
#: The level over which the highest draws are averaged.
TAIL = 0.8
#: Shares of the kept draws at which the watched percentile is read.
WATCHED = (0.25, 0.5, 1.0)


def quantiles(ordered: Pence | Floats, probabilities: Floats) -> Floats:
    """Percentiles of sorted pence in pounds, straight between order statistics (Hyndman and Fan 1996, type 7)."""
    position = probabilities * (len(ordered) - 1)
    lower = position.astype(np.int64)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    below, above = ordered[lower].astype(np.float64), ordered[upper].astype(np.float64)
    return np.asarray((below + (above - below) * (position - lower)) / 100, dtype=np.float64)


def _sd_error(deviations: Floats, sd: float, draws: int) -> float:
    """Standard error of a standard deviation: sqrt((m4 - s^4) / n) / (2 s), m4 the fourth moment (delta method)."""
    if not sd:
        return 0.0
    squares = deviations * deviations
    fourth = ordered_sum(squares * squares) / len(squares)
    return sqrt(max(0.0, fourth - sd**4) / draws) / (2 * sd)


def _tail_error(tail: Floats, threshold: float, draws: int) -> float:
    """Standard error of the mean of the highest share s of n draws (Trindade and others 2007).

    Sqrt((v + (1 - s) (m - q)^2) / (n s)) with m and v mean and variance of the tail over its threshold q.
    """
    if len(tail) < 2:
        return 0.0
    mean = ordered_sum(tail) / len(tail)
    deviations = tail - mean
    variance = ordered_sum(deviations * deviations) / (len(tail) - 1)
    return sqrt((variance + TAIL * (mean - threshold) ** 2) / (draws * (1 - TAIL)))


def _of_ordered(ordered: Pence, mean: float, sd: float, sd_error: float) -> Distribution:
    """Figures of sorted pence whose mean and standard deviation are known, pounds."""
    count = len(ordered)
    points = quantiles(ordered, np.arange(101) / 100)
    named = {f"p{percent}": float(points[percent]) for percent in SHOWN}
    return Distribution(
        mean=mean,
        sd=sd,
        mean_error=sd / sqrt(count),
        sd_error=sd_error,
        cvar80=tail_mean(ordered, TAIL),
        cvar80_error=_tail_error(ordered[int(TAIL * count) :] / 100, named["p80"], count),
        percentile_errors=PercentileErrors(
            **{f"p{percent}": percentile_error(ordered, percent / 100) for percent in SHOWN}
        ),
        quantiles=tuple(float(point) for point in points),
        **named,
    )


def _moments(pence: Pence) -> tuple[float, float, float]:
    """(mean, standard deviation, its error) in pounds."""
    count = len(pence)
    mean = int(pence.sum()) / count / 100
    deviations = pence / 100 - mean
    sd = sqrt(ordered_sum(deviations * deviations) / (count - 1)) if count > 1 else 0.0
    return mean, sd, _sd_error(deviations, sd, count)


def _of_pence(pence: Pence) -> Distribution:
    """Exact figures of the draws as they are."""
    return _of_ordered(np.sort(pence), *_moments(pence))


def both_ways(pence: Pence) -> tuple[Distribution, Distribution]:
    """Figures of some draws, and of the same with the opposite sign, sorted once."""
    mean, sd, error = _moments(pence)
    ordered = np.sort(pence)
    return _of_ordered(ordered, mean, sd, error), _of_ordered(-ordered[::-1], -mean, sd, error)


def _of_bins(sample: Sample) -> Distribution:
    """Figures of more draws than are kept: exact mean and standard deviation, percentiles straight between edges."""
    bins, count = sample.bins, sample.draws
    if bins is None:
        raise ValueError("Only many draws are counted in bins.")
    away = sample.total / count
    mean = (sample.centre + away) / 100
    sd = sqrt(max(0.0, sample.square - count * away * away) / (count - 1)) / 100
    points = bins.quantiles(np.arange(101) / 100)
    named = {f"p{percent}": float(points[percent]) for percent in SHOWN}
    kept = np.sort(sample.kept / 100)
    return Distribution(
        mean=mean,
        sd=sd,
        mean_error=sd / sqrt(count),
        sd_error=_sd_error(kept - mean, sd, count),
        cvar80=bins.tail_mean(TAIL),
        cvar80_error=_tail_error(kept[int(TAIL * len(kept)) :], named["p80"], count),
        percentile_errors=PercentileErrors(
            **{f"p{percent}": percentile_of(sample, percent / 100)[1] for percent in SHOWN}
        ),
        quantiles=tuple(float(point) for point in points),
        **named,
    )


def distribution(sample: Sample | Pence) -> Distribution:
    """Mean, standard deviation (n - 1), percentiles and errors in pounds; standard error of the mean sd / sqrt n."""
    if not isinstance(sample, Sample):
        return _of_pence(sample)
    return _of_pence(sample.kept) if sample.bins is None else _of_bins(sample)


def distributions(cost: Sample, value: Sample, *, mirrored: bool) -> tuple[Distribution, Distribution]:
    """Figures of two samples; of a value that is the cost turned round in every draw without sorting it, too."""
    if mirrored and cost.bins is None:
        return both_ways(cost.kept)
    return distribution(cost), distribution(value)


def tail_mean(ordered: Pence, level: float) -> float:
    """Mean of the dearest share 1 - level of sorted pence, in pounds (CVaR; Acerbi and Tasche 2002).

    A draw that the level cuts counts in part: of 2 draws at 80 % the dearer one alone.
    """
    count = len(ordered)
    left = level * count
    first = int(left)
    part = (1 - (left - first)) * int(ordered[first]) if first < count else 0.0
    whole = part + int(ordered[first + 1 :].sum())
    return whole / (count - left) / 100


def percentile_error(ordered: Pence | Floats, probability: float) -> float:
    """Half the distance, in pounds, between the draws of ranks n p +- 1.96 sqrt(n p (1 - p)) (METHOD 10.3)."""
    count = len(ordered)
    reach = 1.96 * sqrt(count * probability * (1 - probability))
    low, high = max(0, int(count * probability - reach)), min(count - 1, ceil(count * probability + reach))
    return (int(ordered[high]) - int(ordered[low])) / 200


def _read(pence: Pence, probability: float) -> tuple[float, float]:
    """(a percentile of some draws, its error) in pounds, without sorting all of them."""
    count = len(pence)
    reach = 1.96 * sqrt(count * probability * (1 - probability))
    place = probability * (count - 1)
    ranks = (
        int(place),
        min(int(place) + 1, count - 1),
        max(0, int(count * probability - reach)),
        min(count - 1, ceil(count * probability + reach)),
    )
    below, above, low, high = (int(one) for one in np.partition(pence, sorted(set(ranks)))[list(ranks)])
    return (below + (above - below) * (place - int(place))) / 100, (high - low) / 200


def percentile_of(sample: Sample, probability: float) -> tuple[float, float]:
    """(a percentile of all draws, its error) in pounds."""
    if sample.bins is None:
        return _read(sample.kept, probability)
    reach = 1.96 * sqrt(probability * (1 - probability) / sample.draws)
    value, low, high = sample.bins.quantiles(probability + reach * np.array([0.0, -1.0, 1.0]))
    return float(value), float(high - low) / 2


def by_year(first: YearDraws, *probabilities: float) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """(percentiles, their errors) by year, pounds, of the first draws."""
    ordered = np.sort(first.kept, axis=1)
    values = [tuple(float(quantiles(row, np.array([one]))[0]) for row in ordered) for one in probabilities]
    return values, [tuple(percentile_error(row, one) for row in ordered) for one in probabilities]


def missing_errors(first: YearDraws, draws: int) -> tuple[float, ...]:
    """By year the standard error, in pounds, of the mean of what is above 0 in all draws."""
    found = []
    for row in first.kept:
        pounds = np.maximum(row, 0.0) / 100
        mean = ordered_sum(pounds) / len(pounds)
        away = pounds - mean
        found.append(sqrt(ordered_sum(away * away) / len(pounds) / draws))
    return tuple(found)


def convergence(sample: Sample, percentile: int) -> Convergence:
    """The watched percentile at a quarter, half and all of the kept draws, and at all draws where there are more."""
    probability, marks = percentile / 100, []
    for share in WATCHED:
        count = max(1, round(len(sample.kept) * share))
        marks.append((count, *_read(sample.kept[:count], probability)))
    if sample.draws > KEPT:
        marks.append((sample.draws, *percentile_of(sample, probability)))
    (_, before, error), (_, last, _) = marks[-2:]
    return Convergence(
        percentile=percentile,
        draws=tuple(count for count, _, _ in marks),
        values=tuple(value for _, value, _ in marks),
        errors=tuple(found for _, _, found in marks),
        steady=abs(last - before) <= error,
    )


def shared_best(counts: Sequence[int], draws: int) -> float:
    """Share of draws in which an option is best, from its counts by how many are; options that tie share the draw."""
    return sum(int(count) / way for way, count in enumerate(counts, start=1)) / draws


def mean_errors(totals: Pence, squares: Floats, draws: int) -> tuple[float, ...]:
    """Standard errors of means from sums of pence and of squared pounds, by place."""
    means = totals / 100 / draws
    variances = np.maximum(squares / draws - means * means, 0.0)
    return tuple(float(one) for one in np.sqrt(variances / draws))


def mean_and_error(sums: Mean, draws: int) -> tuple[float, float]:
    """(mean, its standard error sd / sqrt n with n - 1 in the variance), pounds."""
    mean = (sums.centre * draws + sums.total) / draws / 100
    if draws < 2:
        return mean, 0.0
    away = max(0.0, sums.square - sums.total * sums.total / draws)
    return mean, sqrt(away / (draws - 1) / draws) / 100
