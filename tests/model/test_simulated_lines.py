"""How VAT, optimism bias and liabilities that may fall due come out in the draws."""

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.lines import Shape
from appraise.model.evaluate import Settings, evaluate
from appraise.model.results import OptionResult, Risk
from tests.builders import appraisal, constraint, in_house, line

DRAWS = 40_000


def drawn(document: Appraisal) -> tuple[OptionResult, Risk]:
    option = evaluate(document, Settings(draws=DRAWS)).options[0]
    assert option.risk is not None
    return option, option.risk


def test_a_liability_falls_due_or_not() -> None:
    """Chance .4 times Tri(80, 100, 150): mean 44, variance 2,990.6667 (METHOD 10.1)."""
    fields = {"treatment": "contingent_liability", "probability": 0.4}
    document = appraisal(1, ("a",), lines=(line("x", "a", 100, spread=(80, 150), shape=Shape.TRIANGULAR, **fields),))
    option, risk = drawn(document)
    assert option.economic is not None
    assert option.economic.expected_npc == 44
    assert abs(risk.npc.mean - 44) <= 4 * sqrt(2990.6667 / DRAWS)
    assert risk.npc.sd == pytest.approx(sqrt(2990.6667), rel=0.01)
    assert risk.npc.quantiles[59] == 0
    assert risk.npc.quantiles[61] >= 80
    assert risk.cash_by_year.p90[0] < 0.01  # a note beside the budget, not in it
    (influence,) = risk.influences
    assert (influence.low, influence.high) == (pytest.approx(-44), pytest.approx(66))


def test_liabilities_of_one_driver_fall_due_together() -> None:
    fields = {"treatment": "contingent_liability", "probability": 0.5, "driver": "Winter storms"}
    document = appraisal(1, ("a",), lines=(line("x", "a", 100, **fields), line("y", "a", 50, **fields)))
    _, risk = drawn(document)
    assert set(risk.npc.quantiles) == {0.0, 150.0}


@pytest.mark.parametrize(("probability", "cost"), [(0.0, 0), (1.0, 100)])
def test_a_liability_that_cannot_or_must_fall_due_is_certain(probability: float, cost: int) -> None:
    fields = {"treatment": "contingent_liability", "probability": probability}
    _, risk = drawn(appraisal(1, ("a",), lines=(line("x", "a", 100, **fields),)))
    assert set(risk.npc.quantiles) == {float(cost)}


def test_vat_moves_with_its_line_in_cash_and_never_in_the_economic_case() -> None:
    vat = {"vat_percent": Decimal(20), "vat_recoverable": False}
    plain = appraisal(1, ("a",), lines=(line("x", "a", 100, spread=(50, 150)),))
    taxed = appraisal(1, ("a",), lines=(line("x", "a", 100, spread=(50, 150), **vat),))
    (_, before), (_, after) = drawn(plain), drawn(taxed)
    assert after.npc == before.npc
    for low, high in zip(before.cash_by_year.p10, after.cash_by_year.p10, strict=True):
        assert high == pytest.approx(1.2 * low, abs=0.1)


def test_bias_is_certain_at_its_expected_rest_in_both_cases() -> None:
    """METHOD 10.5: 105.83 at the mean, 29.17 bias and 6 expected risk make 141."""
    document = replace(
        appraisal(1, ("a",), lines=(line("x", "a", 100, spread=(95, 140), bias="ob"),)),
        biases=(Bias(id="ob", name="Outsourcing", upper_percent=Decimal(41), evidence="Test"),),
        constraints=(replace(constraint("c", 0.5, 12, in_house("a")), lines=("x",)),),
    )
    option, risk = drawn(document)
    assert option.economic is not None
    assert option.economic.expected_npc == 141
    assert option.economic.npc == 141
    assert abs(risk.npc.mean - 141) <= 4 * risk.npc.mean_error
    assert option.financial is not None
    assert option.financial.total == 141  # 100, and 35 + 6 as contingency
    assert risk.contingency is not None
    cash = risk.npc.p80  # of one year that is not discounted cash is the present cost
    assert risk.contingency.cash == pytest.approx(cash, abs=0.01)
    assert risk.contingency.budget == 100
    assert risk.contingency.pounds == pytest.approx(cash - 100, abs=0.01)
    assert risk.cash_by_year.p50[0] == pytest.approx(risk.npc.p50, abs=risk.cash_by_year.p50_error[0])


def test_simulated_cash_has_the_mean_of_the_budget_at_its_mean() -> None:
    """Cash drawn = lines, risks that are kept, and the bias that is left, over three years with inflation."""
    document = replace(
        appraisal(3, ("a",), deflator="3", lines=(line("x", "a", 1000, 2000, 3000, spread=(90, 140), bias="ob"),)),
        biases=(Bias(id="ob", name="Outsourcing", upper_percent=Decimal(41), evidence="Test"),),
        constraints=(constraint("c", 0.5, 120, in_house("a"), impact_from=1),),
    )
    option, risk = drawn(document)
    assert option.financial is not None
    # At the mean of its range, 105 %, a line of 6,000 leaves 41 % less 5 % of bias.
    levels = 1000 + 2000 * 1.03 + 3000 * 1.03**2
    expected = levels * (1.05 + 0.36) + 60 * 1.03
    assert risk.contingency is not None
    middle = sum(risk.cash_by_year.p50)
    assert middle == pytest.approx(expected, rel=0.03)
    assert sum(risk.cash_by_year.p10) < expected < sum(risk.cash_by_year.p90)


def test_a_benefit_loses_the_same_share_in_every_draw() -> None:
    bias = Bias(id="ob", name="Benefits", upper_percent=Decimal(25), evidence="Test")
    gain = {"treatment": "cash_saving", "spread": (50, 150), "shape": Shape.TRIANGULAR}
    full = appraisal(1, ("a",), lines=(line("x", "a", 100, **gain),))
    less = replace(appraisal(1, ("a",), lines=(line("x", "a", 100, bias="ob", **gain),)), biases=(bias,))
    (_, before), (_, after) = drawn(full), drawn(less)
    for one, other in zip(before.npc.quantiles, after.npc.quantiles, strict=True):
        assert other == pytest.approx(0.75 * one, abs=0.02)
