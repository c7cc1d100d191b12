"""Single sentences about constraints for titles and notes beside their tables."""

from appraise.model.appraisal.constraints import Agreement, Constraint, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Action, ConstraintResult, Results
from appraise.present import constraint_tables, finished, tables, wording
from appraise.present.constraint_words import (
    ACTIONS,
    NEGLIGIBLE,
    NOTHING_TO_SETTLE,
    WITH_FULL_RUN,
    pricing_words,
    settle_sentence,
    telling,
    valued,
)


def premium_message(results: Results, appraisal: Appraisal) -> str:
    """What the supplier that adds most adds for constraints, as a title."""
    found = constraint_tables.with_premium(results)
    if not found:
        return "No supplier carries a constraint yet"
    option, premium = max(found, key=lambda one: (one[1].pooled, one[0].id))
    name = tables.short_name(appraisal, option.id)
    share = "" if premium.implied_percent is None else f", {wording.rate(premium.implied_percent)} of its charges"
    return f"{name}: the supplier adds {wording.money(premium.pooled)} for constraints{share}"


def priced_by(option: str, pricing: Pricing) -> str:
    """How the supplier of an option prices, in one sentence."""
    if pricing.principle is Principle.EXPECTED_VALUE and pricing.strength == 0:
        return f"{option}: at the expected cost, without a margin."
    held = "" if pricing.competition == 1 else f"; competition leaves {wording.percent(pricing.competition)} of it"
    words = pricing_words(pricing)
    return f"{option}: {words[:1].lower()}{words[1:]}{held}."


def settling_message(results: Results, appraisal: Appraisal) -> str:
    """What settling the first of the list is worth, or calmly that nothing is worth it, or why it is not known."""
    found = valued(results)
    if not found:
        return no_value(results, appraisal)
    if not telling(results):
        return NOTHING_TO_SETTLE
    first, value = found[0]
    if value.total < NEGLIGIBLE:
        return "No answer before tender is worth more than it costs"
    return settle_sentence(appraisal, first).removesuffix(".")


def no_value(results: Results, appraisal: Appraisal) -> str:
    """Why there is no value of settling; "" where there is one."""
    if valued(results):
        return ""
    if results.constraints is None:
        return WITH_FULL_RUN
    if not any(finished.costed(option) for option in results.options):
        return "No option has costs yet, so there is nothing that an answer could save."
    if not finished.same_basis(results):
        return "The options run for different lives, so their costs are not compared and an answer has no value."
    if all(one.agreement is Agreement.AGREED for one in appraisal.constraints):
        return "Everything in the register is agreed, so there is nothing left to settle."
    return "No open entry of the register has both a chance and a cost yet."


def cheapest_message(result: ConstraintResult) -> str:
    """What to do about an entry, as a title."""
    best = [ACTIONS[one.key] for one in constraint_tables.cheapest(result)]
    name = wording.shorten(result.name.strip() or "An entry without a name", 40)
    if len(best) == 1:
        return f"{name}: “{best[0]}” costs least"
    return f"{name}: {wording.listing([f'“{one}”' for one in best])} cost the same"


def what_it_takes(action: Action, constraint: Constraint) -> str:
    """What an action is made of, in a few words."""
    if action.key == "settle":
        asking = constraint.settling.cost + constraint.settling.delay_cost
        return f"{wording.money(asking)} to ask and wait, then the known cost" if asking else "Then the cost is known"
    if action.key == "mitigate" and constraint.prevention is not None:
        less = constraint.prevention
        return f"{wording.money(less.cost)} of work, which leaves a chance of {wording.percent(less.probability)}"
    if action.key == "transfer":
        return "The price of a supplier who carries it alone"
    return f"Its cost, at a chance of {wording.percent(constraint.probability)}"


def changes_at(result: ConstraintResult, probability: float) -> str:
    """At which probability the cheapest thing to do changes, in a sentence; "" where there is no choice."""
    if len(result.actions) < 2:
        return ""
    best, rival = result.actions[0], result.actions[1]
    first, second = (ACTIONS[one.key] for one in (best, rival))
    if rival.cost - best.cost < constraint_tables.SAME:
        return f"“{first}” and “{second}” cost the same now."
    if best.ties_at is None or not 0 < best.ties_at < 1:
        return f"“{first}” stays cheaper than “{second}” at every chance."
    side = "Below" if best.ties_at < probability else "Above"
    return (
        f"{side} a chance of {wording.percent_change(best.ties_at)}, “{second}” costs less. "
        f"It is {wording.percent(probability)} now."
    )
