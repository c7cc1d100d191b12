"""Money by year: what a scenario of settlements provides, with renewals and cuts (METHOD 12.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Scenario, Settlement
from appraise.model.streams import Streams
from appraise.model.uncertainty import Floats, Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Where one settlement follows another: renewed with probability `renewal`, else cut by a share."""

    year: int
    renewal: float
    cut: Spread


def _by_year(scenario: Scenario, years: int, amounts: Callable[[Settlement], Sequence[Decimal]]) -> tuple[Decimal, ...]:
    money = [Decimal("0.00")] * years
    for settlement in scenario.settlements:
        for offset, pounds in enumerate(amounts(settlement)):
            year = settlement.first_year + offset
            if 0 <= year < years:
                money[year] += pounds
    return tuple(money)


def revenue_by_year(scenario: Scenario, years: int) -> tuple[Decimal, ...]:
    """The revenue as settled, cash pounds by year, before any cut; a year without a settlement has none."""
    return _by_year(scenario, years, lambda settlement: settlement.amounts)


def capital_by_year(scenario: Scenario, years: int) -> tuple[Decimal, ...]:
    """The capital as settled, cash pounds by year, before any cut."""
    return _by_year(scenario, years, lambda settlement: settlement.capital)


def grants_of(appraisal: Appraisal, scenario: Scenario) -> tuple[Grant, ...]:
    """The grants that are bid for in a scenario, by id."""
    return tuple(sorted((one for one in appraisal.grants if one.id in scenario.grants), key=lambda one: one.id))


def has_capital(appraisal: Appraisal, scenario: Scenario) -> bool:
    """Whether a scenario has any capital money, which may not pay for revenue."""
    settled = any(any(settlement.capital) for settlement in scenario.settlements)
    return settled or any(any(grant.capital) for grant in grants_of(appraisal, scenario))


def ring_fenced_by_year(scenario: Scenario, years: int) -> tuple[bool, ...]:
    """In which years money goes back if it is not spent: no settlement of the year may be carried."""
    fenced = [False] * years
    for settlement in scenario.settlements:
        if settlement.ring_fenced:
            for year in range(max(0, settlement.first_year), min(years, settlement.first_year + length(settlement))):
                fenced[year] = True
    return tuple(fenced)


def length(settlement: Settlement) -> int:
    """Years that a settlement covers."""
    return max(len(settlement.amounts), len(settlement.capital))


def boundaries(scenario: Scenario, years: int) -> tuple[Boundary, ...]:
    """The boundaries inside the horizon, in order of years; the first settlement has none before it."""
    ordered = sorted(scenario.settlements, key=lambda settlement: settlement.first_year)
    return tuple(
        Boundary(
            year=settlement.first_year,
            renewal=settlement.renewal,
            cut=Spread(low=settlement.cut_low, likely=settlement.cut_likely, high=settlement.cut_high),
        )
        for settlement in ordered[1:]
        if settlement.first_year < years
    )


def not_renewed(boundary: Boundary, streams: Streams) -> npt.NDArray[np.bool_]:
    """In which draws money is not renewed: one draw for a boundary in a given year, whatever the scenario."""
    return ~streams.below(f"renewal|{boundary.year}", boundary.renewal)


def share_kept(passed: Sequence[Boundary], *, restored: bool, years: int, streams: Streams) -> list[Floats | None]:
    """Share of the settled money that arrives, by year; None: all of it for certain.

    F_t = A_t x product over passed boundaries b of (1 - c_b (1 - R_b)), R_b = 1 with probability q_b.
    If cuts are `restored`, only the last boundary counts. Renewal at a boundary in a given year is one
    draw, shared by all options and scenarios.
    """
    kept: list[Floats | None] = []
    current: Floats | None = None
    by_year = {boundary.year: boundary for boundary in passed}
    for year in range(years):
        boundary = by_year.get(year)
        if boundary is not None:
            lost = not_renewed(boundary, streams)
            size: Floats | float = boundary.cut.low
            if boundary.cut.width:
                size = boundary.cut.at(streams.normals(f"cut|{year}"))
            here = np.asarray(1 - size * lost, dtype=np.float64)
            current = here if restored or current is None else current * here
        kept.append(current)
    return kept
