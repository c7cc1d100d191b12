"""What draws come to: moments and percentiles that are the same on every machine."""

from math import sqrt

import numpy as np

from appraise.model.histogram import Pence
from appraise.model.results import Distribution
from appraise.model.uncertainty import Floats


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
    points = quantiles(np.sort(pence), np.arange(101) / 100)
    named = {f"p{percent}": float(points[percent]) for percent in (5, 10, 50, 80, 90, 95)}
    return Distribution(
        mean=mean,
        sd=sd,
        mean_error=sd / sqrt(count),
        quantiles=tuple(float(point) for point in points),
        **named,
    )


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
