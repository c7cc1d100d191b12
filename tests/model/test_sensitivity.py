"""Switching values where constraints are managed, shared or priced in lots, and where an index is uncertain."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import (
    Bearer,
    Bearing,
    Constraint,
    Management,
    PainGain,
    Pricing,
    SupplierView,
)
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Index, RiseRange
from appraise.model.discounting import make_factors
from appraise.model.drivers import driver_of
from appraise.model.entries import option_entries
from appraise.model.results import Switch
from appraise.model.sensitivity import cost_switches, npsv_switches, rate_switch
from tests.builders import appraisal, constraint, in_house, line
from tests.model.random_appraisals import rich_appraisal

WANG = Pricing()
TERMS = PainGain(target=Decimal(1_000_000), gain=0.5)


def document(*constraints: Constraint, a: float = 20_000_000, b: float = 22_000_000) -> Appraisal:
    made = appraisal(1, lines=(line("x", "a", a), line("y", "b", b)), constraints=constraints)
    return replace(made, options=tuple(replace(one, pricing=WANG) for one in made.options))


def net_costs(made: Appraisal) -> dict[str, float]:
    factors = make_factors(made)
    found = {}
    for option in made.options:
        entries = option_entries(made, option.id, factors).entries
        found[option.id] = float(sum(one.expected for one in entries if one.economic and one.public))
    return found


def switches(made: Appraisal, first: str = "a", second: str = "b") -> tuple[Switch, ...]:
    factors = make_factors(made)
    return cost_switches(made, option_entries(made, first, factors), option_entries(made, second, factors))


def probability(made: Appraisal) -> list[Switch]:
    return [one for one in switches(made) if one.kind == "probability"]


def likelier(made: Appraisal, key: str, chance: float) -> Appraisal:
    return replace(
        made, constraints=tuple(replace(one, probability=chance) if one.id == key else one for one in made.constraints)
    )


def by(bearer: Bearer, **fields: object) -> Bearing:
    return replace(Bearing(option="a", bearer=bearer), **fields)


@pytest.mark.parametrize(
    "bearings",
    [
        (by(Bearer.IN_HOUSE),),
        (by(Bearer.SUPPLIER),),
        (by(Bearer.PAIN_GAIN, terms=TERMS),),
        (by(Bearer.SUPPLIER, share=0.5), by(Bearer.COMPENSATION, share=0.5, admitted=0.6, uplift=0.2)),
        (by(Bearer.SUPPLIER, share=0.5, lot="Roads"), by(Bearer.PAIN_GAIN, share=0.5, terms=TERMS, lot="Drains")),
    ],
)
def test_at_the_probability_both_options_cost_the_same(bearings: tuple[Bearing, ...]) -> None:
    made = document(constraint("k", 0.1, 4_000_000, *bearings), constraint("l", 0.3, 2_000_000, by(Bearer.SUPPLIER)))
    before = net_costs(made)
    (switch,) = (one for one in probability(made) if one.id == "constraint|k")
    assert 0.1 < switch.needed < 1
    after = net_costs(likelier(made, "k", switch.needed))
    assert before["b"] - before["a"] > 100
    assert after["a"] == pytest.approx(after["b"], abs=0.05)


def test_what_a_bearer_manages_has_a_probability_of_its_own() -> None:
    effect = Management(probability=0.05, cost=Decimal(10_000), evidence="Test")
    met = constraint("k", 0.1, 40_000_000, by(Bearer.IN_HOUSE, managed=effect))
    assert probability(document(met)) == []
    both = replace(met, bearings=(*met.bearings, in_house("b")))
    (switch,) = probability(document(both))
    assert switch.owner == "b"
    after = net_costs(likelier(document(both), "k", switch.needed))
    assert after["a"] == pytest.approx(after["b"], abs=0.05)


def test_a_price_that_rests_on_a_view_does_not_follow_the_probability() -> None:
    met = constraint("k", 0.1, 40_000_000, by(Bearer.SUPPLIER))
    assert probability(document(met))
    viewed = replace(met, view=SupplierView(probability=0.1, impact=met.impact))
    assert probability(document(viewed)) == []


def test_an_uncertain_index_stands_at_its_expected_level() -> None:
    """Of costs, of a change of the rate, and of NPSV."""
    index = Index(
        id="i",
        name="I",
        percent=(Decimal(2),),
        source="test",
        range=RiseRange(low=Decimal(-1), high=Decimal(8)),
    )
    lines = (
        line("x", "a", *[1000] * 10, index="i"),
        line("y", "b", 9000, *[100] * 9),
        line("z", "a", *[2000] * 10, treatment="wider_benefit", index="i"),
    )
    made = appraisal(10, lines=lines, indices=(index,))
    factors = make_factors(made)
    a, b = (option_entries(made, key, factors) for key in ("a", "b"))
    (switch,) = (one for one in cost_switches(made, a, b) if one.id == "line|x")
    scaled = tuple(
        replace(one, amounts=tuple(pounds * Decimal(repr(1 + switch.change)) for pounds in one.amounts))
        if one.id == "x"
        else one
        for one in lines
    )
    after = net_costs(replace(made, lines=scaled))
    assert after["a"] == pytest.approx(after["b"], abs=1e-6)
    gains = next(one for one in npsv_switches(made, a) if one.id == "line|z")
    assert -gains.needed == pytest.approx(net_costs(made)["a"])
    rate = rate_switch(factors, a, b)
    assert rate is not None
    drift = [float(level) for level in factors.by_index["i"].drift]
    real = [float(level) for level in factors.by_index["i"].real]
    discounted = [(1 + rate.needed / 100) ** -year for year in range(10)]
    ours = sum(1000 * one * two * three for one, two, three in zip(drift, real, discounted, strict=True))
    assert ours == pytest.approx(9000 + 100 * sum(discounted[1:]), abs=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_a_switching_value_of_any_document_closes_the_gap(seed: int) -> None:
    made = rich_appraisal(seed)
    if seed % 2:
        made = replace(made, options=tuple(replace(one, pricing=WANG) for one in made.options))
    factors = make_factors(made)
    costed = [option_entries(made, one.id, factors) for one in made.options]
    first = costed[0]
    rival = next((one for one in costed[1:] if one.life == first.life), None)
    if rival is None:
        return
    scale = max(abs(cost) for cost in net_costs(made).values())
    for switch in cost_switches(made, first, rival):
        _, _, name = switch.id.partition("|")
        if switch.kind == "probability":
            changed = likelier(made, name, switch.needed)
        else:
            factor = Decimal(repr(1 + switch.change))
            moved = (
                replace(one, amounts=tuple(pounds * factor for pounds in one.amounts))
                if driver_of(one) == switch.id
                else one
                for one in made.lines
            )
            changed = replace(made, lines=tuple(moved))
        after = net_costs(changed)
        assert abs(after[first.option] - after[rival.option]) <= 0.05 + 1e-9 * scale, switch
