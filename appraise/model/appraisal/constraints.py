"""What somebody outside the authority has still to agree, and who bears it in each option."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Agreement(StrEnum):
    """How far the outside body has agreed."""

    AGREED = "agreed"
    PARTLY = "partly_agreed"
    NOT_AGREED = "not_agreed"
    NOBODY_ASKED = "nobody_asked"


class Bearer(StrEnum):
    """Who pays if the constraint turns out other than assumed (METHOD 11.1)."""

    SUPPLIER = "supplier"
    COMPENSATION = "compensation"
    IN_HOUSE = "in_house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """Who bears a constraint in one option; an option without a bearing is not exposed.

    Only for `COMPENSATION`: `admitted` is the probability that a claim is admitted, `uplift` the share
    that claims add to the true impact, `dispute_cost` pounds paid when a claim is admitted.
    """

    option: str
    bearer: Bearer = Bearer.IN_HOUSE
    admitted: float = 1.0
    uplift: float = 0.0
    dispute_cost: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Pounds in prices of year 0 if the constraint turns out otherwise: low, likely, high (PERT)."""

    low: Decimal
    likely: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A condition that an outside body has to agree and that may turn out other than assumed.

    The impact falls evenly on `impact_years` years from year `impact_from` (counted from year 0). It is
    one fact about the world: every exposed option meets it in the same draws. `lines` are the ids of lines
    whose optimism bias it explains: its expected cost is taken off that bias (METHOD 10.5).
    """

    id: str
    name: str
    body: str = ""
    unclear: str = ""
    agreement: Agreement = Agreement.NOBODY_ASKED
    asked_on: str = ""
    answer_expected: str = ""
    evidence: str = ""
    probability: float = 0.0
    impact: Impact
    impact_from: int = 0
    impact_years: int = 1
    index: str = ""
    bearings: tuple[Bearing, ...] = ()
    lines: tuple[str, ...] = ()
