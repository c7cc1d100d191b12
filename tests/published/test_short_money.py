"""Short money against worked numbers: what METHOD 12.2 prints, from the formulas and from whole documents.

Where nothing else is said: an investment of 1,000 pounds, a supplier's cost of capital of 8 %, charges at year ends.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, repeat
from operator import mul

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme, ProgrammeStop, Scenario, Settlement
from appraise.model.appraisal.terms import AfterCut, BreakCost, Commitment, ContractTerms
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries, total
from appraise.model.scenario_costs import ScenarioCosts, scenario_costs
from appraise.model.short_money import (
    break_charge,
    capital_recovery,
    charge_between,
    charges,
    effect_by_year,
    expected_break_cost,
    outstanding,
    present_of_cash,
    relets,
    yearly_charge,
)
from tests.builders import appraisal, line, pounds

K, NONE, RATE = Decimal(1000), Decimal(0), Decimal("0.08")
TEN_PERCENT = Decimal("0.1")


def rounded(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.0001")))


def discount(years: int, rate: str = "1.035") -> list[Decimal]:
    """Factors of years 1 to `years`."""
    return list(accumulate(repeat(1 / Decimal(rate), years), mul))


@pytest.mark.parametrize(
    ("years", "charge"), [(1, "1080.0000"), (3, "388.0335"), (5, "250.4565"), (7, "192.0724"), (10, "149.0295")]
)
def test_an_investment_is_recovered_over_the_term(years: int, charge: str) -> None:
    assert rounded(K * capital_recovery(RATE, years)) == charge
    assert rounded(yearly_charge(K, NONE, RATE, years)) == charge


def test_what_the_supplier_keeps_lowers_the_charge() -> None:
    assert rounded(yearly_charge(K, Decimal(400), RATE, 3)) == "264.8201"


@pytest.mark.parametrize(("years", "added"), [(3, "137.5771"), (1, "829.5435"), (5, "0.0000")])
def test_a_shorter_term_adds_the_difference_to_a_price_for_five_years(years: int, added: str) -> None:
    assert rounded(charge_between(K, NONE, RATE, years=years, reference=5)) == added


def test_a_nominal_charge_is_deflated_before_it_is_discounted() -> None:
    charge = [yearly_charge(K, NONE, RATE, 5)] * 5
    prices = list(accumulate(repeat(Decimal("1.02"), 5), mul))
    assert rounded(present_of_cash(charge, prices, discount(5))) == "1067.4704"
    assert rounded(present_of_cash(charge, [Decimal(1)] * 5, discount(5))) == "1130.8240"  # taken for real by mistake


@pytest.mark.parametrize(("paid", "charge"), [("0", "300.9417"), ("300", "274.9731")])
def test_a_supplier_prices_a_break_clause(paid: str, charge: str) -> None:
    breaks = {year: (TEN_PERCENT, Decimal(paid)) for year in range(1, 5)}
    assert rounded(break_charge(K, NONE, RATE, 5, breaks)) == charge


def test_where_the_balance_is_paid_at_a_break_the_price_is_the_level_one() -> None:
    breaks = {year: (TEN_PERCENT, outstanding(K, NONE, RATE, 5, year)) for year in range(1, 5)}
    assert rounded(break_charge(K, NONE, RATE, 5, breaks)) == "250.4565"
    assert rounded(expected_break_cost(5, breaks)) == "194.1278"


def test_a_last_contract_beyond_the_horizon_is_charged_at_its_full_term() -> None:
    full = charges(K, NONE, RATE, years=3, horizon=10)
    stub = (*full[:9], yearly_charge(K, NONE, RATE, 1))
    flat = [Decimal(1)] * 10
    assert relets(10, 3) == 3
    assert rounded(present_of_cash(full, flat, discount(10))) == "3227.1216"
    assert rounded(present_of_cash(stub, flat, discount(10))) == "3717.6696"


def worth_of_prevention(effect: tuple[Decimal, ...]) -> str:
    saved = (1000 * share for share in effect)
    return rounded(present_of_cash(saved, [Decimal(1)] * 6, [Decimal(1), *discount(5)]) - 100)


def test_prevention_pays_less_once_it_is_not_paid_for_any_more() -> None:
    most = Decimal("0.06")
    assert worth_of_prevention(effect_by_year(6, starts=0, lag=0, ramp=3, most=most)) == "113.5856"
    half = effect_by_year(6, starts=0, lag=0, ramp=3, most=most, stop=3, decay=Decimal("0.5"))
    assert worth_of_prevention(half) == "49.5535"


# --- the same through whole documents ----------------------------------------------------------------------


def settled(*first_years: int, until: int, renewal: float = 1.0) -> Scenario:
    """Settlements that begin in these years, the last one ends before `until`."""
    ends = (*first_years[1:], until)
    return Scenario(
        id="money",
        name="Money",
        settlements=tuple(
            Settlement(
                id=f"s{first}",
                name=f"From {first}",
                first_year=first,
                amounts=pounds(*[0] * (end - first)),
                renewal=renewal,
            )
            for first, end in zip(first_years, ends, strict=True)
        ),
    )


def document(years: int, term: int, terms: ContractTerms, *, deflator: str = "0") -> Appraisal:
    made = appraisal(years, deflator=deflator, lines=(line("price", "a", *[1000] * years),))
    option = replace(made.options[0], term_years=term, terms=replace(terms, investment=pounds(1000)[0]))
    return replace(made, options=(option, made.options[1]))


def added(made: Appraisal, scenario: Scenario) -> ScenarioCosts:
    factors = make_factors(made)
    costed = {one.id: option_entries(made, one.id, factors) for one in made.options}
    return scenario_costs(replace(made, scenarios=(scenario,)), costed, "a", scenario, factors)


@pytest.mark.parametrize(("years", "extra"), [(1, "829.5435"), (3, "137.5771")])
def test_an_authority_that_never_signs_past_its_money_pays_for_short_terms(years: int, extra: str) -> None:
    made = document(15, 5, ContractTerms(commitment=Commitment.NEVER))
    found = added(made, settled(*range(0, 15, years), until=15))
    (recovery,) = found.entries
    assert (recovery.kind, {rounded(cash) for cash in recovery.cash}) == ("recovery", {extra})
    assert found.relets == 15 // years - 1
    assert found.steps[0].pounds == pytest.approx(float(Decimal(extra)) * float(1 + sum(discount(14))), rel=1e-6)


def test_charges_of_a_scenario_are_cash_and_are_deflated_first() -> None:
    # the whole charge: from a contract for ever, as good as no charge at all, to one of five years
    terms = ContractTerms(commitment=Commitment.NEVER, reference_years=2_000, starts=1)
    found = added(document(6, 5, terms, deflator="2"), settled(0, 1, until=6))
    (recovery,) = found.entries
    lasting = 80  # 8 % of 1,000 for ever
    signed_later = Decimal("1.02")  # the investment has risen with prices until the contract is signed
    flat = sum((1 / Decimal("1.0557") ** year for year in range(1, 6)), Decimal(0))
    assert rounded(recovery.present) == rounded((Decimal("250.4564545668") - lasting) * flat * signed_later)


def test_a_break_clause_in_a_document_costs_what_the_formula_says() -> None:
    terms = ContractTerms(commitment=Commitment.WITH_BREAK, after_cut=AfterCut.BREAK, break_cost=pounds(300)[0])
    found = added(document(5, 5, terms), settled(*range(5), until=5, renewal=0.9))
    (price,) = found.entries
    assert price.kind == "break_price"
    assert {rounded(cash) for cash in price.cash} == {rounded(Decimal("274.9731241") - Decimal("250.4564546"))}
    assert [(one.year, round(one.chance, 9), one.entry.cash[one.year]) for one in found.breaks] == [
        (year, 0.1, Decimal(300)) for year in range(1, 5)
    ]


def test_paying_the_balance_is_not_priced_and_costs_at_breaks() -> None:
    terms = ContractTerms(
        commitment=Commitment.WITH_BREAK, after_cut=AfterCut.BREAK, break_cost_is=BreakCost.OUTSTANDING
    )
    found = added(document(5, 5, terms), settled(*range(5), until=5, renewal=0.9))
    expected = sum(Decimal("0.9") ** (one.year - 1) / 10 * one.entry.cash[one.year] for one in found.breaks)
    assert found.entries == ()
    assert rounded(Decimal(expected)) == "194.1278"


def prevention(stop: int | None) -> tuple[Decimal, float]:
    """(net present value of a programme that is paid for throughout, what a scenario that stops it loses)."""
    made = appraisal(6, lines=(line("demand", "a", *[1000] * 6), line("invest", "a", 100)))
    programme = Programme(
        id="p", name="P", option="a", investment=("invest",), lines=("demand",), ramp_years=3, decay=0.5
    )
    programme = replace(programme, low=0.06, likely=0.06, high=0.06)
    made, without = replace(made, programmes=(programme,)), line("demand", "a", *[1000] * 6).amounts
    factors = make_factors(made)
    entries = option_entries(made, "a", factors).entries
    before = total(share * cost for share, cost in zip(factors.discount, without, strict=True))
    scenario = settled(0, until=6)
    if stop is not None:
        scenario = replace(scenario, stops=(ProgrammeStop(programme="p", last_year=stop),))
    return before - total(entry.expected for entry in entries), sum(one.pounds for one in added(made, scenario).steps)


def test_prevention_in_a_document_is_worth_what_the_formula_says() -> None:
    worth, nothing = prevention(None)
    assert rounded(worth) == "113.5856"
    assert nothing == 0
    _, lost = prevention(3)
    assert round(float(worth) - lost, 4) == 49.5535
    _, lost = prevention(-1)
    assert round(float(worth) - lost, 9) == 0  # neither spent nor saved
