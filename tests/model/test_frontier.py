"""Cost against benefit: against brute force over willingness to pay, and over draws."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.frontier import cost_against_score
from appraise.model.score_results import CostAgainstScore

COSTS = {"bau": 100.0, "in": 130.0, "out": 120.0, "shared": 200.0, "dear": 210.0}
SCORES = {"bau": 20.0, "in": 50.0, "out": 30.0, "shared": 70.0, "dear": 60.0}


def lists(found: CostAgainstScore) -> tuple[list[str], list[str]]:
    undominated = [one.option for one in found.options if one.undominated]
    return undominated, [one.option for one in found.options if one.on_frontier]


def test_the_frontier_by_hand() -> None:
    """From bau to in: 30 for 30 points; to shared: 70 for 20. Out is undominated but under the line; dear is not."""
    found = cost_against_score(COSTS, SCORES)
    assert lists(found) == (["bau", "in", "out", "shared"], ["bau", "in", "shared"])
    assert [(one.cheaper, one.dearer, one.pounds, one.points) for one in found.steps] == [
        ("bau", "in", 30, 30),
        ("in", "shared", 70, 20),
    ]
    assert [one.pounds_per_point for one in found.steps] == [1, 3.5]
    assert all(one.chance is None and one.cost_p10 is None and one.score_p90 is None for one in found.options)


def test_it_begins_at_the_cheapest_and_of_these_at_the_best() -> None:
    found = cost_against_score({"a": 10.0, "b": 10.0, "c": 5.0}, {"a": 90.0, "b": 80.0, "c": 95.0})
    assert lists(found) == (["c"], ["c"])
    assert found.steps == ()
    level = cost_against_score({"a": 10.0, "b": 10.0}, {"a": 80.0, "b": 90.0})
    assert lists(level) == (["b"], ["b"])


def test_an_option_on_a_straight_stretch_is_on_the_frontier() -> None:
    """At 2 a point all three are level."""
    found = cost_against_score({"a": 0.0, "b": 20.0, "c": 40.0}, {"a": 10.0, "b": 20.0, "c": 30.0})
    assert lists(found) == (["a", "b", "c"], ["a", "b", "c"])
    assert [one.pounds_per_point for one in found.steps] == [2, 2]


def test_equals_are_both_on_the_frontier_and_the_step_names_one() -> None:
    found = cost_against_score({"z": 1.0, "y": 1.0, "x": 3.0}, {"z": 10.0, "y": 10.0, "x": 20.0})
    assert lists(found) == (["z", "y", "x"], ["z", "y", "x"])
    assert [(one.cheaper, one.dearer) for one in found.steps] == [("y", "x")]


def test_savings_are_negative_costs() -> None:
    found = cost_against_score({"a": -50.0, "b": 10.0}, {"a": 10.0, "b": 40.0})
    assert found.steps[0].pounds_per_point == 2


def test_nothing_comes_of_nothing_and_other_options_are_refused() -> None:
    assert cost_against_score({}, {}) == CostAgainstScore(options=(), steps=())
    with pytest.raises(ValueError, match="same options"):
        cost_against_score({"a": 1.0}, {"b": 1.0})


PLACES = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.integers(-20, 60), st.integers(0, 20)), min_size=1, max_size=7
)


def split(places: Mapping[str, tuple[int, int]]) -> tuple[dict[str, float], dict[str, float]]:
    return (
        {option: float(cost) for option, (cost, _) in places.items()},
        {option: float(score) for option, (_, score) in places.items()},
    )


def preferred(places: Mapping[str, tuple[int, int]], willing: Fraction) -> set[tuple[int, int]]:
    """Places with the highest willing x score - cost; at 0 the best of the cheapest."""
    net = {place: (willing * place[1] - place[0], place[1] if not willing else 0) for place in places.values()}
    return {place for place, worth in net.items() if worth == max(net.values())}


@settings(max_examples=300, deadline=None)
@given(PLACES)
def test_steps_are_where_the_preferred_option_switches(places: dict[str, tuple[int, int]]) -> None:
    found = cost_against_score(*split(places))
    # every willingness to pay at which two options are level, and what is preferred before and after each
    levels = sorted(
        {
            Fraction(one[0] - other[0], one[1] - other[1])
            for one in places.values()
            for other in places.values()
            if one[1] != other[1] and Fraction(one[0] - other[0], one[1] - other[1]) > 0
        }
    )
    between = [Fraction(0), *[(one + other) / 2 for one, other in pairwise(levels)]]
    if levels:
        between = [Fraction(0), levels[0] / 2, *between[1:], levels[-1] + 1]
    route: list[tuple[int, int]] = []
    for willing in between:
        (best,) = preferred(places, willing)
        if not route or route[-1] != best:
            route.append(best)
    switches = [Fraction(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(route)]
    slopes = [one.pounds_per_point for one in found.steps]
    assert sorted(set(slopes)) == pytest.approx([float(one) for one in switches])
    assert slopes == sorted(slopes)
    along = {places[one.cheaper] for one in found.steps} | {places[one.dearer] for one in found.steps} or {route[0]}
    assert set(route) <= along
    ever = {place for willing in [Fraction(0), *switches, *between] for place in preferred(places, willing)}
    assert {one.option for one in found.options if one.on_frontier} == {
        option for option, place in places.items() if place in ever
    }


@settings(max_examples=200, deadline=None)
@given(PLACES)
def test_undominated_by_a_plain_reading(places: dict[str, tuple[int, int]]) -> None:
    found = cost_against_score(*split(places))
    for one in found.options:
        cost, score = places[one.option]
        beaten = any(
            other[0] <= cost and other[1] >= score and (other[0] < cost or other[1] > score)
            for other in places.values()
        )
        assert one.undominated == (not beaten)
        assert not (one.on_frontier and beaten)


@settings(max_examples=50, deadline=None)
@given(PLACES)
def test_the_order_of_options_changes_nothing(places: dict[str, tuple[int, int]]) -> None:
    turned = dict(reversed(places.items()))
    ours, theirs = cost_against_score(*split(places)), cost_against_score(*split(turned))
    assert ours.steps == theirs.steps
    assert ours.options == theirs.options[::-1]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5), st.integers(1, 60), st.integers(0, 2**32))
def test_chances_count_draws_one_by_one(options: int, draws: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    costs = random.integers(0, 6, (options, draws)).astype(float)
    scores = random.integers(0, 6, (options, draws)).astype(float)
    names = "vwxyz"[:options]
    found = cost_against_score(dict.fromkeys(names, 1.0), dict.fromkeys(names, 1.0), costs, scores)
    for place, one in enumerate(found.options):
        times = sum(
            not any(
                (costs[other, draw], -scores[other, draw]) != (costs[place, draw], -scores[place, draw])
                and costs[other, draw] <= costs[place, draw]
                and scores[other, draw] >= scores[place, draw]
                for other in range(options)
            )
            for draw in range(draws)
        )
        assert one.chance == times / draws
        assert one.error == pytest.approx((one.chance * (1 - one.chance) / draws) ** 0.5)


def test_chances_over_more_draws_than_are_compared_at_a_time() -> None:
    """Two options that cost the same, the first better in every fourth draw of 40,000."""
    draws = 40_000
    costs = np.full((2, draws), 5.0)
    scores = np.vstack((np.full(draws, 50.0), np.where(np.arange(draws) % 4 == 0, 40.0, 60.0)))
    first, second = cost_against_score({"a": 5.0, "b": 5.0}, {"a": 50.0, "b": 55.0}, costs, scores).options
    assert (first.chance, second.chance) == (0.25, 0.75)
    assert first.error == pytest.approx((0.25 * 0.75 / draws) ** 0.5)


def test_what_rounding_leaves_between_equals_dominates_nobody() -> None:
    costs = np.array([[0.1 + 0.2], [0.3]])
    scores = np.array([[100 / 3 * 3 + 1e-13], [100.0]])
    found = cost_against_score({"a": 0.1 + 0.2, "b": 0.3}, {"a": 100.0, "b": 100.0 + 1e-13}, costs, scores)
    assert [one.chance for one in found.options] == [1, 1]
    assert lists(found) == (["a", "b"], ["a", "b"])


def test_ranges_are_straight_between_order_statistics() -> None:
    """Of 0 to 10 the 1 in 10 and 9 in 10 points are 1 and 9; of 0, 1 they are .1 and .9."""
    eleven = np.arange(11.0)[::-1].reshape(1, -1)
    (one,) = cost_against_score({"a": 5.0}, {"a": 5.0}, eleven, eleven / 2).options
    assert (one.cost_p10, one.cost_p90, one.score_p10, one.score_p90) == pytest.approx((1, 9, 0.5, 4.5))
    (two,) = cost_against_score({"a": 5.0}, {"a": 5.0}, np.array([[0.0, 1.0]]), None).options
    assert (two.cost_p10, two.cost_p90) == pytest.approx((0.1, 0.9))
    assert two.score_p10 is None
    assert two.chance is None


def test_draws_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(ValueError, match="belong together"):
        cost_against_score({"a": 5.0}, {"a": 5.0}, np.zeros((1, 3)), np.zeros((1, 4)))
