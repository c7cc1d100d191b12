"""The weighted score: fixed anchors, swing weights, additive (METHOD 4 and 9.1).

Swing weighting: HM Treasury, Use of multi-criteria decision analysis in options appraisal, 16 May 2024. Rank-order
centroid: Barron and Barrett, Decision quality using ranked attribute weights, Management Science 42 (1996).
All sums are correctly rounded, so that the order of options, criteria and branches changes no figure.
"""

from collections.abc import Iterable, Mapping
from math import fsum

from appraise.model.appraisal.criteria import Answers, Asking, Outcome, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.score_results import Contribution, Scored
from appraise.model.value import has_scale, points_of

#: Totals are compared after rounding to so many digits, and equal ones share a place.
COMPARED = 9
#: A swing under this is no answer: shares of it would be lost in the rounding of the machine.
LEAST_SWING = 1e-9


# --- weights -----------------------------------------------------------------------------------------------


def rank_order_centroid(count: int) -> tuple[float, ...]:
    """w_k = 1/n sum from i = k to n of 1/i: the mean of all weights that fall from the first to the last."""
    return tuple(fsum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1))


def centroid_weights(ranks: Mapping[str, int]) -> Mapping[str, float]:
    """Rank-order-centroid weights by key. Equal ranks share the mean of their places; rank 0 (not said) gets 0."""
    said = sorted(rank for rank in ranks.values() if rank > 0)
    by_place = rank_order_centroid(len(said))
    shared = {
        rank: fsum(weight for weight, other in zip(by_place, said, strict=True) if other == rank) / said.count(rank)
        for rank in set(said)
    }
    return {key: shared.get(rank, 0.0) for key, rank in ranks.items()}


def _in_branches(appraisal: Appraisal) -> Mapping[str, list[str]]:
    """Ids of criteria by branch, in the order of the document; branches without criteria are there too."""
    found: dict[str, list[str]] = {branch.id: [] for branch in appraisal.branches}
    for criterion in appraisal.criteria:
        found.setdefault(criterion.branch, []).append(criterion.id)
    return found


def _by_rank(appraisal: Appraisal) -> Mapping[str, float]:
    """Weights from the order of moves alone; branch by branch: that of the branch times that inside it."""
    ranks = {criterion.id: criterion.rank for criterion in appraisal.criteria}
    if appraisal.weighting.asking is Asking.TOGETHER:
        return centroid_weights(ranks)
    inside = {
        branch: centroid_weights({criterion: ranks[criterion] for criterion in criteria})
        for branch, criteria in _in_branches(appraisal).items()
    }
    across = centroid_weights(
        {branch.id: branch.rank if any(inside[branch.id].values()) else 0 for branch in appraisal.branches}
    )
    return {
        criterion.id: across.get(criterion.branch, 0.0) * inside[criterion.branch][criterion.id]
        for criterion in appraisal.criteria
    }


def answered(swing: float) -> float:
    """The swing as it counts: one under a thousand-millionth of a point counts as 0."""
    return swing if swing >= LEAST_SWING else 0.0


def reference_swing(appraisal: Appraisal, branch: str) -> float:
    """The swing inside a branch that its own swing stands for: its reference's, without one (or at 0) the largest."""
    swings_inside = {one.id: answered(one.swing) for one in appraisal.criteria if one.branch == branch}
    reference = next((one.reference for one in appraisal.branches if one.id == branch), "")
    return swings_inside.get(reference, 0.0) or max(swings_inside.values(), default=0.0)


def swings(appraisal: Appraisal) -> Mapping[str, float]:
    """Effective swing of each criterion by id: what its move is worth beside all others.

    Together: as answered. Branch by branch: swing of the branch x own swing / swing of the branch's reference.
    From ranks: proportional to the weights, the largest 100.
    """
    if appraisal.weighting.answers is Answers.RANKS:
        leaf = _by_rank(appraisal)
        largest = max(leaf.values(), default=0.0)
        return {key: 100 * weight / largest if largest else 0.0 for key, weight in leaf.items()}
    if appraisal.weighting.asking is Asking.TOGETHER:
        return {criterion.id: answered(criterion.swing) for criterion in appraisal.criteria}
    across = {branch.id: answered(branch.swing) for branch in appraisal.branches}
    unit = {branch: reference_swing(appraisal, branch) for branch in across}
    return {
        criterion.id: across[criterion.branch] * answered(criterion.swing) / unit[criterion.branch]
        if unit.get(criterion.branch)
        else 0.0
        for criterion in appraisal.criteria
    }


def weights(appraisal: Appraisal) -> Mapping[str, float]:
    """Weight of each criterion by id: w_i = S_i / sum S over effective swings. All 0 while no swing is above 0."""
    answers = _by_rank(appraisal) if appraisal.weighting.answers is Answers.RANKS else swings(appraisal)
    whole = fsum(answers.values())
    return {key: answer / whole if whole > 0 else 0.0 for key, answer in answers.items()}


def branch_weights(appraisal: Appraisal) -> Mapping[str, float]:
    """Weight of each branch by id: the sum of the weights of its criteria."""
    leaf = weights(appraisal)
    return {branch: fsum(leaf[one] for one in criteria) for branch, criteria in _in_branches(appraisal).items()}


# --- scores and totals -------------------------------------------------------------------------------------


def _entered(scores: Iterable[Score], option: str) -> Mapping[str, float]:
    return {score.criterion: score.value for score in scores if score.option == option}


def _points(appraisal: Appraisal, entered: Mapping[str, float]) -> Mapping[str, float]:
    return {
        criterion.id: points_of(criterion, entered[criterion.id])
        for criterion in appraisal.criteria
        if criterion.id in entered and has_scale(criterion)
    }


def score_values(appraisal: Appraisal, option: str) -> Mapping[str, float]:
    """The option's scores of record in points by criterion id, 0 to 100; those that are missing are left out."""
    return _points(appraisal, _entered(appraisal.scores, option))


def gates_failed(appraisal: Appraisal, option: str) -> tuple[str, ...]:
    """Ids of the gates that the option fails, in their order."""
    return tuple(
        gate.id
        for gate in appraisal.gates
        if any(one.option == option and one.outcome is Outcome.FAIL for one in gate.outcomes)
    )


def _weighed(appraisal: Appraisal, leaf: Mapping[str, float], entered: Mapping[str, float]) -> Scored:
    """V_o = sum w_i v_i(x_oi), from 0 to 100. A missing score counts as nothing and is said to be missing."""
    values = _points(appraisal, entered)
    contributions = tuple(
        Contribution(
            criterion=criterion.id,
            weight=leaf[criterion.id],
            value=values.get(criterion.id),
            points=leaf[criterion.id] * values.get(criterion.id, 0.0),
            entered=entered.get(criterion.id),
        )
        for criterion in appraisal.criteria
    )
    return Scored(
        total=fsum(part.points for part in contributions),
        complete=all(part.value is not None for part in contributions),
        by_criterion=contributions,
    )


def places(totals_by_id: Mapping[str, float]) -> Mapping[str, int]:
    """Place of each by total, 1 for the highest; equal ones (to 9 digits) share the better place."""
    rounded = {key: round(total, COMPARED) for key, total in totals_by_id.items()}
    return {key: 1 + sum(other > total for other in rounded.values()) for key, total in rounded.items()}


def all_scored(appraisal: Appraisal) -> Mapping[str, Scored]:
    """Every option by id, with places: only options with every score and no failed gate have one."""
    leaf = weights(appraisal)
    entered: dict[str, dict[str, float]] = {option.id: {} for option in appraisal.options}
    for score in appraisal.scores:
        if score.option in entered:
            entered[score.option][score.criterion] = score.value
    weighed = {option: _weighed(appraisal, leaf, values) for option, values in entered.items()}
    failed = {option: gates_failed(appraisal, option) for option in weighed}
    ranked = {
        option: one.total
        for option, one in weighed.items()
        if one.complete and not failed[option] and any(leaf.values())
    }
    place = places(ranked)
    return {
        option: Scored(
            total=one.total,
            complete=one.complete,
            by_criterion=one.by_criterion,
            place=place.get(option),
            gates_failed=failed[option],
        )
        for option, one in weighed.items()
    }


def scored(appraisal: Appraisal, option: str) -> Scored:
    """One option's total, contributions, place and failed gates."""
    return all_scored(appraisal)[option]


def ranked_options(appraisal: Appraisal) -> tuple[str, ...]:
    """Ids of the options that have a place, in the order of the document."""
    return tuple(option for option, one in all_scored(appraisal).items() if one.place is not None)


def totals(appraisal: Appraisal) -> Mapping[str, float]:
    """Total of every option by id, 0 to 100; missing scores count as nothing."""
    return {option: one.total for option, one in all_scored(appraisal).items()}


def choice_scored(appraisal: Appraisal, choice: str) -> Scored:
    """The weighted score of a choice of the long list, by the same criteria; it has no place among options."""
    return _weighed(appraisal, weights(appraisal), _entered(appraisal.choice_scores, choice))


def tie_weight(weight: Mapping[str, float], difference: Mapping[str, float], criterion: str) -> float | None:
    """The weight of `criterion` at which two options tie, the others rescaled pro rata; None: there is none.

    With D_i the score difference and R = (sum over j != i of w_j D_j) / (1 - w_i): w* = R / (R - D_i)
    (METHOD 4). A result outside [0, 1] is no weight.
    """
    own = weight[criterion]
    if own >= 1:
        return None
    rest = fsum(weight[other] * difference[other] for other in weight if other != criterion) / (1 - own)
    if rest == difference[criterion]:
        return None
    tie = rest / (rest - difference[criterion])
    return tie if 0 <= tie <= 1 else None
