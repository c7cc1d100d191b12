"""Premium principles against closed forms (METHOD 11.2; Wang 2000; Young 2004)."""

from collections.abc import Callable
from math import fsum

import numpy as np
import pytest
from scipy.special import ndtri

from appraise.model.appraisal.constraints import Pricing, Principle
from appraise.model.supplier_price import Event, Outcomes, price, price_by_probability

QUARTER = Event(0.25, 4, 4, 4)
SPREAD = Event(0.25, 1, 2, 6)


def by(principle: str, strength: float, competition: float = 1.0) -> Pricing:
    return Pricing(principle=Principle(principle), strength=strength, competition=competition)


@pytest.mark.parametrize(
    ("pricing", "expected"),
    [
        (by("expected_value", 0), 1.0),
        (by("expected_value", 0.25), 1.25),
        (by("standard_deviation", 0.35), 1.60622),
        (by("wang", 0), 1.0),
        (by("wang", 0.35), 1.49113),
        (by("wang", 0.8416), 2.26543),
        (by("cvar", 0.8), 4.0),
        (by("proportional_hazard", 1.5), 1.58740),
        (by("percentile", 0.7), 0.0),  # an event of 25 % costs nothing in 70 of 100
        (by("percentile", 0.8), 4.0),
    ],
)
def test_one_event_of_one_size(pricing: Pricing, expected: float) -> None:
    assert price([QUARTER], pricing).total == pytest.approx(expected, abs=5e-6)


@pytest.mark.parametrize(
    ("pricing", "expected"),
    [
        (by("expected_value", 0), 0.625),
        (by("standard_deviation", 0.35), 1.03307),
        (by("wang", 0.35), 0.99166),
        (by("cvar", 0.8), 2.76751),
    ],
)
def test_one_event_of_uncertain_size(pricing: Pricing, expected: float) -> None:
    """A quarter of PERT(1, 2, 6)."""
    assert price([SPREAD], pricing).total == pytest.approx(expected, abs=5e-6)


def sample(quantiles: Callable[[np.ndarray], np.ndarray], count: int = 8000) -> Outcomes:
    """A certain event of any size, as even slices of its distribution."""
    slices = quantiles((np.arange(count) + 0.5) / count)
    return Outcomes(1.0, 0.0, tuple(slices.tolist()), (1 / count,) * count)


def test_sums_of_any_distribution() -> None:
    """Wang of a normal sum: mean + lambda sd; of a lognormal one with (1, .6): e^(1 + .6 x .35 + .18) = 4.01485."""
    normal = sample(lambda chance: 10 + 2 * ndtri(chance))
    lognormal = sample(lambda chance: np.exp(1 + 0.6 * ndtri(chance)))
    assert price([normal], by("wang", 0.35)).total == pytest.approx(10.7, abs=2e-3)
    assert price([lognormal], by("wang", 0.35)).total == pytest.approx(4.01485, abs=4e-3)
    assert price([normal], by("standard_deviation", 0.35)).total == pytest.approx(10.7, abs=2e-3)


def test_an_event_as_a_list_of_outcomes_has_the_same_price() -> None:
    listed = Outcomes(0.25, 0.0, (4.0,), (1.0,))
    for pricing in (by("wang", 0.35), by("cvar", 0.8), by("proportional_hazard", 1.5), by("standard_deviation", 0.35)):
        assert price([listed], pricing).total == pytest.approx(price([QUARTER], pricing).total, abs=1e-9)
        mixed, plain = price([listed, SPREAD], pricing), price([QUARTER, SPREAD], pricing)
        assert mixed.parts == pytest.approx(plain.parts, abs=1e-7)


@pytest.mark.parametrize("principle", Principle)
def test_a_price_by_probability_is_the_price_at_that_probability(principle: Principle) -> None:
    """A gain, a certain sum and an event of uncertain size in one pool, the first getting likelier."""
    pricing = by(principle.value, {"proportional_hazard": 1.5}.get(principle.value, 0.7), 0.8)
    events = [Outcomes(0.3, -0.5, (1.5, 3.0), (0.6, 0.4)), Outcomes(0.2, 0.7, (0.7,), (1.0,)), SPREAD]
    asked = price_by_probability(events, 0, pricing)
    for probability in (0.0, 0.3, 0.65, 1.0):
        wanted = price([events[0].at(probability), *events[1:]], pricing)
        assert asked(probability).total == pytest.approx(wanted.total, abs=1e-6)
        assert asked(probability).parts == pytest.approx(wanted.parts, abs=1e-6)
    certain = price_by_probability(events, 1, pricing)
    assert certain(0.9).total == pytest.approx(price(events, pricing).total, abs=1e-9)


def test_twelve_events_in_one_pool_cost_less_than_one_by_one() -> None:
    pooled = price([QUARTER] * 12, by("wang", 0.35))
    assert pooled.total == pytest.approx(14.0945, abs=5e-4)
    assert 12 * price([QUARTER], by("wang", 0.35)).total == pytest.approx(17.8936, abs=5e-5)
    assert pooled.parts == pytest.approx([pooled.total / 12] * 12)


def test_the_parts_of_a_pool_follow_the_weights_of_the_principle() -> None:
    """(.25, 4) and (.5, 2): 2.66535 = 1.49113 + 1.17422."""
    found = price([QUARTER, Event(0.5, 2, 2, 2)], by("wang", 0.35))
    assert found.total == pytest.approx(2.66535, abs=5e-5)
    assert found.parts == pytest.approx((1.49113, 1.17422), abs=5e-5)
    assert fsum(found.parts) == pytest.approx(found.total)


def test_competition_holds_down_the_loading_and_never_the_expected_cost() -> None:
    full, none, half = (price([QUARTER], by("wang", 0.35, share)).total for share in (1.0, 0.0, 0.5))
    assert none == pytest.approx(1.0)
    assert half == pytest.approx((full + 1) / 2)


def test_what_cannot_cost_anything_changes_no_price() -> None:
    alone = price([QUARTER], by("wang", 0.35))
    both = price([QUARTER, Event(0.0, 1, 2, 3), Event(0.5, 0, 0, 0)], by("wang", 0.35))
    assert both.parts == (*alone.parts, 0.0, 0.0)
    assert price([], by("wang", 0.35)).total == 0
