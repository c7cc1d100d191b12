from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Agreement, Bearer, Prevention, RegisterKind, Settling
from appraise.model.edits.constraints import (
    change_bearing,
    change_constraint,
    change_settling,
    clear_bearing,
    clear_prevention,
    clear_view,
    set_bearing,
    set_claim,
    set_impact,
    set_prevention,
    set_view,
)
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


def test_words_of_an_entry_are_set_together():
    words = {"kind": RegisterKind.RISK, "agreement": Agreement.PARTLY, "manager": "The depot manager"}
    after = change_constraint(DOCUMENT, constraint="permit", **words)
    assert {name: getattr(after.constraints[0], name) for name in words} == words
    assert change_constraint(after, constraint="permit", **words) is after
    assert after.constraints[1] is DOCUMENT.constraints[1]
    for field in ("probability", "impact", "view", "id"):
        with pytest.raises(TypeError):
            change_constraint(DOCUMENT, constraint="permit", **{field: 0.5})
    with pytest.raises(KeyError):
        change_constraint(DOCUMENT, constraint="permit", index="nobody")


def test_a_view_of_suppliers_is_set_and_cleared():
    chances = {"probability": 1, "low": Decimal(3), "likely": Decimal(4), "high": Decimal("5.005")}
    after = set_view(DOCUMENT, constraint="permit", **chances)
    view = after.constraints[0].view
    assert (view.probability, str(view.impact.low), str(view.impact.high)) == (1.0, "3.00", "5.00")
    assert type(view.probability) is float
    assert clear_view(after, constraint="permit") == DOCUMENT
    assert clear_view(DOCUMENT, constraint="permit") is DOCUMENT


def test_settling_is_held_in_pence_and_shares():
    after = change_settling(DOCUMENT, constraint="permit", cost=Decimal(9), success=1, reveals_size=True, how="Ask")
    assert after.constraints[0].settling == Settling(cost=Decimal("9.00"), reveals_size=True, how="Ask")
    assert str(after.constraints[0].settling.cost) == "9.00"
    assert type(after.constraints[0].settling.success) is float
    assert type(after.constraints[0].settling.reveals_size) is bool
    with pytest.raises(TypeError):
        change_settling(DOCUMENT, constraint="permit", probability=0.5)


def test_prevention_is_set_and_cleared():
    after = set_prevention(DOCUMENT, constraint="permit", cost=Decimal(2), probability=0, evidence="A trial")
    assert after.constraints[0].prevention == Prevention(cost=Decimal("2.00"), probability=0.0, evidence="A trial")
    assert clear_prevention(after, constraint="permit") == DOCUMENT


def test_terms_of_a_bearer_change_without_the_bearer():
    after = change_bearing(
        DOCUMENT, constraint="permit", option="a", residual_probability=1, residual_share=0.5, dispute_if_refused=True
    )
    (bearing,) = after.constraints[0].bearings
    assert (bearing.bearer, bearing.residual_probability, bearing.residual_share) == (Bearer.IN_HOUSE, 1.0, 0.5)
    assert bearing.dispute_if_refused
    with pytest.raises(KeyError):
        change_bearing(DOCUMENT, constraint="permit", option="b", admitted=0.5)
    with pytest.raises(TypeError):
        change_bearing(DOCUMENT, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
