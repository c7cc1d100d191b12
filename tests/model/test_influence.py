"""Which inputs matter: what follows without chance, against closed forms and against the draws themselves."""

from dataclasses import replace
from decimal import Decimal
from math import asin, pi, sqrt

import numpy as np
import pytest

from appraise.model.appraisal.lines import Index, RiseRange, Shape
from appraise.model.columns import SCALE
from appraise.model.evaluate import Part, Settings, evaluate
from appraise.model.influence import contributions, influences
from appraise.model.results import Risk
from appraise.model.simulation import _draw_inputs, _Room
from appraise.model.streams import Streams
from tests.builders import appraisal, constraint, in_house, line
from tests.published.engine_documents import Z90, group, normal_line, planned, rich

DRAWS = 100_000


def risk_of(document: object, option: str = "a", draws: int = DRAWS) -> Risk:
    results = evaluate(document, Settings(draws=draws), parts=frozenset({Part.RISK, Part.DEPENDENCE}))
    return next(one.risk for one in results.options if one.id == option)


def test_shares_of_independent_inputs_are_their_variances() -> None:
    """Normal lines with sd 30 and 40, and an event of p .25 and £100: 900, 1,600 and .25 x .75 x 10,000 = 1,875."""
    document = appraisal(
        1,
        ("a",),
        lines=(normal_line("x", "a", 1000, 30), normal_line("y", "a", 1000, 40)),
        constraints=(constraint("k", 0.25, 100, in_house("a")),),
    )
    shares = {one.id: one.share for one in risk_of(document).contribution}
    whole = 900 + 1600 + 1875
    assert shares == pytest.approx(
        {"line|x": 900 / whole, "line|y": 1600 / whole, "constraint|k": 1875 / whole}, abs=2e-6
    )
    assert list(shares) == ["constraint|k", "line|y", "line|x"]


@pytest.mark.parametrize("rho", [0.2, 0.5, 0.9])
def test_a_group_is_one_input_with_the_variance_of_its_sum(rho: float) -> None:
    """Of two equal normal lines: 2 sd^2 (1 + rho), beside a third of the same sd."""
    lines = [normal_line(key, "a", 1000, 30, correlation="g") for key in "xy"]
    document = appraisal(1, ("a",), lines=(*lines, normal_line("z", "a", 1000, 30)), correlation_groups=(group(rho),))
    shares = {one.id: one.share for one in risk_of(document).contribution}
    together = 2 * (1 + rho)
    assert shares == pytest.approx({"group|g": together / (together + 1), "line|z": 1 / (together + 1)}, abs=1e-6)


def test_the_mean_given_a_normal_line_moves_its_group_by_rho() -> None:
    """E[y | x at its 90 % point] = rho x 1.2816 sd, so that the cost moves by (1 + rho) x 1.2816 sd."""
    lines = [normal_line(key, "a", 1000, 30, correlation="g") for key in "xy"]
    document = appraisal(1, ("a",), lines=tuple(lines), correlation_groups=(group(0.5),))
    first = risk_of(document).influences[0]
    assert first.high == pytest.approx(1.5 * Z90 * 30, abs=0.01)
    assert first.low == pytest.approx(-1.5 * Z90 * 30, abs=0.01)


def test_shares_are_those_of_the_draws_where_much_is_correlated() -> None:
    """Share of a cluster = variance of its part of the cost in 65,536 draws, over all; without uncertain indices."""
    document = replace(rich(), indices=tuple(replace(index, range=None) for index in rich().indices), constraints=())
    plan = planned(document)
    option = plan.options[0]
    parts: dict[str, list[np.ndarray]] = {}
    for chunk in range(4):
        places = _draw_inputs(plan, Streams(1, chunk, 16_384), _Room(), ranked=False).places / SCALE
        here: dict[str, np.ndarray] = {}
        for term in option.terms:
            column = plan.columns[term.column]
            values = term.flows.npc.sum() * (column.bottom + (column.top - column.bottom) * places[term.column])
            here[term.cluster or term.input] = here.get(term.cluster or term.input, 0) + values
        for key, values in here.items():
            parts.setdefault(key, []).append(values)
    variances = {key: float(np.var(np.concatenate(values))) for key, values in parts.items()}
    whole = sum(variances.values())
    found = {one.id: one.share for one in contributions(plan, option)}
    assert found == pytest.approx({key: one / whole for key, one in variances.items()}, rel=0.03)
    assert sum(found.values()) == pytest.approx(1)


def test_the_mean_given_an_input_is_that_of_the_draws_near_it() -> None:
    """Triangular, lognormal and PERT lines of one group: draws in which one stands near its 90 % point."""
    lines = (
        line("x", "a", 1000, spread=(80, 150), shape=Shape.TRIANGULAR, correlation="g"),
        line("y", "a", 1000, spread=(70, 160), shape=Shape.LOGNORMAL, correlation="g"),
        line("z", "a", 1000, spread=(95, 200), correlation="g"),
    )
    plan = planned(appraisal(1, ("a",), lines=lines, correlation_groups=(group(0.6),)))
    costs, chosen = [], []
    names = {term.input: term for term in plan.options[0].terms}
    for chunk in range(30):
        places = _draw_inputs(plan, Streams(3, chunk, 16_384), _Room(), ranked=False).places / SCALE
        costs.append(sum(term.flows.npc.sum() * places[term.column] for term in plan.options[0].terms))
        chosen.append(places[names["line|x"].column])
    cost, x = np.concatenate(costs), np.concatenate(chosen)
    low, high = np.quantile(x, (0.895, 0.905))
    near = cost[(x > low) & (x < high)]
    expected = near.mean() - cost.mean()
    found = next(one for one in influences(plan, plan.options[0]) if one.id == "line|x")
    assert found.high == pytest.approx(expected, abs=5 * near.std() / sqrt(len(near)))


def test_an_uncertain_index_alone_is_all_the_variance() -> None:
    """A certain line of year 2 at 3 % a year, +- d: E (1.03 + d)^2 / 1.03^2 and its 90 % point."""
    rises = RiseRange(low=Decimal(-1), high=Decimal(1), shape=Shape.NORMAL)
    index = Index(id="i", name="Pay", percent=(Decimal(3),), source="Test", range=rises)
    document = appraisal(3, ("a",), lines=(line("x", "a", 0, 0, 10_000, index="i"),), indices=(index,))
    risk = risk_of(document)
    (share,), (first,), (rank,) = risk.contribution, risk.influences, risk.rank_correlations
    assert (share.id, share.share) == ("index|i", pytest.approx(1, abs=1e-6))
    sd = 0.01 / Z90
    ratio = (1.04**2 - 1.03**2 - sd**2) / (1.03**2 + sd**2)
    assert first.high == pytest.approx(ratio * risk.npc.mean, rel=2e-3)
    assert rank.value == pytest.approx(1, abs=1e-3)


def test_an_index_and_its_line_share_the_variance_and_leave_a_little_for_both() -> None:
    rises = RiseRange(low=Decimal(-2), high=Decimal(2))
    index = Index(id="i", name="Pay", percent=(Decimal(3),), source="Test", range=rises)
    document = appraisal(
        6, ("a",), lines=(line("x", "a", *(1000,) * 6, spread=(60, 160), index="i"),), indices=(index,)
    )
    shares = [one.share for one in risk_of(document).contribution]
    assert 0.98 < sum(shares) < 1


def test_spearman_of_one_of_two_equal_normal_lines() -> None:
    """Correlation of x with x + y is sqrt(1/2); Spearman = 6 / pi asin(r / 2) = .690 (METHOD 10.2)."""
    document = appraisal(1, ("a",), lines=tuple(normal_line(key, "a", 1000, 30) for key in "xy"))
    for one in risk_of(document).rank_correlations:
        assert one.value == pytest.approx(6 / pi * asin(sqrt(0.5) / 2), abs=4 * one.error)
        assert 0 < one.error < 0.003


def test_the_rank_correlation_of_an_event_takes_ties_together() -> None:
    """Alone, an event ranks as the cost does: 1, though most draws are equal."""
    document = appraisal(1, ("a",), constraints=(constraint("k", 0.25, 100, in_house("a")),))
    (one,) = risk_of(document).rank_correlations
    assert one.value == pytest.approx(1, abs=0.01)


def test_nothing_uncertain_moves_nothing() -> None:
    risk = risk_of(appraisal(2, ("a",), lines=(line("x", "a", 100, 100),)))
    assert risk.influences == risk.contribution == risk.rank_correlations == ()


def liability(key: str, pounds: int, probability: float, **fields: object) -> object:
    return line(key, "a", pounds, treatment="contingent_liability", probability=probability, **fields)


def test_liabilities_of_one_driver_are_one_event() -> None:
    """Two of 1,000 at .5 on one driver have the variance of one of 2,000: 1,000,000."""
    beside = normal_line("n", "a", 10_000, 2000)
    two = appraisal(
        1, ("a",), lines=(liability("x", 1000, 0.5, driver="fire"), liability("y", 1000, 0.5, driver="fire"), beside)
    )
    one = appraisal(1, ("a",), lines=(liability("x", 2000, 0.5, driver="fire"), beside))
    for document in (two, one):
        shares = {found.id: found.share for found in risk_of(document).contribution}
        assert shares == pytest.approx({"driver|fire": 0.2, "line|n": 0.8}, abs=1e-5)


def test_liabilities_of_a_group_stand_as_one_with_what_their_sizes_share() -> None:
    """Ten liabilities that nearly always fall due, sizes of rho .9: the draws' own variance is the judge."""
    lines = [liability(f"x{n}", 1000, 0.99, spread=(50, 200), correlation="g") for n in range(10)]
    document = appraisal(
        1, ("a",), lines=(*lines, normal_line("n", "a", 10_000, 1000)), correlation_groups=(group(0.9),)
    )
    risk = risk_of(document)
    shares = {found.id: found.share for found in risk.contribution}
    assert set(shares) == {"group|g", "line|n"}
    assert shares["line|n"] == pytest.approx(1000**2 / risk.npc.sd**2, rel=0.02)


def test_a_tiny_chance_is_expected_and_never_drawn() -> None:
    document = appraisal(1, ("a",), lines=(liability("x", 10**9, 1e-310), liability("y", 10**9, 1e-12)))
    risk = risk_of(document)
    assert risk.npc.mean == risk.npc.p95 == 0.0  # a tenth of a penny
    assert risk.contribution == ()
