"""What draws come to: moments and percentiles that are the same on every machine."""

from math import ceil, sqrt

import numpy as np

from appraise.model.histogram import Pence
from appraise.model.results import Distribution, PercentileErrors
from appraise.model.uncertainty import Floats

#: The percentiles that are shown.
SHOWN = (5, 10, 50, 80, 90, 95)


def ordered_sum(values: Floats) -> float:
    """Sum from first to last: the same bits everywhere, unlike a sum in blocks."""
    return float(np.add.accumulate(values)[-1])


def quantiles(ordered: Pence, probabilities: Floats) -> Floats:
    """Percentiles of sorted pence in pounds, straight between order statistics (Hyndman and Fan 1996, type 7)."""
    position = probabilities * (len(ordered) - 1)
    lower = position.astype(np.int64)
    upper = np.minimum(lower + 1, len(ordered) - 1)
    below, above = ordered[lower].astype(np.float64), ordered[upper].astype(np.float64)
    return np.asarray((below + (above - below) * (position - lower)) / 100, dtype=np.float64)


def distribution(pence: Pence) -> Distribution:
    """Mean, standard deviation (n - 1) and percentiles in pounds; standard error of the mean sd / sqrt n."""
    count = len(pence)
    mean = int(pence.sum()) / count / 100
    deviations = pence / 100 - mean
    sd = sqrt(ordered_sum(deviations * deviations) / (count - 1)) if count > 1 else 0.0
    ordered = np.sort(pence)
    points = quantiles(ordered, np.arange(101) / 100)
    named = {f"p{percent}": float(points[percent]) for percent in SHOWN}
    return Distribution(
        mean=mean,
        sd=sd,
        mean_error=sd / sqrt(count),
        cvar80=tail_mean(ordered, 0.8),
        percentile_errors=PercentileErrors(
            **{f"p{percent}": percentile_error(ordered, percent / 100) for percent in SHOWN}
        ),
        quantiles=tuple(float(point) for point in points),
        **named,
    )


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


def percentile_error(ordered: Pence, probability: float) -> float:
    """Half the distance, in pounds, between the draws of ranks n p +- 1.96 sqrt(n p (1 - p)) (METHOD 10.3)."""
    count = len(ordered)
    reach = 1.96 * sqrt(count * probability * (1 - probability))
    low, high = max(0, int(count * probability - reach)), min(count - 1, ceil(count * probability + reach))
    return (int(ordered[high]) - int(ordered[low])) / 200


def share_cheapest(npc: Pence | Floats) -> tuple[float, ...]:
    """Share of draws in which each option (row) costs least; options that tie share the draw."""
    least = npc == npc.min(axis=0)
    tied = least.sum(axis=0)
    ways = range(1, len(npc) + 1)
    return tuple(sum(int(np.count_nonzero(row & (tied == way))) / way for way in ways) / npc.shape[1] for row in least)


def share_cheaper(first: Pence | Floats, second: Pence | Floats) -> float:
    """Share of draws in which the first option costs less than the second; ties count half."""
    less, equal = int(np.count_nonzero(first < second)), int(np.count_nonzero(first == second))
    return (less + equal / 2) / len(first)


def share_error(share: float, count: int) -> float:
    """Standard error of a share of draws: sqrt(p (1 - p) / n)."""
    return sqrt(share * (1 - share) / count)
