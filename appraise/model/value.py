"""Value functions: a score as it was entered in, points from 0 (worst anchor) to 100 (best anchor) out (METHOD 9.1).

Points of an option never depend on what other options score: there is no rescaling by least and most.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from appraise.model.appraisal.criteria import Criterion, Measured, ValuePoint

#: The points of the worst and of the best anchor.
WORST, BEST = 0.0, 100.0


def has_scale(criterion: Criterion) -> bool:
    """Whether scores can be turned into points: a measure needs at least two points of its value function."""
    return criterion.measured is not Measured.MEASURE or len(criterion.points) > 1


def in_order(points: Sequence[ValuePoint]) -> tuple[ValuePoint, ...]:
    """The points of a value function by their measure, the least first."""
    return tuple(sorted(points, key=lambda point: point.measure))


def is_monotone(points: Sequence[ValuePoint]) -> bool:
    """Whether values only rise or only fall as the measure grows, with no measure twice.

    Level parts are allowed; a function that is level from end to end is not, nor are fewer than two points.
    """
    ordered = in_order(points)
    if any(left.measure == right.measure for left, right in pairwise(ordered)):
        return False
    steps = [right.value - left.value for left, right in pairwise(ordered)]
    return any(steps) and (all(step >= 0 for step in steps) or all(step <= 0 for step in steps))


def points_of(criterion: Criterion, entered: float) -> float:
    """Points from 0 to 100 of a score as entered.

    DIRECT and LEVELS: the score itself. MEASURE: v(x) = v_k + (x - x_k) (v_k+1 - v_k) / (x_k+1 - x_k) between two
    points of the value function, constant outside; 0 for a function without points. Lower is better where values fall.
    """
    if criterion.measured is not Measured.MEASURE:
        return entered
    if not criterion.points:
        return WORST
    ordered = in_order(criterion.points)
    after = bisect_right(ordered, entered, key=lambda point: point.measure)
    if after == 0:
        return ordered[0].value
    left = ordered[after - 1]
    if after == len(ordered):
        return left.value
    right = ordered[after]
    return left.value + (entered - left.measure) * (right.value - left.value) / (right.measure - left.measure)
