"""Expected payments of pain and gain, from bend to bend, and when what a bearer does counts."""

from decimal import Decimal

import numpy as np
import pytest

from appraise.model.appraisal.constraints import Band, Bearing, Constraint, Impact, Management, PainGain
from appraise.model.appraisal.lines import Shape
from appraise.model.pain_gain import authority_pays, bends
from appraise.model.risk_premium import (
    claimed_manager,
    constraint_cost,
    faced,
    manager_of,
    mean_impact,
    mean_payment,
    mean_up_to,
)
from appraise.model.uncertainty import spread_of_impact

TERMS = PainGain(
    target=Decimal(110),
    gain=0.4,
    bands=(Band(up_to=Decimal(60), share=0.3), Band(up_to=Decimal(100), share=0.9), Band(share=0.5)),
    cap=Decimal(50),
)
SHAPES = (Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM)


def impact(shape: Shape) -> Impact:
    return Impact(low=Decimal(40), likely=Decimal(120), high=Decimal(400), shape=shape)


def test_where_the_payment_bends() -> None:
    """Pain grows by .7, .1, .5 of a pound; 42 and 4 are borne at 100 over the target, so 8 more to the cap."""
    assert bends(TERMS) == (0, 110, 170, 210, 218)
    assert bends(PainGain(target=Decimal(5))) == (0, 5)


@pytest.mark.parametrize("shape", SHAPES)
def test_what_falls_under_a_sum(shape: Shape) -> None:
    sizes = spread_of_impact(impact(shape)).slices(100_000)
    for most in (0, 40, 90, 120, 260, 400, 900):
        plain = np.minimum(sizes, most).mean()
        assert float(mean_up_to(impact(shape), Decimal(most))) == pytest.approx(plain, rel=1e-5)
    assert mean_up_to(impact(shape), Decimal(500)) == mean_impact(impact(shape))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("share", [1.0, 0.4])
def test_what_the_authority_pays_on_average(shape: Shape, share: float) -> None:
    plain = authority_pays(TERMS, share * spread_of_impact(impact(shape)).slices(100_000)).mean()
    assert float(mean_payment(TERMS, share, impact(shape))) == pytest.approx(plain, rel=1e-5)


def test_a_certain_impact_is_paid_exactly() -> None:
    certain = Impact(low=Decimal(190), likely=Decimal(190), high=Decimal(190))
    assert mean_payment(TERMS, 1.0, certain) == Decimal(110) + Decimal(18) + Decimal(18)


@pytest.mark.parametrize(("evidence", "counts"), [("A trial.", True), ("", False), (" \n", False)])
def test_what_a_bearer_does_counts_as_soon_as_something_shows_that_it_works(evidence: str, *, counts: bool) -> None:
    effect = Management(probability=0.1, impact=impact(Shape.UNIFORM), cost=Decimal(70), evidence=evidence)
    met = Constraint(
        id="c",
        name="C",
        probability=0.3,
        impact=impact(Shape.PERT),
        bearings=(Bearing(option="a", managed=effect),),
    )
    assert claimed_manager(met, "a") is met.bearings[0]
    assert manager_of(met, "a") is (met.bearings[0] if counts else None)
    assert faced(met, "a") == ((0.1, effect.impact) if counts else (0.3, met.impact))
    assert constraint_cost(met, "a").management == (70 if counts else 0)
