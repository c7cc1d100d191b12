from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import (
    Agreement,
    Band,
    Bearer,
    Bearing,
    Impact,
    PainGain,
    Prevention,
    RegisterKind,
    Settling,
)
from appraise.model.appraisal.lines import Shape
from appraise.model.edits.constraints import (
    add_share,
    change_bearing,
    change_constraint,
    change_settling,
    clear_bearing,
    clear_managed,
    clear_prevention,
    clear_view,
    remove_share,
    set_bearing,
    set_impact,
    set_managed,
    set_prevention,
    set_shares,
    set_terms,
    set_view,
)
from tests.builders import appraisal, constraint, in_house

DOCUMENT = appraisal(constraints=(constraint("permit", 0.3, 5, in_house("a")), constraint("other", 0.1, 1)))


def test_a_bearer_is_set_changed_and_cleared():
    after = set_bearing(DOCUMENT, constraint="permit", option="b", bearer=Bearer.COMPENSATION)
    assert [bearing.option for bearing in after.constraints[0].bearings] == ["a", "b"]
    claims = change_bearing(after, constraint="permit", option="b", admitted=0.6, uplift=0.2, dispute_cost=Decimal(7))
    supplier = set_bearing(claims, constraint="permit", option="b", bearer=Bearer.SUPPLIER)
    bearing = supplier.constraints[0].bearings[1]
    assert (bearing.bearer, bearing.admitted, bearing.dispute_cost) == (Bearer.SUPPLIER, 0.6, Decimal("7.00"))
    assert supplier.constraints[1] is DOCUMENT.constraints[1]
    assert clear_bearing(supplier, constraint="permit", option="b") == DOCUMENT
    assert clear_bearing(DOCUMENT, constraint="other", option="a") is DOCUMENT


def test_claims_need_a_bearer():
    with pytest.raises(KeyError):
        change_bearing(DOCUMENT, constraint="other", option="a", admitted=1, uplift=0, dispute_cost=Decimal(0))


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
    with pytest.raises(KeyError):
        change_bearing(DOCUMENT, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
    with pytest.raises(TypeError):
        change_bearing(DOCUMENT, constraint="permit", option="a", managed=None)


def test_a_shape_stays_until_another_is_chosen():
    figures = {"constraint": "permit", "low": Decimal(1), "likely": Decimal(2), "high": Decimal(3)}
    uniform = set_impact(DOCUMENT, shape=Shape.UNIFORM, **figures)
    assert set_impact(uniform, **figures) is uniform
    view = set_view(uniform, probability=0.2, **figures).constraints[0].view
    assert view is not None
    assert view.impact.shape is Shape.UNIFORM
    assert set_impact(uniform, shape=Shape.PERT, **figures).constraints[0].impact.shape is Shape.PERT


def _parts(document, option="a"):
    return {one.bearer: one.share for one in document.constraints[0].bearings if one.option == option}


def _shared(document=DOCUMENT, **shares):
    """`permit` in option a, in these shares by the bearer's name."""
    bearers = {Bearer[name.upper()]: share for name, share in shares.items()}
    for bearer in bearers:
        if bearer not in _parts(document):
            document = add_share(document, constraint="permit", option="a", bearer=bearer)
    return set_shares(document, constraint="permit", option="a", shares=bearers)


def test_several_bearers_share_one_constraint():
    joined = add_share(DOCUMENT, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
    assert _parts(joined) == {Bearer.IN_HOUSE: 1.0, Bearer.SUPPLIER: 0.0}
    shares = {Bearer.IN_HOUSE: 0.25, Bearer.SUPPLIER: 0.75}
    shared = set_shares(joined, constraint="permit", option="a", shares=shares)
    assert _parts(shared) == shares
    assert set_shares(shared, constraint="permit", option="a", shares=shares) is shared
    assert _parts(add_share(DOCUMENT, constraint="permit", option="b", bearer=Bearer.SUPPLIER), "b") == {
        Bearer.SUPPLIER: 1.0
    }
    with pytest.raises(KeyError):
        add_share(shared, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
    with pytest.raises(KeyError):
        set_shares(shared, constraint="permit", option="a", shares={Bearer.PAIN_GAIN: 0.1})


def test_who_is_left_alone_bears_the_whole():
    shared = _shared(in_house=0.2, supplier=0.5, pain_gain=0.3)
    two = remove_share(shared, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
    assert _parts(two) == {Bearer.IN_HOUSE: 0.2, Bearer.PAIN_GAIN: 0.3}
    one = remove_share(two, constraint="permit", option="a", bearer=Bearer.PAIN_GAIN)
    assert one == DOCUMENT
    assert _parts(remove_share(one, constraint="permit", option="a", bearer=Bearer.IN_HOUSE)) == {}


def test_one_bearer_alone_keeps_what_it_has():
    shared = _shared(in_house=0.2, supplier=0.8)
    lots = change_bearing(shared, constraint="permit", option="a", bearer=Bearer.SUPPLIER, lot="Lot 2", share=0.7)
    alone = set_bearing(lots, constraint="permit", option="a", bearer=Bearer.SUPPLIER)
    assert alone.constraints[0].bearings == (Bearing(option="a", bearer=Bearer.SUPPLIER, lot="Lot 2"),)
    with pytest.raises(KeyError):
        change_bearing(shared, constraint="permit", option="a", lot="Lot 2")


def test_terms_are_held_in_pence_and_shares():
    document = _shared(in_house=0.5, pain_gain=0.5)
    terms = PainGain(target=Decimal(5), gain=1, bands=(Band(up_to=Decimal("2.005"), share=0), Band()), cap=Decimal(9))
    after = set_terms(document, constraint="permit", option="a", terms=terms).constraints[0].bearings[1].terms
    assert [str(one) for one in (after.target, after.bands[0].up_to, after.cap)] == ["5.00", "2.00", "9.00"]
    assert {type(one) for one in (after.gain, after.bands[0].share)} == {float}
    assert after.bands[1].up_to is None
    with pytest.raises(KeyError):
        set_terms(DOCUMENT, constraint="permit", option="a", terms=terms)


def test_what_is_done_about_it_is_set_for_one_bearer_and_cleared():
    document = _shared(in_house=0.5, supplier=0.5)
    impact = Impact(low=Decimal(1), likely=Decimal(2), high=Decimal("3.005"), shape=Shape.UNIFORM)
    after = set_managed(
        document,
        constraint="permit",
        option="a",
        bearer=Bearer.SUPPLIER,
        probability=0,
        cost=Decimal(7),
        impact=impact,
        evidence="A trial",
    )
    left, managed = after.constraints[0].bearings
    assert left.managed is None
    assert managed.managed is not None
    assert (managed.managed.probability, str(managed.managed.cost)) == (0.0, "7.00")
    assert managed.managed.impact is not None
    assert str(managed.managed.impact.low) == "1.00"
    assert managed.managed.impact == Impact(
        low=Decimal("1.00"), likely=Decimal("2.00"), high=Decimal("3.00"), shape=Shape.UNIFORM
    )
    assert clear_managed(after, constraint="permit", option="a") == document
    assert clear_managed(document, constraint="permit", option="a") is document
    with pytest.raises(KeyError):
        set_managed(document, constraint="permit", option="a", probability=0.1, cost=Decimal(0))
