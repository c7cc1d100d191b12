"""Findings on prevention."""

from dataclasses import replace

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Programme
from appraise.model.checks import findings
from appraise.model.finding import Severity
from appraise.model.finding_rules.programmes import check_programmes
from tests.builders import appraisal, line
from tests.model.said_plainly import said_plainly

ERROR, ATTENTION = Severity.ERROR, Severity.ATTENTION
LONG = " ".join("abcdefghi")
PROGRAMME = Programme(
    id="p",
    name="Falls",
    option="a",
    investment=("team",),
    lines=("beds",),
    lag_years=1,
    low=0.1,
    likely=0.2,
    high=0.3,
    decay=0.25,
    source="Trial",
)
DOCUMENT = appraisal(
    4,
    lines=(
        line("team", "a", 5),
        line("beds", "a", 9),
        line("saved", "a", 9, treatment="cash_saving"),
        line("theirs", "b", 9),
    ),
    programmes=(PROGRAMME,),
)


def _with(**fields: object) -> Appraisal:
    return replace(DOCUMENT, programmes=(replace(PROGRAMME, **fields),))


CASES = [
    (ERROR, "reference", _with(investment=("nobody",))),
    (ERROR, "reference", _with(lines=("nobody",))),
    (ERROR, "programme-line", _with(lines=("theirs",))),
    (ERROR, "programme-line", _with(investment=("theirs",))),
    (ERROR, "programme-benefit", _with(lines=("saved",))),
    (ERROR, "programme-benefit", _with(investment=("saved",))),
    (ATTENTION, "programme-both", _with(lines=("beds", "team"))),
    (ATTENTION, "programme-free", _with(investment=())),
    (ERROR, "programme-effect", _with(high=1.01)),
    (ERROR, "programme-effect", _with(low=float("nan"))),
    (ERROR, "programme-order", _with(low=0.25)),
    (ERROR, "programme-order", _with(likely=0.4)),
    (ATTENTION, "programme-none", _with(lines=())),
    (ATTENTION, "programme-none", _with(low=0.0, likely=0.0, high=0.0)),
    (ERROR, "programme-decay", _with(decay=-0.1)),
    (ERROR, "programme-decay", _with(decay=1.1)),
    (ERROR, "programme-years", _with(starts=-1)),
    (ERROR, "programme-years", _with(lag_years=101)),
    (ERROR, "programme-years", _with(ramp_years=-1)),
    (ATTENTION, "programme-late", _with(starts=3)),
    (ATTENTION, "programme-source", _with(source="")),
    (
        ATTENTION,
        "programme-sum",
        replace(DOCUMENT, programmes=(replace(PROGRAMME, high=0.6), replace(PROGRAMME, id="q", high=0.6))),
    ),
]


def test_nothing_is_found_in_a_sound_programme():
    assert not list(check_programmes(DOCUMENT))
    assert not list(check_programmes(_with(ramp_years=0, decay=1.0, high=1.0)))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_by_itself_and_said_plainly(severity, code, document):
    assert [(one.severity, one.code) for one in check_programmes(document)] == [(severity, code)]
    assert code in {one.code for one in findings(document)}
    long = replace(
        document,
        lines=tuple(replace(one, name=LONG) for one in document.lines),
        programmes=tuple(replace(one, name=LONG) for one in document.programmes),
    )
    for finding in check_programmes(long):
        said_plainly(finding)


def test_a_programme_of_an_option_that_is_gone_is_an_error():
    codes = [one.code for one in check_programmes(_with(option="nobody"))]
    assert codes == ["reference", "programme-line", "programme-line"]


def test_what_programmes_lower_together_is_told_of_the_last():
    finding = next(check_programmes(CASES[-1][2]))
    assert finding.sentence == "Programmes can lower “beds” by 120 % together."
    assert (finding.step, finding.record, finding.field) == (7, "q", "lines")
