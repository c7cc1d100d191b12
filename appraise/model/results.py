"""Every figure that is shown anywhere, with its provenance. Made only by `model.evaluate`.

Money that follows from the document without chance is exact (`Decimal` pounds and pence). Figures from
the simulation are floats in pounds. A part that was not asked for is None.
"""

from dataclasses import dataclass
from decimal import Decimal

from appraise.model.funding_results import LengthAnswer, Regret, ScenarioFunding, YearBand
from appraise.model.partner_results import ArrangementResult, PilotResult, PriceGapResult, Purse, TimetableResult
from appraise.model.score_results import AgreementOfAssessors, Flag, Scored, Scoring


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What the figures were made with: the program, the guidance and the discount schedule.

    `tables`: every dated table that was used besides, with its source, date and the day to look for a newer one.
    """

    appraise: str
    guidance: str
    schedule: str
    deflator: str
    indices: tuple[str, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineValue:
    """One row of a case: a line of the document, or a constraint's expected cost or price.

    `kind`: "line", "premium" (what suppliers add for constraints), "retained" (expected cost kept), "managing" (what
    managing a constraint costs), "bias" (optimism bias of the line with this id), "vat" (VAT of that line that
    cannot be recovered) or "prevention" (what programmes save on it).
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
class GroupGain:
    """What an income group gains net, present value, as it is and times its `weight`."""

    id: str
    name: str
    weight: float
    gain: Decimal
    weighted: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighted:
    """NPSV with the money of income groups weighted (Green Book 2026, 7.13). Without groups it is NPSV."""

    npsv: Decimal
    groups: tuple[GroupGain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """What the place itself gains, beside the national NPSV, never in it (Green Book 2026, 7.18-7.19).

    `npsv`: the national lines at the share that stays in the place. `effects`: local jobs and spending at the
    share that stays, present value; not a national gain (6.43).
    """

    npsv: Decimal
    effects: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """An effect that has no price, in one option.

    `units` over the horizon, `discounted_units` at the discount factors. `pounds_per_unit` = PVC / units and
    `units_per_pound` the other way round, as table 10 of the Green Book 2026 prints it (NPUC); None without
    units. `break_even`: pounds a unit must be worth for NPSV to be 0; `break_even_usual`: to equal business
    as usual, on expected net present values. None where no value does it.
    """

    id: str
    name: str
    unit: str
    kind: str
    words: str
    units: Decimal
    discounted_units: Decimal
    pounds_per_unit: float | None
    units_per_pound: float | None
    break_even: float | None
    break_even_usual: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasValue:
    """The optimism bias of a line and how each pound of it is counted once (METHOD 10.5).

    Pounds in the line's prices of year 0, undiscounted: `central` as entered, `raw` = upper x (1 - managed),
    not under the lower bound before award, `linked` the expected risks that explain it, `range_shift` what
    the mean of the range adds, `residual` = max(0, raw - linked) as entered, `expected_residual` = max(0,
    raw - range_shift - linked). `percent` is the resultant of the bias; `delay_years` how late benefits come.
    """

    line: str
    bias: str
    name: str
    percent: Decimal
    central: Decimal
    raw: Decimal
    range_shift: Decimal
    linked: Decimal
    residual: Decimal
    expected_residual: Decimal
    delay_years: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRun:
    """The same option at the 3.0 % that the review of June 2026 recommends, not in force.

    It publishes no rate after year 30: figures cover years 0 to `last_year`, beside the same years at the
    appraisal's own schedule. `whole`: that is the whole horizon. `eac` spreads them over the same years.
    """

    schedule: str
    last_year: int
    whole: bool
    npc: Decimal
    npsv: Decimal
    own_npc: Decimal
    own_npsv: Decimal
    eac: Decimal
    own_eac: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Economic:
    """The economic case of an option, pounds (Green Book 2026, table 10).

    `pvc` present value of costs, `pvb` of benefits, `npsv` = pvb - pvc; `npc` the net present cost: pvc
    less receipts (cash savings, other bodies' savings, residual values). `expected_npc` is the same with
    every range at its mean; `other_bodies` the part of npc that falls on other public bodies (a saving is
    negative), `expected_other_bodies` the same part of expected_npc. `cost_by_year` and
    `benefit_by_year` are undiscounted, in prices of year 0. `premium` and `retained` are the present
    values of suppliers' prices for constraints and of the expected cost kept; both are inside `pvc`.

    `pvc_public` falls on public bodies, `pvc_nonpublic` on the rest. `bcr` = pvb / pvc, `rpsc` = (pvb -
    pvc_nonpublic) / pvc_public, None where the divisor is not above 0. `eac` = npc / sum of discount factors
    of years 1 to `life`, `expected_eac` the same of expected_npc. `optimism_bias` is the present value of
    what optimism bias adds to costs and takes from benefits. Where the case was not asked for by
    name, there is no `npuc` and no `review`.
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
    pvc_public: Decimal
    pvc_nonpublic: Decimal
    expected_npsv: Decimal
    bcr: float | None
    rpsc: float | None
    life: int
    annuity: float
    eac: Decimal
    expected_eac: Decimal
    npuc: tuple[UnitCost, ...]
    optimism_bias: Decimal
    biases: tuple[BiasValue, ...]
    weighted: Weighted
    place: PlaceValue
    review: ReviewRun | None
    cost_by_year: tuple[Decimal, ...]
    benefit_by_year: tuple[Decimal, ...]
    rows: tuple[LineValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyCash:
    """The cash of one public body by year, nominal; `id` is empty for the body that decides, or where a line
    names none (then `name` says so).
    """

    id: str
    name: str
    own: bool
    by_year: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeStep:
    """One row of the bridge: `key` names the kind, `pounds` is what it adds, or the balance if `balance`."""

    key: str
    name: str
    pounds: Decimal
    balance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Procurement:
    """The contract of an option against the thresholds and the 10 % rules (Procurement Act 2023).

    `value`: supplier's charges in cash over term and extension, with VAT, as the Act counts it. `threshold`
    None: nothing is bought. `covered_years`: years of the horizon that the term covers with its extension.
    `term_change_years`: 10 % of the longest term. `value_change`: 10 % (works 15 %) of the value without VAT.
    `largest_claim`: the highest claim for compensation that a constraint may bring.
    """

    contract: str
    value: Decimal
    threshold: Decimal | None
    above: bool
    source: str
    covered_years: int
    term_change_years: float
    value_change_percent: int
    value_change: Decimal
    largest_claim: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Financial:
    """The financial case of the body: cash by year, not discounted (Green Book 2026, table 9).

    `by_year` follows the appraisal's view of capital: paid in cash, or the revenue charges for it. It is
    `revenue_by_year` + `capital_by_year`, contingency inside. `contingency_by_year` is the expected cost of
    constraints kept plus the optimism bias that remains (6.83-6.84). `liabilities`: what contingent
    liabilities cost if they fall due, as entered, a note outside the total. `bridge` leads from the economic
    total to this total, row by row (METHOD 17.13). `by_body`: this body first, then every other that pays or
    gains, without contingency.
    """

    by_year: tuple[Decimal, ...]
    total: Decimal
    revenue_by_year: tuple[Decimal, ...]
    capital_by_year: tuple[Decimal, ...]
    contingency_by_year: tuple[Decimal, ...]
    liabilities: Decimal
    by_body: tuple[BodyCash, ...]
    bridge: tuple[BridgeStep, ...]
    procurement: Procurement
    rows: tuple[LineValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentileErrors:
    """Sampling error of each percentile in pounds: ranks n p +- 1.96 sqrt(n p (1 - p)), half the distance."""

    p5: float
    p10: float
    p50: float
    p80: float
    p90: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """A simulated quantity. `mean_error` is the standard error of the mean; `quantiles` are the values
    passed at 0, 1, 2 ... 100 per cent. `cvar80` is the mean of the highest fifth. `sd_error` and `cvar80_error` are
    standard errors; `percentile_errors` say how far each percentile may be off, 19 times in 20.
    """

    mean: float
    sd: float
    p5: float
    p10: float
    p50: float
    p80: float
    p90: float
    p95: float
    cvar80: float
    mean_error: float
    sd_error: float
    cvar80_error: float
    quantiles: tuple[float, ...]
    percentile_errors: PercentileErrors


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """How one uncertain input moves an option's net present cost: the mean cost given that input, less the mean.

    `low` and `high` are the changes in pounds when the input stands at its 10 % and 90 % point, what is correlated
    with it moving as it does, the others at their mean; for a constraint when it does not happen and when it happens
    at its mean impact.
    """

    id: str
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RankCorrelation:
    """Spearman's rank correlation of an input with an option's net present cost, over the first 100,000 draws."""

    id: str
    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceShare:
    """How much of the variance of an option's net present cost comes from one input, the others at their mean.

    Inputs that are correlated stand together under the id and name of their group, or "correlated" and the matrix.
    What only several together cause (a price index times a line) is left over, so shares may add to a little under 1.
    """

    id: str
    name: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairwise:
    """The share of draws in which an option costs less than the option `than`, ties half."""

    than: str
    share: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an option costs more than the option `than` in the same draw: net present cost, first 100,000 draws."""

    than: str
    distribution: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency:
    """Cash to hold on top of the budget so that all years together are enough with this certainty (METHOD 10.3).

    `pounds` = the percentile of total nominal cash less the budget without contingency, never under 0; `error` as of
    percentiles. An alternative to the expected contingency of the financial case, never added to it.
    """

    percentile: int
    budget: Decimal
    cash: float
    pounds: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """The watched percentile of the net present cost at growing numbers of draws.

    `errors`: how far each may be off, 19 times in 20. `steady`: the second half of the draws moved it by no more
    than the error at half of them.
    """

    percentile: int
    draws: tuple[int, ...]
    values: tuple[float, ...]
    errors: tuple[float, ...]
    steady: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnApart:
    """The chance of being cheapest if options shared no fact: every input drawn for each option by itself.

    `together` is the same chance over the same draws as the appraisal says, so that the two can be compared.
    """

    draws: int
    together: float
    apart: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The simulated economic cost of an option. `probability_cheapest`: share of draws with the lowest
    net present cost, ties shared; `probability_error` its standard error. `pairwise_cheaper`: by the id of
    every other option the share of draws in which this one costs less, ties half. `contribution`: by input its
    share of the variance of the net present cost, the largest first. Where the years were not
    asked for, `cash_by_year` and `convergence` hold nothing and `contingency` is None. `differences`, `contribution`,
    `rank_correlations` are empty and `apart` is None if they were not asked for (a frame has no time for them);
    `apart` is None, too, where options share nothing.
    """

    npc: Distribution
    npsv: Distribution
    probability_cheapest: float
    probability_error: float
    probability_highest_npsv: float
    highest_npsv_error: float
    cash_by_year: YearBand
    influences: tuple[Influence, ...]
    pairwise_cheaper: tuple[Pairwise, ...]
    differences: tuple[Difference, ...]
    contribution: tuple[VarianceShare, ...]
    rank_correlations: tuple[RankCorrelation, ...]
    contingency: Contingency | None
    convergence: Convergence
    apart: DrawnApart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceOfConstraint:
    """What a supplier asks for one constraint: its part of the pool, and as the authority expects it."""

    constraint: str
    priced: Decimal
    authority: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LotPrice:
    """The pool of one lot: its price, and the sum of prices one by one. An option without lots has one, unnamed."""

    lot: str
    pooled: Decimal
    standalone: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierPremium:
    """What the supplier of an option adds for constraints: pounds in prices of year 0, undiscounted (METHOD 11.2).

    `pooled` is priced as one pool, `standalone` one by one, its upper bound. `pooled` = `expected`, as the
    authority sees it, + `view_gap`, what the supplier believes besides, + `loading` + `management`, what suppliers
    spend on managing what they carry. `implied_percent`: pooled in per cent of the supplier's charges; None without
    charges. `lots`: the pools that it is priced in.
    """

    pooled: Decimal
    standalone: Decimal
    expected: Decimal
    view_gap: Decimal
    loading: Decimal
    management: Decimal
    implied_percent: float | None
    by_constraint: tuple[PriceOfConstraint, ...]
    lots: tuple[LotPrice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlingValue:
    """What it is worth to know the outcome before tender, present value in pounds (METHOD 11.3).

    `total` = success x (loading_released + view_gap + compensation_avoided + reranking + information) -
    cost_of_settling; the parts stand here times success, so that they add up as they are. `best_now` is the
    option with the lowest expected cost now, `best_if_not` and `best_if_so` once the outcome is known.
    """

    total: float
    loading_released: float
    view_gap: float
    compensation_avoided: float
    reranking: float
    information: float
    cost_of_settling: float
    best_now: str
    best_if_not: str
    best_if_so: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do about a constraint, and its expected cost as a present value, in pounds.

    `key`: "settle", "mitigate", "retain" or "transfer". `ties_at`: the probability at which it costs the same
    as the cheapest of the others; None where it does not between 0 and 1. `terms_of`: the id of the option whose
    terms of claims are used; "" where no claim comes.
    """

    key: str
    cost: float
    ties_at: float | None
    terms_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstraintResult:
    """An entry of the register: what settling it first is worth, and what else can be done about it."""

    id: str
    name: str
    value_of_settling: SettlingValue | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFlip:
    """The risk that would have to be transferred to flip a ranking (METHOD 11.2), present values.

    `option` hands risk to a supplier that `rival` keeps: `assumed` is what the rival expects to pay for it beyond what
    the option itself keeps of it. At `needed` both options would cost the same, the price as it stands; None: no
    amount above 0 does it.
    """

    option: str
    rival: str
    assumed: float
    needed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionResult:
    """All figures of one option."""

    id: str
    name: str
    economic: Economic | None = None
    financial: Financial | None = None
    score: Scored | None = None
    supplier_premium: SupplierPremium | None = None
    risk: Risk | None = None
    funding: tuple[ScenarioFunding, ...] | None = None
    lengths: LengthAnswer | None = None
    purse: Purse | None = None
    timetable: TimetableResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who leads, or that nobody clearly does (METHOD 9.2, number 6). Ids; empty: there is nobody.

    `cheapest` has the lowest expected net present cost. `cost_clear`: it beats the next option,
    `cheapest_rival`, in at least 80 % of draws; `cost_margin` is that share. `score_clear`: the lead over
    the next option, `score_margin` in points, is over one score step of 5 points. Options without costs or
    with missing scores are not compared, and nobody leads clearly while there are any; options that fail a gate are not
    ranked on cost or score. `score_share`: share of draws of weights and scores in which the first beats the second,
    which must be 80 % too. A margin is None while there are no two options to compare or the part was not asked for.
    `tied` and `score_tied`: ids of all that share the first place; empty where one has it alone.
    """

    cheapest: str
    cheapest_rival: str
    cost_margin: float | None
    cost_clear: bool
    highest_score: str
    score_rival: str
    score_margin: float | None
    score_clear: bool
    score_share: float | None = None
    compared_on: str = "npc"
    tied: tuple[str, ...] = ()
    score_tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A change that makes the preferred option and its rival equal.

    `kind` "cost": the expected present cost (pounds) of a line, or of all lines of a driver, at which the
    expected net present costs are equal, and the relative `change` to it. "probability": the same for a constraint's
    probability. "weight": the weight of a criterion at which the weighted scores tie; `change` is the
    difference. `now` and `needed` are the values today and at the switch, in the option `owner`; without
    an owner both options have the input, and the values are those of the preferred one.
    Kind "npsv": the expected present value of a line, or of all lines of a driver, at which the preferred
    option's NPSV is 0 (Green Book 2026, 6.104); it has no rival. Kind "rate": the flat real discount rate in
    per cent at which the expected net present costs are equal; `now` is the rate of year 1.
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
    """The answer to one document: `digest` names the document, seed and draws the simulation. The
    figures of a frame while something is dragged have it, too, and lack parts: nothing is ever exported from them.

    `constraints` in the order of their value of settling, the highest first; None if that was not asked for.
    `settled_together` are the ids of the chosen set and `settling_together` what settling them as one is worth; such
    values do not add up. `flips`: see RiskFlip; for every option with a price for risk against the cheapest that
    keeps it.

    `stage` of the scoring workshop: while it hides totals, `score` of every option and `scoring` are None.
    """

    digest: str
    seed: int
    draws: int
    years: tuple[str, ...]
    versions: Versions
    options: tuple[OptionResult, ...]
    verdict: Verdict
    switches: tuple[Switch, ...]
    constraints: tuple[ConstraintResult, ...] | None = None
    settled_together: tuple[str, ...] = ()
    settling_together: SettlingValue | None = None
    flips: tuple[RiskFlip, ...] = ()
    stage: str = "open"
    scoring: Scoring | None = None
    agreement: AgreementOfAssessors | None = None
    kendall_w: float | None = None
    flags: tuple[Flag, ...] = ()
    regret: Regret | None = None
    partners: tuple[ArrangementResult, ...] | None = None
    price_gaps: tuple[PriceGapResult, ...] | None = None
    pilots: tuple[PilotResult, ...] | None = None
