"""Working together: partners, how they share a joint cost, prices for the same scarce thing, scarce people."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraise.model.appraisal.lines import Range


class ShareRule(StrEnum):
    """By what a joint cost is shared (METHOD 13)."""

    FIXED = "fixed"
    VOLUME = "volume"
    POPULATION = "population"
    USE = "use"


class Split(StrEnum):
    """How the partners mean to pay: by the rules of the lines, or the whole in one of two calculated ways."""

    BY_LINE = "by_line"
    PROPORTIONAL = "proportional"
    SHAPLEY = "shapley"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A public body that could share a service. One at most is `this_body`; `body` is the public body of the others.

    `volume` and `use` are in units that all partners share. `alone` is what it would pay by itself, by year in prices
    of year 0 along price index `index`, with its `range`. `leaving` is the probability a year that it leaves.
    """

    id: str
    name: str
    this_body: bool = False
    body: str = ""
    population: int = 0
    volume: Decimal = Decimal(0)
    use: Decimal = Decimal(0)
    alone: tuple[Decimal, ...] = ()
    index: str = ""
    range: Range | None = None
    leaving: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedShare:
    """A partner's part in per cent."""

    partner: str
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShare:
    """How a line of the joint option is shared. `fixed_percent` of it does not fall with the number of partners.

    `shares` counts only under the rule FIXED and adds up to 100.
    """

    line: str
    rule: ShareRule = ShareRule.VOLUME
    shares: tuple[FixedShare, ...] = ()
    fixed_percent: Decimal = Decimal("100.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """What some of the partners would pay together, a present value typed by the user."""

    partners: tuple[str, ...]
    cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Who runs an option together and how its cost is shared. An option has one arrangement at most.

    Lines in `shared` stand at the whole joint cost: all of it counts in the economic case, this body's share in its
    budget. Lines that are not there are this body's own. `rule`, with `shares` where it is FIXED, holds for
    constraints. `typed`: costs of groups are `coalitions` (four partners at most), not made of the lines.
    """

    id: str
    option: str
    partners: tuple[str, ...] = ()
    rule: ShareRule = ShareRule.VOLUME
    shares: tuple[FixedShare, ...] = ()
    shared: tuple[LineShare, ...] = ()
    split: Split = Split.BY_LINE
    typed: bool = False
    coalitions: tuple[Coalition, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A public buyer of something scarce: units a year and its price for one. `partner` may name one of them."""

    id: str
    name: str
    partner: str = ""
    price: Decimal = Decimal("0.00")
    volume: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceGap:
    """The same thing bought at different prices by several public bodies, such as a week in a care bed."""

    id: str
    name: str
    unit: str = ""
    buyers: tuple[Buyer, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScarceStaff:
    """People whom an option takes and a neighbour needs: `posts` in full-time terms."""

    id: str
    option: str
    role: str
    posts: Decimal = Decimal(0)
    neighbour: str = ""
    words: str = ""
