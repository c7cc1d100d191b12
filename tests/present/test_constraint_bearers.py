"""Who bears what in words and tables: shares that add up or not, terms, what is done, and the rule on changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import (
    Band,
    Bearer,
    Bearing,
    Constraint,
    Management,
    PainGain,
)
from appraise.model.appraisal.options import ContractType
from appraise.model.evaluate import Settings, evaluate
from appraise.present import constraint_bearers, wording
from tests.present import settling_example

DOCUMENT = settling_example.document()
REAL = evaluate(DOCUMENT, Settings(draws=300))
NB = "\u00a0"


def borne(*parts: Bearing) -> Constraint:
    return replace(DOCUMENT.constraints[0], bearings=parts)


def part(bearer: Bearer, share: float, option: str = "option-outsource", **fields: object) -> Bearing:
    return Bearing(option=option, bearer=bearer, share=share, **fields)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((0.6, 0.4), ""),
        ((0.1, 0.2, 0.7), ""),
        ((0.6, 0.3), f"The shares add up to 90{NB}%: nobody bears the other 10{NB}%."),
        ((0.8, 0.45), f"The shares add up to 125{NB}%, which is 25{NB}% too much."),
        ((), ""),
    ],
)
def test_shares_that_do_not_add_up_are_told(shares: tuple[float, ...], sentence: str) -> None:
    kinds = (Bearer.SUPPLIER, Bearer.IN_HOUSE, Bearer.PAIN_GAIN)
    one = borne(*(part(kind, share) for kind, share in zip(kinds, shares, strict=False)))
    assert constraint_bearers.shares_message(one, "option-outsource") == sentence


def test_one_bearer_is_named_and_several_with_their_shares() -> None:
    alone = borne(part(Bearer.SUPPLIER, 1.0))
    assert constraint_bearers.bearers_words(alone, "option-outsource") == "Supplier, in its price"
    assert constraint_bearers.bearers_words(alone, "option-joint") == ""
    both = borne(part(Bearer.SUPPLIER, 0.6), part(Bearer.IN_HOUSE, 0.4))
    said = constraint_bearers.bearers_words(both, "option-outsource")
    assert said == f"Supplier, in its price: 60{NB}%; Authority keeps it: 40{NB}%"
    half = borne(part(Bearer.SUPPLIER, 0.5))
    assert "50" in constraint_bearers.bearers_words(half, "option-outsource"), "half of it has no bearer"


def test_the_table_has_a_dash_where_an_option_is_not_exposed() -> None:
    one = borne(part(Bearer.PAIN_GAIN, 1.0))
    table = constraint_bearers.who_bears(replace(DOCUMENT, constraints=(one,)))
    places = {option.id: place for place, option in enumerate(DOCUMENT.options, 1)}
    assert table.rows[0][places["option-outsource"]].text == "Pain and gain shared"
    assert table.rows[0][places["option-joint"]].text == wording.DASH
    assert "one home" in table.notes[0]


def test_terms_of_claims_are_those_of_compensation_and_of_what_is_left_of_a_transfer() -> None:
    claims = constraint_bearers.bearing_terms(DOCUMENT)
    first = [cell.text for cell in claims.rows[0]]
    assert first[0] == "Flood-risk permit"
    assert first[2:] == ["80\u00a0%", "100\u00a0%", "30\u00a0%", "£120k", "Also if refused"]
    left = part(Bearer.SUPPLIER, 0.5, residual_probability=0.2, residual_share=0.4, dispute_cost=Decimal("1000.00"))
    rows = constraint_bearers.bearing_terms(replace(DOCUMENT, constraints=(borne(left),))).rows
    assert [cell.text for cell in rows[0]][2:4] == ["20\u00a0%", "20\u00a0%"], "40 % of half the impact"
    none = part(Bearer.IN_HOUSE, 1.0, residual_probability=0.2, residual_share=0.4)
    assert constraint_bearers.bearing_terms(replace(DOCUMENT, constraints=(borne(none),))).rows == ()


def shared(share: float = 1.0, **fields: object) -> Bearing:
    return part(Bearer.PAIN_GAIN, share, terms=PainGain(target=Decimal("1000000.00"), **fields))


def paid(bearing: Bearing, likely: str = "4000000.00") -> dict[str, tuple[Decimal, Decimal]]:
    impact = settling_example.impact(2_000_000, float(likely), 6_000_000)
    table = constraint_bearers.outturns(bearing, replace(DOCUMENT.constraints[0], impact=impact))
    return {row[0].text: (row[2].raw, row[3].raw) for row in table.rows}


@pytest.mark.parametrize(
    ("fields", "when", "never"),
    [
        ({}, 2_500_000, 500_000),
        ({"cap": Decimal("1000000.00")}, 3_000_000, 500_000),
        ({"gain": 1.0, "bands": (Band(share=1.0),)}, 4_000_000, 0),
        ({"gain": 0.0, "bands": (Band(share=0.0),)}, 1_000_000, 1_000_000),
    ],
)
def test_the_authority_pays_what_the_terms_say(fields: dict[str, object], when: int, never: int) -> None:
    """METHOD 11.1, pain/gain with I 4 and T 1 (here in millions): 2.5 / .5, capped 3.0 / .5, cost-plus, fixed price."""
    found = paid(shared(**fields))
    assert found["Likely impact"] == (Decimal(when), Decimal(4_000_000 - when))
    assert found["It does not happen: a saving"] == (Decimal(never), Decimal(-never))
    assert found["At the target"][0] == Decimal(1_000_000)
    assert len(found) == 5


def test_equal_outturns_stand_once_and_a_share_counts() -> None:
    found = paid(shared(0.5, gain=0.0), likely="2000000.00")
    assert set(found) == {"It does not happen: a saving", "Low impact", "High impact"}, (
        "half of 2 million is the target"
    )
    assert found["High impact"][0] == Decimal(2_000_000)


def test_of_what_the_target_is_one() -> None:
    impact = settling_example.impact(2_000_000, 4_000_000, 6_000_000)
    met = replace(DOCUMENT.constraints[0], impact=impact)
    assert "whole impact, £4\u00a0million" in constraint_bearers.target_words(shared(), met)
    half = constraint_bearers.target_words(shared(0.5), met)
    assert f"50{NB}% of it, £2\u00a0million" in half


def test_without_a_target_nothing_is_a_saving() -> None:
    bearing = part(Bearer.PAIN_GAIN, 1.0, terms=PainGain())
    assert "It does not happen" in paid(bearing)


def test_what_has_no_evidence_says_that_it_counts_for_nothing() -> None:
    one = borne(part(Bearer.SUPPLIER, 1.0, managed=Management(probability=0.1)))
    row = constraint_bearers.managed(replace(DOCUMENT, constraints=(one,))).rows[0]
    assert row[-1].text == "None yet: it counts for nothing"


def test_bands_are_told_in_order() -> None:
    bands = (Band(up_to=Decimal("500000.00"), share=0.25), Band(share=0.75))
    assert constraint_bearers.bands_words(bands) == f"25{NB}% up to £500k over; 75{NB}% of all beyond"
    assert constraint_bearers.bands_words((Band(share=0.5),)) == f"50{NB}%"
    one = borne(shared(bands=bands, cap=Decimal("250000.00"), gain=0.4))
    row = constraint_bearers.pain_gain_terms(replace(DOCUMENT, constraints=(one,))).rows[0]
    assert [cell.text for cell in row][2:] == [
        "£1m",
        f"40{NB}%",
        f"25{NB}% up to £500k over; 75{NB}% of all beyond",
        "£250k",
    ]


def test_what_is_done_about_it_stands_with_its_evidence() -> None:
    acts = Management(probability=0.1, cost=Decimal("80000.00"), evidence="Telemetry on 40 culverts.")
    one = replace(borne(part(Bearer.SUPPLIER, 1.0, managed=acts)), probability=0.25)
    (row,) = constraint_bearers.managed(replace(DOCUMENT, constraints=(one,))).rows
    assert [cell.text for cell in row][2:] == [
        "The supplier",
        f"25{NB}% to 10{NB}%",
        wording.DASH,
        "£80k",
        "Telemetry on 40 culverts.",
    ]
    less = replace(acts, impact=settling_example.impact(1_000_000, 1_200_000, 2_000_000))
    house = replace(one, bearings=(part(Bearer.IN_HOUSE, 1.0, managed=less),))
    (row,) = constraint_bearers.managed(replace(DOCUMENT, constraints=(house,))).rows
    assert row[2].text == "The authority"
    assert row[4].text == wording.range_short(1_000_000, 2_000_000)


@pytest.mark.parametrize(
    ("fields", "words", "over"),
    [
        ({"largest_claim": Decimal(0)}, "no claim for compensation is expected", False),
        ({"above": True, "largest_claim": Decimal(200_000), "value_change": Decimal(300_000)}, "is within the", False),
        ({"above": True, "largest_claim": Decimal(400_000), "value_change": Decimal(300_000)}, "is beyond the", True),
        ({"above": False, "largest_claim": Decimal(400_000), "value_change": Decimal(1)}, "below the threshold", False),
        (
            {
                "above": True,
                "contract": ContractType.LIGHT_TOUCH.value,
                "largest_claim": Decimal(9),
                "value_change": Decimal(1),
            },
            "a light-touch contract may be changed freely",
            False,
        ),
    ],
)
def test_the_largest_claim_is_checked_against_the_rule_on_changes(
    fields: dict[str, object], words: str, over: bool
) -> None:
    options = tuple(
        replace(one, financial=replace(one.financial, procurement=replace(one.financial.procurement, **fields)))
        if one.id == "option-outsource"
        else replace(
            one,
            financial=replace(
                one.financial, procurement=replace(one.financial.procurement, contract=ContractType.NONE.value)
            ),
        )
        for one in REAL.options
    )
    results = replace(REAL, options=options)
    (said,) = constraint_bearers.claim_check(results, DOCUMENT)
    assert said.startswith("Outsource: ")
    assert words in said
    assert len(said.split()) <= 25
    assert constraint_bearers.claims_breach(results) == (("option-outsource",) if over else ())
    title = constraint_bearers.claim_message(results, DOCUMENT)
    assert ("may need a new tender" in title) is over


def test_without_a_contract_there_is_nothing_to_check() -> None:
    nothing = replace(REAL, options=tuple(replace(one, financial=None) for one in REAL.options))
    assert constraint_bearers.claim_check(nothing, DOCUMENT) == ()
    assert constraint_bearers.claim_message(nothing, DOCUMENT) == ""
