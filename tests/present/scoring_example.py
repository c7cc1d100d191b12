"""A document that is scored and results with every figure of the scoring, for the tests of what is shown of it."""

import random
from dataclasses import replace

import numpy as np

from appraise.model import what_if
from appraise.model.agreement import agreement
from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome, Score
from appraise.model.appraisal.document import Appraisal
from appraise.model.frontier import cost_against_score
from appraise.model.results import OptionResult, Results
from appraise.model.score_figures import ScoreFigures, score_figures
from appraise.model.score_results import CostAgainstScore
from tests.present import example

#: Points by option and criterion, chosen so that the last option is first but not everywhere.
POINTS = (
    (20.0, 35.0, 60.0, 15.0, 30.0, 55.0),
    (30.0, 45.0, 55.0, 25.0, 35.0, 50.0),
    (64.0, 78.0, 74.0, 58.0, 66.0, 56.0),
    (78.0, 42.0, 45.0, 84.0, 50.0, 64.0),
    (80.0, 60.0, 65.0, 82.0, 70.0, 40.0),
)


def document(
    *,
    options: int = 5,
    branches: int = 3,
    long_names: bool = False,
    gate: bool = False,
    unscored: int = 0,
    seed: int = 0,
) -> Appraisal:
    """Options scored on two criteria a branch; `gate`: the first fails one, `unscored` of the last lack a score."""
    made = example.document(options=options, branches=branches, long_names=long_names, recommended="")
    rng = random.Random(seed)  # noqa: S311 the same scores every time, no secret
    shift = {option.id: 0.0 if place < 5 else rng.uniform(-20, 15) for place, option in enumerate(made.options)}
    scores = tuple(
        Score(
            option=option.id,
            criterion=criterion.id,
            value=min(100.0, max(0.0, POINTS[row % 5][column % 6] + shift[option.id] + (column // 6) * 7)),
        )
        for row, option in enumerate(made.options)
        for column, criterion in enumerate(made.criteria)
        if not (column == 0 and row >= options - unscored)
    )
    gates = (
        Gate(
            id="gate-1",
            name="Lawful",
            outcomes=(GateOutcome(option="option-0", outcome=Outcome.FAIL, reason="The duty is not met"),),
        ),
    )
    return replace(made, scores=scores, gates=gates if gate else ())


def results(appraisal: Appraisal, *, draws: int = 2_000, seed: int = 0, scale: float = 1.0) -> Results:
    """Figures of the scoring by the model, over the costs of `example`; sealed where the workshop hides totals."""
    base = replace(example.results(appraisal, seed=seed, scale=scale), stage=appraisal.workshop.stage.value)
    found = score_figures(appraisal, draws=draws, seed=1, robust=True)
    options = tuple(replace(option, score=found.options[option.id] if found else None) for option in base.options)
    return replace(
        base,
        options=options,
        verdict=what_if.scored_verdict(base.verdict, appraisal, options),
        scoring=replace(found.scoring, cost_against_score=_against(options, found)) if found else None,
        agreement=agreement(appraisal),
    )


def _against(options: tuple[OptionResult, ...], found: ScoreFigures) -> CostAgainstScore | None:
    shown = [option for option in options if option.id in found.drawn and option.risk is not None]
    if not shown:
        return None
    rng, count = np.random.default_rng(3), len(found.drawn[shown[0].id])
    costs = {option.id: option.risk.npc.mean for option in shown if option.risk is not None}
    drawn = [rng.normal(one.risk.npc.mean, one.risk.npc.sd, count) for one in shown if one.risk is not None]
    scores = {option.id: found.options[option.id].total for option in shown}
    return cost_against_score(costs, scores, np.array(drawn), np.array([found.drawn[option.id] for option in shown]))
