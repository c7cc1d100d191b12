"""Figures of money by year from the draws: an option under every funding scenario (METHOD 12.1 and 12.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import repeat

from appraise.model import statistics
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.funding import Scenario
from appraise.model.discounting import EXACT, NO_PENCE, ONE, ZERO, Factors, pence_by_year, times, to_pence
from appraise.model.entries import Entry, OptionEntries, by_year, total
from appraise.model.funding import capital_by_year, has_capital, revenue_by_year
from appraise.model.funding_draws import GapCount
from appraise.model.funding_plan import Deltas
from appraise.model.funding_results import CostStep, ScenarioDifference, ScenarioFunding, YearBand
from appraise.model.results import Financial
from appraise.model.samples import YearDraws
from appraise.model.scenario_costs import ScenarioCosts
from appraise.model.simulation import Draws
from appraise.model.uncertainty import share_error

#: A chance of a short year up to this over the watched percentile comes from rounding.
ROUNDING = 1e-12


def year_band(drawn: YearDraws) -> YearBand:
    """Percentiles of money by year, with their errors."""
    (p10, p50, p90), (p10_error, p50_error, p90_error) = statistics.by_year(drawn, 0.1, 0.5, 0.9)
    return YearBand(p10=p10, p50=p50, p90=p90, p10_error=p10_error, p50_error=p50_error, p90_error=p90_error)


def affordable(chance_of_gap: float, percentile: int) -> bool:
    """No year is short in at least the watched percentile of draws."""
    return chance_of_gap <= 1 - percentile / 100 + ROUNDING


# --- what is exact -----------------------------------------------------------------------------------------


def _cash(entries: Iterable[Entry], years: int, *, capital: bool) -> tuple[Decimal, ...]:
    """What a scenario adds to the financial case, rounded to pence by entry as that is."""
    chosen = (pence_by_year(one.cash) for one in entries if one.financial and one.cash and one.capital is capital)
    return by_year(chosen, years)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exact:
    """An option in a scenario as entered: money and cost by year, and what of it is missing."""

    funding: tuple[Decimal, ...]
    capital: tuple[Decimal, ...]
    cost: tuple[Decimal, ...]
    gap: tuple[Decimal, ...]


def _added(one: Sequence[Decimal], other: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(mine + yours for mine, yours in zip(one, other, strict=True))


def _exact(appraisal: Appraisal, scenario: Scenario, financial: Financial, costs: ScenarioCosts, life: int) -> _Exact:
    years = appraisal.horizon.years
    revenue, capital = revenue_by_year(scenario, years), capital_by_year(scenario, years)
    spent_revenue = _added(financial.revenue_by_year, _cash(costs.entries, years, capital=False))
    spent_capital = _added(financial.capital_by_year, _cash(costs.entries, years, capital=True))
    cost = _added(spent_revenue, spent_capital)
    funding = _added(revenue, capital)
    gaps = [spent - money for spent, money in zip(cost, funding, strict=True)]
    if has_capital(appraisal, scenario):  # capital that is left pays for no revenue
        short = (spent - money for spent, money in zip(spent_revenue, revenue, strict=True))
        gaps = [max(both) for both in zip(gaps, short, strict=True)]
    return _Exact(
        funding=funding,
        capital=capital,
        cost=pence_by_year(cost),
        gap=tuple(to_pence(gap) if year <= life else NO_PENCE for year, gap in enumerate(gaps)),
    )


def _expected_by_year(entries: Iterable[Entry], factors: Factors) -> tuple[Decimal, ...]:
    """Expected net present cost of entries by year."""
    rows = []
    for entry in entries:
        if entry.economic and entry.public and entry.real:
            real = times(entry.real, repeat(entry.mean)) if entry.expected_real is None else entry.expected_real
            discount = factors.health if entry.line is not None and entry.line.health else factors.discount
            rows.append(times(real, discount))
    return by_year(rows, factors.years)


def broken(
    costs: ScenarioCosts, own: OptionEntries, other: OptionEntries | None, factors: Factors
) -> tuple[float, Decimal]:
    """(chance that a contract is broken, what breaks add to the expected net present cost).

    Renewals are independent of each other and of every cost. At the first boundary without one the break cost and the
    cost of the option that is fallen back on come in, as long as the option would have run; what the option and the
    scenario still would cost falls away.
    """
    if not costs.breaks:
        return 0.0, ZERO
    still = _expected_by_year((*own.entries, *costs.entries), factors)
    instead = _expected_by_year(() if other is None else other.entries, factors)
    running, pounds = ONE, ZERO
    with localcontext(EXACT):
        for one in sorted(costs.breaks, key=lambda one: one.year):
            chance = running * Decimal(repr(one.chance))
            pounds += chance * (one.entry.expected + total(instead[one.year : own.life + 1]) - total(still[one.year :]))
            running -= chance
    return float(1 - running), pounds


def _steps(costs: ScenarioCosts, broken_pounds: Decimal) -> dict[str, float]:
    """What a scenario adds to the expected net present cost, by kind."""
    found = {step.kind: step.pounds for step in costs.steps}
    if broken_pounds:
        found["break"] = float(broken_pounds)
    return found


def _less(steps: dict[str, float], longest: dict[str, float]) -> tuple[CostStep, ...]:
    """Steps of a scenario less those of the longest; kinds that come to nothing are left out."""
    kinds = (*steps, *(kind for kind in longest if kind not in steps))
    pounds = {kind: steps.get(kind, 0.0) - longest.get(kind, 0.0) for kind in kinds}
    return tuple(CostStep(kind=kind, pounds=one) for kind, one in pounds.items() if one)


# --- one option --------------------------------------------------------------------------------------------


def _difference(gaps: Sequence[GapCount], place: int, than: int, draws: int) -> tuple[float, float]:
    """(mean, error) of the net present cost in one scenario less that in another, draw by draw."""
    if place == than:
        return 0.0, 0.0
    mean, error = statistics.mean_and_error(gaps[max(place, than)].against[min(place, than)], draws)
    return (mean if place > than else 0.0 - mean), error


def _against(scenario: str, difference: tuple[float, float]) -> ScenarioDifference:
    return ScenarioDifference(than=scenario, mean=difference[0], error=difference[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFunding:
    """What the figures of one option by scenario are made of. `longest`: the place of the longest scenario."""

    appraisal: Appraisal
    costed: Sequence[OptionEntries]
    factors: Factors
    deltas: Deltas
    drawn: Draws
    longest: int

    def scenarios(self, number: int, financial: Financial) -> tuple[ScenarioFunding, ...]:
        """The option at a place of the document, in every scenario."""
        own = self.costed[number]
        by_id = {one.option: one for one in self.costed}
        costs = [self.deltas[own.option, scenario.id] for scenario in self.appraisal.scenarios]
        breaks = [broken(one, own, by_id.get(one.fall_back), self.factors) for one in costs]
        steps = [_steps(one, pounds) for one, (_, pounds) in zip(costs, breaks, strict=True)]
        band = year_band(self.drawn.options[number].cash)
        return tuple(
            self._scenario(
                number,
                place,
                _exact(self.appraisal, scenario, financial, costs[place], own.life),
                costs[place],
                _less(steps[place], steps[self.longest]),
                breaks[place][0],
                band,
            )
            for place, scenario in enumerate(self.appraisal.scenarios)
        )

    def _scenario(
        self,
        number: int,
        place: int,
        exact: _Exact,
        costs: ScenarioCosts,
        steps: tuple[CostStep, ...],
        break_chance: float,
        band: YearBand,
    ) -> ScenarioFunding:
        draws, percentile = self.drawn.draws, self.appraisal.simulation.percentile
        gaps = self.drawn.options[number].gaps
        counted, scenarios = gaps[place], self.appraisal.scenarios
        (middle, wide), (middle_error, wide_error) = statistics.by_year(counted.first, 0.5, 0.8)
        ((reserve,),), ((reserve_error,),) = statistics.by_year(counted.reserves, percentile / 100)
        missing, missing_error = statistics.mean_and_error(counted.missing, draws)
        npc, npc_error = statistics.mean_and_error(counted.npc, draws)
        short, short_error = _difference(gaps, place, self.longest, draws)
        several = len(scenarios) > 1
        return ScenarioFunding(
            scenario=scenarios[place].id,
            funding_by_year=exact.funding,
            capital_by_year=exact.capital,
            cost_by_year=exact.cost,
            gap_by_year=exact.gap,
            cash_by_year=band if counted.cash is None else year_band(counted.cash),
            expected_funding_by_year=tuple(int(pence) / draws / 100 for pence in counted.money),
            expected_gap_by_year=tuple(int(pence) / draws / 100 for pence in counted.gap),
            gap_p50_by_year=middle,
            gap_p80_by_year=wide,
            probability_of_gap_by_year=tuple(int(one) / draws for one in counted.short),
            probability_of_any_gap=counted.any_short / draws,
            funding_error_by_year=statistics.mean_errors(counted.money, counted.money_squares, draws),
            gap_error_by_year=statistics.missing_errors(counted.first, draws),
            gap_p50_error_by_year=middle_error,
            gap_p80_error_by_year=wide_error,
            probability_error_by_year=tuple(share_error(int(one) / draws, draws) for one in counted.short),
            any_gap_error=share_error(counted.any_short / draws, draws),
            expected_gap=missing,
            expected_gap_error=missing_error,
            reserve=reserve,
            reserve_error=reserve_error,
            reserve_mean=statistics.mean_and_error(counted.reserve, draws)[0],
            reserve_percentile=percentile,
            effective_term=costs.contracts[0].years if costs.contracts else 0,
            contracts=costs.contracts,
            relets=costs.relets,
            npc=npc,
            npc_error=npc_error,
            cost_of_short_termism=short if several else None,
            short_termism_error=short_error if several else None,
            short_termism_steps=steps,
            against=tuple(
                _against(scenarios[other].id, _difference(gaps, place, other, draws))
                for other in range(len(scenarios))
                if other != place
            ),
            affordable=affordable(counted.any_short / draws, percentile),
            break_chance=break_chance,
        )
