"""The only door to the figures: a document in, Results out.

Deterministic parts come first, the simulation last. The same document, seed and number of draws give
the same Results for any number of threads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from appraise import __version__
from appraise.model import costs, scoring, sensitivity, statistics
from appraise.model.appraisal.document import Appraisal
from appraise.model.checks import Finding, Severity, findings
from appraise.model.discounting import PriceFactors, price_factors, to_pence
from appraise.model.funding import settled_by_year
from appraise.model.histogram import Pence
from appraise.model.parameters import GUIDANCE, SCHEDULES
from appraise.model.periods import label
from appraise.model.plain import content_digest
from appraise.model.plan import Plan, make_plan
from appraise.model.results import (
    Economic,
    Financial,
    OptionResult,
    Results,
    Risk,
    ScenarioFunding,
    Scored,
    Switch,
    Verdict,
    Versions,
    YearBand,
)
from appraise.model.simulation import Draws, simulate

#: A pairwise chance under which no option is clearly cheaper, and the score step in points (METHOD 9.2).
CLEAR_SHARE = 0.8
SCORE_STEP = 5.0


class Part(StrEnum):
    """What can be asked for. Risk brings the economic case, funding the financial case."""

    ECONOMIC = "economic"
    FINANCIAL = "financial"
    SCORE = "score"
    RISK = "risk"
    FUNDING = "funding"


ALL_PARTS = frozenset(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to simulate; None takes what the document says. `threads` never changes a figure."""

    draws: int | None = None
    seed: int | None = None
    threads: int = 1


class CannotEvaluate(Exception):
    """The document has findings of severity error; `findings` names them."""

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


def _versions(appraisal: Appraisal) -> Versions:
    return Versions(
        appraise=__version__,
        guidance=GUIDANCE,
        schedule=f"{SCHEDULES[appraisal.basis.schedule].name} ({SCHEDULES[appraisal.basis.schedule].source})",
        deflator=f"{appraisal.basis.deflator_percent} % a year ({appraisal.basis.deflator_source})",
        indices=tuple(f"{index.name}: {index.source}" for index in appraisal.indices),
    )


def _risk(plan: Plan, drawn: Draws, number: int, share: float) -> Risk:
    p10, p50, p90 = drawn.cash[number].quantiles(0.1, 0.5, 0.9)
    return Risk(
        npc=statistics.distribution(drawn.npc[number]),
        probability_cheapest=share,
        probability_error=statistics.share_error(share, drawn.npc.shape[1]),
        cash_by_year=YearBand(p10=p10, p50=p50, p90=p90),
        influences=sensitivity.influences(plan, plan.options[number]),
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


def _funding(appraisal: Appraisal, financial: Financial, drawn: Draws, number: int) -> tuple[ScenarioFunding, ...]:
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
                    to_pence(cost - money) for cost, money in zip(financial.by_year, settled, strict=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Simulated:
    plan: Plan
    drawn: Draws
    shares: tuple[float, ...]


def _option_results(
    appraisal: Appraisal,
    parts: frozenset[Part],
    factors: dict[str, PriceFactors],
    simulated: _Simulated | None,
) -> tuple[OptionResult, ...]:
    results = []
    for number, option in enumerate(appraisal.options):
        economic: Economic | None = None
        financial: Financial | None = None
        score: Scored | None = None
        risk: Risk | None = None
        funding: tuple[ScenarioFunding, ...] | None = None
        if parts & {Part.ECONOMIC, Part.RISK}:
            economic = costs.economic_case(appraisal, option.id, factors)
        if parts & {Part.FINANCIAL, Part.FUNDING}:
            financial = costs.financial_case(appraisal, option.id, factors)
        if Part.SCORE in parts:
            score = scoring.scored(appraisal, option.id)
        if simulated is not None and Part.RISK in parts:
            risk = _risk(simulated.plan, simulated.drawn, number, simulated.shares[number])
        if simulated is not None and Part.FUNDING in parts and financial is not None:
            funding = _funding(appraisal, financial, simulated.drawn, number)
        results.append(
            OptionResult(
                id=option.id,
                name=option.name,
                economic=economic,
                financial=financial,
                score=score,
                risk=risk,
                funding=funding,
            )
        )
    return tuple(results)


def _ranked(keys: list[tuple[float, str, int]]) -> list[int]:
    """Places of options, lowest first; the id decides between equals."""
    return [place for _, _, place in sorted(keys)]


def _verdict(appraisal: Appraisal, options: tuple[OptionResult, ...], simulated: _Simulated | None) -> Verdict:
    """Who leads, and whether clearly. Only finished options are compared: with costs, with every score."""
    costed = {line.option for line in appraisal.lines if any(line.amounts)}
    by_cost = _ranked(
        [(_cost(option), option.id, place) for place, option in enumerate(options) if option.id in costed]
        if simulated is not None
        else []
    )
    cost_margin: float | None = None
    if simulated is not None and len(by_cost) > 1:
        npc = simulated.drawn.npc
        cost_margin = statistics.share_cheaper(npc[by_cost[0]], npc[by_cost[1]])
    totals = [
        (-option.score.total, option.id, place)
        for place, option in enumerate(options)
        if option.score is not None and option.score.complete
    ]
    by_score = _ranked(totals if any(total for total, _, _ in totals) else [])
    score_margin: float | None = None
    if len(by_score) > 1:
        first, second = (options[place].score for place in by_score[:2])
        if first is not None and second is not None:
            score_margin = round(first.total - second.total, 9)
    return Verdict(
        cheapest=options[by_cost[0]].id if by_cost else "",
        cheapest_rival=options[by_cost[1]].id if len(by_cost) > 1 else "",
        cost_margin=cost_margin,
        cost_clear=cost_margin is not None and cost_margin >= CLEAR_SHARE and len(by_cost) == len(options),
        highest_score=options[by_score[0]].id if by_score else "",
        score_rival=options[by_score[1]].id if len(by_score) > 1 else "",
        score_margin=score_margin,
        score_clear=score_margin is not None and score_margin > SCORE_STEP and len(by_score) == len(options),
    )


def _cost(option: OptionResult) -> float:
    return float(option.economic.expected_npc) if option.economic is not None else 0.0


def _switches(
    appraisal: Appraisal, options: tuple[OptionResult, ...], factors: dict[str, PriceFactors]
) -> tuple[Switch, ...]:
    """What would make the recommended option (without one: the cheapest) equal to its nearest rival."""
    costed = [option for option in options if option.economic is not None]
    if not costed:
        return ()
    recommended = next((option for option in costed if option.id == appraisal.recommendation.option), None)
    preferred = recommended or min(costed, key=lambda option: (_cost(option), option.id))
    found: tuple[Switch, ...] = ()
    rival = sensitivity.cheapest_rival(costed, preferred.id)
    if rival is not None:
        found += sensitivity.cost_switches(appraisal, factors, preferred, rival)
    score_rival = sensitivity.best_scored_rival(costed, preferred.id)
    if score_rival is not None:
        found += sensitivity.weight_switches(appraisal, preferred.id, score_rival.id)
    return found


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
    Raises CannotEvaluate if the document has findings of severity error, Cancelled if asked to stop.
    """
    errors = tuple(finding for finding in findings(appraisal) if finding.severity is Severity.ERROR)
    if errors:
        raise CannotEvaluate(errors)
    draws = appraisal.simulation.draws if settings.draws is None else settings.draws
    seed = appraisal.simulation.seed if settings.seed is None else settings.seed
    if draws < 1:
        raise ValueError("There must be at least one draw.")
    factors = dict(price_factors(appraisal))
    simulated: _Simulated | None = None
    if parts & {Part.RISK, Part.FUNDING}:
        plan = make_plan(appraisal, factors)
        try:
            drawn = simulate(
                plan, seed=seed, draws=draws, threads=settings.threads, progress=progress, cancelled=cancelled
            )
        except OverflowError as too_large:
            raise CannotEvaluate((_too_large(draws),)) from too_large
        simulated = _Simulated(plan=plan, drawn=drawn, shares=statistics.share_cheapest(drawn.npc))
    options = _option_results(appraisal, parts, factors, simulated)
    return Results(
        digest=content_digest(appraisal),
        seed=seed,
        draws=draws,
        years=tuple(label(appraisal.horizon.first_year, year) for year in range(appraisal.horizon.years)),
        versions=_versions(appraisal),
        options=options,
        verdict=_verdict(appraisal, options, simulated if Part.RISK in parts else None),
        switches=_switches(appraisal, options, factors),
    )
