"""Agreed prices: volume tiers, discounts by contract year, caps and collars in figures and in draws."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, Prices, RiseRange, Shape
from appraise.model.appraisal.terms import ContractTerms, LineTerms, Tier
from appraise.model.commercial_terms import contract_year, discounts, loyalty_discount, tier_discount
from appraise.model.contracts import chain
from appraise.model.discounting import capped_key, held, make_factors
from appraise.model.entries import Entry, option_entries
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.index_levels import expected_capped, expected_levels, levels_over, rises
from appraise.model.results import Risk
from appraise.model.uncertainty import spread_of_rises
from tests.builders import appraisal, line, pounds


def percents(*values: float) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(value)) for value in values)


def tiers(*pairs: tuple[float, float]) -> tuple[Tier, ...]:
    return tuple(Tier(over=Decimal(str(over)), percent=Decimal(str(percent))) for over, percent in pairs)


# --- tiers and loyalty -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("volume", "parts", "whole"),
    [(50, "0", "0"), (100, "3.5", "10"), (80, "1.875", "5"), (0, "0", "0"), (200, "6.75", "10")],
)
def test_tiers_hold_for_their_part_of_the_volume_or_for_all_of_it(volume: int, parts: str, whole: str) -> None:
    agreed = tiers((80, 10), (50, 5))  # in any order
    assert tier_discount(Decimal(volume), agreed, whole=False) == Decimal(parts)
    assert tier_discount(Decimal(volume), agreed, whole=True) == Decimal(whole)


RISING = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 100)), max_size=5).map(
    lambda pairs: tiers(*zip(sorted(over for over, _ in pairs), sorted(percent for _, percent in pairs), strict=True))
)


@given(agreed=RISING, volume=st.integers(0, 2000), more=st.integers(0, 2000), whole=st.booleans())
def test_more_volume_never_means_less_discount_where_tiers_rise(
    agreed: tuple[Tier, ...], volume: int, more: int, *, whole: bool
) -> None:
    first = tier_discount(Decimal(volume), agreed, whole=whole)
    second = tier_discount(Decimal(volume + more), agreed, whole=whole)
    assert 0 <= first <= second + Decimal("1E-25") <= 100 + Decimal("1E-25")


def with_terms(terms: LineTerms, *, years: int = 6, term: int = 3, starts: int = 0, deflator: str = "0") -> Appraisal:
    made = appraisal(years, deflator=deflator, lines=(line("l", "a", *[1000] * years),), line_terms=(terms,))
    option = replace(made.options[0], term_years=term, terms=ContractTerms(starts=starts))
    return replace(made, options=(option, made.options[1]))


def entry(made: Appraisal, kind: str = "line") -> Entry:
    return next(one for one in option_entries(made, "a", make_factors(made)).entries if one.kind == kind)


def test_a_contract_let_again_begins_its_discounts_anew() -> None:
    terms = LineTerms(line="l", loyalty=percents(0, 10))
    made = with_terms(terms)
    assert entry(made).real == (1000, 900, 900, 1000, 900, 900)  # the last one holds on
    assert entry(with_terms(terms, term=0, starts=1)).real == (1000, 1000, 900, 900, 900, 900)  # never let again
    assert entry(with_terms(terms, starts=1)).real == (1000, 1000, 900, 900, 1000, 900)  # none before it starts
    assert discounts(made, made.lines[0]) == tuple(map(Decimal, ("1", "0.9", "0.9", "1", "0.9", "0.9")))


def test_contract_years_count_from_the_day_of_signing() -> None:
    made = with_terms(LineTerms(line="l"), term=4, starts=1)
    assert [contract_year(chain(made, "a", None, 6), 1, year) for year in range(6)] == [-1, 0, 1, 2, 3, 0]
    assert loyalty_discount((), (), 0, 3) == 0


def test_tiers_and_loyalty_multiply_and_move_vat_and_the_range_with_them() -> None:
    volumes = percents(100, 100)
    terms = LineTerms(line="l", volumes=volumes, tiers=tiers((50, 10)), whole=True, loyalty=percents(0, 50))
    made = with_terms(terms, years=3)
    taxed = replace(made.lines[0], vat_percent=Decimal(20), vat_recoverable=False)
    made = replace(made, lines=(taxed,))
    assert entry(made).cash == (900, 450, 500)  # no volume is known for the last year, so no tier is reached
    assert entry(made, "vat").cash == (180, 90, 100)
    document = made.lines[0]
    assert document.amounts == pounds(1000, 1000, 1000)  # what was entered stays


def test_terms_that_say_nothing_change_nothing() -> None:
    plain = replace(with_terms(LineTerms(line="l")), line_terms=())
    for terms in (
        LineTerms(line="l"),
        LineTerms(line="other", loyalty=percents(50)),
        LineTerms(line="l", volumes=percents(5)),
    ):
        made = with_terms(terms)
        assert entry(made).real == entry(plain).real
        assert entry(made).present == entry(plain).present


# --- caps and collars --------------------------------------------------------------------------------------


def indexed(cap: str | None, collar: str | None, *, band: RiseRange | None = None, index: str = "i") -> Appraisal:
    made = with_terms(
        LineTerms(
            line="l",
            cap=None if cap is None else Decimal(cap),
            collar=None if collar is None else Decimal(collar),
        ),
        years=5,
        deflator="2",
    )
    index_of = Index(id="i", name="Index", percent=percents(1, 6, 4), range=band)
    return replace(made, indices=(index_of,), lines=(replace(made.lines[0], index=index),))


def levels(*rise: float) -> list[float]:
    return [round(float(np.prod([1 + one / 100 for one in rise[:year]])) * 1000, 6) for year in range(len(rise) + 1)]


def cash(made: Appraisal) -> list[float]:
    return [round(float(one), 6) for one in entry(made).cash]


def test_a_certain_index_is_held_between_its_collar_and_its_cap() -> None:
    assert cash(indexed("5", "2")) == levels(2, 5, 4, 4)
    assert cash(indexed("5", None)) == levels(1, 5, 4, 4)
    assert cash(indexed(None, "2")) == levels(2, 6, 4, 4)
    assert cash(indexed(None, None)) == levels(1, 6, 4, 4)


def test_general_inflation_may_be_capped_and_money_of_each_year_never_is() -> None:
    assert cash(indexed("1.5", None, index="")) == levels(1.5, 1.5, 1.5, 1.5)
    capped = entry(indexed("1.5", None, index=""))
    assert float(capped.real[4]) == pytest.approx(1000 * (1.015 / 1.02) ** 4)
    made = indexed("1", None)
    made = replace(made, lines=(replace(made.lines[0], prices=Prices.CASH),))
    assert entry(made).cash == pounds(1000, 1000, 1000, 1000, 1000)


PERCENT = st.integers(-500, 1500).map(lambda points: Decimal(points) / 100)


@given(rise=PERCENT, one=PERCENT, other=PERCENT)
def test_a_held_rise_lies_between_collar_and_cap(rise: Decimal, one: Decimal, other: Decimal) -> None:
    collar, cap = min(one, other), max(one, other)
    assert collar <= held(rise, cap, collar) <= cap
    assert held(rise, None, None) == rise
    assert held(rise, Decimal(10_000), Decimal(-100)) == rise


def test_keys_of_capped_indices_are_never_those_of_others() -> None:
    terms = LineTerms(line="l", cap=Decimal(5))
    assert capped_key("i", LineTerms(line="l")) == "i"
    keys = [capped_key(index, one) for index in ("", "i", "i|") for one in (terms, replace(terms, collar=Decimal(1)))]
    assert len({*keys, "", "i", "i|"}) == 9


WIDE = RiseRange(low=Decimal(-4), high=Decimal(6), shape=Shape.TRIANGULAR)


def test_the_expected_level_of_a_capped_index_is_that_of_all_its_rises() -> None:
    made = Index(id="i", name="I", percent=percents(3), range=WIDE)
    found = expected_capped(made, 11, cap=Decimal(5), collar=Decimal(2))
    extra = spread_of_rises(WIDE).slices(100_000)
    rise = np.clip(0.03 + extra, 0.02, 0.05)
    exact = [float((((1 + rise) / 1.03) ** year).mean()) for year in range(11)]
    assert [float(one) for one in found] == pytest.approx(exact, rel=1e-5)


def test_a_cap_and_a_collar_that_never_bind_change_no_digit() -> None:
    made = Index(id="i", name="I", percent=percents(3), range=WIDE)
    free = expected_capped(made, 11, cap=Decimal(1000), collar=Decimal(-50))
    assert free == expected_levels(made, 11) == expected_capped(made, 11, cap=None, collar=None)
    yearly, extra = rises(made.percent, 11), spread_of_rises(WIDE).slices(500)
    assert (levels_over(yearly, extra, cap=1e9, collar=-0.9) == levels_over(yearly, extra)).all()
    certain = replace(made, range=None)
    assert expected_capped(certain, 4, cap=Decimal(1), collar=None) == (1, 1, 1, 1)


def risks(made: Appraisal, draws: int = 20_000) -> dict[str, Risk]:
    found = evaluate(made, Settings(draws=draws), parts=frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.RISK}))
    return {one.id: one.risk for one in found.options if one.risk is not None}


def mean_of(made: Appraisal) -> tuple[float, float, float]:
    risk = risks(made)["a"].npc
    return risk.mean, risk.p10, risk.p90


def test_draws_of_a_capped_index_have_the_mean_that_is_expected() -> None:
    made = indexed("5", "2", band=WIDE)
    mean, low, high = mean_of(made)
    expected = float(sum(one.expected for one in option_entries(made, "a", make_factors(made)).entries))
    assert mean == pytest.approx(expected, rel=2e-4)
    free = mean_of(indexed(None, None, band=WIDE))
    assert free[1] < low < high < free[2]
    assert mean_of(indexed("50", "-20", band=WIDE)) == free


def test_a_capped_index_moves_with_the_index_itself() -> None:
    """One line follows the index, one the same index under a cap that never binds: a difference of nothing."""
    made = indexed("50", None, band=WIDE)
    twin = replace(made.lines[0], id="m", option="b")
    made = replace(made, lines=(made.lines[0], twin))
    found = evaluate(made, Settings(draws=2_000), parts=frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.RISK}))
    first, second = (one.risk for one in found.options)
    assert first is not None
    assert second is not None
    assert first.npc.mean == pytest.approx(second.npc.mean, rel=1e-12)
    assert first.probability_cheapest == pytest.approx(0.5)
    assert first.pairwise_cheaper[0].share in {0.0, 0.5}


def inputs(risk: Iterable[object]) -> list[str]:
    return [str(getattr(one, "id", "")) for one in risk]


def test_an_index_capped_on_one_line_and_free_on_another_is_one_input() -> None:
    made = indexed("5", "2", band=WIDE)
    both = replace(made, lines=(*made.lines, replace(made.lines[0], id="m")))
    alone = risks(made)["a"].influences
    free = risks(replace(made, line_terms=()))["a"].influences
    (together,) = risks(both)["a"].influences
    assert together.id == alone[0].id == free[0].id == "index|i"
    assert together.low == pytest.approx(alone[0].low + free[0].low, abs=0.02)
    assert together.high == pytest.approx(alone[0].high + free[0].high, abs=0.02)
