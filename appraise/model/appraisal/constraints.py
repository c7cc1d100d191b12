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


class RegisterKind(StrEnum):
    """What stands in the register: a condition that an outside body has to agree, or an ordinary risk."""

    CONSTRAINT = "constraint"
    RISK = "risk"


class Principle(StrEnum):
    """How a supplier prices what it may have to pay (METHOD 11.2)."""

    EXPECTED_VALUE = "expected_value"
    STANDARD_DEVIATION = "standard_deviation"
    CVAR = "cvar"
    PERCENTILE = "percentile"
    WANG = "wang"
    PROPORTIONAL_HAZARD = "proportional_hazard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """How the supplier of an option prices all constraints that it carries, as one pool.

    `strength` is what the principle needs: the loading as a share of the expected value, the number of
    standard deviations, the level of CVaR or of the percentile (0 to 1), lambda of the Wang transform, or rho
    of the proportional hazard. `competition` is the share of the loading that bidders can hold, 0 to 1.
    """

    principle: Principle = Principle.WANG
    strength: float = 0.35
    competition: float = 1.0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """Who bears a constraint in one option; an option without a bearing is not exposed.

    Only for `COMPENSATION`: `admitted` is the probability that a claim is admitted, `uplift` the share
    that claims add to the true impact, `dispute_cost` pounds paid when a claim is admitted, and also when it
    is refused if `dispute_if_refused`. Only for `SUPPLIER`: a claim for `residual_share` of the impact may
    still come, with probability `residual_probability`, with the same uplift and dispute cost.
    """

    option: str
    bearer: Bearer = Bearer.IN_HOUSE
    admitted: float = 1.0
    uplift: float = 0.0
    dispute_cost: Decimal = Decimal("0.00")
    dispute_if_refused: bool = False
    residual_probability: float = 0.0
    residual_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Pounds in prices of year 0 if the constraint turns out otherwise: low, likely, high (PERT)."""

    low: Decimal
    likely: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierView:
    """What suppliers believe while it is unclear. It moves their price, never the outcome."""

    probability: float
    impact: Impact


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Getting the answer before tender: what it costs, what the delay costs, and the chance that it works.

    `reveals_size`: not only whether it happens becomes known but also how much it costs.
    """

    cost: Decimal = Decimal("0.00")
    delay_cost: Decimal = Decimal("0.00")
    success: float = 1.0
    reveals_size: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention:
    """Work that makes the constraint less likely to bite: its cost and the probability that is left."""

    cost: Decimal = Decimal("0.00")
    probability: float = 0.0
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """A condition that an outside body has to agree and that may turn out other than assumed; or a risk.

    The impact falls evenly on `impact_years` years from year `impact_from` (counted from year 0). It is
    one fact about the world: every exposed option meets it in the same draws. `lines` are the ids of lines
    whose optimism bias it explains: its expected cost is taken off that bias (METHOD 10.5). `view` is what
    suppliers believe; without one they believe the same as the authority. `prevention`: None if nothing is
    known that helps. `manager` answers the control question: who can actually manage this?
    """

    id: str
    name: str
    kind: RegisterKind = RegisterKind.CONSTRAINT
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
    view: SupplierView | None = None
    settling: Settling = Settling()
    prevention: Prevention | None = None
    manager: str = ""
