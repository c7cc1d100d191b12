"""Findings on the register: suppliers' views and prices, settling, prevention, residual claims and risks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import (
    Agreement,
    Bearer,
    Bearing,
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
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.evaluate import CannotEvaluate, evaluate
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.constraints import BOUNDS, TOGETHER, check_constraints
from appraise.model.pricing import PRESETS
from appraise.model.settling import MOST_TOGETHER
from tests.builders import appraisal, constraint, in_house, line

D = Decimal
NAN = float("nan")
ERROR, ATTENTION, NOTE = Severity.ERROR, Severity.ATTENTION, Severity.NOTE
IMPACT = Impact(low=D(1), likely=D(2), high=D(3))
PERMIT = replace(
    constraint("permit", 0.25, (1, 2, 3), Bearing(option="b", bearer=Bearer.SUPPLIER), in_house("a")),
    body="Regulator",
    evidence="Letter",
    manager="The supplier",
    agreement=Agreement.AGREED,
)
SOUND = appraisal(5, lines=(line("x", "a", 1), line("y", "b", 1, treatment="supplier_charge")), constraints=(PERMIT,))


def _with(**fields: object) -> Appraisal:
    return replace(SOUND, constraints=(replace(PERMIT, **fields),))


def _borne(**fields: object) -> Appraisal:
    """Option b bears the permit on these terms."""
    return _with(bearings=(Bearing(option="b", **fields),))


def _seen(probability: float = 0.5, impact: Impact = IMPACT) -> Appraisal:
    return _with(view=SupplierView(probability=probability, impact=impact))


def _prevented(cost: object = 1, probability: float = 0.1, evidence: str = "Trial") -> Appraisal:
    return _with(prevention=Prevention(cost=D(cost), probability=probability, evidence=evidence))


def _priced(document: Appraisal = SOUND, **fields: object) -> Appraisal:
    usual, other = document.options
    return replace(document, options=(usual, replace(other, pricing=Pricing(**fields))))


def _strength(principle: str, strength: float) -> Appraisal:
    return _priced(principle=Principle(principle), strength=strength)


def _at_percentile(probability: float, *, level: float = 0.8) -> Appraisal:
    return _priced(_with(probability=probability), principle=Principle.PERCENTILE, strength=level)


def _codes(document: Appraisal) -> list[str]:
    return [finding.code for finding in check_constraints(document)]


def _one(document: Appraisal, code: str) -> Finding:
    (found,) = (finding for finding in check_constraints(document) if finding.code == code)
    for text in (found.sentence, found.mend):
        assert len(text.split()) <= 25
        assert text.endswith(".")
    return found


CASES = [
    (ERROR, "pricing-strength", _strength("wang", 3.1)),
    (ERROR, "pricing-strength", _strength("wang", NAN)),
    (ERROR, "pricing-strength", _strength("standard_deviation", 5.1)),
    (ERROR, "pricing-strength", _strength("expected_value", -0.1)),
    (ERROR, "pricing-strength", _strength("cvar", 0)),
    (ERROR, "pricing-strength", _strength("cvar", 1)),
    (ERROR, "pricing-strength", _strength("percentile", 1)),
    (ERROR, "pricing-strength", _strength("proportional_hazard", 0.9)),
    (ERROR, "pricing-strength", _strength("proportional_hazard", 3.01)),
    (ERROR, "pricing-competition", _priced(competition=1.1)),
    (ERROR, "pricing-competition", _priced(competition=NAN)),
    (ATTENTION, "percentile-one", _at_percentile(0.2)),
    (ERROR, "view-probability", _seen(1.1)),
    (ERROR, "view-probability", _seen(NAN)),
    (ERROR, "view-impact", _seen(impact=replace(IMPACT, high=D("NaN")))),
    (ERROR, "view-impact-order", _seen(impact=replace(IMPACT, low=D(4)))),
    (ERROR, "view-impact-negative", _seen(impact=replace(IMPACT, low=D(-1)))),
    (ERROR, "view-impact-shape", _seen(impact=replace(IMPACT, shape=Shape.NORMAL))),
    (ERROR, "impact-shape", _with(impact=replace(IMPACT, shape=Shape.DISCRETE))),
    (ATTENTION, "constraint-by-option", _with(shared=False)),
    (ERROR, "settling-cost", _with(settling=Settling(cost=D(-1)))),
    (ERROR, "settling-cost", _with(settling=Settling(delay_cost=D("-0.01")))),
    (ERROR, "settling-success", _with(settling=Settling(success=1.01))),
    (ERROR, "prevention-cost", _prevented(-1)),
    (ERROR, "prevention-probability", _prevented(probability=-0.1)),
    (ATTENTION, "prevention-higher", _prevented(probability=0.3)),
    (ATTENTION, "prevention-evidence", _prevented(evidence=" ")),
    (ERROR, "residual", _borne(bearer=Bearer.SUPPLIER, residual_probability=1.1, residual_share=0.1)),
    (ERROR, "residual", _borne(bearer=Bearer.SUPPLIER, residual_probability=0.1, residual_share=NAN)),
    (ATTENTION, "residual-none", _borne(bearer=Bearer.SUPPLIER, residual_probability=0.1)),
    (NOTE, "terms-unused", _borne(bearer=Bearer.IN_HOUSE, residual_share=0.1)),
    (NOTE, "terms-unused", _borne(bearer=Bearer.IN_HOUSE, uplift=0.1)),
    (NOTE, "terms-unused", _borne(bearer=Bearer.SUPPLIER, admitted=0.5)),
    (NOTE, "terms-unused", _borne(bearer=Bearer.SUPPLIER, dispute_cost=D(5))),
    (NOTE, "terms-unused", _borne(bearer=Bearer.COMPENSATION, residual_probability=0.2)),
    (ATTENTION, "manager-none", _with(manager=" ")),
    (ATTENTION, "charges-none", replace(SOUND, lines=(line("x", "a", 1), line("y", "b", 1)))),
    (ATTENTION, "body-none", _with(body="")),
    (ATTENTION, "impact-none",
     _with(kind=RegisterKind.RISK, agreement=Agreement.PARTLY, impact=Impact(low=D(0), likely=D(0), high=D(0)))),
    (ATTENTION, "impact-never",
     replace(_with(impact_from=4), options=tuple(replace(one, life_years=3) for one in SOUND.options))),
]  # fmt: skip


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_once_and_alone(severity: Severity, code: str, document: Appraisal) -> None:
    assert _one(document, code).severity is severity
    assert _codes(document) == [code]


@pytest.mark.parametrize("document", [document for severity, _, document in CASES if severity is ERROR])
def test_no_figure_is_made_of_an_error(document: Appraisal) -> None:
    with pytest.raises(CannotEvaluate):
        evaluate(document)


@pytest.mark.parametrize(
    "document",
    [
        SOUND,
        _seen(0.0),
        _prevented(0, 0.25),
        _borne(bearer=Bearer.SUPPLIER, residual_probability=0.1, residual_share=0.2, uplift=0.1, dispute_cost=D(5)),
        _borne(bearer=Bearer.COMPENSATION, admitted=0.5, uplift=0.1, dispute_if_refused=True),
        _priced(competition=0),
        _at_percentile(0.3),
        _with(kind=RegisterKind.RISK, shared=False),
        _with(impact=Impact(low=D(1), likely=D(9), high=D(3), shape=Shape.UNIFORM)),
        _with(settling=Settling(cost=D(9), delay_cost=D(9), success=0, how="Ask")),
        *(_priced(principle=principle, strength=strength) for principle, strength in PRESETS.items()),
        *(
            _strength(principle, bound)
            for principle in ("wang", "expected_value")
            for bound in (BOUNDS[principle].low, 3)
        ),
    ],
)
def test_what_is_sound_is_left_alone(document: Appraisal) -> None:
    assert _codes(document) == []
    assert len(evaluate(document).options) == 2


def test_findings_on_pricing_lead_to_the_option() -> None:
    found = _one(_strength("wang", 9), "pricing-strength")
    assert (found.step, found.record, found.field) == (6, "b", "pricing")
    assert found.sentence == "The supplier's price in “B” has a lambda of 9."
    assert found.mend == "Enter a number from 0 to 3."
    assert _one(_strength("cvar", 0), "pricing-strength").mend == "Enter a number strictly between 0 and 1."


def test_a_percentile_prices_two_events_and_a_likelier_view() -> None:
    other = replace(PERMIT, id="other")
    two = replace(_at_percentile(0.2), constraints=(replace(PERMIT, probability=0.2), replace(other, probability=0.2)))
    assert _codes(two) == []
    view = SupplierView(probability=0.4, impact=IMPACT)
    seen = _priced(_with(probability=0.1, view=view), principle=Principle.PERCENTILE, strength=0.8)
    assert _codes(seen) == []
    claims = Bearing(option="b", bearer=Bearer.COMPENSATION, admitted=0.5)
    part = _priced(_with(probability=0.3, bearings=(claims,)), principle=Principle.PERCENTILE, strength=0.8)
    assert _codes(part) == ["percentile-one"]


def _pools(*bearings: Bearing, **fields: object) -> list[str]:
    """Findings if each constraint has one of these bearings, in option b at the 80th percentile."""
    carried = tuple(
        replace(PERMIT, id=f"k{number}", bearings=(replace(one, option="b"),), **{"probability": 0.2} | fields)
        for number, one in enumerate(bearings)
    )
    return _codes(_priced(replace(SOUND, constraints=carried), principle=Principle.PERCENTILE, strength=0.8))


def test_a_dispute_that_costs_no_number_is_an_error_and_nothing_worse() -> None:
    assert _codes(_borne(bearer=Bearer.IN_HOUSE, dispute_cost=D("sNaN"))) == ["claim", "terms-unused"]


def test_every_lot_is_a_pool_of_its_own() -> None:
    carried = Bearing(option="b", bearer=Bearer.SUPPLIER)
    assert _pools(carried, carried) == []
    assert _pools(carried, replace(carried, lot="Lot 2")) == ["percentile-one"]
    assert _pools(Bearing(option="b", bearer=Bearer.PAIN_GAIN, terms=PainGain(target=D(2)))) == []
    helped = replace(carried, managed=Management(probability=0.1, evidence="Trial"))
    assert _pools(helped, probability=0.5) == ["percentile-one"]
    assert _pools(helped, probability=0.5, view=SupplierView(probability=0.9, impact=IMPACT)) == ["percentile-one"]


def test_constraints_outside_the_set_are_not_valued_together() -> None:
    opened = tuple(replace(PERMIT, id=f"k{number}", agreement=Agreement.PARTLY) for number in range(TOGETHER + 1))
    apart = replace(opened[0], settling=Settling(together=False))
    assert "open-many" in _codes(replace(SOUND, constraints=opened))
    assert "open-many" not in _codes(replace(SOUND, constraints=(apart, *opened[1:])))


def test_a_risk_needs_nobody_to_agree() -> None:
    risk = replace(PERMIT, kind=RegisterKind.RISK, body="", agreement=Agreement.NOBODY_ASKED)
    assert _codes(replace(SOUND, constraints=(risk,))) == []
    assert _codes(_with(body="", agreement=Agreement.NOBODY_ASKED)) == ["body-none", "nobody-asked"]
    unfounded = replace(SOUND, constraints=(replace(risk, evidence=""),))
    assert _one(unfounded, "constraint-evidence").place == "Risk “permit”"


def test_part_of_an_impact_after_a_life_is_told_by_option() -> None:
    usual, other = SOUND.options
    short = (usual, replace(other, life_years=3))
    document = replace(_with(impact_from=3, impact_years=2), options=short)
    assert (
        _one(document, "impact-after-life").sentence == "“permit” comes after the life of “B”, so part is not counted."
    )
    document = replace(_with(impact_from=4), options=short)
    assert _codes(document) == ["impact-never"]
    assert _one(document, "impact-never").sentence == "“permit” comes after the life of “B”, so it never counts there."


def test_only_six_are_valued_together() -> None:
    assert TOGETHER == MOST_TOGETHER

    def register(count: int) -> Appraisal:
        opened = tuple(
            replace(PERMIT, id=f"k{number}", name=f"K{number}", agreement=Agreement.PARTLY) for number in range(count)
        )
        return replace(SOUND, constraints=opened)

    assert "open-many" not in _codes(register(TOGETHER))
    found = _one(register(TOGETHER + 1), "open-many")
    assert (found.severity, found.sentence[:25]) == (NOTE, "7 constraints are open; s")


def test_long_names_make_no_long_sentences() -> None:
    long = "A very long name of seven words"
    options = tuple(replace(one, name=long, life_years=3) for one in SOUND.options)
    every: set[str] = set()
    for _, _, document in CASES:
        named = tuple(replace(one, name=long, impact_years=4) for one in document.constraints)
        wide = replace(document, options=options, constraints=named)
        pricing = tuple(replace(one, pricing=two.pricing) for one, two in zip(options, document.options, strict=True))
        for finding in check_constraints(replace(wide, options=pricing)):
            every.add(finding.code)
            assert len(finding.sentence.split()) <= 25, finding.sentence
    assert {code for _, code, _ in CASES} <= every
