"""Settlements by year and the scenarios made of them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SettlementStatus(StrEnum):
    """How firm the money is."""

    FINAL = "final"
    INDICATIVE = "indicative"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Money for a run of years, in cash terms, from year `first_year` (counted from year 0).

    At the boundary before it the money is renewed with probability `renewal`; otherwise it is cut by a
    share between `cut_low` and `cut_high`, most likely `cut_likely` (METHOD 12.1). The first settlement
    of a scenario has no boundary before it.
    """

    id: str
    name: str
    first_year: int
    amounts: tuple[Decimal, ...]
    status: SettlementStatus = SettlementStatus.ASSUMED
    renewal: float = 1.0
    cut_low: float = 0.0
    cut_likely: float = 0.0
    cut_high: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A chain of settlements. `restored`: a cut is made good at the next renewal (default: it stays)."""

    id: str
    name: str
    settlements: tuple[Settlement, ...] = ()
    restored: bool = False
    source: str = ""
