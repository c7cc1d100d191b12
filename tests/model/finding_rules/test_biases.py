"""Findings on optimism bias: bounds, what is managed, evidence, and symmetry between delivery models."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Bias, Mitigation
from appraise.model.appraisal.lines import Spend, Treatment
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.biases import check_biases as check_each
from appraise.model.finding_rules.biases import check_explained, check_symmetry
from tests.builders import appraisal, constraint, in_house, line, pounds

D = Decimal
OUTSOURCING = Bias(id="out", name="Outsourcing", table="outsourcing", upper_percent=D(41))
BUILDINGS = Bias(
    id="build",
    name="Depot",
    table="non_standard_buildings",
    upper_percent=D(51),
    lower_percent=D(4),
    duration_upper_percent=D(39),
    duration_lower_percent=D(2),
    months=D(18),
)


def check_biases(appraisal: Appraisal) -> list[Finding]:
    """All that is found on optimism bias."""
    return [found for check in (check_each, check_explained, check_symmetry) for found in check(appraisal)]


def _document(*biases: Bias, lines: tuple[object, ...] = (), **fields: object) -> Appraisal:
    """Business as usual, and two options whose largest running cost carries the outsourcing row."""
    usual = (
        line("today", "a", 10, 10),
        line("charge", "b", 9, 9, bias="out", treatment="supplier_charge"),
        line("client", "b", 1, 1),
        line("pay", "c", 8, 8, bias="out"),
    )
    return appraisal(2, ("a", "b", "c"), biases=biases or (OUTSOURCING,), lines=(*usual, *lines), **fields)


def _bias(**fields: object) -> Appraisal:
    return _document(replace(OUTSOURCING, **({"evidence": "Ten contracts"} | fields)))


def _causes(*rows: tuple[object, object], shown: str = "Survey", **fields: object) -> Appraisal:
    causes = tuple(
        Mitigation(id=f"c{n}", name="C", share_percent=D(str(share)), managed_percent=D(str(part)), evidence=shown)
        for n, (share, part) in enumerate(rows)
    )
    return _bias(causes=causes, **({"evidence": "Ten contracts"} | fields))


def _building(**fields: object) -> Appraisal:
    lines = (
        line("depot", "b", 5, bias="build", treatment="capital"),
        line("yard", "c", 5, bias="build", treatment="capital"),
    )
    return _document(OUTSOURCING, replace(BUILDINGS, **fields), lines=lines)


def _unbiased(key: str) -> Appraisal:
    document = _document()
    lines = tuple(replace(one, bias="") if one.id == key else one for one in document.lines)
    return replace(document, lines=lines)


def _explaining(key: str) -> Appraisal:
    permit = replace(constraint("permit", 0.3, 5, in_house("b")), lines=(key,))
    return _document(constraints=(permit,))


ERRORS = {
    "bias-bounds": [
        _bias(upper_percent=D("-1")), _bias(upper_percent=D("NaN")), _bias(lower_percent=D(-1)),
        _bias(upper_percent=D("1000.1")), _bias(duration_upper_percent=D("-0.1")),
        _bias(duration_lower_percent=D("sNaN")),
    ],
    "bias-order": [_bias(lower_percent=D(42)), _bias(duration_upper_percent=D(3), duration_lower_percent=D(4))],
    "bias-months": [_bias(months=D(n)) for n in ("-1", "1201", "NaN")],
    "bias-managed": [_bias(managed_percent=D(n)) for n in ("-0.1", "100.1", "NaN")] + [_causes((100, -5))],
    "cause-share": [_causes((-1, 0), (101, 0)), _causes(("NaN", 0))],
    "causes-over": [_causes((60, 10), (41, 10))],
}  # fmt: skip
ATTENTIONS = {
    "causes-short": [_causes((60, 10), (39, 10))],
    "bias-evidence": [
        _bias(managed_percent=D(10), evidence=" "),
        _causes((50, 0), (50, 10), shown="", evidence=""),
    ],
    "bias-history": [_bias(table="", evidence="", upper_percent=D(18))],
    "bias-table": [_bias(upper_percent=D(30), evidence="")],
    "bias-basis": [
        _document(lines=(line("van", "b", 5, bias="out", treatment="capital"),)),
        _document(OUTSOURCING, BUILDINGS, lines=(line("hire", "b", 1, bias="build", treatment="own_cost"),)),
    ],
    "bias-no-months": [
        replace(
            _building(months=D(0)),
            lines=(*_building().lines, line("gain", "b", 1, bias="build", treatment="non_cash_benefit")),
        )
    ],
    "bias-unused": [
        _document(lines=(line("old", "b", 1, bias="out", treatment=kind),))
        for kind in ("sunk_cost", "transfer", "contingent_liability", "place_effect")
    ],
    "bias-none": [replace(_document(), biases=(), lines=(line("pay", "b", 1),)), _bias(upper_percent=D(0))],
    "bias-asymmetry": [_unbiased("pay"), _unbiased("charge")],
    "explains-nothing": [_explaining("client"), _explaining("pay")],
}
NOTES = {"bias-capped": [_building(managed_percent=D(93), evidence="Survey")]}
SOUND = [
    _document(),
    _building(),
    _bias(managed_percent=D(100)),
    _causes((60, 10), (40, 100)),
    _building(managed_percent=D(92), evidence="Survey"),  # 51 x 8 % = 4.08, above the lower bound of 4
    _building(managed_percent=D(99), evidence="Survey", awarded=True),
    _unbiased("today"),  # business as usual is known
    _unbiased("client"),  # not the largest running cost
    _bias(table="", upper_percent=D(18)),
    _explaining("charge"),
    appraisal(2, lines=()),
]
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.ATTENTION, ATTENTIONS), (Severity.NOTE, NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def _plain(finding: Finding) -> bool:
    return all(len(text.split()) <= 25 and text.endswith(".") for text in (finding.sentence, finding.mend))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_and_said_plainly(severity, code, document):
    found = list(check_biases(document))
    assert (code, severity) in {(finding.code, finding.severity) for finding in found}
    assert all(_plain(finding) for finding in found)
    assert {finding.code for finding in found if finding.severity is Severity.ERROR} <= {code}


@pytest.mark.parametrize("document", SOUND)
def test_nothing_is_found_in_sound_biases(document):
    assert list(check_biases(document)) == []


def test_41_per_cent_on_the_charge_and_nothing_on_own_pay():
    """METHOD 10.5: the check asks for own history on both, or the same treatment."""
    (finding,) = check_biases(_unbiased("pay"))
    assert finding.sentence == "Optimism bias is on the largest running cost of “B”, not of “C”."
    assert finding.mend.startswith("Use the body's own history on both")
    assert (finding.step, finding.record, finding.field) == (5, "pay", "bias")


def test_capital_and_running_costs_are_compared_apart():
    document = _building()
    lines = tuple(replace(one, bias="") if one.id == "yard" else one for one in document.lines)
    (finding,) = check_biases(replace(document, lines=lines))
    assert finding.sentence == "Optimism bias is on the largest capital line of “B”, not of “C”."
    spent = replace(line("kit", "c", 90), spend=Spend.CAPITAL)
    codes = [finding.record for finding in check_biases(replace(document, lines=(*document.lines, spent)))]
    assert codes == ["kit"]


def test_amounts_beyond_reach_do_not_stop_the_checks():
    wild = (replace(line("wild", "c"), amounts=(D("NaN"), D("1E+900000"))), line("gain", "c", 99))
    document = _document(lines=(wild[0], replace(wild[1], treatment=Treatment.CASH_SAVING, amounts=pounds(99))))
    assert list(check_biases(document)) == []


def test_long_names_stay_inside_a_sentence():
    document = _causes((60, 10), (39, 10), name="word " * 300)
    lines = tuple(replace(one, name="word " * 300, bias="") if one.id == "pay" else one for one in document.lines)
    options = tuple(replace(one, name="name " * 300) for one in document.options)
    found = list(check_biases(replace(document, lines=lines, options=options)))
    assert {"causes-short", "bias-asymmetry"} <= {finding.code for finding in found}
    assert all(_plain(finding) for finding in found)


def test_a_bias_over_the_whole_of_a_benefit_is_told() -> None:
    wide = Bias(id="wide", name="Equipment", upper_percent=D(200), evidence="Ten projects")
    document = _document(OUTSOURCING, wide, lines=(line("gain", "b", 5, treatment="wider_benefit", bias="wide"),))
    found = [one for one in check_biases(document) if one.code == "bias-over-benefit"]
    assert [(one.severity, one.record) for one in found] == [(Severity.ATTENTION, "gain")]
