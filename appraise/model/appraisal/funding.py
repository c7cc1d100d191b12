"""Settlements by year, grants that are bid for, prevention, and the scenarios made of them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class SettlementStatus(StrEnum):
    """How firm the money is."""

    FINAL = "final"
    INDICATIVE = "indicative"
    ASSUMED = "assumed"
    BID_FOR = "bid_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Money for a run of years, in cash terms, from year `first_year` (counted from year 0).

    `amounts` is revenue by year, `capital` capital by year (as many years, or empty: none). Capital may not pay for
    revenue; revenue may pay for capital. `statuses` by year where they differ; empty: `status` holds for all.
    `ring_fenced`: what is not spent in its year goes back and is never carried.
    At the boundary before it the money is renewed with probability `renewal`; otherwise it is cut by a
    share between `cut_low` and `cut_high`, most likely `cut_likely` (METHOD 12.1). The first settlement
    of a scenario has no boundary before it.
    """

    id: str
    name: str
    first_year: int
    amounts: tuple[Decimal, ...]
    capital: tuple[Decimal, ...] = ()
    status: SettlementStatus = SettlementStatus.ASSUMED
    statuses: tuple[SettlementStatus, ...] = ()
    ring_fenced: bool = False
    renewal: float = 1.0
    cut_low: float = 0.0
    cut_likely: float = 0.0
    cut_high: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Money that is bid for, in cash from year `first_year` on, won with probability `chance`: one draw for all.

    `lines` are ids of the lines that it may pay for; empty: whatever the service costs. It never pays more than they
    cost, and what is left goes back. Dates are ISO texts, empty while unknown: the bid window, the decision, and the
    day by which it must be spent. `own_route`: it comes with a procurement route of its own, such as a framework.
    """

    id: str
    name: str
    first_year: int = 0
    amounts: tuple[Decimal, ...] = ()
    capital: tuple[Decimal, ...] = ()
    chance: float = 1.0
    lines: tuple[str, ...] = ()
    bid_opens: str = ""
    bid_closes: str = ""
    decided_on: str = ""
    spend_by: str = ""
    own_route: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Prevention: what is spent so that less is needed later (METHOD 12.2).

    `investment` are ids of the cost lines that pay for it, `lines` of the demand-driven lines of the same option that
    it lowers; they are entered as they would be without it. Effect in year t: the most, a share from `low` to `high`,
    times (t - starts - lag_years) / ramp_years, from 0 to 1. Once funding stops, `decay` of the rest is lost a year.
    """

    id: str
    name: str
    option: str
    investment: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    starts: int = 0
    lag_years: int = 0
    ramp_years: int = 1
    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0
    decay: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStop:
    """A scenario pays for a programme up to year `last_year` and no longer; -1: not at all."""

    programme: str
    last_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A chain of settlements. `restored`: a cut is made good at the next renewal (default: it stays).

    `carry_over`: what is left of money that is not ring-fenced may be spent later. `grants` are ids of those that are
    bid for here, `stops` the programmes that it does not fund to the end.
    """

    id: str
    name: str
    settlements: tuple[Settlement, ...] = ()
    restored: bool = False
    carry_over: bool = False
    grants: tuple[str, ...] = ()
    stops: tuple[ProgrammeStop, ...] = ()
    source: str = ""
