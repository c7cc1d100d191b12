"""Funding scenarios and the settlements they are made of. Years are counted from year 0."""

from collections.abc import Mapping
from decimal import Decimal

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario, Settlement, SettlementStatus
from appraise.model.edits.changing import added, changed, changed_in, found, moved, swapped, without
from appraise.model.money import pounds

_NOTHING = Decimal("0.00")


def add_scenario(appraisal: Appraisal, *, scenario: str, name: str) -> Appraisal:
    """A new scenario at the end, without settlements; `scenario` is its new id."""
    return changed(appraisal, scenarios=added(appraisal.scenarios, Scenario(id=scenario, name=name)))


def remove_scenario(appraisal: Appraisal, *, scenario: str) -> Appraisal:
    """Take the scenario out with its settlements."""
    return changed(appraisal, scenarios=without(appraisal.scenarios, scenario))


def move_scenario(appraisal: Appraisal, *, scenario: str, to: int) -> Appraisal:
    """Put the scenario at place `to`, counted from 0. No figure changes."""
    return changed(appraisal, scenarios=moved(appraisal.scenarios, scenario, to))


def _scenario(appraisal: Appraisal, scenario: str, **fields: object) -> Appraisal:
    return changed(appraisal, scenarios=changed_in(appraisal.scenarios, scenario, **fields))


def rename_scenario(appraisal: Appraisal, *, scenario: str, name: str) -> Appraisal:
    """The scenario in a few words."""
    return _scenario(appraisal, scenario, name=name)


def set_restored(appraisal: Appraisal, *, scenario: str, restored: bool) -> Appraisal:
    """Whether a cut is made good at the next renewal."""
    return _scenario(appraisal, scenario, restored=restored)


def set_scenario_source(appraisal: Appraisal, *, scenario: str, source: str) -> Appraisal:
    """Where the money and its chances come from."""
    return _scenario(appraisal, scenario, source=source)


def add_settlement(
    appraisal: Appraisal, *, scenario: str, settlement: str, name: str, first_year: int, years: int
) -> Appraisal:
    """A new settlement of `years` years from `first_year`, without money yet; `settlement` is its new id."""
    new = Settlement(id=settlement, name=name, first_year=first_year, amounts=(_NOTHING,) * years)
    return _scenario(appraisal, scenario, settlements=added(found(appraisal.scenarios, scenario).settlements, new))


def remove_settlement(appraisal: Appraisal, *, scenario: str, settlement: str) -> Appraisal:
    """Take the settlement out of its scenario. The years it covered are then without money."""
    return _scenario(
        appraisal, scenario, settlements=without(found(appraisal.scenarios, scenario).settlements, settlement)
    )


def _settlement(appraisal: Appraisal, scenario: str, settlement: str, **fields: object) -> Appraisal:
    record = found(appraisal.scenarios, scenario)
    new = changed(record, settlements=changed_in(record.settlements, settlement, **fields))
    return changed(appraisal, scenarios=swapped(appraisal.scenarios, new))


def rename_settlement(appraisal: Appraisal, *, scenario: str, settlement: str, name: str) -> Appraisal:
    """The settlement in a few words."""
    return _settlement(appraisal, scenario, settlement, name=name)


def set_settlement_years(
    appraisal: Appraisal, *, scenario: str, settlement: str, first_year: int, years: int
) -> Appraisal:
    """Which years the settlement covers. Its amounts move along; a longer one repeats its last amount,
    a shorter one loses the last amounts.
    """
    amounts = found(found(appraisal.scenarios, scenario).settlements, settlement).amounts[: max(years, 0)]
    amounts += (amounts[-1] if amounts else _NOTHING,) * (years - len(amounts))
    return _settlement(appraisal, scenario, settlement, first_year=first_year, amounts=amounts)


def set_settlement_amounts(
    appraisal: Appraisal, *, scenario: str, settlement: str, amounts: Mapping[int, Decimal]
) -> Appraisal:
    """Cash by year of the horizon (year 0 is the first); years not named stay as they are.

    IndexError for a year that the settlement does not cover: then nothing is changed.
    """
    record = found(found(appraisal.scenarios, scenario).settlements, settlement)
    new = list(record.amounts)
    for year, amount in amounts.items():
        if not 0 <= year - record.first_year < len(new):
            raise IndexError(year)
        new[year - record.first_year] = pounds(amount)
    return _settlement(appraisal, scenario, settlement, amounts=tuple(new))


def set_status(appraisal: Appraisal, *, scenario: str, settlement: str, status: SettlementStatus) -> Appraisal:
    """How firm the money is."""
    return _settlement(appraisal, scenario, settlement, status=status)


def set_renewal(appraisal: Appraisal, *, scenario: str, settlement: str, renewal: float) -> Appraisal:
    """The chance, 0 to 1, that the money is renewed without a cut at the start of this settlement."""
    return _settlement(appraisal, scenario, settlement, renewal=float(renewal))


def set_cut(
    appraisal: Appraisal, *, scenario: str, settlement: str, low: float, likely: float, high: float
) -> Appraisal:
    """The share, 0 to 1, that is lost if the money is not renewed."""
    return _settlement(
        appraisal, scenario, settlement, cut_low=float(low), cut_likely=float(likely), cut_high=float(high)
    )
