"""What is far enough entered to be compared: options with costs, whole scores, scenarios with money.

What is not entered is shown as missing. A nought in its place would read as free, worthless or unpaid for.
"""

from appraise.model.appraisal.workshop import HIDDEN, Stage
from appraise.model.funding_results import ScenarioFunding
from appraise.model.results import OptionResult, Results
from appraise.model.score_results import Scored
from appraise.present import wording

#: Stands where a funding scenario has no amounts.
NO_MONEY = "No money entered"


def costed(option: OptionResult) -> bool:
    """At least one line of the option has an amount; constraints alone are no cost of delivering the service."""
    cases = [case.rows for case in (option.economic, option.financial) if case is not None]
    return any(row.kind == "line" and any(row.by_year) for rows in cases for row in rows)


def scores_sealed(results: Results) -> bool:
    """The workshop keeps totals hidden: no option has a score, and none is missing."""
    return Stage(results.stage) in HIDDEN


def comparable(results: Results) -> bool:
    """Every option has costs, so that one may be called cheaper than another."""
    return bool(results.options) and all(costed(option) for option in results.options)


def same_basis(results: Results) -> bool:
    """The options have equal lives, so that their net present costs may be compared; else yearly costs are."""
    return results.verdict.compared_on == "npc"


def missing_costs(results: Results) -> str:
    """How many options have no costs yet, in a sentence; "" when none lacks them."""
    lacking = sum(not costed(option) for option in results.options)
    verb = "has" if lacking == 1 else "have"
    return f"{lacking} of {len(results.options)} options {verb} no costs yet." if lacking else ""


def missing_scores(results: Results) -> str:
    """How many options lack scores, in a sentence; "" when none does or nothing is scored at all."""
    scored = [option.score for option in results.options if option.score is not None and option.score.by_criterion]
    lacking = sum(not score.complete for score in scored)
    verb = "lacks" if lacking == 1 else "lack"
    return f"{lacking} of {len(scored)} options {verb} scores." if lacking else ""


def total_words(score: Scored) -> str:
    """The weighted score, or how many of the scores there are: "71", "2 of 3 scored", a dash for none.

    An option that fails a gate says so: "32, out".
    """
    out = ", out" if score.gates_failed else ""
    if score.complete:
        return f"{wording.score(score.total)}{out}" if score.by_criterion else wording.DASH
    given = sum(part.value is not None for part in score.by_criterion)
    return f"{given} of {len(score.by_criterion)} scored{out}" if given else wording.DASH


def has_money(funding: ScenarioFunding) -> bool:
    """The scenario has an amount in some year of the horizon; without one nothing can be judged."""
    return any(funding.funding_by_year)


def funded(option: OptionResult) -> tuple[ScenarioFunding, ...]:
    """The option's scenarios that have money, in their order."""
    return tuple(scenario for scenario in option.funding or () if has_money(scenario))
