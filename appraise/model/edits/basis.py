"""Title, horizon, rates and simulation."""

from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.edits.changing import changed


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
