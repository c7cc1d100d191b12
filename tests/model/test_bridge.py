"""The bridge: every row by hand on a small document, and to the penny where pence are rounded."""

from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal, CapitalView
from appraise.model.appraisal.effects import Bias, PublicBody
from appraise.model.appraisal.lines import Group, Prices
from appraise.model.evaluate import Part, evaluate
from tests.builders import appraisal, constraint, in_house, line, supplier

PARTS = frozenset({Part.ECONOMIC, Part.FINANCIAL})


def steps(document: Appraisal) -> dict[str, Decimal]:
    financial = evaluate(document, parts=PARTS).options[0].financial
    assert financial is not None
    return {step.key: step.pounds for step in financial.bridge}


def rich() -> Appraisal:
    """One option over two years, 10 % general inflation, one line of every kind that makes a row."""
    return replace(
        appraisal(2, ("a",), deflator="10"),
        bodies=(PublicBody(id="east", name="Eastholme"),),
        biases=(Bias(id="bias", name="Bias", upper_percent=Decimal(20), evidence="History"),),
        lines=(
            line("own", "a", 100, 100, bias="bias"),
            line("home", "a", 10, treatment="wider_cost", group=Group.HOUSEHOLDS),
            line("firms", "a", 20, treatment="wider_benefit", group=Group.BUSINESSES),
            line("east", "a", 30, treatment="other_body_cost", body="east"),
            line("unnamed", "a", 5, treatment="other_body_saving"),
            line("time", "a", 7, treatment="non_cash_benefit"),
            line("fleet", "a", 40, treatment="capital"),
            line("value", "a", 0, 8, treatment="residual_value"),
            line("pay-off", "a", 50, treatment="transfer"),
            line("desk", "a", 6, treatment="stranded_overhead"),
            line("charge", "a", 60, vat_percent=Decimal(20), vat_recoverable=False),
            line("break", "a", 200, treatment="contingent_liability", probability=0.25),
            line("mrp", "a", 9, 9, treatment="financing_charge", prices=Prices.CASH),
            line("past", "a", 1000, treatment="sunk_cost", reason="Paid"),
        ),
        constraints=(
            constraint("permit", 0.5, 100, in_house("a")),
            constraint("grant", 0.5, 10, supplier("a")),
        ),
    )


def test_every_row_by_hand() -> None:
    """Own 100 + 100, bias 20 + 20; 3.5 % discounts year 1: 200 of real money stand at 196.62."""
    found = steps(rich())
    year1 = Decimal(112) / Decimal("1.035")  # own 100, its bias 20, residual value 8
    year0 = 100 + 20 + 10 - 20 + 30 - 5 - 7 + 40 + 60 + 50 + 50 + 5
    assert found["economic"] == (year0 + year1).quantize(Decimal("0.01"))
    assert found["discounting"] == (112 - year1).quantize(Decimal("0.01"))
    assert found["society:households"] == -10
    assert found["society:businesses"] == 20
    assert found["body:east"] == -30
    assert found["body:"] == 5
    assert found["non_cash"] == 7
    assert found["residual"] == 8
    assert found["bias"] == -40
    assert found["retained"] == -50
    assert found["liabilities"] == -50
    assert found["prices"] == 10  # 100 in year 1 at 10 % inflation
    assert found["transfers"] == 50
    assert found["overhead"] == 6
    assert found["vat"] == 12
    assert found["contingency"] == 50 + 20 + 22
    assert "capital_out" not in found
    assert "financing" not in found
    assert found["financial"] == 100 + 110 + 40 + 60 + 12 + 50 + 6 + 5 + 92
    assert found["rounding"] == found["financial"] - sum(
        pounds for key, pounds in found.items() if key not in {"rounding", "financial"}
    )


def test_the_revenue_view_swaps_capital_for_its_charges() -> None:
    cash = rich()
    revenue = replace(cash, basis=replace(cash.basis, capital_view=CapitalView.REVENUE))
    before, after = steps(cash), steps(revenue)
    assert after["capital_out"] == -40
    assert after["financing"] == 18
    assert after["financial"] == before["financial"] - 40 + 18
    assert after["economic"] == before["economic"]


def test_rounding_of_yearly_cash_has_a_row_of_its_own() -> None:
    """Ten lines of 14 pence at 4 %: 14.56 pence each is paid as 15, which is 4 pence more in all."""
    document = appraisal(2, ("a",), deflator="4", lines=tuple(line(f"l{n}", "a", 0, 0.14) for n in range(10)))
    found = steps(document)
    assert found["rounding"] == Decimal("0.04")
    assert sum(pounds for key, pounds in found.items() if key != "financial") == found["financial"]
