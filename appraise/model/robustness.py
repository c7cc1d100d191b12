"""How firmly the first option is first: dominance, weights at which it loses, smallest changes (METHOD 4 and 9.2).

All in points from 0 to 100 and weights that add to 1, over the options of `ranking`. Everything is a closed form and
cheap but `first_margins` and `potentially_first`, which solve linear programmes with scipy.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import compress
from math import fsum, inf
from operator import not_

from appraise.model.appraisal.criteria import Criterion, Measured
from appraise.model.appraisal.document import Appraisal
from appraise.model.ranking import Ranking, ranking, weighed
from appraise.model.score_results import ScoreChange, SmallestFlip, Stability, TradeOffCheck
from appraise.model.scoring import COMPARED, swings
from appraise.model.value import BEST, WORST

#: Totals that are no further apart are level, as they are when places are given.
LEVEL = 10.0**-COMPARED
#: How far a linear programme may be off, points.
SOLVED = 1e-7
#: Parts of a triangle smaller than this are points or lines.
NO_AREA = 1e-12

Corners = tuple[float, float, float]


# --- dominance and being first under some weights ----------------------------------------------------------


def dominated_by(appraisal: Appraisal) -> Mapping[str, tuple[str, ...]]:
    """By option, the options that dominate it: at least as many points on every criterion, more on one.

    Points are compared after rounding to 9 digits. Criteria without weight count too, so no weights undo it.
    """
    rank = ranking(appraisal)
    rows = {
        option: tuple(round(value, COMPARED) for value in row)
        for option, row in zip(rank.options, rank.points, strict=True)
    }
    return {
        option: tuple(
            other
            for other, theirs in rows.items()
            if theirs != own and all(ours <= value for ours, value in zip(own, theirs, strict=True))
        )
        for option, own in rows.items()
    }


def first_margins(appraisal: Appraisal) -> Mapping[str, float]:
    """The largest lead over its best rival, points, that any weights give each option; under 0: never first.

    Linear programme for option o: maximise m over weights w >= 0, sum w = 1, with sum w_k (v_ok - v_jk) >= m for every
    rival j (Hazen, Partial information, dominance and potential optimality, Operations Research 34, 1986). An option
    without rivals leads by infinity.
    """
    import numpy as np
    from scipy.optimize import linprog

    rank = ranking(appraisal)
    if len(rank.options) < 2:
        return dict.fromkeys(rank.options, inf)
    points = np.array(rank.points)
    aim = np.append(np.zeros(len(rank.criteria)), -1.0)
    whole = np.append(np.ones(len(rank.criteria)), 0.0)[None, :]
    bounds = [(0.0, 1.0)] * len(rank.criteria) + [(None, None)]
    found = {}
    for place, option in enumerate(rank.options):
        behind = np.delete(points, place, axis=0) - points[place]
        leads = np.column_stack((behind, np.ones(len(behind))))
        solved = linprog(aim, A_ub=leads, b_ub=np.zeros(len(leads)), A_eq=whole, b_eq=[1.0], bounds=bounds)
        if solved.x is None:
            raise RuntimeError("The linear programme has a solution by its construction.")
        found[option] = float(solved.x[-1])
    return found


def potentially_first(appraisal: Appraisal) -> Mapping[str, bool]:
    """By option, whether some weights put it first: its margin of `first_margins` is not under 0, so level counts.

    But level with an option that dominates it is never first: whatever the weights, the other is as good.
    """
    over = dominated_by(appraisal)
    return {option: margin >= -SOLVED and not over[option] for option, margin in first_margins(appraisal).items()}


# --- one weight moved, the others in proportion ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """A criterion or branch whose weight can move. `inside` and `outside`: which criteria are in it, which are not.

    `weight` is what it carries now, `rest` what all others carry.
    """

    kind: str
    id: str
    name: str
    weight: float
    rest: float
    inside: tuple[bool, ...]
    outside: tuple[bool, ...]


def _group(rank: Ranking, kind: str, key: str, name: str, members: Container[str]) -> _Group | None:
    """None where there is no proportion to keep: nothing outside carries weight, or nothing in a branch does."""
    inside = tuple([one in members for one in rank.criteria])
    outside = tuple(map(not_, inside))
    weight, rest = fsum(compress(rank.weights, inside)), fsum(compress(rank.weights, outside))
    if rest <= 0 or (weight <= 0 and sum(inside) != 1):
        return None
    return _Group(kind, key, name, weight, rest, inside, outside)


def _with_all(rank: Ranking, group: _Group, option: int) -> float:
    """The total of an option with weight 1 on the group: sum of w_k v_k / sum of w_k over its criteria."""
    if sum(group.inside) == 1:
        return rank.points[option][group.inside.index(True)]
    return fsum(compress(rank.products[option], group.inside)) / group.weight


def _leaves(appraisal: Appraisal, rank: Ranking, only: str = "") -> tuple[_Group, ...]:
    """Every criterion, or `only` one by its id."""
    found = (
        _group(rank, "criterion", one.id, one.name, (one.id,)) for one in appraisal.criteria if only in {"", one.id}
    )
    return tuple(group for group in found if group is not None)


def _branches(appraisal: Appraisal, rank: Ranking, only: str = "") -> tuple[_Group, ...]:
    """Every branch with criteria, or `only` one by its id."""
    members: dict[str, set[str]] = {}
    for criterion in appraisal.criteria:
        members.setdefault(criterion.branch, set()).add(criterion.id)
    found = (
        _group(rank, "branch", branch.id, branch.name, members[branch.id])
        for branch in appraisal.branches
        if branch.id in members and only in {"", branch.id}
    )
    return tuple(group for group in found if group is not None)


def _ends(rank: Ranking, group: _Group) -> tuple[tuple[float, float], ...]:
    """Total of each option with weight 0 and with weight 1 on the group; in between it is a straight line."""
    return tuple(
        (fsum(compress(products, group.outside)) / group.rest, _with_all(rank, group, option))
        for option, products in enumerate(rank.products)
    )


def _bounds(ends: tuple[tuple[float, float], ...], first: int, weight: float) -> tuple[float, float]:
    """From which to which weight no rival overtakes the first option."""
    low, high = 0.0, 1.0
    for place, (rival_without, rival_with) in enumerate(ends):
        without, with_all = ends[first][0] - rival_without, ends[first][1] - rival_with
        if place == first or (without >= -LEVEL and with_all >= -LEVEL):
            continue
        tie = without / (without - with_all)
        if without < with_all:
            low = max(low, min(tie, weight))
        else:
            high = min(high, max(tie, weight))
    return low, high


def _interval(rank: Ranking, first: int, group: _Group) -> Stability:
    low, high = _bounds(_ends(rank, group), first, group.weight)
    return Stability(kind=group.kind, id=group.id, weight=group.weight, low=low, high=high)


def stability(appraisal: Appraisal) -> tuple[Stability, ...]:
    """Between which weights of each criterion, then of each branch, the first option stays first, over all rivals.

    The others are rescaled in proportion; criteria of a branch keep their proportions. With R the lead over a rival
    when the weight is 0 and D when it is 1, both tie at w* = R / (R - D) (METHOD 4). Left out: what already carries
    all weight, and branches without any, since there are no proportions to keep. Empty without a first option.
    """
    rank = ranking(appraisal)
    if rank.first is None:
        return ()
    return tuple(_interval(rank, rank.first, group) for group in _leaves(appraisal, rank) + _branches(appraisal, rank))


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLine:
    """Totals as the weight of one criterion or branch moves: straight lines from weight 0 to weight 1.

    `ends`: (option, total at 0, total at 1), points; `weight` is the weight now, where the line meets today's total.
    """

    kind: str
    id: str
    name: str
    weight: float
    ends: tuple[tuple[str, float, float], ...]


def _line(rank: Ranking, group: _Group) -> WeightLine:
    return WeightLine(
        kind=group.kind,
        id=group.id,
        name=group.name,
        weight=group.weight,
        ends=tuple((option, *ends) for option, ends in zip(rank.options, _ends(rank, group), strict=True)),
    )


def lines(appraisal: Appraisal) -> tuple[WeightLine, ...]:
    """The chart of weight sensitivity: lines for every criterion and branch of `stability`, in the same order."""
    rank = ranking(appraisal)
    if rank.first is None:
        return ()
    return tuple(_line(rank, group) for group in _leaves(appraisal, rank) + _branches(appraisal, rank))


def line_of(appraisal: Appraisal, kind: str, key: str) -> tuple[WeightLine, Stability] | None:
    """The line and the interval of one "criterion" or "branch" alone; None where `stability` leaves it out."""
    rank = ranking(appraisal)
    groups = _leaves(appraisal, rank, key) if kind == "criterion" else _branches(appraisal, rank, key)
    if rank.first is None or not groups:
        return None
    return _line(rank, groups[0]), _interval(rank, rank.first, groups[0])


# --- the smallest changes that lose the first place --------------------------------------------------------


def _moved_weights(
    weights: tuple[float, ...], difference: tuple[float, ...], gap: float
) -> tuple[float, tuple[float, ...]] | None:
    """(sum |w' - w|, w') of the smallest move that takes a lead of `gap` away; None: no weights do.

    Minimise sum |w'_k - w_k| with w' >= 0, sum w' = 1, sum w'_k D_k <= 0. This linear programme is a continuous
    knapsack: a unit of weight taken from k and given to the criterion with the least D cuts the lead by D_k - least D
    and costs 2, so weight is taken where D is highest first (Dantzig 1957). Criteria with equal D give and take
    in proportion to their weights, so that their order changes nothing.
    """
    size = tuple(round(one, COMPARED) for one in difference)
    least = min(size)
    if gap > LEVEL and least > 0:
        return None
    new, moved, left = list(weights), 0.0, max(0.0, gap)
    for level in sorted(set(size) - {least}, reverse=True):
        members = [place for place, one in enumerate(size) if one == level]
        there = fsum(weights[place] for place in members)
        if left <= 0 or there <= 0:
            continue
        taken = min(there, left / (level - least))
        for place in members:
            new[place] -= taken * weights[place] / there
        moved, left = moved + taken, left - taken * (level - least)
    receivers = [place for place, one in enumerate(size) if one == least]
    held = fsum(weights[place] for place in receivers)
    for place in receivers:
        new[place] += moved * (weights[place] / held if held > 0 else 1 / len(receivers))
    return 2 * moved, tuple(max(0.0, one) for one in new)


def _reach(criterion: Criterion) -> tuple[float, float]:
    """The least and most points that a score on a criterion can be worth."""
    if criterion.measured is Measured.MEASURE and criterion.points:
        values = [point.value for point in criterion.points]
        return min(values), max(values)
    return WORST, BEST


def _changed_score(appraisal: Appraisal, rank: Ranking, first: int, gaps: Mapping[int, float]) -> ScoreChange | None:
    """The smallest change of one score: with lead g and weight w_k, by g / w_k points, within what k can be worth.

    Either the first option falls to the nearest rival, or a rival rises to the first.
    """
    nearest = min(gaps, key=lambda place: (round(gaps[place], COMPARED), rank.options[place]))
    moves = [(first, nearest, -gaps[nearest])] + [(rival, rival, gap) for rival, gap in gaps.items()]
    found: list[tuple[tuple[float, float, str, str], ScoreChange]] = []
    for place, criterion in enumerate(appraisal.criteria):
        weight, (least, most) = rank.weights[place], _reach(criterion)
        for owner, rival, gap in moves if weight > 0 else ():
            now = rank.points[owner][place]
            needed = now + gap / weight
            if not least - LEVEL <= needed <= most + LEVEL:
                continue
            change = ScoreChange(
                owner=rank.options[owner],
                criterion=criterion.id,
                now=now,
                needed=min(most, max(least, needed)),
                rival=rank.options[rival],
            )
            found.append(((round(abs(gap) / weight, COMPARED), -weight, change.owner, criterion.id), change))
    return min(found, key=lambda one: one[0])[1] if found else None


def smallest_flip(appraisal: Appraisal) -> SmallestFlip | None:
    """The smallest move of weights, and of one score, that ends the first option's lead, each over all rivals.

    The move of weights is the least sum of |w' - w| (METHOD 9.2, number 3), see `_moved_weights`; `rival` is level
    then. Where no weights do it, `rival` is the nearest. None without two options or without weights.
    """
    rank = ranking(appraisal)
    first = rank.first
    if first is None or len(rank.options) < 2:
        return None
    gaps, moves = {}, []
    for place, option in enumerate(rank.options):
        if place == first:
            continue
        difference = tuple(ours - theirs for ours, theirs in zip(rank.points[first], rank.points[place], strict=True))
        gaps[place] = max(0.0, weighed(rank.weights, difference))
        move = _moved_weights(rank.weights, difference, gaps[place])
        distance = inf if move is None else round(move[0], COMPARED)
        moves.append((distance, gaps[place], option, move))
    _, _, rival, move = min(moves, key=lambda one: one[:3])
    return SmallestFlip(
        rival=rival,
        distance=None if move is None else move[0],
        weights=() if move is None else move[1],
        score=_changed_score(appraisal, rank, first, gaps),
    )


# --- the triangle of weights -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangleCorner:
    """A branch or criterion at a corner of the triangle, and its weight now."""

    id: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangleRegion:
    """Where `options` (several: level everywhere) are first: a convex polygon in shares of the three corners.

    `area` is its share of the triangle.
    """

    options: tuple[str, ...]
    polygon: tuple[Corners, ...]
    area: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Who is first for every split of weight among the three heaviest branches or criteria (`kind`).

    A point (a, b, c) with a + b + c = 1 gives the corners those shares of the weight that they hold together now.
    Criteria inside a branch keep their proportions. All others keep the weight that they have now, `held` in sum.
    `today` is the point of the weights as they are. The regions cover the triangle once.
    """

    kind: str
    corners: tuple[TriangleCorner, TriangleCorner, TriangleCorner]
    held: float
    today: Corners
    regions: tuple[TriangleRegion, ...]


def _clipped(polygon: tuple[Corners, ...], lead: Corners) -> tuple[Corners, ...]:
    """The part of a convex polygon in which sum of share x lead >= 0 (Sutherland and Hodgman 1974)."""
    sides = [(point, fsum(share * one for share, one in zip(point, lead, strict=True))) for point in polygon]
    kept: list[Corners] = []
    for (start, before), (end, after) in zip(sides, sides[1:] + sides[:1], strict=True):
        if before >= 0:
            kept.append(start)
        if before * after < 0:
            part = before / (before - after)
            a, b, c = (one + part * (other - one) for one, other in zip(start, end, strict=True))
            kept.append((a, b, c))
    return tuple(kept)


def _area(polygon: tuple[Corners, ...]) -> float:
    """Share of the triangle that a polygon covers, by the shoelace formula in the first two coordinates."""
    turned = polygon[1:] + polygon[:1]
    return abs(fsum(one[0] * other[1] - other[0] * one[1] for one, other in zip(polygon, turned, strict=True)))


def _regions(options: tuple[str, ...], corner_totals: Mapping[str, Corners]) -> tuple[TriangleRegion, ...]:
    """Half-planes in which each option leads all others, cut out of the triangle one after the other."""
    level: dict[Corners, list[str]] = {}
    for option in options:
        a, b, c = (round(total, COMPARED) for total in corner_totals[option])
        level.setdefault((a, b, c), []).append(option)
    found = []
    for own, sharing in level.items():
        polygon: tuple[Corners, ...] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
        for other in level:
            if other != own:
                polygon = _clipped(polygon, (own[0] - other[0], own[1] - other[1], own[2] - other[2]))
        if _area(polygon) > NO_AREA:
            found.append(TriangleRegion(options=tuple(sharing), polygon=polygon, area=_area(polygon)))
    return tuple(found)


def _three_heaviest(groups: tuple[_Group, ...]) -> tuple[_Group, _Group, _Group] | None:
    """The three heaviest groups in their own order, the smaller id between equals; None: fewer carry weight."""
    carrying = [group for group in groups if group.weight > 0]
    if len(carrying) < 3:
        return None
    chosen = sorted(carrying, key=lambda group: (-round(group.weight, COMPARED), group.id))[:3]
    one, two, three = (group for group in carrying if group in chosen)
    return one, two, three


def triangle(appraisal: Appraisal) -> Triangle | None:
    """The triangle of the three heaviest branches, or of criteria where fewer than three branches carry weight.

    The total of an option is linear in the three shares, so that each region is an intersection of half-planes.
    None where fewer than three criteria carry weight, or nobody is first.
    """
    rank = ranking(appraisal)
    three = _three_heaviest(_branches(appraisal, rank)) or _three_heaviest(_leaves(appraisal, rank))
    if rank.first is None or three is None:
        return None
    joint = fsum(group.weight for group in three)
    held = [not any(group.inside[place] for group in three) for place in range(len(rank.criteria))]
    totals: dict[str, Corners] = {}
    for place, option in enumerate(rank.options):
        rest = fsum(compress(rank.products[place], held))
        a, b, c = (joint * _with_all(rank, group, place) + rest for group in three)
        totals[option] = a, b, c
    one, two, last = (TriangleCorner(id=group.id, name=group.name, weight=group.weight) for group in three)
    return Triangle(
        kind=three[0].kind,
        corners=(one, two, last),
        held=fsum(compress(rank.weights, held)),
        today=(one.weight / joint, two.weight / joint, last.weight / joint),
        regions=_regions(rank.options, totals),
    )


# --- answers against answers -------------------------------------------------------------------------------


def trade_off_checks(appraisal: Appraisal) -> tuple[TradeOffCheck, ...]:
    """Answered trade-offs beside the swings as rated (METHOD 9.1); those over criteria without a swing are left out.

    `rated` = swing of the smaller / swing of the larger; `implied` = points / 100, since the larger's move that far is
    said to be worth the whole move of the smaller; `error` = implied / rated - 1.
    """
    swing = swings(appraisal)
    found = []
    for asked in appraisal.weighting.trade_offs:
        larger, smaller = swing.get(asked.larger, 0.0), swing.get(asked.smaller, 0.0)
        if asked.points is None or larger <= 0 or smaller <= 0:
            continue
        rated, implied = smaller / larger, asked.points / BEST
        found.append(TradeOffCheck(id=asked.id, rated=rated, implied=implied, error=implied / rated - 1))
    return tuple(found)
