"""The value of settling first, in parts that add up (METHOD 11.3)."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import fsum, prod

import pytest

from appraise.model.appraisal.constraints import (
    Agreement,
    Band,
    Bearer,
    Bearing,
    Constraint,
    Impact,
    Management,
    PainGain,
    Prevention,
    Pricing,
    Principle,
    RegisterKind,
    Settling,
    SupplierView,
)
from appraise.model.appraisal.criteria import Gate, GateOutcome, Outcome
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.cancelled import Cancelled
from appraise.model.discounting import make_factors
from appraise.model.entries import option_entries
from appraise.model.results import ConstraintResult, SettlingValue
from appraise.model.settling import MOST_TOGETHER, chosen_set, constraint_results, value_of_settling
from tests.builders import appraisal, constraint, in_house, line, supplier
from tests.model.random_appraisals import random_appraisal, rich_appraisal

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


def test_who_fails_a_gate_is_no_choice() -> None:
    """Of a at 100 and b at 130, only b passes: no answer makes a the choice."""
    made = document(WANG, (constraint("c", 0.5, 60, in_house("b")),), a=100, b=130)
    free = value(made, "c")
    assert free.best_now == "a"
    gate = Gate(id="g", name="Lawful", outcomes=(GateOutcome(option="a", outcome=Outcome.FAIL),))
    bound = value(replace(made, gates=(gate,)), "c")
    assert (bound.best_now, bound.best_if_not, bound.best_if_so) == ("b", "b", "b")


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


def test_ways_are_present_values_and_name_whose_claims_they_count_with() -> None:
    """The impact of the same falls half in year 1, half in year 2: (1 / 1.035 + 1 / 1.035^2) / 2 of it counts now."""
    claim = Bearing(option="b", bearer=Bearer.COMPENSATION, uplift=0.2)
    met = constraint("c", 0.4, 300, in_house("a"), claim, impact_from=1, impact_years=2)
    met = replace(met, settling=Settling(cost=Decimal(20), delay_cost=Decimal(10)))
    met = replace(met, prevention=Prevention(cost=Decimal(30), probability=0.1, evidence="Test"))
    made = appraisal(3, ("a", "b"), lines=(line("la", "a", 1000, 0, 0), line("lb", "b", 1000, 0, 0)))
    loaded = Pricing(principle=Principle.EXPECTED_VALUE, strength=0.25)
    made = replace(made, options=tuple(replace(one, pricing=loaded) for one in made.options), constraints=(met,))
    (found,) = results(made)
    pound = (1 / 1.035 + 1 / 1.035**2) / 2
    assert {one.key: one.cost for one in found.actions} == {
        "settle": pytest.approx(30 + 120 * pound, abs=0.005),
        "mitigate": pytest.approx(30 + 0.1 * 360 * pound, abs=0.005),
        "retain": pytest.approx(144 * pound, abs=0.005),
        "transfer": pytest.approx(150 * pound, abs=0.005),
    }
    assert {one.key: one.terms_of for one in found.actions} == {
        "settle": "", "mitigate": "b", "retain": "b", "transfer": "",
    }  # fmt: skip
    ties = {one.key: one.ties_at for one in found.actions}
    assert ties["mitigate"] == pytest.approx((30 + 36 * pound) / (360 * pound))


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


# What bearers do about it, risks of each option by itself, and mixed shares


def managed(option: str, probability: float, cost: int = 0, bearer: Bearer = Bearer.IN_HOUSE) -> Bearing:
    effect = Management(probability=probability, cost=Decimal(cost), evidence="Test")
    return Bearing(option=option, bearer=bearer, managed=effect)


def test_one_draw_happens_in_every_option_whose_probability_is_over_it() -> None:
    """A 100 with (.25, 40), B 103 managed to .10 at a cost of 2: both bite to .10, A alone to .25, neither above.

    Now A 110, B 109; known: .1 x min(140, 145) + .15 x min(140, 105) + .75 x min(100, 105) = 104.75.
    """
    met = constraint("c", 0.25, 40, in_house("a"), managed("b", 0.10, 2))
    found = value(document(WANG, (met,), a=100, b=103))
    assert parts(found) == pytest.approx((0, 0, 0, 0, 109 - 104.75))
    assert (found.best_now, found.best_if_not, found.best_if_so) == ("b", "a", "b")


def test_a_risk_of_each_option_by_itself_comes_in_every_combination() -> None:
    """The same risk (.5, 40) of A 100 and B 104: shared, A is best whatever comes; apart, B where A alone is hit."""
    shared = constraint("c", 0.5, 40, in_house("a"), in_house("b"))
    apart = replace(shared, kind=RegisterKind.RISK, shared=False)
    assert value(document(WANG, (shared,), a=100, b=104)).total == pytest.approx(0)
    assert value(document(WANG, (apart,), a=100, b=104)).total == pytest.approx(
        120 - (0.5 * 100 + 0.25 * 104 + 0.25 * 140)
    )


def test_apart_and_shared_together_are_all_their_combinations() -> None:
    shared = constraint("s", 0.3, 10, in_house("a"), managed("b", 0.1))
    apart = [
        replace(constraint(key, p, size, in_house("a"), in_house("b")), kind=RegisterKind.RISK, shared=False)
        for key, p, size in (("x", 0.5, 8), ("y", 0.2, 20))
    ]
    found = value(document(WANG, (shared, *apart), a=100, b=101))
    least = 0.0
    for chance, a, b in ((0.1, 110, 111), (0.2, 110, 101), (0.7, 100, 101)):
        for hits in product((0, 1), repeat=4):
            own = prod(p if hit else 1 - p for p, hit in zip((0.5, 0.2, 0.5, 0.2), hits, strict=True))
            least += chance * own * min(a + 8 * hits[0] + 20 * hits[1], b + 8 * hits[2] + 20 * hits[3])
    now = min(100 + 3 + 4 + 4, 101 + 1 + 4 + 4)
    assert found.total == pytest.approx(now - least)
    assert found.best_now == "b"


def test_sizes_become_known_through_the_impact_that_an_option_meets() -> None:
    """One quantile of the size for both: U(0, 40) in A, what management leaves of it, U(0, 20), in B 5 dearer.

    B is cheaper where the size of A is over 10: certain to happen, 20 on average or 15. E max(0, U(0, 20) - 5) = 5.625.
    """
    whole = Impact(low=Decimal(0), likely=Decimal(0), high=Decimal(40), shape=Shape.UNIFORM)
    effect = Management(probability=1.0, impact=replace(whole, high=Decimal(20)), evidence="Test")
    met = Constraint(
        id="c",
        name="C",
        probability=1.0,
        impact=whole,
        bearings=(in_house("a"), replace(in_house("b"), managed=effect)),
        settling=Settling(reveals_size=True),
    )
    found = value(document(WANG, (met,), a=100, b=105))
    assert found.information == pytest.approx(115 - (120 - 5.625), abs=0.01)
    assert found.total == found.information
    assert value(document(WANG, (replace(met, settling=Settling()),), a=100, b=105)).total == 0


def test_nothing_is_left_to_share_by_pain_and_gain_once_it_is_known() -> None:
    """(.25, 4), target 1, shares of .5: 1.24557 now, of which 1 is expected; the loading is released."""
    terms = PainGain(target=Decimal(1_000_000), gain=0.5, bands=(Band(share=0.5),))
    shared = Bearing(option="a", bearer=Bearer.PAIN_GAIN, terms=terms)
    found = value(document(WANG, (constraint("c", 0.25, 4_000_000, shared),), a=100))
    assert [part / 1_000_000 for part in parts(found)] == pytest.approx([0.24557, 0, 0, 0, 0], abs=5e-6)


def test_shares_are_settled_as_one_impact() -> None:
    """Half priced, half claimed with an uplift of .2: the loading of half, and .25 x .2 x 2 of claims."""
    halves = (
        Bearing(option="a", bearer=Bearer.SUPPLIER, share=0.5),
        Bearing(option="a", bearer=Bearer.COMPENSATION, share=0.5, uplift=0.2),
    )
    found = value(document(WANG, (constraint("c", 0.25, 4_000_000, *halves),), a=100))
    assert [part / 1_000_000 for part in parts(found)] == pytest.approx([0.49113 / 2, 0, 0.1, 0, 0], abs=5e-6)


def test_what_is_spent_on_managing_stays() -> None:
    """A supplier manages (.25, 4) to .10 for .2: .70314 - .40 of loading is released, the .2 are spent either way."""
    met = constraint("c", 0.25, 4_000_000, managed("a", 0.10, 200_000, Bearer.SUPPLIER))
    found = value(document(WANG, (met,), a=100))
    assert found.loading_released / 1_000_000 == pytest.approx(0.30314, abs=5e-6)
    assert found.total == found.loading_released


def test_each_lot_releases_the_loading_of_its_own_pool() -> None:
    """Two of (.25, 4): .28719 for one alone in a pool of both, .49113 if it is a lot of its own."""
    lots = tuple(
        constraint(key, 0.25, 4_000_000, Bearing(option="a", bearer=Bearer.SUPPLIER, lot=key)) for key in ("x", "y")
    )
    made = document(WANG, lots, a=100)
    assert value(made, "x").total / 1_000_000 == pytest.approx(0.49113, abs=5e-6)
    assert value(made, "x", "y").total / 1_000_000 == pytest.approx(2 * 0.49113, abs=1e-5)


def test_the_rest_of_an_uncertain_size_is_priced_by_those_who_carry_it() -> None:
    """.25 x PERT(1, 2, 6), half kept: half of the loading that is released without knowing the size."""
    halves = (Bearing(option="a", bearer=Bearer.SUPPLIER, share=0.5), Bearing(option="a", share=0.5))
    met = constraint("c", 0.25, (1_000_000, 2_000_000, 6_000_000), *halves)
    assert value(document(WANG, (met,), a=100)).total / 1_000_000 == pytest.approx(0.28940 / 2, abs=1e-5)


def test_of_several_each_succeeds_by_itself() -> None:
    """Two (.3, 20) borne in-house by A 100, each answered half of the time; B 108."""
    met = tuple(replace(constraint(key, 0.3, 20, in_house("a")), settling=Settling(success=0.5)) for key in ("x", "y"))
    made = document(WANG, met, a=100, b=108)
    certain = document(WANG, tuple(replace(one, settling=Settling()) for one in met), a=100, b=108)
    one, both = value(certain, "x").total, value(certain, "x", "y").total
    assert one > 0
    assert value(made, "x", "y").total == pytest.approx(0.5 * one + 0.25 * both)


def test_the_set_that_is_valued_as_one_is_chosen() -> None:
    met = tuple(constraint(f"c{number}", 0.3, 20, in_house("a")) for number in range(9))
    marked = tuple(replace(one, settling=Settling(together=one.id not in {"c0", "c4"})) for one in met)
    agreed = replace(marked[1], agreement=Agreement.AGREED)
    made = document(WANG, (marked[0], agreed, *marked[2:]), a=100)
    assert [one.id for one in chosen_set(made)] == ["c2", "c3", "c5", "c6", "c7", "c8"]
    assert len(chosen_set(document(WANG, met, a=100))) == MOST_TOGETHER


# Any document


def priced_alike(made: Appraisal) -> Appraisal:
    """The same with suppliers that price by Wang: all parts of a value are at work."""
    return replace(made, options=tuple(replace(one, pricing=WANG) for one in made.options))


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("kind", [random_appraisal, rich_appraisal, lambda seed: priced_alike(rich_appraisal(seed))])
def test_parts_add_up_and_information_is_never_negative_on_random_documents(
    kind: Callable[[int], Appraisal], seed: int
) -> None:
    made = kind(seed)
    factors = make_factors(made)
    costed = [option_entries(made, one.id, factors) for one in made.options]
    together = value_of_settling(made, costed, factors, chosen_set(made))
    for one in (*(found.value_of_settling for found in constraint_results(made, costed, factors)), together):
        if one is None:
            continue
        whole = max(1.0, abs(one.total))
        assert fsum(parts(one)) - one.cost_of_settling == pytest.approx(one.total, abs=1e-6 * whole)
        assert one.information >= -1e-6 * whole
        assert one.reranking >= -1e-6 * whole


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("after", [0, 5])
def test_settling_several_can_be_stopped_between_two_outcomes(after: int, *, shared: bool) -> None:
    """Also where each option has outcomes of its own."""
    risks = tuple(
        replace(constraint(f"k{n}", 0.2, 100, in_house("a"), supplier("b")), kind=RegisterKind.RISK, shared=shared)
        for n in range(4)
    )
    made = document(Pricing(), risks, a=1000, b=1100)
    factors = make_factors(made)
    costed = [option_entries(made, one.id, factors) for one in made.options]
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(Cancelled):
        value_of_settling(made, costed, factors, made.constraints, cancelled=stopped)
    assert len(asked) == after + 1
