"""The first option by other methods: outranking, equal weights, weights of the order alone (METHOD 9.2, number 5)."""

from collections.abc import Mapping
from math import fsum

from appraise.model.appraisal.document import Appraisal
from appraise.model.ranking import Ranking, best, ranking, weighed
from appraise.model.score_results import CrossCheck
from appraise.model.scoring import COMPARED, centroid_weights

Weights = tuple[float, ...]


def _preferred(lead: float, indifference: float, preference: float) -> float:
    """How far a lead in points speaks for an option: 0 up to `indifference`, 1 from `preference`, straight between.

    With both 0 it is the usual criterion: any lead counts in full. A preference threshold under indifference is
    taken as equal to it.
    """
    if lead <= indifference:
        return 0.0
    return 1.0 if lead >= preference else (lead - indifference) / (preference - indifference)


def _flows(rank: Ranking, indifference: float, preference: float) -> Mapping[str, float]:
    """PROMETHEE II: phi(a) = 1 / (n - 1) sum over b of sum_k w_k (P(a_k - b_k) - P(b_k - a_k)), from -1 to 1.

    Brans and Vincke, A preference ranking organisation method, Management Science 31 (1985), criterion of type V;
    thresholds in points.
    """
    found = {}
    for place, option in enumerate(rank.options):
        parts = []
        for other, theirs in enumerate(rank.points):
            if other == place:
                continue
            for weight, own, value in zip(rank.weights, rank.points[place], theirs, strict=True):
                lead = round(own - value, COMPARED)
                for_it = _preferred(lead, indifference, preference)
                parts.append(weight * (for_it - _preferred(-lead, indifference, preference)))
        found[option] = fsum(parts) / max(1, len(rank.options) - 1)
    return found


def net_flows(appraisal: Appraisal) -> Mapping[str, float]:
    """Net flow of PROMETHEE II of every option that competes, at the thresholds of the weighting; see `_flows`."""
    rank = ranking(appraisal)
    if rank.first is None:
        return {}
    return _flows(rank, appraisal.weighting.indifference, appraisal.weighting.preference)


def _equal_weights(rank: Ranking) -> Weights:
    """The same weight for every criterion that carries any."""
    carrying = sum(weight > 0 for weight in rank.weights)
    return tuple(1 / carrying if weight > 0 else 0.0 for weight in rank.weights)


def _equal_branches(appraisal: Appraisal, rank: Ranking) -> Weights:
    """The same weight for every branch that carries any; criteria inside keep their proportions."""
    inside: dict[str, list[float]] = {}
    for criterion, weight in zip(appraisal.criteria, rank.weights, strict=True):
        inside.setdefault(criterion.branch, []).append(weight)
    whole = {branch: fsum(weights) for branch, weights in inside.items()}
    carrying = sum(weight > 0 for weight in whole.values())
    return tuple(
        weight / whole[criterion.branch] / carrying if weight > 0 else 0.0
        for criterion, weight in zip(appraisal.criteria, rank.weights, strict=True)
    )


def _centroid(rank: Ranking) -> Weights:
    """Rank-order-centroid weights of the order of weights; equal ones share, those without weight stay without."""
    size = {key: round(weight, COMPARED) for key, weight in zip(rank.criteria, rank.weights, strict=True)}
    ranks = {key: 1 + sum(other > own for other in size.values()) if own > 0 else 0 for key, own in size.items()}
    return tuple(centroid_weights(ranks).values())


def cross_checks(appraisal: Appraisal) -> tuple[CrossCheck, ...]:
    """Who would be first with equal weights, equal branches, centroid weights of the order of swings, by PROMETHEE II.

    `differs`: another option is first than by the weighted total; sharing the first place is no difference.
    """
    rank = ranking(appraisal)
    if rank.first is None:
        return ()
    others = {
        "equal_weights": _equal_weights(rank),
        "equal_branches": _equal_branches(appraisal, rank),
        "rank_order_centroid": _centroid(rank),
    }
    values: dict[str, Mapping[str, float]] = {
        method: {option: weighed(weights, row) for option, row in zip(rank.options, rank.points, strict=True)}
        for method, weights in others.items()
    }
    values["promethee"] = net_flows(appraisal)
    leader = rank.options[rank.first]
    found = []
    for method, by_option in values.items():
        first = best(by_option, rather=leader)
        found.append(
            CrossCheck(
                method=method,
                first=first,
                options=rank.options,
                values=tuple(by_option.values()),
                differs=first != leader,
            )
        )
    return tuple(found)
