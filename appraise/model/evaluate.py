"""The only door to the figures: a document in, Results out.

Deterministic parts come first, the simulation last. The same document, seed and number of draws give
the same Results for any number of threads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from appraise.model import costs, measures, scoring, sensitivity, settling, statistics
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.appraisal.options import ShortListRole
from appraise.model.checks import Finding, Severity, findings
from appraise.model.discounting import NO_PENCE, Factors, make_factors, to_pence
from appraise.model.entries import OptionEntries, option_entries, total
from appraise.model.funding import settled_by_year
from appraise.model.histogram import Pence
from appraise.model.periods import label
from appraise.model.plain import content_digest
from appraise.model.plan import Plan, make_plan
from appraise.model.pricing import supplier_premium
from appraise.model.results import (
    Economic,
    Financial,
    OptionResult,
    Pairwise,
    Results,
    Risk,
    ScenarioFunding,
    Scored,
    SupplierPremium,
    Switch,
    YearBand,
)
from appraise.model.simulation import Draws, simulate
from appraise.model.uncertainty import Floats
from appraise.model.verdict import cost_compared, same_lives, verdict
from appraise.model.vintages import versions


class Part(StrEnum):
    """What can be asked for. Risk brings the economic case, funding the financial case.

    Settling is left out of figures that must be there within a frame.
    """

    ECONOMIC = "economic"
    FINANCIAL = "financial"
    SCORE = "score"
    RISK = "risk"
    FUNDING = "funding"
    SETTLING = "settling"


ALL_PARTS = frozenset(Part)
#: What is asked for while somebody drags a slider.
LIVE_PARTS = ALL_PARTS - {Part.SETTLING}
#: The parts that need the costs of options.
COSTED = ALL_PARTS - {Part.SCORE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to simulate; None takes what the document says. `threads` never changes a figure."""

    draws: int | None = None
    seed: int | None = None
    threads: int = 1


class CannotEvaluate(Exception):
    """Errors of the document stop its figures; `findings` names them."""

    def __init__(self, found: tuple[Finding, ...]) -> None:
        super().__init__(found[0].sentence)
        self.findings = found


def _too_large(draws: int) -> Finding:
    return Finding(
        code="too-large-to-sum",
        severity=Severity.ERROR,
        step=5,
        place="Costs and benefits",
        record="",
        field="",
        sentence=f"The amounts are too large to be added up exactly over {draws:,} draws.",
        mend="Look for an amount with too many digits.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Simulated:
    """The draws, and in each the cost to compare: pounds, or pounds a year where lives differ."""

    plan: Plan
    drawn: Draws
    compared: Floats | Pence
    shares: tuple[float, ...]


def _pairwise(simulated: _Simulated, number: int) -> tuple[Pairwise, ...]:
    """How often an option costs less than each of the others, on the same draws."""
    draws = simulated.drawn.npc.shape[1]
    found = []
    for other, option in enumerate(simulated.plan.options):
        if other != number:
            share = statistics.share_cheaper(simulated.compared[number], simulated.compared[other])
            found.append(Pairwise(than=option.id, share=share, error=statistics.share_error(share, draws)))
    return tuple(found)


def _risk(simulated: _Simulated, number: int) -> Risk:
    plan, drawn, share = simulated.plan, simulated.drawn, simulated.shares[number]
    p10, p50, p90 = drawn.cash[number].quantiles(0.1, 0.5, 0.9)
    return Risk(
        npc=statistics.distribution(drawn.npc[number]),
        probability_cheapest=share,
        probability_error=statistics.share_error(share, drawn.npc.shape[1]),
        cash_by_year=YearBand(p10=p10, p50=p50, p90=p90),
        influences=sensitivity.influences(plan, plan.options[number]),
        pairwise_cheaper=_pairwise(simulated, number),
        contribution=sensitivity.contributions(plan, plan.options[number]),
    )


def _never_short_by_rounding(
    gaps: tuple[float, ...], short: Pence, draws: int, probability: float
) -> tuple[float, ...]:
    """Percentiles of the gap, not above 0 where too few draws are short for that.

    A percentile is read inside a bin; many draws at a gap of exactly 0 would come out a few pounds wrong.
    """
    return tuple(
        min(gap, 0.0) if int(count) <= (1 - probability) * draws else gap
        for gap, count in zip(gaps, short, strict=True)
    )


def _funding(
    appraisal: Appraisal, financial: Financial, drawn: Draws, number: int, life: int
) -> tuple[ScenarioFunding, ...]:
    draws = drawn.npc.shape[1]
    rows = []
    for scenario, counted, money in zip(appraisal.scenarios, drawn.gaps[number], drawn.money, strict=True):
        settled = settled_by_year(scenario, appraisal.horizon.years)
        middle, wide = (
            _never_short_by_rounding(values, counted.short, draws, probability)
            for values, probability in zip(counted.histograms.quantiles(0.5, 0.8), (0.5, 0.8), strict=True)
        )
        rows.append(
            ScenarioFunding(
                scenario=scenario.id,
                funding_by_year=settled,
                gap_by_year=tuple(
                    to_pence(cost - money) if year <= life else NO_PENCE
                    for year, (cost, money) in enumerate(zip(financial.by_year, settled, strict=True))
                ),
                expected_funding_by_year=tuple(int(pence) / draws / 100 for pence in money),
                expected_gap_by_year=tuple(int(pence) / draws / 100 for pence in counted.gap),
                gap_p50_by_year=middle,
                gap_p80_by_year=wide,
                probability_of_gap_by_year=tuple(int(short) / draws for short in counted.short),
                probability_of_any_gap=counted.any_short / draws,
            )
        )
    return tuple(rows)


def _option_results(
    appraisal: Appraisal,
    parts: frozenset[Part],
    costed: tuple[OptionEntries, ...],
    factors: Factors,
    simulated: _Simulated | None,
) -> tuple[OptionResult, ...]:
    results = []
    roles = {option.id: option.role for option in appraisal.options}
    usual = next((one for one in costed if roles[one.option] is ShortListRole.BUSINESS_AS_USUAL), None)
    for number, option in enumerate(appraisal.options):
        economic: Economic | None = None
        financial: Financial | None = None
        score: Scored | None = None
        risk: Risk | None = None
        funding: tuple[ScenarioFunding, ...] | None = None
        if parts & COSTED:
            economic = costs.economic_case(appraisal, costed[number], usual, factors)
            if parts & {Part.FINANCIAL, Part.FUNDING}:
                financial = costs.financial_case(appraisal, costed[number], economic, factors)
        if Part.SCORE in parts:
            score = scoring.scored(appraisal, option.id)
        if simulated is not None and Part.RISK in parts:
            risk = _risk(simulated, number)
        if simulated is not None and Part.FUNDING in parts and financial is not None:
            funding = _funding(appraisal, financial, simulated.drawn, number, costed[number].life)
        results.append(
            OptionResult(
                id=option.id,
                name=option.name,
                economic=economic if parts & {Part.ECONOMIC, Part.RISK} else None,
                financial=financial,
                score=score,
                supplier_premium=_premium(appraisal, costed[number]) if Part.SETTLING in parts else None,
                risk=risk,
                funding=funding,
            )
        )
    return tuple(results)


def _switches(
    appraisal: Appraisal,
    options: tuple[OptionResult, ...],
    costed: tuple[OptionEntries, ...],
    factors: Factors,
    *,
    priced: bool,
) -> tuple[Switch, ...]:
    """What would make the recommended option (without one: the cheapest) equal to its nearest rival, or its
    NPSV nothing (Green Book 2026, 6.104). Net present costs of two options are levelled over one life only.
    """
    same = same_lives(appraisal)
    compared = [option for option in options if option.economic is not None]
    if not compared:
        return ()
    recommended = next((option for option in compared if option.id == appraisal.recommendation.option), None)
    preferred = recommended or min(compared, key=lambda option: (cost_compared(option, same=same), option.id))
    by_id = {one.option: one for one in costed}
    found: tuple[Switch, ...] = ()
    rival = sensitivity.cheapest_rival(compared, preferred.id, partial(cost_compared, same=same))
    if rival is not None and by_id[preferred.id].life == by_id[rival.id].life:
        found += sensitivity.cost_switches(appraisal, by_id[preferred.id], by_id[rival.id], priced=priced)
        rate = sensitivity.rate_switch(factors, by_id[preferred.id], by_id[rival.id])
        found += (rate,) if rate is not None else ()
    score_rival = sensitivity.best_scored_rival(compared, preferred.id)
    if score_rival is not None:
        found += sensitivity.weight_switches(appraisal, preferred.id, score_rival.id)
    return found + sensitivity.npsv_switches(appraisal, by_id[preferred.id])


def _simulated(plan: Plan, drawn: Draws, costed: tuple[OptionEntries, ...], factors: Factors) -> _Simulated:
    """Costs to compare: as drawn, or divided by the annuity of each option's life where lives differ."""
    compared: Floats | Pence = drawn.npc
    if len({one.life for one in costed}) > 1:
        annuities = [float(measures.annuity(factors.discount, one.life)) for one in costed]
        compared = drawn.npc / np.array(annuities)[:, np.newaxis]
    return _Simulated(plan=plan, drawn=drawn, compared=compared, shares=statistics.share_cheapest(compared))


def _premium(appraisal: Appraisal, option: OptionEntries) -> SupplierPremium:
    """What the option's supplier adds for constraints, beside its charges."""
    charges = (
        total(entry.real)
        for entry in option.entries
        if entry.kind == "line" and entry.line is not None and entry.line.treatment is Treatment.SUPPLIER_CHARGE
    )
    return supplier_premium(appraisal, option.option, total(charges))


def evaluate(
    appraisal: Appraisal,
    settings: Settings = Settings(),
    *,
    parts: frozenset[Part] = ALL_PARTS,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Results:
    """Compute the parts asked for.

    `progress` is told the share done, from 0 to 1; `cancelled` is asked between chunks of draws.
    Raises CannotEvaluate if findings of the document stop its figures, Cancelled if asked to stop.
    """
    errors = tuple(finding for finding in findings(appraisal) if finding.stops_figures)
    if errors:
        raise CannotEvaluate(errors)
    draws = appraisal.simulation.draws if settings.draws is None else settings.draws
    seed = appraisal.simulation.seed if settings.seed is None else settings.seed
    if draws < 1:
        raise ValueError("There must be at least one draw.")
    factors = make_factors(appraisal)
    costed: tuple[OptionEntries, ...] = ()
    if parts & COSTED:
        costed = tuple(option_entries(appraisal, option.id, factors) for option in appraisal.options)
    simulated: _Simulated | None = None
    if parts & {Part.RISK, Part.FUNDING}:
        plan = make_plan(appraisal, costed, factors)
        try:
            drawn = simulate(
                plan, seed=seed, draws=draws, threads=settings.threads, progress=progress, cancelled=cancelled
            )
        except OverflowError as too_large:
            raise CannotEvaluate((_too_large(draws),)) from too_large
        simulated = _simulated(plan, drawn, costed, factors)
    options = _option_results(appraisal, parts, costed, factors, simulated)
    settled = Part.SETTLING in parts
    together = settling.open_constraints(appraisal)[: settling.MOST_TOGETHER] if settled else ()
    return Results(
        digest=content_digest(appraisal),
        seed=seed,
        draws=draws,
        years=tuple(label(appraisal.horizon.first_year, year) for year in range(appraisal.horizon.years)),
        versions=versions(appraisal),
        options=options,
        verdict=verdict(
            appraisal, options, simulated.compared if simulated is not None and Part.RISK in parts else None
        ),
        switches=_switches(appraisal, options, costed, factors, priced=settled) if costed else (),
        constraints=settling.constraint_results(appraisal, costed, factors, cancelled=cancelled) if settled else None,
        settling_all=settling.value_of_settling(appraisal, costed, factors, together, cancelled=cancelled)
        if settled
        else None,
    )
