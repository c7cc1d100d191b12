"""Splits of a joint cost: closed forms, every order one by one, and what always holds."""

from fractions import Fraction
from itertools import permutations
from math import factorial
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.coalitions import TOLERANCE, apportion, better_alone, shapley, sums_of, whole_weights

PENCE = st.integers(-(10**12), 10**12)


def by_orders(costs: list[int]) -> tuple[Fraction, ...]:
    """What everybody adds when they join, over all orders one by one."""
    partners = (len(costs) - 1).bit_length()
    added = [0] * partners
    for order in permutations(range(partners)):
        group = 0
        for partner in order:
            added[partner] += costs[group | 1 << partner] - costs[group]
            group |= 1 << partner
    return tuple(Fraction(one, factorial(partners)) for one in added)


@st.composite
def games(draw: st.DrawFn, most: int = 5) -> list[int]:
    partners = draw(st.integers(1, most))
    return [0, *draw(st.lists(PENCE, min_size=2**partners - 1, max_size=2**partners - 1))]


@settings(max_examples=60, deadline=None)
@given(games())
def test_shapley_is_the_mean_over_every_order(costs: list[int]) -> None:
    assert shapley(costs) == by_orders(costs)


@settings(max_examples=100, deadline=None)
@given(games())
def test_shapley_adds_up_exactly(costs: list[int]) -> None:
    assert sum(shapley(costs)) == costs[-1]


def test_two_partners_share_the_saving_evenly() -> None:
    """phi_1 = (v1 + v12 - v2) / 2: alone 60 and 50, together 90."""
    assert shapley([0, 60, 50, 90]) == (50, 40)


def test_three_partners_by_hand() -> None:
    """phi_1 = v1/3 + (v12 - v2 + v13 - v3)/6 + (v123 - v23)/3, METHOD 13."""
    a, b, c, ab, ac, bc, abc = 40, 35, 25, 70, 60, 56, 88
    costs = [0, a, b, ab, c, ac, bc, abc]
    assert shapley(costs) == (
        Fraction(a, 3) + Fraction(ab - b + ac - c, 6) + Fraction(abc - bc, 3),
        Fraction(b, 3) + Fraction(ab - a + bc - c, 6) + Fraction(abc - ac, 3),
        Fraction(c, 3) + Fraction(ac - a + bc - b, 6) + Fraction(abc - ab, 3),
    )
    assert [round(float(one), 3) for one in shapley(costs)] == [35.667, 31.167, 21.167]
    assert shapley([0, a, b, ab, c, ac, 52, abc]) == (37, Fraction(61, 2), Fraction(41, 2))


@settings(max_examples=50, deadline=None)
@given(st.lists(PENCE, min_size=6, max_size=6))
def test_partners_who_bring_the_same_pay_the_same(sizes: list[int]) -> None:
    """The cost of a group depends on how many are in it, and on whether the last is: the others are alike."""
    costs = [0] + [sizes[group.bit_count() + 2 * (group >> 3 & 1) - 1] for group in range(1, 16)]
    first, second, third, _ = shapley(costs)
    assert first == second == third


@settings(max_examples=50, deadline=None)
@given(games(4), PENCE)
def test_who_brings_only_its_own_cost_pays_its_own_cost(costs: list[int], own: int) -> None:
    joined = costs + [cost + own for cost in costs]
    *_, last = shapley(joined)
    assert last == own
    assert shapley(joined)[:-1] == shapley(costs)


@settings(max_examples=300)
@given(PENCE, st.lists(st.integers(0, 10**15), min_size=1, max_size=10).filter(any))
def test_parts_add_up_and_are_within_a_penny(pence: int, weights: list[int]) -> None:
    parts = apportion(pence, weights)
    assert sum(parts) == pence
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(pence * weight, sum(weights))) < 1


def test_parts_of_negative_weights_add_up() -> None:
    """In a calculated split somebody may be paid for joining."""
    assert apportion(100, [-1, 3]) == (-50, 150)
    assert apportion(100, [1, -3]) == (-50, 150)
    with pytest.raises(ValueError, match="add up to nothing"):
        apportion(100, [1, -1])


def test_the_largest_rest_takes_the_penny() -> None:
    assert apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert apportion(-100, [1, 1, 1]) == (-33, -33, -34)
    assert apportion(10, [44, 56]) == (4, 6)


def test_weights_in_whole_numbers() -> None:
    assert whole_weights([Fraction(1, 2), Fraction(1, 3)]) == (3, 2)


def test_sums_by_group() -> None:
    assert sums_of([1, 2, 4]) == tuple(range(8))


def test_groups_that_pay_more_the_worst_first() -> None:
    """40/35/25 alone, B and C 52: proportional 35.2/30.8/22 has them pay 52.8; Shapley 37/30.5/20.5 is stable."""
    costs = [thousand * 100_000 for thousand in (0, 40, 35, 70, 25, 60, 52, 88)]
    proportional = apportion(costs[-1], [40, 35, 25])
    assert proportional == (3_520_000, 3_080_000, 2_200_000)
    (found,) = better_alone(costs, proportional)
    assert (found.group, found.pays, found.alone) == (0b110, 5_280_000, 5_200_000)
    assert better_alone(costs, [int(one) for one in shapley(costs)]) == ()
    worst = better_alone([0, 10_000, 20_000, 0], [10_051, 20_060])
    assert [one.group for one in worst] == [0b10, 0b01]
    assert better_alone([0, 10_000, 20_000, 0], [10_000 + TOLERANCE, 20_000]) == ()


def test_ten_partners_within_a_second() -> None:
    costs = [0] + [1_000_000 + 7919 * group for group in range(1, 1024)]
    start = perf_counter()
    shares = shapley(costs)
    better_alone(costs, apportion(costs[-1], [1] * 10))
    assert perf_counter() - start < 1
    assert sum(shares) == costs[-1]
