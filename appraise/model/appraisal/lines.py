"""Cost and benefit lines, their treatment in both cases, their ranges and price indices."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class Treatment(StrEnum):
    """What a line is; decides where it counts (the truth table in docs/truth-table.md)."""

    OWN_COST = "own_cost"
    SUPPLIER_CHARGE = "supplier_charge"
    CAPITAL = "capital"
    RESIDUAL_VALUE = "residual_value"
    TRANSFER = "transfer"
    IRRECOVERABLE_VAT = "irrecoverable_vat"
    STRANDED_OVERHEAD = "stranded_overhead"
    OTHER_BODY_COST = "other_body_cost"
    OTHER_BODY_SAVING = "other_body_saving"
    WIDER_COST = "wider_cost"
    WIDER_BENEFIT = "wider_benefit"
    CASH_SAVING = "cash_saving"
    NON_CASH_BENEFIT = "non_cash_benefit"
    SUNK_COST = "sunk_cost"
    FINANCING_CHARGE = "financing_charge"
    CONTINGENT_LIABILITY = "contingent_liability"
    PLACE_EFFECT = "place_effect"


class Spend(StrEnum):
    """Day-to-day money, upkeep of what is owned, or capital (Green Book 2026, 6.31)."""

    OPERATING = "operating"
    MAINTENANCE = "maintenance"
    CAPITAL = "capital"


class Group(StrEnum):
    """Who outside the public bodies gains or loses (Green Book 2026, 6.23)."""

    UNSAID = "unsaid"
    HOUSEHOLDS = "households"
    BUSINESSES = "businesses"
    VOLUNTARY = "voluntary_sector"


class Prices(StrEnum):
    """The money that the amounts are entered in: of year 0, of an earlier or later year, or cash of each year."""

    YEAR_0 = "year_0"
    OTHER_YEAR = "other_year"
    CASH = "cash"


class BorneBy(StrEnum):
    """Whose cost or gain a line is."""

    OWN = "own"
    PUBLIC_BODY = "public_body"
    SOCIETY = "society"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the truth table: does a line count in the economic and in the financial case.

    `benefit`: the amounts are entered as positive gains. `receipt`: money that comes back to a public
    body, netted off the net present cost (METHOD 1.8: cost net of receipts). `other_body`: falls on another
    public body and is shown apart, so that nobody takes it for this body's own money.
    """

    label: str
    economic: bool
    financial: bool
    benefit: bool = False
    receipt: bool = False
    bearer: BorneBy = BorneBy.OWN
    cash: bool = True
    capital: bool = False
    financing: bool = False
    transfer: bool = False
    tax: bool = False
    event: bool = False
    place: bool = False
    why: str = ""

    @property
    def other_body(self) -> bool:
        """It falls on another public body."""
        return self.bearer is BorneBy.PUBLIC_BODY


#: METHOD 8.4, the rows that are calculated. Sources: Green Book 2026 6.23, 6.31-6.32, 6.87 (table 9), 8.4,
#: 8.26, 8.27, 8.32.
RULES: Mapping[Treatment, Rule] = MappingProxyType(
    {
        Treatment.OWN_COST: Rule(
            label="Own service cost",
            economic=True,
            financial=True,
            why="Counts in both cases; entered without VAT.",
        ),
        Treatment.SUPPLIER_CHARGE: Rule(
            label="Supplier's charge",
            economic=True,
            financial=True,
            why="Counts in both cases; entered without VAT and without the price of constraints from step 6.",
        ),
        Treatment.CAPITAL: Rule(
            label="Capital",
            economic=True,
            financial=True,
            capital=True,
            why="Counts in the year it is spent, in both cases.",
        ),
        Treatment.RESIDUAL_VALUE: Rule(
            label="Residual value",
            economic=True,
            financial=False,
            benefit=True,
            receipt=True,
            cash=False,
            why="Credited in the economic case even if nothing is sold (Green Book 8.32).",
        ),
        Treatment.TRANSFER: Rule(
            label="Transfer, such as redundancy",
            economic=False,
            financial=True,
            transfer=True,
            why="Money changes hands and no resource is used: financial case only (Green Book 8.27).",
        ),
        Treatment.IRRECOVERABLE_VAT: Rule(
            label="VAT that cannot be recovered",
            economic=False,
            financial=True,
            tax=True,
            why="A tax is left out of the economic case (Green Book 8.4).",
        ),
        Treatment.STRANDED_OVERHEAD: Rule(
            label="Overhead left behind",
            economic=False,
            financial=True,
            transfer=True,
            why="The resource is used either way, so only the budget feels it.",
        ),
        Treatment.OTHER_BODY_COST: Rule(
            label="Another public body's cost",
            economic=True,
            financial=False,
            bearer=BorneBy.PUBLIC_BODY,
            why="Counts for the public purse; stands outside this body's budget (Green Book 6.87).",
        ),
        Treatment.OTHER_BODY_SAVING: Rule(
            label="Another public body's saving",
            economic=True,
            financial=False,
            benefit=True,
            receipt=True,
            bearer=BorneBy.PUBLIC_BODY,
            why="Counts for the public purse; stands outside this body's budget (Green Book 6.87).",
        ),
        Treatment.WIDER_COST: Rule(
            label="Cost to households, firms or charities",
            economic=True,
            financial=False,
            bearer=BorneBy.SOCIETY,
            why="A cost to society outside every public budget (Green Book 6.23).",
        ),
        Treatment.WIDER_BENEFIT: Rule(
            label="Benefit to households, firms or charities",
            economic=True,
            financial=False,
            benefit=True,
            bearer=BorneBy.SOCIETY,
            why="A benefit to society outside every public budget (Green Book 6.23).",
        ),
        Treatment.CASH_SAVING: Rule(
            label="Cash-releasing saving or income",
            economic=True,
            financial=True,
            benefit=True,
            receipt=True,
            why="Lowers this body's cost in both cases.",
        ),
        Treatment.NON_CASH_BENEFIT: Rule(
            label="Benefit that releases no cash",
            economic=True,
            financial=False,
            benefit=True,
            cash=False,
            why="Worth something to this body but leaves no money in its budget.",
        ),
        Treatment.SUNK_COST: Rule(
            label="Spent already",
            economic=False,
            financial=False,
            why="Cannot be changed by the decision; shown and kept out (Green Book 6.32).",
        ),
        Treatment.FINANCING_CHARGE: Rule(
            label="Depreciation, MRP or interest",
            economic=False,
            financial=True,
            financing=True,
            why="Pays again for capital already counted: only in the revenue view, in its place (Green Book 6.92).",
        ),
        Treatment.CONTINGENT_LIABILITY: Rule(
            label="Liability that may fall due",
            economic=True,
            financial=False,
            event=True,
            why="Counts at its expected cost, chance times amount; a note in the budget (Green Book 6.67).",
        ),
        Treatment.PLACE_EFFECT: Rule(
            label="Local jobs or spending",
            economic=False,
            financial=False,
            benefit=True,
            cash=False,
            place=True,
            why="Moves activity within the country, so it informs about the place only (Green Book 6.43).",
        ),
    }
)


class Shape(StrEnum):
    """The distribution that low, likely and high stand for (METHOD 10.1).

    PERT, TRIANGULAR and UNIFORM end at low and high; UNIFORM has no likely value. TRIGEN is the triangle, and
    LOGNORMAL and NORMAL are the curves, of which a tenth lies under low and a tenth over high. DISCRETE is a
    list of points with their chances.
    """

    PERT = "pert"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    TRIGEN = "trigen"
    LOGNORMAL = "lognormal"
    NORMAL = "normal"
    DISCRETE = "discrete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One outcome of a discrete range: per cent of the entered amounts, and its chance from 0 to 1."""

    percent: Decimal
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How far a line may come out from what was entered, in per cent of the entered amounts (100 = as entered).

    `points` count only for a discrete range, `low` and `high` for every other one.
    """

    low: Decimal
    high: Decimal
    shape: Shape = Shape.PERT
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiseRange:
    """How far the yearly rises of a price index may lie from what was entered, percentage points a year.

    One draw moves the rises of all years by as much: `low` is 0 or under it, `high` 0 or over it, 0 is likely.
    `shared`: one draw for all options; otherwise every option has its own.
    """

    low: Decimal
    high: Decimal
    shape: Shape = Shape.PERT
    shared: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A price index: yearly rises in per cent, the first from year 0 to year 1; the last is carried forward.

    `published` and `review_by` are dates: of the figures, and after which newer ones should be looked for.
    `range`: how far the rises may lie from what was entered; None: they are certain.
    """

    id: str
    name: str
    percent: tuple[Decimal, ...]
    source: str = ""
    published: str = ""
    review_by: str = ""
    range: RiseRange | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Additionality:
    """How much of an effect is lost to the place, four shares in per cent (Green Book 2026, 7.18).

    What would have happened anyway, what is taken from neighbours, what replaces other activity there, and
    what leaves for elsewhere. The share that stays is the product of the four remainders.
    """

    deadweight: Decimal = Decimal("0.00")
    displacement: Decimal = Decimal("0.00")
    substitution: Decimal = Decimal("0.00")
    leakage: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A cost or benefit line of one option.

    `amounts` are pounds, one per year from year 0, entered as positive figures, in the money that `prices`
    says: of year 0, of the financial year `price_year`, or cash of each year.
    `index` names the price index that the line follows. `driver` names an uncertain fact that lines of
    several options share: lines with the same driver move together, in one draw. Without one the line
    is drawn by itself. `shared`: the driver is one fact for all options; otherwise lines move together only inside
    their own option. `correlation` names the correlation group that it belongs to. `assumption` names the entry of
    the assumptions log that the line rests on.
    `heading` is the usual cost line that it fills in. `body` is the other public body, `group` the part of
    society, `incomes` the income group that it falls on. `vat_percent` comes on top in the financial case
    if it cannot be recovered. `bias` names an optimism bias. `probability` holds for liabilities that may
    fall due. `health`: counts lives or health, discounted at the health rate. `reason` says why the line is
    treated as it is, above all why a cost is sunk. `place`: how much of it is lost to the place.
    """

    id: str
    option: str
    name: str
    treatment: Treatment = Treatment.OWN_COST
    amounts: tuple[Decimal, ...] = ()
    range: Range | None = None
    index: str = ""
    driver: str = ""
    shared: bool = True
    correlation: str = ""
    source: str = ""
    assumption: str = ""
    spend: Spend = Spend.OPERATING
    prices: Prices = Prices.YEAR_0
    price_year: int = 0
    heading: str = ""
    body: str = ""
    group: Group = Group.UNSAID
    incomes: str = ""
    vat_percent: Decimal = Decimal("0.00")
    vat_recoverable: bool = True
    bias: str = ""
    probability: float = 1.0
    health: bool = False
    reason: str = ""
    place: Additionality = Additionality()
