"""METHOD 12.3: cost of short-termism, regret, and what length of settlement would do, in the same draws."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pytest

from appraise.model.appraisal.document import Appraisal, Simulation
from appraise.model.appraisal.funding import Grant, Programme, ProgrammeStop
from appraise.model.appraisal.lines import Index as PriceIndex
from appraise.model.appraisal.lines import Range, RiseRange
from appraise.model.appraisal.terms import Commitment, ContractTerms
from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from appraise.model.funding_results import ScenarioFunding
from appraise.model.regret import least_regret, regret_rows
from appraise.model.results import Results
from tests.builders import appraisal, line, rolling
from tests.model.random_appraisals import random_appraisal, rich_appraisal
from tests.model.random_terms import with_terms
from tests.published.funding_documents import scenario_of
from tests.published.oracle_funding import Case, charge, years_of

MONEY = frozenset({Part.FUNDING})
DRAWS = 20_000
OFF = 4.5


def by_scenario(
    document: Appraisal, option: int = 0, *, draws: int = DRAWS, seed: int = 3
) -> tuple[ScenarioFunding, ...]:
    found = evaluate(document, Settings(draws=draws, seed=seed), parts=MONEY).options[option].funding
    assert found is not None
    return found


def settled(length: int, years: int) -> Case:
    firm = (Fraction("0.9"), Fraction("0.1"))
    return Case(
        costs=(), revenue=years_of(*[500_000] * years), boundaries=dict.fromkeys(range(length, years, length), firm)
    )


def contracts(years: int = 10, **terms: object) -> Appraisal:
    """Years of an uncertain cost under money settled one, three and five years at a time."""
    agreed = ContractTerms(commitment=Commitment.NEVER, reference_years=5, **terms)  # type: ignore[arg-type]  # any field
    made = appraisal(
        years,
        lines=(
            line("pay", "a", *[400_000] * years, spread=(80, 140)),
            line("rest", "b", *[450_000] * years, spread=(90, 120)),
        ),
        scenarios=tuple(scenario_of(settled(length, years), key) for key, length in (("1", 1), ("3", 3), ("5", 5))),
        simulation=Simulation(percentile=80),
    )
    return replace(made, options=(replace(made.options[0], term_years=5, terms=agreed), made.options[1]))


# --- cost of short-termism ---------------------------------------------------------------------------------


def present(yearly: Fraction, years: int = 10) -> float:
    return float(sum(yearly / Fraction("1.035") ** year for year in range(years)))


def test_the_cost_of_short_termism_is_what_the_supplier_recovers_faster() -> None:
    """METHOD 12.2: K 1000, 8 %: 5 to 3 years +137.5771 a year, 5 to 1 +829.5435, without inflation, in thousands."""
    one, three, five = by_scenario(contracts(15, investment=Decimal(1_000_000)))
    reference = charge(Fraction(1_000_000), Fraction(0), Fraction("0.08"), 5)
    for found, term, known in ((three, 3, 137_577.1), (one, 1, 829_543.5)):
        more = charge(Fraction(1_000_000), Fraction(0), Fraction("0.08"), term) - reference
        assert float(more) == pytest.approx(known, abs=0.1)
        assert found.effective_term == term
        assert found.cost_of_short_termism == pytest.approx(present(more, 15), abs=0.02)
        (step,) = found.short_termism_steps
        assert (step.kind, step.pounds) == ("recovery", pytest.approx(present(more, 15), abs=0.02))
        assert found.short_termism_error == pytest.approx(0, abs=0.001)
    assert (five.cost_of_short_termism, five.short_termism_error, five.short_termism_steps) == (0.0, 0.0, ())
    assert (one.relets, three.relets, five.relets) == (14, 4, 2)


def test_one_scenario_has_nothing_to_be_compared_with() -> None:
    document = contracts()
    (found,) = by_scenario(replace(document, scenarios=document.scenarios[:1]))
    assert (found.cost_of_short_termism, found.short_termism_error, found.against) == (None, None, ())


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("broken", [False, True])
def test_the_expected_steps_are_what_the_draws_differ_by(seed: int, broken: bool) -> None:
    """Random contracts, prices, prevention, indices, groups and biases; where they break, another option runs on."""
    document = with_terms(rich_appraisal(seed) if seed % 2 else random_appraisal(seed), seed, broken=broken)
    results = evaluate(document, Settings(draws=DRAWS, seed=5), parts=MONEY)
    for option in results.options:
        assert option.funding is not None
        for found in option.funding:
            assert found.cost_of_short_termism is not None
            assert found.short_termism_error is not None
            exact = sum(step.pounds for step in found.short_termism_steps)
            assert found.cost_of_short_termism == pytest.approx(
                exact, abs=OFF * found.short_termism_error + 0.02, rel=1e-9
            )
            (against,) = found.against
            (back,) = next(one for one in option.funding if one.scenario == against.than).against
            assert (against.mean, against.error) == (-back.mean, back.error)
            assert against.mean == pytest.approx(
                found.npc - next(one.npc for one in option.funding if one.scenario == against.than), abs=0.01
            )


def test_scenarios_meet_the_same_draws() -> None:
    """Prevention that stops: the difference is far steadier than between draws of their own, at equal means."""
    document = contracts(procurement=Decimal(40_000))
    programme = Programme(
        id="p", name="Prevention", option="a", lines=("pay",), ramp_years=3, low=0.05, likely=0.1, high=0.2, decay=0.5
    )
    first = replace(document.scenarios[0], stops=(ProgrammeStop(programme="p", last_year=3),))
    document = replace(document, programmes=(programme,), scenarios=(first, *document.scenarios[1:]))
    same = by_scenario(document)[0]
    apart = by_scenario(document, seed=4)[2]
    assert same.cost_of_short_termism is not None
    assert same.short_termism_error is not None
    independent = sqrt(same.npc_error**2 + apart.npc_error**2)
    assert same.short_termism_error < independent / 5
    assert same.npc - apart.npc == pytest.approx(same.cost_of_short_termism, abs=OFF * independent)


# --- properties --------------------------------------------------------------------------------------------


def with_money(document: Appraisal, seed: int, more: int) -> Appraisal:
    """Capital beside the revenue in every second document, and two grants; `more` is added to all of it."""

    def raised(amounts: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        return tuple(pounds + more * (place + 1) for place, pounds in enumerate(amounts))

    years, capital = document.horizon.years, bool(seed % 2)
    amounts = raised((Decimal(20_000 * seed),) * years)
    grants = (
        Grant(id="all", name="All", amounts=amounts, chance=0.4),
        Grant(
            id="some",
            name="Some",
            amounts=amounts,
            capital=amounts if capital else (),
            chance=0.7,
            lines=tuple(one.id for one in document.lines[::2]),
        ),
    )
    scenarios = tuple(
        replace(
            scenario,
            carry_over=bool(seed % 3),
            grants=("all", "some"),
            settlements=tuple(
                replace(one, amounts=raised(one.amounts), capital=raised(one.amounts) if capital else ())
                for one in scenario.settlements
            ),
        )
        for scenario in document.scenarios
    )
    return replace(document, grants=grants, scenarios=scenarios)


@pytest.mark.parametrize("seed", range(12))
def test_more_money_never_makes_a_gap_more_likely(seed: int) -> None:
    """Cost, prevention and terms are held: revenue, capital and grants are raised."""
    document = with_terms(random_appraisal(seed), seed)
    before = evaluate(with_money(document, seed, 0), Settings(draws=1_000), parts=MONEY)
    after = evaluate(with_money(document, seed, 40_000), Settings(draws=1_000), parts=MONEY)
    for old, new in zip(before.options, after.options, strict=True):
        for poor, rich in zip(old.funding or (), new.funding or (), strict=True):
            assert rich.npc == poor.npc
            assert rich.probability_of_any_gap <= poor.probability_of_any_gap
            assert rich.expected_gap <= poor.expected_gap
            assert rich.reserve <= poor.reserve
            for one, other in zip(poor.probability_of_gap_by_year, rich.probability_of_gap_by_year, strict=True):
                assert other <= one


def relabelled(document: Appraisal) -> Appraisal:
    """Options and scenarios in the opposite order, scenarios under other names."""
    return replace(
        document,
        options=document.options[::-1],
        scenarios=tuple(replace(one, name=f"Other {one.name}") for one in document.scenarios[::-1]),
    )


def regrets(results: Results) -> dict[str, float] | None:
    """The largest regret by option; one pound less where it is the least of all."""
    if results.regret is None:
        return None
    return {row.option: row.largest - (row.option in results.regret.least) for row in results.regret.rows}


@pytest.mark.parametrize("seed", range(6))
def test_another_order_and_other_names_change_nothing(seed: int) -> None:
    document = with_terms(rich_appraisal(seed), seed)
    parts = frozenset({Part.FUNDING, Part.LENGTHS})
    first = evaluate(document, Settings(draws=500), parts=parts)
    second = evaluate(relabelled(document), Settings(draws=500), parts=parts)
    other = {option.id: option for option in second.options}
    for option in first.options:
        theirs = {one.scenario: one for one in other[option.id].funding or ()}
        for found in option.funding or ():
            twin = theirs[found.scenario]
            assert replace(found, against=()) == replace(twin, against=())
            assert {one.than: one for one in found.against} == {one.than: one for one in twin.against}
        assert option.lengths == other[option.id].lengths
    assert regrets(first) == regrets(second)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_no_figure(threads: int) -> None:
    document = with_terms(rich_appraisal(3), 3)
    alone = evaluate(document, Settings(draws=60_000), parts=MONEY)
    assert evaluate(document, Settings(draws=60_000, threads=threads), parts=MONEY) == alone


# --- regret ------------------------------------------------------------------------------------------------


def test_the_regret_table_of_the_method() -> None:
    """METHOD 12.3: in-house 54/54.5, outsource 50/58, joint 52/53: regrets 4/1.5, 0/5, 2/0; joint."""
    costs = {"inhouse": (54.0, 54.5), "outsource": (50.0, 58.0), "joint": (52.0, 53.0)}
    paid = {"inhouse": (True, True), "outsource": (True, False), "joint": (False, True)}
    rows = regret_rows(("long", "short"), costs, paid)
    assert {row.option: tuple(cell.regret for cell in row.cells) for row in rows} == {
        "inhouse": (4.0, 1.5),
        "outsource": (0.0, 5.0),
        "joint": (2.0, 0.0),
    }
    assert {row.option: row.largest for row in rows} == {"inhouse": 4.0, "outsource": 5.0, "joint": 2.0}
    assert [row.affordable_in for row in rows] == [2, 1, 1]
    assert least_regret(rows) == ("joint",)


def test_regret_of_a_document_is_that_of_its_costs() -> None:
    document = contracts(investment=Decimal(200_000))
    results = evaluate(document, Settings(draws=2_000), parts=MONEY)
    assert results.regret is not None
    assert (results.regret.longest, results.regret.shortest, results.regret.compared_on) == ("5", "1", "npc")
    for place in range(3):
        costs = {option.id: option.funding[place].npc for option in results.options if option.funding}
        for row in results.regret.rows:
            assert row.cells[place].cost == costs[row.option]
            assert row.cells[place].regret == costs[row.option] - min(costs.values())


# --- how long a settlement would have to be ----------------------------------------------------------------


def test_longer_settlements_make_an_option_affordable_and_then_the_cheapest() -> None:
    """Signed for one year at a time a dearly bought fleet is dear; from three years on it beats the other option."""
    document = contracts(investment=Decimal(150_000))
    costs = (line("pay", "a", *[440_000] * 10), line("rest", "b", *[470_000] * 10))
    results = evaluate(
        replace(document, lines=costs, scenarios=document.scenarios[:1]), Settings(draws=50_000), parts=ALL_PARTS
    )
    lengths = results.options[0].lengths
    assert lengths is not None
    assert lengths.money_of == "1"
    assert lengths.draws == 4096
    assert [one.years for one in lengths.lengths] == list(range(1, 11))
    # with a boundary every n years money is cut by a tenth in a tenth of cases: under 440,000 after two cuts
    chances = [one.probability_of_any_gap for one in lengths.lengths]
    assert chances[-1] == 0
    assert lengths.lengths[-1].affordable
    assert lengths.affordable_from == next(one.years for one in lengths.lengths if one.affordable)
    kept = charge(Fraction(150_000), Fraction(0), Fraction("0.08"), 5)
    for one in lengths.lengths:
        term = min(one.years, 5)
        if 10 % term == 0 and (one.years <= 5 or one.years == 10):
            more = charge(Fraction(150_000), Fraction(0), Fraction("0.08"), term) - kept
            assert one.npc == pytest.approx(present(440_000 + more), abs=0.5)
            assert one.cheapest == (more < 30_000)
    assert lengths.cheapest_from == next(one.years for one in lengths.lengths if one.cheapest)


def test_a_length_is_the_scenario_that_a_user_would_enter() -> None:
    """The lengths of the shortest money are those very scenarios, over the same draws."""
    document = contracts(investment=Decimal(300_000), procurement=Decimal(20_000))
    results = evaluate(document, Settings(draws=4_096), parts=frozenset({Part.FUNDING, Part.LENGTHS}))
    for option in results.options:
        assert option.lengths is not None
        assert option.funding is not None
        by_length = {one.years: one for one in option.lengths.lengths}
        for found, years in zip(option.funding, (1, 3, 5), strict=True):
            assert by_length[years].npc == found.npc
            assert by_length[years].probability_of_any_gap == found.probability_of_any_gap
            assert by_length[years].any_gap_error == found.any_gap_error
            assert by_length[years].affordable == found.affordable


def test_without_money_there_are_no_lengths() -> None:
    document = appraisal(3, lines=(line("x", "a", 1, 2, 3),))
    results = evaluate(document, Settings(draws=100), parts=frozenset({Part.FUNDING, Part.LENGTHS}))
    assert [option.lengths for option in results.options] == [None, None]
    assert results.regret is None


def test_uncertain_prices_and_ranges_move_what_prevention_saves() -> None:
    """A stopped programme loses more where the line it lowers is dear: the difference follows its range and index."""
    index = PriceIndex(
        id="pay", name="Pay", percent=(Decimal(3),), source="Test", range=RiseRange(low=Decimal(-2), high=Decimal(4))
    )
    made = appraisal(
        6,
        ("a",),
        lines=(replace(line("x", "a", *[100_000] * 6), range=Range(low=Decimal(50), high=Decimal(200)), index="pay"),),
        indices=(index,),
        programmes=(Programme(id="p", name="P", option="a", lines=("x",), low=0.2, likely=0.2, high=0.2, decay=1.0),),
        scenarios=(rolling("kept", (0,) * 6, 1, 0), rolling("stopped", (0,) * 6, 1, 0)),
    )
    stopped = replace(made.scenarios[1], stops=(ProgrammeStop(programme="p", last_year=2),))
    made = replace(made, scenarios=(made.scenarios[0], stopped))
    kept, lost = by_scenario(made)
    assert kept.cost_of_short_termism == 0
    assert lost.cost_of_short_termism is not None
    assert lost.short_termism_error is not None
    (step,) = lost.short_termism_steps
    assert step.kind == "prevention"
    assert lost.cost_of_short_termism == pytest.approx(step.pounds, abs=OFF * lost.short_termism_error)
    # the range is 25 % wide (PERT 50-200, sd / mean), the index comes on top
    assert 0.2 < lost.short_termism_error * sqrt(DRAWS) / lost.cost_of_short_termism < 0.4
