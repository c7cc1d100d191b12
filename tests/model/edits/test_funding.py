import itertools
from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.funding import ProgrammeStop, SettlementStatus
from appraise.model.edits.changing import EditRefused
from appraise.model.edits.funding import (
    add_grant,
    add_published,
    add_settlement,
    copy_scenario,
    remove_grant,
    rolled,
    set_cut,
    set_grant_amounts,
    set_ring_fenced,
    set_settlement_amounts,
    set_settlement_capital,
    set_settlement_years,
    set_status,
    set_statuses,
    set_stop,
    use_grant,
)
from appraise.model.edits.programmes import add_programme, remove_programme
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


ONE = {"scenario": "one", "settlement": "one-0"}


def settlement(document, scenario=0, place=0):
    return document.scenarios[scenario].settlements[place]


def test_capital_stands_beside_revenue_and_goes_when_it_is_nothing():
    after = set_settlement_capital(DOCUMENT, **ONE, amounts={0: Decimal(4)})
    assert settlement(after).capital == pounds(4)
    assert settlement(after).amounts == pounds(5)
    assert set_settlement_capital(after, **ONE, amounts={0: Decimal(0)}) == DOCUMENT
    with pytest.raises(IndexError):
        set_settlement_capital(DOCUMENT, **ONE, amounts={1: Decimal(4)})


def test_capital_and_statuses_go_along_when_a_settlement_covers_other_years():
    document = set_settlement_years(DOCUMENT, **ONE, first_year=0, years=2)
    document = set_settlement_capital(document, **ONE, amounts={1: Decimal(4)})
    document = set_statuses(document, **ONE, statuses={0: SettlementStatus.FINAL})
    longer = settlement(set_settlement_years(document, **ONE, first_year=1, years=3))
    assert longer.capital == pounds(0, 4, 4)
    assert longer.statuses == (SettlementStatus.FINAL, SettlementStatus.ASSUMED, SettlementStatus.ASSUMED)
    shorter = settlement(set_settlement_years(document, **ONE, first_year=0, years=1))
    assert (shorter.capital, shorter.statuses) == (pounds(0), (SettlementStatus.FINAL,))


def test_one_status_for_all_years_takes_the_place_of_those_by_year():
    document = set_settlement_years(DOCUMENT, **ONE, first_year=0, years=2)
    mixed = set_statuses(document, **ONE, statuses={1: SettlementStatus.FINAL})
    assert settlement(mixed).statuses == (SettlementStatus.ASSUMED, SettlementStatus.FINAL)
    even = set_statuses(mixed, **ONE, statuses={0: SettlementStatus.FINAL})
    assert (settlement(even).status, settlement(even).statuses) == (SettlementStatus.FINAL, ())
    assert settlement(set_status(mixed, **ONE, status=SettlementStatus.BID_FOR)).statuses == ()


def test_money_settled_for_longer_at_a_time_is_the_same_money():
    document = appraisal(5, scenarios=(rolling("one", (1, 2, 3, 4, 5), 0.9, 0.2),))
    document = set_ring_fenced(document, scenario="one", settlement="one-2", ring_fenced=True)
    document = set_settlement_capital(document, scenario="one", settlement="one-3", amounts={3: Decimal(9)})
    after = rolled(document, scenario="one", new="three", name="Three years", years=2, ids=("a", "b", "c"))
    assert after.scenarios[0] is document.scenarios[0]
    first, second, third = after.scenarios[1].settlements
    assert [one.amounts for one in (first, second, third)] == [pounds(1, 2), pounds(3, 4), pounds(5)]
    assert [one.first_year for one in (first, second, third)] == [0, 2, 4]
    assert (first.capital, second.capital, third.capital) == ((), pounds(0, 9), ())
    assert (second.renewal, second.cut_likely) == (0.9, 0.2)
    assert [one.ring_fenced for one in (first, second, third)] == [False, True, False]


def test_a_long_settlement_taken_year_by_year_has_the_chances_of_its_own_boundary():
    document = appraisal(4, scenarios=(rolling("one", (1, 2), 0.8, 0.3),))
    document = set_settlement_years(document, scenario="one", settlement="one-0", first_year=0, years=3)
    document = set_settlement_years(document, scenario="one", settlement="one-1", first_year=3, years=1)
    document = set_statuses(document, **ONE, statuses={0: SettlementStatus.FINAL})
    after = rolled(document, scenario="one", new="new", name="Yearly", years=1, ids=map(str, itertools.count()))
    yearly = after.scenarios[1].settlements
    assert [one.renewal for one in yearly] == [0.8] * 4
    assert [one.status for one in yearly] == [SettlementStatus.FINAL] + [SettlementStatus.ASSUMED] * 3


def test_nothing_is_settled_anew_without_money_by_year_or_without_ids():
    empty = appraisal(3, scenarios=(rolling("one", (), 1, 0),))
    with pytest.raises(EditRefused):
        rolled(empty, scenario="one", new="new", name="New", years=1, ids=("a",))
    with pytest.raises(KeyError):
        rolled(DOCUMENT, scenario="one", new="new", name="New", years=1, ids=("a",))
    with pytest.raises(KeyError):
        copy_scenario(DOCUMENT, scenario="one", to="new", name="New", ids=("one-0", "b"))


def test_a_copied_scenario_differs_in_its_ids_and_name_alone():
    after = copy_scenario(DOCUMENT, scenario="one", to="new", name="New", ids=("a", "b"))
    old, new = after.scenarios[0], after.scenarios[2]
    assert [one.id for one in new.settlements] == ["a", "b"]
    back = tuple(replace(one, id=other.id) for one, other in zip(new.settlements, old.settlements, strict=True))
    assert replace(new, id="one", name="one", settlements=back) == old


def test_a_published_settlement_fills_the_years_inside_the_horizon():
    document = appraisal(5)
    after = add_published(document, scenario="new", settlement="set", published="england_2026")
    made = settlement(after)
    assert (made.first_year, made.amounts) == (0, pounds(0, 0))
    assert (made.status, made.statuses) == (SettlementStatus.INDICATIVE, ())
    assert "2026-02-09" in after.scenarios[0].source
    early = replace(document, horizon=replace(document.horizon, first_year=2025))
    made = settlement(add_published(early, scenario="new", settlement="set", published="england_2026"))
    assert (made.first_year, made.statuses[0]) == (1, SettlementStatus.FINAL)
    late = replace(document, horizon=replace(document.horizon, first_year=2040))
    with pytest.raises(EditRefused):
        add_published(late, scenario="new", settlement="set", published="england_2026")


def test_a_grant_covers_the_years_that_have_money():
    document = add_grant(DOCUMENT, grant="g", name="Fund")
    after = set_grant_amounts(document, grant="g", amounts={2: Decimal(8)}, capital={1: Decimal(3)})
    grant = after.grants[0]
    assert (grant.first_year, grant.amounts, grant.capital) == (1, pounds(0, 8), pounds(3, 0))
    less = set_grant_amounts(after, grant="g", amounts={}, capital={1: Decimal(0)}).grants[0]
    assert (less.first_year, less.amounts, less.capital) == (2, pounds(8), ())
    with pytest.raises(IndexError):
        set_grant_amounts(document, grant="g", amounts={3: Decimal(1)})


def test_a_grant_that_goes_is_bid_for_nowhere():
    document = use_grant(add_grant(DOCUMENT, grant="g", name="Fund"), scenario="two", grant="g", used=True)
    assert document.scenarios[1].grants == ("g",)
    assert use_grant(document, scenario="two", grant="g", used=True) is document
    assert remove_grant(document, grant="g") == DOCUMENT


def test_a_programme_is_stopped_in_one_scenario_and_funded_again():
    document = add_programme(DOCUMENT, programme="p", name="Falls", option="b")
    after = set_stop(document, scenario="one", programme="p", last_year=-1)
    assert after.scenarios[0].stops == (ProgrammeStop(programme="p", last_year=-1),)
    assert after.scenarios[1] is document.scenarios[1]
    later = set_stop(after, scenario="one", programme="p", last_year=2)
    assert later.scenarios[0].stops == (ProgrammeStop(programme="p", last_year=2),)
    assert set_stop(later, scenario="one", programme="p", last_year=None) == document
    assert remove_programme(later, programme="p") == DOCUMENT
