"""Recovery by term and prevention by year: figures of the method, stars, and when the first step falls."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.present import short_money_tables, tables
from appraise.workspace import templates
from tests.present import funding_example

DOCUMENT = funding_example.document()
RESULTS = funding_example.results(DOCUMENT)
CARE = templates.load("care-together", first_year=2027)


def cells(table: tables.Table, column: int) -> list[tables.Cell]:
    return [row[column] for row in table.rows]


def test_the_yearly_charge_by_term_is_that_of_the_method() -> None:
    table = short_money_tables.recovery_by_term(CARE)
    joint = next(place for place, one in enumerate(table.columns) if one.heading == "Joint")
    texts = [cell.text for cell in cells(table, joint)]
    assert texts == ["495,000.00", "260,311.00", "182,274.64", "143,400.90", "120,191.61\u00a0*"]


def test_options_without_an_investment_are_left_out() -> None:
    bare = tuple(replace(one, terms=replace(one.terms, investment=Decimal(0))) for one in CARE.options)
    assert short_money_tables.recovery_by_term(replace(CARE, options=bare)).rows == ()


def test_prevention_by_year_funded_and_stopped() -> None:
    results = replace(RESULTS, years=tuple(f"{year}/{year - 1999}" for year in range(2027, 2035)))
    table = short_money_tables.effect_by_year(results, CARE)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert rows["Joint reablement (Joint): funded"] == ["–", "–", "2.42", "4.83", *("7.25",) * 4]
    stopped = rows["Joint reablement (Joint): Single-year, rolled"]
    assert stopped == ["–", "–", "2.42", "1.57", "1.02", "0.66", "0.43", "0.28"]
    assert "Joint reablement (Joint): Five-year settlements" not in rows, "it is paid for throughout there"
    assert (
        "Joint reablement starts in 2028/29; its first step falls in 2029/30, a year after start and lag."
        in table.notes
    )


@pytest.mark.parametrize(
    ("ramp", "lag", "said"), [(0, 0, "in 2028/29."), (0, 2, "in 2030/31."), (3, 9, "after the last year")]
)
def test_the_first_step_falls_at_once_without_steps(ramp: int, lag: int, said: str) -> None:
    one = replace(CARE.programmes[0], starts=1, ramp_years=ramp, lag_years=lag)
    table = short_money_tables.effect_by_year(RESULTS, replace(CARE, programmes=(one,)))
    assert f"its first step falls {said}" in table.notes[-1]
