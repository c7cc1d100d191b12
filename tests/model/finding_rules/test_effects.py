"""Findings on other public bodies, income groups and effects without a price."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.effects import Count, Effect, IncomeGroup, PublicBody
from appraise.model.finding import Finding, Severity
from appraise.model.finding_rules.effects import check_effects
from tests.builders import appraisal

D = Decimal
DOCUMENT = replace(
    appraisal(3),
    bodies=(PublicBody(id="nhs", name="Health board"), PublicBody(id="county", name="County")),
    income_groups=(IncomeGroup(id="poor", name="Low pay", income=D(15_000), source="ONS"),),
    effects=(
        Effect(
            id="homes",
            name="Dry homes",
            unit="homes",
            words="Fewer families have to move out",
            source="Survey",
            counts=(Count(option="a", units=(D(1), D(2), D(3))), Count(option="b")),
        ),
        Effect(id="trust", name="Trust", words="People believe what they are told"),
    ),
)


def _body(name: str) -> Appraisal:
    return replace(DOCUMENT, bodies=(PublicBody(id="nhs", name=name), DOCUMENT.bodies[1]))


def _group(**fields: object) -> Appraisal:
    return replace(DOCUMENT, income_groups=(replace(DOCUMENT.income_groups[0], **fields),))


def _effect(**fields: object) -> Appraisal:
    return replace(DOCUMENT, effects=(replace(DOCUMENT.effects[0], **fields), DOCUMENT.effects[1]))


def _units(*units: str, option: str = "a") -> Appraisal:
    return _effect(counts=(Count(option=option, units=tuple(D(unit) for unit in units)),))


def _short_life(*units: str) -> Appraisal:
    document = _units(*units, option="b")
    return replace(document, options=(document.options[0], replace(document.options[1], life_years=1)))


ERRORS = {
    "income": [_group(income=D(n)) for n in ("0", "-1", "NaN", "10000001")],
    "household": [_group(adults=0), _group(adults=-1), _group(children_under_14=-1), _group(children_14_and_over=21)],
    "units-twice": [_effect(counts=(Count(option="a"), Count(option="a", words="again")))],
    "units": [_units("NaN"), _units("sNaN"), _units("1E+20")],
    "units-beyond": [_units("1", "1", "1", "0.5"), _short_life("1", "1", "1")],
}
ATTENTIONS = {
    "body-name": [_body(" ")],
    "body-twice": [_body(" COUNTY "), _body("test council")],
    "group-name": [_group(name="")],
    "income-source": [_group(source=" ")],
    "effect-name": [_effect(name="")],
    "effect-words": [_effect(words=" ")],
    "effect-unit": [_effect(unit="")],
    "effect-source": [_effect(source="")],
    "units-negative": [_units("1", "-0.5")],
}
CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.ATTENTION, ATTENTIONS))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


def _plain(finding: Finding) -> bool:
    texts = (finding.sentence, finding.mend)
    return all(len(text.split()) <= 25 and text.endswith(".") for text in texts) and finding.step == 5


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_and_said_plainly(severity, code, document):
    found = list(check_effects(document))
    assert (code, severity) in {(finding.code, finding.severity) for finding in found}
    assert all(_plain(finding) for finding in found)
    assert {finding.code for finding in found if finding.severity is Severity.ERROR} <= {code}


@pytest.mark.parametrize("document", [DOCUMENT, _short_life("1", "1"), _units("1", "1", "1", "0"), appraisal(3)])
def test_nothing_is_found_in_sound_records(document):
    assert list(check_effects(document)) == []


def test_a_body_without_a_name_leads_to_itself():
    (finding,) = check_effects(_body(""))
    assert (finding.record, finding.field) == ("nhs", "name")
    assert finding.sentence == "A public body that pays or gains has no name."


def test_long_names_stay_inside_a_sentence():
    document = _effect(
        name="word " * 300, words="", unit="", source="", counts=_units("-1", "1", "1", "1").effects[0].counts
    )
    document = replace(document, income_groups=_group(name="word " * 300, income=D(0), source="").income_groups)
    found = list(check_effects(document))
    assert {"units-beyond", "units-negative", "income"} <= {finding.code for finding in found}
    assert all(_plain(finding) for finding in found)
