"""The only door to the figures: a document in, Results out.

Deterministic parts come first, the simulation last. The same document, seed and number of draws give
the same Results for any number of threads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import combinations

import numpy as np

from appraise.model import costs, influence, measures, risk_flip, sensitivity, settling, statistics
from appraise.model.agreement import agreement
from appraise.model.appraisal.document import Appraisal
from appraise.model.appraisal.lines import Treatment
from appraise.model.appraisal.options import ShortListRole
from appraise.model.checks import Finding, Severity, findings
from appraise.model.discounting import Factors, make_factors, to_pence
from appraise.model.entries import OptionEntries
from appraise.model.entries import total as total_of
from appraise.model.flags import flags
from appraise.model.funding_figures import OptionFunding, year_band
from appraise.model.funding_plan import deltas_of
from appraise.model.funding_results import LengthAnswer, Regret, ScenarioFunding, YearBand
from appraise.model.parts import paid_entries
from appraise.model.periods import label
from appraise.model.plain import content_digest
from appraise.model.plan import make_plan
from appraise.model.plan_parts import Plan
from appraise.model.pricing import supplier_premium
from appraise.model.regret import longest, regret
from appraise.model.results import (
    Contingency,
    Convergence,
    Difference,
    Distribution,
    DrawnApart,
    Economic,
    Financial,
    OptionResult,
    Pairwise,
    Results,
    Risk,
    SupplierPremium,
    Switch,
)
from appraise.model.samples import Sample
from appraise.model.score_figures import ScoreFigures, against_costs, score_figures
from appraise.model.score_results import Scoring
from appraise.model.scoring import gates_failed
from appraise.model.settlement_lengths import settlement_lengths
from appraise.model.simulation import Draws, best_counts, draw_costs, simulate
from appraise.model.together import with_partners
from appraise.model.uncertainty import Floats, share_error
from appraise.model.verdict import cost_compared, same_lives, share_cheaper, verdict
from appraise.model.vintages import versions


class Part(StrEnum):
    """What can be asked for. Risk brings the economic case, funding the financial case.

    Without being asked for by name the economic case has no run at the review's rate and no unit costs. Years are cash
    by year and in all, contingency, and how steady a percentile is. Settling, and dependence
    (differences between options, shares of the variance, rank correlations, and what it would be if options shared
    nothing), are left out of figures that must be there within a frame. So is robustness: of the scores all other ways
    of drawing weights, and who could be first under any. Lengths, what length of settlement would do, are
    left out as well. Partners are what joint options cost each of them, price gaps,
    pilots, the public purse and timetables; they are left out of a frame, too.
    """

    ECONOMIC = "economic"
    FINANCIAL = "financial"
    SCORE = "score"
    RISK = "risk"
    YEARS = "years"
    FUNDING = "funding"
    LENGTHS = "lengths"
    SETTLING = "settling"
    DEPENDENCE = "dependence"
    SWITCHES = "switches"
    ROBUSTNESS = "robustness"
    PARTNERS = "partners"


ALL_PARTS = frozenset(Part)
#: What is asked for while somebody drags a slider.
LIVE_PARTS = ALL_PARTS - {Part.SETTLING, Part.DEPENDENCE, Part.ROBUSTNESS, Part.LENGTHS, Part.PARTNERS}
#: Draws over which it is told what the options share.
APART = 4_096
#: The parts that need the costs of options.
COSTED = ALL_PARTS - {Part.SCORE, Part.ROBUSTNESS}
#: What stands where cash by year was not asked for.
NO_YEARS = YearBand(p10=(), p50=(), p90=(), p10_error=(), p50_error=(), p90_error=())
NOT_WATCHED = Convergence(percentile=0, draws=(), values=(), errors=(), steady=True)
#: What is asked for while a chance is dragged: what it does to costs and to who is cheapest.
PREVIEW_PARTS = frozenset({Part.RISK})
#: The same while a swing or a score is dragged.
SCORES_PREVIEW = frozenset({Part.SCORE})


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
    """The draws. `apart`: chances of being cheapest, see DrawnApart; `differences` of costs by places of options.

    `funding`: what the figures by scenario are made of; None without scenarios.
    """

    plan: Plan
    drawn: Draws
    funding: OptionFunding | None
    apart: tuple[DrawnApart, ...] | None
    differences: Mapping[tuple[int, int], Distribution]


def _pairwise(simulated: _Simulated, number: int) -> tuple[Pairwise, ...]:
    """How often an option costs less than each of the others, on the same draws."""
    drawn, found = simulated.drawn, []
    for other, option in enumerate(simulated.plan.options):
        if other != number:
            share = share_cheaper(drawn, number, other)
            found.append(Pairwise(than=option.id, share=share, error=share_error(share, drawn.draws)))
    return tuple(found)


def _all_differences(drawn: Draws) -> dict[tuple[int, int], Distribution]:
    """What each option costs more than each other one, draw by draw, by their places."""
    found = {}
    for one, other in combinations(range(len(drawn.options)), 2):
        there, back = statistics.both_ways(drawn.options[one].npc.kept - drawn.options[other].npc.kept)
        found[one, other], found[other, one] = there, back
    return found


def _differences(simulated: _Simulated, number: int) -> tuple[Difference, ...]:
    """What an option costs more than each of the others; empty if that was not asked for."""
    found = simulated.differences
    return tuple(
        Difference(than=option.id, distribution=found[number, other])
        for other, option in enumerate(simulated.plan.options)
        if (number, other) in found
    )


def _contingency(percentile: int, total: Sample, financial: Financial | None) -> Contingency | None:
    """What the percentile of total cash adds to the budget without contingency; None without a budget."""
    if financial is None:
        return None
    budget = financial.total - to_pence(total_of(financial.contingency_by_year))
    cash, error = statistics.percentile_of(total, percentile / 100)
    return Contingency(
        percentile=percentile, budget=budget, cash=cash, pounds=max(0.0, cash - float(budget)), error=error
    )


def _risk(
    simulated: _Simulated,
    number: int,
    percentile: int,
    financial: Financial | None,
    *,
    dependence: bool,
    yearly: bool,
) -> Risk:
    plan, drawn = simulated.plan, simulated.drawn
    option, one = plan.options[number], drawn.options[number]
    npc, npsv = statistics.distributions(one.npc, one.npsv, mirrored=one.mirrored)
    cheapest = statistics.shared_best(drawn.cheapest[number].tolist(), drawn.draws)
    highest = statistics.shared_best(drawn.highest[number].tolist(), drawn.draws)
    return Risk(
        npc=npc,
        npsv=npsv,
        probability_cheapest=cheapest,
        probability_error=share_error(cheapest, drawn.draws),
        probability_highest_npsv=highest,
        highest_npsv_error=share_error(highest, drawn.draws),
        cash_by_year=year_band(one.cash) if yearly else NO_YEARS,
        influences=influence.influences(plan, option),
        pairwise_cheaper=_pairwise(simulated, number),
        differences=_differences(simulated, number),
        contribution=influence.contributions(plan, option) if dependence else (),
        rank_correlations=influence.rank_correlations(plan, option, one, drawn.ranked),
        contingency=_contingency(percentile, one.total, financial) if yearly else None,
        convergence=statistics.convergence(one.npc, percentile) if yearly else NOT_WATCHED,
        apart=simulated.apart[number] if simulated.apart is not None else None,
    )


def _option_results(
    appraisal: Appraisal,
    parts: frozenset[Part],
    costed: tuple[OptionEntries, ...],
    factors: Factors,
    simulated: _Simulated | None,
    scores: ScoreFigures | None,
    lengths: Mapping[str, LengthAnswer],
) -> tuple[OptionResult, ...]:
    results = []
    roles = {option.id: option.role for option in appraisal.options}
    usual = next((one for one in costed if roles[one.option] is ShortListRole.BUSINESS_AS_USUAL), None)
    for number, option in enumerate(appraisal.options):
        economic: Economic | None = None
        financial: Financial | None = None
        risk: Risk | None = None
        funding: tuple[ScenarioFunding, ...] | None = None
        if parts & COSTED:
            economic = costs.economic_case(appraisal, costed[number], usual, factors, detail=Part.ECONOMIC in parts)
            if parts & {Part.FINANCIAL, Part.FUNDING}:
                financial = costs.financial_case(appraisal, costed[number], economic, factors)
        if simulated is not None and Part.RISK in parts:
            risk = _risk(
                simulated,
                number,
                appraisal.simulation.percentile,
                financial,
                dependence=Part.DEPENDENCE in parts,
                yearly=Part.YEARS in parts,
            )
        if simulated is not None and Part.FUNDING in parts and financial is not None:
            funding = simulated.funding.scenarios(number, financial) if simulated.funding is not None else ()
        results.append(
            OptionResult(
                id=option.id,
                name=option.name,
                economic=economic if parts & {Part.ECONOMIC, Part.RISK} else None,
                financial=financial,
                score=scores.options[option.id] if scores is not None else None,
                supplier_premium=_premium(appraisal, costed[number]) if Part.SETTLING in parts else None,
                risk=risk,
                funding=funding,
                lengths=lengths.get(option.id),
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

    An option that fails a gate is nobody's rival, and it is what rivals are compared with only if it is recommended.
    """
    same = same_lives(appraisal)
    compared = [
        option
        for option in options
        if option.economic is not None
        and (option.id == appraisal.recommendation.option or not gates_failed(appraisal, option.id))
    ]
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


def _annuities(costed: tuple[OptionEntries, ...], factors: Factors) -> Floats | None:
    """What net present costs are divided by to be compared: each option's annuity where lives differ."""
    if len({one.life for one in costed}) <= 1:
        return None
    return np.array([float(measures.annuity(factors.discount, one.life)) for one in costed])


def _cost_draws(
    costed: tuple[OptionEntries, ...], factors: Factors, simulated: _Simulated | None
) -> dict[str, Floats] | None:
    """By option the cost that options are compared on, pounds, in every draw that is kept; None: nothing was drawn."""
    if simulated is None:
        return None
    annuities = _annuities(costed, factors)
    divisors = [100.0] * len(costed) if annuities is None else [100.0 * float(one) for one in annuities]
    rows = zip(simulated.plan.options, simulated.drawn.options, divisors, strict=True)
    return {option.id: one.npc.kept / divisor for option, one, divisor in rows}


def _scores(
    appraisal: Appraisal, parts: frozenset[Part], draws: int, seed: int, cancelled: Callable[[], bool] | None
) -> ScoreFigures | None:
    """The weighted scores; None while totals are hidden or if they were not asked for."""
    if Part.SCORE not in parts:
        return None
    return score_figures(appraisal, draws=draws, seed=seed, robust=Part.ROBUSTNESS in parts, cancelled=cancelled)


def _scoring(
    appraisal: Appraisal,
    options: tuple[OptionResult, ...],
    scores: ScoreFigures | None,
    cost_draws: dict[str, Floats] | None,
) -> Scoring | None:
    """The scoring as a whole, score against cost with it."""
    if scores is None:
        return None
    return replace(scores.scoring, cost_against_score=against_costs(appraisal, options, scores, cost_draws))


def _apart(
    appraisal: Appraisal, costed: tuple[OptionEntries, ...], factors: Factors, drawn: Draws, seed: int
) -> tuple[DrawnApart, ...]:
    """The chance of being cheapest as it is and with nothing shared, over the first draws."""
    draws, annuities = min(APART, drawn.draws), _annuities(costed, factors)
    together = drawn.npc[:, :draws].astype(np.float64)
    apart = draw_costs(make_plan(appraisal, costed, factors, apart=True), seed=seed, draws=draws)
    shares = []
    for drawn_costs in (together, apart):
        compared = drawn_costs if annuities is None else drawn_costs / annuities[:, np.newaxis]
        shares.append([statistics.shared_best(row.tolist(), draws) for row in best_counts(compared)])
    return tuple(
        DrawnApart(draws=draws, together=first, apart=second, error=share_error(second, draws))
        for first, second in zip(*shares, strict=True)
    )


def _simulated(
    appraisal: Appraisal,
    parts: frozenset[Part],
    costed: tuple[OptionEntries, ...],
    factors: Factors,
    settings: Settings,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> _Simulated:
    """The draws. `settings` say how many and with which seed. Raises CannotEvaluate where sums would overflow."""
    draws, seed = settings.draws or 1, settings.seed or 0
    dependence = Part.DEPENDENCE in parts
    scenarios = appraisal.scenarios if Part.FUNDING in parts else ()
    deltas = deltas_of(appraisal, costed, factors, scenarios)
    plan = make_plan(appraisal, costed, factors, scenarios=scenarios, deltas=deltas)
    try:
        drawn = simulate(
            plan,
            seed=seed,
            draws=draws,
            threads=settings.threads,
            annuities=_annuities(costed, factors),
            ranked=dependence,
            yearly=bool(parts & {Part.YEARS, Part.FUNDING}),
            progress=progress,
            cancelled=cancelled,
        )
    except OverflowError as too_large:
        raise CannotEvaluate((_too_large(draws),)) from too_large
    asked = dependence and plan.shares and len(costed) > 1
    far = longest(scenarios, appraisal.horizon.years)
    return _Simulated(
        plan=plan,
        drawn=drawn,
        funding=None
        if far is None
        else OptionFunding(
            appraisal=appraisal,
            costed=costed,
            factors=factors,
            deltas=deltas,
            drawn=drawn,
            longest=scenarios.index(far),
        ),
        apart=_apart(appraisal, costed, factors, drawn, seed) if asked else None,
        differences=_all_differences(drawn) if dependence else {},
    )


def _regret(
    appraisal: Appraisal, options: tuple[OptionResult, ...], costed: tuple[OptionEntries, ...], factors: Factors
) -> Regret | None:
    """What every option costs more than the cheapest, by scenario."""
    annuities = _annuities(costed, factors)
    return regret(appraisal, options, None if annuities is None else annuities.tolist())


def _lengths(
    appraisal: Appraisal,
    costed: tuple[OptionEntries, ...],
    factors: Factors,
    draws: int,
    seed: int,
    cancelled: Callable[[], bool] | None,
) -> dict[str, LengthAnswer]:
    """What length of settlement would do, by option. Raises CannotEvaluate where sums would overflow."""
    annuities = _annuities(costed, factors)
    try:
        return settlement_lengths(
            appraisal,
            costed,
            factors,
            None if annuities is None else annuities.tolist(),
            seed=seed,
            draws=draws,
            cancelled=cancelled,
        )
    except OverflowError as too_large:
        raise CannotEvaluate((_too_large(draws),)) from too_large


def _premium(appraisal: Appraisal, option: OptionEntries) -> SupplierPremium:
    """What the option's supplier adds for constraints, beside its charges."""
    charges = (
        total_of(entry.real)
        for entry in option.whole
        if entry.kind in {"line", "prevention"}
        and entry.line is not None
        and entry.line.treatment is Treatment.SUPPLIER_CHARGE
    )
    return supplier_premium(appraisal, option.option, total_of(charges))


def _refuse_errors(appraisal: Appraisal, draws: int) -> None:
    """Raises CannotEvaluate if findings of the document, or so many draws, stop its figures."""
    asked = appraisal
    if draws > appraisal.simulation.most_draws or draws < 1:
        asked = replace(appraisal, simulation=replace(appraisal.simulation, draws=draws))
    errors = tuple(finding for finding in findings(asked) if finding.stops_figures)
    if errors:
        raise CannotEvaluate(errors)


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
    draws = appraisal.simulation.draws if settings.draws is None else settings.draws
    seed = appraisal.simulation.seed if settings.seed is None else settings.seed
    _refuse_errors(appraisal, draws)
    factors = make_factors(appraisal)
    costed: tuple[OptionEntries, ...] = ()
    if parts & COSTED:
        costed = tuple(paid_entries(appraisal, option.id, factors) for option in appraisal.options)
    simulated: _Simulated | None = None
    lengths: Mapping[str, LengthAnswer] = {}
    if parts & {Part.RISK, Part.FUNDING}:
        how = replace(settings, draws=draws, seed=seed)
        simulated = _simulated(appraisal, parts, costed, factors, how, progress, cancelled)
    if Part.LENGTHS in parts:
        lengths = _lengths(appraisal, costed, factors, draws, seed, cancelled)
    scores = _scores(appraisal, parts, draws, seed, cancelled)
    agreed = agreement(appraisal) if Part.SCORE in parts else None
    options = _option_results(appraisal, parts, costed, factors, simulated, scores, lengths)
    risk = simulated if Part.RISK in parts else None
    settled = Part.SETTLING in parts
    together = settling.chosen_set(appraisal) if settled else ()
    results = Results(
        digest=content_digest(appraisal),
        seed=seed,
        draws=draws,
        years=tuple(label(appraisal.horizon.first_year, year) for year in range(appraisal.horizon.years)),
        versions=versions(appraisal),
        options=options,
        verdict=verdict(appraisal, options, risk.drawn if risk is not None else None),
        switches=_switches(appraisal, options, costed, factors, priced=settled) if Part.SWITCHES in parts else (),
        constraints=settling.constraint_results(appraisal, costed, factors, cancelled=cancelled) if settled else None,
        settled_together=tuple(constraint.id for constraint in together),
        settling_together=settling.value_of_settling(appraisal, costed, factors, together, cancelled=cancelled)
        if settled
        else None,
        flips=risk_flip.flips(appraisal, costed) if settled else (),
        stage=appraisal.workshop.stage.value,
        scoring=_scoring(appraisal, options, scores, _cost_draws(costed, factors, risk)),
        agreement=agreed,
        kendall_w=agreed.kendall_w if agreed is not None else None,
        regret=_regret(appraisal, options, costed, factors) if Part.FUNDING in parts else None,
    )
    if Part.PARTNERS in parts:
        results = with_partners(appraisal, results, costed, factors, cancelled=cancelled)
    return replace(results, flags=flags(appraisal, results)) if Part.SCORE in parts else results
