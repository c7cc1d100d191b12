"""METHOD 12.1 and 12.3 against every way in which renewals and grants can come out."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from random import Random

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, RiseRange
from appraise.model.appraisal.terms import Commitment, ContractTerms
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.funding_results import ScenarioFunding
from tests.published.funding_documents import document, scenario_of
from tests.published.oracle_funding import (
    Answer,
    Case,
    Cost,
    Won,
    answer,
    charge,
    flow,
    outcomes,
    reserve_at,
    years_of,
)

DRAWS = 40_000
MONEY = frozenset({Part.FUNDING})
#: Standard errors that a mean of draws may be off: once in 15,000.
OFF = 4
HUNDRED = years_of(100_000, 100_000, 100_000, 100_000)


def funding(appraisal: Appraisal, option: int = 0, *, draws: int = DRAWS) -> ScenarioFunding:
    found = evaluate(appraisal, Settings(draws=draws, seed=11), parts=MONEY).options[option].funding
    assert found is not None
    return found[0]


def boundaries(*years: int, renewal: str = "0.9", cut: str = "0.2") -> dict[int, tuple[Fraction, Fraction]]:
    return {year: (Fraction(renewal), Fraction(cut)) for year in years}


def flat(amount: float, years: int = 4, key: str = "x") -> Cost:
    return Cost(key=key, pounds=years_of(*[amount] * years))


#: METHOD 12.1: 100 a year, single-year, renewal .9, cut .2, a flat cost of 95, in thousands.
CHAIN = Case(costs=(flat(95_000),), revenue=HUNDRED, boundaries=boundaries(1, 2, 3))


def close(found: float, wanted: Fraction, error: float) -> None:
    assert found == pytest.approx(float(wanted), abs=OFF * error + 0.006)


def agree(found: ScenarioFunding, wanted: Answer, case: Case) -> None:
    """Every mean and chance within its own error, and every error as large as theory has it."""
    for year in range(len(case.revenue)):
        close(found.expected_funding_by_year[year], wanted.money[year], found.funding_error_by_year[year])
        close(found.expected_gap_by_year[year], wanted.gap[year], found.gap_error_by_year[year])
        share = float(wanted.short[year])
        assert found.probability_of_gap_by_year[year] == pytest.approx(
            share, abs=OFF * sqrt(share * (1 - share) / DRAWS)
        )
    share = float(wanted.any_short)
    assert found.probability_of_any_gap == pytest.approx(share, abs=OFF * sqrt(share * (1 - share) / DRAWS))
    close(found.expected_gap, sum(wanted.gap, Fraction(0)), found.expected_gap_error)
    close(found.npc, wanted.npc, found.npc_error)
    assert found.break_chance == pytest.approx(float(wanted.broken), abs=1e-12)
    spread = sum(one.chance * (sum(one.gap) - sum(wanted.gap)) ** 2 for one in outcomes(case))
    assert found.expected_gap_error == pytest.approx(sqrt(spread / DRAWS), rel=0.05, abs=1e-9)
    cost = sum(one.chance * (one.npc - wanted.npc) ** 2 for one in outcomes(case))
    assert found.npc_error == pytest.approx(sqrt(cost / DRAWS), rel=0.05, abs=1e-9)


# --- METHOD 12.1 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("restored", "money", "short", "gap"),
    [
        (False, ("100", "98", "96.04", "94.1192"), ("0", "0.1", "0.19", "0.271"), ("0", "1.5", "3.01", "4.5258")),
        (True, ("100", "98", "98", "98"), ("0", "0.1", "0.1", "0.1"), ("0", "1.5", "1.5", "1.5")),
    ],
)
def test_the_renewal_chain(
    restored: bool, money: tuple[str, ...], short: tuple[str, ...], gap: tuple[str, ...]
) -> None:
    case = replace(CHAIN, restored=restored)
    wanted = answer(case)
    assert wanted.money == tuple(1000 * one for one in years_of(*money))
    assert wanted.short == years_of(*short)
    assert wanted.gap == tuple(1000 * one for one in years_of(*gap))
    assert wanted.any_short == Fraction("0.271")
    agree(funding(document(case)), wanted, case)


@pytest.mark.parametrize(("carry_over", "reserve", "mean"), [(True, 40_000, "6420.8"), (False, 45_000, "9035.8")])
def test_the_reserve_with_and_without_carrying(carry_over: bool, reserve: int, mean: str) -> None:
    """METHOD 12.1: P95 40 with carrying and 45 without; means 6.4208 and 9.0358."""
    case = replace(CHAIN, carry_over=carry_over)
    assert answer(case).reserve == Fraction(mean)
    assert reserve_at(case, Fraction("0.95")) == reserve
    found = funding(document(case, percentile=95))
    assert found.reserve == reserve
    assert found.reserve_percentile == 95
    spread = sum(one.chance * (one.reserve - Fraction(mean)) ** 2 for one in outcomes(case))
    assert found.reserve_mean == pytest.approx(float(Fraction(mean)), abs=OFF * sqrt(spread / DRAWS))


def test_what_is_ring_fenced_is_not_carried() -> None:
    """Only year 0's surplus of 5 goes back: the rest is carried as before."""
    case = replace(CHAIN, carry_over=True, fenced=frozenset({0}))
    assert answer(replace(case, fenced=frozenset())).reserve < answer(case).reserve < answer(CHAIN).reserve
    found, wanted = funding(document(case)), answer(case)
    spread = sum(one.chance * (one.reserve - wanted.reserve) ** 2 for one in outcomes(case))
    assert found.reserve_mean == pytest.approx(float(wanted.reserve), abs=OFF * sqrt(spread / DRAWS))


# --- capital and grants ------------------------------------------------------------------------------------

KIT = Cost(key="kit", pounds=years_of(40_000, 0, 30_000, 10_000), capital=True)


def test_capital_never_pays_for_revenue_and_revenue_pays_for_capital() -> None:
    """Year 1 has capital to spare and is short of revenue all the same; in year 2 revenue fills the capital."""
    case = Case(
        costs=(flat(95_000), KIT),
        revenue=years_of(100_000, 90_000, 120_000, 100_000),
        capital=years_of(35_000, 20_000, 10_000, 0),
        boundaries=boundaries(2),
    )
    found = funding(document(case))
    agree(found, answer(case), case)
    assert found.funding_by_year == tuple(Decimal(one) for one in ("135000.00", "110000.00", "130000.00", "100000.00"))
    assert found.capital_by_year == tuple(Decimal(one) for one in ("35000.00", "20000.00", "10000.00", "0.00"))
    assert found.gap_by_year == tuple(Decimal(one) for one in ("0.00", "5000.00", "-5000.00", "5000.00"))


def test_without_any_capital_money_all_money_pays_for_all_costs() -> None:
    case = Case(costs=(flat(60_000), KIT), revenue=HUNDRED, boundaries=boundaries(1, 2, 3))
    found = funding(document(case))
    agree(found, answer(case), case)
    assert found.gap_by_year == tuple(Decimal(one) for one in ("0.00", "-40000.00", "-10000.00", "-30000.00"))


def test_a_grant_pays_no_more_than_its_lines_cost() -> None:
    """The grant of 20 a year may only pay for a line of 12: 8 go back, whether it is won in 6 of 10 cases or not."""
    grant = Won(chance=Fraction("0.6"), revenue=years_of(20_000, 20_000, 20_000, 20_000), lines=frozenset({"y"}))
    case = Case(costs=(flat(95_000), flat(12_000, key="y")), revenue=HUNDRED, boundaries=boundaries(2), grants=(grant,))
    wanted = answer(case)
    assert wanted.money[0] == 107_200  # 100,000 and 6 of 10 times 12,000
    agree(funding(document(case)), wanted, case)


def test_one_grant_is_won_in_the_same_draws_for_all_options_and_scenarios() -> None:
    grant = Won(chance=Fraction("0.5"), revenue=HUNDRED)
    case = Case(costs=(flat(95_000),), revenue=years_of(0, 0, 0, 0), boundaries={}, grants=(grant,))
    made = document(case)
    made = replace(
        made,
        lines=(*made.lines, replace(made.lines[0], id="z", option="b")),
        scenarios=(made.scenarios[0], scenario_of(case, "other")),
    )
    both = [option.funding for option in evaluate(made, Settings(draws=DRAWS), parts=MONEY).options]
    assert len({one.probability_of_any_gap for found in both for one in found}) == 1
    assert both[0][0].probability_of_any_gap == pytest.approx(0.5, abs=OFF * 0.5 / sqrt(DRAWS))


@pytest.mark.parametrize("seed", range(12))
def test_grants_pay_all_that_they_can(seed: int) -> None:
    """Won for certain, one inside the other or apart, with capital or without: gaps are what no flow of money pays."""
    draw = Random(seed)  # noqa: S311 - cases for a test, nothing secret

    def some(most: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(draw.randrange(0, most)) for _ in range(3))

    costs = tuple(Cost(key=f"l{place}", pounds=some(90_000), capital=place % 2 == 1) for place in range(5))
    keys = [cost.key for cost in costs]
    sets = [frozenset(keys[:2]), frozenset(keys[:3]), frozenset(keys[3:4]), None]
    capital = bool(seed % 2)
    case = Case(
        costs=costs,
        revenue=some(120_000),
        capital=some(60_000) if capital else (),
        boundaries={},
        grants=tuple(
            Won(chance=Fraction(1), revenue=some(60_000), capital=some(40_000) if capital else (), lines=lines)
            for lines in draw.sample(sets, draw.randint(1, 4))
        ),
    )
    found, wanted = funding(document(case), draws=10), answer(case)
    assert found.expected_gap_by_year == pytest.approx([float(one) for one in wanted.gap], abs=0.011)
    assert found.expected_funding_by_year == pytest.approx([float(one) for one in wanted.money], abs=0.011)


@pytest.mark.parametrize("seed", range(16))
def test_grants_that_cross_pay_all_that_they_can(seed: int) -> None:
    """None inside another: no order of paying line by line is right for all, with capital or without."""
    draw = Random(seed)  # noqa: S311 - cases for a test, nothing secret
    capital = bool(seed % 2)

    def some(most: int) -> tuple[Fraction, ...]:
        return tuple(Fraction(draw.randrange(0, most)) for _ in range(3))

    costs = tuple(Cost(key=f"l{place}", pounds=some(60_000), capital=place % 2 == 1) for place in range(5))
    sets = [frozenset(f"l{place}" for place in draw.sample(range(5), draw.randint(2, 4))) for _ in range(4)]
    case = Case(
        costs=costs,
        revenue=some(40_000),
        capital=some(40_000) if capital else (),
        boundaries={},
        grants=tuple(
            Won(chance=Fraction(1), revenue=some(50_000), capital=some(30_000) if capital else (), lines=lines)
            for lines in (*sets, None)[: draw.randint(2, 5)]
        ),
    )
    found, wanted = funding(document(case), draws=10), answer(case)
    assert found.expected_gap_by_year == pytest.approx([float(one) for one in wanted.gap], abs=0.011)
    assert found.expected_funding_by_year == pytest.approx([float(one) for one in wanted.money], abs=0.011)


def _grant(pounds: int, *lines: str, chance: str = "1") -> Won:
    return Won(chance=Fraction(chance), revenue=years_of(pounds), lines=frozenset(lines))


def test_three_grants_for_two_lines_each_pay_for_all() -> None:
    """The first has to leave line x to the third, as nothing else can pay for y."""
    case = Case(
        costs=(flat(20, 1, "x"), flat(10, 1, "y"), flat(0, 1, "z")),
        revenue=years_of(0),
        boundaries={},
        grants=(_grant(10, "x", "y"), _grant(10, "y", "z"), _grant(10, "x", "z")),
    )
    assert funding(document(case), draws=10).expected_gap == 0


def test_a_grant_that_is_never_won_changes_nothing() -> None:
    """Revenue pays for revenue in all lines of a grant before it pays for capital, which other money can pay."""
    kit = Cost(key="kit", pounds=years_of(100), capital=True)
    case = Case(
        costs=(kit, flat(100, 1, "run")),
        revenue=years_of(0),
        capital=years_of(100),
        boundaries={},
        grants=(_grant(100, "kit", "run"),),
    )
    for grants in (case.grants, (*case.grants, _grant(100, "run", chance="0"))):
        assert funding(document(replace(case, grants=grants)), draws=10).expected_gap == 0


def test_too_many_grants_that_cross_pay_in_order_and_never_more_than_there_is_to_pay() -> None:
    lines = [f"l{place}" for place in range(11)]
    case = Case(
        costs=tuple(flat(10 + place, 1, key) for place, key in enumerate(lines)),
        revenue=years_of(0),
        boundaries={},
        grants=tuple(_grant(20, lines[place], lines[place + 1]) for place in range(9)),
    )
    costs = {cost.key: cost.pounds[0] for cost in case.costs}
    money = [(grant.revenue[0], grant.lines or frozenset()) for grant in case.grants]

    def gap(count: int) -> float:
        return funding(document(replace(case, grants=case.grants[:count])), draws=10).expected_gap

    assert gap(8) == sum(costs.values()) - flow(money[:8], costs)
    assert sum(costs.values()) - flow(money, costs) <= gap(9) <= gap(8)


# --- breaks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fall_back", [(), (flat(70_000, key="other"), replace(KIT, key="other-kit"))])
@pytest.mark.parametrize("capital", [(), years_of(35_000, 20_000, 10_000, 5_000)])
def test_a_contract_is_broken_where_money_is_not_renewed(
    fall_back: tuple[Cost, ...], capital: tuple[Fraction, ...]
) -> None:
    """Contracts of 3 years and 1: boundaries 1 and 2 are inside, 3 is not. A break costs 25 and ends it for good."""
    case = Case(
        costs=(flat(95_000), KIT),
        revenue=HUNDRED,
        capital=capital,
        boundaries=boundaries(1, 2, 3, renewal="0.7"),
        breaks={1: Fraction(25_000), 2: Fraction(25_000)},
        fall_back=fall_back,
    )
    terms = ContractTerms(break_cost=Decimal("25000.00"))
    found = funding(document(case, terms=terms, term=3))
    agree(found, answer(case), case)
    assert found.break_chance == pytest.approx(1 - 0.7**2)


def test_a_break_with_a_grant_for_lines_of_both_options() -> None:
    grant = Won(chance=Fraction("0.6"), revenue=years_of(*[30_000] * 4), lines=frozenset({"x", "other"}))
    case = Case(
        costs=(flat(20_000), flat(90_000, key="rest")),
        revenue=HUNDRED,
        boundaries=boundaries(2, renewal="0.8"),
        grants=(grant,),
        breaks={2: Fraction(10_000)},
        fall_back=(flat(50_000, key="other"), flat(60_000, key="more")),
    )
    terms = ContractTerms(break_cost=Decimal("10000.00"))
    agree(funding(document(case, terms=terms, term=4)), answer(case), case)


@pytest.mark.parametrize("capital", [(), years_of(35_000, 20_000, 10_000, 5_000)])
def test_what_is_fallen_back_on_runs_as_long_as_the_option_would(capital: tuple[Fraction, ...]) -> None:
    """The option ends after year 2 and the other after year 3, of which nothing is this option's."""
    other = (flat(130_000, key="other"), replace(KIT, key="other-kit"))
    case = Case(
        costs=(Cost(key="x", pounds=years_of(95_000, 95_000, 95_000, 0)),),
        revenue=HUNDRED,
        capital=capital,
        boundaries=boundaries(1, 2, 3, renewal="0.7"),
        breaks={1: Fraction(25_000), 2: Fraction(25_000)},
        fall_back=tuple(replace(one, pounds=(*one.pounds[:3], Fraction(0))) for one in other),
        grants=(Won(chance=Fraction("0.5"), revenue=years_of(*[9_000] * 4), lines=frozenset({"other"})),),
    )
    terms = ContractTerms(break_cost=Decimal("25000.00"))
    made = document(replace(case, fall_back=other), terms=terms, term=4)
    index = Index(id="i", name="I", percent=(Decimal(0),), range=RiseRange(low=Decimal(0), high=Decimal(0)))
    made = replace(
        made,
        indices=(index,),
        lines=tuple(replace(one, index="i") if one.id == "other" else one for one in made.lines),
        options=(replace(made.options[0], life_years=2), made.options[1]),
    )
    agree(funding(made), answer(case), case)


def test_what_breaks_add_is_told_for_the_life_of_the_option() -> None:
    """Broken for certain after year 0, for an option at the same price: nothing is added, whoever lasts longer."""
    case = Case(
        costs=(Cost(key="x", pounds=years_of(100, 100, 0, 0)),),
        revenue=years_of(0, 0, 0, 0),
        boundaries=boundaries(1, renewal="0"),
        breaks={1: Fraction(0)},
        fall_back=(flat(100, key="other"),),
    )
    made = document(case, term=4)
    calm = scenario_of(replace(case, boundaries={}), "calm")
    made = replace(
        made,
        scenarios=(*made.scenarios, calm),
        options=(replace(made.options[0], life_years=1), made.options[1]),
    )
    found = funding(made, draws=10)
    assert found.npc == pytest.approx(100 + 100 / 1.035, abs=0.015)  # drawn in whole pence
    assert found.cost_of_short_termism == pytest.approx(0, abs=0.015)
    assert found.short_termism_steps == ()
    assert found.expected_gap_by_year == (100, 100, 0, 0)


def test_what_a_scenario_adds_falls_away_at_a_break_too() -> None:
    """Priced for 2 years and signed for 4: less is charged each year, until the contract is broken."""
    k, rate = Fraction(100_000), Fraction(8, 100)
    less = charge(k, Fraction(0), rate, 4) - charge(k, Fraction(0), rate, 2)
    case = Case(
        costs=(flat(95_000),),
        revenue=years_of(80_000, 75_000, 70_000, 65_000),
        boundaries=boundaries(1, 3, renewal="0.75"),
        added=(less,) * 4,
        breaks={1: Fraction(5_000), 3: Fraction(5_000)},
        fall_back=(flat(60_000, key="other"),),
    )
    terms = ContractTerms(
        reference_years=2, investment=Decimal("100000.00"), break_cost=Decimal("5000.00"), commitment=Commitment.FREELY
    )
    found = funding(document(case, terms=terms, term=4))
    agree(found, answer(case), case)
    assert [float(one) for one in found.cost_by_year] == pytest.approx([95_000 + float(less)] * 4, abs=0.005)
