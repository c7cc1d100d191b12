"""The whole public purse: transfers cancel, whoever saves and whoever pays."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import PublicBody
from appraise.model.appraisal.funding import Programme
from appraise.model.appraisal.lines import Index, Prices, Range, RiseRange, Treatment
from appraise.model.costs import BODY_NOT_NAMED
from appraise.model.discounting import make_factors
from appraise.model.evaluate import Part, evaluate
from appraise.model.partner_results import Purse
from appraise.model.parts import paid_entries
from appraise.model.purse import UNNAMED, purse
from tests.builders import appraisal, line, pounds
from tests.model.test_parts import rich

BODIES = (PublicBody(id="east", name="East"), PublicBody(id="west", name="West"))


def document(*lines: object, years: int = 2) -> Appraisal:
    """Business as usual "now" costs this body 100 in year 0."""
    return appraisal(years, ("now", "next"), lines=(line("today", "now", 100), *lines), bodies=BODIES, deflator="3")


def found(made: Appraisal) -> Purse:
    factors = make_factors(made)
    usual, option = (paid_entries(made, one.id, factors) for one in made.options[:2])
    made_purse = purse(made, option, usual, factors)
    assert made_purse is not None
    return made_purse


def npsv(made: Appraisal) -> Decimal:
    economic = evaluate(made, parts=frozenset({Part.ECONOMIC})).options[1].economic
    assert economic is not None
    return economic.npsv


def test_a_saving_that_lands_on_another_body_is_a_transfer() -> None:
    """This body saves 70 and East pays 50 more: 20 are saved, 50 only move."""
    got = found(document(line("own", "next", 30), line("east", "next", 50, treatment="other_body_cost", body="east")))
    assert [(row.body, row.name, row.pounds, row.transfers) for row in got.bodies] == [
        ("", "Test Council", -70, -50),
        ("east", "East", 50, 50),
    ]
    assert (got.option, got.against) == ("next", "now")
    assert (got.saved, got.moved, got.net) == (70, 50, -20)


def test_cost_that_only_moves_saves_nothing() -> None:
    got = found(document(line("east", "next", 100, treatment="other_body_cost", body="east")))
    assert (got.saved, got.moved, got.net) == (100, 100, 0)


def test_a_transfer_is_split_over_those_who_save_and_those_who_pay() -> None:
    """This body saves 60 and West 20; East pays 40 more: three quarters of the 40 come from this body."""
    got = found(
        document(
            line("own", "next", 40),
            line("west", "next", 20, treatment="other_body_saving", body="west"),
            line("east", "next", 40, treatment="other_body_cost", body="east"),
        )
    )
    assert {row.body: (row.pounds, row.transfers) for row in got.bodies} == {
        "": (-60, -30),
        "east": (40, 40),
        "west": (-20, -10),
    }
    assert sum(row.transfers for row in got.bodies) == 0
    assert (got.saved, got.moved, got.net) == (80, 40, -40)


@settings(max_examples=30, deadline=None)
@given(st.decimals(1, 10**6, places=2), st.integers(0, 1), st.sampled_from(["line", "pair"]))
def test_a_transfer_between_bodies_leaves_the_whole_purse_as_it_was(amount: Decimal, year: int, how: str) -> None:
    """As one line of money that changes hands, or as one body's income and the other's cost."""
    before = document(line("own", "next", 30))
    amounts = [0.0] * year + [float(amount)]
    if how == "line":
        moved = (line("pay", "next", *amounts, treatment="transfer", body="east"),)
    else:
        moved = (
            line("pay", "next", *amounts, treatment="cash_saving"),
            line("get", "next", *amounts, treatment="other_body_cost", body="east"),
        )
    after = replace(before, lines=(*before.lines, *moved))
    assert npsv(after) == npsv(before)
    assert found(after).net == found(before).net
    east = next(row for row in found(after).bodies if row.body == "east")
    assert east.pounds < 0 if how == "line" else east.pounds > 0


def test_what_is_paid_to_people_moves_no_resource() -> None:
    before = document(line("own", "next", 30))
    after = replace(before, lines=(*before.lines, line("pay-off", "next", 500, treatment="transfer")))
    assert found(after) == found(before)


def test_a_transfer_counts_in_prices_of_year_0_and_discounted() -> None:
    """103 of cash at 3 % inflation are 100, in year 1 96.62 at 3.5 %, times a mean of 105 %."""
    pay = line("pay", "next", 0, 100, treatment="transfer", body="east")
    ranged = replace(pay, range=Range(low=Decimal(80), high=Decimal(150)))
    rows = {row.body: row.pounds for row in found(document(ranged)).bodies}
    assert rows == {"": Decimal("1.45"), "east": Decimal("-101.45")}


def test_a_transfer_counts_at_the_mean_of_its_index_and_by_its_own_discount_rate() -> None:
    """What is paid over is worth what the same money costs as this body's own."""
    index = Index(id="i", name="I", percent=(Decimal(3),), range=RiseRange(low=Decimal(0), high=Decimal(10)))
    for health in (False, True):
        for prices in (Prices.YEAR_0, Prices.CASH):
            pay = replace(line("pay", "next", *[100] * 6, treatment="transfer", body="east"), index="i", prices=prices)
            pay = replace(pay, health=health)
            own = replace(pay, treatment=Treatment.OWN_COST, body="")
            moved, paid = (found(replace(document(one, years=6), indices=(index,))) for one in (pay, own))
            east = next(row.pounds for row in moved.bodies if row.body == "east")
            assert east == pytest.approx(-100 - paid.bodies[0].pounds, abs=Decimal("0.011"))


def test_a_transfer_that_prevention_lowers_is_lower_for_both() -> None:
    programme = Programme(id="p", name="P", option="next", lines=("pay",), low=0.5, likely=0.5, high=0.5, ramp_years=0)
    pay = line("pay", "next", 100, 100, treatment="transfer", body="east")
    made = replace(document(pay), programmes=(programme,))
    half = document(replace(pay, amounts=pounds(50, 50)))
    assert found(made) == found(half)


def test_net_is_the_difference_of_net_present_costs() -> None:
    """But for what falls on society."""
    made = replace(rich(), lines=tuple(one for one in rich().lines if one.treatment is not Treatment.WIDER_COST))
    known = {one.id for one in made.lines}
    (arrangement,) = made.arrangements
    shared = tuple(one for one in arrangement.shared if one.line in known)
    made = replace(made, arrangements=(replace(arrangement, shared=shared),))
    results = evaluate(made, parts=frozenset({Part.ECONOMIC}))
    usual, joint = (one.economic for one in results.options)
    assert usual is not None
    assert joint is not None
    got = found(made)
    assert abs(got.net - (joint.expected_npc - usual.expected_npc)) <= Decimal("0.01")
    assert got.net == sum(row.pounds for row in got.bodies)


def test_sharing_a_cost_moves_it_between_bodies_and_saves_nothing() -> None:
    made = rich()
    shared, whole = found(made), found(replace(made, arrangements=()))
    assert shared.net == whole.net
    assert shared.bodies != whole.bodies


def test_bodies_that_no_line_names_stand_together() -> None:
    got = found(document(line("somebody", "next", 10, treatment="other_body_cost")))
    assert [(row.body, row.name) for row in got.bodies] == [("", "Test Council"), (UNNAMED, BODY_NOT_NAMED)]


def test_options_that_are_costed_for_other_lives_are_not_compared() -> None:
    made = document(line("own", "next", 30), years=3)
    shorter = replace(made, options=(made.options[0], replace(made.options[1], life_years=1)))
    factors = make_factors(shorter)
    usual, option = (paid_entries(shorter, one.id, factors) for one in shorter.options)
    assert purse(shorter, option, usual, factors) is None
