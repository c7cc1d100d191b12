"""Money by year: what a scenario of settlements provides, with renewals and cuts (METHOD 12.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from appraise.model.appraisal.funding import Scenario
from appraise.model.streams import Streams
from appraise.model.uncertainty import Floats, Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Where one settlement follows another: renewed with probability `renewal`, else cut by a share."""

    year: int
    renewal: float
    cut: Spread


def settled_by_year(scenario: Scenario, years: int) -> tuple[Decimal, ...]:
    """The money as settled, cash pounds by year, before any cut; a year without a settlement has none."""
    money = [Decimal("0.00")] * years
    for settlement in scenario.settlements:
        for offset, pounds in enumerate(settlement.amounts):
            year = settlement.first_year + offset
            if 0 <= year < years:
                money[year] += pounds
    return tuple(money)


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
            lost = ~streams.below(f"renewal|{year}", boundary.renewal)
            size: Floats | float = boundary.cut.low
            if boundary.cut.width:
                size = boundary.cut.at(streams.normals(f"cut|{year}"))
            here = np.asarray(1 - size * lost, dtype=np.float64)
            current = here if restored or current is None else current * here
        kept.append(current)
    return kept
