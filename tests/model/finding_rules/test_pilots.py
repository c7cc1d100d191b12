"""Findings on pilots and trials."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.terms import Pilot, Timetable
from appraise.model.checks import findings
from appraise.model.finding import Severity
from appraise.model.finding_rules.pilots import check_pilots
from tests.builders import appraisal
from tests.model.said_plainly import said_plainly

D = Decimal
ERROR, ATTENTION = Severity.ERROR, Severity.ATTENTION
PILOT = Pilot(id="p", name="One street", go_on="b", fall_back="a", cost=D(9), test="Fewer calls", source="Quote")
DOCUMENT = appraisal(pilots=(PILOT,))


def _with(**fields: object) -> Appraisal:
    return replace(DOCUMENT, pilots=(replace(PILOT, **fields),))


def _timed(**fields: object) -> Appraisal:
    """The tender of b begins on 1 June 2026; its contract can be signed on 11 August, after ten weeks."""
    planned = Timetable(starts_on="2026-06-01", tender_weeks=10, standstill_days=2, mobilisation_weeks=4)
    made = _with(**fields)
    options = tuple(replace(one, timetable=planned) if one.id == "b" else one for one in made.options)
    return replace(made, options=options)


CASES = [
    (ERROR, "reference", _with(go_on="nobody")),
    (ERROR, "reference", _with(without="nobody")),
    (ATTENTION, "pilot-options", _with(go_on="")),
    (ATTENTION, "pilot-options", _with(fall_back="")),
    (ATTENTION, "pilot-same", _with(fall_back="b")),
    (ERROR, "pilot-chance", _with(success=1.2)),
    (ERROR, "pilot-chance", _with(success=float("nan"))),
    (ERROR, "pilot-chance", _with(false_positive=-0.1)),
    (ERROR, "pilot-amount", _with(cost=D(-1))),
    (ERROR, "pilot-amount", _with(misled=D("NaN"))),
    (ERROR, "pilot-months", _with(months=-1)),
    (ERROR, "pilot-months", _with(months=601)),
    (ATTENTION, "pilot-misled", _with(false_positive=0.1)),
    (ATTENTION, "pilot-test", _with(test=" ")),
    (ATTENTION, "pilot-source", _with(source="")),
    (ATTENTION, "pilot-starts", _with(starts_on="2027-02-30")),
    (ATTENTION, "pilot-late", _timed(months=4)),
]


def test_nothing_is_found_in_a_sound_pilot():
    assert not list(check_pilots(DOCUMENT))
    assert not list(check_pilots(_timed(months=2)))
    assert not list(check_pilots(_timed(months=4, starts_on="2026-02-02")))
    assert not list(check_pilots(_with(false_positive=0.1, misled=D(5), without="a", cost=D(0))))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_by_itself_and_said_plainly(severity, code, document):
    assert [(one.severity, one.code) for one in check_pilots(document)] == [(severity, code)]
    assert code in {one.code for one in findings(document)}
    long = replace(document, pilots=(replace(document.pilots[0], name=" ".join("abcdefghi")),))
    for finding in check_pilots(long):
        said_plainly(finding)
