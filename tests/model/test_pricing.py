"""How prices of suppliers must move, whatever they carry (METHOD 11.2 and 15, number 12)."""

import os
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, Pricing, Principle, SupplierView
from appraise.model.appraisal.document import Appraisal
from appraise.model.evaluate import Part, evaluate
from appraise.model.pricing import PRESETS, pool_of, pool_price
from appraise.model.results import OptionResult
from appraise.model.supplier_price import Event, price
from tests.builders import appraisal, line
from tests.model.random_appraisals import random_appraisal, rich_appraisal

MORE = 10 if os.environ.get("APPRAISE_SOAK") else 1
PARTS = frozenset({Part.ECONOMIC, Part.FINANCIAL, Part.SETTLING})
#: A pool stands on some 4,096 even steps: what a price may be off by that.
STEPS = 1e-3

CHANCES = st.integers(1, 100).map(lambda percent: percent / 100)
SIZES = st.integers(0, 5_000_000)
EVENTS = st.builds(
    lambda chance, sizes: Event(chance, *sorted(sizes)), CHANCES, st.tuples(SIZES, SIZES, st.integers(1, 5_000_000))
)
POOLS = st.lists(EVENTS, min_size=1, max_size=5).map(tuple)
COMPETITION = st.integers(0, 100).map(lambda percent: percent / 100)
#: Strengths in growing order, within what the checks allow.
STRENGTHS = {
    Principle.EXPECTED_VALUE: st.floats(0, 5),
    Principle.STANDARD_DEVIATION: st.floats(0, 5),
    Principle.CVAR: st.floats(0.01, 0.99),
    Principle.PERCENTILE: st.floats(0.01, 0.99),
    Principle.WANG: st.floats(0, 3),
    Principle.PROPORTIONAL_HAZARD: st.floats(1, 3),
}


@st.composite
def pricings(draw: st.DrawFn, *but: Principle) -> Pricing:
    principle = draw(st.sampled_from([one for one in Principle if one not in but]))
    return Pricing(principle=principle, strength=draw(STRENGTHS[principle]), competition=draw(COMPETITION))


def expected(events: tuple[Event, ...]) -> float:
    return sum(event.mean for event in events)


def loaded(pricing: Pricing, events: tuple[Event, ...]) -> float:
    return price(events, pricing).total


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings())
def test_the_parts_of_a_price_add_up(events: tuple[Event, ...], pricing: Pricing) -> None:
    found = price(events, pricing)
    assert len(found.parts) == len(events)
    assert sum(found.parts) == pytest.approx(found.total, rel=1e-9, abs=1e-6)


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings(Principle.PERCENTILE))
def test_no_supplier_asks_less_than_it_expects(events: tuple[Event, ...], pricing: Pricing) -> None:
    """A percentile may: so it is no price for one event."""
    assert loaded(pricing, events) >= expected(events) * (1 - 1e-9)


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings(Principle.PERCENTILE))
def test_a_pool_is_never_dearer_than_its_events_one_by_one(events: tuple[Event, ...], pricing: Pricing) -> None:
    alone = sum(loaded(pricing, (event,)) for event in events)
    assert loaded(pricing, events) <= alone * (1 + STEPS)


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings(Principle.PERCENTILE), st.data())
def test_a_more_careful_supplier_asks_no_less(events: tuple[Event, ...], pricing: Pricing, data: st.DataObject) -> None:
    more = data.draw(STRENGTHS[pricing.principle])
    low, high = sorted((pricing.strength, more))
    assert loaded(replace(pricing, strength=low), events) <= loaded(replace(pricing, strength=high), events) * (
        1 + 1e-9
    )


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings())
def test_competition_acts_on_the_loading_only(events: tuple[Event, ...], pricing: Pricing) -> None:
    mean, full = expected(events), loaded(replace(pricing, competition=1.0), events)
    assert loaded(replace(pricing, competition=0.0), events) == pytest.approx(mean, rel=1e-9)
    wanted = mean + pricing.competition * (full - mean)
    assert loaded(pricing, events) == pytest.approx(wanted, rel=1e-9, abs=1e-6)


@settings(max_examples=60 * MORE, deadline=None)
@given(POOLS, pricings(), EVENTS)
def test_what_cannot_cost_anything_moves_no_price(events: tuple[Event, ...], pricing: Pricing, idle: Event) -> None:
    """METHOD 15, number 12."""
    found = price(events, pricing)
    for nothing in (replace(idle, probability=0.0), replace(idle, low=0, likely=0, high=0)):
        wider = price((nothing, *events), pricing)
        assert wider.total == found.total
        assert wider.parts == (0.0, *found.parts)


# In a document


def option_of(document: Appraisal, key: str) -> OptionResult:
    return next(one for one in evaluate(document, parts=PARTS).options if one.id == key)


def sevenths(number: int) -> Impact:
    """Three sizes in pence that are no round numbers."""
    return Impact(low=Decimal(number) / 100, likely=Decimal(2 * number) / 100, high=Decimal(7 * number) / 100)


def transferred(number: int, chance: float, option: str, *, view: SupplierView | None) -> Constraint:
    """All of it is the supplier's, in year 0, with nothing left to claim."""
    return Constraint(
        id="transferred",
        name="Transferred",
        probability=chance,
        impact=sevenths(number),
        bearings=(Bearing(option=option, bearer=Bearer.SUPPLIER, uplift=0.3, dispute_cost=Decimal("900.00")),),
        view=view,
    )


@settings(max_examples=40 * MORE, deadline=None)
@given(st.integers(0, 10**9), pricings(), st.integers(1, 10**9), CHANCES, st.booleans())
def test_a_constraint_transferred_whole_adds_its_price_and_nothing_else(
    seed: int, pricing: Pricing, number: int, chance: float, believes: bool
) -> None:
    """METHOD 15, number 12: nothing of it is kept, and costs rise by the premium, which is its part of the pool."""
    document = random_appraisal(seed)
    key = document.options[0].id
    options = tuple(replace(one, pricing=pricing) for one in document.options)
    kept = tuple(
        replace(one, bearings=tuple(replace(borne, bearer=Bearer.IN_HOUSE) for borne in one.bearings))
        for one in document.constraints
    )
    document = replace(document, options=options, constraints=kept)
    view = SupplierView(probability=min(1.0, chance + 0.1), impact=sevenths(2 * number)) if believes else None
    wider = replace(document, constraints=(*kept, transferred(number, chance, key, view=view)))
    before, after = option_of(document, key), option_of(wider, key)
    (part,) = after.supplier_premium.by_constraint
    assert part.priced == after.supplier_premium.pooled == after.economic.premium
    assert after.economic.retained == before.economic.retained
    assert after.financial.contingency_by_year == before.financial.contingency_by_year
    assert abs(after.economic.npc - before.economic.npc - part.priced) <= Decimal("0.02")
    assert abs(after.financial.total - before.financial.total - part.priced) <= Decimal("0.01")
    assert abs(after.supplier_premium.expected - _mean(wider.constraints[-1])) <= Decimal("0.01")
    gap = _mean(view) - after.supplier_premium.expected if view else Decimal(0)
    assert abs(after.supplier_premium.view_gap - gap) <= Decimal("0.01")


def _mean(seen: SupplierView | Constraint) -> Decimal:
    impact = seen.impact
    mean = Decimal(repr(seen.probability)) * (impact.low + 4 * impact.likely + impact.high) / 6
    return mean.quantize(Decimal("0.01"))


@settings(max_examples=40 * MORE, deadline=None)
@given(st.integers(0, 10**9), pricings())
def test_what_a_supplier_adds_is_shown_in_parts_that_add_up(seed: int, pricing: Pricing) -> None:
    """Expected, view gap, loading and management make the pooled price; so do the constraints, and so do the lots."""
    document = rich_appraisal(seed)
    document = replace(document, options=tuple(replace(one, pricing=pricing) for one in document.options))
    for option in evaluate(document, parts=PARTS).options:
        found = option.supplier_premium
        assert found.expected + found.view_gap + found.loading + found.management == found.pooled
        penny = Decimal("0.01") * (1 + len(found.by_constraint))
        assert abs(sum((one.priced for one in found.by_constraint), Decimal(0)) - found.pooled) <= penny
        assert abs(sum((one.authority for one in found.by_constraint), Decimal(0)) - found.expected) <= penny
        assert abs(sum((one.pooled for one in found.lots), Decimal(0)) - found.pooled) <= penny
        if pricing.principle is not Principle.PERCENTILE:
            reach = Decimal(repr(sum(one.event.most for one in pool_of(document, option.id))))
            assert found.loading >= -penny - reach * Decimal("1E-9")
            assert found.pooled <= found.standalone + reach * Decimal(repr(STEPS)) + penny


@pytest.mark.parametrize("principle", Principle)
def test_a_view_moves_the_price_and_never_what_is_kept(principle: Principle) -> None:
    """METHOD 11: the supplier's view is no fact about the world."""
    impact = Impact(low=Decimal(100), likely=Decimal(200), high=Decimal(600))
    claims = Bearing(option="b", bearer=Bearer.COMPENSATION, admitted=0.5, uplift=0.2, dispute_cost=Decimal(10))
    plain = Constraint(id="k", name="K", probability=0.3, impact=impact, bearings=(claims, Bearing(option="a")))
    seen = replace(plain, view=SupplierView(probability=0.6, impact=impact))
    pricing = Pricing(principle=principle, strength=PRESETS[principle])
    document = appraisal(2, lines=(line("x", "a", 1), line("y", "b", 1, treatment="supplier_charge")))
    usual, other = document.options
    document = replace(document, options=(usual, replace(other, pricing=pricing)))
    before, after = (replace(document, constraints=(one,)) for one in (plain, seen))
    one, two = option_of(before, "b"), option_of(after, "b")
    assert two.economic.retained == one.economic.retained > 0
    assert two.supplier_premium.expected == one.supplier_premium.expected
    assert two.supplier_premium.view_gap == two.supplier_premium.expected
    assert two.supplier_premium.pooled > one.supplier_premium.pooled
    assert option_of(after, "a").economic == option_of(before, "a").economic
    assert pool_price(after, "a").pooled == 0
