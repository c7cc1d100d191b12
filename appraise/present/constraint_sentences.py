"""Single sentences about constraints for titles and notes beside their tables."""

from appraise.model.appraisal.constraints import Agreement, Constraint, Pricing, Principle
from appraise.model.appraisal.document import Appraisal
from appraise.model.results import Action, ConstraintResult, Results, RiskFlip, SettlingValue
from appraise.model.risk_premium import faced
from appraise.present import constraint_tables, finished, tables, wording
from appraise.present.constraint_words import (
    ACTIONS,
    MOST_NAMES,
    NEGLIGIBLE,
    NOTHING_TO_SETTLE,
    WITH_FULL_RUN,
    about,
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


def flip_sentence(appraisal: Appraisal, flip: RiskFlip) -> str:
    """How much risk an option would have to take over for the ranking to turn, beside what is assumed."""
    option, rival = (tables.short_name(appraisal, one) for one in (flip.option, flip.rival))
    assumed = wording.money(flip.assumed)
    if flip.needed is None:
        return f"{option} costs less than {rival} whatever the risk that it takes over is worth."
    needed = wording.money(flip.needed)
    if flip.needed > flip.assumed:
        return (
            f"{option} costs less than {rival} only if it takes over risk worth more than {needed}; "
            f"{assumed} is assumed."
        )
    return (
        f"{option} costs less than {rival} as long as it takes over risk worth at least {needed}; {assumed} is assumed."
    )


def flip_message(results: Results, appraisal: Appraisal) -> str:
    """The flip that is nearest to what is assumed, as a title; "" without any."""
    near = [(abs(one.needed - one.assumed), one) for one in results.flips if one.needed is not None]
    if not near:
        return "No amount of risk taken over turns the ranking" if results.flips else ""
    _, flip = min(near, key=lambda pair: pair[0])
    option = tables.short_name(appraisal, flip.option)
    needed, assumed = wording.money(flip.needed or 0.0), wording.money(flip.assumed)
    return f"{option}: the ranking turns at {needed} of risk taken over; {assumed} is assumed"


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


def closing(results: Results) -> str:
    """What to settle and what to leave, and where reducing it first is cheaper; "" where no answer pays."""
    found = valued(results)
    paying = [one for one, value in found if value.total >= NEGLIGIBLE]
    if not paying:
        return ""
    names = [f"“{_short(one)}”" for one in paying]
    said = names if len(names) <= MOST_NAMES else [*names[: MOST_NAMES - 1], f"{len(names) - MOST_NAMES + 1} more"]
    rest = "; leave the rest" if len(paying) < len(found) else ""
    sentence = f"Settle {wording.listing(said)} before tender{rest}."
    cheaper = [(_saved(one), one) for one in paying]
    saved, best = max(cheaper, key=lambda pair: pair[0])
    if saved < NEGLIGIBLE:
        return sentence
    less = f"Reducing “{_short(best)}” first instead would save {about(saved)}, taken alone."
    return f"{sentence} {less}"


def _short(result: ConstraintResult) -> str:
    return wording.shorten(result.name.strip() or "An entry without a name", 30)


def _saved(result: ConstraintResult) -> float:
    """How much less it costs to reduce an entry first than to settle it; below 0 where that costs more."""
    costs = {one.key: one.cost for one in result.actions}
    return costs["settle"] - costs["mitigate"] if {"settle", "mitigate"} <= costs.keys() else 0.0


def action_name(action: Action, appraisal: Appraisal) -> str:
    """What is done, with the option whose terms of claims it counts with: "Keep it, claims as in Joint"."""
    name = ACTIONS[action.key]
    return f"{name}, claims as in {tables.short_name(appraisal, action.terms_of)}" if action.terms_of else name


def choice_message(value: SettlingValue, constraint: Constraint) -> str:
    """Whether knowing the answer changes which option is cheapest, as a title."""
    if len({value.best_now, value.best_if_not, value.best_if_so}) > 1:
        return "The answer changes which is cheapest"
    if between(value, constraint):
        return "The same option is cheapest either way, but not in between"
    return "The same option is cheapest either way"


def between(value: SettlingValue, constraint: Constraint) -> str:
    """Where another option is cheapest than the three answers show, in a sentence; "" where nowhere is.

    Only where all three name one option, and choosing when it is known is worth something all the same.
    """
    if value.information < constraint_tables.SAME or len({value.best_now, value.best_if_not, value.best_if_so}) > 1:
        return ""
    met = dict.fromkeys(bearing.option for bearing in constraint.bearings)
    if not constraint.shared or len({faced(constraint, option)[0] for option in met}) > 1:
        return "In between, where it happens in some options only, another option is cheapest."
    return "In between, at some of its possible sizes, another option is cheapest."


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
