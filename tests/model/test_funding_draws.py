"""What the money does to a chunk of draws: base figures stay, and nothing is drawn where nothing is added."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from appraise.model.evaluate import ALL_PARTS, Part, Settings, evaluate
from appraise.model.funding_draws import FundingWork, empty_gaps, funding_rows, kinds_of
from appraise.model.plan_rows import draw_option, later_rows, option_rows
from appraise.model.simulation import _draw_inputs, _Room
from appraise.model.streams import Streams
from tests.benchmarks.funded import funded
from tests.builders import appraisal, line, rolling
from tests.model.random_appraisals import rich_appraisal
from tests.model.random_terms import with_terms
from tests.published.engine_documents import planned

FEW = Settings(draws=600)
DRAWN = frozenset({Part.FINANCIAL, Part.RISK, Part.YEARS, Part.DEPENDENCE})


def test_what_scenarios_add_leaves_the_option_itself_alone() -> None:
    """Contracts, breaks, capital, grants and stopped prevention: risk is the same to the last bit."""
    document = funded()
    with_money = evaluate(document, FEW, parts=DRAWN | {Part.FUNDING})
    bare = evaluate(replace(document, scenarios=()), FEW, parts=DRAWN)
    assert [option.risk for option in with_money.options] == [option.risk for option in bare.options]
    first = with_money.options[0].funding
    assert first is not None
    assert first[0].cash_by_year != with_money.options[0].risk.cash_by_year


def test_nothing_is_kept_by_year_for_a_scenario_that_adds_nothing() -> None:
    plan = planned(
        appraisal(2, lines=(line("x", "a", 5, 5, spread=(80, 130)),), scenarios=(rolling("s", (5, 5), 0.9, 0.1),))
    )
    assert kinds_of(plan) == 4  # two options, each by itself and against one scenario
    assert [delta.parts for delta in plan.scenarios[0].deltas] == [None, None]
    assert empty_gaps(plan, 0, 100, kinds_of(plan))[0].cash is None


def test_a_scenario_that_adds_nothing_shows_the_cash_of_the_option() -> None:
    document = appraisal(
        2, ("a",), lines=(line("x", "a", 5, 5, spread=(80, 130)),), scenarios=(rolling("s", (5, 5), 0.9, 0.1),)
    )
    (found,) = evaluate(document, FEW, parts=ALL_PARTS).options
    assert found.funding is not None
    assert found.risk is not None
    assert found.funding[0].cash_by_year == found.risk.cash_by_year
    assert found.funding[0].npc == found.risk.npc.mean


@pytest.mark.parametrize("seed", range(8))
def test_what_is_still_to_come_of_an_option_from_the_first_year_on_is_all_of_it(seed: int) -> None:
    """In every draw, with biases, ranges, groups, events and uncertain indices."""
    document = with_terms(rich_appraisal(seed), seed, broken=True)
    fallen = tuple(
        replace(one, terms=replace(one.terms, fall_back=document.options[place - 1].id))
        for place, one in enumerate(document.options)
    )
    plan = planned(replace(document, options=fallen))
    inputs = _draw_inputs(plan, Streams(1, 0, 200), _Room(), ranked=False)
    for parts in plan.parts:
        if parts.placed is None:
            continue
        whole = draw_option(plan.years, option_rows(plan, parts.whole, yearly=False), inputs, yearly=False)[0]
        later = later_rows(plan, parts.placed, range(plan.years)).draw(inputs)
        assert np.abs(later[0] - whole).max() <= np.maximum(1, 1e-9 * np.abs(whole)).max()


def test_pots_and_capital_are_parts_of_the_whole() -> None:
    """A pot of one line, in every draw: what is left of the option without that line."""
    document = funded()
    lines = tuple(one for one in document.lines if one.id == "line-0-01")
    alone = planned(replace(document, lines=lines, constraints=(), scenarios=()))
    plan = planned(document)
    work = FundingWork(
        plan,
        funding_rows(plan, [option_rows(plan, one, yearly=True) for one in plan.options]),
        [empty_gaps(plan, number, 100, 1) for number in range(len(plan.options))],
    )
    pot = work.rows.options[0].pots[0]
    assert pot is not None
    assert [parts.pots[0] is None for parts in plan.parts] == [False, True, True, True]
    streams = Streams(7, 0, 100)
    found = draw_option(plan.years, pot[0], _draw_inputs(plan, streams, _Room(), ranked=False), yearly=True)
    wanted = draw_option(
        alone.years,
        option_rows(alone, alone.options[0], yearly=True),
        _draw_inputs(alone, streams, _Room(), ranked=False),
        yearly=True,
    )
    assert np.array_equal(found[: plan.years], wanted[: plan.years])


@pytest.mark.parametrize(("missing", "short"), [("0.00", False), ("0.49", False), ("0.55", True)])
def test_a_year_is_short_only_beyond_the_rounding_of_entries(missing: str, short: bool) -> None:
    """Five lines that each round to the penny, and money of exactly that: drawn as a sum they cost a penny more."""
    lines = tuple(line(f"l{place}", "a", *[100.07] * 4) for place in range(5))
    made = appraisal(4, ("a", "b"), lines=(*lines, line("b", "b", 1)), deflator="2")
    financial = evaluate(made, parts=frozenset({Part.FINANCIAL})).options[0].financial
    assert financial is not None
    money = tuple(one - Decimal(missing) for one in financial.by_year)
    funding = evaluate(
        replace(made, scenarios=(rolling("s", tuple(float(one) for one in money), 1, 0),)),
        Settings(draws=64),
        parts=frozenset({Part.FUNDING}),
    )
    assert funding.options[0].funding is not None
    (found,) = funding.options[0].funding
    assert found.probability_of_gap_by_year == (float(short),) * 4
    assert (found.probability_of_any_gap, found.affordable) == (float(short), not short)
    if not short:
        assert max(found.expected_gap_by_year) <= 0.5
