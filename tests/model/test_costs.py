"""The truth table of METHOD 8.4, walked row by row, and the arithmetic of both cases."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import RULES, Index, Shape, Treatment
from appraise.model.checks import findings
from appraise.model.evaluate import Part, evaluate
from appraise.model.results import Economic, Financial
from tests.builders import appraisal, constraint, in_house, line, supplier

#: (treatment, present value of costs, present value of benefits, receipts, cash) for 100 in year 0.
TRUTH = [
    ("own_cost", 100, 0, 0, 100),
    ("supplier_charge", 100, 0, 0, 100),
    ("capital", 100, 0, 0, 100),
    ("residual_value", 0, 100, 100, 0),
    ("transfer", 0, 0, 0, 100),
    ("irrecoverable_vat", 0, 0, 0, 100),
    ("stranded_overhead", 0, 0, 0, 100),
    ("other_body_cost", 100, 0, 0, 0),
    ("other_body_saving", 0, 100, 100, 0),
    ("wider_cost", 100, 0, 0, 0),
    ("wider_benefit", 0, 100, 0, 0),
    ("cash_saving", 0, 100, 100, -100),
    ("non_cash_benefit", 0, 100, 0, 0),
    ("sunk_cost", 0, 0, 0, 0),
    ("financing_charge", 0, 0, 0, 0),  # counts in the revenue view only
    ("contingent_liability", 100, 0, 0, 0),
    ("place_effect", 0, 0, 0, 0),
]


def cases(document: Appraisal, option: str = "a") -> tuple[Economic, Financial]:
    results = evaluate(document, parts=frozenset({Part.ECONOMIC, Part.FINANCIAL}))
    found = next(one for one in results.options if one.id == option)
    assert found.economic is not None
    assert found.financial is not None
    return found.economic, found.financial


def test_the_truth_table_has_a_row_for_every_treatment() -> None:
    assert {row[0] for row in TRUTH} == {treatment.value for treatment in Treatment} == {key.value for key in RULES}


@pytest.mark.parametrize(("treatment", "cost", "benefit", "receipt", "cash"), TRUTH)
def test_truth_table(treatment: str, cost: int, benefit: int, receipt: int, cash: int) -> None:
    economic, financial = cases(appraisal(1, ("a",), lines=(line("x", "a", 100, treatment=treatment),)))
    assert (economic.pvc, economic.pvb) == (cost, benefit)
    assert economic.npsv == benefit - cost
    assert economic.npc == cost - receipt
    assert financial.total == cash
    assert (economic.cost_by_year, economic.benefit_by_year) == ((cost,), (benefit,))


def test_cash_is_indexed_and_not_discounted() -> None:
    """100 a year at 10 % a year for two years: 100, 110 in cash; real value against 2 %."""
    document = appraisal(
        2,
        ("a",),
        deflator="2",
        indices=(Index(id="pay", name="Pay", percent=(Decimal(10),)),),
        lines=(line("x", "a", 100, 100, index="pay"),),
    )
    economic, financial = cases(document)
    assert financial.by_year == (Decimal("100.00"), Decimal("110.00"))
    assert economic.cost_by_year == (Decimal("100.00"), Decimal("107.84"))  # 110 / 1.02
    assert economic.pvc == Decimal("204.20")  # 100 + 110 / 1.02 / 1.035


def test_rows_of_the_financial_case_add_up_to_the_penny() -> None:
    document = appraisal(
        3, ("a",), deflator="2.7", lines=tuple(line(f"l{n}", "a", 33.33, 66.67, 10.01 * n) for n in range(7))
    )
    _, financial = cases(document)
    assert financial.total == sum(row.total for row in financial.rows) == sum(financial.by_year)
    for year in range(3):
        assert financial.by_year[year] == sum(row.by_year[year] for row in financial.rows)


def test_retained_constraints_are_the_contingency_and_premiums_are_not() -> None:
    document = appraisal(
        3,
        constraints=(constraint("c", 0.5, 900, in_house("a"), supplier("b"), impact_from=1, impact_years=2),),
    )
    kept_economic, kept = cases(document, "a")
    priced_economic, priced = cases(document, "b")
    assert kept.contingency_by_year == (0, 225, 225)
    assert priced.contingency_by_year == (0, 0, 0)
    assert kept.by_year == priced.by_year == (0, 225, 225)
    assert (kept_economic.retained, kept_economic.premium) == (priced_economic.premium, priced_economic.retained)


def test_an_option_that_is_not_exposed_pays_nothing() -> None:
    economic, financial = cases(appraisal(1, constraints=(constraint("c", 0.5, 900, in_house("a")),)), "b")
    assert (economic.pvc, financial.total) == (0, 0)


def test_amounts_shorter_than_the_horizon_are_nothing_afterwards() -> None:
    _, financial = cases(appraisal(3, ("a",), lines=(line("x", "a", 5),)))
    assert financial.by_year == (5, 0, 0)


def test_the_expected_cost_is_the_mean_of_the_draws() -> None:
    """Closed form: ranges at (low + 4 likely + high) / 6 or (low + likely + high) / 3, constraints at p m."""
    document = appraisal(
        2,
        ("a",),
        lines=(
            line("x", "a", 1000, 2000, spread=(80, 150)),
            line("y", "a", 3000, 0, spread=(70, 160), shape=Shape.TRIANGULAR),
            line("z", "a", 500, 500, spread=(50, 110), treatment="cash_saving"),
        ),
        constraints=(constraint("c", 0.3, (100, 400, 900), in_house("a")),),
    )
    results = evaluate(document).options[0]
    npc = results.risk.npc
    assert npc.mean == pytest.approx(float(results.economic.expected_npc), abs=4 * npc.mean_error)
    assert results.economic.expected_npc > results.economic.npc


def test_what_falls_on_other_bodies_is_shown_apart() -> None:
    document = appraisal(
        1,
        ("a",),
        lines=(
            line("own", "a", 1000),
            line("theirs", "a", 70, treatment="other_body_cost"),
            line("saved", "a", 200, treatment="other_body_saving"),
        ),
    )
    economic, financial = cases(document)
    assert (economic.npc, economic.other_bodies, financial.total) == (870, -130, 1000)


def test_the_part_of_other_bodies_is_known_at_its_mean_too() -> None:
    """A saving of 600 between nothing and 145 per cent of it: the mean is (0 + 4 + 1.45) / 6 of it."""
    saved = line("saved", "a", 600, spread=(0, 145), treatment="other_body_saving")
    economic, _ = cases(appraisal(1, ("a",), lines=(line("own", "a", 1000), saved)))
    assert (economic.other_bodies, economic.expected_other_bodies) == (-600, -545)
    assert economic.expected_npc == 455


def test_rows_stand_in_the_order_of_the_document() -> None:
    document = appraisal(1, ("a",), lines=(line("z", "a", 1), line("a", "a", 2), line("m", "a", 3)))
    economic, financial = cases(document)
    assert [row.id for row in economic.rows] == [row.id for row in financial.rows] == ["z", "a", "m"]


def test_a_constraint_after_the_life_of_an_option_is_no_longer_its_own() -> None:
    """An option of years 0 to 2 meets half of an impact that falls in years 2 and 3, and a finding says so."""
    document = appraisal(
        5, constraints=(constraint("c", 0.5, 400, in_house("a"), in_house("b"), impact_from=2, impact_years=2),)
    )
    first, second = document.options
    document = replace(document, options=(replace(first, life_years=2), second))
    cut, whole = cases(document, "a")[1], cases(document, "b")[1]
    assert cut.by_year == (0, 0, 100, 0, 0)
    assert whole.by_year == (0, 0, 100, 100, 0)
    (finding,) = [one for one in findings(document) if one.code == "impact-after-life"]
    assert finding.record == "c"


def test_a_benefit_is_lost_once_however_large_the_bias() -> None:
    bias = Bias(id="ob", name="Equipment", upper_percent=Decimal(200), evidence="Test")
    document = replace(
        appraisal(1, ("a",), lines=(line("x", "a", 100, treatment="wider_benefit", bias="ob"),)), biases=(bias,)
    )
    assert cases(document)[0].pvb == 0
