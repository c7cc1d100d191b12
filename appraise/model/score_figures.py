"""All figures of the scoring, put together: by option, and as a whole. None while a workshop keeps totals hidden."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from appraise.model.acceptability import MOST_SAMPLES, Drawn, drawn
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.options import Category
from appraise.model.cancelled import Cancelled
from appraise.model.frontier import cost_against_score
from appraise.model.outranking import cross_checks
from appraise.model.results import OptionResult
from appraise.model.robustness import dominated_by, potentially_first, smallest_flip, stability, trade_off_checks
from appraise.model.score_draws import Way, effective_range
from appraise.model.score_results import ChoiceScored, CostAgainstScore, CrossCheck, Scored, ScoreGap, Scoring, WeightOf
from appraise.model.scoring import COMPARED, all_scored, choice_scored, swings, weights
from appraise.model.sealing import hidden
from appraise.model.standing import late_changes
from appraise.model.uncertainty import Floats
from appraise.model.verdict import cost_compared, same_lives


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFigures:
    """The weighted scores: each option by id, the scoring as a whole, and `drawn` totals in points.

    `drawn` by option: its total in every draw of weights as elicited and of scores; only options that have a place.
    """

    options: Mapping[str, Scored]
    scoring: Scoring
    drawn: Mapping[str, Floats]


def _weights(appraisal: Appraisal) -> tuple[WeightOf, ...]:
    effective, leaf = swings(appraisal), weights(appraisal)
    found = []
    for criterion in appraisal.criteria:
        low, high = effective_range(appraisal, criterion)
        found.append(
            WeightOf(
                criterion=criterion.id,
                branch=criterion.branch,
                swing=effective[criterion.id],
                low=low,
                high=high,
                weight=leaf[criterion.id],
            )
        )
    return tuple(found)


def _choices(appraisal: Appraisal) -> tuple[ChoiceScored, ...]:
    """Choices of the long list that have scores: by category, in each the highest total first."""
    given = {score.option for score in appraisal.choice_scores}
    order = list(Category)
    found = [
        (order.index(choice.category), choice_scored(appraisal, choice.id), choice)
        for choice in appraisal.choices
        if choice.id in given
    ]
    found.sort(key=lambda one: (one[0], -round(one[1].total, COMPARED), one[2].id))
    return tuple(ChoiceScored(choice=one.id, category=one.category.value, scored=score) for _, score, one in found)


def _flows(checks: tuple[CrossCheck, ...]) -> Mapping[str, float]:
    """Net flows by option, as the cross-check has them."""
    found = next((check for check in checks if check.method == "promethee"), None)
    return {} if found is None else dict(zip(found.options, found.values, strict=True))


def _gap(elicited: Drawn | None, first: str, second: str) -> ScoreGap | None:
    """Points by which the first option is ahead of the second, draw by draw; None without draws of both."""
    if elicited is None or elicited.totals is None:
        return None
    rows = {one.option: row for one, row in zip(elicited.acceptability.options, elicited.totals, strict=True)}
    if first not in rows or second not in rows:
        return None
    ends = np.quantile(rows[first] - rows[second], (0.1, 0.5, 0.9))
    low, middle, high = (round(float(end), COMPARED) for end in ends)
    return ScoreGap(p10=low, p50=middle, p90=high)


def _scored(
    appraisal: Appraisal,
    plain: Mapping[str, Scored],
    elicited: Drawn | None,
    flows: Mapping[str, float],
    firsts: Mapping[str, bool],
) -> Mapping[str, Scored]:
    """Every option with what draws, rivals and other weights make of its place."""
    dominating = dominated_by(appraisal)
    ranked = sorted((round(-one.total, COMPARED), key) for key, one in plain.items() if one.place is not None)
    first, second = (ranked[place][1] if place < len(ranked) else "" for place in (0, 1))
    drawn_ranks = {} if elicited is None else {one.option: one for one in elicited.acceptability.options}
    found = {}
    for key, one in plain.items():
        ranks = drawn_ranks.get(key)
        found[key] = replace(
            one,
            rank_acceptability=() if ranks is None else ranks.ranks,
            rank_errors=() if ranks is None else ranks.errors,
            pairwise=() if elicited is None else elicited.pairwise.get(key, ()),
            stability=stability(appraisal) if key == first else (),
            dominated_by=dominating.get(key, ()),
            potentially_first=firsts.get(key),
            smallest_flip=smallest_flip(appraisal) if key == first else None,
            net_flow=flows.get(key),
            gap=_gap(elicited, first, second) if key == first else None,
        )
    return found


def score_figures(
    appraisal: Appraisal,
    *,
    draws: int,
    seed: int,
    robust: bool,
    cancelled: Callable[[], bool] | None = None,
) -> ScoreFigures | None:
    """The weighted scores and how robust they are, on at most 100,000 draws; cost stands beside them later.

    `robust` adds what takes longer: other ways of drawing weights, and whether any weights put an option first. None
    while totals are hidden. Raises Cancelled if asked to stop.
    """
    if hidden(appraisal):
        return None
    ways = tuple(Way) if robust else (Way.ELICITED,)
    plain, checks = all_scored(appraisal), cross_checks(appraisal)
    ranked = [key for key, one in plain.items() if one.place is not None]
    samples = drawn(appraisal, ways, ranked, draws=min(draws, MOST_SAMPLES), seed=seed, keep=True, cancelled=cancelled)
    if cancelled is not None and cancelled():
        raise Cancelled
    elicited = samples.get(Way.ELICITED)
    firsts = potentially_first(appraisal) if robust else {}
    totals: dict[str, Floats] = {}
    if elicited is not None and elicited.totals is not None:
        shown = [one.option for one in elicited.acceptability.options]
        totals = dict(zip(shown, elicited.totals, strict=True))
    return ScoreFigures(
        options=_scored(appraisal, plain, elicited, _flows(checks), firsts),
        scoring=Scoring(
            weights=_weights(appraisal),
            trade_offs=trade_off_checks(appraisal),
            acceptability=tuple(one.acceptability for one in samples.values()),
            cross_checks=checks,
            cost_against_score=None,
            late_changes=late_changes(appraisal),
            choices=_choices(appraisal),
        ),
        drawn=totals,
    )


def against_costs(
    appraisal: Appraisal,
    options: tuple[OptionResult, ...],
    figures: ScoreFigures,
    cost_draws: Mapping[str, Floats] | None,
) -> CostAgainstScore | None:
    """Score against cost of the options with costs and a place (METHOD 9.3); None without any.

    `cost_draws` by option: the cost compared in pounds, draw by draw beside those of the scores; as many draws are
    used as both have. None: costs were not drawn.
    """
    same = same_lives(appraisal)
    with_costs = {line.option for line in appraisal.lines if any(line.amounts)}
    shown = [one for one in options if one.id in with_costs and one.id in figures.drawn and one.economic is not None]
    if not shown:
        return None
    costs = {one.id: float(cost_compared(one, same=same)) for one in shown}
    scores = {one.id: figures.options[one.id].total for one in shown}
    if cost_draws is None:
        return cost_against_score(costs, scores)
    both = min(len(cost_draws[shown[0].id]), len(figures.drawn[shown[0].id]))
    return cost_against_score(
        costs,
        scores,
        _stacked(cost_draws, tuple(costs), both),
        _stacked(figures.drawn, tuple(costs), both),
    )


def _stacked(rows: Mapping[str, Floats], keys: tuple[str, ...], count: int) -> Floats:
    """The first draws of some options, options x draws."""
    return np.stack([rows[key][:count] for key in keys])
