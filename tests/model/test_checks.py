import dataclasses
import time
import types
import typing
from dataclasses import replace
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appraise.model.appraisal.constraints import Agreement, Bearing, Impact
from appraise.model.appraisal.criteria import Branch
from appraise.model.appraisal.document import Appraisal, Basis, Horizon, Simulation
from appraise.model.appraisal.effects import Bias
from appraise.model.appraisal.funding import Scenario, Settlement
from appraise.model.appraisal.lines import Index, Range, Treatment
from appraise.model.appraisal.records import Assumption, CommercialCase, ManagementCase, Person, Recommendation, Role
from appraise.model.checks import Finding, Severity, findings
from tests.builders import appraisal, constraint, in_house, line, pounds, scores, tree
from tests.model.sound import CHOICES, NEED, OPTIONS, SOURCING

D = Decimal
NAN = float("nan")


def _sound() -> Appraisal:
    """A whole document in which nothing is found."""
    permit = constraint(
        "permit",
        0.3,
        (1, 2, 3),
        in_house("insource"),
        evidence="letter",
        impact_from=1,
        impact_years=2,
        body="Regulator",
    )
    document = appraisal(
        4,
        **tree(100, 50),
        need=NEED,
        choices=CHOICES,
        sourcing=SOURCING,
        lines=tuple(
            line(f"{o.id}-line", o.id, 1, 2, 3, 4, spread=(90, 120), source="ledger", bias="works") for o in OPTIONS
        ),
        biases=(
            Bias(id="works", name="Works", upper_percent=D(20), lower_percent=D(2), evidence="Five schemes since 2019"),
        ),
        constraints=(replace(permit, agreement=Agreement.AGREED),),
        scenarios=(
            Scenario(id="s", name="S", source="letter", settlements=(_settlement("s1", 0, 2), _settlement("s2", 2, 2))),
        ),
        assumptions=(Assumption(id="pay", statement="Pay follows earnings", source="OBR"),),
        people=(Person(id="p1", post="Analyst", role=Role.ANALYST), Person(id="p2", post="Auditor", role=Role.ASSURER)),
        recommendation=Recommendation(decision="Approve", option="insource", reasons="Cheapest"),
        commercial=CommercialCase(route="Open", requirements="r", risk_allocation="r", people="p"),
        management=ManagementCase(governance="g", transition="t", benefits="b", review="r"),
    )
    marks = scores(**{option.id: (10.0 * place, 90.0 - 10 * place) for place, option in enumerate(OPTIONS)})
    return replace(document, options=OPTIONS, scores=marks, horizon=replace(document.horizon, reason="Contract life"))


def _settlement(key: str, first: int, years: int) -> Settlement:
    return Settlement(id=key, name=key, first_year=first, amounts=pounds(*[5] * years))


SOUND = _sound()
INSOURCE = "insource"


def _codes(document: Appraisal, severity: Severity | None = None) -> set[str]:
    return {finding.code for finding in findings(document) if severity in (None, finding.severity)}


def _first(part: str, **fields: object) -> Appraisal:
    """The sound document with these fields of the first record of a part."""
    records = getattr(SOUND, part)
    return replace(SOUND, **{part: (replace(records[0], **fields), *records[1:])})


def _scenario(*settlements: Settlement) -> Appraisal:
    return _first("scenarios", settlements=settlements)


def _part(**fields: object) -> Appraisal:
    return _scenario(_settlement("s1", 0, 2), replace(_settlement("s2", 2, 2), **fields))


def _impact(low: object, likely: object, high: object) -> Appraisal:
    return _first("constraints", impact=Impact(low=D(low), likely=D(likely), high=D(high)))


def test_nothing_is_found_in_a_sound_document():
    assert findings(SOUND) == ()


ERRORS = {
    "options-none": [replace(SOUND, options=())],
    "horizon": [replace(SOUND, horizon=Horizon(first_year=2027, years=n, reason="r"))
        for n in (-1, 0, 126, 10**9, 10**6000)],
    "first-year": [replace(SOUND, horizon=Horizon(first_year=n, years=4, reason="r")) for n in (27, -1, 10**5000)],
    "schedule": [replace(SOUND, basis=replace(SOUND.basis, schedule="green_book_1066"))],
    "deflator": [replace(SOUND, basis=replace(SOUND.basis, deflator_percent=D(n))) for n in ("NaN", "-100", "1E+99")],
    "draws": [replace(SOUND, simulation=Simulation(draws=n)) for n in (0, -5, 1_000_001)],
    "seed": [replace(SOUND, simulation=Simulation(seed=n)) for n in (-1, 2**63)],
    "weights-zero": [replace(SOUND, criteria=tuple(replace(one, swing=0.0) for one in SOUND.criteria))],
    "swing": [_first("criteria", swing=n) for n in (-1.0, NAN, float("inf"), 100.5)],
    "score": [_first("scores", value=n) for n in (-0.1, 100.1, NAN)],
    "score-twice": [replace(SOUND, scores=(*SOUND.scores, SOUND.scores[0]))],
    "probability": [_first("constraints", probability=n) for n in (-0.1, 1.3, NAN)],
    "impact": [_impact("NaN", 1, 2), _impact(1, 2, "1E+20"), _impact(1, "Infinity", 2)],
    "impact-order": [_impact(3, 2, 4), _impact(1, 5, 4)],
    "impact-years": [
        _first("constraints", impact_from=first, impact_years=years)
        for first, years in ((3, 2), (-1, 2), (0, 0), (9, 1))
    ],
    "bearing-twice": [_first("constraints", bearings=(in_house(INSOURCE), in_house(INSOURCE)))],
    "claim": [
        _first("constraints", bearings=(Bearing(option=INSOURCE, **fields),))
        for fields in (
            {"admitted": 1.1}, {"uplift": -0.1}, {"uplift": NAN}, {"dispute_cost": D("NaN")}, {"dispute_cost": D(-1)},
        )
    ],
    "range": [
        _first("lines", range=Range(low=D(low), high=D(high)))
        for low, high in ((101, 120), (90, 99), (-1, 120), ("NaN", 120), (90, "sNaN"), (90, 10_001))
    ],
    "amount": [_first("lines", amounts=(D(text),))
        for text in ("NaN", "sNaN", "Infinity", "10000000000000.01", "-1E+50")],
    "amount-beyond": [_first("lines", amounts=pounds(1, 1, 1, 1, "0.01"))],
    "index-rise": [replace(SOUND, indices=(Index(id="i", name="i", percent=(D(n),), source="s"),))
        for n in ("NaN", -51)],
    "settlement-years": [_part(amounts=()), _scenario(_settlement("s1", -1, 5))],
    "settlement-amount": [_part(amounts=(D("-0.01"), D(1))), _part(amounts=(D("NaN"), D(1)))],
    "renewal": [_part(renewal=n) for n in (-0.1, 1.1, NAN)],
    "cut": [_part(cut_low=0.2), _part(cut_high=1.1), _part(cut_low=NAN), _part(cut_likely=0.3, cut_high=0.2)],
    "settlements-overlap": [_scenario(_settlement("s1", 0, 3), _settlement("s2", 2, 2))],
    "settlements-hole": [_scenario(_settlement("s2", 3, 1), _settlement("s1", 0, 2))],
    "reference": [
        _first("scores", option="nobody"),
        _first("scores", criterion="nothing"),
        _first("criteria", branch="nowhere"),
        _first("lines", option="nobody"),
        _first("lines", index="nothing"),
        _first("lines", assumption="nothing"),
        _first("constraints", index="nothing"),
        _first("constraints", bearings=(in_house("nobody"),)),
        replace(SOUND, recommendation=replace(SOUND.recommendation, option="nobody")),
    ],
    "id-twice": [
        replace(SOUND, **{part: (*getattr(SOUND, part), getattr(SOUND, part)[0])})
        for part in ("options", "branches", "criteria", "lines", "constraints", "scenarios", "assumptions", "people")
    ],
    "id-empty": [_first("people", id="")],
}  # fmt: skip

ATTENTIONS = {
    "title": [replace(SOUND, title=" ")],
    "body": [replace(SOUND, body="")],
    "horizon-reason": [replace(SOUND, horizon=Horizon(first_year=2027, years=4))],
    "weights-no-top": [_first("criteria", swing=90.0)],
    "swing-zero": [_first("criteria", swing=0.0)],
    "branch-empty": [replace(SOUND, branches=(*SOUND.branches, Branch(id="new", name="New")))],
    "anchors": [_first("criteria", worst=""), _first("criteria", best=" ")],
    "criterion-money": [_first("criteria", name=name) for name in ("Whole-life cost", "Savings", "Affordability")],
    "scores-missing": [replace(SOUND, scores=SOUND.scores[1:])],
    "scores-alike": [replace(SOUND, scores=tuple(replace(score, value=50.0) for score in SOUND.scores))],
    "reasons-missing": [_first("scores", reason=" ")],
    "line-source": [_first("lines", source="")],
    "range-asymmetry": [_first("lines", range=None)],
    "costs-none": [replace(SOUND, lines=SOUND.lines[1:])],
    "amount-negative": [_first("lines", amounts=pounds(-1))],
    "transfer": [_first("lines", name=name) for name in ("Redundancy payments", "Pension strain")],
    "not-cash": [_first("lines", name="Depreciation of vehicles")],
    "impact-none": [_first("constraints", agreement=Agreement.PARTLY, probability=0.0)],
    "bearing-none": [_first("constraints", bearings=())],
    "nobody-asked": [_first("constraints", agreement=Agreement.NOBODY_ASKED)],
    "constraint-evidence": [_first("constraints", evidence="")],
    "scenario-source": [_first("scenarios", source="")],
    "scenario-short": [_scenario(_settlement("s1", 0, 3)), _scenario(_settlement("s1", 1, 3))],
    "scenario-empty": [_scenario()],
    "deflator-source": [replace(SOUND, basis=Basis())],
    "index-source": [replace(SOUND, indices=(Index(id="i", name="i", percent=(D(2),)),))],
    "index-empty": [replace(SOUND, indices=(Index(id="i", name="i", percent=(), source="s"),))],
    "decision-none": [replace(SOUND, recommendation=replace(SOUND.recommendation, decision=""))],
    "recommendation-none": [replace(SOUND, recommendation=replace(SOUND.recommendation, option=""))],
    "reasons-none": [replace(SOUND, recommendation=replace(SOUND.recommendation, reasons=""))],
    "assumption-source": [_first("assumptions", source="")],
    "roles-missing": [replace(SOUND, people=SOUND.people[:1])],
    "independence": [_first("people", post="AUDITOR")],
}  # fmt: skip

NOTES = {
    "fictional": [replace(SOUND, fictional=True)],
    "few-draws": [replace(SOUND, simulation=Simulation(draws=9_999))],
    "still-open": [_first("constraints", agreement=Agreement.NOT_AGREED)],
    "index-short": [
        replace(
            _first("lines", index="i"), indices=(Index(id="i", name="Pay", percent=(D(2), D(3)), source="OBR"),)
        )
    ],
}  # fmt: skip

CASES = [
    pytest.param(severity, code, document, id=f"{code}-{number}")
    for severity, table in ((Severity.ERROR, ERRORS), (Severity.ATTENTION, ATTENTIONS), (Severity.NOTE, NOTES))
    for code, documents in table.items()
    for number, document in enumerate(documents)
]


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_and_said_plainly(severity, code, document):
    assert code in _codes(document, severity)
    for finding in findings(document):
        _assert_plain(finding)


@pytest.mark.parametrize(("severity", "code", "document"), [case for case in CASES if case.values[0] != Severity.ERROR])
def test_what_only_needs_attention_is_no_error(severity, code, document):
    assert severity is not Severity.ERROR
    assert not _codes(document, Severity.ERROR), code


def _assert_plain(finding: Finding) -> None:
    for text in (finding.sentence, finding.mend):
        assert text[0] == "“" or text[0].isupper() or text[0].isdigit(), text
        assert text.endswith("."), text
        assert len(text.split()) <= 25, text
    assert finding.place
    assert 1 <= finding.step <= 10


def test_a_finding_leads_to_its_record():
    document = _first("constraints", probability=1.3)
    (finding,) = findings(document)
    assert (finding.step, finding.record, finding.field) == (6, "permit", "probability")
    assert finding.place == "Constraint “permit”"
    assert finding.sentence == "“permit” has a probability of 1.3, outside 0 to 1."


def test_errors_come_first_and_then_the_order_of_the_journey():
    document = replace(_first("constraints", probability=1.3, evidence=""), title="", fictional=True)
    assert [finding.code for finding in findings(document)] == [
        "probability",
        "title",
        "constraint-evidence",
        "fictional",
    ]


def test_an_illustrative_assumption_and_a_marked_transfer_are_fine():
    assert not _codes(_first("assumptions", source="", statement="Illustrative rise"))
    assert "transfer" not in _codes(_first("lines", name="Redundancy", treatment=Treatment.TRANSFER))


def test_long_names_are_cut_in_sentences():
    document = replace(SOUND, options=(replace(SOUND.options[0], name="word " * 500, term_years=9), *SOUND.options[1:]))
    document = replace(document, lines=tuple(replace(one, source="", name="x" * 5_000) for one in SOUND.lines))
    found = findings(document)
    assert {"term", "line-source"} <= {finding.code for finding in found}
    for finding in found:
        _assert_plain(finding)
        assert len(finding.sentence) < 250


@pytest.mark.parametrize("lower", ["NaN", "sNaN", "1E+999999"])
def test_a_lower_bound_that_is_no_number_is_told(lower):
    wrong = replace(SOUND.biases[0], lower_percent=D(lower))
    assert _codes(replace(SOUND, biases=(wrong,)), Severity.ERROR)


def _strategy(hint: object) -> st.SearchStrategy:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return st.lists(_strategy(arguments[0]), max_size=2).map(tuple)
    if isinstance(hint, types.UnionType):
        return st.one_of(*(_strategy(argument) for argument in arguments))
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{field.name: _strategy(hints[field.name]) for field in dataclasses.fields(hint)})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return {
        str: st.one_of(st.sampled_from(["", "a", "b"]), st.text(max_size=3)),
        int: st.one_of(st.integers(-2, 130), st.integers()),
        float: st.floats(),
        Decimal: st.one_of(st.decimals(allow_nan=True), st.sampled_from([D("sNaN"), D("1E+999999"), D("-1E-999999")])),
        bool: st.booleans(),
        types.NoneType: st.none(),
    }[hint]


@given(_strategy(Appraisal))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_the_document_holds_the_checks_return(document):
    for finding in findings(document):
        _assert_plain(finding)


def test_fast_enough_to_run_at_every_edit():
    document = replace(SOUND, lines=SOUND.lines * 7)
    began = time.process_time()
    for _ in range(20):
        findings(document)
    assert (time.process_time() - began) / 20 < 0.05  # the aim is 5 ms; ten times that on a busy machine is a fault
