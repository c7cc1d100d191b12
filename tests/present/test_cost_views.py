"""The views of the cost table agree with the results, whatever money they show."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import RULES, Line, Prices, Treatment
from appraise.model.edits.constraints import set_managed
from appraise.model.evaluate import Settings, evaluate
from appraise.present import cost_views
from appraise.present.cost_views import Category
from appraise.present.line_steps import line_steps
from appraise.workspace.templates import load

PENNY = Decimal("0.01")
COST_KEYS = {f"sum/{one.value}" for one in cost_views.COSTS}


@pytest.fixture(scope="module")
def appraisal():
    """The worked example, with lines in other prices, a bias, VAT, health and a liability."""
    plain = load("worked-example", first_year=2027)
    option = plain.options[-1].id
    some = (Decimal("100000.00"), Decimal("33333.33"), Decimal("0.00"), Decimal("77777.77"))
    extra = [
        Line(id="line-x-cash", option=option, name="Cash", amounts=some, prices=Prices.CASH, bias="bias-x"),
        Line(id="line-x-old", option=option, name="Old", amounts=some, prices=Prices.OTHER_YEAR, price_year=2024),
        Line(
            id="line-x-vat", option=option, name="Taxed", amounts=some, vat_percent=Decimal(20), vat_recoverable=False
        ),
        Line(
            id="line-x-lives", option=option, name="Lives", amounts=some, treatment=Treatment.WIDER_BENEFIT,
            health=True, bias="bias-x",
        ),
        Line(
            id="line-x-event", option=option, name="Claim", amounts=some, treatment=Treatment.CONTINGENT_LIABILITY,
            probability=0.3,
        ),
        Line(id="line-x-sunk", option=option, name="Gone", amounts=some, treatment=Treatment.SUNK_COST),
    ]  # fmt: skip
    bias = Bias(id="bias-x", name="Own history", upper_percent=Decimal(20), lower_percent=Decimal(2))
    return replace(plain, lines=plain.lines + tuple(extra), biases=(*plain.biases, bias))


@pytest.fixture(scope="module")
def results(appraisal):
    return evaluate(appraisal, Settings(draws=100))


def totals(view):
    return {one.key: one for one in view.totals}


def close(one: Decimal, other: Decimal, rows: int) -> bool:
    """Equal but for the rounding of so many pence."""
    return abs(one - other) <= PENNY * rows


def test_grand_totals_are_those_of_the_results(appraisal, results):
    for option in results.options:
        case, cash = option.economic, option.financial
        present = totals(cost_views.present_view(results, appraisal, option.id))
        assert present["sum/cost"].total == case.pvc
        assert present["sum/net"].total == -case.npsv if "sum/net" in present else case.pvb == 0
        real = totals(cost_views.real_view(results, appraisal, option.id))
        assert real["sum/cost"].by_year == case.cost_by_year
        assert totals(cost_views.cash_view(results, appraisal, option.id))["sum/net"].by_year == cash.by_year


def test_categories_add_up_to_the_grand_totals_in_every_view(appraisal, results):
    option = appraisal.options[-1].id
    for make in (cost_views.real_view, cost_views.present_view):
        view = make(results, appraisal, option)
        found, rows = totals(view), len(view.rows)
        costs = sum(found[f"sum/{one}"].total for one in cost_views.COSTS if f"sum/{one}" in found)
        gains = sum(found[f"sum/{one}"].total for one in cost_views.GAINS if f"sum/{one}" in found)
        assert close(costs, found["sum/cost"].total, rows)
        assert close(gains, found["sum/gain"].total, rows)
    cash = cost_views.cash_view(results, appraisal, option)
    found = totals(cash)
    paid = sum(one.total for one in cash.totals if not one.grand and one.key != "sum/own_gain")
    assert close(paid - found["sum/own_gain"].total, found["sum/net"].total, len(cash.rows))
    assert found["sum/budget"].total > 0
    assert found["sum/bias"].total > 0


def test_years_of_the_present_value_add_up_to_it(appraisal, results):
    view = cost_views.present_view(results, appraisal, appraisal.options[-1].id)
    years = len(results.years)
    assert view.rows
    for row in view.rows:
        assert close(sum(row.by_year), row.total, years), row.name
    lives = next(row for row in view.rows if row.id == "line-x-lives" and row.kind == "line")
    assert lives.total < 0


def test_entered_totals_equal_the_real_ones_without_relative_prices(appraisal):
    """Lines without an index have no relative prices: both ways of adding up must meet."""
    option = appraisal.options[-1].id
    bare = replace(appraisal, lines=tuple(replace(line, index="") for line in appraisal.lines))
    again = evaluate(bare, Settings(draws=100))
    years = len(again.years)
    figures = [cost_views.entered_figures(bare, line, years) for line in bare.lines if line.option == option]
    others = cost_views.bias_figures(again, bare, option, years)
    entered = cost_views.economic_totals(figures, years)
    real = totals(cost_views.real_view(again, bare, option))
    for one in entered:
        if one.key.removeprefix("sum/") in ("operating", "capital", "liabilities", "own_gain", "society_gain"):
            assert close(one.total, real[one.key].total, 8 * len(figures)), one.key
    assert {row.category for row in others} == {Category.BIAS, Category.GAIN_BIAS}


def test_every_treatment_has_one_category():
    for treatment, rule in RULES.items():
        category = cost_views.category_of(Line(id="a", option="b", name="", treatment=treatment))
        assert (category in cost_views.COSTS) == (rule.economic and not rule.benefit)
        assert (category in cost_views.GAINS) == (rule.economic and rule.benefit)
        assert (category is Category.BUDGET) == (rule.financial and not rule.economic)


def test_the_steps_of_a_line_end_at_its_figures(appraisal, results):
    option = results.options[-1]
    worth = {row.id: row.present_value for row in option.economic.rows if row.kind == "line"}
    cash = {row.id: row.by_year for row in option.financial.rows if row.kind == "line"}
    lines = [line for line in appraisal.lines if line.option == option.id]
    assert len(lines) > 6
    for line in lines:
        steps = {step.name: step for step in line_steps(appraisal, line)}
        assert ("Present value" in steps) == RULES[line.treatment].economic
        if line.id in worth:
            assert steps["Present value"].total == abs(worth[line.id]), line.name
        if line.id in cash:
            assert steps["Cash"].by_year == tuple(abs(pounds) for pounds in cash[line.id]), line.name
    assert "In prices of 2027/28" in {step.name for step in line_steps(appraisal, lines[-5])}


def test_what_managing_a_constraint_costs_is_a_row_and_is_counted(appraisal):
    constraint = next(one for one in appraisal.constraints if one.bearings)
    option = constraint.bearings[0].option
    managed = set_managed(
        appraisal,
        constraint=constraint.id,
        option=option,
        bearer=constraint.bearings[0].bearer,
        probability=constraint.probability / 2,
        cost=Decimal("12345.00"),
        evidence="A survey",
    )
    results = evaluate(managed, Settings(draws=100))
    case = next(one for one in results.options if one.id == option).economic
    for view, total in (
        (cost_views.real_view(results, managed, option), sum(case.cost_by_year)),
        (cost_views.present_view(results, managed, option), case.pvc),
    ):
        (row,) = (one for one in view.rows if one.kind == "managing")
        assert (row.id, row.category) == (constraint.id, Category.MANAGING)
        assert totals(view)["sum/managing"].total == row.total > 0
        assert close(sum(totals(view)[key].total for key in COST_KEYS & set(totals(view))), total, 20)
    years = len(results.years)
    entered = [one for one in cost_views.constraint_figures(managed, option, years) if one.kind == "managing"]
    assert close(entered[0].total, Decimal(12345), 1)
