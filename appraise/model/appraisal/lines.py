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
    other_body: bool = False
    why: str = ""


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
            why="Counts in the year it is spent, in both cases.",
        ),
        Treatment.RESIDUAL_VALUE: Rule(
            label="Residual value",
            economic=True,
            financial=False,
            benefit=True,
            receipt=True,
            why="Credited in the economic case even if nothing is sold (Green Book 8.32).",
        ),
        Treatment.TRANSFER: Rule(
            label="Transfer, such as redundancy",
            economic=False,
            financial=True,
            why="Money changes hands and no resource is used: financial case only (Green Book 8.27).",
        ),
        Treatment.IRRECOVERABLE_VAT: Rule(
            label="VAT that cannot be recovered",
            economic=False,
            financial=True,
            why="A tax is left out of the economic case (Green Book 8.4).",
        ),
        Treatment.STRANDED_OVERHEAD: Rule(
            label="Overhead left behind",
            economic=False,
            financial=True,
            why="The resource is used either way, so only the budget feels it.",
        ),
        Treatment.OTHER_BODY_COST: Rule(
            label="Another public body's cost",
            economic=True,
            financial=False,
            other_body=True,
            why="Counts for the public purse; stands outside this body's budget (Green Book 6.87).",
        ),
        Treatment.OTHER_BODY_SAVING: Rule(
            label="Another public body's saving",
            economic=True,
            financial=False,
            benefit=True,
            receipt=True,
            other_body=True,
            why="Counts for the public purse; stands outside this body's budget (Green Book 6.87).",
        ),
        Treatment.WIDER_COST: Rule(
            label="Cost to households, firms or charities",
            economic=True,
            financial=False,
            why="A cost to society outside every public budget (Green Book 6.23).",
        ),
        Treatment.WIDER_BENEFIT: Rule(
            label="Benefit to households, firms or charities",
            economic=True,
            financial=False,
            benefit=True,
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
            why="Worth something to this body but leaves no money in its budget.",
        ),
        Treatment.SUNK_COST: Rule(
            label="Spent already",
            economic=False,
            financial=False,
            why="Cannot be changed by the decision; shown and kept out (Green Book 6.32).",
        ),
    }
)


class Shape(StrEnum):
    """The distribution between low, likely and high."""

    PERT = "pert"
    TRIANGULAR = "triangular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How far a line may come out from what was entered, in per cent of the entered amounts (100 = as entered)."""

    low: Decimal
    high: Decimal
    shape: Shape = Shape.PERT


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A price index: yearly rises in per cent, the first from year 0 to year 1; the last is carried forward."""

    id: str
    name: str
    percent: tuple[Decimal, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A cost or benefit line of one option.

    `amounts` are pounds in prices of year 0, one per year from year 0, entered as positive figures.
    `index` names the price index that the line follows. `driver` names an uncertain fact that lines of
    several options share: lines with the same driver move together, in one draw. Without one the line
    is drawn by itself. `assumption` names the entry of the assumptions log that the line rests on.
    """

    id: str
    option: str
    name: str
    treatment: Treatment = Treatment.OWN_COST
    amounts: tuple[Decimal, ...] = ()
    range: Range | None = None
    index: str = ""
    driver: str = ""
    source: str = ""
    assumption: str = ""
