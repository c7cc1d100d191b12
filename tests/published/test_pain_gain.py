"""Who pays and what suppliers ask where a constraint is shared, claimed, managed or split (METHOD 11.1 and 11.2)."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta, triang, uniform

from appraise.model.appraisal.constraints import (
    Band,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Management,
    PainGain,
    Pricing,
    Principle,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.pain_gain import authority_pays, authority_pays_exactly, supplier_bears
from appraise.model.pricing import SLICES, pool_of, pool_price, risk_of, supplier_premium
from appraise.model.risk_premium import Expected, constraint_cost, expected_payment, mean_impact
from appraise.model.supplier_price import Event, Outcomes, price
from tests.builders import appraisal, constraint, line

#: METHOD gives its examples in units; in pounds a unit is a million, so that rounding to pence is far away.
UNIT = 1_000_000
WANG = Pricing(principle=Principle.WANG, strength=0.35)


def units(number: float) -> Decimal:
    return (Decimal(str(number)) * UNIT).quantize(Decimal("0.01"))


def shares(authority: float, *, cap: float | None = None, target: float = 1, gain: float | None = None) -> PainGain:
    """One share for pain and gain alike, as the examples have it."""
    return PainGain(
        target=units(target),
        gain=authority if gain is None else gain,
        bands=(Band(share=authority),),
        cap=None if cap is None else units(cap),
    )


def met(*bearings: Bearing, p: float = 0.25, impact: float | tuple[float, float, float] = 4) -> Constraint:
    sizes = impact if isinstance(impact, tuple) else (impact,) * 3
    return constraint("k", p, tuple(float(units(size)) for size in sizes), *bearings)


def document(*constraints: Constraint, pricing: Pricing = WANG) -> Appraisal:
    made = appraisal(1, lines=(line("x", "a", 1), line("y", "b", 1)))
    return replace(made, options=tuple(replace(one, pricing=pricing) for one in made.options), constraints=constraints)


def asked(*constraints: Constraint, pricing: Pricing = WANG) -> float:
    return float(pool_price(document(*constraints, pricing=pricing), "a").pooled) / UNIT


def kept(one: Constraint) -> float:
    return float(constraint_cost(one, "a").retained) / UNIT


def part(bearer: Bearer, **fields: object) -> Bearing:
    return replace(Bearing(option="a", bearer=bearer), **fields)


# Pain and gain


@pytest.mark.parametrize(
    ("terms", "bites", "does_not", "expected", "priced"),
    [
        (shares(0.5), 2.5, 0.5, 1.0, 0.24557),
        (shares(0.5, cap=1.0), 3.0, 0.5, 1.125, 0.05917),
        (shares(1.0), 4.0, 0.0, 1.0, 0.0),  # cost-plus
        (shares(0.0), 1.0, 1.0, 1.0, 0.49113),  # a fixed price: with it 1.49113, as priced in
    ],
)
def test_pain_and_gain(terms: PainGain, bites: float, does_not: float, expected: float, priced: float) -> None:
    """P .25, I 4, T 1; the supplier prices its own net position by Wang .35."""
    paid = authority_pays(terms, np.array([4.0, 0.0]) * UNIT) / UNIT
    assert paid == pytest.approx([bites, does_not])
    one = met(part(Bearer.PAIN_GAIN, terms=terms))
    assert kept(one) == pytest.approx(expected)
    assert asked(one) == pytest.approx(priced, abs=6e-6)


def test_the_authority_pays_in_all() -> None:
    """1.24557, capped 1.18418, fixed price 1.49113: the last is what it costs priced in."""
    for terms, whole in ((shares(0.5), 1.24557), (shares(0.5, cap=1.0), 1.18418), (shares(0.0), 1.49113)):
        one = met(part(Bearer.PAIN_GAIN, terms=terms))
        assert kept(one) + asked(one) == pytest.approx(whole, abs=1.1e-5)
    assert asked(met(part(Bearer.SUPPLIER))) == pytest.approx(1.49113, abs=5e-6)


def test_bands_share_each_part_of_what_is_over_the_target() -> None:
    """Target 1: the first unit over it at .2, the next two at .5, the rest at .9."""
    bands = (Band(up_to=units(1), share=0.2), Band(up_to=units(3), share=0.5), Band(share=0.9))
    terms = PainGain(target=units(1), gain=0.5, bands=bands)
    outturns = np.array([0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0]) * UNIT
    wanted = [0.5, 1.0, 1.1, 1.2, 1.7, 2.2, 4.0]
    assert authority_pays(terms, outturns) / UNIT == pytest.approx(wanted)
    assert supplier_bears(terms, outturns) / UNIT == pytest.approx([-0.5, 0, 0.4, 0.8, 1.3, 1.8, 2.0])
    capped = replace(terms, cap=units(1.5))
    assert supplier_bears(capped, outturns) / UNIT == pytest.approx([-0.5, 0, 0.4, 0.8, 1.3, 1.5, 1.5])


def test_the_last_band_has_no_end_and_without_bands_the_supplier_bears_what_is_over() -> None:
    ended = PainGain(target=Decimal(10), bands=(Band(up_to=Decimal(5), share=0.5),))
    assert authority_pays(ended, np.array([30.0])) == pytest.approx([20.0])
    assert authority_pays(replace(ended, bands=()), np.array([30.0])) == pytest.approx([10.0])


PENCE = st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100)
PERCENT = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def terms_of_any_kind(draw: st.DrawFn) -> PainGain:
    ends = sorted(draw(st.lists(PENCE, max_size=3)))
    bands = tuple(Band(up_to=end, share=draw(PERCENT)) for end in (*ends, None))
    return PainGain(target=draw(PENCE), gain=draw(PERCENT), bands=bands, cap=draw(st.none() | PENCE))


@given(terms_of_any_kind(), PENCE, PENCE)
def test_payments_rise_with_the_outturn_and_nobody_pays_more_than_it(
    terms: PainGain, one: Decimal, two: Decimal
) -> None:
    low, high = sorted((one, two))
    paid = authority_pays(terms, np.array([float(low), float(high)]))
    exact = [authority_pays_exactly(terms, low), authority_pays_exactly(terms, high)]
    assert paid == pytest.approx([float(pounds) for pounds in exact], abs=1e-4)
    assert exact[0] <= exact[1] <= exact[0] + high - low
    if terms.cap is not None and high > terms.target:
        assert high - exact[1] <= terms.cap
    assert authority_pays_exactly(terms, terms.target) == terms.target


@pytest.mark.parametrize("shape", [Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM])
def test_the_expected_payment_of_an_uncertain_impact_is_its_integral(shape: Shape) -> None:
    low, likely, high, p, share = 2.0, 3.0, 9.0, 0.3, 0.6
    known = {
        Shape.PERT: beta(1 + 4 / 7, 1 + 24 / 7, low, high - low),
        Shape.TRIANGULAR: triang(1 / 7, low, high - low),
        Shape.UNIFORM: uniform(low, high - low),
    }[shape]
    bands = (Band(up_to=units(1), share=0.2), Band(share=0.7))
    terms = PainGain(target=units(1.5), gain=0.4, bands=bands, cap=units(1.1))

    def paid(size: float) -> float:
        return float(authority_pays_exactly(terms, units(share * size))) / UNIT

    kinks = [size / share for size in (1.5, 2.5) if low < size / share < high]
    bites = quad(lambda size: known.pdf(size) * paid(size), low, high, points=kinks, limit=200)[0]
    impact = Impact(low=units(low), likely=units(likely), high=units(high), shape=shape)
    bearing = Bearing(option="a", bearer=Bearer.PAIN_GAIN, share=share, terms=terms)
    found = float(expected_payment(bearing, p, impact)) / UNIT
    assert found == pytest.approx(p * bites + (1 - p) * paid(0), rel=1e-5)
    assert float(mean_impact(impact)) / UNIT == pytest.approx(known.mean())


def test_what_one_side_does_not_pay_the_other_does() -> None:
    one = met(part(Bearer.PAIN_GAIN, terms=shares(0.3, cap=2)), impact=(1, 2, 6), p=0.4)
    cost = constraint_cost(one, "a")
    assert cost.premium + cost.retained == pytest.approx(Decimal("0.4") * units(2.5))


def test_a_gain_that_suppliers_expect_is_not_loaded_at_expected_value() -> None:
    """P .1 of 4 against a target of 1 at .5: they expect to be .3 better off, and ask .3 less."""
    loaded = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.5)
    gains, pains = (met(part(Bearer.PAIN_GAIN, terms=shares(0.5)), p=p) for p in (0.1, 0.5))
    assert asked(gains, pricing=loaded) == pytest.approx(-0.3)
    assert asked(pains, pricing=loaded) == pytest.approx(0.5 * 1.5)
    (carried,) = pool_of(document(gains), "a")
    assert price([carried.event], loaded).total / UNIT == pytest.approx(-0.3)


@pytest.mark.parametrize("principle", [one for one in Principle if one is not Principle.EXPECTED_VALUE])
def test_a_certain_gain_moves_a_price_by_as_much(principle: Principle) -> None:
    """What may be a gain is priced from the largest gain up, which is taken off again."""
    pricing = Pricing(principle=principle, strength={Principle.PROPORTIONAL_HAZARD: 1.5}.get(principle, 0.8))
    lower = Outcomes(0.25, -0.5, (3.5,), (1.0,))
    assert price([lower], pricing).total == pytest.approx(price([Event(0.25, 4, 4, 4)], pricing).total - 0.5, abs=1e-9)


# Claims and managing


def test_a_residual_claim_comes_on_top_of_the_price() -> None:
    """P .25, in .2 of it a claim for half, u .15, D .3: Pi + p q ((1 + u) r m + D) = Pi + .13."""
    terms = {"residual_probability": 0.2, "residual_share": 0.5, "uplift": 0.15, "dispute_cost": units(0.3)}
    one = met(part(Bearer.SUPPLIER, **terms))
    assert kept(one) == pytest.approx(0.13)
    assert asked(one) == pytest.approx(1.49113, abs=5e-6)
    half = met(part(Bearer.SUPPLIER, share=0.5, **terms), part(Bearer.IN_HOUSE, share=0.5))
    assert kept(half) == pytest.approx(0.5 + 0.25 * 0.2 * (1.15 * 0.5 * 2 + 0.3))
    assert kept(met(part(Bearer.SUPPLIER, **(terms | {"residual_probability": 0.0})))) == 0


def claim(**fields: object) -> Bearing:
    return part(Bearer.COMPENSATION, admitted=0.8, uplift=0.15, dispute_cost=units(0.3), **fields)


def test_a_compensation_event() -> None:
    """P .25, q .8, u .15, D .3, m 4: .98 through claims, the unrecovered event .39074; in all p [m + q (u m + D)]."""
    one = met(claim())
    cost = constraint_cost(one, "a")
    assert kept(one) == pytest.approx(0.98)
    assert float(cost.premium + cost.retained) / UNIT == pytest.approx(1.18)
    assert asked(one) == pytest.approx(0.39074, abs=5e-6)
    assert kept(met(claim(dispute_if_refused=True))) == pytest.approx(0.995)


def test_managing_makes_a_transfer_pay() -> None:
    """The authority keeps 1.0; a supplier that brings p to .10 asks .70314, and as much as 1.0 at p .152802."""
    assert kept(met(part(Bearer.IN_HOUSE))) == pytest.approx(1.0)
    managed = met(part(Bearer.SUPPLIER, managed=Management(probability=0.10, cost=units(0.1), evidence="Test")))
    assert asked(managed) == pytest.approx(0.70314 + 0.1 - 0.1, abs=5e-6)
    assert asked(met(part(Bearer.SUPPLIER), p=0.152802)) == pytest.approx(1.0, abs=5e-6)


def test_what_a_bearer_does_about_it_holds_for_the_whole_option_and_is_paid_by_whoever_does_it() -> None:
    effect = Management(probability=0.1, cost=units(0.2), evidence="Test")
    half = {"share": 0.5}
    by_supplier = met(part(Bearer.SUPPLIER, managed=effect, **half), part(Bearer.IN_HOUSE, **half))
    by_authority = met(part(Bearer.SUPPLIER, **half), part(Bearer.IN_HOUSE, managed=effect, **half))
    expected = Expected(premium=units(0.2), retained=units(0.2), management=units(0.2), management_priced=True)
    assert constraint_cost(by_supplier, "a") == expected
    assert constraint_cost(by_authority, "a") == replace(expected, management_priced=False)
    assert constraint_cost(by_supplier, "b") == Expected(premium=Decimal(0), retained=Decimal(0))
    shown = supplier_premium(document(by_supplier), "a", units(10))
    assert shown.management == units(0.2)
    assert shown.expected + shown.view_gap + shown.loading + shown.management == shown.pooled
    assert [one.pooled for one in shown.lots] == [shown.pooled]
    assert sum(one.priced for one in shown.by_constraint) == shown.pooled
    assert supplier_premium(document(by_authority), "a", units(10)).management == 0


def test_what_the_supplier_manages_itself_takes_the_place_of_its_view() -> None:
    view = SupplierView(probability=0.6, impact=met().impact)
    effect = Management(probability=0.1, evidence="Test")
    own = replace(met(part(Bearer.SUPPLIER, managed=effect)), view=view)
    others = replace(met(part(Bearer.SUPPLIER, share=0.5), part(Bearer.IN_HOUSE, share=0.5, managed=effect)), view=view)
    assert asked(own) == pytest.approx(0.70314, abs=5e-6)
    ((seen,),) = (pool_of(document(others), "a"),)
    assert (seen.event.probability, seen.supplier, seen.authority) == (0.6, units(1.2), units(0.2))


# Several parts of one constraint, and lots


def test_parts_of_one_constraint_are_one_event_of_the_pool() -> None:
    """Half priced, half claimed with .6 admitted: 2 with .15, 4 with .10 of the whole."""
    parts = (part(Bearer.SUPPLIER, share=0.5), part(Bearer.COMPENSATION, share=0.5, admitted=0.6))
    (carried,) = pool_of(document(met(*parts)), "a")
    assert carried.event == Outcomes(0.25, 0.0, (2.0 * UNIT, 4.0 * UNIT), (0.6, 0.4))
    wang = price([carried.event], WANG).total / UNIT
    from scipy.special import ndtr, ndtri

    by_hand = 2 * ndtr(ndtri(0.25) + 0.35) + 2 * ndtr(ndtri(0.10) + 0.35)
    assert wang == pytest.approx(by_hand, abs=5e-6)
    assert asked(met(*parts)) == pytest.approx(by_hand, abs=5e-6)


def test_a_share_is_priced_as_a_smaller_impact_and_the_rest_is_kept() -> None:
    one = met(part(Bearer.SUPPLIER, share=0.3), part(Bearer.IN_HOUSE, share=0.7), impact=(1, 2, 6))
    assert asked(one) == pytest.approx(0.3 * 0.99166, abs=5e-6)
    assert kept(one) == pytest.approx(0.7 * 0.625)


def test_a_part_without_a_share_bears_nothing() -> None:
    bare = part(Bearer.COMPENSATION, share=0.0, dispute_cost=units(9), dispute_if_refused=True)
    assert constraint_cost(met(part(Bearer.IN_HOUSE), bare), "a") == constraint_cost(met(part(Bearer.IN_HOUSE)), "a")
    idle = part(Bearer.PAIN_GAIN, share=0.0, terms=shares(0.5))
    assert pool_of(document(met(part(Bearer.IN_HOUSE), idle)), "a") == ()


def test_an_uncertain_impact_of_several_parts_is_priced_as_that_of_one() -> None:
    """A claim that is always refused beside a priced share: the whole of PERT(1, 2, 6), in slices."""
    parts = (part(Bearer.SUPPLIER, share=0.4), part(Bearer.COMPENSATION, share=0.6, admitted=0.0))
    sliced = asked(met(*parts, impact=(1, 2, 6)))
    assert sliced == pytest.approx(0.99166, rel=2e-4)
    event = risk_of(parts, 0.25, met(impact=(1, 2, 6)).impact)
    assert len(event.pounds) == SLICES
    assert event.mean == pytest.approx(0.625 * UNIT)


def test_twelve_constraints_in_one_contract_and_two_with_their_parts() -> None:
    """12 of (.25, 4): 14.0945 pooled, 17.8936 alone; (.25, 4) and (.5, 2): 1.49113 + 1.17422."""
    twelve = [replace(met(part(Bearer.SUPPLIER)), id=f"k{number:02}") for number in range(12)]
    found = supplier_premium(document(*twelve), "a", Decimal(0))
    assert float(found.pooled) / UNIT == pytest.approx(14.0945, abs=5e-5)
    assert float(found.standalone) / UNIT == pytest.approx(17.8936, abs=5e-5)
    assert float(found.expected) == 12 * UNIT
    two = (met(part(Bearer.SUPPLIER)), replace(met(part(Bearer.SUPPLIER), p=0.5, impact=2), id="l"))
    parts = pool_price(document(*two), "a").parts
    assert [float(parts[key]) / UNIT for key in ("k", "l")] == pytest.approx([1.49113, 1.17422], abs=5e-6)


def test_two_lots_are_two_pools() -> None:
    lots = [
        replace(met(part(Bearer.SUPPLIER, lot=lot)), id=f"k{number}")
        for number, lot in enumerate(("Roads", "Drains", " roads ", "drains"))
    ]
    found = supplier_premium(document(*lots), "a", Decimal(0))
    apart = [supplier_premium(document(*lots[place::2]), "a", Decimal(0)) for place in (0, 1)]
    assert [(one.lot, one.pooled) for one in found.lots] == [("Drains", apart[1].pooled), ("Roads", apart[0].pooled)]
    assert found.pooled == apart[0].pooled + apart[1].pooled
    together = [replace(one, bearings=(part(Bearer.SUPPLIER),)) for one in lots]
    assert supplier_premium(document(*together), "a", Decimal(0)).pooled < found.pooled


def test_parts_of_one_constraint_in_two_lots_are_priced_apart() -> None:
    halves = (
        part(Bearer.SUPPLIER, share=0.5, lot="Roads"),
        part(Bearer.COMPENSATION, share=0.5, admitted=0.5, lot="Drains"),
    )
    found = pool_price(document(met(*halves)), "a")
    wang = [price([Event(p, 2, 2, 2)], WANG).total for p in (0.25, 0.125)]
    assert float(found.parts["k"]) / UNIT == pytest.approx(sum(wang), abs=5e-6)
    assert [one.lot for one in found.lots] == ["Drains", "Roads"]


# Impacts that are no PERT distribution


@pytest.mark.parametrize(
    ("shape", "mean", "variance"), [(Shape.UNIFORM, 3.5, 25 / 12), (Shape.TRIANGULAR, 3.0, 21 / 18)]
)
def test_prices_of_other_shapes(shape: Shape, mean: float, variance: float) -> None:
    """A quarter of U(1, 6) or Tri(1, 2, 6): Wang .35 by the integral of its distorted survival function."""
    from scipy.special import ndtr, ndtri

    known = {Shape.UNIFORM: uniform(1, 5), Shape.TRIANGULAR: triang(0.2, 1, 5)}[shape]
    event = Event(0.25, 1, 2, 6, shape)
    assert (event.size, event.mean) == pytest.approx((mean, 0.25 * mean))
    assert event.variance == pytest.approx(0.25 * (variance + mean**2) - (0.25 * mean) ** 2)
    survival = quad(lambda size: ndtr(ndtri(0.25 * known.sf(size)) + 0.35), 0, 6, points=[1, 2], limit=200)[0]
    assert price([event], WANG).total == pytest.approx(survival, rel=1e-5)
