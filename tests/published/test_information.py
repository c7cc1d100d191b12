"""The value of information against published decisions and closed forms (METHOD 11.3).

Sources: course slides on Heizer and Render, Operations Management, module A (a plant); Expected value of perfect
information, example (stock, fund, deposit); Maria's investment (expected opportunity loss); Raiffa and Schlaifer,
Applied Statistical Decision Theory (1961), and Strong and Oakley, Medical Decision Making 33 (2013).
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from appraise.model.settling import Informed, expected_least, information


def informed(chances: tuple[float, ...], **gains: tuple[float, ...]) -> Informed:
    """Published cases have gains; a gain is a cost below nothing."""
    return information(np.array(chances), -np.array(tuple(gains.values())).T)


def test_a_large_plant_a_small_one_or_none() -> None:
    """Small is best at 40,000; to know the market first is worth 60,000."""
    found = informed((0.5, 0.5), large=(200_000, -180_000), small=(100_000, -20_000), none=(0, 0))
    assert found.expected == pytest.approx((-10_000, -40_000, 0))
    assert (found.best, found.reranking) == (1, 0)
    assert found.information == pytest.approx(60_000)


STOCKS = {"stock": (1500.0, 300.0, -800.0), "fund": (900.0, 600.0, -200.0), "deposit": (500.0, 500.0, 500.0)}


def test_a_stock_a_fund_or_a_deposit() -> None:
    """680 without and 1,030 with perfect information: 350."""
    found = informed((0.5, 0.3, 0.2), **STOCKS)
    assert found.expected == pytest.approx((-680, -590, -500))
    assert found.best == 0
    assert found.information == pytest.approx(350)


@pytest.mark.parametrize(("price", "worth_buying"), [(349.99, True), (350.01, False)])
def test_information_is_bought_up_to_its_value(price: float, *, worth_buying: bool) -> None:
    assert (informed((0.5, 0.3, 0.2), **STOCKS).information > price) is worth_buying


MARIA = {"stock": (80_000.0, -20_000.0), "bonds": (30_000.0, 20_000.0), "deposit": (23_000.0, 23_000.0)}


def opportunity_loss(chances: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """By option what it is expected to cost over the best of each outcome."""
    return chances @ (costs - costs.min(axis=1, keepdims=True))


def test_perfect_information_is_worth_the_least_opportunity_loss() -> None:
    """Stock 21,500, bonds 26,500, deposit 28,500."""
    costs = -np.array(tuple(MARIA.values())).T
    loss = opportunity_loss(np.array((0.5, 0.5)), costs)
    assert loss == pytest.approx([21_500, 26_500, 28_500])
    assert informed((0.5, 0.5), **MARIA).information == pytest.approx(21_500)


@given(st.lists(st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_it_always_is(rows: list[list[int]], data: st.DataObject) -> None:
    weights = np.array(data.draw(st.lists(st.integers(1, 100), min_size=len(rows), max_size=len(rows))), dtype=float)
    chances, costs = weights / weights.sum(), np.array(rows, dtype=float)
    found = information(chances, costs)
    assert found.information == pytest.approx(opportunity_loss(chances, costs).min(), abs=1e-6)
    assert found.reranking == 0
    other = information(chances, costs, best=2)
    assert other.reranking == pytest.approx(other.expected[2] - min(other.expected), abs=1e-6)
    assert other.information == found.information


def test_a_normal_gain_of_which_a_part_can_be_known() -> None:
    """D = .5 + 1 x + 2 e: all of it is worth .6643, x alone .1978, on even slices of each."""
    count = 20_000
    slices = ndtri((np.arange(count) + 0.5) / count)
    chances = np.full(count, 1 / count)
    for sd, wanted in ((5**0.5, 0.6643), (1.0, 0.1978)):
        costs = np.column_stack((np.zeros(count), -(0.5 + sd * slices)))
        assert information(chances, costs).information == pytest.approx(wanted, abs=1e-4)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=1, max_size=4), min_size=1, max_size=3
    )
)
def test_the_lowest_of_independent_costs_is_that_of_all_their_combinations(
    options: list[list[tuple[int, int]]],
) -> None:
    distributions = []
    for found in options:
        weights = np.array([weight for _, weight in found], dtype=float)
        distributions.append((np.array([float(value) for value, _ in found]), weights / weights.sum()))
    values = np.meshgrid(*(found for found, _ in distributions), indexing="ij")
    chances = np.meshgrid(*(found for _, found in distributions), indexing="ij")
    wanted = float((np.minimum.reduce(values) * np.multiply.reduce(chances)).sum())
    assert expected_least(distributions) == pytest.approx(wanted, abs=1e-9)
