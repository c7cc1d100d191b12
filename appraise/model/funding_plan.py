"""Funding scenarios as plans: the money, what each adds to an option, and the parts that money is tied to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Grant, Scenario
from appraise.model.appraisal.lines import Line
from appraise.model.discounting import Factors
from appraise.model.entries import Entry, OptionEntries
from appraise.model.funding import (
    boundaries,
    capital_by_year,
    grants_of,
    has_capital,
    revenue_by_year,
    ring_fenced_by_year,
)
from appraise.model.plan_parts import (
    BreakPlan,
    DeltaPlan,
    Flows,
    GrantPlan,
    OptionPlan,
    PartsPlan,
    ScenarioPlan,
    Years,
)
from appraise.model.scenario_costs import Break, ScenarioCosts, scenario_costs

#: What each scenario does to each option, by (option, scenario).
Deltas = Mapping[tuple[str, str], ScenarioCosts]


class Planner(Protocol):
    """Turns entries into plans."""

    def option(self, entries: OptionEntries, *, retained: bool = True, placed: bool = False) -> OptionPlan:
        """The plan of entries; with what stays of constraints, and with present values in their years."""

    def flows(self, entry: Entry) -> Flows:
        """Money of an entry."""


def deltas_of(
    appraisal: Appraisal, costed: Sequence[OptionEntries], factors: Factors, scenarios: Iterable[Scenario]
) -> Deltas:
    """What each scenario does to each option."""
    by_id = {one.option: one for one in costed}
    return {
        (option, scenario.id): scenario_costs(appraisal, by_id, option, scenario, factors)
        for scenario in scenarios
        for option in by_id
    }


def _floats(pounds: Iterable[Decimal], years: int) -> Years:
    found = tuple(float(one) for one in pounds)[:years]
    return found + (0.0,) * (years - len(found))


def _grant_by_year(grant: Grant, amounts: tuple[Decimal, ...], years: int) -> Years:
    """Pounds of a grant in the years of the horizon."""
    if grant.first_year < 0:
        return _floats(amounts[-grant.first_year :], years)
    return _floats((Decimal(0),) * grant.first_year + amounts, years)


class _Pots:
    """Which lines may be paid for by which grants: lines with the same grants share a pot, narrow ones first."""

    def __init__(self, appraisal: Appraisal, scenarios: Sequence[Scenario]) -> None:
        used = {grant.id: grant for scenario in scenarios for grant in grants_of(appraisal, scenario)}
        payers: dict[str, frozenset[str]] = {}
        for key, grant in used.items():
            for line in grant.lines:
                payers[line] = payers.get(line, frozenset()) | {key}
        self.keys = sorted(set(payers.values()), key=lambda one: (len(one), sorted(one)))
        self.by_line = {line: self.keys.index(grants) for line, grants in payers.items()}

    def of(self, line: Line | None) -> int | None:
        """The pot of a line; None: no grant is meant for it."""
        return None if line is None else self.by_line.get(line.id)

    def paid_by(self, grant: Grant) -> tuple[int, ...] | None:
        """The pots that a grant may pay for, those with fewest other grants first; None: everything."""
        if not grant.lines:
            return None
        return tuple(place for place, grants in enumerate(self.keys) if grant.id in grants)

    def ordered(self, grants: Sequence[Grant]) -> list[Grant]:
        """Grants in the order in which they pay: the more narrowly tied first."""

        def width(grant: Grant) -> tuple[bool, int, str]:
            return not grant.lines, len(self.paid_by(grant) or ()), grant.id

        return sorted(grants, key=width)


class _Parts:
    """Makes the parts of options and of what scenarios add to them."""

    def __init__(self, planner: Planner, pots: _Pots, *, split: bool) -> None:
        self.planner = planner
        self.pots = pots
        self.split = split

    def of(self, entries: OptionEntries, whole: OptionPlan, *, retained: bool, placed: bool) -> PartsPlan:
        """The parts of an option whose whole is planned already."""
        return PartsPlan(
            whole=whole,
            capital=self._only(entries, capital=True) if self.split else None,
            pots=tuple(self._pot(entries, place) for place in range(len(self.pots.keys))),
            placed=self.planner.option(entries, retained=retained, placed=True) if placed else None,
        )

    def _only(self, entries: OptionEntries, *, capital: bool | None, pot: int | None = None) -> OptionPlan:
        """The cash of some lines: of capital or revenue alone (None: both), of one pot alone (None: of all)."""

        def kept(line: Line | None, *, spent_on: bool) -> bool:
            return capital in {None, spent_on} and (pot is None or self.pots.of(line) == pot)

        chosen = tuple(entry for entry in entries.entries if kept(entry.line, spent_on=entry.capital))
        effects = tuple(effect for effect in entries.effects if kept(effect.line, spent_on=effect.capital))
        return self.planner.option(replace(entries, entries=chosen, effects=effects), retained=False)

    def _pot(self, entries: OptionEntries, place: int) -> tuple[OptionPlan, OptionPlan | None] | None:
        if not any(self.pots.of(entry.line) == place for entry in entries.entries):
            return None
        if not self.split:
            return self._only(entries, capital=None, pot=place), None
        return self._only(entries, capital=False, pot=place), self._only(entries, capital=True, pot=place)


def _break_plan(planner: Planner, one: Break) -> BreakPlan:
    flows = planner.flows(one.entry)
    return BreakPlan(year=one.year, cash=tuple(flows.cash.tolist()), npc=sum(flows.npc.tolist()))


def _delta(parts: _Parts, costs: ScenarioCosts, option: OptionEntries, places: Mapping[str, int]) -> DeltaPlan:
    added: PartsPlan | None = None
    if costs.entries or costs.effects:
        entries = replace(option, entries=costs.entries, effects=costs.effects)
        whole = parts.planner.option(entries, retained=False)
        added = parts.of(entries, whole, retained=False, placed=bool(costs.breaks))
    ordered = sorted(costs.breaks, key=lambda one: one.year)
    breaks = tuple(_break_plan(parts.planner, one) for one in ordered)
    return DeltaPlan(parts=added, breaks=breaks, fall_back=places.get(costs.fall_back, -1), ends=option.life + 1)


def _broken_or_fallen_back_on(deltas: Deltas) -> set[str]:
    """Options whose money from some year on is needed by itself."""
    found = set()
    for (option, _), costs in deltas.items():
        if costs.breaks:
            found |= {option, costs.fall_back}
    return found


def fund(
    appraisal: Appraisal,
    planner: Planner,
    costed: Sequence[OptionEntries],
    options: Sequence[OptionPlan],
    scenarios: Sequence[Scenario],
    deltas: Deltas,
) -> tuple[tuple[ScenarioPlan, ...], tuple[PartsPlan, ...]]:
    """(scenarios, the parts of every option) of a document whose options are planned already."""
    if not scenarios:
        return (), ()
    years = appraisal.horizon.years
    pots = _Pots(appraisal, scenarios)
    parts = _Parts(planner, pots, split=any(has_capital(appraisal, one) for one in scenarios))
    placed = _broken_or_fallen_back_on(deltas)
    places = {one.option: place for place, one in enumerate(costed)}
    by_option = tuple(
        parts.of(entries, whole, retained=True, placed=entries.option in placed)
        for entries, whole in zip(costed, options, strict=True)
    )
    planned = tuple(
        ScenarioPlan(
            id=scenario.id,
            settled=_floats(revenue_by_year(scenario, years), years),
            capital=_floats(capital_by_year(scenario, years), years),
            split=has_capital(appraisal, scenario),
            ring_fenced=ring_fenced_by_year(scenario, years),
            boundaries=boundaries(scenario, years),
            restored=scenario.restored,
            carry_over=scenario.carry_over,
            grants=tuple(
                GrantPlan(
                    id=grant.id,
                    chance=grant.chance,
                    revenue=_grant_by_year(grant, grant.amounts, years),
                    capital=_grant_by_year(grant, grant.capital, years),
                    pots=pots.paid_by(grant),
                )
                for grant in pots.ordered(grants_of(appraisal, scenario))
            ),
            deltas=tuple(_delta(parts, deltas[one.option, scenario.id], one, places) for one in costed),
        )
        for scenario in scenarios
    )
    return planned, by_option
