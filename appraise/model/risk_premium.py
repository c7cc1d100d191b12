"""Who bears a constraint and what that comes to in expectation (METHOD 11.1).

Several bearers of one option share the impact; each has a share of it. Typed pounds (dispute cost, target, cap,
cost of managing it) are not shared. A part with a share of 0 bears nothing.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from appraise.model.appraisal.constraints import Bearer, Bearing, Constraint, Impact, PainGain
from appraise.model.appraisal.lines import Shape
from appraise.model.discounting import EXACT, ZERO, to_pence
from appraise.model.pain_gain import authority_pays_exactly, bends
from appraise.model.remembered import Remembered

#: Bearers that are suppliers who pay for what they do about a constraint, and add it to their price.
PAYS_FOR_MANAGING = frozenset({Bearer.SUPPLIER, Bearer.PAIN_GAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Expected pounds in prices of year 0, all years together: what a supplier carries, what is kept.

    What the supplier asks for `premium` is in `model.pricing`. `management` is the certain cost of what a bearer
    does about it; `management_priced`: a supplier pays it, and adds it to its price.
    """

    premium: Decimal
    retained: Decimal
    management: Decimal = ZERO
    management_priced: bool = False


def exact(value: float) -> Decimal:
    """The decimal that a person typed, from the float that stores it: 0.3 is three tenths."""
    return Decimal(repr(value))


def sixfold_mean(impact: Impact) -> Decimal:
    """Six times the mean: PERT (low + 4 likely + high) / 6, triangular (low + likely + high) / 3, uniform (low +
    high) / 2 (Malcolm and others, 1959).

    Divided last: a sixth has no last digit, and half a penny must not be lost on the way.
    """
    with localcontext(EXACT):
        if impact.shape is Shape.UNIFORM:
            return 3 * (impact.low + impact.high)
        if impact.shape is Shape.TRIANGULAR:
            return 2 * (impact.low + impact.likely + impact.high)
        return impact.low + 4 * impact.likely + impact.high


def mean_impact(impact: Impact) -> Decimal:
    """Mean of the distribution, pounds."""
    with localcontext(EXACT):
        return sixfold_mean(impact) / 6


def bearings_of(constraint: Constraint, option: str) -> tuple[Bearing, ...]:
    """Who bears the constraint in this option, in parts; empty: the option does not meet it."""
    return tuple(bearing for bearing in constraint.bearings if bearing.option == option)


def claimed_manager(constraint: Constraint, option: str) -> Bearing | None:
    """The part whose bearer is said to do something about the constraint in this option, shown or not."""
    return next((bearing for bearing in bearings_of(constraint, option) if bearing.managed is not None), None)


def manager_of(constraint: Constraint, option: str) -> Bearing | None:
    """The part whose bearer does something about the constraint in this option; without evidence it counts for nothing.

    A named effect with its evidence is all that may change the facts about the world (METHOD 11).
    """
    bearing = claimed_manager(constraint, option)
    shown = bearing is not None and bearing.managed is not None and bearing.managed.evidence.strip()
    return bearing if shown else None


def faced(constraint: Constraint, option: str) -> tuple[float, Impact]:
    """The probability and the impact that an option meets: the facts, or what its bearer's effect leaves of them."""
    manager = manager_of(constraint, option)
    if manager is None or manager.managed is None:
        return constraint.probability, constraint.impact
    return manager.managed.probability, manager.managed.impact or constraint.impact


def carried_share(bearing: Bearing) -> Decimal:
    """The share of the impact that a supplier cannot recover: all of its part, or what claims leave; 0 in-house."""
    with localcontext(EXACT):
        if bearing.bearer is Bearer.SUPPLIER:
            return exact(bearing.share)
        if bearing.bearer is Bearer.COMPENSATION:
            return (1 - exact(bearing.admitted)) * exact(bearing.share)
    return ZERO


def mean_up_to(impact: Impact, most: Decimal) -> Decimal:
    """E min(X, most), pounds: what falls under a sum on average.

    Uniform most - (most - low)^2 / 2w, w = high - low; triangle most - (most - low)^3 / (3 w (likely - low)) under its
    top, the mean less (high - most)^3 / (3 w (high - likely)) over it; PERT by two incomplete beta functions.
    """
    low, likely, high = impact.low, impact.likely, impact.high
    if most <= low or low == high:
        return min(most, low)
    if most >= high:
        return mean_impact(impact)
    with localcontext(EXACT):
        width, under = high - low, most - low
        if impact.shape is Shape.UNIFORM:
            return most - under * under / (2 * width)
        if impact.shape is Shape.TRIANGULAR and most <= likely:
            return most - under**3 / (3 * width * (likely - low))
        if impact.shape is Shape.TRIANGULAR:
            return mean_impact(impact) - (high - most) ** 3 / (3 * width * (high - likely))
        return low + width * exact(_beta_up_to(float((likely - low) / width), float(under / width)))


def _beta_up_to(likely: float, most: float) -> float:
    """E min(x, most) of a PERT quantity on [0, 1]: mean I(a + 1, b) + most (1 - I(a, b))."""
    from scipy.special import betainc

    a, b = 1 + 4 * likely, 1 + 4 * (1 - likely)
    return float(a / (a + b) * betainc(a + 1, b, most) + most * (1 - betainc(a, b, most)))


@lru_cache(maxsize=256)
def mean_payment(terms: PainGain, share: float, impact: Impact) -> Decimal:
    """What the authority pays on average where the constraint bites: from bend to bend the payment is straight."""
    part = exact(share)
    with localcontext(EXACT):
        if impact.low == impact.high or not part:
            return authority_pays_exactly(terms, part * impact.low)
        at = bends(terms)
        at = (*at, max(at[-1], part * impact.high) + 1)
        pays = [authority_pays_exactly(terms, outturn) for outturn in at]
        below = [part * mean_up_to(impact, outturn / part) for outturn in at]
        slopes = ((pays[k + 1] - pays[k]) / (at[k + 1] - at[k]) * (below[k + 1] - below[k]) for k in range(len(at) - 1))
        return sum(slopes, pays[0])


def expected_payment(bearing: Bearing, probability: float, impact: Impact) -> Decimal:
    """What the authority is expected to pay by pain and gain: exact, or to the penny where the impact is uncertain."""
    with localcontext(EXACT):
        p = exact(probability)
        bites = mean_payment(bearing.terms, bearing.share, impact)
        paid = p * bites + (1 - p) * authority_pays_exactly(bearing.terms, ZERO)
    return paid if impact.low == impact.high else to_pence(paid)


def expected_carried(bearing: Bearing, probability: float, impact: Impact) -> Decimal:
    """Expected pounds that a supplier bears of its part; by pain and gain its net position, which may be a gain."""
    with localcontext(EXACT):
        if bearing.bearer is Bearer.PAIN_GAIN and bearing.share:
            shared = exact(probability) * exact(bearing.share) * sixfold_mean(impact) / 6
            return shared - expected_payment(bearing, probability, impact)
        return exact(probability) * carried_share(bearing) * sixfold_mean(impact) / 6


def expected_cost(constraint: Constraint, bearing: Bearing) -> Expected:
    """Expected cost of one part of a constraint in an option: what its supplier carries, and what the body keeps.

    m the mean impact, p its probability, as this option meets them; s the share. Supplier: carries p s m; a claim
    for a share r of it may still come with probability q, and keeps p q ((1 + u) r s m + D). In-house: keeps
    p s m. Compensation with claims admitted at probability q, uplift u and dispute cost D: keeps
    p q ((1 + u) s m + D), and p (1 - q) D if disputes are also paid for when refused; the supplier carries what
    it cannot recover, p (1 - q) s m. Pain and gain: keeps what the authority pays, the supplier carries the rest
    (METHOD 11.1).
    """
    probability, impact = faced(constraint, bearing.option)
    if not bearing.share:
        return Expected(premium=ZERO, retained=ZERO)
    premium = expected_carried(bearing, probability, impact)
    with localcontext(EXACT):
        p, sixfold = exact(probability), exact(bearing.share) * sixfold_mean(impact)
        u, dispute = exact(bearing.uplift), 6 * bearing.dispute_cost
        if bearing.bearer is Bearer.SUPPLIER:
            q, r = exact(bearing.residual_probability), exact(bearing.residual_share)
            claim = (1 + u) * r * sixfold + dispute if q and r else ZERO
            return Expected(premium=premium, retained=p * q * claim / 6)
        if bearing.bearer is Bearer.IN_HOUSE:
            return Expected(premium=ZERO, retained=p * sixfold / 6)
        if bearing.bearer is Bearer.PAIN_GAIN:
            return Expected(premium=premium, retained=expected_payment(bearing, probability, impact))
        q = exact(bearing.admitted)
        claim = q * ((1 + u) * sixfold + dispute)
        if bearing.dispute_if_refused:
            claim += (1 - q) * dispute
        return Expected(premium=premium, retained=p * claim / 6)


#: What constraints cost that an edit has left as they were.
_costs = Remembered[Expected]()


def constraint_cost(constraint: Constraint, option: str) -> Expected:
    """Expected cost of a constraint in an option, all parts together, with the cost of managing it."""
    return _costs.of(lambda: _constraint_cost(constraint, option), constraint, option)


def _constraint_cost(constraint: Constraint, option: str) -> Expected:
    parts = [expected_cost(constraint, bearing) for bearing in bearings_of(constraint, option)]
    manager = manager_of(constraint, option)
    with localcontext(EXACT):
        return Expected(
            premium=sum((part.premium for part in parts), ZERO),
            retained=sum((part.retained for part in parts), ZERO),
            management=manager.managed.cost if manager is not None and manager.managed is not None else ZERO,
            management_priced=manager is not None and manager.bearer in PAYS_FOR_MANAGING,
        )
