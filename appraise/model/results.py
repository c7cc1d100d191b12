"""Every figure that is shown anywhere, with its provenance. Made only by `model.evaluate`.

Money that follows from the document without chance is exact (`Decimal` pounds and pence). Figures from
the simulation are floats in pounds. A part that was not asked for is None.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What the figures were made with: the program, the guidance and the discount schedule."""

    appraise: str
    guidance: str
    schedule: str
    deflator: str
    indices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineValue:
    """One row of a case: a line of the document, or a constraint's expected cost or price.

    `kind`: "line", "premium" (what suppliers add for constraints) or "retained" (expected cost kept).
    `by_year` is signed: costs positive, gains negative; prices of year 0 in the economic case, cash in
    the financial case. `present_value` is 0 in the financial case, which is not discounted.
    """

    id: str
    kind: str
    name: str
    by_year: tuple[Decimal, ...]
    total: Decimal
    present_value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Economic:
    """The economic case of an option, pounds (Green Book 2026, table 10).

    `pvc` present value of costs, `pvb` of benefits, `npsv` = pvb - pvc; `npc` the net present cost: pvc
    less receipts (cash savings, other bodies' savings, residual values). `expected_npc` is the same with
    every range at its mean; `other_bodies` the part of npc that falls on other public bodies (a saving is
    negative), `expected_other_bodies` the same part of expected_npc. `cost_by_year` and
    `benefit_by_year` are undiscounted, in prices of year 0. `premium` and `retained` are the present
    values of suppliers' prices for constraints and of the expected cost kept; both are inside `pvc`.
    """

    pvc: Decimal
    pvb: Decimal
    npsv: Decimal
    npc: Decimal
    expected_npc: Decimal
    other_bodies: Decimal
    expected_other_bodies: Decimal
    premium: Decimal
    retained: Decimal
    cost_by_year: tuple[Decimal, ...]
    benefit_by_year: tuple[Decimal, ...]
    rows: tuple[LineValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Financial:
    """The financial case of the body: cash by year, not discounted, contingency (expected retained
    constraints) inside and also shown apart.
    """

    by_year: tuple[Decimal, ...]
    total: Decimal
    contingency_by_year: tuple[Decimal, ...]
    rows: tuple[LineValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one criterion adds to an option's score: weight x score; missing scores count as nothing."""

    criterion: str
    weight: float
    value: float | None
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The weighted score of an option, 0 to 100. `complete` is False while scores are missing."""

    total: float
    complete: bool
    by_criterion: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A simulated quantity. `mean_error` is the standard error of the mean; `quantiles` are the values
    passed at 0, 1, 2 ... 100 per cent.
    """

    mean: float
    sd: float
    p5: float
    p10: float
    p50: float
    p80: float
    p90: float
    p95: float
    mean_error: float
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """How one uncertain input moves an option's net present cost, the others at their mean.

    `low` and `high` are the changes in pounds when the input stands at its 10 % and 90 % point; for a
    constraint when it does not happen and when it happens at its mean impact.
    """

    id: str
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBand:
    """Cash cost by year in the simulation: 1 in 10, middle and 9 in 10."""

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The simulated economic cost of an option. `probability_cheapest`: share of draws with the lowest
    net present cost, ties shared; `probability_error` its standard error.
    """

    npc: Distribution
    probability_cheapest: float
    probability_error: float
    cash_by_year: YearBand
    influences: tuple[Influence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFunding:
    """An option's cash cost against one funding scenario.

    `gap_by_year` is exact: the cost of the financial case less the money as settled; positive is short.
    The rest is simulated, with renewals and cuts: expected money, chance and mean size of a gap.
    """

    scenario: str
    funding_by_year: tuple[Decimal, ...]
    gap_by_year: tuple[Decimal, ...]
    expected_funding_by_year: tuple[float, ...]
    expected_gap_by_year: tuple[float, ...]
    gap_p50_by_year: tuple[float, ...]
    gap_p80_by_year: tuple[float, ...]
    probability_of_gap_by_year: tuple[float, ...]
    probability_of_any_gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionResult:
    """All figures of one option."""

    id: str
    name: str
    economic: Economic | None = None
    financial: Financial | None = None
    score: Scored | None = None
    risk: Risk | None = None
    funding: tuple[ScenarioFunding, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who leads, or that nobody clearly does (METHOD 9.2, number 6). Ids; empty: there is nobody.

    `cheapest` has the lowest expected net present cost. `cost_clear`: it beats the next option,
    `cheapest_rival`, in at least 80 % of draws; `cost_margin` is that share. `score_clear`: the lead over
    the next option, `score_margin` in points, is over one score step of 5 points. Options without costs or
    with missing scores are not compared, and nobody leads clearly while there are any. A margin is None
    while there are no two options to compare or the part was not asked for.
    """

    cheapest: str
    cheapest_rival: str
    cost_margin: float | None
    cost_clear: bool
    highest_score: str
    score_rival: str
    score_margin: float | None
    score_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A change that makes the preferred option and its rival equal.

    `kind` "cost": the expected present cost (pounds) of a line, or of all lines of a driver, at which the
    expected net present costs are equal, and the relative `change` to it. "probability": the same for a constraint's
    probability. "weight": the weight of a criterion at which the weighted scores tie; `change` is the
    difference. `now` and `needed` are the values today and at the switch, in the option `owner`; without
    an owner both options have the input, and the values are those of the preferred one.
    """

    kind: str
    id: str
    name: str
    owner: str
    preferred: str
    rival: str
    now: float
    needed: float
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to one document: `digest` names the document, seed and draws the simulation."""

    digest: str
    seed: int
    draws: int
    years: tuple[str, ...]
    versions: Versions
    options: tuple[OptionResult, ...]
    verdict: Verdict
    switches: tuple[Switch, ...]
