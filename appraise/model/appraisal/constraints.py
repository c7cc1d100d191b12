"""What somebody outside the authority has still to agree, and who bears it in each option."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraise.model.appraisal.lines import Shape


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
    PAIN_GAIN = "pain_gain"


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
class Impact:
    """Pounds in prices of year 0 if the constraint turns out otherwise: low, likely, high.

    `shape` is PERT, TRIANGULAR or UNIFORM.
    """

    low: Decimal
    likely: Decimal
    high: Decimal
    shape: Shape = Shape.PERT


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The authority's share, 0 to 1, of what the outturn passes the target by, up to these pounds over it.

    `up_to` None: without end; the last band only.
    """

    up_to: Decimal | None = None
    share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PainGain:
    """Pounds in prices of year 0 that both sides expect, and how they share what comes out otherwise (METHOD 11.1).

    The authority pays `target`, plus its share of each band over it, or less its share `gain` of what is left under
    it. `cap`: the most that the supplier pays over the target; None: no end.
    """

    target: Decimal = Decimal("0.00")
    gain: float = 0.5
    bands: tuple[Band, ...] = (Band(),)
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """What the bearer in one option does about it: the probability, and perhaps the impact, that are left.

    `cost` is paid by the bearer for certain, in pounds of year 0; a supplier adds it to its price. `impact`
    None: as for everybody. Without `evidence` nobody should believe it.
    """

    probability: float
    impact: Impact | None = None
    cost: Decimal = Decimal("0.00")
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """Who bears a constraint in one option; an option without a bearing is not exposed.

    `share` of the impact, 0 to 1: several bearings of one option, each with another bearer, share it and must add up
    to 1. `lot`: the lot or contract whose supplier prices it, in words; suppliers of one lot price it as one pool.
    `managed`: what this bearer does about it; it counts for the whole option, so one bearing of it at most has one.
    Only for `PAIN_GAIN`: `terms`. Only for `COMPENSATION`: `admitted` is the probability that a claim is admitted,
    `uplift` the share that claims add to the true impact, `dispute_cost` pounds paid when a claim is admitted, and
    also when it is refused if `dispute_if_refused`. Only for `SUPPLIER`: a claim for `residual_share` of the impact
    may still come, with probability `residual_probability`, with the same uplift and dispute cost.
    """

    option: str
    bearer: Bearer = Bearer.IN_HOUSE
    share: float = 1.0
    lot: str = ""
    admitted: float = 1.0
    uplift: float = 0.0
    dispute_cost: Decimal = Decimal("0.00")
    dispute_if_refused: bool = False
    residual_probability: float = 0.0
    residual_share: float = 0.0
    terms: PainGain = PainGain()
    managed: Management | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierView:
    """What suppliers believe while it is unclear. It moves their price, never the outcome."""

    probability: float
    impact: Impact


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """Getting the answer before tender: what it costs, what the delay costs, and the chance that it works.

    `reveals_size`: not only whether it happens becomes known but also how much it costs. `together`: it belongs to
    the set that is valued as one.
    """

    cost: Decimal = Decimal("0.00")
    delay_cost: Decimal = Decimal("0.00")
    success: float = 1.0
    reveals_size: bool = False
    together: bool = True
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

    The impact falls evenly on `impact_years` years from year `impact_from` (counted from year 0). `shared`: it is
    one fact about the world, and every exposed option meets it in the same draws; an ordinary risk may instead
    happen in each option by itself. `lines` are the ids of lines
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
    shared: bool = True
    bearings: tuple[Bearing, ...] = ()
    lines: tuple[str, ...] = ()
    view: SupplierView | None = None
    settling: Settling = Settling()
    prevention: Prevention | None = None
    manager: str = ""
