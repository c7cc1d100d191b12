"""Who bears a constraint and what that comes to in expectation (METHOD 11.1)."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact
from appraise.model.discounting import EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Expected pounds in prices of year 0, all years together: what a supplier carries, what is kept.

    What the supplier asks for it is in `model.pricing`.
    """

    premium: Decimal
    retained: Decimal


def exact(value: float) -> Decimal:
    """The decimal that a person typed, from the float that stores it: 0.3 is three tenths."""
    return Decimal(repr(value))


def _sixfold_mean(impact: Impact) -> Decimal:
    """Six times the mean of a PERT distribution, (low + 4 likely + high) / 6 (Malcolm and others, 1959).

    Divided last: a sixth has no last digit, and half a penny must not be lost on the way.
    """
    with localcontext(EXACT):
        return impact.low + 4 * impact.likely + impact.high


def mean_impact(impact: Impact) -> Decimal:
    """Mean of a PERT distribution, pounds."""
    with localcontext(EXACT):
        return _sixfold_mean(impact) / 6


def expected_cost(constraint: Constraint, bearing: Bearing) -> Expected:
    """Expected cost of one constraint in one option: what its supplier carries, and what the body keeps.

    m the mean impact, p its probability. Supplier: carries p m; a claim for a share r may still come with
    probability q, and keeps p q ((1 + u) r m + D). In-house: keeps p m. Compensation with claims admitted at
    probability q, uplift u and dispute cost D: keeps p q ((1 + u) m + D), and p (1 - q) D if disputes are also
    paid for when refused; the supplier carries what it cannot recover, p (1 - q) m (METHOD 11.1).
    """
    with localcontext(EXACT):
        p, sixfold = exact(constraint.probability), _sixfold_mean(constraint.impact)
        u, dispute = exact(bearing.uplift), 6 * bearing.dispute_cost
        if bearing.bearer is Bearer.SUPPLIER:
            q, r = exact(bearing.residual_probability), exact(bearing.residual_share)
            claim = (1 + u) * r * sixfold + dispute if q and r else Decimal(0)
            return Expected(premium=p * sixfold / 6, retained=p * q * claim / 6)
        if bearing.bearer is Bearer.IN_HOUSE:
            return Expected(premium=Decimal(0), retained=p * sixfold / 6)
        q = exact(bearing.admitted)
        claim = q * ((1 + u) * sixfold + dispute)
        if bearing.dispute_if_refused:
            claim += (1 - q) * dispute
        return Expected(premium=p * (1 - q) * sixfold / 6, retained=p * claim / 6)


def bearing_of(constraint: Constraint, option: str) -> Bearing | None:
    """Who bears the constraint in this option; None: the option does not meet it."""
    return next((bearing for bearing in constraint.bearings if bearing.option == option), None)
