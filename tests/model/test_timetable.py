"""Every step by the calendar, working days, the contract and the window of grants."""

from dataclasses import replace
from datetime import date

import pytest

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant
from appraise.model.appraisal.lines import Spend
from appraise.model.appraisal.terms import ContractTerms, Pilot, Timetable
from appraise.model.partner_results import StageDays, TimetableResult
from appraise.model.timetable import months_after, timetable_result, working_days_end
from tests.builders import appraisal, line

#: Monday 1 June 2026: 4 weeks, 6 weeks, 3 weeks, 8 working days, 10 weeks.
PLANNED = Timetable(
    starts_on="2026-06-01",
    engagement_weeks=4,
    tender_weeks=6,
    evaluation_weeks=3,
    standstill_days=8,
    mobilisation_weeks=10,
)


def document(planned: Timetable = PLANNED, *grants: Grant, starts: int = 0) -> Appraisal:
    made = appraisal(3, ("a", "b"), grants=grants, lines=(line("mine", "a", 1), line("theirs", "b", 1)))
    first = replace(made.options[0], timetable=planned, terms=ContractTerms(starts=starts))
    return replace(made, options=(first, made.options[1]))


def result(made: Appraisal) -> TimetableResult:
    found = timetable_result(made, made.options[0])
    assert found is not None
    return found


def test_every_step_by_hand() -> None:
    """Thirteen weeks end on Sunday 30 August; eight working days from Monday end on Wednesday 9 September."""
    found = result(document())
    assert [(step.key, step.first_day, step.last_day) for step in found.steps] == [
        ("engagement", "2026-06-01", "2026-06-28"),
        ("tender", "2026-06-29", "2026-08-09"),
        ("evaluation", "2026-08-10", "2026-08-30"),
        ("standstill", "2026-08-31", "2026-09-09"),
        ("mobilisation", "2026-09-10", "2026-11-18"),
    ]
    assert found.service_from == "2026-11-19"
    assert (found.needed_by, found.late_days) == ("2027-04-01", 0)


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        ("2026-08-31", 1, "2026-08-31"),  # Monday
        ("2026-08-31", 5, "2026-09-04"),
        ("2026-08-31", 6, "2026-09-07"),
        ("2026-09-05", 1, "2026-09-07"),  # Saturday: Monday is the first
        ("2026-09-06", 8, "2026-09-16"),
        ("2026-12-18", 8, "2026-12-29"),  # public holidays are not known
    ],
)
def test_working_days_are_monday_to_friday(first: str, days: int, last: str) -> None:
    assert working_days_end(date.fromisoformat(first), days) == date.fromisoformat(last)


def test_a_late_start_is_late_for_the_contract() -> None:
    late = replace(PLANNED, starts_on="2026-12-07")  # 27 weeks later: service from 27 May 2027
    assert (result(document(late)).service_from, result(document(late)).late_days) == ("2027-05-27", 56)
    assert result(document(late, starts=1)).late_days == 0
    assert result(document(late, starts=1)).needed_by == "2028-04-01"


def test_the_day_that_is_entered_is_the_one_the_contract_needs() -> None:
    late = replace(PLANNED, starts_on="2026-12-07")  # service from 27 May 2027
    needed = replace(late, needed_by="2027-05-20")
    assert (result(document(needed)).needed_by, result(document(needed)).late_days) == ("2027-05-20", 7)
    assert result(document(replace(late, needed_by="2027-10-01"))).late_days == 0
    assert result(document(replace(late, needed_by="some day"))).needed_by == "2027-04-01"


def test_steps_of_no_time_are_left_out() -> None:
    found = result(document(Timetable(starts_on="2026-06-01", standstill_days=0)))
    assert found.steps == ()
    assert found.service_from == "2026-06-01"


@pytest.mark.parametrize("starts_on", ["", "June", "2026-02-30"])
def test_without_a_first_day_there_is_no_timetable(starts_on: str) -> None:
    made = document(replace(PLANNED, starts_on=starts_on))
    assert timetable_result(made, made.options[0]) is None


def test_a_timetable_that_leaves_the_calendar_has_no_figures() -> None:
    made = document(replace(PLANNED, starts_on="9999-12-01"))
    assert timetable_result(made, made.options[0]) is None


def grant_days(made: Appraisal) -> dict[str, tuple[str, str, int, int]]:
    return {one.grant: (one.waits_for, one.first_day, one.days, one.after_mobilisation) for one in result(made).grants}


def test_days_of_a_grant_run_from_the_service_or_from_its_decision() -> None:
    """Service from 19 November 2026; with a framework of its own, ten weeks of mobilisation after the decision."""
    found = grant_days(
        document(
            PLANNED,
            Grant(id="open", name="Open", spend_by="2027-03-31"),
            Grant(id="short", name="Short", spend_by="2026-11-18"),
            Grant(id="own", name="Own route", spend_by="2026-11-18", own_route=True, decided_on="2026-07-01"),
            Grant(id="late", name="Late", spend_by="2027-03-31", decided_on="2027-01-01"),
            Grant(id="theirs", name="For another option", spend_by="2027-03-31", lines=("theirs",)),
            Grant(id="mine", name="For this option", spend_by="2026-11-19", lines=("mine",)),
            Grant(id="undated", name="Undated"),
        )
    )
    assert found == {
        "open": ("service", "2026-11-19", 132, 132),
        "short": ("service", "2026-11-19", -1, -1),
        "own": ("service", "2026-09-09", 70, 70),
        "late": ("decision", "2027-01-01", 89, 89),
        "mine": ("service", "2026-11-19", 0, 0),
    }


@pytest.mark.parametrize(
    "early", [{"treatment": "capital"}, {"spend": Spend.CAPITAL}, {"heading": "mobilisation"}, {"heading": "set_up"}]
)
def test_a_grant_for_what_is_paid_before_the_service_runs_from_the_contract(early: dict[str, str]) -> None:
    """Signed on 10 September 2026; what is ordered then is ready ten weeks later, on 19 November."""
    made = document(
        PLANNED,
        Grant(id="open", name="Open", spend_by="2026-11-30"),
        Grant(id="late", name="Late", spend_by="2026-11-30", decided_on="2026-09-30"),
        Grant(id="own", name="Own route", spend_by="2026-11-30", own_route=True, decided_on="2026-07-01"),
        Grant(id="known", name="Own route, decided", spend_by="2026-11-30", own_route=True, decided_on="2026-01-05"),
    )
    assert result(made).signed_on == "2026-09-10"
    assert grant_days(replace(made, lines=(line("mine", "a", 1, **early), made.lines[1]))) == {
        "open": ("contract", "2026-09-10", 81, 11),
        "late": ("decision", "2026-09-30", 61, -9),
        "own": ("decision", "2026-07-01", 152, 82),
        "known": ("start", "2026-06-01", 182, 112),
    }


def test_a_pilot_runs_from_its_own_day_and_should_end_before_signing() -> None:
    """Signing is on 10 September 2026: three months from 10 June end on the day before it, four a month later."""
    pilots = (
        Pilot(id="fits", name="Fits", go_on="a", months=3, starts_on="2026-06-10"),
        Pilot(id="late", name="Late", go_on="a", months=4, starts_on="2026-06-10"),
        Pilot(id="first", name="From the first day of the timetable", go_on="a", months=1),
        Pilot(id="endless", name="Of no time", go_on="a"),
        Pilot(id="theirs", name="For another option", go_on="b", months=3),
    )
    assert result(replace(document(), pilots=pilots)).stages == (
        StageDays(pilot="fits", first_day="2026-06-10", last_day="2026-09-09", late_days=0),
        StageDays(pilot="late", first_day="2026-06-10", last_day="2026-10-09", late_days=30),
        StageDays(pilot="first", first_day="2026-06-01", last_day="2026-06-30", late_days=0),
    )


@pytest.mark.parametrize(
    ("first", "months", "after"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2027-12-01", 1, "2028-01-01"),
        ("2027-07-05", 5, "2027-12-05"),
        ("2026-11-30", 15, "2028-02-29"),
    ],
)
def test_months_are_those_of_the_calendar(first: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(first), months) == date.fromisoformat(after)
