"""The weighted score: fixed anchors, swing weights, additive (METHOD 4 and 9.1)."""

from collections.abc import Mapping
from math import fsum

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Contribution, Scored


def weights(appraisal: Appraisal) -> Mapping[str, float]:
    """Weight of each criterion by id: w_i = S_i / sum S. All 0 while no swing is above 0.

    Swing weighting: HM Treasury, Use of multi-criteria decision analysis in options appraisal, 2024.
    """
    whole = fsum(criterion.swing for criterion in appraisal.criteria)
    return {criterion.id: criterion.swing / whole if whole > 0 else 0.0 for criterion in appraisal.criteria}


def score_values(appraisal: Appraisal, option: str) -> Mapping[str, float]:
    """The option's scores by criterion id, 0 to 100."""
    return {score.criterion: score.value for score in appraisal.scores if score.option == option}


def scored(appraisal: Appraisal, option: str) -> Scored:
    """V_o = sum w_i v_i(x_oi), from 0 to 100. A missing score counts as nothing and is said to be missing."""
    leaf, values = weights(appraisal), score_values(appraisal, option)
    contributions = tuple(
        Contribution(
            criterion=criterion.id,
            weight=leaf[criterion.id],
            value=values.get(criterion.id),
            points=leaf[criterion.id] * values.get(criterion.id, 0.0),
        )
        for criterion in appraisal.criteria
    )
    return Scored(
        total=fsum(part.points for part in contributions),
        complete=all(part.value is not None for part in contributions),
        by_criterion=contributions,
    )


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
