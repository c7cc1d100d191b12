"""A document and results of any size, made by hand for the tests of what is shown."""

import random
from dataclasses import replace
from decimal import Decimal

from appraise.model.appraisal.constraints import Agreement, Bearer, Bearing, Constraint, Impact
from appraise.model.appraisal.criteria import Branch, Criterion
from appraise.model.appraisal.document import Appraisal, Horizon
from appraise.model.appraisal.funding import Scenario
from appraise.model.appraisal.options import Option
from appraise.model.appraisal.records import Assumption, Person, Recommendation, Role
from appraise.model.funding_results import ScenarioFunding, YearBand
from appraise.model.results import (
    BodyCash,
    BridgeStep,
    Contingency,
    Convergence,
    Difference,
    Distribution,
    DrawnApart,
    Economic,
    Financial,
    Influence,
    LineValue,
    OptionResult,
    Pairwise,
    PercentileErrors,
    PlaceValue,
    Procurement,
    RankCorrelation,
    Results,
    ReviewRun,
    Risk,
    Switch,
    VarianceShare,
    Verdict,
    Versions,
    Weighted,
)
from appraise.model.score_results import Contribution, Scored

NAMES = (
    ("Business as usual", "Usual"),
    ("Do minimum", "Minimum"),
    ("Improved in-house service", "In-house"),
    ("Outsource for seven years", "Outsource"),
    ("Joint service with Eastholme", "Joint"),
)
LONG = "A very long option name that a committee agreed after three meetings and then would not shorten"
MIDDLES = (41.3e6, 39.3e6, 37.8e6, 38.4e6, 37.3e6)
TOTALS = (31.0, 38.0, 64.0, 57.0, 73.0)
CHANCES = (0.002, 0.01, 0.308, 0.1, 0.58)
BRANCHES = ("Homes kept dry", "Safe roads", "Local value", "Resilience", "Learning")


def pence(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def document(
    *, options: int = 5, branches: int = 3, long_names: bool = False, recommended: str = "option-4"
) -> Appraisal:
    return Appraisal(
        title="Drainage and highways maintenance",
        body="Saltmere Council",
        fictional=True,
        horizon=Horizon(first_year=2027, years=7),
        options=tuple(
            Option(id=f"option-{i}", name=LONG + str(i) if long_names else NAMES[i % 5][0], short_name=NAMES[i % 5][1])
            for i in range(options)
        ),
        branches=tuple(Branch(id=f"branch-{i}", name=BRANCHES[i]) for i in range(branches)),
        criteria=tuple(
            Criterion(
                id=f"criterion-{i}",
                branch=f"branch-{i % branches}",
                name=f"{BRANCHES[i % branches]} measure {i}",
                worst="60 homes flood",
                best="Under 10 homes flood",
                swing=100.0 - 10 * i,
            )
            for i in range(2 * branches)
        ),
        constraints=(
            Constraint(
                id="constraint-1",
                name="Flood-risk permit",
                body="Regulator",
                agreement=Agreement.NOT_AGREED,
                probability=0.3,
                impact=Impact(low=Decimal(500_000), likely=Decimal(1_500_000), high=Decimal(4_000_000)),
                bearings=(Bearing(option="option-3", bearer=Bearer.SUPPLIER), Bearing(option="option-4")),
            ),
        ),
        scenarios=(Scenario(id="single", name="Single-year"), Scenario(id="three", name="Three-year")),
        assumptions=(Assumption(id="a", statement="Pay rises 3 % a year", source="Illustrative", owner="Finance"),),
        people=(Person(id="p", post="Head of Finance", role=Role.ANALYST),),
        recommendation=Recommendation(decision="Approve the joint service", option=recommended),
    )


def distribution(middle: float, spread: float) -> Distribution:
    steps = tuple(middle + spread * ((i - 50) / 40) ** 3 + spread * (i - 50) / 60 for i in range(101))
    return Distribution(
        mean=middle + 0.05 * spread,
        sd=spread,
        p5=steps[5],
        p10=steps[10],
        p50=steps[50],
        p80=steps[80],
        p90=steps[90],
        p95=steps[95],
        cvar80=sum(steps[80:]) / 21,
        mean_error=spread / 316,
        sd_error=spread / 400,
        cvar80_error=spread / 150,
        quantiles=steps,
        percentile_errors=PercentileErrors(
            p5=spread / 90, p10=spread / 110, p50=spread / 130, p80=spread / 120, p90=spread / 110, p95=spread / 90
        ),
    )


def turned(cost: Distribution) -> Distribution:
    """The same spread with its sign turned: what a society gains that has costs alone."""
    errors = cost.percentile_errors
    return replace(
        cost,
        mean=-cost.mean,
        p5=-cost.p95,
        p10=-cost.p90,
        p50=-cost.p50,
        p80=-cost.quantiles[20],
        p90=-cost.p10,
        p95=-cost.p5,
        cvar80=-sum(cost.quantiles[:21]) / 21,
        quantiles=tuple(-value for value in reversed(cost.quantiles)),
        percentile_errors=replace(errors, p5=errors.p95, p10=errors.p90, p90=errors.p10, p95=errors.p5),
    )


def influences(rng: random.Random, scale: float) -> tuple[Influence, ...]:
    found = [
        Influence(
            id=f"line-{i}",
            name=("Flood-risk permit", "Running costs of the joint service", "Fuel", "Pay")[i % 4] + f" {i}",
            low=-scale * rng.uniform(0.02, 1.0) / (i + 1),
            high=scale * rng.uniform(0.02, 1.4) / (i + 1),
        )
        for i in range(10)
    ]
    return tuple(sorted(found, key=lambda one: one.low - one.high))


def simulated(
    place: int, appraisal: Appraisal, rng: random.Random, scale: float, middle: float, yearly: tuple[float, ...]
) -> Risk:
    return Risk(
        npc=(cost := distribution(middle, 1.8e6 * scale * rng.uniform(0.7, 1.5))),
        npsv=turned(cost),
        probability_cheapest=CHANCES[place % 5],
        probability_error=0.0015,
        probability_highest_npsv=CHANCES[place % 5],
        highest_npsv_error=0.0015,
        cash_by_year=YearBand(
            p10=tuple(value * 0.95 for value in yearly),
            p50=yearly,
            p90=tuple(value * 1.07 for value in yearly),
            p10_error=tuple(value * 0.001 for value in yearly),
            p50_error=tuple(value * 0.001 for value in yearly),
            p90_error=tuple(value * 0.001 for value in yearly),
        ),
        influences=influences(rng, 2e6 * scale),
        pairwise_cheaper=tuple(
            Pairwise(than=other.id, share=0.5 + 0.1 * (place - rank), error=0.0015)
            for rank, other in enumerate(appraisal.options)
            if rank != place
        ),
        differences=tuple(
            Difference(than=other.id, distribution=distribution(middle - MIDDLES[rank % 5] * scale, 1e6 * scale))
            for rank, other in enumerate(appraisal.options)
            if rank != place
        ),
        contribution=(
            VarianceShare(id="driver|pay", name="Pay", share=0.6),
            VarianceShare(id="constraint|constraint-1", name="Flood-risk permit", share=0.4),
        ),
        rank_correlations=(
            RankCorrelation(id="driver|pay", name="Pay", value=0.7, error=0.002),
            RankCorrelation(id="constraint|constraint-1", name="Flood-risk permit", value=0.5, error=0.0025),
        ),
        contingency=Contingency(
            percentile=80,
            budget=pence(middle),
            cash=middle + 1.2e6 * scale,
            pounds=1.2e6 * scale,
            error=9_000 * scale,
        ),
        convergence=Convergence(
            percentile=80,
            draws=(25_000, 50_000, 100_000),
            values=(middle + 1.1e6 * scale, middle + 1.2e6 * scale, middle + 1.21e6 * scale),
            errors=(40_000 * scale, 28_000 * scale, 20_000 * scale),
            steady=True,
        ),
        apart=DrawnApart(draws=8_192, together=CHANCES[place % 5], apart=0.2, error=0.004),
    )


def option_result(place: int, appraisal: Appraisal, rng: random.Random, scale: float) -> OptionResult:
    option = appraisal.options[place]
    middle = MIDDLES[place % 5] * scale * rng.uniform(0.97, 1.03)
    yearly = tuple(middle / 6 * (1.06 - 0.02 * year) for year in range(7))
    swings = sum(criterion.swing for criterion in appraisal.criteria)
    target = TOTALS[place % 5] + rng.uniform(-8, 8)
    parts = tuple(
        Contribution(criterion=c.id, weight=c.swing / swings, value=target, points=c.swing / swings * target)
        for c in appraisal.criteria
    )
    row = LineValue(
        id=f"line-{place}",
        kind="line",
        name="Running costs",
        by_year=tuple(pence(value) for value in yearly),
        total=pence(sum(yearly)),
        present_value=pence(middle),
    )
    return OptionResult(
        id=option.id,
        name=option.name,
        economic=economic(row, middle),
        financial=financial(row),
        score=Scored(total=sum(part.points for part in parts), complete=True, by_criterion=parts),
        risk=simulated(place, appraisal, rng, scale, middle, yearly),
        funding=tuple(funding(name, yearly, rng, scale) for name in ("single", "three")),
    )  # fmt: skip


def economic(row: LineValue, middle: float) -> Economic:
    cost = pence(middle)
    return Economic(
        pvc=cost,
        pvb=pence(0),
        npsv=-cost,
        npc=cost,
        expected_npc=cost,
        other_bodies=pence(0),
        expected_other_bodies=pence(0),
        premium=pence(0),
        retained=pence(0),
        pvc_public=cost,
        pvc_nonpublic=pence(0),
        expected_npsv=-cost,
        bcr=0.0,
        rpsc=0.0,
        life=6,
        annuity=5.3286,
        eac=pence(middle / 5.3286),
        expected_eac=pence(middle / 5.3286),
        npuc=(),
        optimism_bias=pence(0),
        biases=(),
        weighted=Weighted(npsv=-cost, groups=()),
        place=PlaceValue(npsv=-cost, effects=pence(0)),
        review=ReviewRun(
            schedule="3.0 %",
            last_year=6,
            whole=True,
            npc=cost,
            npsv=-cost,
            own_npc=cost,
            own_npsv=-cost,
            eac=cost / 6,
            own_eac=cost / 6,
        ),
        cost_by_year=row.by_year,
        benefit_by_year=(Decimal("0.00"),) * 7,
        rows=(row,),
    )


def financial(row: LineValue) -> Financial:
    nothing = (Decimal("0.00"),) * 7
    return Financial(
        by_year=row.by_year,
        total=row.total,
        revenue_by_year=row.by_year,
        capital_by_year=nothing,
        contingency_by_year=nothing,
        liabilities=pence(0),
        by_body=(BodyCash(id="", name="Saltmere Council", own=True, by_year=row.by_year, total=row.total),),
        bridge=(
            BridgeStep(key="economic", name="Economic case", pounds=row.total, balance=True),
            BridgeStep(key="rounding", name="Rounding", pounds=pence(0)),
            BridgeStep(key="financial", name="Financial case", pounds=row.total, balance=True),
        ),
        procurement=Procurement(
            contract="none", value=pence(0), threshold=None, above=False, source="", covered_years=7,
            term_change_years=0.0, value_change_percent=10, value_change=pence(0), largest_claim=pence(0),
        ),
        rows=(row,),
    )  # fmt: skip


def funding(scenario: str, yearly: tuple[float, ...], rng: random.Random, scale: float) -> ScenarioFunding:
    fall = rng.uniform(0.0, 0.04) if scenario == "single" else -0.01
    money = tuple(yearly[0] * (1.02 - (fall + 0.02) * year) for year in range(7))
    gaps = tuple(cost - got for cost, got in zip(yearly, money, strict=True))
    return ScenarioFunding(
        scenario=scenario,
        funding_by_year=tuple(pence(value) for value in money),
        capital_by_year=(pence(0),) * 7,
        cost_by_year=tuple(pence(value) for value in yearly),
        cash_by_year=YearBand(
            p10=tuple(value * 0.95 for value in yearly),
            p50=yearly,
            p90=tuple(value * 1.07 for value in yearly),
            p10_error=tuple(value * 0.001 for value in yearly),
            p50_error=tuple(value * 0.001 for value in yearly),
            p90_error=tuple(value * 0.001 for value in yearly),
        ),
        gap_by_year=tuple(pence(value) for value in gaps),
        expected_funding_by_year=money,
        expected_gap_by_year=tuple(max(gap, 0.0) + 5e4 * scale for gap in gaps),
        gap_p50_by_year=gaps,
        gap_p80_by_year=tuple(gap + 3e5 * scale for gap in gaps),
        probability_of_gap_by_year=tuple(0.5 if gap > 0 else 0.2 for gap in gaps),
        probability_of_any_gap=0.71,
        funding_error_by_year=(2e3 * scale,) * 7,
        gap_error_by_year=(1e3 * scale,) * 7,
        gap_p50_error_by_year=(4e3 * scale,) * 7,
        gap_p80_error_by_year=(5e3 * scale,) * 7,
        probability_error_by_year=(0.0015,) * 7,
        any_gap_error=0.0014,
        expected_gap=sum(max(gap, 0.0) + 5e4 * scale for gap in gaps),
        expected_gap_error=2.5e3 * scale,
        reserve=8e5 * scale,
        reserve_error=6e3 * scale,
        reserve_mean=4e5 * scale,
        reserve_percentile=80,
        effective_term=0,
        contracts=(),
        relets=0,
        npc=sum(yearly),
        npc_error=6e3 * scale,
        cost_of_short_termism=None,
        short_termism_error=None,
        short_termism_steps=(),
        against=(),
        affordable=False,
        break_chance=0.0,
    )


def results(appraisal: Appraisal, *, seed: int = 0, scale: float = 1.0, clear: bool = False) -> Results:
    rng = random.Random(seed)  # noqa: S311 the same figures every time, no secret
    found = tuple(option_result(i, appraisal, rng, scale) for i in range(len(appraisal.options)))
    last, rival = found[-1].id, found[max(len(found) - 3, 0)].id
    return Results(
        digest="3f2a" * 16,
        seed=20_270_401,
        draws=100_000,
        years=tuple(f"{2027 + i}/{28 + i}" for i in range(7)),
        versions=Versions(
            appraise="0.1", guidance="Green Book 2026", schedule="green_book_2026", deflator="2 %", indices=("Pay",)
        ),
        options=found,
        verdict=Verdict(
            cheapest=last,
            cheapest_rival=rival if len(found) > 1 else "",
            cost_margin=0.91 if clear else 0.61,
            cost_clear=clear,
            highest_score=last,
            score_rival=rival if len(found) > 1 else "",
            score_margin=9.0,
            score_clear=True,
        ),
        switches=(
            switch("cost", "Running costs", rival, now=31e6, needed=31.4e6, change=0.014, owner=last),
            switch("probability", "Flood-risk permit", rival, now=0.3, needed=0.42, change=0.4, owner=last),
            switch("weight", "Homes kept dry", rival, now=0.29, needed=0.11, change=-0.18, owner=last),
        ),
    )


def switch(
    kind: str,
    name: str,
    rival: str,
    *,
    now: float,
    needed: float,
    change: float,
    owner: str,
    preferred: str = "option-4",
) -> Switch:
    return Switch(
        kind=kind,
        id=name,
        name=name,
        owner=owner,
        preferred=preferred,
        rival=rival,
        now=now,
        needed=needed,
        change=change,
    )


# fmt: skip
