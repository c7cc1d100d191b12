"""On what costs are compared: present costs over equal lives, else costs a year; ties, and leads inside the noise."""

from dataclasses import fields, replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Distribution, Economic, OptionResult, PercentileErrors, Results
from appraise.present import finished, wording

#: A lead this small beside the risk in the figures is small even where the draws are clear.
SMALL_LEAD = Decimal("0.05")


def cost_words(results: Results) -> str:
    """What is compared, inside a sentence: "present cost", or "cost a year" where lives differ."""
    return "present cost" if finished.same_basis(results) else "cost a year"


def unlevelled(results: Results) -> str:
    """A sentence where nothing is said about what makes the costs of the first two options level; "" otherwise.

    Only options of one life have their net present costs made level.
    """
    if finished.same_basis(results) or any(one.kind in {"cost", "probability", "rate"} for one in results.switches):
        return ""
    return "The options run for different lives: no values are given at which their costs are level."


def a_year(results: Results) -> str:
    """Goes after a verb of cost: nothing, or " a year" where lives differ."""
    return "" if finished.same_basis(results) else " a year"


def _divided(spread: Distribution, by: float) -> Distribution:
    """Every figure of a distribution divided by the annuity of the option's life."""
    names = [field.name for field in fields(Distribution) if field.name not in {"quantiles", "percentile_errors"}]
    errors = spread.percentile_errors
    return replace(
        spread,
        quantiles=tuple(value / by for value in spread.quantiles),
        percentile_errors=PercentileErrors(
            **{field.name: getattr(errors, field.name) / by for field in fields(PercentileErrors)}
        ),
        **{name: getattr(spread, name) / by for name in names},
    )


def _yearly(option: OptionResult) -> OptionResult:
    case = option.economic
    if case is None:
        return option
    risk = option.risk
    return replace(
        option,
        economic=replace(case, npc=case.eac, expected_npc=case.expected_eac),
        risk=replace(risk, npc=_divided(risk.npc, case.annuity)) if risk is not None else None,
    )


def compared(results: Results) -> Results:
    """The results with costs as they are compared: where lives differ, net present costs become costs a year.

    Equivalent annual cost is the net present cost divided by the sum of discount factors of years 1 to the life.
    """
    if finished.same_basis(results):
        return results
    return replace(results, options=tuple(_yearly(option) for option in results.options))


def tied(results: Results, appraisal: Appraisal) -> str:
    """The options that cost the same and less than all others, by name: "A and B"; "" where one is cheapest."""
    short = {option.id: wording.shorten(option.short_name or option.name, 22) for option in appraisal.options}
    return wording.listing([short.get(key, "") for key in results.verdict.tied])


def _at_risk(case: Economic) -> Decimal:
    """Expected cost of constraints in the figures: kept and priced, present value."""
    return case.retained + case.premium


def small_lead(results: Results) -> str:
    """A sentence where the first two options lie closer together than what constraints may cost; "" otherwise.

    A clear lead in the draws can be that small where both options meet the same constraints; then only a lead
    under 5 % of them is told.
    """
    verdict = results.verdict
    cases = {option.id: option.economic for option in results.options}
    first, second = cases.get(verdict.cheapest), cases.get(verdict.cheapest_rival)
    if first is None or second is None or verdict.tied or not finished.comparable(results):
        return ""
    if finished.same_basis(results):
        gap, risk = abs(second.expected_npc - first.expected_npc), max(_at_risk(first), _at_risk(second))
    else:
        gap = abs(second.expected_eac - first.expected_eac)
        risk = max(_at_risk(one) / Decimal(str(one.annuity)) for one in (first, second))
    limit = risk * SMALL_LEAD if verdict.cost_clear else risk
    if not gap or gap >= limit:
        return ""
    lead, stake = wording.money(gap) + a_year(results), wording.money(risk) + a_year(results)
    if verdict.cost_clear:
        return f"Its lead of {lead} is small beside {stake} of constraints, and holds while both meet the same ones."
    return f"A lead of {lead} is inside the noise: constraints in the figures come to {stake}."
