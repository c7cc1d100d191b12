"""Value functions: a score as it was entered in, points from 0 (worst anchor) to 100 (best anchor) out (METHOD 9.1).

Points of an option never depend on what other options score: there is no rescaling by least and most.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from appraise.model.appraisal.criteria import Criterion, Measured, ValuePoint

#: The points of the worst and of the best anchor.
WORST, BEST = 0.0, 100.0


class CurveFault(Enum):
    """What keeps a value function from going one way, up or down, as the measure grows."""

    FEW = "few"
    """Fewer than two points."""
    TWICE = "twice"
    """Two points at the same measure."""
    TURNS = "turns"
    """Values rise here and fall there."""
    LEVEL = "level"
    """Values are the same from end to end; level parts of a line that rises or falls are no fault."""


def has_scale(criterion: Criterion) -> bool:
    """Whether scores can be turned into points: a measure needs at least two points of its value function."""
    return criterion.measured is not Measured.MEASURE or len(criterion.points) > 1


def in_order(points: Sequence[ValuePoint]) -> tuple[ValuePoint, ...]:
    """The points of a value function by their measure, the least first."""
    return tuple(sorted(points, key=lambda point: point.measure))


def curve_faults(points: Sequence[ValuePoint]) -> frozenset[CurveFault]:
    """What keeps a value function from going one way; nothing where it only rises or only falls.

    The order in which the points are written changes nothing. What cannot be compared, NaN, counts as turning.
    """
    if len(points) < 2:
        return frozenset({CurveFault.FEW})
    steps = tuple(pairwise(in_order(points)))
    rises = all(left.value <= right.value for left, right in steps)
    falls = all(left.value >= right.value for left, right in steps)
    found = {
        CurveFault.TWICE: any(left.measure == right.measure for left, right in steps),
        CurveFault.TURNS: not rises and not falls,
        CurveFault.LEVEL: rises and falls,
    }
    return frozenset(fault for fault, there in found.items() if there)


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
