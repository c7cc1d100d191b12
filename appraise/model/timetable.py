"""From the first work on a tender to the first day of service, against the contract and against grants (METHOD 12.2).

Weeks are weeks of the calendar. Working days are Monday to Friday: public holidays are not known here, so a standstill
over Christmas or Easter lasts longer than is reckoned.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant
from appraise.model.appraisal.lines import RULES, Line, Spend
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.terms import Timetable
from appraise.model.partner_results import GrantDays, StageDays, TimetableResult, TimetableStep

#: Days of a week that are worked: Monday is 0.
WORKED = range(5)
APRIL = 4
ONE_DAY = timedelta(days=1)
#: Usual cost lines that are spent between the signing of a contract and its service.
MOBILISING = frozenset({"mobilisation", "set_up", "it_data"})


def day(text: str) -> date | None:
    """The day of an ISO text; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def working_days_end(first: date, days: int) -> date:
    """The last of so many working days that begin with `first`, or with the first working day after it."""
    last = first
    while last.weekday() not in WORKED:
        last += ONE_DAY
    for _ in range(days - 1):
        last += ONE_DAY
        while last.weekday() not in WORKED:
            last += ONE_DAY
    return last


def _steps(timetable: Timetable, start: date) -> Iterator[tuple[str, date, date]]:
    """(key, first day, last day) of every step that takes time, one after the other."""
    weeks = (
        ("engagement", timetable.engagement_weeks),
        ("tender", timetable.tender_weeks),
        ("evaluation", timetable.evaluation_weeks),
    )
    first = start
    for key, count in weeks:
        if count > 0:
            last = first + timedelta(weeks=count) - ONE_DAY
            yield key, first, last
            first = last + ONE_DAY
    if timetable.standstill_days > 0:
        last = working_days_end(first, timetable.standstill_days)
        yield "standstill", first, last
        first = last + ONE_DAY
    if timetable.mobilisation_weeks > 0:
        yield "mobilisation", first, first + timedelta(weeks=timetable.mobilisation_weeks) - ONE_DAY


def needed_by(appraisal: Appraisal, option: Option) -> date:
    """The first day of service that the contract of an option needs: 1 April of its first year if none is entered.

    ValueError for a year that no calendar has.
    """
    entered = day(option.timetable.needed_by)
    return entered or date(appraisal.horizon.first_year + option.terms.starts, APRIL, 1)


def timetable_result(appraisal: Appraisal, option: Option) -> TimetableResult | None:
    """The timetable of an option; None without a first day, or where it leaves the calendar."""
    start = day(option.timetable.starts_on)
    if start is None:
        return None
    try:
        steps = tuple(_steps(option.timetable, start))
        days = _days(start, steps, option.timetable)
        needed = needed_by(appraisal, option)
        stages = tuple(_stages(appraisal, option, days))
        grants = tuple(_left(appraisal, option, days))
    except (OverflowError, ValueError):  # a day after the year 9999
        return None
    return TimetableResult(
        option=option.id,
        steps=tuple(
            TimetableStep(key=key, first_day=first.isoformat(), last_day=last.isoformat()) for key, first, last in steps
        ),
        signed_on=days.signed.isoformat(),
        service_from=days.service.isoformat(),
        needed_by=needed.isoformat(),
        late_days=max(0, (days.service - needed).days),
        stages=stages,
        grants=grants,
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """The first day of the work, of signing and of the service, and how long mobilisation takes."""

    start: date
    signed: date
    service: date
    mobilisation: timedelta


def _days(start: date, steps: Sequence[tuple[str, date, date]], timetable: Timetable) -> _Days:
    before = [last for key, _, last in steps if key != "mobilisation"]
    return _Days(
        start=start,
        signed=before[-1] + ONE_DAY if before else start,
        service=steps[-1][2] + ONE_DAY if steps else start,
        mobilisation=timedelta(weeks=max(0, timetable.mobilisation_weeks)),
    )


def _stages(appraisal: Appraisal, option: Option, days: _Days) -> Iterator[StageDays]:
    """The pilots that may lead to the option: from their own first day, otherwise from that of the timetable."""
    for pilot in appraisal.pilots:
        if pilot.go_on == option.id and pilot.months > 0:
            first = day(pilot.starts_on) or days.start
            last = months_after(first, pilot.months) - ONE_DAY
            late = max(0, (last - days.signed).days + 1)
            yield StageDays(pilot=pilot.id, first_day=first.isoformat(), last_day=last.isoformat(), late_days=late)


def months_after(first: date, months: int) -> date:
    """The same day so many months later; the last day of a month that has no such day."""
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def _left(appraisal: Appraisal, option: Option, days: _Days) -> Iterator[GrantDays]:
    """What each grant leaves of days that can pay for the option, from the first on which its lines can be spent."""
    lines = {line.id: line for line in appraisal.lines if line.option == option.id}
    for grant in appraisal.grants:
        last = day(grant.spend_by)
        paid = [line for key, line in lines.items() if not grant.lines or key in grant.lines]
        if last is None or (grant.lines and not paid):
            continue
        early = any(_spent_early(line) for line in paid)
        waits_for, first = _spent_from(grant, days, early=early)
        ready = first + days.mobilisation if early else first
        yield GrantDays(
            grant=grant.id,
            waits_for=waits_for,
            first_day=first.isoformat(),
            last_day=last.isoformat(),
            days=(last - first).days,
            after_mobilisation=(last - ready).days,
        )


def _spent_early(line: Line) -> bool:
    """Capital, and what is spent on getting ready: paid from the signing of the contract on, before any service."""
    return RULES[line.treatment].capital or line.spend is Spend.CAPITAL or line.heading in MOBILISING


def _spent_from(grant: Grant, days: _Days, *, early: bool) -> tuple[str, date]:
    """What comes last before a grant can be spent, and the day: not before it is decided.

    One with a procurement route of its own, such as a framework, waits for no tender: its contract can be signed from
    the start of the work on, and its service runs once that has been mobilised.
    """
    decided = day(grant.decided_on)
    if grant.own_route:
        order = max(days.start, decided or days.start)
        if early:
            return ("decision" if decided == order else "start"), order
        return "service", order + days.mobilisation
    waits_for, first = ("contract", days.signed) if early else ("service", days.service)
    return ("decision", decided) if decided is not None and decided > first else (waits_for, first)
