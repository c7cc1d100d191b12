"""What another swing would do: the scoring made again for a document that differs in its weights, costs as they stand.

Fast enough to follow a slider, and nothing of it is kept: the document stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from appraise.model.acceptability import Drawn, drawn
from appraise.model.appraisal.criteria import Answers, Asking, Branch, Criterion
from appraise.model.appraisal.document import Appraisal
from appraise.model.frontier import cost_against_score
from appraise.model.results import OptionResult, Results, Verdict
from appraise.model.score_draws import Way
from appraise.model.score_results import CostAgainstScore, Scored
from appraise.model.scoring import all_scored, swings
from appraise.model.sealing import hidden
from appraise.model.verdict import verdict

#: Draws of weights and scores while a slider moves.
LIVE_DRAWS = 2_000


def swing_of(appraisal: Appraisal, kind: str, key: str) -> float:
    """The swing that a slider starts from: of a criterion ("criterion") or branch ("branch").

    That of a branch is its own where weights are asked branch by branch, else the largest in it.
    """
    asked = _asked_in_points(appraisal)
    if kind == "branch":
        if asked.weighting.asking is Asking.BY_BRANCH:
            return next(one.swing for one in asked.branches if one.id == key)
        return max((one.swing for one in asked.criteria if one.branch == key), default=0.0)
    return next(one.swing for one in asked.criteria if one.id == key)


def with_swing(appraisal: Appraisal, kind: str, key: str, swing: float) -> Appraisal:
    """The document with another swing of a criterion or branch; how sure it is moves along.

    All swings of a branch change in proportion where all moves are compared together. Weights from ranks become the
    swings that give the same weights first.
    """
    asked = _asked_in_points(appraisal)
    if kind == "criterion":
        return replace(asked, criteria=tuple(_moved(one, swing) if one.id == key else one for one in asked.criteria))
    if asked.weighting.asking is Asking.BY_BRANCH:
        return replace(asked, branches=tuple(_moved(one, swing) if one.id == key else one for one in asked.branches))
    whole = swing_of(appraisal, kind, key)
    factor = swing / whole if whole else 0.0
    criteria = tuple(_moved(one, round(one.swing * factor, 1)) if one.branch == key else one for one in asked.criteria)
    return replace(asked, criteria=criteria)


def _asked_in_points(appraisal: Appraisal) -> Appraisal:
    """The same weights from swings in points: those that ranks stand for, compared together."""
    if appraisal.weighting.answers is not Answers.RANKS:
        return appraisal
    effective = swings(appraisal)
    criteria = tuple(
        replace(one, swing=effective[one.id], swing_low=None, swing_high=None) for one in appraisal.criteria
    )
    weighting = replace(appraisal.weighting, asking=Asking.TOGETHER, answers=Answers.POINTS)
    return replace(appraisal, criteria=criteria, weighting=weighting)


_Answer = TypeVar("_Answer", Criterion, Branch)


def _moved(answer: _Answer, swing: float) -> _Answer:
    """The answer at another swing, its range as far from it as before, within 0 to 100."""
    by = swing - answer.swing
    ends = [None if end is None else min(100.0, max(0.0, end + by)) for end in (answer.swing_low, answer.swing_high)]
    return replace(answer, swing=swing, swing_low=ends[0], swing_high=ends[1])


def scored_again(results: Results, appraisal: Appraisal, *, draws: int = LIVE_DRAWS) -> Results | None:
    """The results with totals, places and pairs of this document, which differs from theirs in weights alone.

    None while totals are sealed. Costs and their ranges stay those of the results; so does what takes longer than a
    frame has time for, such as other methods, or is left empty, such as intervals of weights.
    """
    if hidden(appraisal) or results.scoring is None:
        return None
    plain = all_scored(appraisal)
    ranked = [key for key, one in plain.items() if one.place is not None]
    samples = drawn(appraisal, (Way.ELICITED,), ranked, draws=draws, seed=results.seed, keep=True)
    found = samples.get(Way.ELICITED)
    scores = {key: _placed(one, key, found) for key, one in plain.items()}
    options = tuple(replace(option, score=scores.get(option.id)) for option in results.options)
    scoring = replace(
        results.scoring,
        acceptability=(found.acceptability,) if found is not None else (),
        cost_against_score=_against(results.scoring.cost_against_score, plain, found),
    )
    return replace(
        results, options=options, verdict=scored_verdict(results.verdict, appraisal, options), scoring=scoring
    )


def _placed(plain: Scored, key: str, found: Drawn | None) -> Scored:
    """The score with the shares of places and pairs that were drawn."""
    known = None if found is None else next((one for one in found.acceptability.options if one.option == key), None)
    if known is None or found is None:
        return plain
    return replace(
        plain, rank_acceptability=known.ranks, rank_errors=known.errors, pairwise=found.pairwise.get(key, ())
    )


def scored_verdict(known: Verdict, appraisal: Appraisal, options: tuple[OptionResult, ...]) -> Verdict:
    """The verdict with its part on scores made anew."""
    new = verdict(appraisal, options, None)
    return replace(
        known,
        highest_score=new.highest_score,
        score_rival=new.score_rival,
        score_margin=new.score_margin,
        score_clear=new.score_clear,
        score_share=new.score_share,
        score_tied=new.score_tied,
    )


def _against(
    known: CostAgainstScore | None, plain: Mapping[str, Scored], found: Drawn | None
) -> CostAgainstScore | None:
    """New scores beside the costs that there are; how often an option is unbeaten waits for a full run."""
    if known is None or found is None or found.totals is None:
        return None
    rows = {one.option: row for row, one in enumerate(found.acceptability.options)}
    costs = {one.option: one for one in known.options if one.option in rows}
    if not costs:
        return None
    scores = {key: plain[key].total for key in costs}
    made = cost_against_score(
        {key: one.cost for key, one in costs.items()}, scores, None, found.totals[[rows[key] for key in costs]]
    )
    options = tuple(
        replace(one, cost_p10=costs[one.option].cost_p10, cost_p90=costs[one.option].cost_p90) for one in made.options
    )
    return replace(made, options=options)
