"""Closed forms of short money: their balance over time, no rate, properties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.short_money import (
    break_charge,
    capital_recovery,
    charge_between,
    effect_by_year,
    expected_break_cost,
    outstanding,
    relets,
    yearly_charge,
)

POUNDS = st.integers(0, 10_000_000).map(lambda pence: Decimal(pence) / 100)
RATES = st.integers(0, 3_000).map(lambda points: Decimal(points) / 10_000)
SMALL = Decimal("1E-18")


def near(one: Decimal | Fraction, other: Decimal | Fraction) -> bool:
    first, second = Fraction(one), Fraction(other)
    return abs(first - second) <= Fraction(SMALL) * (1 + abs(first))


def test_without_a_rate_an_investment_is_recovered_in_a_straight_line() -> None:
    assert capital_recovery(Decimal(0), 4) == Decimal("0.25")
    assert yearly_charge(Decimal(1000), Decimal(200), Decimal(0), 4) == 200
    assert outstanding(Decimal(1000), Decimal(200), Decimal(0), 4, 1) == 800
    assert break_charge(Decimal(1000), Decimal(200), Decimal(0), 4, {}) == 200


def test_what_is_outstanding_keeps_its_digits_over_a_long_time() -> None:
    """At 100 % a year: the last charge, half of which is what is left a year before the end."""
    left = outstanding(Decimal(10**9), Decimal(0), Decimal(1), 120, 119)
    assert near(left, Fraction(10**9) * 2**120 / (2**120 - 1) / 2)


@pytest.mark.parametrize("years", [0, -1])
def test_a_contract_runs_for_a_year_at_least(years: int) -> None:
    for refused in (
        lambda: capital_recovery(Decimal("0.08"), years),
        lambda: yearly_charge(Decimal(1), Decimal(0), Decimal("0.08"), years),
        lambda: break_charge(Decimal(1), Decimal(0), Decimal("0.08"), years, {}),
        lambda: relets(10, years),
    ):
        with pytest.raises(ValueError, match="year at least"):
            refused()


@given(k=POUNDS, share=st.integers(0, 100), rate=RATES, years=st.integers(1, 60))
def test_charges_and_what_is_kept_pay_back_the_investment(k: Decimal, share: int, rate: Decimal, years: int) -> None:
    kept = k * share / 100
    charge, v = Fraction(yearly_charge(k, kept, rate, years)), 1 / (1 + Fraction(rate))
    worth = sum((charge * v**year for year in range(1, years + 1)), Fraction(kept) * v**years)
    assert near(worth, k)
    assert near(outstanding(k, kept, rate, years, 0), k)
    assert near(outstanding(k, kept, rate, years, years), kept)


@given(k=POUNDS, share=st.integers(0, 100), rate=RATES, years=st.integers(1, 40), more=st.integers(1, 40))
def test_a_longer_term_never_costs_more_a_year(k: Decimal, share: int, rate: Decimal, years: int, more: int) -> None:
    kept = k * share / 100
    assert charge_between(k, kept, rate, years=years + more, reference=years) <= SMALL


@st.composite
def broken(draw: st.DrawFn) -> tuple[int, dict[int, tuple[Decimal, Decimal]]]:
    years = draw(st.integers(1, 12))
    places = draw(st.sets(st.integers(1, years - 1))) if years > 1 else set()
    chance = st.integers(0, 99).map(lambda percent: Decimal(percent) / 100)
    return years, {place: (draw(chance), draw(POUNDS)) for place in places}


@given(k=POUNDS, share=st.integers(0, 100), rate=RATES, case=broken())
def test_a_break_price_makes_the_supplier_whole_over_all_its_fates(
    k: Decimal, share: int, rate: Decimal, case: tuple[int, dict[int, tuple[Decimal, Decimal]]]
) -> None:
    """Every way that the contract can go, one by one, in exact fractions."""
    years, breaks = case
    kept = Fraction(k * share / 100)
    charge, v = Fraction(break_charge(k, k * share / 100, rate, years, breaks)), 1 / (1 + Fraction(rate))
    worth, paid, left = Fraction(0), Fraction(0), Fraction(1)
    for place, (chance, cost) in sorted(breaks.items()):
        here = left * Fraction(chance)
        worth += here * (
            sum((charge * v**year for year in range(1, place + 1)), Fraction(0)) + Fraction(cost) * v**place
        )
        paid += here * Fraction(cost)
        left -= here
    worth += left * sum((charge * v**year for year in range(1, years + 1)), kept * v**years)
    assert near(worth, k)
    assert near(expected_break_cost(years, breaks), paid)


@given(k=POUNDS, share=st.integers(0, 100), rate=RATES, case=broken())
def test_the_balance_paid_at_breaks_leaves_the_level_charge(
    k: Decimal, share: int, rate: Decimal, case: tuple[int, dict[int, tuple[Decimal, Decimal]]]
) -> None:
    years, kept = case[0], k * share / 100
    breaks = {at: (chance, outstanding(k, kept, rate, years, at)) for at, (chance, _) in case[1].items()}
    assert near(break_charge(k, kept, rate, years, breaks), yearly_charge(k, kept, rate, years))


@pytest.mark.parametrize(
    ("horizon", "years", "often"), [(10, 3, 3), (10, 5, 1), (10, 10, 0), (10, 20, 0), (10, 1, 9), (0, 3, 0)]
)
def test_how_often_a_contract_is_let_again(horizon: int, years: int, often: int) -> None:
    assert relets(horizon, years) == often


def shares(**fields: int | Decimal | None) -> list[float]:
    return [round(float(one), 6) for one in effect_by_year(7, **{"starts": 0, "lag": 0, "ramp": 2} | fields)]


def test_an_effect_waits_builds_up_and_decays() -> None:
    assert shares() == [0, 0.5, 1, 1, 1, 1, 1]
    assert shares(starts=1, lag=2) == [0, 0, 0, 0, 0.5, 1, 1]
    assert shares(starts=1, lag=1, ramp=0) == [0, 0, 1, 1, 1, 1, 1]
    assert shares(stop=1, decay=Decimal("0.5")) == [0, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625]
    assert shares(stop=3) == [0, 0.5, 1, 1, 1, 1, 1]  # what does not decay stays
    assert shares(stop=3, decay=Decimal(1)) == [0, 0.5, 1, 1, 0, 0, 0]
    assert shares(most=Decimal("0.1"), stop=0) == [0] * 7


@given(
    starts=st.integers(0, 9),
    lag=st.integers(0, 9),
    ramp=st.integers(0, 9),
    stop=st.one_of(st.none(), st.integers(0, 20)),
    decay=st.integers(0, 100),
)
def test_an_effect_stays_between_nothing_and_the_most_and_a_stop_never_adds_to_it(
    starts: int, lag: int, ramp: int, stop: int | None, decay: int
) -> None:
    whole = effect_by_year(20, starts=starts, lag=lag, ramp=ramp)
    found = effect_by_year(20, starts=starts, lag=lag, ramp=ramp, stop=stop, decay=Decimal(decay) / 100)
    assert list(whole) == sorted(whole)
    assert all(0 <= one <= most <= 1 for one, most in zip(found, whole, strict=True))
