from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearing,
    Constraint,
    Management,
    Prevention,
    Pricing,
    Principle,
    Settling,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.model.results import Action, ConstraintResult, Results, RiskFlip
from appraise.present import constraint_sentences as sentences
from appraise.present.constraint_words import about
from appraise.workspace.templates import load


@pytest.fixture(scope="module")
def example() -> Appraisal:
    return load("worked-example", first_year=2027)


@pytest.fixture(scope="module")
def results(example: Appraisal) -> Results:
    return evaluate(example, Settings(draws=200))


def entry(*actions: Action) -> ConstraintResult:
    return ConstraintResult(id="one", name="Permit", value_of_settling=None, actions=actions)


KEEP = Action(key="retain", cost=144_000.0, ties_at=0.18)
REDUCE = Action(key="mitigate", cost=66_000.0, ties_at=0.18)


def test_the_message_names_the_first_of_the_list(example: Appraisal, results: Results) -> None:
    said = sentences.settling_message(results, example)
    assert said.startswith("Agreeing “Flood-risk permit” before tender is worth about £")
    assert not said.endswith(".")


def test_where_asking_costs_more_than_it_brings_the_message_is_calm(example: Appraisal) -> None:
    dear = tuple(replace(one, settling=Settling(cost=Decimal("900000.00"))) for one in example.constraints)
    changed = replace(example, constraints=dear)
    said = sentences.settling_message(evaluate(changed, Settings(draws=200)), changed)
    assert said == "No answer before tender is worth more than it costs"


def test_why_there_is_no_value(example: Appraisal, results: Results) -> None:
    assert sentences.no_value(results, example) == ""
    live = evaluate(example, Settings(draws=200), parts=LIVE_PARTS)
    assert "full run" in sentences.no_value(live, example)
    agreed = tuple(replace(one, agreement=Agreement.AGREED) for one in example.constraints)
    none = replace(results, constraints=())
    assert "agreed" in sentences.no_value(none, replace(example, constraints=agreed))
    unlikely = tuple(replace(one, probability=0.0) for one in example.constraints)
    assert "chance" in sentences.no_value(none, replace(example, constraints=unlikely))
    bare = replace(example, lines=(), constraints=agreed)
    nothing = replace(none, options=tuple(replace(one, economic=None, financial=None) for one in results.options))
    assert "costs yet" in sentences.no_value(nothing, bare)


def test_the_premium_names_the_supplier_that_adds_most(example: Appraisal, results: Results) -> None:
    said = sentences.premium_message(results, example)
    assert said.startswith("Outsource: the supplier adds £")
    assert said.endswith("of its charges")
    without = replace(results, options=tuple(replace(one, supplier_premium=None) for one in results.options))
    assert sentences.premium_message(without, example) == "No supplier carries a constraint yet"


def test_how_a_supplier_prices_in_one_sentence() -> None:
    plain = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.0)
    assert sentences.priced_by("Outsource", plain) == "Outsource: at the expected cost, without a margin."
    wang = sentences.priced_by("Outsource", Pricing(competition=0.4))
    assert wang == "Outsource: cautious pricing (Wang), lambda 0.35; competition leaves 40\u00a0% of it."


def test_the_cheapest_way_is_named_and_a_tie_as_well() -> None:
    assert sentences.cheapest_message(entry(REDUCE, KEEP)) == "Permit: “Reduce it first” costs least"
    tie = sentences.cheapest_message(entry(REDUCE, replace(KEEP, cost=66_000.2)))
    assert tie == "Permit: “Reduce it first” and “Keep it” cost the same"


def test_when_the_choice_changes() -> None:
    below = sentences.changes_at(entry(REDUCE, KEEP), 0.4)
    assert below == "Below a chance of 18\u00a0%, “Keep it” costs less. It is 40\u00a0% now."
    above = sentences.changes_at(entry(replace(KEEP, cost=10.0), REDUCE), 0.1)
    assert above.startswith("Above a chance of 18\u00a0%, “Reduce it first” costs less.")
    assert "same now" in sentences.changes_at(entry(REDUCE, replace(KEEP, cost=66_000.0)), 0.4)
    never = sentences.changes_at(entry(replace(REDUCE, ties_at=None), KEEP), 0.4)
    assert never == "“Reduce it first” stays cheaper than “Keep it” at every chance."
    assert sentences.changes_at(entry(KEEP), 0.4) == ""


def test_what_to_settle_and_what_to_leave_ends_the_page(results: Results) -> None:
    said = sentences.closing(results)
    assert said.startswith(
        "Settle “Flood-risk permit”, “Coastal fund condition” and “Bathing-water consent” before tender; "
        "leave the rest."
    )
    permit = (results.constraints or ())[0]
    costs = {one.key: one.cost for one in permit.actions}
    less = about(costs["settle"] - costs["mitigate"])
    assert said.endswith(f"Reducing “Flood-risk permit” first instead would save {less}, taken alone.")
    without = replace(permit, actions=tuple(one for one in permit.actions if one.key != "mitigate"))
    alone = sentences.closing(replace(results, constraints=(without,)))
    assert alone == "Settle “Flood-risk permit” before tender."
    assert sentences.closing(replace(results, constraints=(results.constraints or ())[-2:])) == ""
    name = "A long name of seven words indeed"
    many = replace(results, constraints=tuple(replace(permit, name=name) for _ in range(6)))
    assert "and four more before tender." in sentences.closing(
        many
    ) or "and 4 more before tender." in sentences.closing(many)
    assert all(len(one.split()) <= 25 for one in sentences.closing(many).split(". "))


def test_the_option_whose_terms_of_claims_count_is_named(example: Appraisal) -> None:
    keep = replace(KEEP, terms_of="option-joint")
    assert sentences.action_name(keep, example) == "Keep it, claims as in Joint"
    assert sentences.action_name(KEEP, example) == "Keep it"


def met(example: Appraisal, *, shared: bool, managed: str = "", reveals_size: bool = False) -> Constraint:
    """Two options that meet one entry, in the second managed to less."""
    effect = Management(probability=0.1, evidence=managed)
    bearings = (Bearing(option="option-inhouse"), Bearing(option="option-joint", managed=effect))
    return replace(
        example.constraints[0], shared=shared, bearings=bearings, settling=Settling(reveals_size=reveals_size)
    )


def test_in_between_another_option_may_be_cheapest(example: Appraisal, results: Results) -> None:
    found = (results.constraints or ())[0].value_of_settling
    assert found is not None
    same = replace(found, best_if_not=found.best_now, best_if_so=found.best_now, information=9_000.0)
    managed = met(example, shared=True, managed="A trial.")
    assert "in some options only" in sentences.between(same, managed)
    assert sentences.choice_message(same, managed) == "The same option is cheapest either way, but not in between"
    assert "in some options only" in sentences.between(same, met(example, shared=False))
    assert "sizes" in sentences.between(same, met(example, shared=True, reveals_size=True))
    assert sentences.between(replace(same, information=0.0), managed) == ""
    assert sentences.choice_message(replace(same, information=0.0), managed).endswith("either way")
    other = replace(same, best_if_so="option-inhouse")
    assert sentences.between(other, managed) == ""
    assert sentences.choice_message(other, managed) == "The answer changes which is cheapest"


def test_what_each_way_takes(example: Appraisal) -> None:
    one = replace(
        example.constraints[0],
        probability=0.3,
        settling=Settling(cost=Decimal("25000.00"), delay_cost=Decimal("60000.00")),
        prevention=Prevention(cost=Decimal("90000.00"), probability=0.12),
    )
    said = {
        key: sentences.what_it_takes(Action(key=key, cost=1.0, ties_at=None), one)
        for key in ("settle", "mitigate", "retain", "transfer")
    }
    assert "£85,000" in said["settle"]
    assert "£90,000" in said["mitigate"]
    assert "12\u00a0%" in said["mitigate"]
    assert "30\u00a0%" in said["retain"]
    assert "supplier" in said["transfer"]
    free = sentences.what_it_takes(Action(key="settle", cost=1.0, ties_at=None), replace(one, settling=Settling()))
    assert "£" not in free


def flip(assumed: float, needed: float | None) -> RiskFlip:
    return RiskFlip(option="option-outsource", rival="option-inhouse", assumed=assumed, needed=needed)


def test_how_much_risk_would_turn_the_ranking(example: Appraisal, results: Results) -> None:
    behind = sentences.flip_sentence(example, flip(800_000.0, 1_900_000.0))
    assert behind == (
        "Outsource costs less than In-house only if it takes over risk worth more than £1.9\u00a0million; "
        "£800,000 is assumed."
    )
    ahead = sentences.flip_sentence(example, flip(800_000.0, 300_000.0))
    assert ahead == (
        "Outsource costs less than In-house as long as it takes over risk worth at least £300,000; £800,000 is assumed."
    )
    always = sentences.flip_sentence(example, flip(800_000.0, None))
    assert always == "Outsource costs less than In-house whatever the risk that it takes over is worth."
    far, near = flip(800_000.0, 1_900_000.0), replace(flip(500_000.0, 600_000.0), option="option-joint")
    said = sentences.flip_message(replace(results, flips=(far, near)), example)
    assert said == "Joint: the ranking turns at £600,000 of risk taken over; £500,000 is assumed"
    assert "No amount" in sentences.flip_message(replace(results, flips=(flip(1.0, None),)), example)
    assert sentences.flip_message(replace(results, flips=()), example) == ""
