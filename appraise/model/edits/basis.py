"""Title, horizon, rates and simulation."""

from decimal import Decimal

from appraise.model.appraisal.document import (
    Appraisal,
    Basis,
    CapitalView,
    Deflator,
    HorizonLength,
    OwnBand,
    OwnSchedule,
)
from appraise.model.appraisal.lines import Index
from appraise.model.edits.changing import EditRefused, added, changed, changed_in, simple, without
from appraise.model.money import pounds as in_pence
from appraise.model.parameters import SCHEDULES
from appraise.model.tables import PUBLISHED_INDICES, USUAL_YEARS

_SCHEDULE_FIELDS = frozenset({"name", "bands", "source"})


def set_title(appraisal: Appraisal, *, title: str) -> Appraisal:
    """What is being decided, in a few words."""
    return changed(appraisal, title=title)


def set_body(appraisal: Appraisal, *, body: str) -> Appraisal:
    """The public body that decides."""
    return changed(appraisal, body=body)


def set_first_year(appraisal: Appraisal, *, first_year: int) -> Appraisal:
    """Year 0 starts in April `first_year`. Amounts stay where they are, counted from year 0."""
    return changed(appraisal, horizon=changed(appraisal.horizon, first_year=first_year))


def set_years(appraisal: Appraisal, *, years: int) -> Appraisal:
    """How many years are compared. Amounts beyond the horizon stay; the checks report them."""
    return changed(appraisal, horizon=changed(appraisal.horizon, years=years))


def set_horizon_reason(appraisal: Appraisal, *, reason: str) -> Appraisal:
    """Why this many years."""
    return changed(appraisal, horizon=changed(appraisal.horizon, reason=reason))


def set_schedule(appraisal: Appraisal, *, schedule: str) -> Appraisal:
    """The discount schedule, by its id in `model.parameters`; the checks report one that is unknown."""
    return changed(appraisal, basis=changed(appraisal.basis, schedule=schedule))


def set_deflator(appraisal: Appraisal, *, percent: Decimal) -> Appraisal:
    """General inflation, per cent a year."""
    return changed(appraisal, basis=changed(appraisal.basis, deflator_percent=percent))


def set_deflator_source(appraisal: Appraisal, *, source: str) -> Appraisal:
    """Where the general inflation comes from."""
    return changed(appraisal, basis=changed(appraisal.basis, deflator_source=source))


def set_draws(appraisal: Appraisal, *, draws: int) -> Appraisal:
    """How often the uncertain figures are drawn."""
    return changed(appraisal, simulation=changed(appraisal.simulation, draws=draws))


def set_seed(appraisal: Appraisal, *, seed: int) -> Appraisal:
    """The number that makes the draws repeatable."""
    return changed(appraisal, simulation=changed(appraisal.simulation, seed=seed))


def set_most_draws(appraisal: Appraisal, *, draws: int) -> Appraisal:
    """The most draws that are allowed; more are refused before they begin."""
    return changed(appraisal, simulation=changed(appraisal.simulation, most_draws=draws))


def set_percentile(appraisal: Appraisal, *, percent: int) -> Appraisal:
    """How sure, in per cent, a contingency should make; convergence is watched at the same percentile."""
    return changed(appraisal, simulation=changed(appraisal.simulation, percentile=percent))


def set_horizon_length(appraisal: Appraisal, *, length: HorizonLength) -> Appraisal:
    """Which of the usual lengths the horizon has; 10, 30 or 60 years on top of year 0 are set with it (6.9-6.13)."""
    years = USUAL_YEARS.get(length, appraisal.horizon.years)
    return changed(appraisal, horizon=changed(appraisal.horizon, length=length, years=years))


def set_health_schedule(appraisal: Appraisal, *, schedule: str) -> Appraisal:
    """The discount schedule for lines that count lives or health, by its id."""
    return changed(appraisal, basis=changed(appraisal.basis, health_schedule=schedule))


def set_deflator_series(appraisal: Appraisal, *, deflator: Deflator, source: str) -> Appraisal:
    """General inflation by financial year, from a published file or typed, and where it comes from."""
    return changed(appraisal, basis=changed(appraisal.basis, deflator=deflator, deflator_source=source))


def clear_deflator_series(appraisal: Appraisal) -> Appraisal:
    """General inflation is one flat rate again; its source has to be said anew."""
    if appraisal.basis.deflator == Deflator():
        return appraisal
    return changed(appraisal, basis=changed(appraisal.basis, deflator=Deflator(), deflator_source=""))


def set_median_income(appraisal: Appraisal, *, pounds: Decimal, source: str) -> Appraisal:
    """The median income that distributional weights start from, pounds a year, and who publishes it."""
    basis = changed(appraisal.basis, median_income=in_pence(pounds), median_income_source=source)
    return changed(appraisal, basis=basis)


def set_capital_view(appraisal: Appraisal, *, view: CapitalView) -> Appraisal:
    """How the financial case shows capital: paid in cash, or by the yearly charges for it."""
    return changed(appraisal, basis=changed(appraisal.basis, capital_view=view))


def copy_schedule(appraisal: Appraisal, *, schedule: str, copy: str) -> Appraisal:
    """A published or own schedule again, to be changed, under the new id `copy`. KeyError if there is none."""
    own = {one.id: one for one in appraisal.basis.own_schedules}
    if schedule in own:
        new = changed(own[schedule], id=copy)
    else:
        published = SCHEDULES[schedule]
        bands = tuple(OwnBand(first=band.first, percent=band.percent) for band in published.bands)
        name = f"{published.name}, own copy"
        new = OwnSchedule(id=copy, name=name, bands=bands, source=published.source, copied_from=schedule)
    if copy in SCHEDULES:
        raise KeyError(f"id {copy!r} is a published schedule")
    schedules = added(appraisal.basis.own_schedules, new)
    return changed(appraisal, basis=changed(appraisal.basis, own_schedules=schedules))


def change_own_schedule(appraisal: Appraisal, *, schedule: str, **fields: object) -> Appraisal:
    """Name, bands or source of an own schedule. TypeError for another field."""
    new = simple(fields, _SCHEDULE_FIELDS)
    schedules = changed_in(appraisal.basis.own_schedules, schedule, **new)
    return changed(appraisal, basis=changed(appraisal.basis, own_schedules=schedules))


def remove_own_schedule(appraisal: Appraisal, *, schedule: str) -> Appraisal:
    """Take the own schedule out. Where it was in use, the published schedule of its kind holds again."""
    basis, usual = appraisal.basis, Basis()
    return changed(
        appraisal,
        basis=changed(
            basis,
            own_schedules=without(basis.own_schedules, schedule),
            schedule=usual.schedule if basis.schedule == schedule else basis.schedule,
            health_schedule=usual.health_schedule if basis.health_schedule == schedule else basis.health_schedule,
        ),
    )


def add_published_index(appraisal: Appraisal, *, index: str, published: str) -> Appraisal:
    """A price index with the published rises from year 1 on, where they reach; `index` is its new id.

    The figure of calendar year N stands for the rise to the financial year that begins in April N. KeyError
    for an unknown index, EditRefused if year 1 lies before its first figure.
    """
    row = PUBLISHED_INDICES[published]
    first, last = appraisal.horizon.first_year + 1, max(row.years)
    if first < min(row.years):
        raise EditRefused(f"{row.name} is published from {min(row.years)}; enter earlier rises yourself.")
    covered = [year for year in sorted(row.years) if year >= first] or [last]
    reach = f"{covered[0]} to {last}" if covered[0] < last else f"{last}"
    new = Index(
        id=index,
        name=row.name,
        percent=tuple(row.years[year] for year in covered),
        source=f"{row.source}; calendar year {reach}",
        published=row.published,
        review_by=row.review_by,
    )
    return changed(appraisal, indices=added(appraisal.indices, new))
