"""Cost against benefit (METHOD 9.3): who is undominated, the convex frontier, and what one more point costs along it.

Pounds are never divided by an option's own points: points have no true zero, so only differences along the frontier
mean anything (Dodgson and others, Multi-criteria analysis: a manual, DCLG 2009).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from appraise.model.score_results import CostAgainstScore, CostAndScore, FrontierStep
from appraise.model.uncertainty import Floats

#: Pounds and points that are no further apart than half of one in a million, in a thousand million, are level.
POUNDS_COMPARED, POINTS_COMPARED = 6, 9
#: Draws compared at a time, so that they stay in a processor's cache.
BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class _Ranges:
    """1 in 10 and 9 in 10 points by option, straight between order statistics (Hyndman and Fan 1996, type 7)."""

    low: tuple[float | None, ...]
    high: tuple[float | None, ...]

    @classmethod
    def of(cls, draws: Floats | None, count: int) -> "_Ranges":
        """From draws, options x draws; None: nothing is said of any of `count` options."""
        if draws is None:
            return cls((None,) * count, (None,) * count)
        points = np.quantile(draws, (0.1, 0.9), axis=1)
        return cls(tuple(map(float, points[0])), tuple(map(float, points[1])))


def _dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether the first of two (cost, score) costs no more and scores no less, one of them truly."""
    return one != other and one[0] <= other[0] and one[1] >= other[1]


def _under(one: tuple[float, float], middle: tuple[float, float], last: tuple[float, float]) -> bool:
    """Whether a point more costs less from the middle to the last than to the middle: it is under their line."""
    return (middle[0] - one[0]) * (last[1] - middle[1]) > (last[0] - middle[0]) * (middle[1] - one[1])


def _frontier(places: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """Options that win at some willingness to pay L >= 0 by L x score - cost, from the cheapest to the best.

    The concave upper hull of (cost, score) from the cheapest option on, by a stack (Andrew 1979). Options on a straight
    stretch stay, since they are level with its ends at that L. Of equals the smallest id stands for all.
    """
    standing: dict[tuple[float, float], str] = {}
    for option, place in places.items():
        standing[place] = min(option, standing.get(place, option))
    stack: list[tuple[float, float]] = []
    for place in sorted(standing, key=lambda place: (place[0], -place[1])):
        if stack and place[1] <= stack[-1][1]:
            continue
        while len(stack) > 1 and _under(stack[-2], stack[-1], place):
            stack.pop()
        stack.append(place)
    return tuple(standing[place] for place in stack)


def _steps(frontier: tuple[str, ...], costs: Mapping[str, float], scores: Mapping[str, float]) -> list[FrontierStep]:
    """Extra pounds / extra points from each option of the frontier to the next."""
    found = []
    for cheaper, dearer in pairwise(frontier):
        points, pounds = scores[dearer] - scores[cheaper], costs[dearer] - costs[cheaper]
        found.append(
            FrontierStep(cheaper=cheaper, dearer=dearer, points=points, pounds=pounds, pounds_per_point=pounds / points)
        )
    return found


def _times_undominated(costs: Floats, scores: Floats) -> list[int]:
    """In how many draws no other option dominates each; costs and scores options x draws, drawn together."""
    options, draws = costs.shape
    found = np.zeros(options, dtype=np.int64)
    for start in range(0, draws, BLOCK):
        cost = np.rint(costs[:, start : start + BLOCK] * 10.0**POUNDS_COMPARED)
        score = np.rint(scores[:, start : start + BLOCK] * 10.0**POINTS_COMPARED)
        beaten = np.zeros(cost.shape, dtype=np.bool_)
        for one in range(options):
            for other in range(one + 1, options):
                better = (cost[one] <= cost[other]) & (score[one] >= score[other])
                worse = (cost[one] >= cost[other]) & (score[one] <= score[other])
                beaten[other] |= better & ~worse
                beaten[one] |= worse & ~better
        found += min(BLOCK, draws - start) - np.count_nonzero(beaten, axis=1)
    return [int(count) for count in found]


def _chances(costs: Floats | None, scores: Floats | None, count: int) -> list[tuple[float, float] | None]:
    """Per option (share of draws undominated, its standard error sqrt(p (1 - p) / n)); None unless both are drawn."""
    if costs is None or scores is None:
        return [None] * count
    if costs.shape != scores.shape:
        raise ValueError("Draws of costs and scores must belong together.")
    draws = costs.shape[1]
    shares = [times / draws for times in _times_undominated(costs, scores)]
    return [(share, sqrt(share * (1 - share) / draws)) for share in shares]


def cost_against_score(
    costs: Mapping[str, float],
    scores: Mapping[str, float],
    cost_draws: Floats | None = None,
    score_draws: Floats | None = None,
) -> CostAgainstScore:
    """Every option by cost, pounds, and score, points, both by option and of the same options.

    Draws are options x draws in the order of `costs`, column by column one future. `steps` lead along the convex
    frontier from the cheapest option; their pounds a point are the willingness to pay at which the choice switches.
    """
    if set(costs) != set(scores):
        raise ValueError("Costs and scores must be of the same options.")
    places = {
        option: (round(cost, POUNDS_COMPARED), round(scores[option], POINTS_COMPARED)) for option, cost in costs.items()
    }
    frontier = _frontier(places)
    on_line = {places[option] for option in frontier}
    cost_range, score_range = _Ranges.of(cost_draws, len(costs)), _Ranges.of(score_draws, len(costs))
    chances = _chances(cost_draws, score_draws, len(costs))
    found = []
    for number, (option, place) in enumerate(places.items()):
        chance = chances[number]
        found.append(
            CostAndScore(
                option=option,
                cost=costs[option],
                score=scores[option],
                undominated=not any(_dominates(other, place) for other in places.values()),
                on_frontier=place in on_line,
                chance=None if chance is None else chance[0],
                error=None if chance is None else chance[1],
                cost_p10=cost_range.low[number],
                cost_p90=cost_range.high[number],
                score_p10=score_range.low[number],
                score_p90=score_range.high[number],
            )
        )
    return CostAgainstScore(options=tuple(found), steps=tuple(_steps(frontier, costs, scores)))
