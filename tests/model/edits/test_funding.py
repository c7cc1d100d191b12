from decimal import Decimal

import pytest

from appraise.model.edits.funding import add_settlement, set_cut, set_settlement_amounts, set_settlement_years
from tests.builders import appraisal, pounds, rolling

DOCUMENT = appraisal(3, scenarios=(rolling("one", (5, 6), 0.9, 0.2), rolling("two", (7,), 1, 0)))


def test_a_new_settlement_has_no_money_yet():
    after = add_settlement(DOCUMENT, scenario="two", settlement="next", name="Next", first_year=1, years=2)
    assert after.scenarios[1].settlements[1].amounts == pounds(0, 0)
    assert after.scenarios[0] is DOCUMENT.scenarios[0]


def test_a_longer_settlement_repeats_its_last_amount_and_a_shorter_one_loses_it():
    longer = set_settlement_years(DOCUMENT, scenario="two", settlement="two-0", first_year=0, years=3)
    assert longer.scenarios[1].settlements[0].amounts == pounds(7, 7, 7)
    assert set_settlement_years(longer, scenario="two", settlement="two-0", first_year=0, years=1) == DOCUMENT
    moved = set_settlement_years(DOCUMENT, scenario="two", settlement="two-0", first_year=1, years=1)
    assert moved.scenarios[1].settlements[0].amounts == pounds(7)


def test_amounts_are_named_by_the_year_of_the_horizon():
    arguments = {"scenario": "one", "settlement": "one-1"}
    after = set_settlement_amounts(DOCUMENT, **arguments, amounts={1: Decimal(8)})
    assert after.scenarios[0].settlements[1].amounts == pounds(8)
    with pytest.raises(IndexError):
        set_settlement_amounts(DOCUMENT, **arguments, amounts={0: Decimal(8)})


def test_the_cut_is_three_shares():
    after = set_cut(DOCUMENT, scenario="one", settlement="one-1", low=0, likely=0.1, high=1)
    settlement = after.scenarios[0].settlements[1]
    assert (settlement.cut_low, settlement.cut_likely, settlement.cut_high) == (0.0, 0.1, 1.0)
