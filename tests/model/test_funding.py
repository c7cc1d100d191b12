"""Settlements as money by year."""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from appraise.model.appraisal.funding import Grant, Scenario, Settlement
from appraise.model.funding import (
    boundaries,
    capital_by_year,
    grants_of,
    has_capital,
    length,
    not_renewed,
    revenue_by_year,
    ring_fenced_by_year,
    share_kept,
)
from appraise.model.streams import Streams
from tests.builders import appraisal, pounds

FIRST = Settlement(id="one", name="One", first_year=-1, amounts=pounds(9, 10, 11), capital=pounds(0, 4, 5))
SECOND = Settlement(
    id="two", name="Two", first_year=2, amounts=pounds(12, 13, 14), ring_fenced=True, renewal=0.5, cut_low=0.5
)
MONEY = Scenario(id="s", name="S", settlements=(SECOND, FIRST))


def test_money_of_the_years_of_the_horizon() -> None:
    assert revenue_by_year(MONEY, 4) == pounds(10, 11, 12, 13)
    assert capital_by_year(MONEY, 4) == pounds(4, 5, 0, 0)
    assert revenue_by_year(MONEY, 6) == (*pounds(10, 11, 12, 13, 14), Decimal("0.00"))


def test_years_whose_money_goes_back() -> None:
    assert ring_fenced_by_year(MONEY, 4) == (False, False, True, True)
    assert ring_fenced_by_year(replace(MONEY, settlements=(FIRST,)), 2) == (False, False)


def test_a_settlement_of_capital_alone_has_a_length() -> None:
    assert length(Settlement(id="c", name="C", first_year=0, amounts=(), capital=pounds(1, 2))) == 2


def test_capital_of_settlements_or_of_grants_that_are_bid_for() -> None:
    kit = Grant(id="kit", name="Kit", capital=pounds(1))
    run = Grant(id="run", name="Run", amounts=pounds(1))
    document = appraisal(grants=(run, kit))
    assert has_capital(document, MONEY)
    bare = replace(MONEY, settlements=(SECOND,))
    assert not has_capital(document, replace(bare, grants=("run",)))
    assert has_capital(document, replace(bare, grants=("run", "kit")))
    assert [one.id for one in grants_of(document, replace(bare, grants=("run", "kit")))] == ["kit", "run"]


def test_money_is_cut_in_the_draws_in_which_it_is_not_renewed() -> None:
    (boundary,) = boundaries(MONEY, 4)
    assert boundary.year == 2
    lost = not_renewed(boundary, Streams(1, 0, 1_000))
    kept = share_kept((boundary,), restored=False, years=4, streams=Streams(1, 0, 1_000))
    assert kept[:2] == [None, None]
    assert kept[2] is not None
    assert 400 < np.count_nonzero(lost) < 600
    assert np.array_equal(lost, kept[2] < 1)
