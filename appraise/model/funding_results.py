"""Every figure of money by year: an option under a scenario, regret, and how long a settlement would have to be.

Pounds; chances and shares from 0 to 1; errors are standard errors of means and chances, and of percentiles how far they
may be off, 19 times in 20. Made only by `model.evaluate`.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBand:
    """Cash cost by year in the simulation: 1 in 10, middle and 9 in 10, and how far each may be off, 19 times in 20."""

    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]
    p10_error: tuple[float, ...]
    p50_error: tuple[float, ...]
    p90_error: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSpan:
    """One contract of a chain: it is signed for `years` from `first_year`; the horizon may end before it."""

    first_year: int
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStep:
    """One cause of what a scenario adds to the expected net present cost, pounds.

    `kind`: "recovery" (the supplier recovers its investment faster), "break_price" (it prices a break), "reletting",
    "loyalty" (discounts begin anew), "prevention" (savings lost), "investment" (prevention not paid for, below
    nothing), "break" (break cost and the fall-back's cost less the option's own).
    """

    kind: str
    pounds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioDifference:
    """Mean net present cost of an option in this scenario less in the scenario `than`, draw by draw."""

    than: str
    mean: float
    error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFunding:
    """An option's cash cost against one funding scenario.

    `gap_by_year` is exact: `cost_by_year`, the cost of the financial case with what this scenario adds to it, less the
    money as settled; positive is short, and after the life of the option there is none. Where there is capital money it
    is at least revenue cost less revenue money. `capital_by_year` is the
    capital in `funding_by_year`; grants are not in it, as they are won or not. The rest is simulated, with renewals,
    cuts, grants and breaks. A gap is what neither revenue nor capital money pays for; capital never pays for revenue.

    `expected_gap`: mean of all years together. `reserve` covers the largest cumulative gap of `reserve_percentile` per
    cent of draws. `effective_term`: years of the first contract as signed here, 0 without a contract; `contracts` the
    chain, `relets` how often it is let again inside the horizon. `npc`: mean net present cost in this scenario.
    `cost_of_short_termism` = npc less that in the longest settlement (`Regret.longest`), in the same draws;
    `short_termism_steps` say what it comes from, expected, their sum the exact expectation. `against`: the same
    against every other scenario. `affordable`: no year is short in at least the watched percentile of draws.
    `break_chance`: some contract is broken.
    """

    scenario: str
    funding_by_year: tuple[Decimal, ...]
    capital_by_year: tuple[Decimal, ...]
    cost_by_year: tuple[Decimal, ...]
    gap_by_year: tuple[Decimal, ...]
    cash_by_year: YearBand
    expected_funding_by_year: tuple[float, ...]
    expected_gap_by_year: tuple[float, ...]
    gap_p50_by_year: tuple[float, ...]
    gap_p80_by_year: tuple[float, ...]
    probability_of_gap_by_year: tuple[float, ...]
    probability_of_any_gap: float
    funding_error_by_year: tuple[float, ...]
    gap_error_by_year: tuple[float, ...]
    gap_p50_error_by_year: tuple[float, ...]
    gap_p80_error_by_year: tuple[float, ...]
    probability_error_by_year: tuple[float, ...]
    any_gap_error: float
    expected_gap: float
    expected_gap_error: float
    reserve: float
    reserve_error: float
    reserve_mean: float
    reserve_percentile: int
    effective_term: int
    contracts: tuple[ContractSpan, ...]
    relets: int
    npc: float
    npc_error: float
    cost_of_short_termism: float | None
    short_termism_error: float | None
    short_termism_steps: tuple[CostStep, ...]
    against: tuple[ScenarioDifference, ...]
    affordable: bool
    break_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLength:
    """Money settled so many years at a time: chance of any short year and mean net present cost of one option."""

    years: int
    probability_of_any_gap: float
    any_gap_error: float
    npc: float
    affordable: bool
    cheapest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthAnswer:
    """What length of settlement would make an option affordable or cheapest, over `draws` draws.

    The money, renewals and cuts are those of the scenario `money_of`, the one with the shortest settlements, with a
    boundary only every so many years. `affordable_from` and `cheapest_from`: the shortest length; None: no length.
    """

    money_of: str
    draws: int
    lengths: tuple[SettlementLength, ...]
    affordable_from: int | None
    cheapest_from: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegretCell:
    """An option in a scenario: mean cost, what it costs more than the cheapest there, and whether it can be paid.

    `cost` is the net present cost, or a year's equivalent where lives differ (`Regret.compared_on`).
    """

    scenario: str
    cost: float
    regret: float
    affordable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegretRow:
    """An option of the table: `largest` is its largest regret, `affordable_in` how many scenarios can pay for it."""

    option: str
    cells: tuple[RegretCell, ...]
    largest: float
    affordable_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """Regret of every option that passes its gates and has costs, over all scenarios (METHOD 12.3).

    It depends on which options are in the table. `least`: ids with the smallest largest regret (several where tied);
    `most_affordable`: ids that can be paid in most scenarios. `longest`: the scenario with the longest settlements,
    `shortest` the one with the shortest. `compared_on`: "npc" or "eac".
    """

    longest: str
    shortest: str
    compared_on: str
    rows: tuple[RegretRow, ...]
    least: tuple[str, ...]
    most_affordable: tuple[str, ...]
