from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Bearer
from appraise.model.edits.constraints import clear_bearing, set_bearing, set_claim, set_impact
from tests.builders import appraisal, constraint, in_house

DOCUMENT = appraisal(constraints=(constraint("permit", 0.3, 5, in_house("a")), constraint("other", 0.1, 1)))


def test_a_bearer_is_set_changed_and_cleared():
    after = set_bearing(DOCUMENT, constraint="permit", option="b", bearer=Bearer.COMPENSATION)
    assert [bearing.option for bearing in after.constraints[0].bearings] == ["a", "b"]
    claims = set_claim(after, constraint="permit", option="b", admitted=0.6, uplift=0.2, dispute_cost=Decimal(7))
    supplier = set_bearing(claims, constraint="permit", option="b", bearer=Bearer.SUPPLIER)
    bearing = supplier.constraints[0].bearings[1]
    assert (bearing.bearer, bearing.admitted, bearing.dispute_cost) == (Bearer.SUPPLIER, 0.6, Decimal("7.00"))
    assert supplier.constraints[1] is DOCUMENT.constraints[1]
    assert clear_bearing(supplier, constraint="permit", option="b") == DOCUMENT
    assert clear_bearing(DOCUMENT, constraint="other", option="a") is DOCUMENT


def test_claims_need_a_bearer():
    with pytest.raises(KeyError):
        set_claim(DOCUMENT, constraint="other", option="a", admitted=1, uplift=0, dispute_cost=Decimal(0))


def test_an_impact_is_held_in_pounds_and_pence():
    after = set_impact(DOCUMENT, constraint="permit", low=Decimal(3), likely=Decimal(2), high=Decimal(1))
    impact = after.constraints[0].impact
    assert [str(figure) for figure in (impact.low, impact.likely, impact.high)] == ["3.00", "2.00", "1.00"]
