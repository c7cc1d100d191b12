from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Agreement, Prevention, Pricing, Principle, Settling
from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import LIVE_PARTS, Settings, evaluate
from appraise.model.results import Action, ConstraintResult, Results
from appraise.present import constraint_sentences as sentences
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
