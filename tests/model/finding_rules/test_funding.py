"""Findings on scenarios, settlements and grants."""

from dataclasses import replace
from decimal import Decimal

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Programme, ProgrammeStop, Scenario, Settlement, SettlementStatus
from appraise.model.checks import findings
from appraise.model.finding import Severity
from appraise.model.finding_rules.dates import day, year_of
from appraise.model.finding_rules.funding import check_funding, check_grants
from tests.builders import appraisal, line, pounds
from tests.model.said_plainly import said_plainly

D = Decimal
NAN = float("nan")
ERROR, ATTENTION, NOTE = Severity.ERROR, Severity.ATTENTION, Severity.NOTE
LONG = " ".join("abcdefghi")
SETTLEMENT = Settlement(id="set", name="Settled", first_year=0, amounts=pounds(5, 5, 5))
GRANT = Grant(
    id="g",
    name="Fund",
    first_year=1,
    amounts=pounds(8),
    chance=0.5,
    lines=("l",),
    bid_opens="2027-01-10",
    bid_closes="2027-02-01",
    decided_on="2027-03-01",
    spend_by="2029-03-31",
    source="Prospectus",
)
DOCUMENT = appraisal(
    3,
    lines=(line("l", "a", 5), line("m", "a", 5)),
    scenarios=(
        Scenario(
            id="s",
            name="S",
            settlements=(SETTLEMENT,),
            grants=("g",),
            stops=(ProgrammeStop(programme="p", last_year=1),),
            source="Letter",
        ),
    ),
    grants=(GRANT,),
    programmes=(Programme(id="p", name="P", option="a"),),
)


def _settled(**fields: object) -> Appraisal:
    return _scenario(settlements=(replace(SETTLEMENT, **fields),))


def _scenario(**fields: object) -> Appraisal:
    return replace(DOCUMENT, scenarios=(replace(DOCUMENT.scenarios[0], **fields),))


def _bare(*settlements: Settlement) -> Appraisal:
    """A scenario that no grant helps."""
    return replace(_scenario(settlements=settlements, grants=()), grants=())


def _grant(**fields: object) -> Appraisal:
    return replace(DOCUMENT, grants=(replace(GRANT, **fields),))


FINAL = SettlementStatus.FINAL
CASES = [
    (ERROR, "settlement-amount", _settled(capital=pounds(-1, 0, 0))),
    (ERROR, "settlement-amount", _settled(capital=(D("NaN"),) * 3)),
    (ERROR, "capital-years", _settled(capital=pounds(1))),
    (ATTENTION, "status-years", _settled(statuses=(FINAL,))),
    (ATTENTION, "scenario-empty", _bare()),
    (ATTENTION, "scenario-empty", _bare(replace(SETTLEMENT, amounts=pounds(0, 0, 0)))),
    (ATTENTION, "scenario-short", _scenario(settlements=())),
    (ERROR, "reference", _scenario(grants=("g", "nobody"))),
    (ERROR, "reference", _scenario(stops=(ProgrammeStop(programme="nobody", last_year=1),))),
    (ATTENTION, "stop-twice", _scenario(stops=(DOCUMENT.scenarios[0].stops[0],) * 2)),
    (ATTENTION, "stop-year", _scenario(stops=(ProgrammeStop(programme="p", last_year=3),))),
    (ATTENTION, "stop-year", _scenario(stops=(ProgrammeStop(programme="p", last_year=-2),))),
    (ERROR, "grant-amount", _grant(amounts=pounds(-1))),
    (ERROR, "grant-amount", _grant(amounts=(D("Infinity"),))),
    (ATTENTION, "grant-empty", _grant(amounts=(), capital=())),
    (ERROR, "capital-years", _grant(capital=pounds(1, 0))),
    (ERROR, "grant-years", _grant(first_year=-1)),
    (ATTENTION, "grant-beyond", _grant(first_year=3, spend_by="")),
    (ERROR, "grant-chance", _grant(chance=1.5)),
    (ERROR, "grant-chance", _grant(chance=NAN)),
    (ATTENTION, "grant-date", _grant(bid_opens="2027-02-30")),
    (ATTENTION, "grant-date", _grant(spend_by="spring")),
    (ATTENTION, "grant-window", _grant(bid_opens="2027-02-02")),
    (ATTENTION, "grant-early", _grant(decided_on="2027-01-31")),
    (ATTENTION, "grant-decision", _grant(decided_on="2029-04-01")),
    (ATTENTION, "grant-late", _grant(spend_by="2028-03-31")),
    (ATTENTION, "grant-lines", _grant(lines=("nobody",))),
    (ATTENTION, "grant-lines", _grant(lines=("l", "nobody"))),
    (NOTE, "grant-unused", _scenario(grants=())),
    (ATTENTION, "grant-source", _grant(source=" ")),
]


def _found(document: Appraisal) -> list:
    return [*check_funding(document), *check_grants(document)]


def test_nothing_is_found_in_a_sound_scenario():
    assert not _found(DOCUMENT)
    assert not _found(_settled(capital=pounds(1, 0, 2), statuses=(FINAL,) * 3))
    assert not _found(_grant(lines=()))
    assert not _found(_settled(amounts=pounds(0, 0, 0), capital=pounds(1, 0, 0)))


@pytest.mark.parametrize(("severity", "code", "document"), CASES)
def test_each_fault_is_found_by_itself_and_said_plainly(severity, code, document):
    assert [(one.severity, one.code) for one in _found(document)] == [(severity, code)]
    assert code in {one.code for one in findings(document)}
    long = replace(
        document,
        scenarios=tuple(
            replace(one, name=LONG, settlements=tuple(replace(part, name=LONG) for part in one.settlements))
            for one in document.scenarios
        ),
        grants=tuple(replace(one, name=LONG) for one in document.grants),
    )
    for finding in _found(long):
        said_plainly(finding)


def test_a_scenario_without_money_is_told_once():
    (finding,) = _found(_bare())
    assert finding.sentence == "“S” has no money, so every year shows the whole cost as a gap."
    assert (finding.step, finding.record, finding.field) == (7, "s", "settlements")


def test_a_grant_for_a_line_that_is_gone_says_what_is_left():
    assert "pays for nothing" in _found(_grant(lines=("nobody",)))[0].sentence
    assert "pays for only the others" in _found(_grant(lines=("l", "nobody")))[0].sentence


@pytest.mark.parametrize(
    ("when", "year"), [("2027-04-01", 0), ("2028-03-31", 0), ("2028-04-01", 1), ("2027-03-31", -1)]
)
def test_a_financial_year_begins_in_april(when, year):
    assert year_of(DOCUMENT, day(when)) == year


@pytest.mark.parametrize("text", ["", "2027-02-29", "20270401", "2027-W01-1", "01/04/2027", "2027-4-1"])
def test_what_is_no_day_is_none(text):
    assert day(text) is None
