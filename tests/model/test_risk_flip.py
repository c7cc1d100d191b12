"""The risk that would have to be transferred to flip a ranking (METHOD 11.2)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint
from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.results import RiskFlip
from appraise.model.risk_flip import flips
from tests.builders import appraisal, constraint, in_house, line, supplier


def found(document: Appraisal) -> tuple[RiskFlip, ...]:
    factors = make_factors(document)
    return flips(document, [option_entries(document, one.id, factors) for one in document.options])


def document(*constraints: Constraint, **base: float) -> Appraisal:
    """Options of one year whose suppliers ask what they expect."""
    lines = tuple(line(f"l{key}", key, cost) for key, cost in base.items())
    return appraisal(1, tuple(base), lines=lines, constraints=constraints)


def test_how_much_risk_makes_an_outsourced_service_as_cheap() -> None:
    """Outsourced 140 + 10 priced + 10 kept, in-house 100 + 20 kept: 10 are passed on; level at 50."""
    priced = Bearing(option="out", bearer=Bearer.SUPPLIER, share=0.5)
    met = constraint("c", 0.5, 40, in_house("own"), priced, replace(priced, bearer=Bearer.IN_HOUSE))
    (flip,) = found(document(met, out=140, own=100))
    assert flip == RiskFlip(option="out", rival="own", assumed=10, needed=50)
    more = replace(met, impact=replace(met.impact, low=Decimal(120), likely=Decimal(120), high=Decimal(120)))
    only_own = replace(more, bearings=(in_house("own"),))
    assert 100 + 10 + 50 == 140 + 10 + 10  # in-house: what it keeps alike, and the risk that is passed on
    assert found(document(only_own, out=160, own=100)) == ()  # nobody prices it


def test_an_option_that_leads_by_more_than_the_risk_cannot_be_overtaken() -> None:
    met = constraint("c", 0.5, 40, in_house("own"), supplier("out"))
    (flip,) = found(document(met, out=50, own=100))
    assert (flip.assumed, flip.needed) == (20, None)


def test_the_rival_is_the_cheapest_that_keeps_some_of_the_same_risk() -> None:
    met = constraint("c", 0.5, 40, supplier("out"), in_house("own"), in_house("dear"))
    other = constraint("d", 0.5, 10, in_house("cheap"))
    (flip,) = found(document(met, other, out=150, own=120, dear=130, cheap=1))
    assert (flip.rival, flip.assumed) == ("own", 20)
    assert flip.needed == pytest.approx(20 + 170 - 140)


def test_at_that_risk_both_options_cost_the_same() -> None:
    met = constraint("c", 0.5, 40, supplier("out"), in_house("own"))
    (flip,) = found(document(met, out=130, own=100))
    assert flip.needed is not None
    kept = constraint("c", 0.5, 2 * flip.needed, in_house("own"))
    paid = document(kept, out=150, own=100)
    factors = make_factors(paid)
    out, own = (sum(entry.expected for entry in option_entries(paid, one.id, factors).entries) for one in paid.options)
    assert out == own


def test_options_of_different_lives_are_not_compared() -> None:
    met = constraint("c", 0.5, 40, supplier("out"), in_house("own"))
    lines = (line("x", "out", 130, 1, 1), line("y", "own", 100, 1, 1))
    made = appraisal(3, ("out", "own"), lines=lines, constraints=(met,))
    assert len(found(made)) == 1
    first, second = made.options
    assert found(replace(made, options=(replace(first, life_years=1), second))) == ()


def test_who_keeps_as_much_passes_nothing_on() -> None:
    """A claim for all of it that always succeeds, with an uplift: more is kept than in-house, though some is priced."""
    claims = Bearing(option="out", bearer=Bearer.COMPENSATION, admitted=0.9, uplift=0.2)
    met = constraint("c", 0.5, 40, in_house("own"), claims)
    assert found(document(met, out=90, own=100)) == ()
