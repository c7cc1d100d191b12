"""The value of settling first, in parts that add up (METHOD 11.3)."""

from dataclasses import replace
from decimal import Decimal
from math import fsum

import pytest

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Prevention,
    Pricing,
    Principle,
    Settling,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.results import ConstraintResult, SettlingValue
from appraise.model.settling import constraint_results, value_of_settling
from tests.builders import appraisal, constraint, in_house, line, supplier
from tests.model.random_appraisals import random_appraisal

WANG = Pricing(principle=Principle.WANG, strength=0.35)
PARTS = ("loading_released", "view_gap", "compensation_avoided", "reranking", "information")


def document(pricing: Pricing, constraints: tuple[Constraint, ...], **base: float) -> Appraisal:
    """Options of one year with a certain cost each, whose suppliers price alike."""
    made = appraisal(1, tuple(base), lines=tuple(line(f"l{key}", key, cost) for key, cost in base.items()))
    return replace(made, options=tuple(replace(one, pricing=pricing) for one in made.options), constraints=constraints)


def results(made: Appraisal) -> tuple[ConstraintResult, ...]:
    factors = make_factors(made)
    return constraint_results(made, [option_entries(made, one.id, factors) for one in made.options], factors)


def value(made: Appraisal, *ids: str) -> SettlingValue:
    factors = make_factors(made)
    chosen = [one for one in made.constraints if one.id in ids] if ids else list(made.constraints)
    found = value_of_settling(made, [option_entries(made, one.id, factors) for one in made.options], factors, chosen)
    assert found is not None
    assert fsum(getattr(found, part) for part in PARTS) - found.cost_of_settling == pytest.approx(found.total)
    return found


def parts(found: SettlingValue) -> tuple[float, ...]:
    return tuple(getattr(found, part) for part in PARTS)


def test_another_option_at_once_and_when_it_is_known() -> None:
    """Outsource 100 with (.25, 40) priced by Wang .35, in-house 112: re-ranking 2, information 7."""
    found = value(document(WANG, (constraint("c", 0.25, 40, supplier("out")),), out=100, own=112))
    assert parts(found) == pytest.approx((0, 0, 0, 2, 7), abs=1e-6)
    assert (found.best_now, found.best_if_not, found.best_if_so) == ("own", "out", "own")


def test_the_loading_of_the_best_option_is_released() -> None:
    """A 100 with (.3, 20) at .5 loading = 109 and B 130: 3."""
    loaded = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.5)
    found = value(document(loaded, (constraint("c", 0.3, 20, supplier("a")),), a=100, b=130))
    assert parts(found) == pytest.approx((3, 0, 0, 0, 0))


def test_information_on_a_risk_that_is_kept() -> None:
    """A 100 + 20 with probability .3, in-house; B 104: 2.8."""
    found = value(document(WANG, (constraint("c", 0.3, 20, in_house("a")),), a=100, b=104))
    assert parts(found) == pytest.approx((0, 0, 0, 0, 2.8))
    assert (found.best_now, found.best_if_not, found.best_if_so) == ("b", "a", "b")


def test_the_view_gap_stands_apart_from_the_loading() -> None:
    """Supplier's view .5, authority's .4, impact 300, loading .25: 67.5 = 30 + 37.5; less 30 for settling: 37.5."""
    loaded = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.25)
    seen = constraint("c", 0.4, 300, supplier("a"))
    impact = Impact(low=Decimal(300), likely=Decimal(300), high=Decimal(300))
    seen = replace(seen, view=SupplierView(probability=0.5, impact=impact), settling=Settling(cost=Decimal(30)))
    found = value(document(loaded, (seen,), a=100))
    assert parts(found) == pytest.approx((37.5, 30, 0, 0, 0))
    assert found.total == pytest.approx(37.5)


@pytest.mark.parametrize(("reveals_size", "released"), [(True, 0.36666), (False, 0.28940)])
def test_knowing_the_size_too_releases_more(*, reveals_size: bool, released: float) -> None:
    """.25 x PERT(1, 2, 6), Wang .35."""
    met = replace(constraint("c", 0.25, (1, 2, 6), supplier("a")), settling=Settling(reveals_size=reveals_size))
    assert value(document(WANG, (met,), a=100)).loading_released == pytest.approx(released, abs=2e-5)


def test_values_of_several_do_not_add() -> None:
    """Two of (.25, 4) in one pool: .28719 for one alone, .77833 for both."""
    made = document(WANG, tuple(constraint(key, 0.25, 4, supplier("a")) for key in ("x", "y")), a=100)
    assert value(made, "x").total == pytest.approx(0.28719, abs=5e-5)
    assert value(made, "x", "y").total == pytest.approx(0.77833, abs=5e-5)


def test_uplift_and_disputes_vanish_once_it_is_settled() -> None:
    """p .25, q 1, u .15, D .3, m 4: claims add p (u m + D) = .225."""
    claim = Bearing(option="a", bearer=Bearer.COMPENSATION, uplift=0.15, dispute_cost=Decimal("0.30"))
    found = value(document(WANG, (constraint("c", 0.25, 4, claim),), a=100))
    assert found.compensation_avoided == pytest.approx(0.225)
    assert found.total == pytest.approx(0.225)


def test_settling_may_fail_and_costs_all_the_same() -> None:
    met = replace(
        constraint("c", 0.3, 20, in_house("a")),
        settling=Settling(cost=Decimal(1), delay_cost=Decimal("0.50"), success=0.5),
    )
    assert value(document(WANG, (met,), a=100, b=104)).total == pytest.approx(1.4 - 1.5)


def test_four_things_to_do_side_by_side() -> None:
    """Mitigate 66 < retain 144 < settle 150 < transfer 187.5; retain and mitigate tie at .18333."""
    impact = Impact(low=Decimal(300), likely=Decimal(300), high=Decimal(300))
    claim = Bearing(option="a", bearer=Bearer.COMPENSATION, uplift=0.2)
    met = replace(
        constraint("c", 0.4, 300, claim),
        view=SupplierView(probability=0.5, impact=impact),
        settling=Settling(cost=Decimal(30)),
        prevention=Prevention(cost=Decimal(30), probability=0.1, evidence="Test"),
    )
    loaded = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.25)
    (found,) = results(document(loaded, (met,), a=1000))
    assert [(one.key, one.cost) for one in found.actions] == [
        ("mitigate", pytest.approx(66)),
        ("retain", pytest.approx(144)),
        ("settle", pytest.approx(150)),
        ("transfer", pytest.approx(187.5)),
    ]
    ties = {one.key: one.ties_at for one in found.actions}
    assert ties["retain"] == pytest.approx(0.18333, abs=5e-6)
    assert ties["mitigate"] == pytest.approx(0.18333, abs=5e-6)


def test_what_is_agreed_has_nothing_to_settle() -> None:
    met = replace(constraint("c", 0.3, 20, in_house("a")), agreement=Agreement.AGREED)
    (found,) = results(document(WANG, (met,), a=100, b=104))
    assert found.value_of_settling is None


def test_the_list_begins_with_what_is_worth_most() -> None:
    met = tuple(constraint(f"c{size}", 0.3, size, in_house("a")) for size in (5, 40, 20))
    found = results(document(WANG, met, a=100, b=120))
    totals = [one.value_of_settling.total for one in found if one.value_of_settling is not None]
    assert [one.id for one in found] == ["c40", "c20", "c5"]
    assert totals == pytest.approx([8.25, 4.05, 0.9])


@pytest.mark.parametrize("seed", range(25))
def test_parts_add_up_and_information_is_never_negative_on_random_documents(seed: int) -> None:
    made = random_appraisal(seed)
    for found in results(made):
        one = found.value_of_settling
        if one is None:
            continue
        whole = max(1.0, abs(one.total))
        assert fsum(parts(one)) - one.cost_of_settling == pytest.approx(one.total, abs=1e-6 * whole)
        assert one.information >= -1e-6 * whole
        assert one.reranking >= -1e-6 * whole
