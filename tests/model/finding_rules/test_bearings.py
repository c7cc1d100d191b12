"""Findings on who bears a constraint: shares, pain and gain, and what a bearer does about it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.constraints import Band, Bearer, Bearing, Constraint, Impact, Management, PainGain
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Shape
from appraise.model.finding import Finding, Place, Severity, named
from appraise.model.finding_rules.bearings import check_bearings
from appraise.model.finding_rules.constraints import check_constraints
from tests.builders import appraisal, constraint

D = Decimal
NAN = float("nan")
ERROR, ATTENTION, NOTE = Severity.ERROR, Severity.ATTENTION, Severity.NOTE
IMPACT = Impact(low=D(1), likely=D(2), high=D(3))
TERMS = PainGain(target=D(10), bands=(Band(up_to=D(5), share=0.2), Band(up_to=D(9)), Band(share=1.0)), cap=D(4))


def _borne(*bearings: Bearing, name: str = "permit", options: tuple[str, ...] = ("a", "b")) -> Appraisal:
    permit = replace(constraint("permit", 0.25, (1, 2, 3), *bearings), name=name)
    return appraisal(options=options, constraints=(permit,))


def _parts(*shares: tuple[Bearer, float]) -> Appraisal:
    return _borne(*(Bearing(option="b", bearer=bearer, share=share) for bearer, share in shares))


def _pain(**fields: object) -> Appraisal:
    return _borne(Bearing(option="b", bearer=Bearer.PAIN_GAIN, terms=replace(TERMS, **fields)))


def _managed(**fields: object) -> Appraisal:
    done = replace(Management(probability=0.1, cost=D(1), evidence="A trial"), **fields)
    return _borne(Bearing(option="b", managed=done))


def _found(document: Appraisal) -> list[Finding]:
    (one,) = document.constraints
    all_of_it = list(check_constraints(document))
    mine = {finding.sentence for finding in all_of_it}
    name = named(one.name, "a constraint without a name")
    found = list(check_bearings(document, one, name, Place(6, f"Constraint {name}", one.id, "bearings")))
    assert {finding.sentence for finding in found} <= mine
    return found


SUPPLIER, IN_HOUSE, PAIN_GAIN = Bearer.SUPPLIER, Bearer.IN_HOUSE, Bearer.PAIN_GAIN
LIKELY = replace(IMPACT, likely=D(4), high=D(5))
CASES = [
    (ERROR, "bearing-twice", _parts((SUPPLIER, 0.5), (SUPPLIER, 0.5))),
    (ERROR, "share", _parts((SUPPLIER, 1.5), (IN_HOUSE, -0.5))),
    (ERROR, "share", _parts((SUPPLIER, NAN))),
    (ERROR, "shares-sum", _parts((SUPPLIER, 0.5), (IN_HOUSE, 0.4))),
    (ERROR, "shares-sum", _parts((SUPPLIER, 0.5))),
    (ERROR, "shares-sum", _parts((SUPPLIER, 0.5), (IN_HOUSE, 0.5 + 2e-9))),
    (NOTE, "share-none", _parts((SUPPLIER, 1.0), (IN_HOUSE, 0.0))),
    (ERROR, "pain-pounds", _pain(target=D(-1))),
    (ERROR, "pain-pounds", _pain(target=D("NaN"))),
    (ERROR, "pain-pounds", _pain(cap=D("-0.01"))),
    (ERROR, "pain-pounds", _pain(bands=(Band(up_to=D("1E+20")), Band()))),
    (ERROR, "pain-share", _pain(gain=1.1)),
    (ERROR, "pain-share", _pain(bands=(Band(share=-0.1),))),
    (ERROR, "pain-share", _pain(bands=(Band(share=NAN),))),
    (ERROR, "bands-none", _pain(bands=())),
    (ERROR, "bands-end", _pain(bands=(Band(up_to=D(5)),))),
    (ERROR, "bands-order", _pain(bands=(Band(up_to=D(5)), Band(up_to=D(5)), Band()))),
    (ERROR, "bands-order", _pain(bands=(Band(up_to=D(0)), Band()))),
    (ERROR, "bands-order", _pain(bands=(Band(), Band()))),
    (ATTENTION, "target-none", _pain(target=D(0))),
    (ATTENTION, "managed-evidence", _managed(evidence=" ")),
    (ERROR, "managed-probability", _managed(probability=1.1)),
    (ERROR, "managed-probability", _managed(probability=NAN)),
    (ERROR, "managed-cost", _managed(cost=D("-0.01"))),
    (ERROR, "managed-cost", _managed(cost=D("NaN"))),
    (ERROR, "managed-impact", _managed(impact=replace(IMPACT, low=D("NaN")))),
    (ERROR, "managed-impact-shape", _managed(impact=replace(IMPACT, shape=Shape.LOGNORMAL))),
    (ERROR, "managed-impact-order", _managed(impact=replace(IMPACT, high=D(1)))),
    (ERROR, "managed-impact-negative", _managed(impact=replace(IMPACT, low=D(-1)))),
    (ATTENTION, "managed-no-better", _managed(probability=0.25)),
    (ATTENTION, "managed-no-better", _managed(probability=0.2, impact=LIKELY)),
    (ERROR, "managed-twice",
     _borne(*(Bearing(option="b", bearer=one, share=0.5, managed=Management(probability=0.1, evidence="Trial"))
              for one in (SUPPLIER, IN_HOUSE)))),
]  # fmt: skip


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_once_and_alone(severity: Severity, code: str, document: Appraisal) -> None:
    assert [(found.code, found.severity) for found in _found(document)] == [(code, severity)]


@pytest.mark.parametrize(
    "document",
    [
        _borne(),
        _parts((SUPPLIER, 0.1), (IN_HOUSE, 0.2), (Bearer.COMPENSATION, 0.7)),
        _borne(Bearing(option="a"), Bearing(option="b")),
        _pain(),
        _pain(cap=None, gain=0.0, bands=(Band(share=0.0),)),
        _managed(),
        _managed(probability=0.3, impact=replace(IMPACT, likely=D(1), high=D(1))),
        _managed(impact=Impact(low=D(1), likely=D(9), high=D(2), shape=Shape.UNIFORM)),
    ],
)
def test_what_is_sound_is_left_alone(document: Appraisal) -> None:
    assert _found(document) == []


def test_the_option_is_named() -> None:
    (found,) = _found(_parts((SUPPLIER, 0.5), (IN_HOUSE, 0.4)))
    assert found.sentence == "The shares of “permit” in “B” are 90 % together, not 100 %."
    assert (found.step, found.record, found.field) == (6, "permit", "bearings")


def test_long_names_make_no_long_sentences() -> None:
    long = "A very long name of seven words"
    for _, code, document in CASES:
        (one,) = document.constraints
        options = tuple(replace(option, name=long) for option in document.options)
        renamed: Constraint = replace(one, name=long)
        for found in _found(replace(document, options=options, constraints=(renamed,))):
            assert found.code == code
            for text in (found.sentence, found.mend):
                assert len(text.split()) <= 25, text
                assert text.endswith(".")
