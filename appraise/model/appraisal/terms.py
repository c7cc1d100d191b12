"""Commercial terms: what a contract commits to, how its price moves, its lots, its timetable, and pilots before it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Commitment(StrEnum):
    """How far past confirmed money the authority signs (METHOD 12.2)."""

    NEVER = "never"
    WITH_BREAK = "with_break"
    FREELY = "freely"


class AfterCut(StrEnum):
    """What follows where money is not renewed while a contract runs. A cut alone does not end it."""

    KEEP = "keep"
    BREAK = "break"


class BreakCost(StrEnum):
    """What is paid to the supplier at a break: the amount entered, or what it has not yet recovered."""

    ENTERED = "entered"
    OUTSTANDING = "outstanding"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """How an option's contract is committed to, and what its supplier puts in first (METHOD 12.2).

    Contracts of the option's `term_years` follow each other from year `starts` on; without a term there are none. The
    lines hold the price at a term of `reference_years` (0: the option's own term). `investment` K is what the supplier
    recovers from the price, `kept_value` what it keeps of it at the end, both in prices of year 0; `capital_percent`
    its cost of capital, nominal unless `capital_real`. `procurement`, `transition` and `dual_running` are paid by the
    authority at each re-letting, in prices of year 0. `relets_entered`: the lines hold the re-letting of the reference
    term already; only then it is credited. At a break, `break_cost` (prices of year 0) is paid and the option
    `fall_back` runs on with its own cost.
    """

    starts: int = 0
    commitment: Commitment = Commitment.FREELY
    reference_years: int = 0
    investment: Decimal = Decimal("0.00")
    kept_value: Decimal = Decimal("0.00")
    capital_percent: Decimal = Decimal("8.0")
    capital_real: bool = False
    procurement: Decimal = Decimal("0.00")
    transition: Decimal = Decimal("0.00")
    dual_running: Decimal = Decimal("0.00")
    relets_entered: bool = False
    after_cut: AfterCut = AfterCut.KEEP
    break_cost_is: BreakCost = BreakCost.ENTERED
    break_cost: Decimal = Decimal("0.00")
    fall_back: str = ""
    source: str = ""


class SupplierKind(StrEnum):
    """Who a lot is meant for: scale is weighed against access."""

    ANY = "any"
    SMALL = "small_or_medium"
    VOLUNTARY = "voluntary_or_community"
    LARGE = "large"
    PUBLIC = "public_body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A part of a contract: who it is meant for, and its share of the suppliers' charges in per cent.

    Bearings name lots by `name`.
    """

    id: str
    name: str
    supplier: SupplierKind = SupplierKind.ANY
    percent: Decimal = Decimal("0.00")
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """From the start of the work on a tender to the first day of service. `starts_on` is an ISO date, "" while unknown.

    `needed_by` is the first day of service that the contract needs, "": 1 April of the year in which it starts.
    `standstill_days` are working days: eight at least (Procurement Act 2023, section 51).
    """

    starts_on: str = ""
    needed_by: str = ""
    engagement_weeks: int = 0
    tender_weeks: int = 0
    evaluation_weeks: int = 0
    standstill_days: int = 8
    mobilisation_weeks: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A discount in per cent on what is bought over a volume `over` in a year."""

    over: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """How the price of a line is agreed to move; the amounts of the line are entered before all discounts.

    `volumes` by year decide the tier; `whole`: the tier reached holds for all units, not only for those beyond it.
    `loyalty` is a discount in per cent by year of the contract (the last holds on); a contract let again begins anew.
    `cap` and `collar` are the most and the least, in per cent a year, by which its price index lifts the price.
    """

    line: str
    volumes: tuple[Decimal, ...] = ()
    tiers: tuple[Tier, ...] = ()
    whole: bool = False
    loyalty: tuple[Decimal, ...] = ()
    cap: Decimal | None = None
    collar: Decimal | None = None
    source: str = ""


class PilotKind(StrEnum):
    """A trial of the service at small scale, or a supplier's proof of value."""

    PILOT = "pilot"
    PROOF_OF_VALUE = "proof_of_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """A stage before the decision (METHOD 13): option `go_on` if it succeeds, `fall_back` if not.

    `without` is the best option without a pilot; "": the one with the highest net present social value but for
    `go_on`, which untested is not worth its value. `cost` is a present value, 0 for a free trial; `success` the
    probability that the service works. A trial can mislead: with probability `false_positive` a service that fails
    passes, and going on then is worth `misled` pounds less than the fall-back. It takes `months` from `starts_on`, an
    ISO date; "": from the first day of the timetable of `go_on`.
    """

    id: str
    name: str
    kind: PilotKind = PilotKind.PILOT
    go_on: str = ""
    fall_back: str = ""
    without: str = ""
    cost: Decimal = Decimal("0.00")
    success: float = 0.5
    false_positive: float = 0.0
    misled: Decimal = Decimal("0.00")
    months: int = 0
    starts_on: str = ""
    test: str = ""
    source: str = ""
